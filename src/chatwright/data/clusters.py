"""Duplicates among all rows of a build: exact ones by identity, near ones by MinHash-LSH.

Every row that is left out is verified to be alike to the row that stays, by true Jaccard: rows are not
merged through a chain of others, which would drop what is like nothing that was kept. Prompts have to
be alike too, so that a thousand questions with one answer stay a thousand rows.

Rows come in order of preference, and of two alike the later one goes. Bands are worked on one after
another, by sorting; besides the signatures on disk this takes about 40 bytes of memory per row.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chatwright.core.progress import Progress
from chatwright.data.near import BANDS, PER_BAND, PROMPT, STEP, WHOLE, agreement, likeness
from chatwright.data.pool import Pool
from chatwright.data.rows import compared, folded, from_row
from chatwright.data.shards import Shards, read_at

I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]
PROMPT_SLACK = 0.1  # prompts are shorter, so one changed word weighs more
ROUNDS = 8  # rows of a run of equal keys that others are compared with, in one band
SWEEPS = 2
DOUBT = 0.2, 0.4  # estimates of whole and prompt this far below the threshold need no proof
SLICE, TASK = 1 << 16, 256  # pairs estimated, and proved, at a time
Place = tuple[Path, int, int]


@dataclass(slots=True)
class Duplicates:
    """Per row the one it repeats, or -1, and how alike they are."""

    of: I64
    likeness: npt.NDArray[np.float32]


def exact(shards: Shards, order: I64) -> Duplicates:
    """`order` is all rows, the preferred ones first."""
    ids = shards.ids[order]
    _, first, inverse = np.unique(ids, return_index=True, return_inverse=True)
    keeper = first[inverse]
    of = np.full(len(shards), -1, np.int64)
    again = keeper != np.arange(len(order))
    of[order[again]] = order[keeper[again]]
    return Duplicates(of, np.where(of >= 0, 1, 0).astype(np.float32))


class Near:
    """Finds near-duplicates among `order`: rows without exact duplicates, the preferred ones first."""

    def __init__(
        self, shards: Shards, order: I64, threshold: float, pool: Pool, place: Path
    ) -> None:
        self.shards, self.order, self.pool, self.place = shards, order, pool, place
        self.threshold = np.array([threshold, threshold - PROMPT_SLACK])
        self.keeper = np.full(len(order), -1, np.int64)  # by rank, like everything in here
        self.likeness = np.zeros(len(order), np.float32)
        self.refuted = np.zeros(0, np.int64)  # pairs, as one number, that were proved to differ

    def find(self, progress: Progress) -> Duplicates:
        self._gather_signatures()
        for sweep in range(SWEEPS):
            progress.start("Finding near-duplicates", BANDS)
            for band in range(BANDS):
                self._band(band)
                progress.advance(band + 1, f"{int((self.keeper >= 0).sum()):,} found")
            if not self._settle() or sweep == SWEEPS - 1:
                break
        progress.stop()
        of = np.full(len(self.shards), -1, np.int64)
        similar = np.zeros(len(self.shards), np.float32)
        found = self.keeper >= 0
        of[self.order[found]] = self.order[self.keeper[found]]
        similar[self.order[found]] = self.likeness[found]
        return Duplicates(of, similar)

    def _gather_signatures(self) -> None:
        """All signatures in one file, so that rows of any two shards are compared in one step."""
        with self.place.open("wb") as file:
            for folder in self.shards.folders:
                np.load(folder / "signatures.npy").tofile(file)

    def _keys(self, band: int) -> npt.NDArray[np.uint64]:
        width, step = WHOLE + PROMPT, 1 << 16
        keys = np.empty(len(self.shards), np.uint64)
        with self.place.open("rb") as file:
            for start in range(0, len(keys), step):
                count = min(step, len(keys) - start)
                part = np.fromfile(file, np.uint8, count * width).reshape(count, width)
                own = part[:, band * PER_BAND : (band + 1) * PER_BAND]
                keys[start : start + count] = np.ascontiguousarray(own).view("<u8")[:, 0]
        # Short prompts that differ never meet, though a thousand of them share an answer.
        return (keys ^ (self.shards.prompts * STEP))[self.order]

    def _band(self, band: int) -> None:
        """Within each run of equal keys, the first row against all others, then the next that is left."""
        rows = np.flatnonzero(self.keeper < 0)
        keys = self._keys(band)[rows]
        by_key = np.argsort(keys, kind="stable")
        rows, keys = rows[by_key], keys[by_key]
        for _ in range(ROUNDS):
            opens = np.diff(keys, prepend=keys[:1] + np.uint64(1)) != 0
            run = np.cumsum(opens) - 1
            several = np.bincount(run)[run] > 1
            rows, keys, opens = rows[several], keys[several], opens[several]
            if not len(rows):
                return
            leader = rows[opens][np.cumsum(opens) - 1]
            alike = np.zeros(len(rows))
            alike[~opens] = self._compare(leader[~opens], rows[~opens])
            same = alike > 0
            self.keeper[rows[same]] = leader[same]
            self.likeness[rows[same]] = alike[same]
            rows, keys = rows[~opens & ~same], keys[~opens & ~same]

    def _settle(self) -> bool:
        """Point every row to one that stays; a row that is not like it stays too. Whether any does."""
        found = np.flatnonzero(self.keeper >= 0)
        root = self.keeper[found]
        while (above := self.keeper[root] >= 0).any():
            root = np.where(above, self.keeper[root], root)
        moved = root != self.keeper[found]
        rows, root = found[moved], root[moved]
        alike = self._compare(root, rows)
        self.keeper[rows] = np.where(alike > 0, root, -1)
        self.likeness[rows] = alike
        return bool((alike == 0).any())

    def _compare(self, left: I64, right: I64) -> F64:
        """The Jaccard similarity of pairs of rows; 0 where it is below the threshold."""
        alike = np.zeros(len(left))
        pairs = left * len(self.order) + right
        asked = np.flatnonzero(~np.isin(pairs, self.refuted))
        asked = np.concatenate([asked[:0], *self._plausible(left, right, asked)])
        values = np.concatenate([np.zeros((0, 2)), *self._prove(left[asked], right[asked])])
        short = self.shards.prompts[self.order[left[asked]]] != 0  # and equal, or they had not met
        values[short, 1] = 1.0
        true = (values >= self.threshold).all(axis=1)
        alike[asked[true]] = values[true, 0]
        self.refuted = np.concatenate([self.refuted, pairs[asked[~true]]])
        return alike

    def _plausible(self, left: I64, right: I64, asked: I64) -> Iterator[I64]:
        if not len(asked):
            return
        # Mapped anew each time: pages that were looked at do not stay in memory.
        table = np.memmap(self.place, np.uint8, "r").reshape(-1, WHOLE + PROMPT)
        for start in range(0, len(asked), SLICE):
            part = asked[start : start + SLICE]
            whole, prompt = agreement(table[self.order[left[part]]], table[self.order[right[part]]])
            least = self.threshold - DOUBT
            yield part[(whole >= least[0]) & (prompt >= least[1])]

    def _prove(self, left: I64, right: I64) -> Iterator[F64]:
        def tasks() -> Iterator[tuple[list[Place], I64]]:
            for start in range(0, len(left), TASK):
                ends = np.stack([left[start : start + TASK], right[start : start + TASK]], axis=1)
                rows, pairs = np.unique(self.order[ends], return_inverse=True)
                places = [self.shards.place(int(row)) for row in rows]
                yield places, pairs.reshape(-1, 2)

        return self.pool.run(prove, tasks())


def prove(task: tuple[list[Place], I64]) -> F64:
    """[pairs, 2] true similarities of rows that are read from their shards. A step function."""
    places, pairs = task
    texts = []
    with ExitStack() as stack:
        files = {path: stack.enter_context(path.open("rb")) for path, _, _ in places}
        for path, offset, size in places:
            texts.append(compared(folded(from_row(read_at(files[path], offset, size)))))
    return likeness(pairs, texts)
