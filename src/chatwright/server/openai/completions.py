"""POST /v1/completions: text goes on where it ends. Raw: no template, no roles, no placeholders, no guard;
so it takes a scope of its own."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from chatwright.answer import Bot
from chatwright.answer.raw import Raw, raw
from chatwright.core.errors import ContextTooLong
from chatwright.core.types import Chunk, Sampling, Token, Usage
from chatwright.server.errors import Problem
from chatwright.server.events import DONE, frame
from chatwright.server.openai.asking import seeded
from chatwright.server.openai.completions_types import (
    Completion,
    CompletionChunk,
    CompletionRequest,
)
from chatwright.server.openai.logprobs import Spelling
from chatwright.server.openai.replies import Answering, Chunks, Gathered
from chatwright.server.openai.usage import UsageValue, once, several
from chatwright.server.openai.wire import stream_of
from chatwright.server.services import Shared
from chatwright.store.stamps import new_id

router = APIRouter(prefix="/v1", tags=["completions"])


@router.post("/completions", response_model=Completion, responses={200: stream_of(CompletionChunk)})
async def completions(body: CompletionRequest, request: Request, services: Shared) -> Response:
    async with Answering(services, request) as answering:
        bot = answering.lease(body.model)
        engine = raw(bot.engine)
        sampling = body.sampling(bot.spec.answers.sampling())
        replies = [
            answering.watched(bot, going_on(engine, prompt, one, echo=bool(body.echo)), "raw")
            for prompt in body.prompts()
            for one in seeded(sampling, body.n or 1)
        ]
        return await answering.respond(Completions(bot, body), replies, body.stream)


async def going_on(
    engine: Raw, prompt: str | list[int], sampling: Sampling, *, echo: bool
) -> Chunks:
    """What `engine` writes after `prompt`; with `echo` the first chunk is the prompt itself."""
    try:
        async with aclosing(engine.complete(prompt, sampling, echo=echo)) as chunks:
            async for chunk in chunks:
                yield chunk
    except ContextTooLong as error:
        raise Problem(400, str(error), code="context_length_exceeded", param="prompt") from error


class Completions:
    """The replies of one request on their way out: see `replies.Writer`."""

    def __init__(self, bot: Bot, body: CompletionRequest) -> None:
        self.id = f"cmpl-{new_id().replace('-', '')}"
        self._head = {
            "id": self.id,
            "object": "text_completion",
            "created": int(time.time()),
            "model": bot.spec.bot.name,
            "system_fingerprint": bot.deployment_id,
        }
        self._n = body.n or 1
        self._usage = body.tells_usage
        count = self._n * len(body.prompts())
        echoed = bool(body.echo)
        self._tokens = None
        if body.logprobs is not None:
            self._tokens = [_Tokens(body.logprobs, echoed) for _ in range(count)]
        self._count = count

    def whole(self, replies: Sequence[Gathered]) -> dict[str, Any]:
        choices = [
            self._choice(place, found.text, found.tokens, found.finish_reason)
            for place, found in enumerate(replies)
        ]
        usage = self._sum([found.usage for found in replies])
        return self._head | {"choices": choices, "usage": usage}

    async def frames(
        self, chunks: AsyncGenerator[tuple[int, Chunk], None]
    ) -> AsyncGenerator[bytes, None]:
        """Pieces of text, the finish reason of each reply; usage where asked for; [DONE]."""
        usages: list[Usage | None] = [None] * self._count
        ended = 0
        async for place, chunk in chunks:
            if not (chunk.text or chunk.tokens or chunk.finish_reason):
                continue
            choice = self._choice(place, chunk.text, chunk.tokens, chunk.finish_reason)
            ready = frame(self._head | {"choices": [choice]})
            if chunk.finish_reason is not None:
                usages[place] = chunk.usage
                ended += 1
                if ended == self._count:
                    break
            yield ready
        if self._usage:
            ready += frame(self._head | {"choices": [], "usage": self._sum(usages)})
        yield ready + DONE

    def failed(self, why: Problem) -> bytes:
        return frame(why.body()) + DONE

    def _choice(
        self, place: int, text: str, tokens: Sequence[Token], reason: str | None
    ) -> dict[str, Any]:
        shown = None
        if self._tokens is not None:
            shown = self._tokens[place].of(tokens, last=reason is not None)
        return {"index": place, "text": text, "logprobs": shown, "finish_reason": reason}

    def _sum(self, usages: Sequence[Usage | None]) -> dict[str, Any]:
        starts = range(0, len(usages), self._n)
        of_prompts = (once(usages[start : start + self._n]) for start in starts)
        return UsageValue.of(several(of_prompts)).model_dump()


class _Tokens:
    """The tokens of one reply, as they come. Of alternatives a token itself is the only one known."""

    def __init__(self, alternatives: int, echoed: bool) -> None:
        self._alternatives = alternatives
        self._first = echoed  # nothing is before the next token, so it has no probability
        self._spelling = Spelling()
        self._offset = 0

    def of(self, tokens: Sequence[Token], *, last: bool) -> dict[str, Any]:
        words = self._spelling.of(tokens, last=last)
        probabilities: list[float | None] = [min(0.0, token.logprob) for token in tokens]
        if self._first and probabilities:
            probabilities[0], self._first = None, False
        offsets = []
        for word in words:
            offsets.append(self._offset)
            self._offset += len(word)
        top = [
            None if probability is None else {word: probability}
            for word, probability in zip(words, probabilities, strict=True)
        ]
        return {
            "tokens": words,
            "token_logprobs": probabilities,
            "top_logprobs": top if self._alternatives else None,
            "text_offset": offsets,
        }
