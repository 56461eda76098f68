"""What a bot does besides answering: tasks with their actions, and telling who is to take over a conversation.

    skills.over(conversation, written, told)    the reply, where a task has something to say to it
    skills.handing_over(conversation, sent)     the reply as it is; a hand-over in it is passed on

Stands between the guard, whose checks hold for what is said here too, and the engine or the router, which is
asked only where no task concerns a message. Everything about a task's state is in `tasks.py`.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from chatwright.answer.tasks import Action, Step, Tasks
from chatwright.answer.webhooks import Called, Webhooks
from chatwright.core.files import canonical_json
from chatwright.core.types import Chunk, Conversation, HandoverReason, Usage
from chatwright.spec import Spec

INLINE = 20_000  # characters of a conversation that are gone through in some milliseconds ...
FEW = 24  # ... and messages: less than a thread's detour
TRANSCRIPT = 200  # messages
TRANSCRIPT_CHARACTERS = 60_000
REMEMBERED = 60.0  # seconds in which a request without a conversation's id counts as repeated
MANY = 10_000


class Skills:
    """The skills of one bot. Without `webhooks` nothing is called, and what would be has failed: evaluation
    acts on nothing."""

    def __init__(
        self, spec: Spec, webhooks: Webhooks | None = None, tasks: Tasks | None = None
    ) -> None:
        self._bot = spec.bot.name
        self._handover = spec.handover.webhook
        self._webhooks = webhooks
        self.tasks = tasks or Tasks(spec)
        self._running: set[asyncio.Task[Any]] = set()
        self._nameless: dict[str, tuple[str, float]] = {}

    async def over(
        self, conversation: Conversation, written: AsyncGenerator[Chunk, None], told: list[str]
    ) -> AsyncGenerator[Chunk, None]:
        """What a task says, or `written`; which is not begun where the task alone answers. Values that come
        from a webhook are put into `told` before they are said."""
        async with aclosing(written):
            step = await self._step(conversation)
            if step is not None and not step.answer_first:
                text = step.text
                if step.action is not None:
                    text = await self._done(step.action, conversation, told)
                over: HandoverReason | None = "task" if step.mark == "handover" else None
                yield Chunk(text, route="curated", mark=step.mark, handover=over)
                yield Chunk("", "stop", Usage(0, 0), "curated", mark=step.mark)
                return
            began = False
            async for chunk in written:
                began = began or bool(chunk.text)
                if step is not None and chunk.finish_reason is not None:
                    between = "\n\n" if began else ""
                    chunk = replace(chunk, text=f"{chunk.text}{between}{step.text}")
                yield chunk

    async def handing_over(
        self, conversation: Conversation, sent: AsyncGenerator[Chunk, None]
    ) -> AsyncGenerator[Chunk, None]:
        """`sent`; when it hands over to a person, who is told gets the transcript."""
        parts: list[str] = []
        marked = False
        async with aclosing(sent):
            async for chunk in sent:
                parts.append(chunk.text)
                marked = marked or chunk.mark == "handover"
                if chunk.finish_reason is not None and marked:
                    self._pass_on(conversation, "".join(parts))
                yield chunk

    def ask_for_person(self, conversation: Conversation) -> None:
        """Somebody asked for a person, not in words: who is told gets the transcript."""
        self._pass_on(conversation, "")

    async def close(self) -> None:
        """Wait for the calls that run."""
        while self._running:
            await asyncio.wait(self._running)

    async def _step(self, conversation: Conversation) -> Step | None:
        if not self.tasks:
            return None
        messages = conversation.messages
        if len(messages) > FEW or sum(len(message.content) for message in messages) > INLINE:
            return await asyncio.to_thread(self.tasks.step, conversation)
        return self.tasks.step(conversation)

    async def _done(self, action: Action, conversation: Conversation, told: list[str]) -> str:
        """Run the action, once, to its end: whoever stops listening does not leave it half done."""
        if self._webhooks is None:
            return self.tasks.outcome(action, "failed", {})
        task = action.task
        talk = conversation.id or self._named(conversation)
        key = key_of(talk, task.name, action.occurrence, dict(action.values))
        body = {
            "event": "task",
            "bot": self._bot,
            "task": task.name,
            "conversation": conversation.id,
            "values": dict(action.values),
        }
        called: Called = await self._through(self._webhooks.call(task.then.webhook, body, key))
        told += called.values.values()
        return self.tasks.outcome(action, called.kind, called.values)

    def _pass_on(self, conversation: Conversation, reply: str) -> None:
        if self._webhooks is None or not self._handover:
            return
        messages = transcript(conversation, reply)
        body = {
            "event": "handover",
            "bot": self._bot,
            "conversation": conversation.id,
            "messages": messages,
        }
        talk = conversation.id or self._named(conversation)
        key = key_of(talk, "handover", len(conversation.messages), messages)
        self._begun(self._webhooks.call(self._handover, body, key))

    def _begun(self, call: Coroutine[Any, Any, Called]) -> asyncio.Task[Called]:
        task = asyncio.create_task(call)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _through(self, call: Coroutine[Any, Any, Called]) -> Called:
        return await asyncio.shield(self._begun(call))

    def _named(self, conversation: Conversation) -> str:
        """A name for a conversation that has none (`/v1`): the same for one that is sent again at once, as
        clients do that lost the answer, and another for somebody else who says the same later."""
        said = [[m.role, m.content] for m in conversation.messages]
        digest = hashlib.sha256(canonical_json(said).encode()).hexdigest()
        now = time.monotonic()
        name, until = self._nameless.pop(digest, ("", 0.0))
        if until < now:
            name = secrets.token_hex(16)
        self._nameless[digest] = (name, now + REMEMBERED)
        while oldest := next(iter(self._nameless), None):  # they are in the order of their ends
            if len(self._nameless) <= MANY and self._nameless[oldest][1] >= now:
                break
            del self._nameless[oldest]
        return name


def key_of(conversation: str, name: str, occurrence: int, values: Any) -> str:
    """The same for the same thing in the same conversation, whatever was said around it."""
    said = canonical_json([conversation, name, occurrence, values])
    return hashlib.sha256(said.encode()).hexdigest()


def transcript(conversation: Conversation, reply: str) -> list[dict[str, str]]:
    """The last messages of a conversation, and what was replied; the oldest are left out where it is long."""
    said = [(m.role, m.content) for m in conversation.messages if m.role in ("user", "assistant")]
    kept: list[dict[str, str]] = []
    size = 0
    said += [("assistant", reply)] if reply else []
    for role, content in reversed(said[-TRANSCRIPT:]):
        size += len(content)
        if size > TRANSCRIPT_CHARACTERS and kept:
            break
        kept.append({"role": role, "content": content[:TRANSCRIPT_CHARACTERS]})
    return kept[::-1]
