"""Whether several people say the same: Krippendorff's alpha and Cohen's kappa, with intervals.

Alpha is 1 - observed / expected disagreement over all pairs of values of one unit, whoever gave them and
however many are missing: 1 all agree, 0 they agree as chance would have it, below 0 they contradict each
other. Numpy alone.

References: Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); Cohen, Educational and
Psychological Measurement 20 (1960) 37.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Level = Literal["nominal", "ordinal", "interval", "ratio"]
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient, None where nothing can be said (no unit has two values, or all values are the same), and
    the interval from drawing units anew. `units` and `values` count what could be compared."""

    value: float | None
    low: float | None
    high: float | None
    units: int
    values: int


def alpha(
    units: Iterable[Sequence[float]],
    level: Level = "nominal",
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> Agreement:
    """Krippendorff's alpha of `units`: for each what was said of it, by whom does not matter; whoever said
    nothing is left out. Values are numbers; with "nominal" any that are equal or not. With "ratio" none is
    below 0."""
    kept = [list(unit) for unit in units if len(unit) > 1]
    categories = sorted({value for unit in kept for value in unit})
    if not kept:
        return Agreement(None, None, None, 0, 0)
    index = {value: at for at, value in enumerate(categories)}
    counts = np.zeros((len(kept), len(categories)))
    for row, unit in enumerate(kept):
        for value in unit:
            counts[row, index[value]] += 1
    values = np.array(categories, float)
    found = _alpha(counts, values, level)
    total = int(counts.sum())
    if found is None:
        return Agreement(None, None, None, len(kept), total)
    random, drawn = np.random.default_rng(seed), []
    for _ in range(draws):
        one = _alpha(counts[random.integers(0, len(kept), len(kept))], values, level)
        if one is not None:
            drawn.append(one)
    low, high = _interval(drawn, confidence)
    return Agreement(found, low, high, len(kept), total)


def units_of(said: Iterable[tuple[Hashable, float]]) -> list[list[float]]:
    """What was said of each unit, from pairs of unit and value."""
    found: dict[Hashable, list[float]] = {}
    for unit, value in said:
        found.setdefault(unit, []).append(value)
    return list(found.values())


def kappa(
    pairs: Sequence[tuple[Hashable, Hashable]],
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> Agreement:
    """Cohen's kappa of two who judged the same units: agreement above what their own habits give by chance."""
    if not pairs:
        return Agreement(None, None, None, 0, 0)
    categories = list({value: None for pair in pairs for value in pair})
    index = {value: at for at, value in enumerate(categories)}
    both = np.array([[index[first], index[second]] for first, second in pairs])
    found = _kappa(both, len(categories))
    if found is None:
        return Agreement(None, None, None, len(pairs), 2 * len(pairs))
    random, drawn = np.random.default_rng(seed), []
    for _ in range(draws):
        one = _kappa(both[random.integers(0, len(both), len(both))], len(categories))
        if one is not None:
            drawn.append(one)
    low, high = _interval(drawn, confidence)
    return Agreement(found, low, high, len(pairs), 2 * len(pairs))


def expand(table: Mapping[tuple[Hashable, Hashable], int]) -> list[tuple[Hashable, Hashable]]:
    """The pairs of a table of counts."""
    return [pair for pair, count in table.items() for _ in range(count)]


def _alpha(counts: Any, values: Any, level: Level) -> float | None:
    """`counts` [units, values]: how often each value was given to each unit; two or more in each."""
    of_value = counts.sum(axis=0)
    total = float(of_value.sum())
    distance = _distances(of_value, values, level)
    within = np.einsum("uc,ck,uk->u", counts, distance, counts) / (counts.sum(axis=1) - 1)
    observed = float(within.sum()) / total
    expected = float(of_value @ distance @ of_value) / (total * (total - 1))
    return 1 - observed / expected if expected > 0 else None


def _distances(of_value: Any, values: Any, level: Level) -> Any:
    """[values, values]: the squared difference that the level of measurement gives two values."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    gap = values[:, None] - values[None, :]
    if level == "interval":
        return gap**2
    if level == "ratio":
        together = values[:, None] + values[None, :]
        return np.divide(gap, together, out=np.zeros_like(gap), where=together != 0) ** 2
    # Ordinal: how many values lie between the two, of each end half.
    middle = np.cumsum(of_value) - of_value / 2
    return (middle[:, None] - middle[None, :]) ** 2


def _kappa(both: Any, categories: int) -> float | None:
    table = np.zeros((categories, categories))
    np.add.at(table, (both[:, 0], both[:, 1]), 1.0)
    table /= len(both)
    by_chance = float(table.sum(axis=1) @ table.sum(axis=0))
    return float((np.trace(table) - by_chance) / (1 - by_chance)) if by_chance < 1 else None


def _interval(drawn: Sequence[float], confidence: float) -> tuple[float | None, float | None]:
    if not drawn:
        return None, None
    edge = (1 - confidence) / 2
    low, high = np.quantile(drawn, [edge, 1 - edge])
    return float(low), float(high)
