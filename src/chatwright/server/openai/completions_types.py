"""What POST /v1/completions takes and gives, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field, model_validator

from chatwright.core.types import Sampling
from chatwright.server.limits import Text
from chatwright.server.openai.inputs import Ids, Words, one_by_one
from chatwright.server.openai.logprobs import CompletionLogprobs
from chatwright.server.openai.usage import UsageValue
from chatwright.server.openai.wire import UNSUPPORTED, Drawn, given, refused

PROMPTS = 64  # replies that one request may ask for: prompts times `n`
DEFAULT_TOKENS = 16  # OpenAI's

Several = Field(min_length=1, max_length=PROMPTS)
Prompts = Words | Ids | Annotated[list[Words], Several] | Annotated[list[Ids], Several]


class CompletionRequest(Drawn):
    """The body of POST /v1/completions."""

    unsupported: ClassVar[Mapping[str, tuple[Any, ...]]] = {
        **{name: harmless for name, harmless in UNSUPPORTED.items() if name != "best_of"},
        "suffix": (),
        "response_format": ({"type": "text"},),
        "add_special_tokens": (True, False),  # there are none to add
    }

    model: Text
    prompt: Prompts
    max_tokens: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    echo: bool | None = None
    logprobs: Annotated[int, Field(ge=0, le=5)] | None = None
    best_of: Annotated[int, Field(ge=1, le=20)] | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> CompletionRequest:
        if (self.logprobs or 0) > 1:
            raise refused("logprobs", "more than a token's own probability")
        if self.best_of is not None and self.best_of != (self.n or 1):
            raise refused("best_of", "choosing among more replies than are given")
        if len(self.prompts()) * (self.n or 1) > PROMPTS:
            raise ValueError(f"prompts times n is at most {PROMPTS}")
        return self

    def prompts(self) -> list[str | list[int]]:
        """The prompts, one by one."""
        return one_by_one(self.prompt)

    def sampling(self, default: Sampling) -> Sampling:
        return replace(
            super().sampling(default),
            max_tokens=given(self.max_tokens, DEFAULT_TOKENS),
            logprobs=self.logprobs is not None,
        )


class CompletionChoice(BaseModel):
    """One of the replies, or a piece of it. Replies to the first prompt come first."""

    index: int
    text: str
    logprobs: CompletionLogprobs | None
    finish_reason: Literal["stop", "length", "content_filter"]


class Completion(BaseModel):
    """The answer when it is not streamed."""

    id: str
    object: Literal["text_completion"] = "text_completion"
    created: int
    model: str
    system_fingerprint: str
    choices: list[CompletionChoice]
    usage: UsageValue


class CompletionChunkChoice(BaseModel):
    """A piece of one reply; the last one has the finish reason."""

    index: int
    text: str
    logprobs: CompletionLogprobs | None
    finish_reason: Literal["stop", "length", "content_filter"] | None


class CompletionChunk(BaseModel):
    """One event of a stream; the last one before [DONE] has usage and no choice, where asked for."""

    id: str
    object: Literal["text_completion"] = "text_completion"
    created: int
    model: str
    system_fingerprint: str
    choices: list[CompletionChunkChoice]
    usage: UsageValue | None = None
