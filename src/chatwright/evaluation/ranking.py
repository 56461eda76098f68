"""Strengths from comparisons: Bradley and Terry's model by maximum likelihood, with ties and covariates.

Strengths are in log-odds around their mean: of two, the better is preferred with odds exp(difference), ties
aside. Ties are Davidson's (1970): a tie has the chance nu * sqrt(p * q) beside p and q; or half a win each.
What the answers differ in besides (length, place) can stand beside the strengths as a covariate, so that a
strength is what is left when both are equal in it (style control). Numpy alone.

References: Bradley & Terry, Biometrika 39 (1952) 324; Davidson, JASA 65 (1970) 317; Davidson & Beaver,
Biometrics 33 (1977) 693 (place); White, Econometrica 48 (1980) 817 (sandwich); Owen, Annals of Applied
Statistics 1 (2007) 386 (pigeonhole bootstrap); Dubois et al., arXiv:2404.04475 (length).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import NormalDist
from typing import Any, Literal

import numpy as np

Ties = Literal["davidson", "half"]
Interval = Literal["sandwich", "fisher"]
Cluster = Literal["item", "rater", "none"]
Covariate = Literal["length", "position"]

RIDGE = 0.01  # a normal prior of 10 log-odds: matters only for one who always won, or never
STEPS, CLOSE = 100, 1e-10
DRAWS = 400


@dataclass(frozen=True, slots=True)
class Comparison:
    """One judgement of two. `outcome`: 1 the first is better, 0 the second, 0.5 neither.

    `length`: by how much the first is longer, in any unit; `position`: 1 where the first was shown first,
    -1 where the second was, 0 where that is not known.
    """

    first: str
    second: str
    outcome: float
    length: float = 0.0
    position: float = 0.0
    item: str = ""
    rater: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong a contestant is, in log-odds around the mean of all. `best` and `worst`: the ranks that the
    intervals of the differences leave open."""

    name: str
    value: float
    low: float
    high: float
    wins: float
    ties: float
    losses: float
    best: int = 1
    worst: int = 1


@dataclass(frozen=True, slots=True)
class Ranking:
    """All contestants, the strongest first. `nu` is Davidson's, None without ties. Where not all are
    `connected` by comparisons, strengths of those apart cannot be compared."""

    strengths: tuple[Strength, ...]
    effects: Mapping[str, Effect]
    nu: float | None
    comparisons: int
    connected: bool
    log_likelihood: float
    confidence: float
    ridge: float
    covariance: Any = field(repr=False, compare=False, default=None)  # of strengths, in their order

    def of(self, name: str) -> Strength:
        return next(one for one in self.strengths if one.name == name)

    def difference(self, first: str, second: str) -> Effect:
        """How much stronger the first is, in log-odds."""
        names = [one.name for one in self.strengths]
        at, to, cov = names.index(first), names.index(second), self.covariance
        value = self.strengths[at].value - self.strengths[to].value
        spread = max(cov[at, at] + cov[to, to] - 2 * cov[at, to], 0.0) ** 0.5
        reach = _z(self.confidence) * spread
        return Effect(value, value - reach, value + reach)

    def chance(self, first: str, second: str) -> Effect:
        """The share that the first wins, a tie as half of one, where covariates are equal."""
        found = self.difference(first, second)
        return Effect(*(self._share(eta) for eta in (found.value, found.low, found.high)))

    def _share(self, eta: float) -> float:
        tie = self.nu or 0.0
        win, loss = np.exp(eta / 2), np.exp(-eta / 2)
        return float((win + tie / 2) / (win + loss + tie))


@dataclass(frozen=True, slots=True)
class Table:
    """Comparisons as arrays: indexes [n], outcomes [n], covariates [n, c], weights [n]. `design` [n,
    contestants + c] is what the log-odds are made of."""

    names: tuple[str, ...]
    first: Any
    second: Any
    outcome: Any
    extra: Any
    weight: Any
    ties: bool  # a parameter of their own
    design: Any

    def like(self) -> tuple[Table, Any]:
        """The table with rows that are the same put together, and the row there of each row [n]."""
        rows = np.column_stack([self.first, self.second, self.outcome, self.extra])
        _, at, to = np.unique(rows, axis=0, return_index=True, return_inverse=True)
        to = to.reshape(-1)
        together = replace(
            self,
            **{name: getattr(self, name)[at] for name in ("first", "second", "outcome", "extra")},
            design=self.design[at],
            weight=np.bincount(to, weights=self.weight),
        )
        return together, to


def fit(
    comparisons: Sequence[Comparison],
    *,
    ties: Ties = "davidson",
    covariates: Collection[Covariate] = (),
    interval: Interval = "sandwich",
    cluster: Cluster = "item",
    confidence: float = 0.95,
    ridge: float = RIDGE,
) -> Ranking:
    """The strengths that make these comparisons most likely, and their intervals.

    "fisher" is the curvature of the likelihood; "sandwich" also holds where judgements of one `cluster` are
    alike. `ridge` is the weight of a normal prior around 0 (1 / variance). At least two contestants.
    """
    table = table_of(comparisons, ties, tuple(covariates))
    found = _solve(table, table.weight, ridge)
    inverse = np.linalg.inv(_information(table, table.weight, found, ridge))
    if interval == "sandwich":
        groups = _groups(comparisons, cluster)
        scores = np.zeros((len(set(groups.tolist())), len(found)))
        np.add.at(scores, groups, _scores(table, found) * table.weight[:, None])
        few = len(scores) / max(len(scores) - 1, 1)
        inverse = inverse @ (few * scores.T @ scores) @ inverse
    return _ranking(table, comparisons, found, inverse, tuple(covariates), confidence, ridge)


def bootstrap(
    comparisons: Sequence[Comparison],
    *,
    over: Collection[Cluster] = ("item", "rater"),
    ties: Ties = "davidson",
    covariates: Collection[Covariate] = (),
    confidence: float = 0.95,
    ridge: float = RIDGE,
    draws: int = DRAWS,
    seed: int = 0,
) -> dict[str, Effect]:
    """Intervals of the strengths by name, from drawing items and raters anew (both at once: Owen's
    pigeonhole bootstrap, a little too wide). With one rater only, draw items alone."""
    table = table_of(comparisons, ties, tuple(covariates))
    together, to = table.like()
    start = _solve(together, together.weight, ridge)
    random = np.random.default_rng(seed)
    groups = [_groups(comparisons, one) for one in over]
    rows = []
    for _ in range(draws):
        weight = table.weight.copy()
        for group in groups:
            size = int(group.max()) + 1
            weight *= np.bincount(random.integers(0, size, size), minlength=size)[group]
        summed = np.bincount(to, weights=weight, minlength=len(together.weight))
        found = _solve(together, summed, ridge, start)[: len(table.names)]
        rows.append(found - found.mean())
    edge = (1 - confidence) / 2
    low, high = np.quantile(rows, [edge, 1 - edge], axis=0)
    centre = start[: len(table.names)] - start[: len(table.names)].mean()
    return {
        name: Effect(float(centre[at]), float(low[at]), float(high[at]))
        for at, name in enumerate(table.names)
    }


def table_of(
    comparisons: Sequence[Comparison], ties: Ties = "davidson", covariates: Sequence[Covariate] = ()
) -> Table:
    """The arrays of `fit`. A length is tanh(difference / its spread): one endless answer decides nothing."""
    names = tuple(sorted({name for one in comparisons for name in (one.first, one.second)}))
    assert len(names) > 1, "two contestants are compared, or more"
    index = {name: at for at, name in enumerate(names)}
    columns = []
    for name in covariates:
        values = np.array([getattr(one, name) for one in comparisons], float)
        spread = float(np.sqrt(np.mean(values**2))) if name == "length" else 0.0
        columns.append(np.tanh(values / spread) if spread else values)
    outcome = np.array([one.outcome for one in comparisons], float)
    first = np.array([index[one.first] for one in comparisons])
    second = np.array([index[one.second] for one in comparisons])
    extra = np.stack(columns, axis=1) if columns else np.zeros((len(comparisons), 0))
    sides, at = np.zeros((len(comparisons), len(names))), np.arange(len(comparisons))
    sides[at, first] += 1.0
    sides[at, second] -= 1.0
    return Table(
        names,
        first,
        second,
        outcome,
        extra,
        np.array([one.weight for one in comparisons], float),
        ties == "davidson" and bool(np.any(outcome == 0.5)),
        np.hstack([sides, extra]),
    )


def _chances(table: Table, design: Any, values: Any) -> tuple[Any, Any, Any]:
    """The chance that the first wins, of a tie, and that the second wins; each [n]."""
    width = design.shape[1]
    eta = design @ values[:width]
    tau = values[width] if table.ties else -np.inf
    logits = np.stack([eta / 2, np.full_like(eta, tau), -eta / 2])
    raised = np.exp(logits - logits.max(axis=0))
    win, tie, loss = raised / raised.sum(axis=0)
    return win, tie, loss


def _scores(table: Table, values: Any) -> Any:
    """Each comparison's gradient of the log-likelihood: [n, parameters]."""
    design = table.design
    win, tie, loss = _chances(table, design, values)
    tied = (table.outcome == 0.5) & table.ties
    won = np.where(tied, 0.0, table.outcome)
    lost = np.where(tied, 0.0, 1 - table.outcome)
    by_eta = ((won - win) - (lost - loss)) / 2
    scores = design * by_eta[:, None]
    return np.hstack([scores, (tied - tie)[:, None]]) if table.ties else scores


def _information(table: Table, weight: Any, values: Any, ridge: float) -> Any:
    """The curvature of the penalised likelihood: [parameters, parameters]."""
    design = table.design
    win, tie, loss = _chances(table, design, values)
    mean = (win - loss) / 2
    by_eta = weight * ((win + loss) / 4 - mean**2)
    found = design.T @ (design * by_eta[:, None])
    if table.ties:
        across = -(design.T @ (weight * mean * tie))
        corner = np.array([[float(np.sum(weight * tie * (1 - tie)))]])
        found = np.block([[found, across[:, None]], [across[None, :], corner]])
    size = len(table.names)
    found = found + ridge * np.eye(len(found))
    found[:size, :size] += 1.0 / size  # differences are all that is known: the mean is held at 0
    return found


def _solve(table: Table, weight: Any, ridge: float, start: Any = None) -> Any:
    """Newton's method with halved steps; the likelihood is concave."""
    size = len(table.names)
    parameters = size + table.extra.shape[1] + table.ties
    values = np.zeros(parameters) if start is None else start.copy()
    best = _penalised(table, weight, values, ridge)
    for _ in range(STEPS):
        slope = _scores(table, values).T @ weight - ridge * values
        slope[:size] -= values[:size].sum() / size
        step = np.linalg.solve(_information(table, weight, values, ridge), slope)
        size_of_step = 1.0
        while True:
            tried = values + size_of_step * step
            reached = _penalised(table, weight, tried, ridge)
            if reached >= best - 1e-12 or size_of_step < 1e-6:
                break
            size_of_step /= 2
        values, best = tried, reached
        if np.max(np.abs(size_of_step * step)) < CLOSE:
            break
    return values


def _likelihood(table: Table, weight: Any, values: Any) -> float:
    win, tie, loss = (
        np.log(np.maximum(part, 1e-300)) for part in _chances(table, table.design, values)
    )
    tied = (table.outcome == 0.5) & table.ties
    each = np.where(tied, tie, table.outcome * win + (1 - table.outcome) * loss)
    return float(weight @ each)


def _penalised(table: Table, weight: Any, values: Any, ridge: float) -> float:
    size = len(table.names)
    held = ridge * float(values @ values) + float(values[:size].sum() ** 2) / size
    return _likelihood(table, weight, values) - held / 2


def _groups(comparisons: Sequence[Comparison], cluster: Cluster) -> Any:
    """[n]: the number of each comparison's item or rater."""
    if cluster == "none":
        return np.arange(len(comparisons))
    known: dict[str, int] = {}
    return np.array([known.setdefault(getattr(one, cluster), len(known)) for one in comparisons])


def _ranking(
    table: Table,
    comparisons: Sequence[Comparison],
    found: Any,
    covariance: Any,
    covariates: tuple[Covariate, ...],
    confidence: float,
    ridge: float,
) -> Ranking:
    size, reach = len(table.names), _z(confidence)
    centring = np.eye(size) - 1.0 / size
    values = found[:size] - found[:size].mean()
    spread = centring @ covariance[:size, :size] @ centring
    order = np.argsort(-values, kind="stable")
    bounds = _ranks(values, spread, reach)
    strengths = []
    for at in order:
        error = reach * float(spread[at, at]) ** 0.5
        value = float(values[at])
        counted = _counts(table, int(at))
        strengths.append(
            Strength(table.names[at], value, value - error, value + error, *counted, *bounds[at])
        )
    effects: dict[str, Effect] = {}
    for at, name in enumerate(covariates, size):
        error = reach * float(covariance[at, at]) ** 0.5
        effects[name] = Effect(float(found[at]), float(found[at]) - error, float(found[at]) + error)
    return Ranking(
        tuple(strengths),
        effects,
        float(np.exp(found[-1])) if table.ties else None,
        len(comparisons),
        _connected(table),
        _likelihood(table, table.weight, found),
        confidence,
        ridge,
        spread[np.ix_(order, order)],
    )


def _ranks(values: Any, spread: Any, reach: float) -> list[tuple[int, int]]:
    """Of each the best and the worst rank that the intervals of its differences allow."""
    size, found = len(values), []
    for at in range(size):
        gaps = values - values[at]
        errors = np.sqrt(np.maximum(np.diag(spread) + spread[at, at] - 2 * spread[at], 0.0))
        better, worse = int(np.sum(gaps > reach * errors)), int(np.sum(gaps < -reach * errors))
        found.append((1 + better, size - worse))
    return found


def _counts(table: Table, at: int) -> tuple[float, float, float]:
    """How often it won, tied and lost, weighted."""
    as_first, as_second = table.first == at, table.second == at
    tied = table.outcome == 0.5
    won = (as_first & (table.outcome == 1)) | (as_second & (table.outcome == 0))
    among = as_first | as_second
    parts = (among & won, among & tied, among & ~won & ~tied)
    wins, ties, losses = (float(table.weight[part].sum()) for part in parts)
    return wins, ties, losses


def _connected(table: Table) -> bool:
    """Whether each can be reached from each over comparisons."""
    reached, size = {0}, 0
    while len(reached) > size:
        size = len(reached)
        known = list(reached)
        reached |= set(table.second[np.isin(table.first, known)].tolist())
        reached |= set(table.first[np.isin(table.second, known)].tolist())
    return len(reached) == len(table.names)


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf(0.5 + confidence / 2)
