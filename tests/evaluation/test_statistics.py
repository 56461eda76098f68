"""The arithmetic of comparisons, against published examples and values of scipy 1.17."""

from __future__ import annotations

import math
import random
import time

import numpy as np
import pytest

from chatwright.evaluation.statistics import (
    adjusted_wald,
    bootstrap,
    harm,
    holm,
    mcnemar,
    missing,
    needed,
    over_seeds,
    paired,
    power,
    resampled,
    sign_test,
)

# Efron & Tibshirani (1993), table 2.1: survival of treated mice.
MICE = (94.0, 197.0, 16.0, 38.0, 99.0, 141.0, 23.0)
# Fisher (1935), The Design of Experiments, section 17: Darwin's maize, eighths of an inch.
MAIZE = (49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48)


def names(count: int) -> list[str]:
    return [f"c{number}" for number in range(count)]


def shares(won: int, lost: int, n: int) -> list[float]:
    return [1.0] * won + [-1.0] * lost + [0.0] * (n - won - lost)


def test_the_bootstrap_error_of_a_mean_is_the_published_one() -> None:
    """Table 2.2 there: 23.36 for infinitely many rounds."""
    means = resampled([paired(MICE, names(7))], 20_000, 0)
    assert float(means.std()) == pytest.approx(23.36, abs=0.5)


def test_the_interval_is_that_of_scipy() -> None:
    """scipy.stats.bootstrap((MICE,), mean, method="percentile", n_resamples=100000): 43.4 to 134.4."""
    found = bootstrap(paired(MICE, names(7)), rounds=20_000)
    assert found.mean == pytest.approx(86.857, abs=1e-3)
    assert (found.low, found.high) == (pytest.approx(43.4, abs=1.5), pytest.approx(134.4, abs=1.5))
    assert found.spread == pytest.approx(66.77, abs=0.01)  # the sample's standard deviation


def test_items_of_one_conversation_are_drawn_together() -> None:
    alone = bootstrap(paired(shares(30, 30, 200), names(200)))
    doubled = [value for value in shares(30, 30, 200) for _ in range(2)]
    twice = [name for name in names(200) for _ in range(2)]
    together = bootstrap(paired(doubled, twice))
    assert together.n == 200 and together.low == pytest.approx(alone.low, abs=1e-9)
    apart = bootstrap(paired(doubled, names(400)))
    assert apart.high - apart.low < 0.8 * (together.high - together.low)


def test_a_ratio_weighs_conversations_by_their_size() -> None:
    data = paired([0.1, -0.3], ["a", "b"], [300.0, 100.0])
    assert data.mean == pytest.approx(0.0)
    assert paired([1.0, 5.0], ["a", "b"], [1.0, 0.0]).mean == 1.0  # of no bytes, of no say


def test_a_large_table_is_drawn_in_parts_and_comes_to_the_same() -> None:
    draw = np.random.default_rng(3)
    values = draw.normal(0.2, 1.0, 5000)
    found = bootstrap(paired(list(values), names(5000)), rounds=1000)
    error = values.std(ddof=1) / math.sqrt(5000)
    assert found.low == pytest.approx(values.mean() - 1.96 * error, abs=0.2 * error)
    assert found.high == pytest.approx(values.mean() + 1.96 * error, abs=0.2 * error)


def test_the_same_seed_gives_the_same_interval() -> None:
    data = paired([n**0.5 for n in range(100)], names(100))
    assert bootstrap(data) == bootstrap(data) != bootstrap(data, seed=1)


def test_pairs_without_a_difference_do_not_make_certainty() -> None:
    none = bootstrap(paired([0.0] * 40, names(40)), shares=True)
    assert none.mean == 0 and none.low < -0.05 and none.high > 0.05
    many = bootstrap(paired([0.0] * 600, names(600)), shares=True)
    assert -0.01 < many.low < 0
    bare = bootstrap(paired([0.0] * 40, names(40)))
    assert (bare.low, bare.high) == (0.0, 0.0)


def test_the_adjusted_interval_of_paired_proportions() -> None:
    """Bonett & Price (2012) by hand for 8 won and 2 lost of 40: 6/42 +- 1.96 sqrt((12/42 - (6/42)^2) / 42)."""
    low, high = adjusted_wald(paired(shares(8, 2, 40), names(40)))
    half = 1.959964 * math.sqrt((12 / 42 - (6 / 42) ** 2) / 42)
    assert (low, high) == (
        pytest.approx(6 / 42 - half, abs=1e-5),
        pytest.approx(6 / 42 + half, abs=1e-5),
    )


def test_the_interval_holds_what_is_true_as_often_as_it_says() -> None:
    """600 pairs, a tenth of them different, 3 points lost: the edge of what may pass."""
    draw = np.random.default_rng(5)
    passed = 0
    for _ in range(300):
        values = draw.choice([1.0, -1.0, 0.0], p=[0.035, 0.065, 0.9], size=600)
        passed += bootstrap(paired(list(values), names(600)), rounds=2000, shares=True).low > -0.03
    assert passed / 300 <= 0.05  # 2.5% as it is made


def test_the_noise_between_seeds_widens_the_interval() -> None:
    draw = np.random.default_rng(1)
    base = draw.normal(0, 0.2, 300)
    runs = [paired(list(base + shift), names(300)) for shift in (-0.1, 0.0, 0.1)]
    one, several = bootstrap(runs[1]), over_seeds(runs)
    assert several.mean == pytest.approx(one.mean)
    assert several.low < one.low - 0.03 and several.high > one.high + 0.03
    same = over_seeds([runs[1]] * 3)
    assert (same.low, same.high) == (pytest.approx(one.low), pytest.approx(one.high))


@pytest.mark.parametrize(
    ("gained", "lost", "p"),
    [
        (8, 2, 0.109375),  # the sign test of Zar (1999), example 24.11: legs of deer
        (2, 8, 0.109375),
        (59, 121, 4.434e-06),  # scipy.stats.binomtest(59, 180).pvalue
        (
            150,
            86,
            3.716e-05,
        ),  # Agresti (1990), table 10.1: approval, asked twice; binomtest(86, 236)
        (0, 0, 1.0),
        (3, 3, 1.0),
    ],
)
def test_mcnemar(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(p, rel=1e-3)


def test_the_sign_test_has_one_side() -> None:
    assert sign_test(2, 8) == pytest.approx(0.0546875)
    assert sign_test(8, 2) == pytest.approx(1 - 11 / 1024)
    assert sign_test(0, 0) == 1.0
    assert sign_test(4000, 4200) == pytest.approx(0.0139862, abs=1e-7)  # binomtest(4000, 8200)


def test_the_randomisation_test_is_fishers() -> None:
    """863 of the 32,768 signs of Darwin's maize give as much or more."""
    worse = [-float(value) for value in MAIZE]
    assert harm(paired(worse, names(15)), 40_000) == pytest.approx(863 / 32768, abs=0.004)
    assert harm(paired([float(v) for v in MAIZE], names(15))) > 0.95


def test_shares_are_tested_exactly_and_nothing_is_never_harm() -> None:
    assert harm(paired(shares(2, 8, 50), names(50))) == sign_test(2, 8)
    assert harm(paired([0.0] * 9, names(9))) == 1.0


def test_the_randomisation_test_is_true_under_no_difference() -> None:
    draw = np.random.default_rng(7)
    ps = [harm(paired(list(draw.standard_t(3, 25)), names(25)), 1000, seed=n) for n in range(400)]
    assert np.mean(np.array(ps) <= 0.05) == pytest.approx(0.05, abs=0.03)


def test_holm_is_the_published_one() -> None:
    """The example of the article on the method: 0.01, 0.04, 0.03, 0.005."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == [] and holm([0.5]) == [0.5] and holm([0.9, 0.8]) == [1.0, 1.0]


def test_holm_never_reorders_and_never_shrinks() -> None:
    draw = random.Random(2)
    for _ in range(50):
        ps = [draw.random() ** 3 for _ in range(draw.randint(1, 12))]
        adjusted = holm(ps)
        assert all(p <= q <= 1 for p, q in zip(ps, adjusted, strict=True))
        order = sorted(range(len(ps)), key=lambda i: ps[i])
        assert [adjusted[i] for i in order] == sorted(adjusted)


def test_cases_needed_and_power_belong_together() -> None:
    """(1.959964 + 0.841621)^2 0.1 / 0.03^2 = 872.1"""
    spread = math.sqrt(0.1)
    assert needed(spread, 0.03) == 873
    assert power(873, spread, 0.03) >= 0.8 > power(860, spread, 0.03)
    assert needed(spread, 0.03, gain=0.06) < 110
    assert power(600, spread, 0.03, gain=-0.03) == pytest.approx(0.025, abs=1e-6)
    assert power(0, spread, 0.03) == 0 and power(1, 0.0, 0.03) == 1.0
    with pytest.raises(ValueError, match="worse by the margin"):
        needed(spread, 0.03, gain=-0.03)


def test_what_is_missing_is_at_least_one() -> None:
    few = bootstrap(paired(shares(2, 2, 40), names(40)), shares=True)
    assert 600 < missing(few, 0.03) < 2000
    unlucky = bootstrap(paired(shares(40, 60, 1000), names(1000)), shares=True)
    assert unlucky.low < -0.03 < unlucky.high and missing(unlucky, 0.03) >= 1


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_what_is_no_number_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        paired([0.1, bad], ["a", "b"])
    with pytest.raises(ValueError, match="not a number"):
        paired([0.1, 0.2], ["a", "b"], [1.0, bad])


def test_one_cluster_or_none_has_no_interval() -> None:
    for data in (paired([], []), paired([1.0, 0.0], ["a", "a"])):
        with pytest.raises(ValueError, match="two conversations"):
            bootstrap(data)


def test_two_thousand_rounds_are_fast() -> None:
    data = paired(shares(30, 30, 600), names(600))
    bootstrap(data, rounds=2000)
    began = time.process_time()
    for _ in range(10):
        bootstrap(data, rounds=2000)
    assert time.process_time() - began < 2
