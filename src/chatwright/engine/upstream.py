"""The upstream engine: any OpenAI-compatible URL (OpenAI, vLLM, Ollama, llama-server, ...).

Token counts before the answer are estimates (the upstream owns its tokenizer) and say so; those in
the answer are the upstream's own where it gives them. What fails before the first word is tried again,
twice at most; an upstream that keeps failing is left alone and probed (`breaker`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from typing import Any, Literal

import httpx

from chatwright.core.errors import EngineError, EngineOverloaded, Unsupported
from chatwright.core.types import (
    Ability,
    Chunk,
    Conversation,
    FinishReason,
    Restorer,
    Sampling,
    Token,
    Usage,
)
from chatwright.engine import abilities
from chatwright.engine.breaker import PROBE_SECONDS, Breaker
from chatwright.engine.exchange import PATIENCE, Patience, Unreachable, events, odd
from chatwright.engine.providers import PROVIDERS, ProviderName, guess
from chatwright.engine.stream import StopStrings, Tokens

CHARACTERS_PER_TOKEN = 3  # a cautious estimate, for fitting history only
CONTEXT = 16_384
RETRIES = 2
BACKOFF = 0.25  # seconds before the first retry, twice that before the second, half of it by chance
BUSY_SECONDS = 2.0  # a busy upstream is waited for no longer than this
FINISH: dict[str, FinishReason] = {
    "stop": "stop",
    "length": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
    "content_filter": "content_filter",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where the model is. The key itself is read from the environment when a request is made."""

    base_url: str
    model: str
    api_key_env: str = ""
    provider: ProviderName | Literal["auto"] = "auto"
    patience: Patience = PATIENCE


@dataclass(frozen=True, slots=True)
class Piece:
    """What an event says."""

    text: str = ""
    finish: str | None = None
    usage: Usage | None = None
    tokens: tuple[Token, ...] = ()


class UpstreamEngine:
    """See `core.types.Engine`."""

    def __init__(
        self,
        upstream: Upstream,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self._upstream = upstream
        name = upstream.provider
        self._provider = PROVIDERS[guess(upstream.base_url) if name == "auto" else name]
        self._transport = transport
        self._client: httpx.AsyncClient | None = None
        self._breaker = breaker or Breaker()
        self._probing: asyncio.Task[None] | None = None

    @property
    def context(self) -> int:
        return CONTEXT

    @property
    def can(self) -> frozenset[Ability]:
        return self._provider.can

    def count(self, conversation: Conversation) -> int:
        return sum(4 + len(m.content) // CHARACTERS_PER_TOKEN for m in conversation.messages) + 3

    def health(self) -> Literal["ready", "starting", "failed"]:
        return "ready" if self._client is not None and not self._breaker.open else "starting"

    async def start(self) -> None:
        self._key()
        if self._client is None:
            patience = self._upstream.patience
            self._client = httpx.AsyncClient(
                base_url=self._upstream.base_url.rstrip("/") + "/",
                timeout=httpx.Timeout(None, connect=patience.connect),
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=32),
                transport=self._transport,
                follow_redirects=False,
            )

    async def close(self) -> None:
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.wait({self._probing})
            self._probing = None
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def chat(
        self, conversation: Conversation, sampling: Sampling, restorer: Restorer | None = None
    ) -> AsyncGenerator[Chunk, None]:
        abilities.check(sampling, self.can)
        told = sampling
        if restorer is not None:  # the upstream knows no value, so it cannot stop at one
            told = replace(sampling, stop=())
            if sampling.logprobs:  # and its tokens are of placeholders
                raise abilities.unsupported("logprobs")
        body = self._body(conversation, told)
        written = Written(sampling, restorer)
        async with contextlib.aclosing(self._pieces(body)) as pieces:
            async for piece in pieces:
                chunk = written.add(piece)
                if chunk.text or chunk.tokens:
                    yield chunk
                if written.stopped:
                    break
        yield written.end(self.count(conversation))

    async def _pieces(self, body: dict[str, Any]) -> AsyncGenerator[Piece, None]:
        """The pieces of the answer. Tried again while nothing of it has come."""
        attempt, begun = 0, False
        while True:
            client = self._may_ask()
            ended = False  # how this attempt went is known
            try:
                headers = {"Authorization": f"Bearer {key}"} if (key := self._key()) else {}
                stream = events(client, "chat/completions", body, headers, self._upstream.patience)
                finished = False
                async with contextlib.aclosing(stream) as found:
                    async for event in found:
                        piece = piece_of(event)
                        if not begun:
                            begun = ended = True
                            self._breaker.succeeded()
                        finished = finished or piece.finish is not None
                        yield piece
                if not finished:
                    raise Unreachable("The upstream's answer was cut off.")
                return
            except (Unreachable, EngineOverloaded) as error:
                ended = True
                wait = self._retry_in(error, attempt, begun)
                if wait is None:
                    raise
            except EngineError:  # it answers, and refuses us
                ended = True
                self._failed()
                raise
            except Unsupported:
                ended = True
                self._breaker.succeeded()
                raise
            finally:
                if not ended:  # left early: nothing was learned, another may try
                    self._breaker.answered()
            attempt += 1
            await asyncio.sleep(wait)

    def _may_ask(self) -> httpx.AsyncClient:
        if self._client is None:
            raise EngineError("The engine has not been started.", "Start the server again.")
        if not self._breaker.passes():
            raise EngineOverloaded(
                f"The upstream at {self._upstream.base_url} keeps failing; it is being probed.",
                "Try again in a moment.",
                retry_after=self._breaker.retry_after,
            )
        return self._client

    def _retry_in(
        self, error: Unreachable | EngineOverloaded, attempt: int, begun: bool
    ) -> float | None:
        """Seconds after which to try again; None: not at all. Notes the failure."""
        if isinstance(error, EngineOverloaded):
            # It lives: no failure, and it says itself when to come back.
            self._breaker.succeeded()
            wait, quick = error.retry_after, error.retry_after <= BUSY_SECONDS
        else:
            self._failed()
            wait, quick = BACKOFF * 2**attempt * (1 - random.random() / 2), error.quick
        again = quick and not begun and attempt < RETRIES and not self._breaker.open
        return wait if again else None

    def _failed(self) -> None:
        self._breaker.failed()
        if self._breaker.open and (self._probing is None or self._probing.done()):
            log.warning("The upstream at %s keeps failing.", self._upstream.base_url)
            self._probing = asyncio.create_task(self._probe())

    async def _probe(self) -> None:
        """Ask for its models every `PROBE_SECONDS` until a request has passed again."""
        while self._breaker.open:
            await asyncio.sleep(PROBE_SECONDS)
            self._breaker.wait()
            client = self._client
            if client is None:
                return
            try:
                headers = {"Authorization": f"Bearer {key}"} if (key := self._key()) else {}
                async with asyncio.timeout(self._upstream.patience.connect):
                    response = await client.get("models", headers=headers)
            except (httpx.HTTPError, TimeoutError, EngineError):
                continue
            if response.status_code < 500:
                self._breaker.answered()

    def _key(self) -> str:
        """The secret, from the environment; only OpenAI itself is known to need one."""
        name = self._upstream.api_key_env
        key = os.environ.get(name, "") if name else ""
        if not key and "api.openai.com" in self._upstream.base_url:
            raise EngineError(f"{name} is not set.", f"Export {name}, then start again.")
        return key

    def _body(self, conversation: Conversation, sampling: Sampling) -> dict[str, Any]:
        said = {"evidence": "system"}  # no API knows the role; the guard has marked what it says
        messages = [
            {"role": said.get(m.role, m.role), "content": m.content} for m in conversation.messages
        ]
        named = {"model": self._upstream.model, "messages": messages}
        return named | self._provider.body(sampling)


class Written:
    """The pieces of an answer, made into chunks."""

    def __init__(self, sampling: Sampling, restorer: Restorer | None) -> None:
        self._tokens = Tokens() if sampling.logprobs else None
        # Ours as well as the upstream's: some take fewer, or none.
        self._stops = StopStrings(sampling.stop, restorer)
        self._made, self._scored = 0, False
        self._usage: Usage | None = None
        self._finish: str | None = None

    @property
    def stopped(self) -> bool:
        return self._stops.hit

    def add(self, piece: Piece) -> Chunk:
        self._usage, self._finish = piece.usage or self._usage, piece.finish or self._finish
        self._made += len(piece.text)
        shown = self._stops.push(piece.text)
        return Chunk(shown, tokens=self._put(piece.tokens, shown))

    def _put(self, tokens: tuple[Token, ...], shown: str) -> tuple[Token, ...]:
        if self._tokens is None:
            return ()
        for token in tokens:
            self._scored = True
            self._tokens.put(token, token.bytes.decode(errors="ignore"))
        return self._tokens.shown(len(shown))

    def end(self, prompt_tokens: int) -> Chunk:
        """The last chunk; `prompt_tokens` is an estimate, where the upstream did not count."""
        rest = self._stops.finish()
        if self._tokens is not None and self._made and not self._scored:
            raise EngineError(
                "The upstream took no notice that probabilities were asked for.",
                "Set [model] provider in bot.toml to who it is.",
            )
        tokens = self._tokens.finish(len(rest)) if self._tokens is not None else ()
        finish = "stop" if self._stops.hit else self._finish
        assert finish is not None
        estimate = Usage(prompt_tokens, -(-self._made // CHARACTERS_PER_TOKEN), exact=False)
        reason = FINISH.get(finish, "stop")
        return Chunk(rest, reason, self._usage or estimate, tokens=tokens)


def piece_of(event: dict[str, Any]) -> Piece:
    """What an event of a chat stream says; raises `Unreachable` when it is no such event."""
    text, finish = "", None
    tokens: list[Token] = []
    try:
        for choice in event.get("choices") or []:
            text += (choice.get("delta") or {}).get("content") or ""
            finish = choice.get("finish_reason") or finish
            for token in (choice.get("logprobs") or {}).get("content") or []:
                spelled = token.get("bytes")
                said = token["token"].encode() if spelled is None else bytes(spelled)
                tokens.append(Token(said, min(float(token["logprob"]), 0.0)))
        usage = event.get("usage")
        return Piece(text, finish, _usage(usage) if usage else None, tuple(tokens))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise odd() from None


def _usage(usage: dict[str, Any]) -> Usage:
    details = usage.get("prompt_tokens_details") or {}
    return Usage(
        int(usage["prompt_tokens"]),
        int(usage["completion_tokens"]),
        cached_tokens=int(details.get("cached_tokens") or 0),
    )
