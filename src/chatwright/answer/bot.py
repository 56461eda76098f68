"""The bot: a deployment that replies to a conversation. Records nothing; knows no caller."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import cast

from chatwright.answer.guard import Guard
from chatwright.answer.guard_evidence import marked
from chatwright.answer.history import Fitted, fit, too_long
from chatwright.answer.skills import Skills
from chatwright.core.errors import EngineError
from chatwright.core.types import Chunk, Conversation, Engine, Message, Sampling, Usage
from chatwright.data.privacy import Redactor, Session
from chatwright.spec import Spec

INLINE = 4_000  # characters that are tokenized in a millisecond or so: less than a thread's detour


class Bot:
    """One deployment: a spec, an engine that is started, and the ids that every turn carries.

    With a `redactor` the engine sees placeholders, and whoever reads the reply the values again.
    """

    def __init__(
        self,
        spec: Spec,
        engine: Engine,
        release_id: str,
        deployment_id: str,
        redactor: Redactor | None = None,
        guard: Guard | None = None,
        skills: Skills | None = None,
    ) -> None:
        self.spec = spec
        self.engine = engine
        self.release_id = release_id
        self.deployment_id = deployment_id
        self.redactor = redactor
        self.guard = guard or Guard(spec)
        self.skills = skills or Skills(spec)

    def reply(
        self, conversation: Conversation, sampling: Sampling | None = None, *, strict: bool = False
    ) -> AsyncGenerator[Chunk, None]:
        """Stream the next assistant message, as the guard lets it through.

        `strict`: a conversation that does not fit is an error (`ContextTooLong`), nothing is left
        out of it. Raises `Unsupported` and `EngineError` as the engine does. The first chunk says
        what was left out; the last alone has `finish_reason` and `usage`, and always a route.
        """
        asked = sampling or self.spec.answers.sampling()
        written = self._written(conversation, asked, strict)
        told: list[str] = []  # by the owner's services
        if asked.schema is None:  # who asks for JSON gets JSON, and no question of a task
            written = self.skills.over(conversation, written, told)

        def count(text: str) -> Usage:
            """Of a reply that the guard ended: the engine, which is cancelled, does not tell."""
            reply = Conversation((Message("assistant", text),))
            return Usage(self.engine.count(conversation), self.engine.count(reply), exact=False)

        sent = self.guard.over(conversation, written, count, tokens=asked.logprobs, told=told)
        return self.skills.handing_over(conversation, sent)

    async def close(self) -> None:
        """Close the engine, and wait for calls that have begun."""
        await self.engine.close()
        await self.skills.close()

    async def _written(
        self, conversation: Conversation, asked: Sampling, strict: bool
    ) -> AsyncGenerator[Chunk, None]:
        """What the engine writes, unguarded."""
        instructed = self._instructed(conversation)
        session = self.redactor.session() if self.redactor else None
        if sum(len(message.content) for message in instructed.messages) <= INLINE:
            fitted = self._fit(instructed, asked, strict, session)
        else:  # counting tokenizes: up to tens of milliseconds that others shall not wait for
            fitted = await asyncio.to_thread(self._fit, instructed, asked, strict, session)
        room = self.engine.context - fitted.prompt_tokens
        drawn = replace(asked, max_tokens=min(asked.max_tokens, room))
        restorer = (session.stream(quoted=drawn.schema is not None),) if session else ()
        written = self.engine.chat(fitted.conversation, drawn, *restorer)
        stream = cast("AsyncGenerator[Chunk, None]", written)
        route = None
        first = True
        async with aclosing(stream):
            async for chunk in stream:
                route = chunk.route or route
                if chunk.finish_reason is not None:
                    yield replace(chunk, left_out=fitted.left_out, route=route or "generated")
                    return
                yield replace(chunk, left_out=fitted.left_out) if first else chunk
                first = False
        raise EngineError("The engine ended its reply without a finish reason.", "Try again.")

    def _instructed(self, conversation: Conversation) -> Conversation:
        """Evidence as evidence; and for a hosted model, which has not learned its task, the spec's prompt
        in front."""
        conversation = marked(conversation, delimited=self.spec.model.kind == "hosted")
        prompt = self.spec.model.system_prompt
        said = any(message.role == "system" for message in conversation.messages)
        if self.spec.model.kind != "hosted" or not prompt or said:
            return conversation
        system = Message("system", prompt)
        return replace(conversation, messages=(system, *conversation.messages))

    def _fit(
        self, conversation: Conversation, sampling: Sampling, strict: bool, session: Session | None
    ) -> Fitted:
        """What the engine is shown. All of the conversation is hidden before any of it is left out: so
        a value keeps its number from turn to turn."""
        context = self.engine.context
        if session is not None:
            conversation = session.hide(conversation)
        if not strict:
            reserve = max(1, min(sampling.max_tokens, context // 4))
            return fit(conversation, self.engine.count, context - reserve)
        tokens = self.engine.count(conversation)
        if tokens >= context:
            raise too_long(tokens, context - 1)
        return Fitted(conversation, tokens, 0)
