"""The guard of a bot, as `[guard]` says: what is asked is judged before the model sees it, what is written is
checked before anybody else does.

    Guard(spec, public).over(conversation, written, ...)    the stream that may be sent

The rules themselves are in the files beside this one, each with what it cannot do. A guard that declines gives
the owner's words, the route "refused" and a mark that says why.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from chatwright.answer.explanation import cleaned
from chatwright.answer.guard_links import Hosts, Links, hosts_of
from chatwright.answer.guard_personal import TYPES, Personal, Public, Said
from chatwright.answer.guard_safety import harm_in
from chatwright.answer.guard_stream import Checked, Forbidden, Stage
from chatwright.answer.guard_topics import Examples, Patterns, visible
from chatwright.answer.guard_words import (
    CLAIM,
    CLAIM_WORDS,
    asked_whether_human,
    asks_for_person,
    honest,
)
from chatwright.core.errors import DataError
from chatwright.core.types import (
    Chunk,
    Conversation,
    FinishReason,
    HandoverReason,
    Mark,
    Route,
    Usage,
)
from chatwright.data.documents import owners_files, pages, words_of
from chatwright.spec import Spec
from chatwright.spec.skills import Task

INLINE = 4_000  # characters that are judged in a millisecond or so: less than a thread's detour
Count = Callable[[str], Usage]  # the tokens of a reply that ended with this text

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said instead of the model, and why."""

    text: str
    mark: Mark
    route: Route = "refused"
    finish_reason: FinishReason = "content_filter"
    handover: HandoverReason | None = None  # a person is to take over


class Guard:
    """One bot's rules. `public`: what the owner says, without it only what stands in bot.toml."""

    def __init__(self, spec: Spec, public: Public | None = None) -> None:
        self._settings = spec.guard
        self.spec = spec
        self._public = public or Public(own_words(spec))
        self._blocked = Patterns(spec.guard.blocked)
        self._claims = Patterns((), CLAIM, CLAIM_WORDS)
        self._examples = Examples(spec.guard.blocked_examples)
        self._hosts = Hosts(spec.guard.links)
        stays = spec.guard.personal if isinstance(spec.guard.personal, tuple) else ()
        self._hidden = frozenset(TYPES) - set(stays) if spec.guard.personal else frozenset()

    async def over(
        self,
        conversation: Conversation,
        written: AsyncGenerator[Chunk, None],
        count: Count,
        *,
        tokens: bool = False,
        told: Sequence[str] = (),
        own: Sequence[str] = (),
    ) -> AsyncGenerator[Chunk, None]:
        """`written`, as far as it may be sent; it is not begun where the question is declined.

        `tokens`: its chunks carry tokens, and so do these. `told`: values of the owner's services, which may
        be said, though not be linked to; `own`: the owner's own words, which may be both. They may grow until
        they are said. Raises what `written` raises.
        """
        async with aclosing(written):
            verdict = await self._judge(conversation)
            if verdict is not None:
                route, mark = verdict.route, verdict.mark
                yield Chunk(verdict.text, route=route, mark=mark)
                yield Chunk(  # the model read nothing
                    *("", verdict.finish_reason, Usage(0, 0), route),
                    mark=mark,
                    handover=verdict.handover,
                )
                return
            checked = self.checking(conversation, tokens, told, own)
            async for chunk in self._checked(conversation, written, count, checked):
                yield chunk

    def warm(self) -> None:
        """Do now what the first message would wait for."""
        harm_in("", self._settings.safety)

    def judge(self, conversation: Conversation) -> Verdict | None:
        """What is said to the last user message instead of the model's answer; None: the model answers."""
        text = next((m.content for m in reversed(conversation.messages) if m.role == "user"), "")
        settings = self._settings
        if settings.handover and asks_for_person(text):
            return Verdict(settings.handover, "handover", finish_reason="stop", handover="asked")
        if (language := asked_whether_human(text)) is not None:
            return Verdict(self._disclosed(language), "disclosure", "curated", "stop")
        seen = visible(text)
        if self._blocked.search(seen) or self._examples.like(seen) >= settings.likeness:
            return self._declined("blocked", conversation)
        harm = harm_in(text, settings.safety)
        if harm == "self-harm":
            who: HandoverReason | None = "guard" if settings.handover else None
            return Verdict(self._joined(settings.crisis, settings.handover), "unsafe", handover=who)
        return self._declined("unsafe", conversation) if harm else None

    def checking(
        self,
        conversation: Conversation,
        tokens: bool = False,
        told: Sequence[str] = (),
        own: Sequence[str] = (),
    ) -> Checked:
        """The checks of one reply to `conversation`."""
        said = Said(lambda: (*told, *own, *(message.content for message in conversation.messages)))
        stages: list[Stage] = [Forbidden(self._claims, "claim")]
        if self._blocked:
            stages.insert(0, Forbidden(self._blocked, "blocked"))
        if self._hidden:
            stages.append(Personal((self._public, said), self._hidden))
        if not self._hosts.all:
            stages.append(Links(self._allowing(conversation, own)))
        return Checked(stages, tokens)

    async def _judge(self, conversation: Conversation) -> Verdict | None:
        if conversation.messages and len(conversation.messages[-1].content) > INLINE:
            return await asyncio.to_thread(self.judge, conversation)
        return self.judge(conversation)

    async def _checked(
        self,
        conversation: Conversation,
        written: AsyncGenerator[Chunk, None],
        count: Count,
        checked: Checked,
    ) -> AsyncGenerator[Chunk, None]:
        try:
            async for chunk in self._through(checked, conversation, written, count):
                yield chunk
        except Exception:
            rest, tokens = ("", ()) if checked.hit else checked.finish()
            if rest:  # what was kept of a reply that fails was written all the same
                yield Chunk(rest, tokens=tokens)
            raise

    async def _through(
        self,
        checked: Checked,
        conversation: Conversation,
        written: AsyncGenerator[Chunk, None],
        count: Count,
    ) -> AsyncGenerator[Chunk, None]:
        sent: list[str] = []
        async for chunk in written:
            if chunk.explanation is not None:
                chunk = replace(chunk, explanation=self._explained(conversation, chunk.explanation))
            text, tokens = checked.push(chunk.text, chunk.tokens)
            if chunk.finish_reason is not None and not checked.hit:
                rest, more = checked.finish()
                text, tokens = text + rest, tokens + more
            sent.append(text)
            if checked.hit:
                yield self._ended(checked.hit, conversation, chunk, sent, count)
                return
            if chunk.finish_reason is not None:
                yield self._last(replace(chunk, text=text, tokens=tokens), conversation)
                return
            if text == chunk.text and tokens == chunk.tokens:
                yield chunk
            else:
                yield Chunk(
                    text,
                    route=chunk.route,
                    confidence=chunk.confidence,
                    sources=chunk.sources,
                    left_out=chunk.left_out,
                    written=chunk.written,
                    tokens=tokens,
                    explanation=chunk.explanation,
                )

    def _ended(
        self,
        mark: Mark,
        conversation: Conversation,
        chunk: Chunk,
        sent: list[str],
        count: Count,
    ) -> Chunk:
        """The last chunk of a reply that is not finished: the owner's words behind what was sent."""
        before = "".join(sent)
        if mark == "claim":
            verdict = Verdict(honest(self._language), mark)
        else:
            verdict = self._declined(mark, conversation)
        text = self._joined(before, verdict.text)[len(before) - len(sent[-1]) :]
        return Chunk(
            text,
            verdict.finish_reason,
            count(before),
            verdict.route,
            left_out=chunk.left_out,
            mark=verdict.mark,
            handover=verdict.handover,
            explanation=chunk.explanation,
        )

    def _explained(
        self, conversation: Conversation, explanation: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """What was weighed and not said is kept, and read by others than who asked: no personal values there
        either. It may hold what the owner forbids: that is why something else was said."""
        said = Said(lambda: (message.content for message in conversation.messages))

        @cache  # what is found and what is written are often the same words
        def hide(text: str) -> str:
            personal = Personal((self._public, said), self._hidden)
            return personal.push(text) + personal.finish()

        return cleaned(explanation, hide) if self._hidden else explanation

    def _last(self, chunk: Chunk, conversation: Conversation) -> Chunk:
        """A reply that is finished; where the model declined once too often, with the hand-over."""
        if chunk.route != "refused" or not self._hands_over(conversation):
            return chunk
        text = f"{chunk.text}\n\n{self._settings.handover}"
        return replace(chunk, text=text, mark="handover", handover="confidence")

    def _declined(self, mark: Mark, conversation: Conversation) -> Verdict:
        if self._hands_over(conversation):
            return Verdict(
                self._joined(self._settings.refusal, self._settings.handover),
                "handover",
                handover="guard",
            )
        return Verdict(self._settings.refusal, mark)

    def _hands_over(self, conversation: Conversation) -> bool:
        """Whether one refusal more makes so many in a row that a person takes over."""
        enough = self._settings.handover_after
        return (
            bool(self._settings.handover and enough) and self._refused(conversation) + 1 >= enough
        )

    def _refused(self, conversation: Conversation) -> int:
        """Refusals in a row up to now. `/v1` tells the text of a reply alone: the guard's own is known
        by it."""
        count = 0
        for message in reversed(conversation.messages):
            if message.role != "assistant":
                continue
            if not (message.refused or message.content.startswith(self._settings.refusal)):
                break
            count += 1
        return count

    def _disclosed(self, language: str) -> str:
        own = self.spec.bot.disclosure if language == self._language else ""
        return self._joined(honest(language), own, " ")

    @property
    def _language(self) -> str:
        return (*self.spec.bot.languages, "en")[0]

    def _allowing(
        self, conversation: Conversation, own: Sequence[str] = ()
    ) -> Callable[[str], bool]:
        """Whether a destination may be linked to: on a host of the owner's, or said by who reads the reply."""

        def allows(url: str) -> bool:
            hosts = hosts_of(url)
            if all(host == "" or host in self._hosts for host in hosts):
                return True
            known = self._public.hosts() | Said(lambda: own).hosts()
            if all(host == "" or host in self._hosts or host in known for host in hosts):
                return True
            bare = url.strip("<>").removeprefix("mailto:")
            return len(bare) > 8 and any(bare in text for text in _asked(conversation))

        return allows

    @staticmethod
    def _joined(first: str, second: str, between: str = "\n\n") -> str:
        return f"{first}{between}{second}" if first.strip() and second else first + second


def _asked(conversation: Conversation) -> tuple[str, ...]:
    return tuple(m.content for m in conversation.messages if m.role in ("user", "system"))


def own_words(spec: Spec) -> list[str]:
    """What bot.toml says in words, the guard's among them."""
    guard = spec.guard
    own = [*words_of(spec), *guard.allowed, guard.refusal, guard.crisis, guard.handover]
    return [*own, *(text for task in spec.task for text in _words_of(task))]


def _words_of(task: Task) -> Iterator[str]:
    yield from (task.about, task.confirm, task.then.answer, task.done, task.failed, task.unclear)
    for slot in task.ask:
        yield from (slot.question, slot.problem, *slot.options)


def begin_public(spec: Spec) -> Public:
    """What the owner says in bot.toml and in the documents of knowledge/, read beside other work."""
    reader = ThreadPoolExecutor(1, "knowledge")
    reading: Future[list[str]] = reader.submit(_read, spec)
    reader.shutdown(wait=False)
    return Public(reading)


def _read(spec: Spec) -> list[str]:
    texts = own_words(spec)
    for path in owners_files(spec):
        try:
            texts += pages(path)
        except DataError as error:
            log.warning("What %s says is not known to be public: %s", path.name, error)
    return texts
