"""What the votes tell of each rater: controls, repetitions, sides, agreement with others, and change over time.

Who is left out: whoever failed so many controls that a rater who passes 19 of 20 would do so once in a
hundred. Drift: agreement with the others (and passed controls) that goes up or down over the rater's places,
by a permutation test, at 5% for all raters of a panel together.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from chatwright.evaluation.agreement import Agreement, kappa
from chatwright.store.panel_records import PanelItem, PanelKind, RaterRecord, VoteRecord

CAREFUL = 0.95  # of the controls a careful rater passes
UNLIKELY = 0.01
IRRELEVANT = 2  # the most points that an answer about something else may get
FEW = 12  # votes below which nothing is said of a rater's agreement
SHUFFLES = 2000
SURE = 0.99  # of the intervals of raters: there are many of them


@dataclass(frozen=True, slots=True)
class RaterFigures:
    """One rater. Shares are None where nothing was counted. `early` and `late`: the agreement with the others
    in the first and the second half of the rater's places; `drift`: how likely such a change is by chance."""

    id: str
    name: str
    state: str
    votes: int
    controls: int
    controls_passed: int
    repeats: int
    repeats_same: int
    left: float | None
    seconds: float | None
    agreement: float | None
    kappa: Agreement | None
    early: float | None
    late: float | None
    drift: float | None
    controls_early: float | None = None
    controls_late: float | None = None
    flags: tuple[str, ...] = ()
    left_out: bool = False
    why: str = ""


def raters_of(
    kind: PanelKind,
    items: Mapping[str, PanelItem],
    raters: Sequence[RaterRecord],
    votes: Sequence[VoteRecord],
    *,
    without: Collection[str] = (),
    keep: bool = False,
    seed: int = 0,
) -> tuple[RaterFigures, ...]:
    """The figures of all raters; `votes` are those that were given, repetitions and controls included."""
    by_rater: dict[str, list[VoteRecord]] = defaultdict(list)
    for vote in votes:
        by_rater[vote.rater_id].append(vote)
    out = {
        rater.id: why
        for rater in raters
        if (why := _left_out(kind, items, rater, by_rater[rater.id], without, keep))
    }
    said: dict[str, dict[str, float | str]] = defaultdict(dict)
    for vote in votes:
        if not vote.repeated and not items[vote.item_id].control:
            said[vote.item_id][vote.rater_id] = _value(kind, vote)
    trusted = {rater.id for rater in raters} - set(out)
    found = [
        _figures(kind, items, rater, by_rater[rater.id], said, trusted, seed) for rater in raters
    ]
    return tuple(
        replace(one, flags=_flags(one, found), left_out=one.id in out, why=out.get(one.id, ""))
        for one in found
    )


def passed(kind: PanelKind, vote: VoteRecord) -> bool:
    """Whether a control was judged as it must be."""
    if kind == "ratings":
        return vote.score is not None and vote.score <= IRRELEVANT
    return vote.side == "first"


def tail(failed: int, total: int, chance: float = 1 - CAREFUL) -> float:
    """How likely it is that a careful rater fails so many controls, or more: binomial."""
    return sum(
        math.comb(total, n) * chance**n * (1 - chance) ** (total - n)
        for n in range(failed, total + 1)
    )


def trend(values: Sequence[float], seed: int = 0) -> float | None:
    """How likely it is that values in a row go so much up or down by chance: a permutation test of their
    correlation with their order. None for too few."""
    if len(values) < FEW:
        return None
    rows = np.array(values, float)
    place = np.arange(len(rows)) - (len(rows) - 1) / 2
    seen = abs(float(place @ rows))
    random = np.random.default_rng(seed)
    drawn = np.array([abs(float(place @ random.permutation(rows))) for _ in range(SHUFFLES)])
    return float((1 + np.sum(drawn >= seen - 1e-9)) / (SHUFFLES + 1))


def _left_out(
    kind: PanelKind,
    items: Mapping[str, PanelItem],
    rater: RaterRecord,
    votes: Sequence[VoteRecord],
    without: Collection[str],
    keep: bool,
) -> str:
    """Why a rater is left out; empty: not at all."""
    if rater.name in without or rater.id in without:
        return "asked for"
    controls = [passed(kind, vote) for vote in votes if items[vote.item_id].control]
    failed = controls.count(False)
    if failed and not keep and tail(failed, len(controls)) < UNLIKELY:
        return f"failed {failed} of {len(controls)} controls"
    return ""


def _value(kind: PanelKind, vote: VoteRecord) -> float | str:
    return float(vote.score or 0) if kind == "ratings" else vote.side or "tie"


def _figures(
    kind: PanelKind,
    items: Mapping[str, PanelItem],
    rater: RaterRecord,
    votes: Sequence[VoteRecord],
    said: Mapping[str, Mapping[str, float | str]],
    trusted: Collection[str],
    seed: int,
) -> RaterFigures:
    first: dict[str, VoteRecord] = {}
    controls: list[bool] = []
    repeats: list[bool] = []
    likeness: list[float] = []  # agreement with others, in the order of places
    course: list[float] = []  # the same with controls in between
    pairs: list[tuple[str, str]] = []
    for vote in sorted(votes, key=lambda one: one.place):
        own = _value(kind, vote)
        if vote.repeated:
            if vote.item_id in first:
                repeats.append(own == _value(kind, first[vote.item_id]))
            continue
        first[vote.item_id] = vote
        if items[vote.item_id].control:
            controls.append(passed(kind, vote))
            course.append(float(controls[-1]))
            continue
        others = [
            value
            for other, value in said[vote.item_id].items()
            if other != rater.id and other in trusted
        ]
        if others:
            likeness.append(_alike(own, others))
            course.append(likeness[-1])
            if isinstance(own, str):
                pairs.append((own, _most(others)))
    sides = [vote.choice for vote in votes if vote.choice in ("left", "right")]
    times = [vote.seconds for vote in votes if vote.seconds is not None]
    half, middle = len(likeness) // 2, len(controls) // 2
    enough = len(likeness) >= FEW
    return RaterFigures(
        rater.id,
        rater.name,
        rater.state,
        len(votes),
        len(controls),
        sum(controls),
        len(repeats),
        sum(repeats),
        _mean([float(side == "left") for side in sides]),
        median(times) if times else None,
        _mean(likeness),
        kappa(pairs, confidence=SURE, draws=400, seed=seed) if len(pairs) >= FEW else None,
        _mean(likeness[:half]) if enough else None,
        _mean(likeness[half:]) if enough else None,
        trend(course, seed),
        _mean([float(one) for one in controls[:middle]]),
        _mean([float(one) for one in controls[middle:]]),
    )


def _alike(own: float | str, others: Sequence[float | str]) -> float:
    """1 where the others say the same; of ratings, less by a quarter for each point between."""
    if isinstance(own, str):
        return sum(own == other for other in others) / len(others)
    numbers = [float(other) for other in others]
    return 1 - abs(own - sum(numbers) / len(numbers)) / 4


def _most(others: Sequence[float | str]) -> str:
    counts = Counter(map(str, others))
    return max(sorted(counts), key=lambda name: counts[name])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _flags(one: RaterFigures, all_of_them: Sequence[RaterFigures]) -> tuple[str, ...]:
    """What is odd about a rater, in words."""
    found = []
    tested = [other for other in all_of_them if other.drift is not None]
    if one.drift is not None and one.drift < 0.05 / len(tested):
        change = f"{one.early:.0%} -> {one.late:.0%}" if one.early is not None else "controls"
        found.append(f"changed over time (agreement with the others {change})")
    others = [
        other.kappa.value
        for other in all_of_them
        if other.id != one.id and other.kappa is not None and other.kappa.value is not None
    ]
    if others and one.kappa is not None and one.kappa.high is not None:
        usual = median(others)
        if one.kappa.high < usual:
            found.append(
                f"agrees with the others less than they do (kappa {one.kappa.value:.2f}, usual {usual:.2f})"
            )
    if one.repeats >= 4 and one.repeats_same * 2 < one.repeats:
        found.append(
            f"judged {one.repeats - one.repeats_same} of {one.repeats} items anew otherwise"
        )
    if one.left is not None and one.votes >= FEW and (one.left > 0.8 or one.left < 0.2):
        found.append(f"chose the left one in {one.left:.0%} of the decided votes")
    return tuple(found)
