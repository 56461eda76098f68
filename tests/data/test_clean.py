"""Cleaning: each step on its own, and all of them on what people paste."""

from __future__ import annotations

import time

import pytest

from chatwright.core.types import Conversation, Message, Role
from chatwright.data.clean import clean, length, normalised, steps, turns, unicode_form, whitespace


def talk(*turns: tuple[Role, str] | tuple[Role, str, bool]) -> Conversation:
    return Conversation(tuple(Message(*turn) for turn in turns))


def answer(text: str, limit: int = 20_000) -> str:
    """`text` as an answer, after all steps."""
    result = clean(talk(("user", "q"), ("assistant", text)), steps(limit))
    assert isinstance(result, Conversation), result
    return result.messages[1].content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\u2029c", "a\nb\n\nc"),
        ("e\u0301", "\u00e9"),
        ("\ufeffa\x00b\x07c\x7f\x85d", "abcd"),
        ("a\ud800b\udfff", "ab"),
        ("a\t \u00a0\u2003\u3000\u1680b", "a b"),
        ("  a  \n", "a"),
        ("a \n b", "a \n b"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a \n \n \n b", "a\n\nb"),
        ("a\n \u2028 \n\nb", "a\n\nb"),
        ("\u202eabc\u202c", "\u202eabc\u202c"),
        ("\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f467"),
        ("\u0e01\u0e33 \u0915\u094d\u0937", "\u0e01\u0e33 \u0915\u094d\u0937"),
        ("- one\n  - two\n\n```\nx\n```", "- one\n - two\n\n```\nx\n```"),
    ],
    ids=ascii,
)
def test_text(before: str, after: str) -> None:
    assert answer(before) == after
    assert answer(after) == after, "cleaning twice is cleaning once"


@pytest.mark.parametrize(
    "unit", ["\n", " \n", "\u2028", "\u2028\n", "\x0b\n", " ", "\u1680", "a\n"]
)
def test_no_text_takes_long(unit: str) -> None:
    text = (unit * 20_000)[:10_000] + "\n" + (unit * 20_000)[:9_990] + "x"
    began = time.process_time()
    answer(text)
    assert time.process_time() - began < 1.0


def test_turns_are_merged_and_trimmed() -> None:
    merged = turns(
        talk(
            ("system", "s"),
            ("user", "a"),
            ("user", "b"),
            ("assistant", ""),
            ("assistant", "c"),
            ("assistant", "d", True),
            ("user", "trailing"),
            ("user", "more"),
        )
    )
    assert merged == talk(("system", "s"), ("user", "a\nb"), ("assistant", "c\nd", True))


@pytest.mark.parametrize(
    ("conversation", "reason"),
    [
        (talk(), "no assistant turn"),
        (talk(("user", "a")), "no assistant turn"),
        (talk(("user", "a"), ("assistant", "")), "no assistant turn"),
        (talk(("user", "a"), ("assistant", " \u200b\n"[:1])), "no assistant turn"),
        (talk(("assistant", "a")), "no user turn"),
        (talk(("system", "a"), ("assistant", "a")), "no user turn"),
        (talk(("user", "\x00"), ("assistant", "a")), "no user turn"),
        (talk(("user", "a" * 101), ("assistant", "a")), "a message longer than 100 characters"),
    ],
)
def test_what_is_dropped_and_why(conversation: Conversation, reason: str) -> None:
    assert clean(conversation, steps(100)) == reason


def test_length_counts_characters_of_the_longest() -> None:
    conversation = talk(("user", "\U0001f44d" * 100), ("assistant", "a"))
    assert length(100)(conversation) == conversation
    assert length(99)(conversation) == "a message longer than 99 characters"
    assert length(1_000)(talk(("user", "a" * 1001))) == "a message longer than 1,000 characters"


def test_steps_leave_alone_what_is_clean() -> None:
    conversation = talk(("system", "s"), ("user", "a"), ("assistant", "b", True))
    for step in (unicode_form, whitespace, turns):
        assert step(conversation) == conversation


def test_normalised_knows_roles_from_text() -> None:
    assert normalised(talk(("user", " A  b\n"))) == normalised(talk(("user", "a B")))
    assert normalised(talk(("user", "a"))) != normalised(talk(("assistant", "a")))
    one = talk(("user", "a"), ("assistant", "b"))
    assert normalised(one) != normalised(talk(("user", "a assistant b")))
    assert normalised(one) != normalised(talk(("user", "a\nassistant\tb")))
