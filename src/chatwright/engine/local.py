"""The local engine: a release's model, rendered, counted and turned into text here, computed elsewhere.

This side owns the words: template, openings, pointers, stop strings, refusals. A `Writer` computes:
OpenVINO in a child process (`child`), or a vLLM that we start (`vllm`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from chatwright.core.errors import ContextTooLong, EngineError, Unsupported
from chatwright.core.placeholders import PLACEHOLDER
from chatwright.core.types import (
    Ability,
    Chunk,
    Conversation,
    FinishReason,
    Message,
    Restorer,
    Route,
    Sampling,
    Token,
    Usage,
)
from chatwright.engine import abilities
from chatwright.engine.child import Child
from chatwright.engine.embedding import Embedding, Rows
from chatwright.engine.stream import Detokenizer, Wording
from chatwright.engine.writer import Load, Step, Writer, options_of
from chatwright.tokenizer import Chooser, Rendered, Tokenizer
from chatwright.tokenizer.chooser import SURE

BLOCK = 32
SEQUENCES = 256
BATCH_TOKENS = 2048
CAN: frozenset[Ability] = frozenset(
    ("seed", "stop", "logprobs", "penalties", "min_tokens", "ignore_end", "complete", "embed")
)


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
    model_folder: Path = Path()


def stop_ids(tokenizer: Tokenizer) -> list[int]:
    """The ids that end a reply: no control token but those that are written unseen."""
    return sorted(tokenizer.special - tokenizer.silent)


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
        writer: Writer | None = None,
    ) -> None:
        self._model = model
        self._queue, self._threads = queue, threads
        self._bytes = model.tokenizer.token_bytes()
        self._stop_ids = stop_ids(model.tokenizer)
        self._writer = writer or Child(self.child_options(cache_mb, prefix_cache), queue)
        self._scorer: Child | None = None
        self._scoring = asyncio.Lock()
        self._embedding: Embedding | None = None
        self._counted: tuple[Conversation, Rendered] | None = None

    def child_options(self, cache_mb: int, prefix_cache: bool) -> dict[str, Any]:
        """With what the OpenVINO child is started."""
        model = self._model
        per_token = model.layers * 2 * model.kv_heads * model.head_size * 4
        blocks = max(4 * model.context // BLOCK, cache_mb * 2**20 // (per_token * BLOCK))
        return {
            "folder": str(model.engine_folder),
            "blocks": blocks,
            "sequences": SEQUENCES,
            "batch_tokens": BATCH_TOKENS,
            "threads": self._threads,
            "prefix_cache": prefix_cache,
            "cache_precision": "f32",
            "stop_ids": self._stop_ids,
            "begin": model.tokenizer.begin,
            "vocabulary": len(model.tokenizer),
        }

    @property
    def context(self) -> int:
        return self._model.context

    @property
    def tokenizer(self) -> Tokenizer:
        return self._model.tokenizer

    @property
    def running(self) -> int:
        """Requests that are being answered."""
        return self._writer.running + (self._scorer.running if self._scorer else 0)

    @property
    def load(self) -> Load:
        """How much it has to do now."""
        return self._writer.load

    @property
    def can(self) -> frozenset[Ability]:
        """`schema` needs a file that releases of older versions lack."""
        return CAN | {"schema"} if self._writer.schemas else CAN

    def count(self, conversation: Conversation) -> int:
        rendered = self.tokenizer.render(conversation, open_reply=True)
        self._counted = conversation, rendered  # what is counted is mostly answered next
        return len(rendered)

    def _rendered(self, conversation: Conversation) -> Rendered:
        """As `count` has just made it, or made now: tokenizing is half of what a request costs."""
        (counted, rendered), self._counted = self._counted or (None, None), None
        if counted is conversation and rendered is not None:
            return rendered
        return self.tokenizer.render(conversation, open_reply=True)

    def tokens(self, text: str) -> list[int]:
        """The ids of `text`, control tokens spelled out as what they look like."""
        return self.tokenizer.encode(text)

    def text(self, ids: Sequence[int]) -> str:
        """The text of `ids`; control tokens are none."""
        return self.tokenizer.decode(self._known(ids))

    def embed(self, texts: Sequence[str]) -> Rows:
        """A unit row for each text [n, d]; see `embedding`. Slow the first time: it reads the weights."""
        if self._embedding is None:
            self._embedding = Embedding.load(self._model.model_folder)
        return self._embedding.rows([self.tokenizer.encode(text) for text in texts])

    def takes(self, conversation: Conversation) -> bool:
        """Whether the model's template can render it: a pretrained base's own may refuse an order of roles."""
        return self.tokenizer.takes(conversation)

    def health(self) -> Literal["ready", "starting", "failed"]:
        return self._writer.health()

    async def start(self) -> None:
        """Start the child and wait until it can answer."""
        await self._writer.start()

    async def close(self) -> None:
        for part in (self._scorer, self._writer):
            if part is not None:
                await part.close()
        self._scorer = None

    def chat(
        self, conversation: Conversation, sampling: Sampling, restorer: Restorer | None = None
    ) -> AsyncGenerator[Chunk, None]:
        abilities.check(sampling, self.can)
        rendered = self._rendered(conversation)
        opening, chosen = self.opening(conversation, sampling.max_tokens)
        if sampling.schema is not None:  # a known reply is no JSON
            opening, chosen = [], None
        return self.write(rendered, opening, sampling, restorer, chosen)

    async def write(
        self,
        rendered: Rendered,
        opening: list[int],
        sampling: Sampling,
        restorer: Restorer | None = None,
        chosen: float | None = None,
    ) -> AsyncGenerator[Chunk, None]:
        """What comes after `rendered` and then `opening`, which is unseen and counts as written; `chosen`: how
        likely the reply is that it opens."""
        tokenizer, prompt = self.tokenizer, rendered.ids
        room = self._room(prompt + opening)
        limit = min(sampling.max_tokens - len(opening), room)
        options = options_of(sampling, limit, len(opening))
        text = Detokenizer(self._bytes, tokenizer.pointing, rendered.session)
        steps = self._generate(prompt + opening, options)
        wording = Wording(text, sampling, restorer)
        async with contextlib.aclosing(
            self._chunks(steps, wording, len(prompt), opening, tokenizer.refuse)
        ) as chunks:
            async for chunk in chunks:
                yield chunk if chosen is None else replace(chunk, chosen=chosen)
                chosen = None

    async def _chunks(
        self,
        steps: AsyncGenerator[Step, None],
        wording: Wording,
        prompt_tokens: int,
        opening: Sequence[int] = (),
        refuse: int | None = None,
    ) -> AsyncGenerator[Chunk, None]:
        """The steps of one reply as chunks. It declines where its first token is `refuse`."""
        made, refused = len(opening), refuse in opening[:1]
        # Closed here, not when the collector comes: leaving early cancels at once.
        async with contextlib.aclosing(steps):
            async for ids, log_probs, finish in steps:
                refused = refused or (made == 0 and refuse in ids[:1])
                taken, shown, tokens = wording.push(ids, log_probs)
                made += taken
                route: Route | None = "refused" if refused else None
                if finish is None and not wording.stopped:
                    if shown or refused or tokens:
                        yield Chunk(shown, route=route, written=made, tokens=tokens)
                    continue
                rest, more = wording.finish()
                reason = _finish_reason(finish, wording.stopped)
                usage = Usage(prompt_tokens, made)
                yield Chunk(shown + rest, reason, usage, route, tokens=tokens + more)
                return

    async def complete(
        self, prompt: str | list[int], sampling: Sampling, *, echo: bool = False
    ) -> AsyncGenerator[Chunk, None]:
        """What the model writes after `prompt`, which no template wraps: raw text, or ids.

        With `echo` the first chunk is the prompt; with `sampling.logprobs` too its tokens, one for
        each id, of which the first has the probability 1. `max_tokens` 0 then writes nothing more.
        """
        ids = self._known(self.tokens(prompt) if isinstance(prompt, str) else prompt)
        ids = ids or [self.tokenizer.begin]
        abilities.check(sampling, self.can)
        limit = min(sampling.max_tokens, self._room(ids, least=0 if echo else 1))
        options = options_of(sampling, max(limit, 1))
        scored = echo and sampling.logprobs
        if scored:
            steps = _apart(len(ids), self._scored(ids, options | {"echo": True}))
        else:
            steps = self._generate(ids, options)
        async with contextlib.aclosing(steps):
            if scored:
                _, log_probs, _ = await anext(steps)
                yield self._echoed(ids, log_probs)
            elif echo:
                yield Chunk(self.tokenizer.decode(ids))
            if limit == 0:
                yield Chunk(finish_reason="length", usage=Usage(len(ids), 0))
                return
            wording = Wording(Detokenizer(self._bytes), sampling)
            async with contextlib.aclosing(self._chunks(steps, wording, len(ids))) as chunks:
                async for chunk in chunks:
                    yield chunk

    def _echoed(self, ids: list[int], log_probs: list[float]) -> Chunk:
        table = self._bytes
        found = (table[index] for index in ids)
        tokens = tuple(Token(b, p) for b, p in zip(found, [0.0, *log_probs[1:]], strict=True))
        return Chunk(self.tokenizer.decode(ids), tokens=tokens)

    def opening(self, conversation: Conversation, limit: int) -> tuple[list[int], float | None]:
        """How the reply begins where the chooser is sure, and how sure; the model writes on from there.

        Nothing where `limit` tokens would leave no room for words.
        """
        chooser = self._model.chooser
        # It knows questions, and learned without evidence.
        messages = tuple(m for m in conversation.messages if m.role != "evidence")
        if chooser is None or not messages or messages[-1].role != "user":
            return [], None
        number, probability = chooser.choose(messages)
        if probability < SURE or not self._can_say(number, messages):
            return [], None
        opening = self._model.tokenizer.opening(number)
        return (opening, probability) if len(opening) < limit else ([], None)

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
        assert not self._writer.cached_tokens, "score() needs prefix_cache=False"
        options = options_of(Sampling(max_tokens=1, logprobs=True), 1) | {"echo": True}
        found: list[float] = []
        async for _, log_probs, _ in self._generate(ids, options):
            found += log_probs
        if len(found) < len(ids):
            raise EngineError("The engine left out probabilities.", "Try again.")
        return found[1 : len(ids)]

    def _room(self, ids: Sequence[int], least: int = 1) -> int:
        room = self.context - len(ids)
        if room < least:
            raise ContextTooLong(
                f"The conversation has {len(ids):,} tokens; the model's context is "
                f"{self.context:,}.",
                "Shorten it.",
            )
        return room

    def _known(self, ids: Sequence[int]) -> list[int]:
        """`ids`, all of them in the vocabulary: the pipeline would read past its tables."""
        size = len(self.tokenizer)
        if not all(0 <= index < size for index in ids):
            raise Unsupported(
                f"A token id is not one of the model's {size:,}.",
                "Take ids that the model's own tokenizer made.",
                field="prompt",
            )
        return list(ids)

    def _generate(self, prompt: list[int], options: dict[str, Any]) -> AsyncGenerator[Step, None]:
        """(ids, log probabilities, finish) as they come; leaving early cancels."""
        return self._writer.generate(prompt, options)

    async def _scored(
        self, prompt: list[int], options: dict[str, Any]
    ) -> AsyncGenerator[Step, None]:
        """The same, the prompt and its probabilities first: in a child without prefix cache, started
        when first asked for."""
        writer: Writer = self._writer
        if writer.cached_tokens:
            async with self._scoring:
                if self._scorer is None:
                    scorer = Child(self.child_options(0, prefix_cache=False), self._queue)
                    await scorer.start()
                    self._scorer = scorer
            writer = self._scorer
        async with contextlib.aclosing(writer.generate(prompt, options)) as steps:
            async for step in steps:
                yield step


def _finish_reason(finish: str | None, stop_string: bool) -> FinishReason:
    return "length" if finish == "length" and not stop_string else "stop"


async def _apart(count: int, steps: AsyncGenerator[Step, None]) -> AsyncGenerator[Step, None]:
    """`steps` that begin with a prompt of `count` ids: its probabilities first, alone."""
    found: list[float] = []
    async with contextlib.aclosing(steps):
        async for ids, log_probs, finish in steps:
            missing = count - len(found)
            found += log_probs[:missing]
            if missing and len(found) == count:
                yield [], found, None
            yield ids[missing:], log_probs[missing:], finish
    if len(found) < count:
        raise EngineError("The engine left out probabilities.", "Try again.")
