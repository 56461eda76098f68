"""Facts, what makes two spellings one fact, and what grounds a draft."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatwright.answer.facts import days_between, facts
from chatwright.answer.grounding import Ground
from chatwright.answer.likeness import Judge, agreement


def keys(text: str, *languages: str) -> set[str]:
    return {key for fact in facts(text, languages or ("en",)) for key in fact.keys}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("until 8:30 pm", "until 20:30"),
        ("until 8:30 p.m.", "until 8.30pm"),
        ("$0.25 a day", "25 cents a day"),
        ("1,200 books", "1200 books"),
        ("March 24th", "24 March"),
        ("call 555-0142", "call 555 0142"),
        ("see https://www.x.example/", "see x.example"),
        ("for three weeks", "for 3 weeks"),
        ("mondays", "Monday"),
    ],
)
def test_spellings_of_one_fact(one: str, other: str) -> None:
    assert keys(one) & keys(other), (keys(one), keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("8:30 pm", "8:30 am"), ("$0.25", "$0.50"), ("March 24", "March 25"), ("Monday", "Sunday")],
)
def test_facts_that_differ(one: str, other: str) -> None:
    assert not keys(one) & keys(other)


def test_other_languages() -> None:
    assert "time 17:30" in keys("bis 17.30 Uhr", "de")
    assert "number 3" in keys("drei Wochen", "de") and "number 2" not in keys("due today")
    assert {"time 10:30", "day 1"} <= keys("月曜日は午前10時30分から", "ja")
    assert "amount 3.5" in keys("kostet 3,50 €", "de")
    assert not [fact for fact in facts("Der Ausweis der Bücherei", ("de",)) if fact.kind == "name"]


def test_words_are_no_facts() -> None:
    assert facts("It may be due once you sat in the sun.") == []


@pytest.mark.parametrize(
    "said", ["月曜\uff5e金曜", "月曜日〜金曜日", "Monday\u2013Friday", "lundi à vendredi"]
)
def test_days_between_two_days(said: str) -> None:
    assert days_between(said) == {f"day {day}" for day in range(1, 6)}


def test_names_inside_a_sentence() -> None:
    said = [
        fact.text
        for fact in facts("Please ask Mrs Fenwick. The desk knows.")
        if fact.kind == "name"
    ]
    assert said == ["Mrs", "Fenwick"]


def test_days_between() -> None:
    assert days_between("Monday to Thursday") == {f"day {n}" for n in (1, 2, 3, 4)}
    assert days_between("Fri-Mon") == {f"day {n}" for n in (5, 6, 7, 1)}
    assert days_between("Montag bis Mittwoch") == {f"day {n}" for n in (1, 2, 3)}


HOURS = "Main Street\n- Monday to Thursday: 9 am to 8:30 pm\nThe fine is $0.25 per day. Lent for 21 days."


@pytest.mark.parametrize(
    ("draft", "lacking"),
    [
        ("On Wednesday we close at 8:30 pm.", []),
        ("On Friday we close at 6 pm.", ["6 pm", "friday"]),
        ("Six days late are $1.50.", []),
        ("That comes to $1.75.", ["$1.75"]),
        ("It is due on March 24.", []),
        ("It is due on March 25.", ["march 25"]),
        ("You have it for three weeks.", []),
        ("Please ask Mr Jones at Main Street.", ["Mr", "Jones"]),
        ("See www.elsewhere.example for more.", ["www.elsewhere.example"]),
    ],
)
def test_what_a_draft_rests_on(draft: str, lacking: list[str]) -> None:
    ground = Ground([HOURS, "I borrowed it on March 3 and am 6 days late"])
    assert sorted(fact.text for fact in ground.lacking(draft)) == sorted(lacking)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    for fact in facts(text, ("en", "de", "ja")):
        assert fact.keys
    assert Ground([text]).lacking(text) == []


RIGHT = "Main Street is open until 6 pm on Fridays."
REWORDED = (RIGHT, "On Fridays Main Street is open until 6 pm.", "We lend books for 21 days.")


def test_agreement_needs_the_facts() -> None:
    assert agreement("until 6 pm", RIGHT) > 0.9 > agreement(RIGHT, "until 6 pm")
    assert agreement("Main Street is open until 8:30 pm on Fridays.", RIGHT) < 0.5
    assert agreement("", RIGHT) == 0.0


def test_a_judge_goes_by_how_much_the_bot_rewords() -> None:
    judge, strict = Judge(REWORDED), Judge(REWORDED[1:])
    assert judge.same(REWORDED[1], RIGHT) > 0.9
    assert judge.same("Main Street is open until 8:30 pm on Fridays.", RIGHT) < 0.9
    assert judge.same("We lend books for 21 days.", RIGHT) < 0.3
    assert strict.reworded == 0.0 and strict.same(REWORDED[1], RIGHT) == 0.0
    assert strict.same(RIGHT.upper(), RIGHT) == 1.0


def test_a_judge_of_japanese() -> None:
    judge = Judge(("図書館は午後6時に閉まります。",), ("ja",))
    assert judge.same("図書館は午後6時に閉まります。", "図書館は午後6時に閉まります") == 1.0
    assert judge.same("図書館は午後6時に閉まります。", "図書館は午後8時に閉まります。") == 0.0
