"""Clarifying questions, and what the next message chooses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatwright.answer.clarify import Choice, asked_in, neither, question_for, resolve
from chatwright.answer.skill_words import LANGUAGES
from chatwright.core.types import Conversation, Message

LABELS = st.text(st.characters(categories=("L", "N", "Z", "P")), min_size=1, max_size=60)
OPTIONS = ("Opening hours", "Renewing a book")


def talk(answer: str, reply: str = "") -> Conversation:
    said = ("When can I do it?", reply or question_for(OPTIONS, "en"), answer)
    roles = ("user", "assistant", "user")
    return Conversation(tuple(Message(role, text) for role, text in zip(roles, said, strict=True)))  # type: ignore[arg-type]


def test_the_question() -> None:
    assert question_for(OPTIONS, "en") == "Do you mean “Opening hours” or “Renewing a book”?"
    asked = question_for(["A", "B", "C"], "de")
    assert asked == "Meinen Sie “A”, “B” oder “C”?"
    assert question_for(OPTIONS, "sw").startswith("Do you mean")
    assert neither("fr").startswith("Dites-moi")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [2, 3])
def test_it_is_known_again_in_every_language(language: str, count: int) -> None:
    options = ("Opening hours", "或いは or oder", "x, “quoted” y?")[:count]
    found = asked_in("  " + question_for(options, language).replace(" ", "  ") + "\n")
    assert found == ("Opening hours", "或いは or oder", "x, quoted y")[:count]


@pytest.mark.parametrize(
    ("answer", "chosen"),
    [
        ("the first", 0),
        ("First one please", 0),
        ("2", 1),
        ("the second", 1),
        ("the latter", 1),
        ("Opening hours", 0),
        ("opening hour", 0),
        ("I want to renew a book", 1),
        ("about renewing", 1),
        ("the hours you are open", 0),
        ("neither", None),
        ("None of them", None),
        ("no", None),
        ("das zweite", 1),
        ("le premier", 0),
        ("二番目です", 1),
        ("第一个", 0),
        ("الثاني", 1),
        ("どちらでもない", None),
        ("weder noch", None),
        ("ninguno de los dos", None),
    ],
)
def test_a_choice(answer: str, chosen: int | None) -> None:
    choice = resolve(talk(answer))
    assert choice == Choice("When can I do it?", OPTIONS, chosen)
    assert choice.label == (None if chosen is None else OPTIONS[chosen])


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "yes",
        "What does a library card cost?",
        "the third",
        "3",
        "Where are the toilets?",
        "x" * 5000,
    ],
)
def test_what_chooses_nothing(answer: str) -> None:
    assert resolve(talk(answer)) is None


@pytest.mark.parametrize(
    "reply",
    [
        "Hello!",
        "Do you mean A or B?",
        "“A” or “B”?",
        "He said: Do you mean “A” or “B”?",
        "Do you mean “A”?",
    ],
)
def test_other_replies_ask_nothing(reply: str) -> None:
    assert resolve(talk("the first", reply)) is None


def test_it_takes_three_messages() -> None:
    whole = talk("the first").messages
    assert resolve(Conversation(whole[1:])) is None
    assert resolve(Conversation(whole[:2])) is None
    evidence = Message("evidence", "x")
    found = resolve(Conversation((evidence, *whole[:2], evidence, whole[2])))
    assert found is not None and found.chosen == 0


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.text(st.characters(categories=("L", "N", "Z", "P")), min_size=1, max_size=60),
        min_size=2,
        max_size=3,
    ),
    st.sampled_from(LANGUAGES),
)
def test_any_labels_come_back(labels: list[str], language: str) -> None:
    try:
        asked = question_for(labels, language)
    except AssertionError:
        return  # no words in them
    found = asked_in(asked)
    assert 2 <= len(found) <= len(labels)
    assert question_for(found, language) == asked
