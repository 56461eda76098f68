"""A teacher's drafts: read from lines, kept where they rest on the passage, and no failure is hidden."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from chatwright.core.errors import ChatwrightError, EngineError
from chatwright.core.progress import Silent
from chatwright.core.types import Chunk, Conversation, Sampling, Usage
from chatwright.knowledge.passages import Passage
from chatwright.training.drafting import SHORTEST, Written, write

TEXT = "The Willow Room costs $40 an hour for businesses and is free for groups."
HERE = ("rooms.md", Passage(TEXT, 0, len(TEXT), ("Rooms",)))


class Teacher:
    """Says `text` to everything, or fails."""

    def __init__(self, text: str, error: Exception | None = None) -> None:
        self.text, self.error = text, error
        self.asked: list[str] = []

    async def reply(
        self, conversation: Conversation, sampling: Sampling | None = None
    ) -> AsyncIterator[Chunk]:
        self.asked.append(conversation.messages[-1].content)
        if self.error:
            raise self.error
        yield Chunk(self.text, "stop", Usage(1, 1))


def run(teacher: Teacher, *placed: tuple[str, Passage]) -> Written:
    return asyncio.run(write(placed or (HERE,), teacher, Silent()))


def test_pairs_are_read_however_they_are_dressed() -> None:
    teacher = Teacher(
        "Sure!\nQ: What does the Willow Room\ncost?\nA: $40 an hour for businesses.\n\n"
        "**Q:** Is it free for groups?\n**A:** Yes, it is."
    )
    done = run(teacher)
    assert [(one.question, one.answer) for one in done.drafts] == [
        ("What does the Willow Room cost?", "$40 an hour for businesses."),
        ("Is it free for groups?", "Yes, it is."),
    ]
    assert not done.problems
    assert TEXT in teacher.asked[0] and "Rooms" in teacher.asked[0]


def test_an_answer_with_a_number_of_its_own_is_left_out_and_counted() -> None:
    done = run(Teacher("Q: How much?\nA: $45 an hour.\nQ: And groups?\nA: Nothing."))
    assert [one.answer for one in done.drafts] == ["Nothing."]
    assert done.problems.total() == 1


def test_a_reply_of_another_form_is_counted() -> None:
    done = run(Teacher("I cannot help with that."))
    assert not done.drafts and done.problems.total() == 1


def test_drafts_come_in_the_order_of_passages_and_tiny_ones_are_not_asked_about() -> None:
    many = [(f"{n}.md", Passage(f"{TEXT} {n}", 0, 9)) for n in range(9)]
    tiny = ("tiny.md", Passage("x" * (SHORTEST - 1), 0, 9))
    done = run(Teacher("Q: How much?\nA: Nothing."), *many, tiny)
    assert [one.document for one in done.drafts] == [name for name, _ in many]


def test_a_teacher_that_is_not_there_ends_it() -> None:
    many = [(f"{n}.md", HERE[1]) for n in range(40)]
    teacher = Teacher("", EngineError("Nobody answers.", "Start it."))
    with pytest.raises(ChatwrightError, match="Nobody"):
        run(teacher, *many)
    assert len(teacher.asked) < 20
