"""Which training turns a correction makes untrue."""

from __future__ import annotations

from itertools import count

from chatwright.core.types import Conversation, Message, Provenance
from chatwright.data.rows import fold
from chatwright.improve.superseding import shared, superseded
from chatwright.store.review_records import Accepted

numbers = count()
OLD, NEW = "Books are lent for 21 days.", "Books are lent for 28 days."
HOURS = "Main Street is open from 9 am to 6 pm."


def talk(*texts: str) -> Conversation:
    said = tuple(Message("assistant" if n % 2 else "user", text) for n, text in enumerate(texts))
    return Conversation(said, provenance=Provenance("data/a.jsonl", next(numbers)))


def correction(question: str, wrong: str, right: str, id: str = "r1", at: str = "1") -> Accepted:
    said = (Message("user", question), Message("assistant", right))
    return Accepted(id, said, wrong, question, ("visitor:a",), (), (), "owner", at)


def test_a_fact_that_changed_changes_wherever_it_is_said() -> None:
    rows = [
        talk("How long are books lent?", OLD),
        talk("loan period of a novel", OLD, "And on Sunday?", HOURS),
        talk("When are you open?", HOURS),
    ]
    found = superseded(rows, [correction("how long  are BOOKS lent?", OLD, NEW)])
    assert {(one.question, one.right) for one in found} == {
        (fold("How long are books lent?"), NEW),
        (fold("loan period of a novel"), NEW),
    }
    assert {one.reply for one in found} == {fold(OLD)}


def test_a_question_that_was_taken_for_another_leaves_the_other_alone() -> None:
    rows = [talk("How long are books lent?", OLD), talk("When are you open?", HOURS)]
    wrong_way = correction("Until when is Main Street open?", OLD, HOURS)
    assert superseded(rows, [wrong_way]) == []
    again = correction("When are you open?", HOURS, "Ask at the desk, please.")
    assert [one.question for one in superseded(rows, [again])] == [fold("When are you open?")]


def test_the_same_question_gets_the_right_reply_whatever_it_said() -> None:
    rows = [talk("How long are books lent?", "Three weeks.")]
    (found,) = superseded(rows, [correction("How long are books lent?", OLD, NEW)])
    assert (found.reply, found.right) == (fold("Three weeks."), NEW)


def test_other_words_for_an_outdated_fact_say_the_new_one() -> None:
    rows = [
        talk("How long are books lent?", OLD),
        talk("How long are books lent out?", "Yes, books are lent for 21 days at a time."),
        talk("What is the room for?", "The room is lent for 21 days to a club."),
    ]
    found = superseded(rows, [correction("How long are books lent?", OLD, NEW)])
    assert {one.right for one in found} == {NEW, "Yes, books are lent for 28 days at a time."}


def test_what_says_the_right_thing_already_stays() -> None:
    rows = [talk("How long are books lent?", NEW.upper())]
    assert superseded(rows, [correction("How long are books lent?", OLD, NEW)]) == []


def test_without_corrections_or_rows_there_is_nothing() -> None:
    assert superseded([talk("a", "b")], []) == []
    assert superseded([], [correction("a", "b", "c")]) == []
    assert superseded([talk("a", "b")], [correction("x", "", "c")]) == []


def test_shared_words_are_counted_both_ways() -> None:
    assert shared(OLD, OLD, ("en",)) == 1
    assert shared(OLD, "", ("en",)) == 0
    assert 0.5 < shared(OLD, NEW, ("en",)) < 1
