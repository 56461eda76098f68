"""How every endpoint that writes answers: finds the bot, takes its replies as they come, and sends them
whole or as a stream, until they end or the reader leaves.

What a reply looks like on the wire is the `Writer`'s, one for each endpoint.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from typing import Any, Protocol

from fastapi import Request
from starlette.responses import JSONResponse, Response

from chatwright.answer import Bot, Deployed
from chatwright.core import logs
from chatwright.core.types import Chunk, FinishReason, Route, Token, Usage
from chatwright.server.caller import Caller
from chatwright.server.errors import Problem
from chatwright.server.events import LEFT, EventStream, unless_gone
from chatwright.server.explained_types import Told
from chatwright.server.openai.models import find
from chatwright.server.services import Services

Chunks = AsyncGenerator[Chunk, None]


class Gathered:
    """One reply, as far as it has come."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.tokens: list[Token] = []
        self.finish_reason: FinishReason | None = None
        self.usage: Usage | None = None
        self.route: Route | None = None
        self.told = Told()

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, chunk: Chunk) -> None:
        self.pieces.append(chunk.text)
        self.tokens += chunk.tokens
        self.finish_reason = chunk.finish_reason or self.finish_reason
        self.usage = chunk.usage or self.usage
        self.route = chunk.route or self.route
        self.told.add(chunk)


class Writer(Protocol):
    """Replies on their way out, in an endpoint's own shape."""

    id: str

    def whole(self, replies: Sequence[Gathered]) -> dict[str, Any]:
        """The body of an answer that is not streamed."""

    def frames(
        self, chunks: AsyncGenerator[tuple[int, Chunk], None]
    ) -> AsyncGenerator[bytes, None]:
        """The events of a stream. Ends when all replies have ended."""

    def failed(self, why: Problem) -> bytes:
        """The last events of a stream that fails after it began."""


class Answering:
    """One request that is being answered. Use as an async context: what it took is given back at its
    end or, where a stream is returned, at the stream's end."""

    def __init__(self, services: Services, request: Request) -> None:
        self._services = services
        self._request = request
        self._stack = AsyncExitStack()
        self._deployed: Deployed | None = None

    async def __aenter__(self) -> Answering:
        self._services.refuse_when_draining()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def lease(self, model: str, *, steady: bool = False) -> Bot:
        """The bot of that name, which stays open meanwhile: the candidate where the caller is one of its
        share. `steady`: the one that is served in any case."""
        self._deployed = find(self._services, self._request, model)
        return self._stack.enter_context(self._deployed.lease("" if steady else self._person))

    def watched(self, bot: Bot, chunks: Chunks, channel: str = "v1") -> Chunks:
        """`chunks` with their figures taken, and closed when all this ends."""
        assert self._deployed is not None, "a bot is leased before it is watched"
        logs.about.set({**logs.about.get(), "release": bot.release_id})
        chunks = self._deployed.observed(bot, chunks, self._person, kept=False)
        seen = self._services.metrics.watch(chunks, channel, bot.spec.bot.name)
        self._stack.push_async_callback(seen.aclose)
        return seen

    @property
    def _person(self) -> str:
        caller = self._request.state.caller
        assert isinstance(caller, Caller)
        return caller.id

    async def respond(
        self, writer: Writer, replies: Sequence[Chunks], stream: bool | None
    ) -> Response:
        """The answer; as a stream it outlives this context."""
        chunks = together(replies, self._tell)
        self._stack.push_async_callback(chunks.aclose)
        if not stream:
            whole = await unless_gone(self._request.receive, self._whole(chunks, len(replies)))
            return (
                Response(status_code=LEFT) if whole is None else JSONResponse(writer.whole(whole))
            )
        return EventStream(
            writer.frames(chunks),
            closing=self._services.closing,
            farewell=writer.failed,
            finished=self._stack.pop_all().aclose,
        )

    async def _whole(
        self, chunks: AsyncGenerator[tuple[int, Chunk], None], count: int
    ) -> list[Gathered]:
        gathered = [Gathered() for _ in range(count)]
        async for index, chunk in chunks:
            gathered[index].add(chunk)
        self._tell(gathered[0])
        return gathered

    def _tell(self, first: Chunk | Gathered) -> None:
        """What leaves with the headers, if it is known by then."""
        if first.route is not None:
            self._request.state.headers["x-chatwright-route"] = first.route


async def together(
    replies: Sequence[Chunks], tell: Callable[[Chunk], None]
) -> AsyncGenerator[tuple[int, Chunk], None]:
    """The chunks of all replies with the number of theirs, as they come; `tell` hears the first.

    Of each reply one chunk at most is taken ahead. Closes none of them.
    """
    if len(replies) > 1:
        async with aclosing(_merged(replies)) as merged:
            first = await anext(merged)
            tell(first[1])
            yield first
            async for found in merged:
                yield found
        return
    told = False
    async for chunk in replies[0]:
        if not told:
            tell(chunk)
            told = True
        yield 0, chunk


async def _merged(replies: Sequence[Chunks]) -> AsyncGenerator[tuple[int, Chunk], None]:
    waiting = {asyncio.create_task(_next(chunks)): place for place, chunks in enumerate(replies)}
    try:
        while waiting:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in sorted(done, key=waiting.__getitem__):
                place = waiting.pop(task)
                found = task.result()
                if found is not None:
                    waiting[asyncio.create_task(_next(replies[place]))] = place
                    yield place, found
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def _next(chunks: Chunks) -> Chunk | None:
    return await anext(chunks, None)
