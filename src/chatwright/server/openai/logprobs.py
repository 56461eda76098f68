"""Tokens with their probabilities, as they are shown. The engine gives one probability per token, that
of the token itself; alternatives it does not give, and none are made up."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from pydantic import BaseModel

from chatwright.core.types import Token


class TokenLogprob(BaseModel):
    """One token. `bytes` are its own; `token` is the text that it completes, which is empty as long as
    a character is unfinished: so all of them together are the text."""

    token: str
    logprob: float
    bytes: list[int]
    top_logprobs: list[dict[str, object]] = []


class ChoiceLogprobs(BaseModel):
    """The tokens of a message."""

    content: list[TokenLogprob]
    refusal: None = None


class CompletionLogprobs(BaseModel):
    """The tokens of a raw completion. The first token of all has no probability: nothing is before it.

    `text_offset` counts characters from the start of `text`.
    """

    tokens: list[str]
    token_logprobs: list[float | None]
    top_logprobs: list[dict[str, float] | None] | None
    text_offset: list[int]


class Spelling:
    """Tokens -> the text that each of them completes."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def of(self, tokens: Sequence[Token], *, last: bool = False) -> list[str]:
        """`last`: no more will come, and an unfinished character is shown as one that is lost."""
        words = [self._decoder.decode(token.bytes) for token in tokens]
        if last and words:
            words[-1] += self._decoder.decode(b"", final=True)
        return words


def content(tokens: Sequence[Token], words: Sequence[str]) -> list[TokenLogprob]:
    return [
        TokenLogprob(token=word, logprob=min(0.0, token.logprob), bytes=list(token.bytes))
        for token, word in zip(tokens, words, strict=True)
    ]
