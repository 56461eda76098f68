"""A teacher's replies to our questions, as rows that a training can read. Trains nothing; needs no torch.

The teacher is a `Responder` that is handed in: whatever answers. Each question is asked once: a row that
stands in the file, under its id, is an answer already. Learning from the rows is plain supervised
training.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chatwright.core.errors import ChatwrightError, EngineOverloaded
from chatwright.core.files import canonical_json, sha256_json, storage
from chatwright.core.progress import Progress
from chatwright.core.types import Conversation, Message, Reply, Responder, gather

TRIES = 4  # of a question that finds the teacher busy
LONGEST_WAIT = 60.0  # seconds
FAILED = 10  # in a row, and nothing answered yet: the teacher is not there


@dataclass(slots=True)
class Taught:
    """What became of the questions. `problems` counts reasons."""

    answered: int = 0
    known: int = 0
    problems: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Rows:
    """The file of a teacher's rows: `data/teacher-<model>.jsonl`, appended line by line."""

    path: Path
    model: str

    @classmethod
    def of(cls, data: Path, model: str) -> Rows:
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", model).strip("-.") or "model"
        return cls(data / f"teacher-{name}.jsonl", model)

    def identity(self, turns: tuple[str, ...]) -> str:
        """Says that a teacher gave the replies, which one, and to what; provenance keeps it."""
        return f"teacher/{self.model}/{sha256_json(turns)[:16]}"

    def known(self) -> set[str]:
        """Ids of what is answered. A torn last line is taken off the file."""
        if not self.path.exists():
            return set()
        text = self.path.read_bytes()
        whole = text[: text.rfind(b"\n") + 1]
        if len(whole) < len(text):
            with self.path.open("r+b") as file:
                file.truncate(len(whole))
        return {json.loads(line)["id"] for line in whole.splitlines()}

    def add(self, identity: str, messages: list[Message]) -> None:
        said = [{"role": m.role, "content": m.content} for m in messages]
        row: dict[str, Any] = {"id": identity, "teacher": self.model, "messages": said}
        with storage(self.path), self.path.open("a", encoding="utf-8") as file:
            file.write(canonical_json(row) + "\n")


def questions(conversations: Iterable[Conversation]) -> Iterator[tuple[str, ...]]:
    """What users say, conversation by conversation, each kind of it once."""
    seen: set[tuple[str, ...]] = set()
    for conversation in conversations:
        turns = tuple(m.content for m in conversation.messages if m.role == "user" and m.content)
        if turns and turns not in seen:
            seen.add(turns)
            yield turns


async def teach(
    asked: Iterable[tuple[str, ...]],
    teacher: Responder,
    rows: Rows,
    progress: Progress,
    concurrency: int = 4,
) -> Taught:
    """Ask `teacher`, at most `concurrency` questions at once, and add a row for each whole answer.

    Questions of several turns are asked turn by turn, with the teacher's own replies between them.
    Raises the teacher's error when it fails again and again before it has answered anything.
    """
    known, done = rows.known(), Taught()
    waiting: list[tuple[str, tuple[str, ...]]] = []
    for turns in asked:
        identity = rows.identity(turns)
        if identity in known:
            done.known += 1
        else:
            waiting.append((identity, turns))
    queue = iter(waiting)
    rows.path.parent.mkdir(parents=True, exist_ok=True)
    progress.start(f"Asking {rows.model}", len(waiting))

    async def work() -> None:
        for identity, turns in queue:  # shared: each takes the next one
            await _one(identity, turns, teacher, rows, done)
            failed = done.problems.total()
            progress.advance(done.answered + failed, f"{failed:,} failed")

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(max(1, min(concurrency, len(waiting)))):
                group.create_task(work())
    except* ChatwrightError as errors:
        raise errors.exceptions[0] from None
    finally:
        progress.stop()
    return done


async def _one(
    identity: str, turns: tuple[str, ...], teacher: Responder, rows: Rows, done: Taught
) -> None:
    try:
        messages = await _conversation(turns, teacher)
    except ChatwrightError as error:
        done.problems[error.problem] += 1
        if not done.answered and done.problems.total() >= FAILED:
            raise
        return
    if isinstance(messages, str):
        done.problems[messages] += 1
        return
    rows.add(identity, messages)
    done.answered += 1


async def _conversation(turns: tuple[str, ...], teacher: Responder) -> list[Message] | str:
    """The whole conversation; or why it is not one to learn from."""
    messages: list[Message] = []
    for turn in turns:
        messages.append(Message("user", turn))
        reply = await asked(Conversation(tuple(messages)), teacher)
        if reply.finish_reason != "stop":
            return f"The reply ended for the reason {reply.finish_reason!r}: it is not whole."
        if not reply.text.strip():
            return "The reply was empty."
        messages.append(Message("assistant", reply.text.strip()))
    return messages


async def asked(conversation: Conversation, teacher: Responder) -> Reply:
    """The reply, after waiting where the teacher is busy."""
    for _ in range(TRIES - 1):
        try:
            return await gather(teacher.reply(conversation))
        except EngineOverloaded as error:
            await asyncio.sleep(min(error.retry_after, LONGEST_WAIT))
    return await gather(teacher.reply(conversation))
