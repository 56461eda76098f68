"""What a trace tells of an answer and of the engine below it: the bot, the model, how it was asked."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator

from chatwright.core import tracing
from chatwright.core.tracing import Tracer, Value
from chatwright.core.types import Chunk, Conversation, Sampling
from chatwright.spec import Spec

Chunks = AsyncGenerator[Chunk, None]


def answer(
    tracer: Tracer, spec: Spec, release: str, deployment: str, asked: Conversation, chunks: Chunks
) -> Chunks:
    """The whole answer: guard, route, search and engine are below it."""
    values: dict[str, Value] = {
        tracing.OPERATION: "invoke_agent",
        tracing.PROVIDER: "chatwright",
        tracing.AGENT: spec.bot.name,
        "chatwright.release": release,
        "chatwright.deployment": deployment,
    }
    if asked.id:
        values[tracing.CONVERSATION] = asked.id
    name = f"invoke_agent {spec.bot.name}"
    return tracing.over(chunks, tracer, name, "internal", values, tracing.current.get())


def engine(
    tracer: Tracer,
    spec: Spec,
    release: str,
    shown: Conversation,
    sampling: Sampling,
    chunks: Chunks,
) -> Chunks:
    """What the engine writes; `shown` is what it reads, with placeholders where there are any."""
    hosted = spec.model.kind == "hosted"
    model = spec.model.hosted_model if hosted else spec.bot.name
    values: dict[str, Value] = {
        tracing.OPERATION: "chat",
        tracing.PROVIDER: spec.model.provider if hosted else "chatwright",
        tracing.REQUEST_MODEL: model,
        tracing.RESPONSE_MODEL: model if hosted else release,
        "gen_ai.request.max_tokens": sampling.max_tokens,
        "gen_ai.request.temperature": sampling.temperature,
        "gen_ai.request.top_p": sampling.top_p,
        "gen_ai.request.stream": True,
    }
    if sampling.top_k is not None:
        values["gen_ai.request.top_k"] = sampling.top_k
    if sampling.seed is not None:
        values["gen_ai.request.seed"] = sampling.seed
    if sampling.stop:
        values["gen_ai.request.stop_sequences"] = list(sampling.stop)
    if tracer.content:
        said = [{"role": one.role, "content": one.content} for one in shown.messages]
        values[tracing.INPUT] = json.dumps(said, ensure_ascii=False)
    kind: tracing.Kind = "client" if hosted else "internal"
    return tracing.over(chunks, tracer, f"chat {model}", kind, values, tracing.current.get())
