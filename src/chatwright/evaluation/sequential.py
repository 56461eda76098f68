"""Tests and intervals that hold however often, and whenever, somebody looks (anytime-valid).

    rate_evidence, rate_interval              one share, from counts
    block_evidence                            two shares, blocks of fixed size (Turner, Ly and Grünwald)
    difference_evidence, difference_interval  two arms of unequal shares that people were drawn into by chance
    mean_interval                             a mean of bounded values (empirical Bernstein)
    units_needed                              how many units such a test takes

Evidence is the logarithm of an e-process: the capital of a gambler against the null hypothesis, who begins
with 1. Where that is true it ever reaches 1/alpha with a chance of at most alpha (Ville, 1939). Everything here
is a function of what was seen so far: nothing has to be kept between two looks. No files, no clock, no SciPy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Interval = tuple[float, float]

RISES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 0.95)  # of the way from the tolerated rate to 1
EFFECTS = (0.02, 0.05, 0.1, 0.2, 0.4)  # differences that are bet on
MOST = 0.9  # of the bet at which one unit could take everything
STEPS = 40  # of a bisection


# --- one share ------------------------------------------------------------------------------------


def mixture_evidence(k: int, n: int, p: float, a: float = 0.5, b: float = 0.5) -> float:
    """Against a rate of exactly `p`, after `k` of `n`: Robbins' beta-binomial mixture, log of
    B(a + k, b + n - k) / B(a, b) / (p^k (1 - p)^(n - k)). Robbins (1970), Annals of Mathematical Statistics 41;
    Howard, Ramdas, McAuliffe and Sekhon (2021), Annals of Statistics 49. `a`, `b`: the prior of the rate."""
    assert 0 <= k <= n, "more successes than trials"
    mixed = _log_beta(a + k, b + n - k) - _log_beta(a, b)
    return mixed - _times(k, _log(p)) - _times(n - k, _log(1 - p))


def rate_interval(
    k: int, n: int, alpha: float = 0.05, *, a: float = 0.5, b: float = 0.5
) -> Interval:
    """A confidence sequence of a rate: all `p` with `mixture_evidence` below log 1/alpha."""
    if n == 0:
        return 0.0, 1.0
    limit, middle = -math.log(alpha), k / n

    def rejected(p: float) -> bool:
        return mixture_evidence(k, n, p, a, b) >= limit

    low = 0.0 if not rejected(0.0) else _edge(rejected, 0.0, middle)
    high = 1.0 if not rejected(1.0) else _edge(rejected, 1.0, middle)
    return low, high


def rate_evidence(k: int, n: int, tolerated: float) -> float:
    """Against a rate of at most `tolerated`: the mean of the likelihood ratios of some higher rates. Each is a
    supermartingale where the rate is `tolerated` or less, so their mean is one."""
    assert 0 < tolerated < 1, "a rate to tolerate lies between 0 and 1"
    logs = []
    for rise in RISES:
        higher = tolerated + rise * (1 - tolerated)
        logs.append(
            k * math.log(higher / tolerated) + (n - k) * math.log((1 - higher) / (1 - tolerated))
        )
    return _log_mean(logs)


# --- two shares -----------------------------------------------------------------------------------


def block_evidence(
    a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]], first: float, second: float
) -> float:
    """Against equal rates, from blocks of (successes, size) of two groups: log of
    p_first(a) p_second(b) / p_0(a and b), with p_0 the mean of both rates, weighted by the sizes. Its
    expectation under any common rate is at most 1; that may be another one in each block. Turner, Ly and
    Grünwald (2024), Generic E-variables for exact sequential k-sample tests that allow for optional stopping,
    Journal of Statistical Planning and Inference 230."""
    total = 0.0
    for (ka, na), (kb, nb) in zip(a, b, strict=True):
        mean = (na * first + nb * second) / (na + nb)
        for rate, k, n in ((first, ka, na), (second, kb, nb)):
            total += _times(k, _log(rate / mean)) + _times(n - k, _log((1 - rate) / (1 - mean)))
    return total


@dataclass(frozen=True, slots=True)
class Units:
    """What each unit (a person) came to in two arms.

    `treated` [n]: whether it fell into the candidate's arm; `share` [n]: the chance that it would, decided
    before anything was seen of it; `outcome` [n]: from 0 to 1, a bad share of what it met with.
    """

    treated: Flags
    share: Floats
    outcome: Floats

    @classmethod
    def of(cls, rows: Sequence[tuple[bool, float, float]]) -> Units:
        """From rows of (treated, share, outcome)."""
        columns = np.array(rows, dtype=np.float64).reshape(-1, 3)
        return cls(columns[:, 0] > 0, columns[:, 1], columns[:, 2])

    def __len__(self) -> int:
        return len(self.outcome)

    def means(self) -> tuple[float | None, float | None]:
        """The mean outcome of the current arm, and of the candidate's; None where it has no unit."""
        mine = (self.outcome[~self.treated], self.outcome[self.treated])
        now, new = (float(part.mean()) if len(part) else None for part in mine)
        return now, new


def difference_evidence(
    units: Units, delta: float = 0.0, *, expected: float = 0.1, worse: bool = True
) -> float:
    """Against: the candidate's mean is at most `delta` above the current one's (with `worse` False: at least).

    A bet on z = (y - c) / r in the candidate's arm and -(y - c) / (1 - r) in the other, whose expectation is
    the difference of the two means whatever `c` is, because chance alone chose the arm: also where both rise
    and fall together from day to day. With c between the two rates of an alternative the factor 1 + λ z is
    `block_evidence`'s for a block of one unit. The capital is the mean of that of bets on some `EFFECTS`.
    Turner, Ly and Grünwald (2024), see above; Waudby-Smith and Ramdas (2024), Estimating means of bounded
    random variables by betting, JRSS B 86. `expected` is c: the rate before, known before the first unit.
    """
    if not len(units):
        return 0.0
    z, bound = _contrast(units, expected)
    gain = z - delta if worse else delta - z
    logs = [float(np.log1p(bet * gain).sum()) for bet in _bets(units.share, bound, expected)]
    return _log_mean(logs)


def difference_interval(units: Units, alpha: float = 0.05, *, expected: float = 0.1) -> Interval:
    """A confidence sequence of candidate minus current, in [-1, 1]: each end with alpha/2."""
    limit = math.log(2 / alpha)
    if not len(units):
        return -1.0, 1.0
    z, _ = _contrast(units, expected)
    middle = float(np.clip(z.mean(), -1, 1))

    def too_low(delta: float) -> bool:
        return difference_evidence(units, delta, expected=expected) >= limit

    def too_high(delta: float) -> bool:
        return difference_evidence(units, delta, expected=expected, worse=False) >= limit

    low = _edge(too_low, -1.0, middle) if too_low(-1.0) else -1.0
    high = _edge(too_high, 1.0, middle) if too_high(1.0) else 1.0
    return low, high


def _contrast(units: Units, expected: float) -> tuple[Floats, Floats]:
    """z of each unit, and how far from 0 it could have been."""
    away = units.outcome - expected
    z = np.where(units.treated, away / units.share, -away / (1 - units.share))
    smaller = np.minimum(units.share, 1 - units.share)
    return z, max(expected, 1 - expected) / smaller


def _bets(share: Floats, bound: Floats, expected: float) -> list[Floats]:
    """λ [n] of each effect: the best one where it is true (for a rare outcome), and never all the capital,
    whatever difference from -1 to 1 is bet against."""
    middle = min(max(expected, 0.01), 0.99)
    best = share * (1 - share) / (middle * (1 - middle))
    return [np.minimum(best * effect, MOST / (bound + 1)) for effect in EFFECTS]


def units_needed(
    current: float,
    candidate: float,
    share: float,
    alpha: float,
    *,
    expected: float | None = None,
    delta: float = 0.0,
    worse: bool = True,
    power: float = 0.9,
) -> int | None:
    """After how many units, of both arms together, `difference_evidence` has reached log 1/alpha with chance
    `power`, where outcomes are 0 or 1 with these rates; None: never. The capital's logarithm is a sum: its mean
    and its spread per unit say when, by the normal approximation."""
    middle = current if expected is None else expected
    outcomes = np.array([0.0, 1.0, 0.0, 1.0])
    treated = np.array([False, False, True, True])
    chance = np.array([1 - current, current, 1 - candidate, candidate])
    chance *= np.where(treated, share, 1 - share)
    units = Units(treated, np.full(4, share), outcomes)
    z, bound = _contrast(units, middle)
    gain = z - delta if worse else delta - z
    target = math.log(1 / alpha) + math.log(len(EFFECTS))
    quantile = NormalDist().inv_cdf(power)
    found = []
    for bet in _bets(units.share, bound, middle):
        logs = np.log1p(bet * gain)
        mean = float(chance @ logs)
        if mean <= 0:
            continue
        spread = math.sqrt(float(chance @ (logs - mean) ** 2))
        root = (quantile * spread + math.sqrt((quantile * spread) ** 2 + 4 * mean * target)) / 2
        found.append((root / mean) ** 2)
    return math.ceil(min(found)) if found else None


# --- a mean ---------------------------------------------------------------------------------------


def mean_interval(
    values: Sequence[float] | Floats, alpha: float = 0.05, *, low: float = 0.0, high: float = 1.0
) -> Interval:
    """A confidence sequence of the mean of values in [low, high], in the order in which they came: the
    predictable plug-in empirical Bernstein one of Waudby-Smith and Ramdas (2024), theorem 2. For times take
    logarithms, clipped to a range that was chosen before."""
    x = (np.asarray(values, dtype=np.float64) - low) / (high - low)
    assert not len(x) or (x.min() >= 0 and x.max() <= 1), "a value lies outside of its bounds"
    if not len(x):
        return low, high
    t = np.arange(1, len(x) + 1)
    mean = (0.5 + np.cumsum(x)) / (t + 1)
    before = np.concatenate(([0.5], mean[:-1]))
    variance = (0.25 + np.cumsum((x - mean) ** 2)) / (t + 1)
    known = np.concatenate(([0.25], variance[:-1]))
    bet = np.minimum(np.sqrt(2 * math.log(2 / alpha) / (known * t * np.log(t + 1))), 0.5)
    spent = (x - before) ** 2 * (-np.log1p(-bet) - bet)
    half = (math.log(2 / alpha) + spent.sum()) / bet.sum()
    middle = float((bet * x).sum() / bet.sum())
    width = high - low
    return low + width * max(0.0, middle - half), low + width * min(1.0, middle + half)


# --- arithmetic -----------------------------------------------------------------------------------


def _edge(rejected: Callable[[float], bool], outside: float, inside: float) -> float:
    """Where `rejected` ends between `outside`, where it holds, and `inside`; on the outer side."""
    for _ in range(STEPS):
        middle = (outside + inside) / 2
        outside, inside = (middle, inside) if rejected(middle) else (outside, middle)
    return outside


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _log(value: float) -> float:
    return math.log(value) if value > 0 else -math.inf


def _times(count: int, log: float) -> float:
    return count * log if count else 0.0


def _log_mean(logs: Sequence[float]) -> float:
    most = max(logs)
    return most + math.log(sum(math.exp(one - most) for one in logs) / len(logs))
