"""The engine of a bot that has no model: it writes nothing, and declines.

Such a bot answers by what it finds (curated answers, its documents), which is decided before an engine is
asked; what is left for the engine is what was not found. It counts no tokens, since nothing here has any:
`count` is an estimate, and says so.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Literal

from chatwright.core.types import Ability, Chunk, Conversation, Restorer, Sampling, Usage
from chatwright.engine import abilities

CONTEXT = 8192  # tokens, as far as they can be estimated: what is longer is no question
BYTES = 4  # of a token, about
MESSAGE = 4  # tokens of a message besides its words


class WordlessEngine:
    """See `core.types.Engine`. `refusal` is what it says to everything."""

    can: frozenset[Ability] = frozenset()
    context = CONTEXT

    def __init__(self, refusal: str) -> None:
        self._refusal = refusal

    def count(self, conversation: Conversation) -> int:
        """About as many tokens as a model would count."""
        return sum(estimated(message.content) + MESSAGE for message in conversation.messages)

    def chat(
        self, conversation: Conversation, sampling: Sampling, restorer: Restorer | None = None
    ) -> AsyncGenerator[Chunk, None]:
        abilities.check(sampling, self.can)
        return self._declined(conversation)

    async def _declined(self, conversation: Conversation) -> AsyncGenerator[Chunk, None]:
        usage = Usage(self.count(conversation), estimated(self._refusal), exact=False)
        yield Chunk(self._refusal, "stop", usage, "refused")

    async def start(self) -> None:
        """There is nothing to start."""

    async def close(self) -> None:
        """There is nothing to free."""

    def health(self) -> Literal["ready", "starting", "failed"]:
        return "ready"


def estimated(text: str) -> int:
    return -(-len(text.encode()) // BYTES)
