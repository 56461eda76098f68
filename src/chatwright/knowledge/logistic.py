"""Logistic regression: a few named numbers -> the chance that something holds, fitted by Newton's method.

For calibration: rows in the thousands, columns in the tens. Deterministic, in numpy alone. It is no
classifier of texts (`classifier.py`), and knows nothing of what its columns mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

STEPS = 50
SMALL = 1e-9  # a column that varies less says nothing; a step that gains less is the last

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Logistic:
    """`weights` [d] and `bias` are of inputs less `mean` [d], over `scale` [d]."""

    weights: Doubles
    bias: float
    mean: Doubles
    scale: Doubles

    @classmethod
    def fit(
        cls,
        x: npt.ArrayLike,
        y: npt.ArrayLike,
        l2: float = 1.0,
        weights: npt.ArrayLike | None = None,
    ) -> Logistic:
        """Of `x` [n, d], finite, and `y` [n] in 0 to 1; `weights` [n] says how much each row counts.

        `l2` pulls the weights (not the bias) of standardised columns to 0, as half its multiple of
        their squares beside the summed loss in nats. Where all of `y` is alike, or there is no row, the answer
        stays away from 0 and 1, as if one row more of each kind had been seen.
        """
        rows = np.atleast_2d(np.asarray(x, np.float64))
        target = np.asarray(y, np.float64)
        counts = np.ones(len(target)) if weights is None else np.asarray(weights, np.float64)
        assert rows.shape[0] == len(target) and np.isfinite(rows).all(), (
            "finite rows, one for each y"
        )
        mean, scale = np.zeros(rows.shape[1]), np.ones(rows.shape[1])
        if counts.sum() > 0:
            mean = np.average(rows, axis=0, weights=counts)
            scale = np.sqrt(np.average((rows - mean) ** 2, axis=0, weights=counts))
        flat = scale < SMALL * np.maximum(1.0, np.abs(mean))
        scale = np.where(flat, 1.0, scale)
        base = (counts @ target + 1) / (counts.sum() + 2)
        start = float(np.log(base / (1 - base)))
        whole = (rows - mean) / scale * ~flat
        if target.size == 0 or np.ptp(target[counts > 0]) == 0:
            return cls(np.zeros(rows.shape[1]), start, mean, scale)
        found = _newton(np.c_[whole, np.ones(len(whole))], target, counts, l2, start)
        return cls(found[:-1] * ~flat, float(found[-1]), mean, scale)

    def predict(self, x: npt.ArrayLike) -> Doubles:
        """[n, d] -> [n], each between 0 and 1."""
        return sigmoid(self.logits(x))

    def logits(self, x: npt.ArrayLike) -> Doubles:
        """[n, d] -> [n], log odds."""
        rows = np.atleast_2d(np.asarray(x, np.float64))
        return np.asarray((rows - self.mean) / self.scale @ self.weights + self.bias)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, for JSON; `from_dict` gives the same predictions, bit for bit."""
        names = ("weights", "mean", "scale")
        return {"bias": self.bias} | {name: getattr(self, name).tolist() for name in names}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Logistic:
        """Raises `KeyError`, `TypeError` or `ValueError` for what `to_dict` did not write."""
        weights, mean, scale = (
            np.asarray(kept[name], np.float64) for name in ("weights", "mean", "scale")
        )
        if not weights.shape == mean.shape == scale.shape or weights.ndim != 1:
            raise ValueError("weights, mean and scale differ in length")
        return cls(weights, float(kept["bias"]), mean, scale)


def sigmoid(x: Doubles) -> Doubles:
    """1 / (1 + exp(-x)), without overflow."""
    small = np.exp(-np.abs(x))
    return np.asarray(np.where(x >= 0, 1 / (1 + small), small / (1 + small)))


def _newton(x: Doubles, y: Doubles, counts: Doubles, l2: float, start: float) -> Doubles:
    """The weights, the bias last."""
    pull = np.full(x.shape[1], max(l2, SMALL))
    pull[-1] = SMALL
    found = np.zeros(x.shape[1])
    found[-1] = start
    loss = _loss(x, y, counts, pull, found)
    for _ in range(STEPS):
        p = sigmoid(x @ found)
        slope = x.T @ (counts * (p - y)) + pull * found
        bend = (x * (counts * p * (1 - p))[:, None]).T @ x + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        size = 1.0
        while (then := _loss(x, y, counts, pull, found - size * step)) > loss and size > 1e-6:
            size /= 2
        if loss - then <= SMALL * max(1.0, loss):
            break
        found, loss = found - size * step, then
    return found


def _loss(x: Doubles, y: Doubles, counts: Doubles, pull: Doubles, found: Doubles) -> float:
    z = x @ found
    return float(counts @ (np.logaddexp(0, z) - y * z) + 0.5 * pull @ found**2)
