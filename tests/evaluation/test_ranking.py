"""Bradley and Terry's model against published fits, and its intervals against known truths."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatwright.evaluation.ranking import Comparison, bootstrap, fit

# American League 1987: home and away together. Agresti, "Categorical Data Analysis", table 10.10; the fit is
# that of the R package BradleyTerry2 (Turner & Firth, Journal of Statistical Software 48(9), 2012), Baltimore
# 0.
TEAMS = ("Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore")
WON = (
    (0, 7, 9, 7, 7, 9, 11),
    (6, 0, 7, 5, 11, 9, 9),
    (4, 6, 0, 7, 7, 8, 12),
    (6, 8, 6, 0, 6, 7, 10),
    (6, 2, 6, 7, 0, 7, 12),
    (4, 4, 5, 6, 6, 0, 6),
    (2, 4, 1, 3, 1, 7, 0),
)
FITTED = {
    "Boston": (1.1077, 0.3339),
    "Cleveland": (0.6839, 0.3319),
    "Detroit": (1.4364, 0.3396),
    "Milwaukee": (1.5814, 0.3433),
    "New York": (1.2476, 0.3359),
    "Toronto": (1.2945, 0.3367),
}
# Davidson (1970), example 2: six chocolate puddings, with ties (first, second, preferred, not, neither); the
# fit as in his paper and in the vignette of the R package PlackettLuce.
PUDDINGS = (
    *((1, 2, 19, 22, 16), (1, 3, 16, 19, 12), (2, 3, 19, 19, 10), (1, 4, 18, 23, 13)),
    *((2, 4, 23, 19, 9), (3, 4, 19, 20, 15), (1, 5, 13, 19, 18), (2, 5, 16, 20, 12)),
    *((3, 5, 16, 15, 17), (4, 5, 17, 14, 16), (1, 6, 18, 21, 12), (2, 6, 22, 20, 12)),
    *((3, 6, 13, 18, 10), (4, 6, 14, 19, 18), (5, 6, 11, 21, 12)),
)
WORTH = (0.1388005, 0.1729985, 0.1617420, 0.1653930, 0.1586805, 0.2023855)


def baseball() -> list[Comparison]:
    return [
        Comparison(TEAMS[a], TEAMS[b], 1.0, item=f"{a}-{b}-{game}")
        for a, row in enumerate(WON)
        for b, games in enumerate(row)
        for game in range(games)
    ]


def simulated(
    strengths: dict[str, float],
    items: int,
    raters: int,
    seed: int,
    *,
    nu: float = 0.5,
    length: float = 0.0,
    position: float = 0.0,
) -> list[Comparison]:
    """Everybody compares everything."""
    random = np.random.default_rng(seed)
    names, found = list(strengths), []
    for item in range(items):
        a, b = random.choice(len(names), 2, replace=False)
        longer = float(random.normal())
        for rater in range(raters):
            side = 1.0 if (item + rater) % 2 else -1.0
            eta = strengths[names[a]] - strengths[names[b]]
            eta += length * np.tanh(longer) + position * side
            chances = np.array([np.exp(eta / 2), nu, np.exp(-eta / 2)])
            outcome = (1.0, 0.5, 0.0)[random.choice(3, p=chances / chances.sum())]
            pair = (names[a], names[b])
            found.append(Comparison(*pair, outcome, longer, side, str(item), str(rater)))
    return found


def test_baseball_as_published() -> None:
    found = fit(baseball(), interval="fisher", ridge=1e-9)
    for team, (value, error) in FITTED.items():
        gap = found.difference(team, "Baltimore")
        assert gap.value == pytest.approx(value, abs=1e-4)
        assert (gap.high - gap.low) / 2 / 1.959964 == pytest.approx(error, abs=1e-4)
    assert found.nu is None and found.connected
    assert sum(one.value for one in found.strengths) == pytest.approx(0)
    first, last = found.strengths[0], found.strengths[-1]
    assert (first.name, last.name, last.wins, last.losses) == ("Milwaukee", "Baltimore", 18, 60)
    assert (first.best, first.worst, last.best, last.worst) == (1, 5, 7, 7)


def test_puddings_as_published() -> None:
    rows = [
        Comparison(str(a), str(b), outcome, item=f"{a}{b}{outcome}{n}")
        for a, b, *counts in PUDDINGS
        for outcome, count in zip((1.0, 0.0, 0.5), counts, strict=True)
        for n in range(count)
    ]
    found = fit(rows, ridge=1e-9)
    worth = np.exp([found.of(str(at)).value for at in range(1, 7)])
    assert worth / worth.sum() == pytest.approx(WORTH, abs=2e-4)  # his iteration stops early
    assert found.nu == pytest.approx(0.7468147, abs=1e-3)
    assert found.of("6").ties == 64


def test_a_weight_is_as_good_as_rows() -> None:
    rows = baseball()
    heavy = [
        Comparison(TEAMS[a], TEAMS[b], 1.0, weight=games)
        for a, row in enumerate(WON)
        for b, games in enumerate(row)
        if games
    ]
    one, two = fit(rows, interval="fisher"), fit(heavy, interval="fisher")
    assert [(s.name, s.value, s.low) for s in one.strengths] == [
        (s.name, pytest.approx(s.value), pytest.approx(s.low)) for s in two.strengths
    ]


def test_half_wins_are_those_of_a_logistic_model() -> None:
    rows = [Comparison("a", "b", outcome) for outcome in (1.0, 1.0, 1.0, 0.5, 0.5, 0.0)]
    found = fit(rows, ties="half", ridge=1e-9, interval="fisher")
    assert found.chance("a", "b").value == pytest.approx(4 / 6)
    assert found.difference("a", "b").value == pytest.approx(np.log(2))
    assert found.nu is None


def test_one_who_always_won_has_a_finite_strength() -> None:
    found = fit([Comparison("a", "b", 1.0, item=str(n)) for n in range(30)])
    gap = found.difference("a", "b")
    assert 3 < gap.value < 15 and np.isfinite([gap.low, gap.high]).all()
    assert 0.9 < found.chance("a", "b").value < 1
    tied = fit([Comparison("a", "b", 0.5, item=str(n)) for n in range(30)])
    assert tied.difference("a", "b").value == pytest.approx(0)


def test_islands_are_said() -> None:
    rows = [Comparison("a", "b", 1.0), Comparison("c", "d", 1.0)]
    assert not fit(rows, interval="fisher").connected
    assert fit([*rows, Comparison("a", "d", 0.0)], interval="fisher").connected


@pytest.mark.parametrize("interval", ["sandwich", "fisher"])
def test_intervals_hold_the_truth(interval: str) -> None:
    truth = {"a": 0.6, "b": 0.0, "c": -0.6}
    inside = total = 0
    for seed in range(60):
        found = fit(simulated(truth, 150, 1, seed), interval=interval)  # type: ignore[arg-type]
        for name, value in truth.items():
            one = found.of(name)
            inside += one.low <= value <= one.high
            total += 1
    assert 0.90 <= inside / total <= 0.995


def test_the_bootstrap_holds_it_too_and_is_seeded() -> None:
    truth = {"a": 0.8, "b": 0.0, "c": -0.8}
    rows = simulated(truth, 120, 4, 3)
    found = bootstrap(rows, draws=100, seed=1)
    assert found == bootstrap(rows, draws=100, seed=1)
    assert all(found[name].low <= value <= found[name].high for name, value in truth.items())
    assert found["a"].value == pytest.approx(fit(rows).of("a").value)


def test_raters_who_copy_each_other_are_no_evidence() -> None:
    alone = simulated({"a": 0.3, "b": -0.3}, 60, 1, 5)
    copied = [
        Comparison(c.first, c.second, c.outcome, item=c.item, rater=str(n))
        for c in alone
        for n in range(9)
    ]
    wide, narrow = fit(copied), fit(copied, interval="fisher")
    gap, naive = wide.difference("a", "b"), narrow.difference("a", "b")
    assert (gap.high - gap.low) > 2.5 * (naive.high - naive.low)
    drawn = bootstrap(copied, over=("item",), draws=100)
    assert drawn["a"].high - drawn["a"].low > 2 * (naive.high - naive.low) / 2


def test_length_and_place_are_told_apart_from_strength() -> None:
    truth = {"a": 0.2, "b": -0.2}
    rows = simulated(truth, 600, 2, 9, length=1.5, position=0.5)
    # The longer answer is mostly a's.
    rows = [c for c in rows if (c.length if c.first == "a" else -c.length) > -0.3]
    plain = fit(rows)
    found = fit(rows, covariates=("length", "position"))
    assert plain.of("a").low > 0.2  # it is longer, and that is taken for strength
    assert found.of("a").low <= 0.2 <= found.of("a").high
    assert found.effects["length"].low > 0.5
    assert found.effects["position"].low <= 0.5 <= found.effects["position"].high


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from((0.0, 0.5, 1.0))),
        min_size=2,
        max_size=30,
    )
)
def test_turning_every_pair_around_changes_nothing(rows: list[tuple[int, int, float]]) -> None:
    pairs = [Comparison(str(a), str(b), y) for a, b, y in rows if a != b]
    if not pairs:
        return
    turned = [Comparison(one.second, one.first, 1 - one.outcome) for one in pairs]
    one, two = fit(pairs), fit(turned)
    assert {s.name: s.value for s in one.strengths} == {
        s.name: pytest.approx(s.value, abs=1e-6) for s in two.strengths
    }
