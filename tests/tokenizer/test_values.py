"""Values: which spans of a text are names, numbers, times."""

from __future__ import annotations

import pytest

from chatwright.tokenizer.values import Values

TEXTS = [
    *["i would like a table for two in the city please", "find me a hotel near the station"] * 3,
    *["the bar is open, and a grill is there", "The Bar at the Station is open. Please come."] * 3,
]
LEARNED = Values.learn(TEXTS)


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in LEARNED.find(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("I would like a table in San Jose please", ["San Jose"]),
        ("Please find me a hotel", []),
        ("the Sushi Bar & Grill is open", ["Sushi Bar & Grill"]),
        ("the Bank of England Hotel is near", ["Bank of England Hotel"]),
        ("a table at 7:30 pm in Oakland", ["7:30 pm", "Oakland"]),
        ("a table at 7 p.m. please", ["7 p.m."]),
        ("a hotel for $1,847.50 please", ["$1,847.50"]),
        ("at 45 Park Lane please", ["45 Park Lane"]),
        ("I'm in the city", []),
        ("i like grommelflax please", ["grommelflax"]),
        ("", []),
    ],
)
def test_values_are_found(text: str, values: list[str]) -> None:
    assert found(text) == values


def test_a_capital_at_the_start_of_a_sentence_says_nothing() -> None:
    assert found("Find the bar. Find the Bar.") == ["Bar"]


def test_a_value_has_an_end() -> None:
    long = " ".join(["Word"] * 30)
    assert all(len(value.split()) <= 8 for value in found(f"the {long}"))
