"""What a test case asks for, read from a correction: it passes the right reply and fails the wrong one."""

from __future__ import annotations

import pytest

from chatwright.evaluation.cases import Case
from chatwright.improve.expected import expected

PAIRS = [
    ("On Wednesdays it closes at 9 pm.", "It closes at 8:30 pm.", "how late is main street open"),
    ("A page costs $0.25 in colour.", "It is 10 cents a page.", "what does colour printing cost"),
    ("You may keep books for 3 weeks.", "You may keep books for two weeks.", "how long?"),
    ("We are closed on March 3rd.", "We are closed on May 5.", "holidays?"),
    ("Call 555-0142.", "Call 555-0199 or write.", "phone?"),
    ("The new branch is called Riverside.", "The branch is called Eastgate.", "the branch?"),
    ("Ask at the desk, they lend umbrellas.", "I do not know that.", "do you lend umbrellas"),
    ("Open 9:00 to 17:00.", "Open 10:00 to 17:00.", "hours"),
    ("Ab 18 Uhr.", "Ab 19 Uhr.", "wann"),
    ("It costs 5 dollars.", "It is free.", "price"),
    ("There are 1,200 seats.", "There are 800 seats.", "how many"),
    ("Yes.", "No.", "may I"),
]


def case(right: str, wrong: str, question: str) -> Case:
    found = expected(right, wrong, question)
    return Case(id="x", question=question, must=found.must, must_not=found.must_not)


@pytest.mark.parametrize(("right", "wrong", "question"), PAIRS)
def test_the_right_reply_passes_and_the_wrong_one_does_not(
    right: str, wrong: str, question: str
) -> None:
    made = case(right, wrong, question)
    assert made.must and made.problems(right, "generated") == []
    assert made.problems(wrong, "generated")
    assert made.problems("I do not have that information.", "generated")


@pytest.mark.parametrize(
    ("right", "wrong", "answers"),
    [
        ("It closes at 8:30 pm.", "At 6 pm.", ["till 8:30pm", "8.30 PM", "20:30", "8:30 p.m."]),
        ("It costs $0.25.", "It costs $1.", ["25 cents", "0.25 dollars", "25¢"]),
        ("For 3 weeks.", "For 2 weeks.", ["three weeks", "3 weeks", "a three-week loan"]),
        ("At noon or 12 pm.", "At 1 pm.", ["at noon", "12:00"]),
        ("On March 3.", "On May 5.", ["3 March", "March 3rd", "the 3rd of March"]),
        ("Call 555-0142.", "Call 555-0199.", ["5550142", "555 0142"]),
    ],
)
def test_other_spellings_of_a_fact_count(right: str, wrong: str, answers: list[str]) -> None:
    made = case(right, wrong, "what?")
    assert [text for text in answers if made.problems(text, "generated")] == []


def test_what_the_question_names_is_not_asked_for() -> None:
    found = expected("On Monday the Mill opens at 9 am.", "At 10 am.", "when on monday, the Mill?")
    assert found.must == (("9 am", "9am", "9 a.m", "9a.m", "9.00 am", "9:00 am", "9:00"),)
    only = expected("On Mondays.", "", "on mondays or tuesdays?")
    assert only.must == (("mondays",),)


def test_nothing_that_the_right_reply_says_is_forbidden() -> None:
    found = expected("From 9 am to 8 pm, not 6 pm.", "From 9 am to 6 pm.", "hours")
    assert not [one for one in found.must_not if one in "from 9 am to 8 pm, not 6 pm."]
    other = expected("At 8 pm.", "At 6 pm, call 555-0142, it costs $3.", "when")
    assert all("555" not in one and "3" not in one for one in other.must_not)


def test_very_long_and_empty_texts_are_taken() -> None:
    many = " ".join(f"{n} apples at {n % 12 + 1} pm for ${n}." for n in range(1000))
    assert len(expected(many, many, "x").must) <= 6
    assert expected("", "", "").must == ()
