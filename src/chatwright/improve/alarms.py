"""When a daily figure changed: a CUSUM of ranks, whose false alarms do not depend on how it is spread.

Each watched day is ranked among the reference days. Where nothing changed, all days are exchangeable, the
ranks are those of random numbers, and so the threshold is known exactly, whatever the figure's distribution:
it is read from simulated random numbers (a fixed seed), for the number of days at hand. The rank becomes a
normal score z, and S = max(0, S + z - K) sums what is above chance; the alarm is the first day with S above the
threshold. (Page 1954; of ranks: McDonald 1990.) Days are the unit because questions of one day are not
independent: a course starts, a page goes down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Literal

import numpy as np
import numpy.typing as npt

K = 0.5  # of a day's standard deviation: half of the shift that is to be found soonest
LEAST = 10  # reference days; fewer cannot tell an unusual day from a usual one
TRIALS = 20_000
SEED = 20_257

Direction = Literal["up", "down", "both"]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Watched:
    """What was found. `day` is the index of the watched day with the alarm, `began` that from which on it has
    been unlike the reference; None: no alarm. `score` and `threshold`: of the last day, or the alarm's."""

    day: int | None
    began: int | None
    score: float
    threshold: float
    up: bool = True


def watch(
    reference: Sequence[float], days: Sequence[float], alpha: float, direction: Direction = "both"
) -> Watched:
    """Look at `days`, in order, against the `reference` days. Over all of them together, an alarm without a
    change has the probability `alpha` at most.

    Raises `ValueError` for fewer than `LEAST` reference days.
    """
    if len(reference) < LEAST:
        raise ValueError(f"{len(reference)} reference days; {LEAST} are needed")
    sides = {"up": (1.0,), "down": (-1.0,), "both": (1.0, -1.0)}[direction]
    limit = threshold(len(reference), len(days), alpha / len(sides))
    found = []
    for sign in sides:
        sums, began = _cusum(scores(np.asarray(reference) * sign, np.asarray(days) * sign))
        over = np.flatnonzero(sums > limit)
        if over.size:
            at = int(over[0])
            found.append(Watched(at, int(began[at]), float(sums[at]), limit, sign > 0))
        else:
            last = float(sums[-1]) if sums.size else 0.0
            found.append(Watched(None, None, last, limit, sign > 0))
    alarms = [one for one in found if one.day is not None]
    return (
        min(alarms, key=lambda one: one.day or 0) if alarms else max(found, key=lambda o: o.score)
    )


def scores(reference: Doubles, days: Doubles) -> Doubles:
    """Normal scores of each of `days` among the reference days; equal values are put in an order by chance
    that is the same each time."""
    rng = np.random.default_rng(_seed(reference, days))
    below = (reference[None, :] < days[:, None]).sum(1)
    same = (reference[None, :] == days[:, None]).sum(1)
    rank = below + np.floor(rng.random(len(days)) * (same + 1))
    return np.asarray(_normal(len(reference))[rank.astype(int)])


@lru_cache(64)
def threshold(reference: int, days: int, alpha: float) -> float:
    """What S stays below on all `days`, with probability 1 - `alpha`, where nothing changed."""
    if not days:
        return float("inf")
    rng = np.random.default_rng(SEED)
    normal = _normal(reference)
    known = np.sort(rng.random((TRIALS, reference)), axis=1)
    highest, total = np.zeros(TRIALS), np.zeros(TRIALS)
    for _ in range(days):
        new = rng.random(TRIALS)
        ranks = (known < new[:, None]).sum(1)
        total = np.maximum(0.0, total + normal[ranks] - K)
        highest = np.maximum(highest, total)
    return float(np.quantile(highest, 1 - alpha, method="higher"))


@lru_cache(64)
def _normal(reference: int) -> Doubles:
    """The score of each rank, 0 (below all) to `reference` (above all)."""
    inverse = NormalDist().inv_cdf
    return np.array([inverse((rank + 0.5) / (reference + 1)) for rank in range(reference + 1)])


def _cusum(z: Doubles) -> tuple[Doubles, npt.NDArray[np.int64]]:
    """The sum on each day, and the day on which it last left 0."""
    sums, began = np.zeros(len(z)), np.zeros(len(z), np.int64)
    total, start = 0.0, 0
    for at, value in enumerate(z.tolist()):
        if total == 0.0:
            start = at
        total = max(0.0, total + value - K)
        sums[at], began[at] = total, start
    return sums, began


def _seed(*values: Doubles) -> int:
    content = b"".join(np.ascontiguousarray(one, np.float64).tobytes() for one in values)
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "little")
