"""Which split a row belongs to, so that no row ever changes sides when data grows.

The side is a hash of the row's thread (rows of one source thread share it, unless they are so many
that they would be a side by themselves; other rows are their own), so it depends on no other row.
Near-duplicates are not moved together, they are removed; what could move then is which of them stays
and which thread a repeated row is said to be from. Both are kept in the ledger: per dataset the rows
that it added, with their threads. Rows in the ledger are preferred, so a new row that is like one old
row, or like two on different sides, is the one that goes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from chatwright.core.files import replace_atomic
from chatwright.spec.spec import Data

U64 = npt.NDArray[np.uint64]
TRAIN, DEV, TEST, JUDGED = 0, 1, 2, 3
CROWD, FEW = 0.05, 10  # of all rows, and rows: more would be a whole side, or share a mere label
ENTRY = np.dtype([("id", "<u8"), ("thread", "<u8")])


def sides(threads: U64, data: Data, has_evaluation: bool) -> npt.NDArray[np.int8]:
    place = (threads >> np.uint64(16)).astype(np.float64) / 2.0**48
    side = np.full(len(threads), TRAIN, np.int8)
    if not has_evaluation:
        side[place < data.development_share + data.test_share] = TEST
    side[place < data.development_share] = DEV
    return side


def own_threads(ids: U64, threads: U64) -> U64:
    """The threads, without those that hold so many rows that they could not be split."""
    _, inverse, counts = np.unique(threads, return_inverse=True, return_counts=True)
    crowd = counts > max(FEW, CROWD * len(threads))
    return np.where(crowd[inverse], ids, threads) if crowd.any() else threads


class Ledger:
    """What earlier datasets kept. `names` says which of its files to read."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        self.folder = folder
        parts = [np.load(folder / name) for name in names]
        entries = np.concatenate([np.zeros(0, ENTRY), *parts])
        self.ids, at = np.unique(entries["id"], return_index=True)
        self.threads = entries["thread"][at]

    @staticmethod
    def files(folder: Path) -> list[str]:
        return sorted(path.name for path in folder.glob("*.npy"))

    def look_up(self, ids: U64) -> tuple[npt.NDArray[np.bool_], U64]:
        """Which of `ids` are known, and their threads (0 where unknown)."""
        if not len(self.ids):
            return np.zeros(len(ids), bool), np.zeros(len(ids), np.uint64)
        at = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        known = self.ids[at] == ids
        return known, np.where(known, self.threads[at], np.uint64(0))

    def add(self, dataset: str, ids: U64, threads: U64) -> None:
        """Enter the rows of `dataset` that are not known yet."""
        known, _ = self.look_up(ids)
        path = self.folder / f"{dataset}.npy"
        if known.all() or path.exists():
            return
        entries = np.zeros(int((~known).sum()), ENTRY)
        entries["id"], entries["thread"] = ids[~known], threads[~known]

        def fill(temporary: Path) -> None:
            with temporary.open("wb") as file:
                np.save(file, entries)

        replace_atomic(path, fill)
