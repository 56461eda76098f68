"""From shards and decisions to the dataset's files. Lines are copied as they are; only rejects are parsed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from chatwright.core.files import canonical_json
from chatwright.core.types import Reject
from chatwright.data.rows import excerpt, from_row
from chatwright.data.shards import Shards

SPLITS = ("train", "dev", "test", "judged")  # by their number
KEPT, EXACT, NEAR, QUESTION, BAD, TAUGHT = 0, 1, 2, 3, 4, 5
REASONS = {
    EXACT: "exact duplicate",
    NEAR: "near duplicate",
    QUESTION: "too close to a test question",
    BAD: "a reply judged bad, in what is held out",
    TAUGHT: "held out, and a correction teaches its question",
}


@dataclass(slots=True)
class Decisions:
    """What becomes of every row. `of` is the row that it repeats, or -1."""

    reason: npt.NDArray[np.int8]
    side: npt.NDArray[np.int8]
    of: npt.NDArray[np.int64]
    likeness: npt.NDArray[np.float32]
    names: dict[int, str] = field(default_factory=dict)  # of the test question that a row holds
    taught: npt.NDArray[np.bool_] | None = (
        None  # rows of the harvest, and how often each stands there
    )
    weight: int = 1
    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)

    def question(self, row: int, name: str) -> None:
        if row not in self.names:
            self.names[row] = name
            self.reason[row] = QUESTION
            self.before["question"] = self.before.get("question", 0) + 1

    def yields(self, row: int, name: str) -> None:
        """A held-out row asks what the taught row `name` teaches."""
        self.names[row] = name
        self.reason[row] = TAUGHT

    def times(self, row: int) -> int:
        return self.weight if self.taught is not None and self.taught[row] else 1

    def detail(self, row: int, shards: Shards) -> dict[str, Any]:
        """What a reject says of the row that stays instead."""
        if row in self.names:
            return {"like": self.names[row]}
        if self.reason[row] == BAD:
            return {}
        kept = f"{shards.ids[self.of[row]]:016x}"
        if self.reason[row] == EXACT:
            return {"kept": kept}
        return {"kept": kept, "likeness": round(float(self.likeness[row]), 3)}


class Output:
    """The open files of a dataset, their hashes and counts."""

    def __init__(self, folder: Path) -> None:
        self._files = {n: (folder / f"{n}.jsonl").open("wb") for n in (*SPLITS, "rejected")}
        self._digests = {name: hashlib.sha256() for name in SPLITS}
        self.rows, self.reasons = Counter[str](), Counter[str]()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()

    @property
    def id(self) -> str:
        """Of the rows and their splits alone: what was left out does not change it."""
        parts = "".join(digest.hexdigest() for digest in self._digests.values())
        return hashlib.sha256(parts.encode()).hexdigest()[:12]

    def add(self, shards: Shards, number: int, decided: Decisions) -> None:
        """All rows of one shard."""
        folder = shards.folders[number]
        start, end = (int(at) for at in shards.starts[number : number + 2])
        lines = (folder / "rows.jsonl").read_bytes().splitlines(keepends=True)
        reason, side = decided.reason[start:end], decided.side[start:end]
        for split, name in enumerate(SPLITS):
            rows = np.flatnonzero((reason == KEPT) & (side == split)).tolist()
            times = [decided.times(start + row) for row in rows]
            part = b"".join(lines[row] * n for row, n in zip(rows, times, strict=True))
            self.rows[name] += sum(times)
            self._digests[name].update(part)
            self._files[name].write(part)
        places = np.load(folder / "rows.npy")["seq"]
        left_out = [
            (int(places[row]), self._rejected(lines[row], start + row, shards, decided))
            for row in np.flatnonzero(reason != KEPT).tolist()
        ]
        for _, line in sorted([*left_out, *_rejected_before(folder)]):
            self._files["rejected"].write(line)

    def _rejected(self, line: bytes, row: int, shards: Shards, decided: Decisions) -> bytes:
        conversation = from_row(json.loads(line))
        assert conversation.provenance is not None
        reason = REASONS[int(decided.reason[row])]
        self.reasons[reason] += 1
        detail = decided.detail(row, shards)
        reject = Reject(reason, conversation.provenance, excerpt(conversation), detail)
        return (canonical_json(asdict(reject)) + "\n").encode()


def _rejected_before(folder: Path) -> Iterator[tuple[int, bytes]]:
    for line in (folder / "rejected.tsv").read_bytes().splitlines(keepends=True):
        place, _, reject = line.partition(b"\t")
        yield int(place), reject
