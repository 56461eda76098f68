"""Explanations on their way out: without personal values, bounded, and honest about what was left out."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.answer.guarding import guard_of, talk

from chatwright.answer.explanation import MOST, cleaned, kept, untold
from chatwright.answer.guard import Guard
from chatwright.answer.turn import Turn
from chatwright.core.types import Chunk, Usage
from chatwright.store.records import MessageRecord
from chatwright.store.turns import Begun

SIGNS = {f"sign {number}": number / 7 for number in range(30)}


def candidate(text: str = "Ten to six.", **signs: float) -> dict[str, Any]:
    return {
        "kind": "standard",
        "confidence": 0.91,
        "declines": False,
        "text": text,
        "sources": ["hours.md"],
        "signs": SIGNS | signs,
    }


def explanation(*candidates: dict[str, Any], ungrounded: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "route": "retrieved",
        "confidence": 0.91,
        "threshold": 0.8,
        "candidates": list(candidates),
        "ungrounded": list(ungrounded),
    }


def test_what_is_short_is_kept_whole() -> None:
    given = explanation(candidate(), ungrounded=("Monday",))
    assert kept(given) == given


def test_signs_that_are_equal_are_kept_once() -> None:
    given = explanation(*(candidate("x" * 250, own=float(n)) for n in range(4)))
    found = kept(given)
    assert len(json.dumps(given)) > MOST > len(json.dumps(found))
    assert found["shortened"] is True
    first, *others = found["candidates"]
    assert first["signs"] == SIGNS | {"own": 0.0}
    assert [one["signs"] for one in others] == [{"own": 1.0}, {"own": 2.0}, {"own": 3.0}]
    assert [one["text"] for one in found["candidates"]] == ["x" * 250] * 4


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=300), st.integers(0, 90)), max_size=9),
    st.lists(st.text(max_size=2000), max_size=40),
)
def test_nothing_is_kept_that_is_long(
    candidates: list[tuple[str, int]], ungrounded: list[str]
) -> None:
    made = [
        candidate(text, **{f"{text[:3]} {n}": 0.123 for n in range(signs)})
        for text, signs in candidates
    ]
    given = explanation(*made, ungrounded=tuple(ungrounded))
    before = json.dumps(given)
    found = kept(given)
    assert len(json.dumps(found).encode()) <= MOST
    assert "\\u0000" not in json.dumps([one["text"] for one in found["candidates"]])
    assert (found["route"], found["threshold"]) == ("retrieved", 0.8)
    assert json.dumps(given) == before, "the given one was changed"
    if "shortened" not in found:
        assert len(found["candidates"]) == len(made)


def test_addresses_of_any_length_do_not_break_the_bound() -> None:
    made = candidate() | {"sources": ["https://example.org/" + "a" * 9000]}
    found = kept(explanation(made))
    assert found["candidates"] == [] and found["shortened"] is True


def test_texts_can_be_cleaned_and_left_out() -> None:
    given = explanation(candidate("Ask Ann."), ungrounded=("Ann",))
    clean = cleaned(given, lambda text: text.replace("Ann", "…"))
    assert clean["candidates"][0]["text"] == "Ask …." and clean["ungrounded"] == ["…"]
    bare = untold(given)
    assert bare["candidates"][0]["text"] == "" and bare["ungrounded"] == []
    assert bare["candidates"][0]["signs"] == SIGNS and bare["confidence"] == 0.91
    assert given["candidates"][0]["text"] == "Ask Ann."


# --- on its way through the guard ------------------------------------------------------------------


async def replying(text: str, why: dict[str, Any]) -> AsyncGenerator[Chunk, None]:
    yield Chunk(text, route="retrieved", confidence=0.91, explanation=why)
    yield Chunk("", "stop", Usage(3, 4), "retrieved")


async def through(guard: Guard, text: str, why: dict[str, Any], asked: str = "Hi") -> list[Chunk]:
    written = guard.over(talk(asked), replying(text, why), lambda _: Usage(3, 4))
    return [chunk async for chunk in written]


def the(chunks: list[Chunk]) -> dict[str, Any]:
    (found,) = [dict(chunk.explanation) for chunk in chunks if chunk.explanation is not None]
    return found


async def test_personal_values_that_nobody_said_are_hidden_in_it() -> None:
    """It is kept, and read by others: a leak in a draft that was not even said would be one all the same."""
    why = explanation(
        candidate("Write to jane.doe@example.org."), ungrounded=("jane.doe@example.org",)
    )
    found = the(await through(guard_of(), "Ten to six.", why))
    assert "jane.doe" not in json.dumps(found)
    assert found["candidates"][0]["signs"] == SIGNS
    said = the(
        await through(guard_of(), "Ten to six.", why, asked="I am jane.doe@example.org. Hours?")
    )
    assert "jane.doe" in said["candidates"][0]["text"]
    assert the(await through(guard_of(personal=False), "Ten to six.", why)) == why


async def test_a_reply_that_the_guard_ends_can_be_asked_why() -> None:
    why = explanation(candidate("The secret sauce."))
    chunks = await through(guard_of(blocked=["secret sauce"]), "The secret sauce.", why)
    assert chunks[-1].mark == "blocked"
    assert the(chunks) == why


async def test_it_passes_where_the_text_is_held_back() -> None:
    why = explanation(candidate())
    chunks = await through(guard_of(), "Ten to six, or write to", why)
    assert the(chunks) == why


# --- in a turn ------------------------------------------------------------------------------------


@pytest.fixture
def turn() -> Turn:
    question = MessageRecord("q", "c", None, "user", "Hours?", "done", "2026", 1)
    reply = MessageRecord("a", "c", "q", "assistant", "", "running", "2026", 2)
    return Turn(Begun("t", question, reply, (question,)), "ann", "c")


def test_a_turn_keeps_it(turn: Turn) -> None:
    long = explanation(*(candidate("x" * 250, own=float(n)) for n in range(4)))
    turn.add(Chunk("Ten", route="retrieved", confidence=0.91, explanation=long))
    turn.add(Chunk(" to six."))
    turn.add(Chunk("", "stop", Usage(1, 1), "retrieved"))
    outcome = turn.outcome("done")
    assert outcome.explanation == kept(long)
    assert (outcome.route, outcome.confidence) == ("retrieved", 0.91)


def test_a_turn_without_one_has_none(turn: Turn) -> None:
    turn.add(Chunk("Ten", "stop", Usage(1, 1), "generated"))
    assert turn.outcome("done").explanation is None
