"""The upstream engine: any OpenAI-compatible URL (OpenAI, vLLM, Ollama, llama-server, ...).

Token counts before the answer are estimates (the upstream owns its tokenizer) and say so; those in
the answer are the upstream's own where it gives them.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import httpx

from chatwright.core.errors import EngineError, EngineOverloaded, Unsupported
from chatwright.core.types import Chunk, Conversation, FinishReason, Restorer, Sampling, Usage
from chatwright.engine.stream import StopStrings

CHARACTERS_PER_TOKEN = 3  # a cautious estimate, for fitting history only
CONTEXT = 16_384
FINISH: dict[str, FinishReason] = {
    "stop": "stop",
    "length": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
    "content_filter": "content_filter",
}
TIMEOUT = httpx.Timeout(120.0, connect=5.0)


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where the model is. The key itself is read from the environment when a request is made."""

    base_url: str
    model: str
    api_key_env: str = ""


class UpstreamEngine:
    """See `core.types.Engine`."""

    def __init__(self, upstream: Upstream, *, transport: httpx.AsyncBaseTransport | None = None):
        self._upstream = upstream
        self._transport = transport
        self._client: httpx.AsyncClient | None = None

    @property
    def context(self) -> int:
        return CONTEXT

    def count(self, conversation: Conversation) -> int:
        return sum(4 + len(m.content) // CHARACTERS_PER_TOKEN for m in conversation.messages) + 3

    def health(self) -> Literal["ready", "starting", "failed"]:
        return "ready" if self._client is not None else "starting"

    async def start(self) -> None:
        self._key()
        if self._client is None:
            self._client = httpx.AsyncClient(
                base_url=self._upstream.base_url.rstrip("/") + "/",
                timeout=TIMEOUT,
                transport=self._transport,
                follow_redirects=False,
            )

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def chat(
        self, conversation: Conversation, sampling: Sampling, restorer: Restorer | None = None
    ) -> AsyncIterator[Chunk]:
        stops = StopStrings(())
        if restorer is not None:  # the upstream knows no value, so it cannot stop at one
            stops, sampling = StopStrings(sampling.stop, restorer), replace(sampling, stop=())
        if self._client is None:
            raise EngineError("The engine has not been started.", "Start the server again.")
        body = self._body(conversation, sampling)
        headers = {"Authorization": f"Bearer {key}"} if (key := self._key()) else {}
        made, usage, finish = 0, None, None
        try:
            async with self._client.stream(
                "POST", "chat/completions", json=body, headers=headers
            ) as response:
                await _check(response)
                async for text, reason, counted in _events(response):
                    usage, finish = counted or usage, reason or finish
                    made += len(text)
                    if shown := stops.push(text):
                        yield Chunk(shown)
                    if stops.hit:
                        break
        except httpx.HTTPError as error:
            raise EngineError(
                f"The upstream at {self._upstream.base_url} failed ({type(error).__name__}).",
                "Check that it runs, then try again.",
            ) from error
        rest = stops.finish()
        if stops.hit:
            finish = "stop"
        if finish is None:
            raise EngineError("The upstream's answer was cut off.", "Try again.")
        estimate = Usage(self.count(conversation), -(-made // CHARACTERS_PER_TOKEN), exact=False)
        yield Chunk(rest, finish_reason=FINISH.get(finish, "stop"), usage=usage or estimate)

    def _key(self) -> str:
        """The secret, from the environment; only OpenAI itself is known to need one."""
        name = self._upstream.api_key_env
        key = os.environ.get(name, "") if name else ""
        if not key and "api.openai.com" in self._upstream.base_url:
            raise EngineError(f"{name} is not set.", f"Export {name}, then start again.")
        return key

    def _body(self, conversation: Conversation, sampling: Sampling) -> dict[str, Any]:
        if any(m.role == "evidence" for m in conversation.messages):
            raise Unsupported("This engine cannot be given evidence messages.", field="messages")
        body: dict[str, Any] = {
            "model": self._upstream.model,
            "messages": [{"role": m.role, "content": m.content} for m in conversation.messages],
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": sampling.max_tokens,
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
        }
        optional = {
            "presence_penalty": sampling.presence_penalty,
            "frequency_penalty": sampling.frequency_penalty,
            "stop": list(sampling.stop),
        }
        # The extras are not OpenAI's; engines that know them get them only when they are asked for.
        extras = {"top_k": sampling.top_k}
        if sampling.seed is not None:  # 0 is a seed too
            body["seed"] = sampling.seed
        if sampling.repetition_penalty != 1.0:
            extras["repetition_penalty"] = sampling.repetition_penalty  # type: ignore[assignment]
        return body | {k: v for k, v in (optional | extras).items() if v}


async def _check(response: httpx.Response) -> None:
    if response.status_code < 400:
        return
    text = (await response.aread()).decode(errors="replace")[:300]
    problem = f"The upstream answered {response.status_code}: {_message(text)}"
    if response.status_code in (429, 503):
        wait = response.headers.get("retry-after", "1")
        seconds = float(wait) if wait.replace(".", "", 1).isdecimal() else 1.0
        raise EngineOverloaded(problem, "Try again in a moment.", retry_after=seconds)
    raise EngineError(problem, "Check the model's name, the key and the URL in bot.toml.")


def _message(text: str) -> str:
    try:
        error = json.loads(text)["error"]
    except (ValueError, KeyError, TypeError):
        return text
    return str(error.get("message", error)) if isinstance(error, dict) else str(error)


Piece = tuple[str, str | None, Usage | None]  # text, finish reason, usage


async def _events(response: httpx.Response) -> AsyncIterator[Piece]:
    """What each event of a chat stream says; raises `EngineError` on an error event or a bad one."""
    async for line in response.aiter_lines():
        if not line.startswith("data:"):
            continue
        data = line[5:].strip()
        if data.startswith("[DONE]"):
            return
        try:
            event = json.loads(data)
            if event.get("error"):
                raise EngineError(f"The upstream failed: {_message(data)}", "Try again.")
            yield _piece(event)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise EngineError(
                "The upstream sent an event that is not a piece of a chat.",
                "Check that base_url in bot.toml is an OpenAI-compatible one.",
            ) from None


def _piece(event: dict[str, Any]) -> Piece:
    text, finish = "", None
    for choice in event.get("choices") or []:
        text += (choice.get("delta") or {}).get("content") or ""
        finish = choice.get("finish_reason") or finish
    usage = event.get("usage")
    counted = usage and Usage(int(usage["prompt_tokens"]), int(usage["completion_tokens"]))
    return text, finish, counted or None
