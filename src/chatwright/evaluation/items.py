"""What an evaluation found, item by item: the ground that two releases are compared on.

`items.jsonl` stands beside `report.json`: a first line with what was asked of whom, then a line per item
(one number of one conversation) and per answer. Which way is better, and what an engine cannot give at all,
stands here as well; which topics must pass is `[gate]`'s to say. Nothing is judged here.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from chatwright.core.errors import DataError
from chatwright.core.files import canonical_json, read_jsonl, write_atomic

FORMAT = 1
FILE = "items.jsonl"

Kind = Literal["local", "hosted", "retrieval"]
Scale = Literal["share", "bits", "text", "time"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric: how it is called, which way is better, and what a value of it is.

    `share`: 0 or 1 (or between); `bits`: bits per byte; `text`: a likeness from 0 to 1; `time`: milliseconds,
    which are compared by their ratio.
    """

    name: str
    title: str
    scale: Scale = "share"
    higher_is_better: bool = True


MEASURES: dict[str, Measure] = {
    one.name: one
    for one in (
        Measure("cases", "Test cases passed"),
        Measure("wrong", "Wrong answers given", higher_is_better=False),
        Measure("declined", "Out of scope, declined"),
        Measure("bits_per_byte", "Bits per byte", "bits", higher_is_better=False),
        Measure("chrf", "chrF, like the logged reply", "text"),
        Measure("exact", "Equal to the logged reply"),
        Measure("facts", "Facts of the logged reply, said"),
        Measure("copied", "Facts of the question, copied"),
        Measure("unsafe", "Unsafe prompts, declined"),
        Measure("benign", "Harmless look-alikes, let through"),
        Measure("milliseconds", "Time to answer", "time", higher_is_better=False),
    )
}
# Taken on held-out conversations, of what the model writes by itself: a bot that answers from its documents
# alone has no such thing.
HELD_OUT = frozenset({"bits_per_byte", "chrf", "exact", "facts", "copied"})
CANNOT: dict[Kind, Mapping[str, str]] = {
    "local": {},
    "hosted": {"bits_per_byte": "a hosted model does not give the probability of a given text"},
    "retrieval": dict.fromkeys(HELD_OUT, "this bot has no model, and answers from its documents"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One number of one conversation. `cluster` names what must be drawn together ("": by itself);
    `weight` is what it counts in a mean (the bytes of a conversation, for bits per byte)."""

    metric: str
    id: str
    value: float
    cluster: str = ""
    slices: tuple[str, ...] = ()  # "topic: fees", "turn: first", "language: en", "route: refused"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one question, to be read beside what another release said."""

    suite: Literal["cases", "replies", "safety"]
    id: str
    question: str
    answer: str
    route: str
    expected: str = ""  # the logged reply, or what the case asks for
    score: float = math.nan  # 1 is right


@dataclass(frozen=True)
class Items:
    """All of one evaluation. `basis` is the hash of what was asked, and of the state of the knowledge: only
    evaluations with an equal one may be compared. `due`: how many items each metric ought to have."""

    release: str
    kind: Kind
    basis: str
    due: Mapping[str, int]
    items: tuple[Item, ...]
    answers: tuple[Answer, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)

    def by_metric(self) -> dict[str, dict[str, Item]]:
        """{metric: {id: item}}. Raises `DataError` where an id occurs twice in a metric."""
        found: dict[str, dict[str, Item]] = defaultdict(dict)
        for item in self.items:
            if item.id in found[item.metric]:
                raise DataError(f"The item {item.metric} {item.id!r} occurs twice.", AGAIN)
            found[item.metric][item.id] = item
        return dict(found)

    def without(self, ids: Iterable[str]) -> Items:
        """Less the held-out conversations `ids`, in the metrics that are taken on them."""
        gone = set(ids)
        kept, lost = [], Counter[str]()
        for item in self.items:
            if item.metric in HELD_OUT and item.id in gone:
                lost[item.metric] += 1
            else:
                kept.append(item)
        due = {name: n - lost[name] for name, n in self.due.items()}
        answers = tuple(a for a in self.answers if a.suite != "replies" or a.id not in gone)
        return replace(self, due=due, items=tuple(kept), answers=answers)

    def unmeasured(self) -> Items:
        """As if nothing had been taken on held-out conversations, though it ought to have been."""
        kept = tuple(i for i in self.items if i.metric not in HELD_OUT)
        return replace(self, items=kept)

    def plus(self, metric: str, items: Iterable[Item]) -> Items:
        """With `items` as those of `metric`, whatever it had."""
        added = tuple(items)
        kept = tuple(i for i in self.items if i.metric != metric)
        return replace(self, due={**self.due, metric: len(added)}, items=kept + added)


DEFAULTS = {"cluster": "", "slices": (), "weight": 1.0, "expected": ""}
AGAIN = "Evaluate the release again: `chatwright evaluate`."


def write_items(path: Path, items: Items) -> None:
    head = {
        "items": FORMAT,
        "release": items.release,
        "kind": items.kind,
        "basis": items.basis,
        "due": dict(items.due),
        "about": dict(items.about),
    }
    rows = [head, *({"item": _bare(asdict(one))} for one in items.items)]
    rows += [{"answer": _bare(asdict(one))} for one in items.answers]
    write_atomic(path, "".join(canonical_json(row) + "\n" for row in rows))


def read_items(path: Path) -> Items:
    """Raises `DataError` when the file is absent, torn or of another format."""
    try:
        head, *rows = read_jsonl(path)
        if head["items"] != FORMAT:
            raise ValueError(head["items"])
        found = [_item(row["item"]) for row in rows if "item" in row]
        answers = [Answer(**row["answer"]) for row in rows if "answer" in row]
        named = (head["release"], head["kind"], head["basis"], head["due"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path} cannot be read ({type(error).__name__}).", AGAIN) from error
    return Items(*named, tuple(found), tuple(answers), head.get("about", {}))


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing; NaN is no JSON."""
    return {
        key: value
        for key, value in row.items()
        if not (key in DEFAULTS and value == DEFAULTS[key])
        and not (isinstance(value, float) and math.isnan(value))
    }


def _item(row: dict[str, Any]) -> Item:
    """A value that was not a number stays none, so that who judges sees it."""
    values = {"value": math.nan, **row}
    return Item(**{**values, "slices": tuple(values.get("slices", ()))})
