"""The local engine: a release's model behind OpenVINO's continuous batching, in a child process.

This side renders, counts, turns ids into text and supervises; `worker` only computes. The child is
started again when it dies; requests in flight then get an `EngineError` at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from chatwright.core.errors import ContextTooLong, EngineError, EngineOverloaded
from chatwright.core.placeholders import PLACEHOLDER
from chatwright.core.types import (
    Chunk,
    Conversation,
    FinishReason,
    Message,
    Restorer,
    Route,
    Sampling,
    Usage,
)
from chatwright.engine.stream import Detokenizer, StopStrings
from chatwright.tokenizer import Chooser, Rendered, Tokenizer
from chatwright.tokenizer.chooser import SURE

START_SECONDS = 120.0
LINE_LIMIT = 64 * 1024 * 1024
BLOCK = 32
SEQUENCES = 256
BATCH_TOKENS = 2048
RESTARTS = (0.0, 0.5, 2.0, 5.0, 15.0)  # seconds to wait before the n-th restart in a row
STABLE_SECONDS = 60.0  # a child that lived this long starts the count anew


@dataclass(frozen=True, slots=True)
class LocalModel:
    """What the engine needs of a release."""

    engine_folder: Path
    tokenizer: Tokenizer
    context: int
    layers: int
    kv_heads: int
    head_size: int
    chooser: Chooser | None = None


@dataclass(slots=True)
class Request:
    """A reply in the making: what the child has sent and nobody has taken yet."""

    events: asyncio.Queue[list[Any] | EngineError] = field(default_factory=asyncio.Queue)


class LocalEngine:
    """See `core.types.Engine`."""

    def __init__(
        self,
        model: LocalModel,
        *,
        threads: int = 0,
        cache_mb: int = 256,
        queue: int = 256,
        prefix_cache: bool = True,
    ) -> None:
        self._model = model
        self._prefix_cache = prefix_cache
        self._threads, self._queue = threads, queue
        per_token = model.layers * 2 * model.kv_heads * model.head_size * 4
        self._blocks = max(4 * model.context // BLOCK, cache_mb * 2**20 // (per_token * BLOCK))
        self._bytes = model.tokenizer.token_bytes()
        self._stop_ids = sorted(model.tokenizer.special - model.tokenizer.silent)
        self._requests: dict[int, Request] = {}
        self._next = 0
        self._child: asyncio.subprocess.Process | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._failure: str | None = None
        self._closing = False

    @property
    def context(self) -> int:
        return self._model.context

    @property
    def tokenizer(self) -> Tokenizer:
        return self._model.tokenizer

    @property
    def running(self) -> int:
        """Requests that are being answered."""
        return len(self._requests)

    def count(self, conversation: Conversation) -> int:
        return len(self._model.tokenizer.render(conversation, open_reply=True))

    def health(self) -> Literal["ready", "starting", "failed"]:
        if self._ready.is_set():
            return "ready"
        return "failed" if self._failure else "starting"

    async def start(self) -> None:
        """Start the child and wait until it can answer."""
        self._closing = False
        if self._supervisor is None:
            self._supervisor = asyncio.create_task(self._supervise())
        waiting = asyncio.create_task(self._ready.wait())
        try:
            await asyncio.wait({waiting, self._supervisor}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        if not self._ready.is_set():
            raise EngineError(
                f"The engine could not start: {self._failure or 'no reason given'}.",
                "Run `chatwright doctor`, or train again.",
            )

    async def close(self) -> None:
        self._closing = True
        if self._child is not None:
            await _ended(self._child)
        if self._supervisor is not None:
            self._supervisor.cancel()  # it may wait for a restart, or have no child yet
            await asyncio.wait({self._supervisor})
            self._supervisor = None

    async def chat(
        self, conversation: Conversation, sampling: Sampling, restorer: Restorer | None = None
    ) -> AsyncGenerator[Chunk, None]:
        rendered = self.tokenizer.render(conversation, open_reply=True)
        opening = self.opening(conversation, sampling.max_tokens)
        async with contextlib.aclosing(self.write(rendered, opening, sampling, restorer)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def write(
        self,
        rendered: Rendered,
        opening: list[int],
        sampling: Sampling,
        restorer: Restorer | None = None,
    ) -> AsyncGenerator[Chunk, None]:
        """What comes after `rendered` and then `opening`, which is unseen and counts as written."""
        tokenizer, prompt = self.tokenizer, rendered.ids
        room = self.context - len(prompt) - len(opening)
        if room < 1:
            raise ContextTooLong(
                f"The conversation has {len(prompt):,} tokens; the model's context is "
                f"{self.context:,}.",
                "Shorten it.",
            )
        text = Detokenizer(self._bytes, tokenizer.pointing, rendered.session)
        stops, refuse = StopStrings(sampling.stop, restorer), tokenizer.refuse
        made, refused = len(opening), opening[:1] == [refuse]
        options = _options(sampling, min(sampling.max_tokens - len(opening), room))
        # Closed here, not when the collector comes: leaving early cancels at once.
        async with contextlib.aclosing(self._generate(prompt + opening, options)) as steps:
            async for ids, _, finish in steps:
                refused = refused or (made == 0 and ids[:1] == [refuse])
                shown = ""
                # One by one where a stop string may hit: the reply, and its usage, end there
                # however the ids came together.
                for some in ([id] for id in ids) if sampling.stop else (ids,):
                    made += len(some)
                    shown += stops.push(text.push(some))
                    if stops.hit:
                        break
                route: Route | None = "refused" if refused else None
                if finish is None and not stops.hit:
                    if shown or refused:
                        yield Chunk(shown, route=route)
                    continue
                if not stops.hit:
                    shown += stops.push(text.finish()) + stops.finish()
                reason = _finish_reason(finish, stops.hit)
                usage = Usage(len(prompt), made)
                yield Chunk(shown, finish_reason=reason, usage=usage, route=route)
                return

    def opening(self, conversation: Conversation, limit: int) -> list[int]:
        """How the reply begins where the chooser is sure; the model writes on from there.

        Nothing where `limit` tokens would leave no room for words.
        """
        chooser, messages = self._model.chooser, conversation.messages
        if chooser is None or not messages or messages[-1].role != "user":
            return []
        number, probability = chooser.choose(messages)
        if probability < SURE or not self._can_say(number, messages):
            return []
        opening = self._model.tokenizer.opening(number)
        return opening if len(opening) < limit else []

    def _can_say(self, number: int, messages: Sequence[Message]) -> bool:
        """Whether every placeholder of a known reply stands for something in this conversation."""
        tokenizer = self._model.tokenizer
        if not tokenizer.placeholders:
            return True
        wanted = PLACEHOLDER.findall(tokenizer.known[number].text)
        return not wanted or set(wanted) <= {
            p for m in messages for p in PLACEHOLDER.findall(m.content)
        }

    async def score(self, ids: list[int]) -> list[float]:
        """Log probability (nats) of each id but the first, given those before it.

        The same weights and arithmetic that write replies, used by evaluation. Needs an engine
        without prefix cache: what a cache skips is not computed, so it has no probability.
        """
        assert not self._prefix_cache, "score() needs an engine opened with prefix_cache=False"
        options = _options(Sampling(max_tokens=1), 1) | {"echo": True}
        found: list[float] = []
        async for _, log_probs, _ in self._generate(ids, options):
            found += log_probs
        if len(found) < len(ids):
            raise EngineError("The engine left out probabilities.", "Try again.")
        return found[1 : len(ids)]

    async def _generate(
        self, prompt: list[int], options: dict[str, Any]
    ) -> AsyncGenerator[tuple[list[int], list[float], str | None], None]:
        """(ids, log probabilities, finish) as they come; leaving early cancels."""
        if len(self._requests) >= self._queue:
            raise EngineOverloaded(
                f"{self._queue} requests are already being answered.", "Try again in a moment."
            )
        if not self._ready.is_set():
            await self._wait_for_restart()
        number, request = self._next, Request()
        self._next += 1
        self._requests[number] = request
        finished = False
        try:
            self._send({"add": [number, prompt, options]})
            while not finished:
                event = await request.events.get()
                if isinstance(event, EngineError):
                    finished = True
                    raise event
                _, ids, log_probs, finish = event
                finished = finish is not None
                if finish == "ignored":
                    raise EngineError(
                        "The engine's cache is too small for this conversation.",
                        "Raise [engine] cache_mb in bot.toml.",
                    )
                if finish == "cancelled":
                    raise EngineError("The engine dropped the request.", "Try again.")
                yield ids, log_probs, finish
        finally:
            self._requests.pop(number, None)
            if not finished:
                self._send({"cancel": number})

    async def _wait_for_restart(self) -> None:
        try:
            await asyncio.wait_for(self._ready.wait(), 10)
        except TimeoutError:
            raise EngineError("The engine is not running.", "Try again in a moment.") from None

    def _send(self, command: dict[str, Any]) -> None:
        child = self._child
        if child is None or child.stdin is None or child.stdin.is_closing():
            return  # the supervisor tells those who wait
        with contextlib.suppress(ConnectionError):
            child.stdin.write(json.dumps(command, separators=(",", ":")).encode() + b"\n")

    async def _supervise(self) -> None:
        """Keep a child alive until `close`; give up when it never became ready."""
        deaths = 0
        while not self._closing:
            began = time.monotonic()
            try:
                was_ready = await self._run_child()
            finally:
                self._ready.clear()
                self._fail_all()
            if not was_ready and not deaths:
                return
            deaths = 1 if time.monotonic() - began > STABLE_SECONDS else deaths + 1
            await asyncio.sleep(RESTARTS[min(deaths, len(RESTARTS)) - 1])

    def _fail_all(self) -> None:
        for request in self._requests.values():
            request.events.put_nowait(
                EngineError("The engine stopped in the middle of the answer.", "Try again.")
            )

    async def _run_child(self) -> bool:
        """Start a child and pass on what it says until it ends. Whether it ever was ready."""
        options = {
            "folder": str(self._model.engine_folder),
            "blocks": self._blocks,
            "sequences": SEQUENCES,
            "batch_tokens": BATCH_TOKENS,
            "threads": self._threads,
            "prefix_cache": self._prefix_cache,
            "cache_precision": "f32",
            "stop_ids": self._stop_ids,
        }
        self._child = child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "chatwright.engine.worker", json.dumps(options)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None if os.environ.get("CHATWRIGHT_DEBUG") else asyncio.subprocess.DEVNULL,
            limit=LINE_LIMIT,
            start_new_session=True,  # Ctrl-C reaches the server, which then drains and closes
        )
        assert child.stdout is not None
        was_ready = False
        try:
            async with asyncio.timeout(START_SECONDS) as patience:
                async for line in child.stdout:
                    message = json.loads(line)
                    if "tokens" in message:
                        self._dispatch(message["tokens"])
                    elif "ready" in message:
                        patience.reschedule(None)
                        was_ready, self._failure = True, None
                        self._ready.set()
                    else:
                        self._failure = message.get("failed")
        except TimeoutError:
            self._failure = f"the model did not load within {START_SECONDS:.0f} s"
            child.kill()
        finally:
            await _ended(child)
        if not was_ready and self._failure is None:
            self._failure = f"its process ended with code {child.returncode}"
        return was_ready

    def _dispatch(self, entries: list[list[Any]]) -> None:
        for entry in entries:
            request = self._requests.get(entry[0])
            if request is not None:
                request.events.put_nowait(entry)


async def _ended(child: asyncio.subprocess.Process) -> None:
    """Wait until `child`, which has closed its output or shall end, is gone."""
    if child.stdin is not None:
        child.stdin.close()
    try:
        await asyncio.wait_for(child.wait(), 5)
    except TimeoutError:
        child.kill()
        await child.wait()


def _options(sampling: Sampling, max_tokens: int) -> dict[str, Any]:
    seed = sampling.seed if sampling.seed is not None else random.getrandbits(32)
    return {
        "max_tokens": max_tokens,
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "top_k": sampling.top_k,
        "repetition_penalty": sampling.repetition_penalty,
        "presence_penalty": sampling.presence_penalty,
        "frequency_penalty": sampling.frequency_penalty,
        "seed": seed % 2**63,
        "echo": False,
    }


def _finish_reason(finish: str | None, stop_string: bool) -> FinishReason:
    return "length" if finish == "length" and not stop_string else "stop"
