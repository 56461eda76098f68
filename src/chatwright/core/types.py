"""The shared vocabulary: what a conversation is, what is asked of an engine, what comes back.

Plain frozen values. No behaviour beyond what belongs to the value itself.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Role = Literal["system", "user", "assistant", "tool", "evidence"]
Route = Literal["curated", "retrieved", "generated", "refused"]
FinishReason = Literal["stop", "length", "tool_calls", "content_filter"]
# What the guard did to a turn: why it declined, or that it spoke in the bot's place; or that the bot asks back.
Mark = Literal["blocked", "unsafe", "claim", "handover", "disclosure", "clarify"]
# Why a person is wanted in a conversation: the visitor asks for one, the guard does for them, a task was given
# up, the bot could not help several times; or nobody asked, and one of the team took over.
HandoverReason = Literal["asked", "guard", "task", "confidence", "team"]

Ability = Literal[
    "seed", "stop", "logprobs", "schema", "penalties", "min_tokens", "ignore_end", "complete", "embed"
]  # fmt: skip

ROLES: tuple[Role, ...] = ("system", "user", "assistant", "tool", "evidence")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a conversation came from: enough to find the row again in the user's own file."""

    source: str  # path relative to the bot folder, or a channel's name
    position: int  # 0-based row, or line, in that source
    original_id: str | None = None
    time: str | None = None  # ISO 8601, where the source gives one


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. `refused` marks an assistant turn that declines (it trains the refusal token)."""

    role: Role
    content: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """Ordered messages with provenance: the unit of import, training, serving and feedback."""

    messages: tuple[Message, ...]
    id: str = ""
    provenance: Provenance | None = None
    label: bool | None = None  # the last reply was judged good or bad (KTO, thumbs)
    rejected: str | None = None  # a reply that was judged worse than the last one

    def before(self, index: int) -> Conversation:
        """The same conversation cut just before message `index`."""
        return Conversation(self.messages[:index], self.id, self.provenance)

    def plus(self, *messages: Message) -> Conversation:
        """The same conversation with `messages` added at its end."""
        return Conversation((*self.messages, *messages), self.id, self.provenance)


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to draw tokens. `temperature` 0 is greedy. `seed` None lets the engine choose."""

    max_tokens: int = 256
    temperature: float = 0.0
    top_p: float = 1.0
    top_k: int | None = None
    repetition_penalty: float = 1.0
    presence_penalty: float = 0.0
    frequency_penalty: float = 0.0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    min_tokens: int = 0
    ignore_end: bool = False  # write on to max_tokens, whatever the model says
    logprobs: bool = False  # chunks carry their tokens
    schema: str | None = None  # JSON schema that the reply must satisfy


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a reply, as it was drawn: its bytes may be part of a character."""

    bytes: bytes
    logprob: float  # nats, <= 0


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens counted by the engine itself, never estimated, unless `exact` says otherwise."""

    prompt_tokens: int
    completion_tokens: int
    exact: bool = True
    cached_tokens: int = 0  # of the prompt: found in the engine's cache

    @property
    def total_tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True)
class Source:
    """A passage or curated answer that a reply rests on."""

    title: str
    uri: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece of a reply. `text` may be empty; the last chunk alone has `finish_reason` and `usage`.

    `route` is set as soon as it is known (at the latest on the last chunk); `left_out` counts the
    oldest messages that did not fit the context and were not shown to the model; `mark` is the guard's.
    """

    text: str = ""
    finish_reason: FinishReason | None = None
    usage: Usage | None = None
    route: Route | None = None
    confidence: float | None = None
    sources: tuple[Source, ...] = ()
    left_out: int = 0
    written: int = 0  # tokens of the reply so far, where the engine counts them
    tokens: tuple[Token, ...] = ()  # whose text ends in this chunk, where logprobs are asked for
    mark: Mark | None = None
    explanation: Mapping[str, Any] | None = None  # of the route, for the owner's eyes
    chosen: float | None = None  # how likely the known reply is that the engine began with
    handover: HandoverReason | None = None  # a person is to take over


class Restorer(Protocol):
    """Puts values in the place of placeholders, in a text that comes in pieces."""

    def push(self, text: str) -> str:
        """What can be shown by now."""

    def finish(self) -> str:
        """The text ended: what was held back."""


class Engine(Protocol):
    """Turns a conversation into a stream of chunks. Local, or any OpenAI-compatible upstream.

    `chat` ends with exactly one chunk that has a `finish_reason` and `usage`, or raises an
    `EngineError`; `Unsupported` where `sampling` asks for what it cannot do. Closing the iterator
    early cancels the request within one step.
    """

    @property
    def can(self) -> frozenset[Ability]:
        """What it can be asked for; anything else raises `Unsupported`."""

    @property
    def context(self) -> int:
        """Tokens that prompt and reply may have together."""

    def count(self, conversation: Conversation) -> int:
        """Prompt tokens of `conversation`, the opening of the reply included."""

    def chat(
        self, conversation: Conversation, sampling: Sampling, restorer: Restorer | None = None
    ) -> AsyncIterator[Chunk]:
        """Stream the next assistant message, as `restorer` shows it; stop strings are of what it shows."""

    async def start(self) -> None:
        """Become able to answer; raises `EngineError` when that is impossible."""

    async def close(self) -> None:
        """Cancel what runs and free everything."""

    def health(self) -> Literal["ready", "starting", "failed"]:
        """Whether a request sent now would be answered."""


class Embedder(Protocol):
    """Texts as vectors whose cosine says how alike they are. Vectors of two ids are never compared."""

    @property
    def id(self) -> str:
        """A hash of all that determines the vectors: weights, tokenizer, version."""

    @property
    def dimensions(self) -> int:
        """How long a vector is."""

    def embed(self, texts: Sequence[str]) -> Any:
        """A float32 array [n, dimensions], each row of length 1 (or 0, for a text without content)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply, gathered from its chunks."""

    text: str
    finish_reason: FinishReason
    usage: Usage
    route: Route
    confidence: float | None = None
    sources: tuple[Source, ...] = ()
    left_out: int = 0
    mark: Mark | None = None
    explanation: Mapping[str, Any] | None = None


class Responder(Protocol):
    """What evaluation talks to: the same `reply` that the server calls."""

    def reply(
        self, conversation: Conversation, sampling: Sampling | None = None
    ) -> AsyncIterator[Chunk]:
        """Stream the answer to a conversation that ends with a user message."""


async def gather(chunks: AsyncIterator[Chunk]) -> Reply:
    """Collect a stream of chunks into one `Reply`."""
    parts: list[str] = []
    seen: dict[str, Any] = {}
    async for chunk in chunks:
        parts.append(chunk.text)
        for name in ("finish_reason", "usage", "route", "confidence", "mark", "explanation"):
            if getattr(chunk, name) is not None:
                seen[name] = getattr(chunk, name)
        if chunk.sources:
            seen["sources"] = chunk.sources
        if chunk.left_out:
            seen["left_out"] = chunk.left_out
    assert "finish_reason" in seen and "usage" in seen, "an engine ended without a finish reason"
    seen.setdefault("route", "generated")
    return Reply(text="".join(parts), **seen)


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not kept, with the reason, and enough of it to find and restore it."""

    reason: str
    provenance: Provenance
    excerpt: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
