"""The arithmetic of comparing two systems on the same items. Needs numpy alone; knows no metric and no file.

A difference is that of one conversation (a cluster of items that must be drawn together): a mean over its
items, with a weight. Positive is better throughout. Sources stand with each function.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
KEPT = 2_500_000  # numbers of a table of draws that are kept for the next metric of the same size
PART = 1_000_000  # numbers drawn at once

normal = NormalDist()


@dataclass(frozen=True, slots=True)
class Effect:
    """A mean difference with its interval, over `n` clusters; `spread` is the standard deviation of a
    cluster's own difference, as it goes into the mean."""

    n: int
    mean: float
    low: float
    high: float
    spread: float


@dataclass(frozen=True, slots=True)
class Paired:
    """Differences of clusters: sums of weighted differences, and of weights, one per cluster."""

    sums: Floats
    weights: Floats

    def __len__(self) -> int:
        return len(self.sums)

    @property
    def mean(self) -> float:
        return float(self.sums.sum() / self.weights.sum())

    @property
    def residuals(self) -> Floats:
        """What each cluster adds to the mean, less its share: of a ratio, linearised (delta method)."""
        residuals: Floats = (self.sums - self.mean * self.weights) / self.weights.mean()
        return residuals


def paired(
    differences: Sequence[float], clusters: Sequence[str], weights: Sequence[float] | None = None
) -> Paired:
    """Gather differences of items into clusters. Raises `ValueError` for what is no finite number."""
    given = np.asarray(differences, dtype=np.float64)
    heavy = np.ones_like(given) if weights is None else np.asarray(weights, dtype=np.float64)
    if not (np.isfinite(given).all() and np.isfinite(heavy).all() and (heavy >= 0).all()):
        raise ValueError("a difference or a weight is not a number")
    _, where = np.unique(np.asarray(clusters, dtype=str), return_inverse=True)
    count = int(where.max()) + 1 if len(where) else 0
    sums = np.bincount(where, weights=given * heavy, minlength=count).astype(np.float64)
    total = np.bincount(where, weights=heavy, minlength=count).astype(np.float64)
    kept = total > 0  # a conversation of no bytes says nothing
    return Paired(sums[kept], total[kept])


def bootstrap(
    data: Paired, confidence: float = 0.95, rounds: int = 4000, seed: int = 0, shares: bool = False
) -> Effect:
    """The mean difference and its percentile interval over resampled clusters (Efron, 1979).

    `shares`: of differences between -1 and 1. The interval then also covers the adjusted Wald interval for
    paired proportions (Bonett & Price, 2012: one more pair in each direction), here over clusters: the
    bootstrap of few clusters with hardly a difference is too narrow, and without any it has no width at all.

    Raises `ValueError` for fewer than two clusters.
    """
    return over_seeds([data], confidence, rounds, seed, shares)


def over_seeds(
    runs: Sequence[Paired],
    confidence: float = 0.95,
    rounds: int = 4000,
    seed: int = 0,
    shares: bool = False,
) -> Effect:
    """The same of several runs on the same clusters: each round draws the runs as well as the clusters.

    Of two or three runs the noise between them is known badly; it is a floor, not an estimate.
    """
    first = runs[0]
    if len(first) < 2:
        raise ValueError("an interval needs two conversations")
    together = Paired(
        np.mean([run.sums for run in runs], axis=0), np.mean([run.weights for run in runs], axis=0)
    )
    means = resampled(runs, rounds, seed)
    tail = (1 - confidence) / 2
    low, high = (float(edge) for edge in np.quantile(means, [tail, 1 - tail]))
    spread = float(together.residuals.std(ddof=1))
    if shares:
        mean, wide = _one_more_each_way(together)
        half = normal.inv_cdf(1 - tail) * wide / math.sqrt(len(together) + 2)
        low, high, spread = min(low, mean - half), max(high, mean + half), max(spread, wide)
    return Effect(len(together), together.mean, low, high, spread)


def resampled(runs: Sequence[Paired], rounds: int, seed: int) -> Floats:
    """The mean difference of each of `rounds` draws, with putting back, of clusters and of runs."""
    count, k = len(runs[0]), len(runs)
    table = np.stack([part for run in runs for part in (run.sums, run.weights)], axis=1)
    if count * rounds <= KEPT:
        totals = (_draws(count, rounds, seed) @ table.astype(np.float32)).astype(np.float64)
    else:
        draw = np.random.default_rng(seed)
        at_once = max(1, PART // count)
        totals = np.concatenate(
            [
                table[draw.integers(0, count, (min(at_once, rounds - done), count))].sum(1)
                for done in range(0, rounds, at_once)
            ]
        )
    if k == 1:
        return np.asarray(totals[:, 0] / np.maximum(totals[:, 1], 1e-12))
    # A run that is drawn twice counts twice.
    chosen = np.random.default_rng([seed, 1]).multinomial(k, [1 / k] * k, size=rounds)
    sums, weights = (totals[:, 0::2] * chosen).sum(1), (totals[:, 1::2] * chosen).sum(1)
    means: Floats = sums / np.maximum(weights, 1e-12)
    return means


@lru_cache(maxsize=16)
def _draws(n: int, rounds: int, seed: int) -> NDArray[np.float32]:
    """How often each of `n` clusters is in each draw."""
    draw = np.random.default_rng(seed)
    chosen = draw.integers(0, n, (rounds, n)) + np.arange(rounds)[:, None] * n
    counted = np.bincount(chosen.ravel(), minlength=rounds * n)
    return counted.reshape(rounds, n).astype(np.float32)


def adjusted_wald(data: Paired, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of Bonett & Price (2012), with clusters for pairs."""
    mean, spread = _one_more_each_way(data)
    half = normal.inv_cdf((1 + confidence) / 2) * spread / math.sqrt(len(data) + 2)
    return mean - half, mean + half


def _one_more_each_way(data: Paired) -> tuple[float, float]:
    """Mean and standard deviation with one cluster more that is won, and one that is lost."""
    scaled = np.concatenate([data.sums / data.weights.mean(), [1.0, -1.0]])
    return float(scaled.mean()), float(scaled.std())


def harm(data: Paired, rounds: int = 4000, seed: int = 0) -> float:
    """One-sided p of "it is not worse": small where it is.

    Where every cluster is won, lost or equal by as much, the exact sign test, which is McNemar's. Otherwise
    a paired randomisation test, the signs of the clusters drawn anew (Fisher, 1935; Noreen, 1989), whose
    least value is 1 / (rounds + 1).
    """
    # Under "no difference" a cluster's sum is as likely to be negative as positive.
    moved = data.sums[data.sums != 0]
    if not len(moved):
        return 1.0
    if np.allclose(np.abs(moved), abs(moved[0])):
        return sign_test(int((moved > 0).sum()), int((moved < 0).sum()))
    observed = float(moved.sum())
    limit = observed + 1e-6 * abs(observed)
    if len(data) * rounds <= KEPT:
        totals = _signs(len(data), rounds, seed) @ data.sums.astype(np.float32)
        return (1 + int((totals <= limit).sum())) / (rounds + 1)
    as_bad = 0
    draw = np.random.default_rng(seed)
    at_once = max(1, PART // len(moved))
    for done in range(0, rounds, at_once):
        signs = _thrown(draw, min(at_once, rounds - done), len(moved))
        as_bad += int((signs @ moved.astype(np.float32) <= limit).sum())
    return (1 + as_bad) / (rounds + 1)


@lru_cache(maxsize=12)
def _signs(n: int, rounds: int, seed: int) -> NDArray[np.float32]:
    return _thrown(np.random.default_rng(seed), rounds, n)


def _thrown(draw: np.random.Generator, rounds: int, n: int) -> NDArray[np.float32]:
    """1 or -1, as likely."""
    signs: NDArray[np.float32] = draw.integers(0, 2, (rounds, n), dtype=np.int8) * np.float32(2) - 1
    return signs


def sign_test(wins: int, losses: int) -> float:
    """One-sided exact p of as many losses or more, where both are as likely (Dixon & Mood, 1946)."""
    return _at_most(wins, wins + losses)


def mcnemar(gained: int, lost: int) -> float:
    """Two-sided exact p of McNemar's test (1947), from the pairs that differ."""
    return min(1.0, 2 * _at_most(min(gained, lost), gained + lost))


def _at_most(heads: int, n: int) -> float:
    """The chance of so many heads or fewer in `n` throws; in whole numbers, which know no rounding."""
    total = term = 1
    for k in range(heads):
        term = term * (n - k) // (k + 1)
        total += term
    shift = max(0, total.bit_length() - 64)
    return math.ldexp(float(total >> shift), shift - n)


def holm(ps: Sequence[float]) -> list[float]:
    """p values adjusted for being several, in the given order (Holm, 1979): each is as likely to be below a
    level, all of them together, as that level says."""
    adjusted = [0.0] * len(ps)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(ps)), key=lambda i: ps[i])):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[index]))
        adjusted[index] = highest
    return adjusted


def power(
    n: int, spread: float, margin: float, gain: float = 0.0, confidence: float = 0.95
) -> float:
    """The chance to show with `n` clusters that it is not worse by `margin`, where it gains `gain` in truth
    (normal approximation; Julious, 2004, section 4)."""
    if n < 1:
        return 0.0
    if spread <= 0:
        return float(margin + gain > 0)
    return normal.cdf(
        (margin + gain) * math.sqrt(n) / spread - normal.inv_cdf((1 + confidence) / 2)
    )


def needed(
    spread: float, margin: float, gain: float = 0.0, confidence: float = 0.95, power: float = 0.8
) -> int:
    """Clusters with which `power` is reached; the inverse of it."""
    if margin + gain <= 0:
        raise ValueError("what is worse by the margin is never shown not to be")
    z = normal.inv_cdf((1 + confidence) / 2) + normal.inv_cdf(power)
    return max(2, math.ceil((z * spread / (margin + gain)) ** 2 - 1e-9))


def missing(effect: Effect, margin: float, confidence: float = 0.95) -> int:
    """How many more clusters would probably end the doubt, at least one.

    Enough to show with a chance of 80% that it is not worse, if it is as good as the other. Where there are as
    many already: enough to settle it either way, if what was seen goes on; at most ten times as many.
    """
    n, spread = effect.n, effect.spread
    more = needed(spread, margin, confidence=confidence) - n
    if more > 0:
        return more
    ahead = effect.mean + margin if effect.mean > -margin else abs(effect.mean)
    z = normal.inv_cdf((1 + confidence) / 2)
    settled = (z * spread / max(ahead, 1e-9)) ** 2
    return max(1, math.ceil(min(settled, 11.0 * n)) - n)
