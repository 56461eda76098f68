"""Personal values in replies: the labelled set of the redactor streamed, and what may be said all the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.answer.guarding import guard_of, passed, talk, ways

from chatwright.answer.guard_personal import HELD, TYPES
from chatwright.data.privacy import MISSING, find, normalised

SET = Path(__file__).resolve().parents[1] / "data" / "privacy"
GUARD = guard_of(["Call the desk: (555) 010-0142. Write to help@library.example."], links=["*"])


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SET / f"{name}.jsonl").read_text("utf-8").splitlines()]


def values(text: str) -> list[tuple[str, str]]:
    """What the rules find in the whole of `text`, of the types that are hidden."""
    return [(text[s.start : s.end], s.type) for s in find([text], None)[0] if s.type in TYPES]


def leaks(text: str, shown: str) -> list[str]:
    """Of those, the values that are still there."""
    plain = {True: normalised(shown, "NUMBER"), False: normalised(shown)}
    bare = {"PHONE", "IBAN", "CARD", "ID"}
    return [v for v, type in values(text) if normalised(v, type) in plain[type in bare]]


@pytest.mark.parametrize("name", ["positives", "held_out"])
def test_no_value_that_the_rules_know_is_sent_however_it_comes(name: str) -> None:
    leaked, count = [], 0
    for row in rows(name):
        count += len(values(row["text"]))
        for way in list(ways(row["text"], 2)):
            shown = passed(GUARD, way)
            leaked += [(value, row["text"], shown) for value in leaks(row["text"], shown)]
    assert count > (300 if name == "positives" else 60)
    assert not leaked, (len(leaked), leaked[:5])


def test_ordinary_numbers_stay() -> None:
    """Look-alikes have no value by their labels; what the rules find in them is theirs to answer for."""
    changed = 0
    plain = [row["text"] for row in rows("lookalikes") if not values(row["text"])]
    for text in plain:
        for way in ways(text, 1):
            changed += passed(GUARD, way) != text
    assert len(plain) > 700 and changed == 0


@pytest.mark.parametrize(
    "text",
    [
        "Call the desk at 555-010-0142.",
        "Write to HELP@library.example, please.",
        "We open at 9 a.m. and close at 6 p.m.; copies cost 10 cents.",
        "On 12 May 2026 there are 3 events in room 204.",
        "It is 1984 by George Orwell, 328 pages.",
    ],
)
def test_what_the_owner_says_may_be_said(text: str) -> None:
    for way in ways(text):
        assert passed(GUARD, way) == text


def test_what_the_conversation_holds_may_be_said() -> None:
    asked = talk("I am at jane@example.org, 0171 5550199, is that right?")
    text = "Yes: jane@example.org and 0171-5550199. Not joe@example.org."
    for way in ways(text):
        assert (
            passed(GUARD, way, asked) == f"Yes: jane@example.org and 0171-5550199. Not {MISSING}."
        )


def test_types_can_be_left_out_and_values_allowed() -> None:
    text = "Write to joe@example.org or call +49 30 901820."
    assert (
        passed(guard_of(personal=["EMAIL"]), [text])
        == f"Write to joe@example.org or call {MISSING}."
    )
    assert passed(guard_of(personal=False), [text]) == text
    allowed = guard_of(allowed=["joe@example.org", "030 901820"])
    assert passed(allowed, [text]) == text


def test_a_value_at_the_very_end_is_hidden() -> None:
    for way in ways("Write to joe@example.org"):
        assert passed(GUARD, way) == f"Write to {MISSING}"


def test_not_a_letter_of_an_address_is_sent_before_it_is_known() -> None:
    checked = GUARD.checking(talk("Hi"))
    sent = "".join(checked.push(piece)[0] for piece in ("Write to", " te", "resa", ".qu", "ill"))
    assert sent == "Write to "
    assert (
        checked.push("@example.org ")[0] + checked.push("now")[0] + checked.finish()[0]
        == f"{MISSING} now"
    )


def test_a_long_list_of_numbers_is_not_held_to_its_end() -> None:
    checked = GUARD.checking(talk("Hi"))
    given = sent = 0
    for number in range(200):
        piece = f"item {number} costs {number} euros, "
        given += len(piece)
        sent += len(checked.push(piece)[0])
        assert given - sent < 2 * HELD
    assert sent + len(checked.finish()[0]) == given
