"""Which passages are shown, how they are written, where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.knowledge.conftest import House

from chatwright.core.types import Conversation, Message
from chatwright.knowledge import Features, Found, Hit
from chatwright.knowledge.evidence import (
    ROOM,
    Shown,
    evidence_for,
    insert,
    messages_of,
    plain,
    question_of,
    written,
)
from chatwright.knowledge.passages import Passage


def words(text: str) -> int:
    return len(text.split())


def hit(text: str, bm25: float = 5.0, title: str = "Hours", headings: Sequence[str] = ()) -> Hit:
    passage = Passage(text, 0, len(text), tuple(headings))
    return Hit(passage, title, ("a.md",), "d", 0.1, bm25, 0.5, None)


def found(*hits: Hit) -> Found:
    return Found(hits, Features(), "s")


def said(*texts: str) -> Conversation:
    """User and assistant in turn."""
    roles = ("user", "assistant")
    return Conversation(tuple(Message(roles[n % 2], text) for n, text in enumerate(texts)))  # type: ignore[arg-type]


def test_a_passage_stands_under_its_headings_without_markdown() -> None:
    one = hit(
        "- **Friday:** 9 to 6\n- [Desk](tel:1)\n\n| A | B |\n|---|---|\n| x | y |",
        headings=("Hours", "Main"),
    )
    assert written(one, 99, words) == "Hours: Main\nFriday: 9 to 6\nDesk\nA | B\nx | y"


def test_plain_keeps_what_only_looks_like_markdown() -> None:
    assert plain("a - b * c\n3 - 4 = -1\n-\n1. one") == "a - b * c\n3 - 4 = -1\none"


@pytest.mark.parametrize("room", range(0, 120, 7))
def test_never_more_than_there_is_room_for(room: int) -> None:
    text = " ".join(f"Sentence {n} has some words about number {n}." for n in range(30))
    many = found(hit(text), hit(text, title="Other"))
    shown = evidence_for(many, room, words, "number 17")
    assert sum(words(message.content) for message in shown) <= room


def test_a_long_passage_is_cut_to_what_the_question_is_about() -> None:
    text = " ".join(f"Room {n} costs {n} dollars an hour." for n in range(40))
    shown = written(hit(text), 40, words, "What does room 27 cost?")
    assert "Room 27 costs 27 dollars" in shown
    assert shown.startswith("Hours\n") and words(shown) <= 40


def test_a_second_passage_far_behind_is_not_shown_and_a_third_never() -> None:
    assert len(evidence_for(found(hit("a"), hit("b", 4.9), hit("c", 4.8)), 99, words)) == 2
    assert len(evidence_for(found(hit("a"), hit("b", 1.0)), 99, words)) == 1
    assert evidence_for(found(), 99, words) == ()


def test_messages_keep_the_order_they_are_given_in() -> None:
    shown = messages_of([hit("b"), hit("a")], ROOM, words)
    assert [message.content[-1] for message in shown] == ["b", "a"]
    assert {message.role for message in shown} == {"evidence"}


def test_the_question_is_the_last_one_with_the_one_before() -> None:
    assert question_of(said("Is it open?", "Yes.", "and <NAME_1> on Sunday?")) == (
        "and on Sunday? Is it open?"
    )
    assert question_of(Conversation(())) == ""


def test_evidence_stands_behind_the_last_question() -> None:
    passage = (Message("evidence", "p"),)
    made = insert(said("a", "b", "c"), passage)
    assert [m.content for m in made.messages] == ["a", "b", "c", "p"]
    whole = insert(said("a", "b", "c", "d"), passage)
    assert [m.content for m in whole.messages] == ["a", "b", "c", "p", "d"]
    assert insert(said("a"), ()) == said("a")
    assert insert(Conversation(()), passage) == Conversation(())


def test_a_template_that_refuses_it_there_gets_it_elsewhere() -> None:
    passage = (Message("evidence", "p"), Message("evidence", "q"))

    def alternating(conversation: Conversation) -> bool:
        return all(message.role != "evidence" for message in conversation.messages)

    def first(conversation: Conversation) -> bool:
        return conversation.messages[-1].role == "user"

    within = insert(said("a", "b", "c"), passage, alternating)
    assert [m.content for m in within.messages] == ["a", "b", "p\n\nq\n\nc"]
    before = insert(said("c"), passage, first)
    assert [m.content for m in before.messages] == ["p", "q", "c"]
    assert insert(said("c"), passage, lambda _: False) == said("c")


def test_a_release_says_how_it_is_served() -> None:
    assert Shown.of({"snapshot": "x", "room": 90, "passages": 1}) == Shown(90, 1)
    assert Shown.of(None) is None


def test_what_a_search_finds_can_be_shown(house: House) -> None:
    house.write(hours__md="# Hours\n\nOpen from nine to six.", fines__md="# Fines\n\nTwenty cents.")
    house.sync()
    shown = evidence_for(house.search("When are you open?"), ROOM, words)
    assert [message.content for message in shown] == ["Hours\nOpen from nine to six."]
