"""POST /v1/responses, without its memory: nothing is stored, so there is nothing to go on from by id."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from chatwright.answer import Bot
from chatwright.core.types import Chunk, FinishReason, Sampling, Usage
from chatwright.server.errors import Problem
from chatwright.server.events import frame
from chatwright.server.openai.asking import check, knows_tools, shown
from chatwright.server.openai.calls import reader
from chatwright.server.openai.output import Output
from chatwright.server.openai.replies import Answering, Gathered
from chatwright.server.openai.responses_types import (
    InputDetails,
    NamedFunctionTool,
    OutputDetails,
    ResponseEvent,
    ResponseObject,
    ResponsesRequest,
    ResponseUsage,
)
from chatwright.server.openai.tools import Calling
from chatwright.server.openai.wire import stream_of
from chatwright.server.services import Shared
from chatwright.store.stamps import new_id

STATUS: dict[FinishReason, tuple[str, dict[str, str] | None]] = {
    "stop": ("completed", None),
    "tool_calls": ("completed", None),
    "length": ("incomplete", {"reason": "max_output_tokens"}),
    "content_filter": ("incomplete", {"reason": "content_filter"}),
}

router = APIRouter(prefix="/v1", tags=["responses"])


@router.post(
    "/responses",
    response_model=ResponseObject,
    responses={200: stream_of(ResponseEvent, done=False)},
)
async def create(body: ResponsesRequest, request: Request, services: Shared) -> Response:
    async with Answering(services, request) as answering:
        bot = answering.lease(body.model)
        sampling = body.sampling(bot.spec.answers.sampling())
        calling = body.calling()
        check(bot, sampling, calling, "text.format")
        strict = body.truncation != "auto"
        reply = bot.reply(shown(bot, body.conversation(), calling), sampling, strict=strict)
        writer = Responses(bot, body, sampling, calling)
        return await answering.respond(writer, [answering.watched(bot, reply)], body.stream)


@router.get("/responses/{id}", include_in_schema=False)
@router.delete("/responses/{id}", include_in_schema=False)
@router.post("/responses/{id}/cancel", include_in_schema=False)
@router.get("/responses/{id}/input_items", include_in_schema=False)
async def stored(id: str) -> None:
    raise Problem(
        404,
        "Responses are not stored here. Send the whole conversation as input instead.",
        code="not_found",
    )


class Responses:
    """The response to one request on its way out: see `replies.Writer`."""

    def __init__(
        self, bot: Bot, body: ResponsesRequest, sampling: Sampling, calling: Calling
    ) -> None:
        self.id = f"resp_{new_id().replace('-', '')}"
        self._reads = reader(calling, knows_tools(bot))
        self._output = Output(logprobs=body.logprobs)
        self._events = 0
        self._asked = {
            "id": self.id,
            "object": "response",
            "created_at": int(time.time()),
            "background": False,
            "instructions": body.instructions,
            "max_output_tokens": body.max_output_tokens,
            "metadata": body.metadata or {},
            "model": bot.spec.bot.name,
            "parallel_tool_calls": body.parallel_tool_calls is not False,
            "previous_response_id": None,
            "store": False,
            "system_fingerprint": bot.deployment_id,
            "temperature": sampling.temperature,
            "text": {"format": body.form().model_dump(by_alias=True, exclude_none=True)},
            "tool_choice": _choice(body),
            "tools": [tool.model_dump(include=TOLD) for tool in body.tools or ()],
            "top_logprobs": 0,
            "top_p": sampling.top_p,
            "truncation": body.truncation or "disabled",
        }

    def whole(self, replies: Sequence[Gathered]) -> dict[str, Any]:
        (found,) = replies
        assert found.finish_reason is not None, "a reply ended without a finish reason"
        last = Chunk(found.text, found.finish_reason, found.usage, tokens=tuple(found.tokens))
        self._add(last)
        return self._ended(last)

    async def frames(
        self, chunks: AsyncGenerator[tuple[int, Chunk], None]
    ) -> AsyncGenerator[bytes, None]:
        """created, in_progress; the items as they grow; completed or incomplete."""
        begun = self._response("in_progress")
        ready = self._frame("response.created", response=begun)
        ready += self._frame("response.in_progress", response=begun)
        async for _, chunk in chunks:
            ready += b"".join(self._frame(**event) for event in self._add(chunk))
            if chunk.finish_reason is not None:
                ended = self._ended(chunk)
                yield ready + self._frame(f"response.{ended['status']}", response=ended)
                return
            if ready:
                yield ready
            ready = b""

    def failed(self, why: Problem) -> bytes:
        error = {"code": "server_error", "message": why.message}
        return self._frame("response.failed", response=self._response("failed", error=error))

    def _add(self, chunk: Chunk) -> list[dict[str, Any]]:
        """Take a chunk; the events that it makes."""
        pieces = self._reads.push(chunk.text)
        reason = chunk.finish_reason
        if reason is not None:
            pieces += self._reads.finish(reason == "stop")
        events = self._output.add(pieces, chunk.tokens, last=reason is not None)
        if reason is not None:
            events += self._output.end(STATUS[reason][0])
        return events

    def _ended(self, last: Chunk) -> dict[str, Any]:
        assert last.finish_reason is not None
        status, why = STATUS[last.finish_reason]
        return self._response(status, why=why, usage=last.usage)

    def _response(
        self,
        status: str,
        *,
        error: dict[str, str] | None = None,
        why: dict[str, str] | None = None,
        usage: Usage | None = None,
    ) -> dict[str, Any]:
        return self._asked | {
            "status": status,
            "error": error,
            "incomplete_details": why,
            "output": self._output.items,
            "usage": None if usage is None else _usage(usage),
        }

    def _frame(self, type: str, **data: Any) -> bytes:
        event = {"type": type, "sequence_number": self._events, **data}
        self._events += 1
        return frame(event, type)


TOLD = {"type", "name", "description", "parameters", "strict"}


def _choice(body: ResponsesRequest) -> Any:
    if isinstance(body.tool_choice, NamedFunctionTool):
        return body.tool_choice.model_dump(include=TOLD)
    return body.tool_choice or "auto"


def _usage(usage: Usage) -> dict[str, Any]:
    return ResponseUsage(
        input_tokens=usage.prompt_tokens,
        input_tokens_details=InputDetails(cached_tokens=usage.cached_tokens),
        output_tokens=usage.completion_tokens,
        output_tokens_details=OutputDetails(),
        total_tokens=usage.total_tokens,
    ).model_dump()
