"""Recall and precision of the rules on labelled texts, per type: exactly, and where spans only touch.

    python bench/privacy_score.py        the tables of the labelled and the held-out set in tests/data/privacy/

A row is {"text": ..., "spans": [[start, end, "EMAIL"], ...]}; a row without spans is a look-alike.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chatwright.data.privacy import find
from chatwright.data.privacy_rules import Span

SET = Path(__file__).resolve().parent.parent / "tests" / "data" / "privacy"
FORMATTED = (
    "CARD",
    "EMAIL",
    "IBAN",
    "ID",
    "IP",
    "KEY",
    "PHONE",
    "URL",
)  # checksummed, or of a form

Finder = Callable[[str], Iterable[Span]]


@dataclass(frozen=True, slots=True)
class Score:
    """`due` labelled spans and `found` ones; `hit` of them equal, `met` labels and `apt` finds overlap one
    of the same type. Where nothing was due or found, the share is 1."""

    due: int
    found: int
    hit: int
    met: int
    apt: int

    @property
    def recall(self) -> float:
        return self.hit / self.due if self.due else 1.0

    @property
    def precision(self) -> float:
        return self.hit / self.found if self.found else 1.0

    @property
    def recall_overlap(self) -> float:
        return self.met / self.due if self.due else 1.0

    @property
    def precision_overlap(self) -> float:
        return self.apt / self.found if self.found else 1.0


def score(rows: Iterable[Mapping[str, Any]], find: Finder) -> dict[str, Score]:
    """A `Score` per type, and over all types under "ALL"."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        due = [Span(start, end, type) for start, end, type in row["spans"]]
        found = list(find(row["text"]))
        for kind, spans, others in (("due", due, found), ("found", found, due)):
            for span in spans:
                tally = counts.setdefault(span.type, Counter())
                tally[kind] += 1
                tally["hit"] += kind == "due" and span in others
                tally["met" if kind == "due" else "apt"] += _touches(span, others)
    counts["ALL"] = sum(counts.values(), Counter())
    return {
        type: Score(*(tally[name] for name in ("due", "found", "hit", "met", "apt")))
        for type, tally in sorted(counts.items())
    }


def table(scores: Mapping[str, Score]) -> list[dict[str, float | int | str]]:
    """Rows for printing and JSON."""
    shares = ("recall", "precision", "recall_overlap", "precision_overlap")
    return [
        {"type": type, **asdict(s), **{name: round(getattr(s, name), 4) for name in shares}}
        for type, s in scores.items()
    ]


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(
        span.type == other.type and span.start < other.end and other.start < span.end
        for other in others
    )


def rows(*names: str) -> list[dict[str, Any]]:
    files = (SET / f"{name}.jsonl" for name in names)
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def labelled() -> list[dict[str, Any]]:
    """The set: messages that carry values, and look-alikes."""
    return rows("positives", "lookalikes")


def held_out() -> list[dict[str, Any]]:
    """The second set, which no rule is tuned on."""
    return rows("held_out")


def rules(text: str) -> list[Span]:
    return find([text])[0]


def formatted(scores: Mapping[str, Score]) -> Score:
    """Of the formatted types together."""
    parts = [asdict(scores[type]) for type in FORMATTED]
    return Score(**{name: sum(part[name] for part in parts) for name in parts[0]})


def redaction() -> dict[str, float]:
    """Recall and precision of the rules on the formatted types of the labelled set, exactly."""
    both = formatted(score(labelled(), rules))
    return {"redaction_recall": both.recall, "redaction_precision": both.precision}


if __name__ == "__main__":
    for name, given in (("labelled", labelled()), ("held out", held_out())):
        scores = score(given, rules)
        print(f"{name}: {len(given)} messages")
        for row in table(scores | {"FORMATTED": formatted(scores)}):
            print(json.dumps(row))
