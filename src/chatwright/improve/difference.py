"""What a new dataset has that the one before had not, and the other way round: by source, in rows.

Rows are told apart by their place in a source and by what they say. One that stands where it stood and says
something else was superseded (or changed by the owner). Streams both; a few numbers a row are in memory.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from chatwright.core.files import read_jsonl
from chatwright.data.dataset import Dataset
from chatwright.data.harvested import SOURCE
from chatwright.data.rows import hash64

SPLITS = ("train", "dev", "test", "judged")
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """How many rows of one source came, said something else, or went."""

    added: int = 0
    superseded: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.superseded or self.removed)


@dataclass(frozen=True, slots=True)
class Difference:
    """`before`, `after`: ids of the datasets, and rows of their training splits. `left_out`: corrections that
    are not learned, with the reason; a repeated row counts once in `sources`."""

    before: str
    after: str
    rows_before: int = 0
    rows_after: int = 0
    sources: dict[str, Change] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> Change:
        names = Change.__slots__
        return Change(*(sum(getattr(one, name) for one in self.sources.values()) for name in names))

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {"total": asdict(self.total)}


def difference(before: Dataset | None, after: Dataset) -> Difference:
    """What `after` has anew, says otherwise, and lacks. Without `before` all of it is added."""
    old = _rows(before) if before is not None else {}
    new = _rows(after)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for place in old.keys() | new.keys():
        gone, come = old.get(place, set()), new.get(place, set())
        stays = gone & come
        left, arrived = len(gone - stays), len(come - stays)
        both = min(left, arrived)
        counts = found[place[0]]
        counts["superseded"] += both
        counts["added"] += arrived - both
        counts["removed"] += left - both
    changes = {source: Change(**found[source]) for source in sorted(found)}
    return Difference(
        before.id if before is not None else "",
        after.id,
        before.counts["train"] if before is not None else 0,
        after.counts["train"],
        {source: change for source, change in changes.items() if change},
        dict(_left_out(after)),
    )


def lines(found: Difference) -> Iterator[str]:
    """For people; one line a source."""
    total = found.total
    yield (
        f"Dataset {found.before or '(none)'} -> {found.after}: {total.added:,} rows added, "
        f"{total.superseded:,} superseded, {total.removed:,} removed; "
        f"{found.rows_before:,} -> {found.rows_after:,} rows to train on"
    )
    for source, change in found.sources.items():
        name = "corrections" if source == SOURCE else source
        yield f"  {name}: +{change.added:,}  ~{change.superseded:,}  -{change.removed:,}"
    for review, reason in found.left_out.items():
        yield f"  not learned: correction {review} ({reason})"


def _rows(dataset: Dataset) -> dict[Place, set[int]]:
    found: defaultdict[Place, set[int]] = defaultdict(set)
    for split in SPLITS:
        path = dataset.folder / f"{split}.jsonl"
        for row in read_jsonl(path) if path.exists() else ():
            origin = row["provenance"] or {"source": "", "position": 0}
            # A correction's place in the harvest depends on the others: its review is its place.
            place = origin["position"]
            if origin["source"] == SOURCE:
                place = hash64(str(origin["original_id"]))
            found[origin["source"], place].add(hash64(row["id"]))
    return found


def _left_out(dataset: Dataset) -> Iterator[tuple[str, str]]:
    with (dataset.folder / "rejected.jsonl").open(encoding="utf-8") as file:
        for line in file:
            if SOURCE not in line:
                continue
            row = json.loads(line)
            if row["provenance"]["source"] == SOURCE:
                yield str(row["provenance"]["original_id"]), str(row["reason"])
