"""What the votes of a panel say: who wins and how sure that is, whether people agree, and whom not to believe.

Left out of all figures about contestants: controls, repetitions, and raters who fail controls that a careful
rater passes. Whoever is left out, and why, is part of the result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from statistics import NormalDist, median
from typing import Any

import numpy as np

from chatwright.evaluation.agreement import Agreement, alpha, units_of
from chatwright.evaluation.ranking import Comparison, Effect, Ranking, bootstrap, fit
from chatwright.improve.rater_figures import RaterFigures, raters_of
from chatwright.store.panel_records import PanelItem, PanelRecord, RaterRecord, VoteRecord

CODES = {"first": 1.0, "second": 2.0, "tie": 3.0, "bad": 4.0}
OUTCOMES = {"first": 1.0, "second": 0.0, "tie": 0.5, "bad": 0.5}
FEW_RATERS = 5  # below it, drawing raters anew tells nothing: their items are drawn alone
DRAWS = 400
POINTS = 0.05  # of a win rate: the difference that a panel should be able to see
POWER = 0.8
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Win:
    """Two contestants: how often the first was preferred, a tie or "both bad" as half of one."""

    first: str
    second: str
    rate: Effect
    votes: int
    wins: int
    ties: int
    both_bad: int
    losses: int


@dataclass(frozen=True, slots=True)
class Mean:
    """A contestant's mean rating."""

    name: str
    score: Effect
    votes: int


@dataclass(frozen=True, slots=True)
class Needed:
    """How many votes it takes in all. `for_this`: to be sure of the difference that is seen now (None: none is
    seen); `for_five_points`: of a win rate 5 points from a half. Both with four panels of five."""

    now: int
    decided: bool
    for_this: int | None
    for_five_points: int | None


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that a panel's votes tell."""

    panel: str
    kind: str
    votes: int
    used: int
    items: int
    wins: tuple[Win, ...]
    means: tuple[Mean, ...]
    ranking: Ranking | None
    ranking_bootstrap: Mapping[str, Effect]
    style: Ranking | None  # the same with length and place as covariates
    alpha: Agreement
    left: Effect | None  # the share of decided votes for what was shown first
    needed: Needed | None
    raters: tuple[RaterFigures, ...]
    notes: tuple[str, ...] = field(default=())

    def values(self) -> dict[str, Any]:
        """As plain values, for machines."""
        found = asdict(self)
        for name in ("ranking", "style"):
            if found[name] is not None:
                del found[name]["covariance"]
        return found


def results(
    panel: PanelRecord,
    items: Sequence[PanelItem],
    raters: Sequence[RaterRecord],
    votes: Sequence[VoteRecord],
    *,
    without: Collection[str] = (),
    keep: bool = False,
    seed: int = 0,
) -> Results:
    """What the votes say. `without`: raters (names or ids) to leave out besides; `keep`: leave out nobody for
    failing controls."""
    by_id = {item.id: item for item in items}
    said = [vote for vote in votes if vote.voted_at is not None and vote.item_id in by_id]
    figures = raters_of(panel.kind, by_id, raters, said, without=without, keep=keep, seed=seed)
    out = {one.id for one in figures if one.left_out}
    used = [
        vote
        for vote in said
        if not vote.repeated and not by_id[vote.item_id].control and vote.rater_id not in out
    ]
    rating = panel.kind == "ratings"
    rows = [] if rating else comparisons(by_id, used)
    few = len({vote.rater_id for vote in used}) < FEW_RATERS
    wins = () if rating else _wins(rows, used, few, seed)
    coded = (
        (vote.item_id, float(vote.score or 0) if rating else CODES[vote.side or "tie"])
        for vote in used
    )
    drawn = ("item",) if few else ("item", "rater")
    return Results(
        panel.name,
        panel.kind,
        len(said),
        len(used),
        len(items),
        wins,
        _means(by_id, used, few, seed) if rating else (),
        fit(rows) if rows else None,
        bootstrap(rows, over=drawn, draws=DRAWS, seed=seed) if rows else {},  # type: ignore[arg-type]
        _style(rows),
        alpha(units_of(coded), "ordinal" if rating else "nominal", draws=DRAWS, seed=seed),
        None if rating else _left(used, few, seed),
        _needed(wins),
        figures,
        _notes(panel, figures, used, few),
    )


def comparisons(items: Mapping[str, PanelItem], votes: Iterable[VoteRecord]) -> list[Comparison]:
    """Votes as comparisons; "both bad" is no preference."""
    found = []
    for vote in votes:
        first, second = items[vote.item_id].answers
        found.append(
            Comparison(
                first.contestant,
                second.contestant,
                OUTCOMES[vote.side or "tie"],
                float(len(first.text) - len(second.text)),
                -1.0 if vote.swapped else 1.0,
                vote.item_id,
                vote.rater_id,
            )
        )
    return found


def share(
    values: Sequence[float], items: Sequence[str], raters: Sequence[str], few: bool, seed: int
) -> Effect:
    """A mean with its interval at 95%, from drawing items (and raters, where they are not `few`) anew."""
    numbers, random = np.array(values, float), np.random.default_rng(seed)
    weights = np.ones((DRAWS, len(numbers)))
    for names in (items,) if few else (items, raters):
        known: dict[str, int] = {}
        group = np.array([known.setdefault(name, len(known)) for name in names])
        weights *= random.multinomial(len(known), [1 / len(known)] * len(known), DRAWS)[:, group]
    total = weights.sum(axis=1)
    drawn = (weights @ numbers)[total > 0] / total[total > 0]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Effect(float(numbers.mean()), float(low), float(high))


def _wins(
    rows: Sequence[Comparison], votes: Sequence[VoteRecord], few: bool, seed: int
) -> tuple[Win, ...]:
    found = []
    names = sorted({name for row in rows for name in (row.first, row.second)})
    for first, second in combinations(names, 2):
        both = [
            (row, vote, row.outcome if row.first == first else 1 - row.outcome)
            for row, vote in zip(rows, votes, strict=True)
            if {row.first, row.second} == {first, second}
        ]
        if not both:
            continue
        outcomes = [outcome for _, _, outcome in both]
        of_items, of_raters = [row.item for row, _, _ in both], [row.rater for row, _, _ in both]
        sides = [vote.side for _, vote, _ in both]
        found.append(
            Win(
                first,
                second,
                share(outcomes, of_items, of_raters, few, seed),
                len(both),
                outcomes.count(1.0),
                sides.count("tie"),
                sides.count("bad"),
                outcomes.count(0.0),
            )
        )
    return tuple(found)


def _means(
    items: Mapping[str, PanelItem], votes: Sequence[VoteRecord], few: bool, seed: int
) -> tuple[Mean, ...]:
    found = []
    for name in sorted({items[vote.item_id].answers[0].contestant for vote in votes}):
        own = [vote for vote in votes if items[vote.item_id].answers[0].contestant == name]
        questions = [items[vote.item_id].question for vote in own]
        score = share(
            [float(vote.score or 0) for vote in own],
            questions,
            [vote.rater_id for vote in own],
            few,
            seed,
        )
        found.append(Mean(name, score, len(own)))
    return tuple(sorted(found, key=lambda one: -one.score.value))


def _style(rows: Sequence[Comparison]) -> Ranking | None:
    """None where all answers are of one length, or where there is too little to tell anything apart."""
    if len(rows) < 20 or not any(row.length for row in rows):
        return None
    return fit(rows, covariates=("length", "position"))


def _left(votes: Sequence[VoteRecord], few: bool, seed: int) -> Effect | None:
    """Sides are balanced: so, without a bias, half of the decided votes are for the left one."""
    decided = [vote for vote in votes if vote.choice in ("left", "right")]
    if not decided:
        return None
    return share(
        [float(vote.choice == "left") for vote in decided],
        [vote.item_id for vote in decided],
        [vote.rater_id for vote in decided],
        few,
        seed,
    )


def _needed(wins: Sequence[Win]) -> Needed | None:
    """Of two contestants. Votes are worth what they are worth now: more of the same items and raters."""
    if len(wins) != 1:
        return None
    (win,) = wins
    spread = (win.rate.high - win.rate.low) / 2 / NormalDist().inv_cdf(0.975)
    reach = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(POWER)
    gap = abs(win.rate.value - 0.5)

    def votes(difference: float) -> int | None:
        if difference <= 0 or spread <= 0:
            return None
        return min(MOST, int(np.ceil(win.votes * (reach * spread / difference) ** 2)))

    decided = not win.rate.low <= 0.5 <= win.rate.high
    return Needed(win.votes, decided, votes(gap), votes(POINTS))


def _notes(
    panel: PanelRecord, raters: Sequence[RaterFigures], used: Sequence[VoteRecord], few: bool
) -> tuple[str, ...]:
    found = [f"{one.name} is left out: {one.why}." for one in raters if one.left_out]
    found += [f"{one.name}: {flag}." for one in raters if not one.left_out for flag in one.flags]
    if used and few:
        found.append(
            f"Fewer than {FEW_RATERS} raters: the intervals are about more questions, not about other people."
        )
    same = panel.notes.get("identical", 0)
    if same:
        found.append(f"{same} questions were answered in the same words by both: nobody was asked.")
    times = [vote.seconds for vote in used if vote.seconds is not None]
    if times and median(times) < 3:
        found.append("Half of the votes took less than 3 seconds: were the answers read?")
    return tuple(found)
