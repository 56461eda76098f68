"""Tests that may be looked at any time: reference numbers, exact small cases, false alarms by simulation."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from chatwright.evaluation.sequential import (
    Units,
    block_evidence,
    difference_evidence,
    difference_interval,
    mean_interval,
    mixture_evidence,
    rate_evidence,
    rate_interval,
    units_needed,
)

ALPHA = 0.05
LIMIT = math.log(1 / ALPHA)


def drawn(
    rng: np.random.Generator, n: int, current: float, candidate: float, share: float
) -> Units:
    treated = rng.random(n) < share
    bad = rng.random(n) < np.where(treated, candidate, current)
    return Units(treated, np.full(n, share), bad.astype(float))


def first(units: Units, n: int) -> Units:
    return Units(units.treated[:n], units.share[:n], units.outcome[:n])


# --- one share ------------------------------------------------------------------------------------


def test_the_mixture_agrees_with_the_reference_of_its_authors() -> None:
    """The unit tests of the confidence sequences of Howard and others: a two-sided beta-binomial mixture for
    values in [-0.2, 0.8], tuned to a variance of 100 at 5%, is -0.6941012 at a sum of 10, and reaches log 20 at
    31.4308. In our words: the rate is 0.2 after 625 trials, the prior has the mean 0.2."""
    tuned = 12.60056 - 0.16  # their best rho, less the variance of one trial
    prior = {"a": tuned / 0.8, "b": tuned / 0.2}
    assert mixture_evidence(125 + 10, 625, 0.2, **prior) == pytest.approx(-0.6941012, abs=1e-6)
    reached = [k for k in range(125, 200) if mixture_evidence(k, 625, 0.2, **prior) >= LIMIT]
    assert reached[0] - 125 == math.ceil(31.4308)


@pytest.mark.parametrize("p", [0.03, 0.2, 0.5])
def test_the_mixture_never_exceeds_its_level_counted_exactly(p: float) -> None:
    """All ways of 60 trials at once: the chance that it ever reaches 1/alpha."""
    alive, alarmed = {0: 1.0}, 0.0
    for n in range(1, 61):
        after: dict[int, float] = {}
        for k, chance in alive.items():
            for more, part in ((1, p), (0, 1 - p)):
                after[k + more] = after.get(k + more, 0.0) + chance * part
        alive = {k: c for k, c in after.items() if mixture_evidence(k, n, p) < LIMIT}
        alarmed += sum(after.values()) - sum(alive.values())
    assert 0 < alarmed <= ALPHA


def test_an_interval_has_its_ends_where_the_evidence_is_one_over_alpha() -> None:
    low, high = rate_interval(30, 200)
    assert low < 0.15 < high
    for end in (low, high):
        assert mixture_evidence(30, 200, end) == pytest.approx(LIMIT, abs=1e-6)
    assert rate_interval(0, 0) == (0.0, 1.0)
    assert rate_interval(0, 50)[0] == 0.0
    assert rate_interval(50, 50)[1] == 1.0
    wide, narrow = rate_interval(30, 200), rate_interval(300, 2000)
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


@pytest.mark.parametrize("p", [0.05, 0.02])
def test_a_tolerated_rate_is_reported_as_seldom_as_promised(p: float) -> None:
    alive, alarmed = {0: 1.0}, 0.0
    for n in range(1, 121):
        after: dict[int, float] = {}
        for k, chance in alive.items():
            for more, part in ((1, p), (0, 1 - p)):
                after[k + more] = after.get(k + more, 0.0) + chance * part
        alive = {k: c for k, c in after.items() if rate_evidence(k, n, 0.05) < LIMIT}
        alarmed += sum(after.values()) - sum(alive.values())
    assert alarmed <= ALPHA
    assert p < 0.05 or alarmed > 0.001  # it can fail


def test_three_failures_in_a_row_are_too_many() -> None:
    assert rate_evidence(3, 3, 0.05) > math.log(1 / 0.01)
    assert rate_evidence(0, 0, 0.05) == pytest.approx(0.0)
    assert rate_evidence(5, 100, 0.05) < 0


# --- two shares -----------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(1, 1), (3, 1), (2, 3)])
@pytest.mark.parametrize("rate", [0.05, 0.3, 0.4, 0.9])
def test_the_expectation_of_a_block_is_at_most_one(sizes: tuple[int, int], rate: float) -> None:
    """The defining property (Turner, Ly and Grünwald, theorem 1), by enumeration: one at the weighted mean of
    both rates, less elsewhere."""
    na, nb = sizes
    total = 0.0
    for ka, kb in itertools.product(range(na + 1), range(nb + 1)):
        chance = math.comb(na, ka) * math.comb(nb, kb)
        chance *= rate ** (ka + kb) * (1 - rate) ** (na + nb - ka - kb)
        total += chance * math.exp(block_evidence([(ka, na)], [(kb, nb)], 0.2, 0.6))
    assert total <= 1 + 1e-12
    at_mean = rate == pytest.approx((na * 0.2 + nb * 0.6) / (na + nb))
    assert (total == pytest.approx(1.0)) == at_mean


def test_a_block_of_one_is_the_bet_of_the_difference() -> None:
    """With c the mean of both rates, and λ = r(1-r)d / (c(1-c)), 1 + λz is a likelihood ratio of theirs."""
    share, rates = 0.25, (0.1, 0.3)
    mean = (1 - share) * rates[0] + share * rates[1]
    bet = share * (1 - share) * (rates[1] - rates[0]) / (mean * (1 - mean))
    for treated, bad in itertools.product((False, True), (0, 1)):
        z = (bad - mean) / share if treated else -(bad - mean) / (1 - share)
        rate = rates[treated]
        ratio = (rate if bad else 1 - rate) / (mean if bad else 1 - mean)
        assert 1 + bet * z == pytest.approx(ratio)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5])
@pytest.mark.parametrize(("rate", "expected"), [(0.1, 0.1), (0.4, 0.1), (0.02, 0.3)])
def test_the_expectation_of_the_evidence_is_at_most_one_counted_exactly(
    share: float, rate: float, expected: float
) -> None:
    """Every way that two people can go; also where what was expected is wrong."""
    total = 0.0
    for way in itertools.product(itertools.product((False, True), (0.0, 1.0)), repeat=2):
        chance = 1.0
        for treated, bad in way:
            chance *= (share if treated else 1 - share) * (rate if bad else 1 - rate)
        units = Units.of([(treated, share, bad) for treated, bad in way])
        total += chance * math.exp(difference_evidence(units, expected=expected))
    assert total == pytest.approx(1.0)


def test_false_alarms_of_daily_looks_are_fewer_than_promised() -> None:
    """Equal arms whose rate goes up and down from day to day, for thirty days."""
    rng = np.random.default_rng(7)
    alarms = 0
    for _ in range(400):
        days = [drawn(rng, 40, p, p, 0.2) for p in rng.uniform(0.05, 0.3, 30)]
        units = Units(
            np.concatenate([day.treated for day in days]),
            np.concatenate([day.share for day in days]),
            np.concatenate([day.outcome for day in days]),
        )
        alarms += any(difference_evidence(first(units, 40 * d)) >= LIMIT for d in range(1, 31))
    assert alarms <= 400 * ALPHA


def test_a_worse_candidate_is_found_within_the_computed_number() -> None:
    rng = np.random.default_rng(11)
    needed = units_needed(0.1, 0.2, 0.2, 0.01, expected=0.1)
    assert needed is not None
    assert 500 < needed < 4000
    found = 0
    for _ in range(100):
        units = drawn(rng, needed, 0.1, 0.2, 0.2)
        looks = range(100, needed + 100, 100)
        found += any(difference_evidence(first(units, n)) >= math.log(100) for n in looks)
    assert found >= 80  # 90 of 100 are promised


def test_what_is_needed_grows_with_less_to_see() -> None:
    def needed(**changes: float) -> int:
        values = {"current": 0.1, "candidate": 0.2, "share": 0.2, "alpha": 0.05} | changes
        found = units_needed(**values)
        assert found is not None
        return found

    usual = needed()
    assert needed(candidate=0.15) > usual
    assert needed(share=0.05) > usual
    assert needed(alpha=0.01) > usual
    assert needed(candidate=0.3) < usual
    assert units_needed(0.1, 0.1, 0.2, 0.05) is None  # nothing to find
    assert units_needed(0.1, 0.1, 0.2, 0.05, delta=0.05, worse=False) is not None


def test_an_interval_of_the_difference_holds_the_truth_at_every_look() -> None:
    rng = np.random.default_rng(3)
    missed = 0
    for _ in range(40):
        units = drawn(rng, 1500, 0.1, 0.25, 0.3)
        for n in (100, 300, 700, 1500):
            low, high = difference_interval(first(units, n))
            if not low <= 0.15 <= high:
                missed += 1
                break
    assert missed <= 4
    low, high = difference_interval(units)
    assert 0 < low < 0.15 < high < 0.3
    assert difference_interval(Units.of([])) == (-1.0, 1.0)


def test_evidence_of_not_worse_needs_both_a_margin_and_people() -> None:
    rng = np.random.default_rng(5)
    units = drawn(rng, 6000, 0.1, 0.1, 0.5)
    assert difference_evidence(units, 0.05, worse=False) >= LIMIT
    assert difference_evidence(units, 0.0, worse=False) < LIMIT
    assert difference_evidence(first(units, 200), 0.05, worse=False) < LIMIT
    worse = drawn(rng, 6000, 0.1, 0.2, 0.5)
    assert difference_evidence(worse, 0.05, worse=False) < 0


def test_shares_of_replies_are_as_good_as_zeros_and_ones() -> None:
    """The expectation stays one for any outcome from 0 to 1: people differ in how many replies they had."""
    rng = np.random.default_rng(2)
    alarms = 0
    for _ in range(300):
        treated = rng.random(600) < 0.1
        outcome = rng.beta(0.3, 1.5, 600)
        units = Units(treated, np.full(600, 0.1), outcome)
        alarms += any(
            difference_evidence(first(units, n), expected=0.1) >= LIMIT for n in range(50, 650, 50)
        )
    assert alarms <= 300 * ALPHA


# --- a mean ---------------------------------------------------------------------------------------


def test_the_mean_interval_is_the_one_of_the_theorem_written_out() -> None:
    values = [0.2, 0.9, 0.4, 0.4, 0.1, 0.7]
    mean, variance = 0.5, 0.25
    bets, spent, total = [], 0.0, 0.0
    sums, squares = 0.5, 0.25
    for t, x in enumerate(values, 1):
        bet = min(0.5, math.sqrt(2 * math.log(2 / ALPHA) / (variance * t * math.log(t + 1))))
        spent += 4 * (x - mean) ** 2 * (-math.log(1 - bet) - bet) / 4
        bets.append(bet)
        total += bet * x
        sums += x
        mean = sums / (t + 1)
        squares += (x - mean) ** 2
        variance = squares / (t + 1)
    middle, half = total / sum(bets), (math.log(2 / ALPHA) + spent) / sum(bets)
    low, high = mean_interval(values)
    assert low == pytest.approx(max(0.0, middle - half))
    assert high == pytest.approx(min(1.0, middle + half))


def test_a_mean_of_times_is_held_at_every_look() -> None:
    rng = np.random.default_rng(4)
    missed = 0
    for _ in range(200):
        logs = np.clip(rng.normal(6.0, 0.5, 800), 3.0, 10.0)
        if any(
            not low <= 6.0 <= high
            for n in (20, 50, 100, 200, 400, 800)
            for low, high in [mean_interval(logs[:n], low=3.0, high=10.0)]
        ):
            missed += 1
    assert missed <= 10
    low, high = mean_interval(logs, low=3.0, high=10.0)
    assert high - low < 0.8
    assert mean_interval([]) == (0.0, 1.0)
    with pytest.raises(AssertionError):
        mean_interval([1.5])
