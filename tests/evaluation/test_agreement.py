"""Alpha and kappa against the numbers of those who published them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwright.evaluation.agreement import Level, alpha, expand, kappa, units_of

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section E: four observers, twelve units.
SAID: tuple[tuple[int | None, ...], ...] = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def krippendorff() -> list[list[float]]:
    return [[float(v) for v in unit if v is not None] for unit in zip(*SAID, strict=True)]


@pytest.mark.parametrize(
    ("level", "value"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_alpha_as_published(level: Level, value: float) -> None:
    found = alpha(krippendorff(), level, draws=200)
    assert found.value == pytest.approx(value, abs=5e-4)
    assert (found.units, found.values) == (11, 40)  # the last unit has one value: no pair
    assert found.low is not None and found.high is not None
    assert found.low < value < found.high <= 1


def test_two_observers_with_nominal_values_as_published() -> None:
    """The same paper, section B: 12 articles, two observers, a to e."""
    first, second = "aabbddccceda", "babbbdccceda"
    value = {letter: float(at) for at, letter in enumerate("abcde")}
    units = [[value[a], value[b]] for a, b in zip(first, second, strict=True)]
    found = alpha(units, draws=50)
    pairs = {(a, b) for a, b in zip(first, second, strict=True) if a != b}
    assert len(pairs) == 2
    # Two observers: 1 - (n - 1) * disagreements / sum of products of different values, written out.
    counts = [(first + second).count(letter) for letter in "abcde"]
    total = sum(counts)
    products = sum(a * b for i, a in enumerate(counts) for j, b in enumerate(counts) if i != j)
    assert found.value == pytest.approx(1 - (total - 1) * 4 / products)


def test_nothing_to_say() -> None:
    assert alpha([]).value is None
    assert alpha([[1.0], [2.0]]).units == 0
    same = alpha([[1.0, 1.0], [1.0, 1.0]])
    assert (same.value, same.units) == (None, 2)
    assert alpha([[1.0, 1.0], [2.0, 2.0]], draws=20).value == 1.0
    contrary = alpha([[1.0, 2.0], [2.0, 1.0]], draws=20)
    assert contrary.value is not None and contrary.value < 0


@given(st.lists(st.lists(st.integers(1, 5).map(float), min_size=2, max_size=4), min_size=2))
def test_the_order_of_raters_and_names_of_values_do_not_matter(units: list[list[float]]) -> None:
    there = alpha(units, draws=0).value
    assert alpha([unit[::-1] for unit in units], draws=0).value == (
        pytest.approx(there) if there is not None else None
    )
    renamed = [[{1: 7, 2: 3, 3: 11, 4: 0, 5: 2}[int(v)] * 1.0 for v in unit] for unit in units]
    found = alpha(renamed, draws=0).value
    assert found == (pytest.approx(there) if there is not None else None)


def test_kappa_as_published() -> None:
    """Cohen (1960), table 1: two judges, 200 cases; agreement 0.70, 0.41 of it by chance."""
    counts = {
        ("a", "a"): 88,
        ("a", "b"): 14,
        ("a", "c"): 18,
        ("b", "a"): 10,
        ("b", "b"): 40,
        ("b", "c"): 10,
        ("c", "a"): 2,
        ("c", "b"): 6,
        ("c", "c"): 12,
    }
    found = kappa(expand(counts), draws=200)
    assert found.value == pytest.approx((0.70 - 0.41) / 0.59)
    assert found.low is not None and found.high is not None
    assert found.low < 0.4915 < found.high


def test_kappa_without_a_choice() -> None:
    assert kappa([]).value is None
    assert kappa([("a", "a")] * 3).value is None
    assert kappa([("a", "a"), ("b", "b")], draws=10).value == 1


def test_units_are_gathered() -> None:
    assert units_of([("x", 1.0), ("y", 2.0), ("x", 3.0)]) == [[1.0, 3.0], [2.0]]
