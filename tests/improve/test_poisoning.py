"""The simulation of `bench/poisoning.py`, two seeds of each attack: its figures are from many more."""

from __future__ import annotations

import pytest
from bench.poisoning import STYLES, Population, score

from chatwright.improve.raters import examine

HARD = ("in parts", "little honest")  # where some stay unseen: the benchmark says how many


@pytest.mark.parametrize("style", [style for style in STYLES if style not in HARD])
def test_the_alarm_names_the_malicious_and_hardly_anybody_else(style: str) -> None:
    for seed in (100, 101):
        population = Population(seed)
        report = examine(population.items(style))
        found = score(report, population)
        assert found.recall == 1.0, style
        assert found.honest_named <= 1, style
        assert found.bulk_bad == 0
        for rater in population.malicious:
            assert rater in report.alarm


def test_nobody_is_named_where_all_are_honest() -> None:
    population = Population(102)
    honest = [one for one in population.items("same text") if one.rater in population.honest]
    assert examine(honest).alarm == ""
