"""Texts and token ids, one or several, as completions and embeddings take them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatwright.server.limits import CHARACTERS, Text

Words = Annotated[Text, Field(min_length=1, max_length=CHARACTERS)]
TokenId = Annotated[int, Field(ge=0, lt=2**31)]
Ids = Annotated[list[TokenId], Field(min_length=1, max_length=CHARACTERS)]


def one_by_one(
    given: str | list[int] | list[str] | list[list[int]],
) -> list[str | list[int]]:
    """Each text, or list of ids."""
    if isinstance(given, str):
        return [given]
    ids = [part for part in given if isinstance(part, int)]
    return [ids] if ids else [part for part in given if isinstance(part, str | list)]
