"""The bot: a deployment that replies to a conversation. Records nothing; knows no caller."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import cast

from chatwright.answer import traced
from chatwright.answer.decision import Asked, Decision, Look
from chatwright.answer.guard import Guard
from chatwright.answer.guard_evidence import marked
from chatwright.answer.history import Fitted, fit, too_long
from chatwright.answer.router import Router
from chatwright.answer.signs import Draft
from chatwright.answer.skills import Skills
from chatwright.core import tracing
from chatwright.core.errors import EngineError
from chatwright.core.types import Chunk, Conversation, Engine, Message, Sampling, Token, Usage
from chatwright.data.privacy import Redactor, Session
from chatwright.knowledge.evidence import Shown, evidence_for, insert, question_of
from chatwright.spec import Spec

RETRY = 0.7  # the temperature of a second try: the first was greedy, and would come again
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
        router: Router | None = None,
        skills: Skills | None = None,
        shown: Shown | None = None,
    ) -> None:
        self.spec = spec
        self.engine = engine
        self.release_id = release_id
        self.promoted_id = deployment_id  # the deployment's as it was promoted
        self.redactor = redactor
        self.guard = guard or Guard(spec)
        self.router = router
        self.skills = skills or Skills(spec)
        self.shown = shown  # how passages are shown to the model; None: it is shown none

    @property
    def deployment_id(self) -> str:
        """What answers now: it changes with the knowledge and the curated answers."""
        return self.router.deployment_id(self.promoted_id) if self.router else self.promoted_id

    def routed(self, router: Router | None) -> Bot:
        """The same bot, with the same engine, that chooses its answers by another router."""
        return Bot(
            self.spec,
            self.engine,
            self.release_id,
            self.promoted_id,
            self.redactor,
            self.guard,
            router,
            self.skills,
            self.shown,
        )

    def rerouted(self, router: Router, promoted_id: str) -> None:
        """From the next message on another calibration is in force, of the same release."""
        self.router, self.promoted_id = router, promoted_id

    async def start(self) -> None:
        """Become able to answer; raises `EngineError`."""
        await self.engine.start()

    async def close(self) -> None:
        """Cancel what runs and free everything."""
        await self.engine.close()
        await self.skills.close()
        if self.router is not None:
            await asyncio.to_thread(self.router.close)

    def reply(
        self, conversation: Conversation, sampling: Sampling | None = None, *, strict: bool = False
    ) -> AsyncGenerator[Chunk, None]:
        """Stream the next assistant message, as the guard lets it through.

        `strict`: a conversation that does not fit is an error (`ContextTooLong`), nothing is left
        out of it. Raises `Unsupported` and `EngineError` as the engine does. The first chunk says
        what was left out; the last alone has `finish_reason` and `usage`, and always a route.
        """
        asked = sampling or self.spec.answers.sampling()
        told, own = list[str](), list[str]()  # by the owner's services; in the owner's own words
        written = self._answered(conversation, asked, strict, own)
        if asked.schema is None:  # who asks for JSON gets JSON, and no question of a task
            written = self.skills.over(conversation, written, told)

        def count(text: str) -> Usage:
            """Of a reply that the guard ended: the engine, which is cancelled, does not tell."""
            reply = Conversation((Message("assistant", text),))
            return Usage(self.engine.count(conversation), self.engine.count(reply), exact=False)

        sent = self.guard.over(
            conversation, written, count, tokens=asked.logprobs, told=told, own=own
        )
        answered = self.skills.handing_over(conversation, sent)
        if (tracer := tracing.tracer()) is None:
            return answered
        ids = (self.release_id, self.deployment_id)
        return traced.answer(tracer, self.spec, *ids, conversation, answered)

    async def _answered(
        self, conversation: Conversation, asked: Sampling, strict: bool, own: list[str]
    ) -> AsyncGenerator[Chunk, None]:
        """The router's choice; what the model writes, as it is written, where there is nothing to choose.
        What the owner says to the letter is put into `own`."""
        router, decision = self.router, None
        if router is not None and not (asked.schema or asked.logprobs or asked.min_tokens):
            look = await self.look(conversation)
            decision = router.settled(look) if look is not None else router.unasked()
            if decision is None and look is not None:
                if router.chooses:
                    decision = await self.decide(look, conversation, asked, strict=strict)
                else:
                    conversation = self.grounded(conversation, look, strict=strict)
        if decision is None:
            async with aclosing(self._written(conversation, asked, strict)) as written:
                async for chunk in written:
                    yield chunk
            return
        draft = decision.draft
        if decision.route == "curated" or (router is not None and router.knows(decision.text)):
            own.append(decision.text)
        yield Chunk(
            decision.text,
            route=decision.route,
            confidence=decision.confidence,
            sources=decision.sources,
            left_out=draft.left_out if draft else 0,
            mark=decision.mark,
            explanation=decision.explained(),
        )
        cut = draft is not None and draft.cut and decision.text == draft.text
        usage = draft.usage if draft else Usage(0, 0)
        yield Chunk("", "length" if cut else "stop", usage, decision.route, mark=decision.mark)

    async def look(self, conversation: Conversation) -> Look | None:
        """What the router knows before the model has written anything; None where nobody asked anything."""
        assert self.router is not None
        hidden = self.redactor.session().hide(conversation) if self.redactor else conversation
        asked = Asked.of(conversation, hidden)
        return await asyncio.to_thread(self.router.look, asked) if asked else None

    async def decide(
        self, look: Look, conversation: Conversation, asked: Sampling, *, strict: bool = False
    ) -> Decision:
        """With what the model writes; once more where that says what stands nowhere."""
        assert self.router is not None
        if not self.router.writes:
            return self.router.decide(look)
        conversation = self.grounded(conversation, look, strict=strict)
        draft = await self.draft(conversation, asked, strict=strict)
        decision = await asyncio.to_thread(self.router.decide, look, draft)
        if decision.lacking and self.spec.answers.grounding == "retry":
            again = replace(asked, temperature=max(asked.temperature, RETRY), seed=1)
            other = await self.draft(conversation, again, strict=strict)
            second = await asyncio.to_thread(self.router.decide, look, other)
            if not second.lacking:
                return second
        return decision

    def grounded(
        self, conversation: Conversation, look: Look, *, strict: bool = False
    ) -> Conversation:
        """With the passages that were found, where the model learned to read them, or was told to; without
        where they leave no room for the question, or (`strict`) for the whole conversation."""
        shown = self.shown
        if shown is None or look.found is None or not look.found.hits:
            return conversation

        def count(text: str) -> int:
            return self.engine.count(Conversation((Message("user", text),)))

        question = question_of(conversation)
        room = min(shown.room, self.engine.context // 4)
        messages = evidence_for(look.found, room, count, question, shown.passages)
        made = insert(conversation, messages, getattr(self.engine, "takes", None))
        needed = made if strict else _needed(made)
        reserve = max(1, self.engine.context // 4)
        return made if self.engine.count(needed) <= self.engine.context - reserve else conversation

    async def draft(
        self, conversation: Conversation, asked: Sampling, *, strict: bool = False
    ) -> Draft:
        """What the model alone would say, whole, unguarded."""
        wanted = replace(asked, logprobs="logprobs" in self.engine.can)
        parts, tokens, left_out, chosen = list[str](), list[Token](), 0, None
        async with aclosing(self._written(conversation, wanted, strict)) as written:
            async for chunk in written:
                parts.append(chunk.text)
                tokens += chunk.tokens
                left_out = left_out or chunk.left_out
                chosen = chunk.chosen if chosen is None else chosen
                last = chunk
        assert last.usage is not None
        values = [token.logprob for token in tokens]
        return Draft(
            "".join(parts).strip(),
            last.route == "refused",
            last.usage,
            last.finish_reason == "length",
            left_out,
            sum(values) / len(values) if values else None,
            min(values, default=None),
            chosen,
        )

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
        if (tracer := tracing.tracer()) is not None:
            about = (self.spec, self.release_id, fitted.conversation, drawn)
            stream = traced.engine(tracer, *about, stream)
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


def _needed(conversation: Conversation) -> Conversation:
    """What stays when all that can be left out is left out (`history.py`)."""
    last = max(at for at, one in enumerate(conversation.messages) if one.role == "user")
    kept = [one for one in conversation.messages[:last] if one.role == "system"]
    return replace(conversation, messages=(*kept, *conversation.messages[last:]))
