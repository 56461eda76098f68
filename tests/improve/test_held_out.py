"""Phrasings that are held out: they ask the same, in other words, and take nothing else out of training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from chatwright.improve.held_out import Phrasings, agreed, too_near
from chatwright.store.asked import PhrasedRow

QUESTION = "How late is the Mill open on Fridays?"
WRONG, RIGHT = "Until 6 pm.", "Until 8:30 pm."


def row(question: str, answer: str = "Something.", number: int = 0, **more: Any) -> PhrasedRow:
    values = {"owner": "visitor:ann", "at": "2026-01-02", "first": True} | more
    return PhrasedRow(f"m{number}", question=question, answer=answer, **values)


def found(*rows: PhrasedRow, **more: Any) -> list[str]:
    return [one.question for one in Phrasings(rows, **more).of(QUESTION, WRONG, RIGHT)]


def test_what_asks_the_same_is_found() -> None:
    same_reply = row("when does the mill shut on a friday evening", WRONG, 1)
    corrected = row("the mill, friday, closing?", number=2)
    close = row("How late is the Mill open on Friday evenings?", number=3)
    other = row("do you lend umbrellas", WRONG, 4)
    told = Phrasings([same_reply, corrected, close, other], corrected={"m2": "until 8:30 PM."})
    chosen = {one.question: one for one in told.of(QUESTION, WRONG, RIGHT)}
    assert set(chosen) == {same_reply.question, corrected.question, close.question}
    assert other.question not in chosen
    assert chosen[corrected.question].why.endswith("corrected in the same way")
    assert (chosen[same_reply.question].origin, chosen[same_reply.question].owner) == (
        *("m1", "visitor:ann"),
    )


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("when does the mill shut on a saturday evening", {}),  # another day
        ("how late is the mill open on fridays", {}),  # the question itself
        ("When does Eastside shut on a Friday? Is the Mill late?", {}),  # names another place
        ("and on a friday at the mill, when does it shut", {"first": False}),
        ("when does the mill shut on friday at 5 pm", {}),
        ("the mill on friday " * 40, {}),
        ("when does the mill shut on friday", {"refused": True}),
    ],
)
def test_what_asks_something_else_is_not(question: str, more: dict[str, Any]) -> None:
    assert found(row(question, WRONG, **more)) == []


def test_what_is_trained_on_or_near_to_it_is_not_held_out() -> None:
    one = row("when does the mill shut on friday nights", WRONG)
    assert found(one) == [one.question]
    known = Phrasings([one])
    assert known.of(QUESTION, WRONG, RIGHT, {"When does the Mill shut on friday nights?"}) == []
    assert too_near("how late is the mill open on fridays", [QUESTION])
    assert not too_near("when does it shut", [QUESTION])


def test_only_people_who_agreed_before_are_looked_at() -> None:
    rows = [row("a", owner="x"), row("b", owner="y"), row("c", owner="z")]
    since = {"x": "2026-01-01", "y": "2026-01-03"}
    assert [one.question for one in agreed(rows, since)] == ["a"]


class Meaning:
    """Says that texts with "shut" or "late" in them mean the same."""

    id, dimensions = "meaning", 2

    def embed(self, texts: Sequence[str]) -> Any:
        alike = [("shut" in text or "late" in text) for text in texts]
        return np.array([[1.0, 0.0] if one else [0.0, 1.0] for one in alike], np.float32)


def test_meaning_counts_where_there_is_an_embedder() -> None:
    one = row("mill shut friday, what time would that be please")
    assert found(one) == [] and found(one, embedder=Meaning()) == [one.question]


def test_nobody_asked_anything() -> None:
    assert found() == []
