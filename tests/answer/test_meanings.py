"""Replies that say one fact in other words stand for each other; others never do."""

from __future__ import annotations

from chatwright.answer.likeness import Judge
from chatwright.answer.meanings import meanings
from chatwright.answer.standard import StandardReplies, Taught

REPLIES = (
    "The Willow Room costs $55 an hour for businesses.",
    "For a business the Willow Room is $55 an hour.",
    "The Birch Room costs $20 an hour for businesses.",
    "A lost umbrella costs $55.",
    "We are glad that you like the library.",
    "We are glad that you like the readings.",
    "I cannot book the Willow Room at $55 an hour for you.",
)
DECLINED = (False, False, False, False, False, False, True)


def test_the_same_fact_in_other_words_is_one_meaning() -> None:
    found = meanings(REPLIES, DECLINED)
    assert found[0] == found[1]


def test_other_facts_other_things_and_no_facts_are_their_own() -> None:
    found = meanings(REPLIES, DECLINED)
    assert len(set(found)) == len(found) - 1
    assert found[6] != found[0]  # it declines


def test_nothing_and_one() -> None:
    assert meanings((), ()) == ()
    assert meanings(("It costs $5.",), (False,)) == (0,)


def replies() -> StandardReplies:
    asks = (
        ("what is the willow room for a company", "price of the willow room", "rent willow room"),
        ("how much is the willow room", "willow room per hour for my firm", "cost of willow"),
        ("birch room price", "what does the birch room cost", "rent the birch room"),
    )
    rows = [(question, number) for number, some in enumerate(asks) for question in some]
    taught = Taught(
        tuple(question for question, _ in rows),
        tuple(number for _, number in rows),
        REPLIES[:3],
        DECLINED[:3],
    )
    found = StandardReplies.of(taught)
    assert found is not None
    return found


def test_what_it_is_sure_of_is_not_spread_over_wordings() -> None:
    known = replies()
    look = known.look("what is the price of the willow room per hour")
    assert len(look.choices) == 2  # of meanings
    assert look.choices[0].number in (0, 1)
    assert look.choices[0].share > 0.6
    # Either wording is held as likely as the meaning is.
    first, second = (known.share(look, text) for text in REPLIES[:2])
    assert first == second == look.choices[0].share


def test_a_judge_that_knows_them_holds_them_for_the_same() -> None:
    judge = Judge(REPLIES, meanings=replies().meanings)
    assert judge.same(REPLIES[0], REPLIES[1]) == 1.0
    assert judge.same(REPLIES[0], REPLIES[2]) < 1.0
