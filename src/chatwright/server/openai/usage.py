"""What is told of tokens: counts, as the engine counted them."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from chatwright.core.types import Usage


class PromptDetails(BaseModel):
    """Of the prompt: tokens that were found in the engine's cache."""

    cached_tokens: int


class UsageValue(BaseModel):
    """Tokens of one request."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    prompt_tokens_details: PromptDetails

    @classmethod
    def of(cls, usage: Usage) -> UsageValue:
        return cls(
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
            total_tokens=usage.total_tokens,
            prompt_tokens_details=PromptDetails(cached_tokens=usage.cached_tokens),
        )


def once(usages: Iterable[Usage | None]) -> Usage:
    """The usage of several replies to one prompt: it is read once, and each reply is written."""
    known = [usage for usage in usages if usage is not None]
    first = known[0]
    return Usage(
        first.prompt_tokens,
        sum(usage.completion_tokens for usage in known),
        all(usage.exact for usage in known),
        min(usage.cached_tokens for usage in known),
    )


def several(usages: Iterable[Usage]) -> Usage:
    """The usage of several prompts."""
    all_of = list(usages)
    return Usage(
        sum(usage.prompt_tokens for usage in all_of),
        sum(usage.completion_tokens for usage in all_of),
        all(usage.exact for usage in all_of),
        sum(usage.cached_tokens for usage in all_of),
    )
