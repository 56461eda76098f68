"""What the harvest of reviewed corrections asks of a build: rows that are taught, turns that they supersede.

The files are written by `improve.harvest`; here exact texts are applied, and nothing is decided. A taught row
is trained on, never held out, and stands `weight` times in the training data; a held-out row that asks what
it teaches goes. A superseded turn says the right reply, and its row stays on its side of the split.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from chatwright.core.files import read_jsonl, sha256_file
from chatwright.core.types import Conversation, Message, Reject
from chatwright.data.rows import excerpt, fold

FOLDER = "harvest"  # below .chatwright
ROWS, SUPERSEDED, NOTE = "rows.jsonl", "superseded.jsonl", "harvest.json"
CHANGES = "changes.jsonl"
SOURCE = "feedback"  # the source in the provenance of taught rows
REASON = "superseded"  # of rows that are left out, and how often a turn was mended
Turn = tuple[str, str]  # question and reply, folded


@dataclass(frozen=True, slots=True)
class Harvested:
    """`turns`: what a superseded turn says from now on (None: its row is left out), and for which review.

    `reviews`: whose words and votes a taught row rests on, by its review. `declines`: the reviews whose right
    reply is to decline.
    """

    turns: Mapping[Turn, tuple[str | None, str]] = field(default_factory=dict)
    reviews: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    weight: int = 1
    declines: frozenset[str] = frozenset()

    def applied(self, row: Conversation, mended: Counter[str]) -> Conversation | Reject:
        """`row` itself where nothing in it is superseded; `mended` counts turns by their review."""
        if not self.turns:
            return row
        said = list(row.messages)
        for at, (before, message) in enumerate(pairwise(row.messages), 1):
            if message.role != "assistant" or before.role != "user":
                continue
            found = self.turns.get((fold(before.content), fold(message.content)))
            if found is None:
                continue
            right, review = found
            if right is None:
                assert row.provenance is not None, "a reader gave no provenance"
                return Reject(REASON, row.provenance, excerpt(row), {"review": review})
            said[at] = Message("assistant", right, review in self.declines)
            mended[review] += 1
        return row if tuple(said) == row.messages else replace(row, messages=tuple(said))


def load(made: Path, weight: int = 1) -> Harvested | None:
    """The harvest below `made` (the bot's `.chatwright`); None where nothing was harvested."""
    folder = made / FOLDER
    if not (folder / ROWS).exists():
        return None
    rows = list(read_jsonl(folder / ROWS))
    path = folder / SUPERSEDED
    decided = list(read_jsonl(path)) if path.exists() else []
    return Harvested(
        {(one["question"], one["reply"]): (one["right"], one["review"]) for one in decided},
        {row["id"]: {name: row[name] for name in ("raters", "owners", "origins")} for row in rows},
        weight,
        frozenset(row["id"] for row in rows if row["messages"][-1].get("refused")),
    )


def fingerprint(made: Path, weight: int) -> list[object]:
    """What a dataset's key must know besides the rows; nothing where nothing was harvested."""
    folder = made / FOLDER
    if not (folder / ROWS).exists():
        return []
    path = folder / SUPERSEDED
    return [[sha256_file(path) if path.exists() else "", weight]]


def changes(made: Path) -> list[dict[str, Any]] | None:
    """Which fact took which one's place (`answer.changes`), as plain values; None where nobody harvests, as
    on a machine that only serves."""
    path = made / FOLDER / CHANGES
    if not path.parent.exists():
        return None
    return list(read_jsonl(path)) if path.exists() else []


def note(made: Path) -> dict[str, Any]:
    """What the last harvest said of itself; empty where there is none."""
    try:
        found: dict[str, Any] = json.loads((made / FOLDER / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def lineage(
    harvested: Harvested, rows: Mapping[str, int], mended: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Of each review: rows taught for it, turns that say its reply, and who is behind it."""
    found = {id: (rows.get(id, 0), mended.get(id, 0)) for id in {*rows, *mended}}
    return [
        {"review": id, "rows": taught, "mended": turns, **harvested.reviews.get(id, {})}
        for id, (taught, turns) in sorted(found.items())
    ]
