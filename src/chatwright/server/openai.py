"""OpenAI's surface: chat completions and models. Stateless: nothing that is said here is kept."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from chatwright.answer import Bot
from chatwright.core.errors import ChatwrightError
from chatwright.core.types import Chunk, Usage, gather
from chatwright.server.errors import ErrorBody, Problem, problem
from chatwright.server.events import (
    LEFT,
    STREAM,
    EventStream,
    compact,
    frame,
    going_down,
    raw,
    unless_gone,
)
from chatwright.server.openai_types import (
    ChatRequest,
    Choice,
    Completion,
    Model,
    ModelList,
    ReplyMessage,
    UsageValue,
)
from chatwright.server.services import Services, Shared
from chatwright.store.stamps import new_id

DONE = raw("[DONE]")
ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (400, 404, 413, 500, 503)
}

log = logging.getLogger(__name__)

router = APIRouter(prefix="/v1", responses=ERRORS)


def _no_model(name: str) -> Problem:
    return Problem(
        404,
        f"The model {name[:80]!r} does not exist. GET /v1/models lists those that do.",
        code="model_not_found",
        param="model",
    )


def _model(services: Services) -> Model:
    return Model(id=services.deployed.current().spec.bot.name, created=services.created)


@router.get("/models")
async def models(services: Shared) -> ModelList:
    return ModelList(data=[_model(services)])


@router.get("/models/{name}")
async def model(name: str, services: Shared) -> Model:
    known = _model(services)
    if name != known.id:
        raise _no_model(name)
    return known


@router.post("/chat/completions", response_model=Completion, responses={200: STREAM})
async def chat_completions(body: ChatRequest, request: Request, services: Shared) -> Any:
    services.refuse_when_draining()
    async with AsyncExitStack() as stack:
        bot = stack.enter_context(services.deployed.lease())
        if body.model != bot.spec.bot.name:
            raise _no_model(body.model)
        sampling = body.sampling(bot.spec.answers.sampling())
        reply = bot.reply(body.conversation(), sampling, strict=True)
        chunks = services.metrics.watch(reply, channel="v1")
        stack.push_async_callback(chunks.aclose)
        completing = Completing(bot, body)
        if not body.stream:
            whole = await unless_gone(request.receive, completing.whole(chunks))
            return whole or Response(status_code=LEFT)
        return EventStream(
            completing.frames(chunks),
            closing=services.closing,
            farewell=frame(going_down().body()) + DONE,
            finished=stack.pop_all().aclose,  # the stream outlives this function
        )


class Completing:
    """One completion on its way out: the values that all its chunks share."""

    def __init__(self, bot: Bot, body: ChatRequest) -> None:
        self._id = f"chatcmpl-{new_id().replace('-', '')}"
        self._created = int(time.time())
        self._model = bot.spec.bot.name
        self._fingerprint = bot.deployment_id
        around = frame(self._chunk([_choice({"content": ""})])).split(b'"content":""')
        self._around = around[0] + b'"content":', around[1]
        self._usage = body.stream_options is not None and bool(body.stream_options.include_usage)

    async def whole(self, chunks: AsyncGenerator[Chunk, None]) -> Completion:
        reply = await gather(chunks)
        message = ReplyMessage(content=reply.text)
        return Completion(
            id=self._id,
            created=self._created,
            model=self._model,
            system_fingerprint=self._fingerprint,
            choices=[Choice(message=message, finish_reason=reply.finish_reason)],
            usage=UsageValue(**_usage(reply.usage)),
        )

    async def frames(self, chunks: AsyncGenerator[Chunk, None]) -> AsyncGenerator[bytes, None]:
        """The stream: role, text, finish reason, usage where asked for, [DONE]; or an error.

        What is known at one moment leaves in one piece, the end with the last text.
        """
        ready = frame(self._chunk([_choice({"role": "assistant", "content": ""})]))
        begun = False
        try:
            async for chunk in chunks:
                if chunk.text:
                    ready += self._text(chunk.text)
                if chunk.finish_reason is not None:
                    yield ready + self._end(chunk.finish_reason, chunk.usage)
                    return
                if ready:
                    yield ready
                ready, begun = b"", True
        except Exception as error:
            if not begun:
                raise
            # Too late for a status: clients raise on an event whose JSON has an error.
            if not isinstance(error, ChatwrightError):
                log.exception("Completion %s failed.", self._id)
            yield frame(problem(error).body()) + DONE

    def _end(self, reason: str, usage: Usage | None) -> bytes:
        end = frame(self._chunk([_choice({}, reason)]))
        if self._usage and usage is not None:
            end += frame(self._chunk([], usage=_usage(usage)))
        return end + DONE

    def _text(self, text: str) -> bytes:
        """The frame of one piece of text: all but the text is the same each time."""
        before, after = self._around
        return before + compact(text).encode() + after

    def _chunk(self, choices: list[Any], **more: Any) -> dict[str, Any]:
        return {
            "id": self._id,
            "object": "chat.completion.chunk",
            "created": self._created,
            "model": self._model,
            "system_fingerprint": self._fingerprint,
            "choices": choices,
            **more,
        }


def _choice(delta: dict[str, str], finish_reason: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}


def _usage(usage: Usage) -> dict[str, int]:
    return {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": usage.total_tokens,
    }
