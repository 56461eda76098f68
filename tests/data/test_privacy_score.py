"""The rules against the labelled sets: no worse than they were. The sets measure; see their README."""

from __future__ import annotations

import pytest
from bench.privacy_score import Score, formatted, held_out, labelled, rules, score

SURE = ("CARD", "EMAIL", "IBAN")


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    rows = labelled()
    assert len(rows) == 1637
    return score(rows, rules)


def test_formatted_values_are_found_as_the_goals_ask(scores: dict[str, Score]) -> None:
    assert [(scores[type].recall, scores[type].precision) for type in SURE] == [(1, 1)] * len(SURE)
    assert formatted(scores).recall >= 0.98
    assert formatted(scores).precision >= 0.95


def test_the_other_types_are_found_as_last_measured(scores: dict[str, Score]) -> None:
    floors = {
        "ADDRESS": 0.89, "AMOUNT": 0.98, "DATE": 0.99, "NAME": 0.83, "NUMBER": 0.95, "TIME": 0.99,
        "TITLE": 0.94,
    }  # fmt: skip
    assert {type for type, floor in floors.items() if scores[type].recall < floor} == set()
    assert scores["ALL"].precision >= 0.99


def test_the_held_out_set_follows() -> None:
    given = held_out()
    assert len(given) == 275
    both = formatted(score(given, rules))
    assert both.recall >= 0.98
    assert both.precision >= 0.95
