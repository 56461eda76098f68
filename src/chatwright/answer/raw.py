"""What some engines can do besides chatting: complete raw text, spell it as tokens, embed it.

The one place where the server meets these parts of an engine. An engine says in `can` what it is able to
do; what is not there is an error that names the field which asked for it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from chatwright.core.errors import Unsupported
from chatwright.core.types import Chunk, Conversation, Engine, Sampling
from chatwright.tokenizer import Tokenizer


class Raw(Protocol):
    """An engine that owns its tokenizer (`complete` in `can`)."""

    @property
    def tokenizer(self) -> Tokenizer:
        """Text to ids, and conversations to prompts."""

    def complete(
        self, prompt: str | list[int], sampling: Sampling, *, echo: bool = False
    ) -> AsyncGenerator[Chunk, None]:
        """Write on where `prompt` ends, without a template. With `echo` the first chunk is the prompt
        alone, with its tokens where they are asked for; nothing is before the first of them, so its
        probability is void. No `max_tokens` are a limit too. Raises `Unsupported` for unknown ids."""

    def tokens(self, text: str) -> list[int]:
        """The ids that `text` becomes, special tokens never among them."""

    def text(self, ids: list[int]) -> str:
        """The text that `ids` stand for. Raises `Unsupported` for unknown ids."""


class Embedding(Protocol):
    """An engine that knows where texts lie (`embed` in `can`)."""

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """[n, d], rows of length 1. Computes in the caller's thread."""


def can(engine: Engine, what: str) -> bool:
    """Whether `engine` is able to do `what`."""
    return what in getattr(engine, "can", frozenset())


def need(engine: Engine, what: str, field: str | None, about: str) -> None:
    """Raise `Unsupported` unless `engine` can do `what`; `field` of the request asked for it."""
    if not can(engine, what):
        raise Unsupported(
            f"This bot's model cannot give {about}.",
            f"Leave {field} out." if field else "Ask another model.",
            field=field,
        )


def raw(engine: Engine) -> Raw:
    """`engine` as one that completes. Raises `Unsupported`."""
    need(engine, "complete", None, "raw completions or tokens")
    return cast("Raw", engine)


def embedding(engine: Engine) -> Embedding:
    """`engine` as one that embeds. Raises `Unsupported`."""
    need(engine, "embed", None, "embeddings")
    return cast("Embedding", engine)


def prompt(engine: Raw, conversation: Conversation, *, opened: bool) -> list[int]:
    """The ids of `conversation` as the model sees it; `opened`: up to where its reply begins."""
    return engine.tokenizer.render(conversation, open_reply=opened).ids
