"""Spans of requests, answers and engines, for whoever traces. Nothing happens, and nothing is paid but one
comparison, until `use` names a tracer (`server/otel.py`). Writes nothing itself.

Names follow OpenTelemetry's conventions for generative AI, version 1.41 (status Development): here and nowhere
else.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from contextvars import ContextVar
from typing import Literal, Protocol

from chatwright.core.types import Chunk

OPERATION = "gen_ai.operation.name"
PROVIDER = "gen_ai.provider.name"
AGENT = "gen_ai.agent.name"
CONVERSATION = "gen_ai.conversation.id"
REQUEST_MODEL = "gen_ai.request.model"
RESPONSE_MODEL = "gen_ai.response.model"
FINISH_REASONS = "gen_ai.response.finish_reasons"
FIRST_CHUNK = "gen_ai.response.time_to_first_chunk"  # seconds
INPUT_TOKENS = "gen_ai.usage.input_tokens"
OUTPUT_TOKENS = "gen_ai.usage.output_tokens"
CACHED_TOKENS = "gen_ai.usage.cache_read.input_tokens"
INPUT = "gen_ai.input.messages"  # people's words: only where they are asked for
OUTPUT = "gen_ai.output.messages"

Kind = Literal["server", "internal", "client"]
Value = str | bool | int | float | list[str]


class Span(Protocol):
    """A stretch of work."""

    def note(self, name: str, value: Value) -> None:
        """Say something of it."""

    def end(self, error: BaseException | None = None) -> None:
        """It is over. Of an error the kind is told, never its words."""


class Tracer(Protocol):
    """Makes spans. `content`: what people and bot say may go into them."""

    content: bool

    def begin(
        self,
        name: str,
        kind: Kind,
        values: Mapping[str, Value],
        parent: Span | None,
        headers: Mapping[str, str] | None = None,
    ) -> Span:
        """One that begins now, below `parent`, or below what `headers` of a request name (W3C traceparent)."""


current: ContextVar[Span | None] = ContextVar("span", default=None)
_tracer: Tracer | None = None


def use(tracer: Tracer | None) -> None:
    """Trace with this one from now on, in this process; None: not at all."""
    global _tracer  # noqa: PLW0603  # one per process, as OpenTelemetry has it
    _tracer = tracer


def tracer() -> Tracer | None:
    return _tracer


async def over(
    chunks: AsyncGenerator[Chunk, None],
    tracer: Tracer,
    name: str,
    kind: Kind,
    values: Mapping[str, Value],
    parent: Span | None,
) -> AsyncGenerator[Chunk, None]:
    """`chunks`, within a span that tells how they ended; closing this closes them."""
    span, started, first = tracer.begin(name, kind, values, parent), time.monotonic(), True
    texts: list[str] = []
    failed: BaseException | None = None
    try:
        async with aclosing(chunks):
            while True:
                # Set for the step alone: between two steps the context is the reader's.
                token = current.set(span)
                try:
                    chunk = await anext(chunks, None)
                finally:
                    current.reset(token)
                if chunk is None:
                    return
                if first and chunk.text:
                    span.note(FIRST_CHUNK, time.monotonic() - started)
                    first = False
                if tracer.content:
                    texts.append(chunk.text)
                _note(span, chunk)
                yield chunk
    except (GeneratorExit, asyncio.CancelledError):
        span.note("chatwright.stopped", True)
        raise
    except BaseException as error:
        failed = error
        raise
    finally:
        if texts:
            span.note(OUTPUT, "".join(texts))
        span.end(failed)


def _note(span: Span, chunk: Chunk) -> None:
    if chunk.route is not None:
        span.note("chatwright.route", chunk.route)
    if chunk.confidence is not None:
        span.note("chatwright.confidence", chunk.confidence)
    if chunk.mark is not None:
        span.note("chatwright.mark", chunk.mark)
    if chunk.finish_reason is not None:
        span.note(FINISH_REASONS, [chunk.finish_reason])
    if chunk.usage is not None:
        span.note(INPUT_TOKENS, chunk.usage.prompt_tokens)
        span.note(OUTPUT_TOKENS, chunk.usage.completion_tokens)
        if chunk.usage.cached_tokens:
            span.note(CACHED_TOKENS, chunk.usage.cached_tokens)
