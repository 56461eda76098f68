"""A teacher's replies become rows that the readers read; nothing is asked twice, no failure is hidden."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatwright.core.errors import EngineError, EngineOverloaded
from chatwright.core.progress import Silent
from chatwright.core.types import Chunk, Conversation, Message, Sampling, Usage
from chatwright.data import readers
from chatwright.training import teach as teaching
from chatwright.training.teach import Rows, questions, teach


class Teacher:
    """Repeats what it was asked, and how many messages it saw; does otherwise where told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.running = self.most = 0
        self.trouble: dict[str, list[Exception | str]] = {}

    async def reply(
        self, conversation: Conversation, sampling: Sampling | None = None
    ) -> AsyncIterator[Chunk]:
        question = conversation.messages[-1].content
        self.asked.append(question)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await asyncio.sleep(0.001)
            trouble = self.trouble.get(question, [])
            wrong = trouble.pop(0) if trouble else ""
            if isinstance(wrong, Exception):
                raise wrong
            yield Chunk("" if wrong == "empty" else f"{question}! {len(conversation.messages)}")
            yield Chunk(finish_reason="length" if wrong == "cut" else "stop", usage=Usage(1, 1))
        finally:
            self.running -= 1


def said(path: Path) -> list[list[str]]:
    return [
        [m["content"] for m in json.loads(line)["messages"]]
        for line in path.read_text().splitlines()
    ]


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    return Rows.of(tmp_path / "data", "some/model:1")


async def run(asked: list[tuple[str, ...]], teacher: Teacher, rows: Rows) -> teaching.Taught:
    return await teach(asked, teacher, rows, Silent(), 3)


async def test_replies_become_rows_with_their_origin(rows: Rows) -> None:
    teacher = Teacher()
    done = await run([("a",), ("b", "c"), *((str(n),) for n in range(20))], teacher, rows)
    assert (done.answered, done.known, done.problems.total()) == (22, 0, 0)
    assert 1 < teacher.most <= 3
    assert rows.path.name == "teacher-some-model-1.jsonl"
    found = sorted(said(rows.path), key=len)
    assert ["a", "a! 1"] in found and found[-1] == ["b", "b! 1", "c", "c! 3"]
    read = list(readers.read(rows.path, "data/teacher.jsonl"))
    assert len(read) == 22
    for conversation in read:
        assert isinstance(conversation, Conversation) and conversation.provenance is not None
        assert (conversation.provenance.original_id or "").startswith("teacher/some/model:1/")


async def test_what_is_answered_is_not_asked_again(rows: Rows) -> None:
    await run([("a",), ("b",)], Teacher(), rows)
    whole = rows.path.read_bytes()
    with rows.path.open("a") as file:
        file.write('{"id": "teacher/torn')  # as a crash would leave it
    teacher = Teacher()
    done = await run([("a",), ("b",), ("c",)], teacher, rows)
    assert teacher.asked == ["c"] and (done.answered, done.known) == (1, 2)
    assert rows.path.read_bytes().startswith(whole)
    assert len(said(rows.path)) == 3


async def test_failures_are_counted_and_may_be_asked_again(rows: Rows) -> None:
    teacher = Teacher()
    teacher.trouble = {"b": [EngineError("It failed.")], "c": ["cut"], "d": ["empty"]}
    asked = [("a",), ("b",), ("c",), ("d",)]
    done = await run(asked, teacher, rows)
    assert done.answered == 1 and len(said(rows.path)) == 1
    assert done.problems["It failed."] == 1 and done.problems.total() == 3
    assert any("length" in why for why in done.problems)
    assert (await run(asked, teacher, rows)).answered == 3


async def test_a_busy_teacher_is_waited_for(rows: Rows) -> None:
    teacher = Teacher()
    teacher.trouble = {"a": [EngineOverloaded("Busy.", retry_after=0.01)] * 2}
    assert (await run([("a",)], teacher, rows)).answered == 1
    teacher.trouble = {"b": [EngineOverloaded("Busy.", retry_after=0.01)] * 9}
    assert (await run([("b",)], teacher, rows)).problems["Busy."] == 1
    assert teacher.asked.count("b") == teaching.TRIES


async def test_a_teacher_that_is_not_there_ends_it(rows: Rows) -> None:
    teacher = Teacher()
    asked = [(str(n),) for n in range(100)]
    teacher.trouble = {turn: [EngineError("Wrong key.")] for (turn,) in asked}
    with pytest.raises(EngineError, match="Wrong key"):
        await run(asked, teacher, rows)
    assert len(teacher.asked) < teaching.FAILED + 3


def test_questions_are_what_users_say_once() -> None:
    told = (Message("user", "a"), Message("assistant", "x"), Message("user", "b"))
    only = Conversation((Message("assistant", "Welcome!"),))
    assert list(questions([Conversation(told), only, Conversation(told)])) == [("a", "b")]
