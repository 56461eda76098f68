"""How far a vector lies from the vectors of a label, measured by how those of one label spread.

The distance of Mahalanobis with one spread for all labels, and the same less the distance from all vectors
at once (Ren et al. 2021, "relative"). It knows no texts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SHRUNK = 0.1  # of the spread is taken as the same in all directions: few vectors know it badly

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Spread:
    """`whiten` [D, D] and `centres` [K, D] (already whitened) of the labels; `whole`, `centre` of all."""

    whiten: Floats
    centres: Floats
    whole: Floats
    centre: Floats

    @classmethod
    def of(cls, vectors: Floats, labels: npt.NDArray[np.int64], count: int) -> Spread:
        """`labels` [n] are numbers from 0 to `count` - 1; one without vectors is at the middle of all."""
        x = vectors.astype(np.float64)
        centre = x.mean(axis=0)
        sums = np.zeros((count, x.shape[1]))
        np.add.at(sums, labels, x)
        sizes = np.bincount(labels, minlength=count)
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centre)
        whiten = _whitening(x - centres[labels])
        whole = _whitening(x - centre)
        return cls(
            whiten.astype(np.float32),
            (centres @ whiten).astype(np.float32),
            whole.astype(np.float32),
            (centre @ whole).astype(np.float32),
        )

    def distances(self, vectors: Floats) -> Floats:
        """[n, D] -> [n, K], per dimension and squared: about 1 for the label's own."""
        x = vectors @ self.whiten
        squares = (x**2).sum(axis=1)[:, None] + (self.centres**2).sum(axis=1)
        return np.asarray((squares - 2 * x @ self.centres.T) / x.shape[1])

    def signals(self, vectors: Floats, best: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """[n, 2]: how far from the label `best` [n]; and the nearest label's less that from all."""
        far = self.distances(vectors)
        of_all = ((vectors @ self.whole - self.centre) ** 2).mean(axis=1)
        own = far[np.arange(len(far)), best]
        return np.asarray(np.c_[own, far.min(axis=1) - of_all], np.float64)


def _whitening(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    spread = x.T @ x / max(1, len(x))
    even = np.trace(spread) / len(spread) or 1.0
    spread = (1 - SHRUNK) * spread + SHRUNK * even * np.eye(len(spread))
    values, axes = np.linalg.eigh(spread)
    return np.asarray(axes / np.sqrt(values))
