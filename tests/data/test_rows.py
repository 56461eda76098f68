"""Rows: what makes two conversations one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatwright.core.types import Conversation, Message, Provenance
from chatwright.data.rows import folded, from_row, identity, to_row


def talk(*turns: tuple[str, str]) -> Conversation:
    return Conversation(tuple(Message(role, text) for role, text in turns))  # type: ignore[arg-type]


def name(conversation: Conversation) -> str:
    return identity(conversation, folded(conversation))


def test_case_and_spacing_do_not_count_and_roles_are_not_text() -> None:
    assert name(talk(("user", " A  b\n"))) == name(talk(("user", "a B")))
    assert name(talk(("user", "a"))) != name(talk(("assistant", "a")))
    one = talk(("user", "a"), ("assistant", "b"))
    assert name(one) != name(talk(("user", "a assistant b")))
    assert name(one) != name(talk(("user", "a\nassistant\tb")))
    assert name(one) != name(replace(one, rejected="c"))


@pytest.mark.parametrize("judged", [{}, {"label": False}, {"label": True}, {"rejected": "no"}])
def test_a_row_comes_back_as_it_was(judged: dict[str, object]) -> None:
    one = replace(
        talk(("user", "a"), ("assistant", "b")),
        id="0" * 16,
        provenance=Provenance("f.jsonl", 3, "x", None),
        **judged,  # type: ignore[arg-type]
    )
    assert from_row(to_row(one)) == one
