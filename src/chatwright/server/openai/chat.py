"""POST /v1/chat/completions."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from chatwright.answer import Bot
from chatwright.core.types import Chunk, FinishReason, Usage
from chatwright.server.errors import Problem
from chatwright.server.events import DONE, compact, frame
from chatwright.server.explained_types import Told
from chatwright.server.openai.asking import check, knows_tools, seeded, shown
from chatwright.server.openai.calls import Called, Piece, Reader, Said, Words, reader
from chatwright.server.openai.chat_types import ChatCompletion, ChatCompletionChunk, ChatRequest
from chatwright.server.openai.explaining import Explained
from chatwright.server.openai.logprobs import Spelling, content
from chatwright.server.openai.replies import Answering, Gathered
from chatwright.server.openai.tools import Calling
from chatwright.server.openai.usage import UsageValue, once
from chatwright.server.openai.wire import stream_of
from chatwright.server.services import Shared
from chatwright.store.stamps import new_id

router = APIRouter(prefix="/v1", tags=["chat"])


@router.post(
    "/chat/completions",
    response_model=ChatCompletion,
    responses={200: stream_of(ChatCompletionChunk)},
)
async def chat_completions(
    body: ChatRequest, request: Request, services: Shared, explained: Explained
) -> Response:
    if explained and (body.n or 1) > 1:
        raise Problem(
            400,
            "X-Chatwright-Explain is for one reply at a time. Leave n out.",
            param="n",
            code="unsupported_value",
        )
    async with Answering(services, request) as answering:
        bot = answering.lease(body.model)
        sampling = body.sampling(bot.spec.answers.sampling())
        calling = body.calling()
        check(bot, sampling, calling, "response_format")
        conversation = shown(bot, body.conversation(), calling)
        replies = [
            answering.watched(bot, bot.reply(conversation, one, strict=True))
            for one in seeded(sampling, body.n or 1)
        ]
        return await answering.respond(Chat(bot, body, calling, explained), replies, body.stream)


class Chat:
    """The replies of one request on their way out: see `replies.Writer`."""

    def __init__(self, bot: Bot, body: ChatRequest, calling: Calling, explained: bool) -> None:
        self.id = f"chatcmpl-{new_id().replace('-', '')}"
        self._created = int(time.time())
        self._model = bot.spec.bot.name
        self._fingerprint = bot.deployment_id
        self._logprobs = bool(body.logprobs)
        self._usage = body.tells_usage
        self.explained = explained
        told = knows_tools(bot)
        self._replies = [_Reply(self, place, reader(calling, told)) for place in range(body.n or 1)]

    @property
    def logprobs(self) -> bool:
        """Whether tokens are shown."""
        return self._logprobs

    def whole(self, replies: Sequence[Gathered]) -> dict[str, Any]:
        told = {"chatwright": replies[0].told.value()} if self.explained else {}
        return {
            "id": self.id,
            "object": "chat.completion",
            "created": self._created,
            "model": self._model,
            "system_fingerprint": self._fingerprint,
            "choices": [
                mine.whole(found) for mine, found in zip(self._replies, replies, strict=True)
            ],
            "usage": UsageValue.of(once(found.usage for found in replies)).model_dump(),
            **told,
        }

    async def frames(
        self, chunks: AsyncGenerator[tuple[int, Chunk], None]
    ) -> AsyncGenerator[bytes, None]:
        """Role, text, finish reason of each reply; usage where asked for; [DONE].

        What is known at one moment leaves in one piece, the end with the last text.
        """
        ready = b"".join(reply.begin() for reply in self._replies)
        usages: list[Usage | None] = []
        async for place, chunk in chunks:
            ready += self._replies[place].add(chunk)
            if chunk.finish_reason is not None:
                usages.append(chunk.usage)
                if len(usages) == len(self._replies):
                    break
            if ready:
                yield ready
            ready = b""
        if self._usage:
            ready += frame(self.chunk([], usage=UsageValue.of(once(usages)).model_dump()))
        yield ready + DONE

    def failed(self, why: Problem) -> bytes:
        """Clients raise on an event whose JSON has an error."""
        return frame(why.body()) + DONE

    def chunk(self, choices: list[Any], **more: Any) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self._created,
            "model": self._model,
            "system_fingerprint": self._fingerprint,
            "choices": choices,
            **more,
        }


class _Reply:
    """One of them."""

    def __init__(self, chat: Chat, place: int, reads: Reader) -> None:
        self._chat = chat
        self._place = place
        self._reads = reads
        self._spelling = Spelling()
        self._told = Told()
        self._plain = isinstance(reads, Words) and not chat.logprobs
        around = frame(chat.chunk([self._choice({"content": ""})])).split(b'"content":""')
        self._around = around[0] + b'"content":', around[1]

    def whole(self, found: Gathered) -> dict[str, Any]:
        assert found.finish_reason is not None, "a reply ended without a finish reason"
        complete = found.finish_reason == "stop"
        pieces = [*self._reads.push(found.text), *self._reads.finish(complete)]
        words = "".join(piece.text for piece in pieces if isinstance(piece, Said))
        calls = _calls(pieces)
        message: dict[str, Any] = {"role": "assistant", "content": words, "refusal": None}
        if calls:
            message |= {"content": words or None, "tool_calls": calls}
        shown = None
        if self._chat.logprobs:
            spelled = self._spelling.of(found.tokens, last=True)
            tokens = content(found.tokens, spelled)
            shown = {"content": [token.model_dump() for token in tokens], "refusal": None}
        return {
            "index": self._place,
            "message": message,
            "logprobs": shown,
            "finish_reason": self._reason(found.finish_reason),
        }

    def begin(self) -> bytes:
        return frame(self._chat.chunk([self._choice({"role": "assistant", "content": ""})]))

    def add(self, chunk: Chunk) -> bytes:
        """The events of one chunk."""
        if self._chat.explained:
            self._told.add(chunk)
        if self._plain:
            ready = self._text(chunk.text) if chunk.text else b""
            if chunk.finish_reason is not None:
                ready += frame(self._last(chunk.finish_reason))
            return ready
        last = chunk.finish_reason is not None
        pieces = self._reads.push(chunk.text)
        if last:
            pieces += self._reads.finish(chunk.finish_reason == "stop")
        choices = [self._choice(_delta(piece)) for piece in pieces]
        if self._chat.logprobs and chunk.tokens:
            choices = choices or [self._choice({})]
            tokens = content(chunk.tokens, self._spelling.of(chunk.tokens, last=last))
            choices[0]["logprobs"] = {
                "content": [token.model_dump() for token in tokens],
                "refusal": None,
            }
        ready = b"".join(frame(self._chat.chunk([choice])) for choice in choices)
        if chunk.finish_reason is not None:
            ready += frame(self._last(self._reason(chunk.finish_reason)))
        return ready

    def _last(self, reason: FinishReason) -> dict[str, Any]:
        """The reply's last event, and why it was given where that is asked for."""
        told = {"chatwright": self._told.value()} if self._chat.explained else {}
        return self._chat.chunk([self._choice({}, reason)], **told)

    def _reason(self, reason: FinishReason) -> FinishReason:
        return "tool_calls" if self._reads.called and reason == "stop" else reason

    def _text(self, text: str) -> bytes:
        """The frame of one piece of text: all but the text is the same each time."""
        before, after = self._around
        return before + compact(text).encode() + after

    def _choice(self, delta: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
        return {
            "index": self._place,
            "delta": delta,
            "logprobs": None,
            "finish_reason": finish_reason,
        }


def _delta(piece: Piece) -> dict[str, Any]:
    if isinstance(piece, Said):
        return {"content": piece.text}
    function: dict[str, Any] = {"arguments": piece.arguments}
    call: dict[str, Any] = {"index": piece.index, "function": function}
    if piece.name is not None:
        function["name"] = piece.name
        call |= {"id": piece.id, "type": "function"}
    return {"tool_calls": [call]}


def _calls(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """The calls that pieces make up."""
    calls: dict[int, dict[str, Any]] = {}
    for piece in pieces:
        if not isinstance(piece, Called):
            continue
        if piece.name is not None:
            function = {"name": piece.name, "arguments": ""}
            calls[piece.index] = {"id": piece.id, "type": "function", "function": function}
        calls[piece.index]["function"]["arguments"] += piece.arguments
    return list(calls.values())
