"""Vectors of one snapshot in memory as int8, searched whole; the best are scored again in float32.

int8 costs a quarter of the memory, and the second look makes the order exact among those looked at.
Exact search and no graph: 100,000 vectors take milliseconds, and what may not be seen is left out first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import numpy.typing as npt

AGAIN = 100  # rows that are scored in float32
BLOCK = 4096  # rows that are turned into float32 at once: they stay in the processor's cache

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Kept = Callable[[Iterable[int]], Mapping[int, Floats]]


class Dense:
    """`kept` gives the float32 vectors of passages, by their numbers; some may have none yet."""

    def __init__(
        self,
        passages: Numbers,
        dimensions: int,
        kept: Kept,
        later: Kept | None = None,
    ) -> None:
        """`later` gives the same as `kept` when somebody searches, where that is another reader."""
        self._passages = passages
        self._kept = later or kept
        self._small = np.zeros((len(passages), dimensions), np.int8)
        self._scale = np.zeros(len(passages), np.float32)
        self._fill(kept)

    def _fill(self, kept: Kept) -> None:
        """Read the vectors that are not there yet."""
        rows = np.flatnonzero(self._scale == 0)
        for start in range(0, len(rows), BLOCK):
            part = rows[start : start + BLOCK].tolist()
            vectors = kept(int(self._passages[row]) for row in part)
            for row in part:
                if (vector := vectors.get(int(self._passages[row]))) is not None:
                    most = float(np.abs(vector).max()) or 1.0
                    self._small[row] = np.rint(vector * (127 / most))
                    self._scale[row] = most / 127

    def changed(
        self, rows: npt.NDArray[np.bool_], passages: Numbers, kept: Kept, later: Kept | None = None
    ) -> Dense:
        """Without the rows that are not `rows`, for `passages`, whose new ones are the last."""
        new = Dense(np.zeros(0, np.int64), self._small.shape[1], kept, later)
        more = len(passages) - int(rows.sum())
        empty = np.zeros((more, self._small.shape[1]), np.int8)
        new._small = np.concatenate([self._small[rows], empty])
        new._scale = np.concatenate([self._scale[rows], np.zeros(more, np.float32)])
        new._passages = passages
        new._fill(kept)
        return new

    @property
    def waiting(self) -> int:
        """Passages without a vector: they are found by their words alone."""
        return int((self._scale == 0).sum())

    def best(
        self, question: Floats, seen: npt.NDArray[np.bool_] | None, most: int
    ) -> list[tuple[int, float]]:
        """Rows with their cosine, the best first."""
        likeness = np.empty(len(self._small), np.float32)
        for start in range(0, len(self._small), BLOCK):
            part = slice(start, start + BLOCK)
            likeness[part] = self._small[part].astype(np.float32) @ question
        likeness *= self._scale
        likeness[self._scale == 0] = -np.inf
        if seen is not None:
            likeness[~seen] = -np.inf
        rows = np.flatnonzero(np.isfinite(likeness))
        if len(rows) > AGAIN:
            rows = rows[np.argpartition(-likeness[rows], AGAIN)[:AGAIN]]
        numbers = {int(row): int(self._passages[row]) for row in rows}
        exact = self._kept(numbers.values())
        scored = [(row, float(exact[n] @ question)) for row, n in numbers.items() if n in exact]
        return sorted(scored, key=lambda one: (-one[1], one[0]))[:most]
