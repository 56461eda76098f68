"""Engines in an order: who cannot answer is passed over, before the first word and never after it."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncGenerator, Sequence
from typing import Literal, cast

from chatwright.core.errors import ContextTooLong, EngineError, EngineOverloaded, Unsupported
from chatwright.core.types import Ability, Chunk, Conversation, Engine, Restorer, Sampling
from chatwright.engine import abilities

log = logging.getLogger(__name__)


class FallbackEngine:
    """See `core.types.Engine`. What it can, and its context, are the first engine's: a fallback that
    cannot do what is asked is passed over as well."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        assert engines
        self.engines = tuple(engines)

    @property
    def context(self) -> int:
        return self.engines[0].context

    @property
    def can(self) -> frozenset[Ability]:
        return self.engines[0].can

    def count(self, conversation: Conversation) -> int:
        return self.engines[0].count(conversation)

    def health(self) -> Literal["ready", "starting", "failed"]:
        found = [engine.health() for engine in self.engines]
        return "ready" if "ready" in found else found[0]

    async def start(self) -> None:
        for engine in self.engines:
            await engine.start()

    async def close(self) -> None:
        for engine in self.engines:
            await engine.close()

    async def chat(
        self, conversation: Conversation, sampling: Sampling, restorer: Restorer | None = None
    ) -> AsyncGenerator[Chunk, None]:
        abilities.check(sampling, self.can)
        errors: list[EngineError] = []
        for number, engine in enumerate(self.engines):
            shown = () if restorer is None else (restorer,)
            begun = engine.chat(conversation, sampling, *shown)
            stream = cast("AsyncGenerator[Chunk, None]", begun)
            async with contextlib.aclosing(stream):
                try:
                    chunk = await anext(stream, None)
                except EngineError as error:
                    errors.append(error)
                    continue
                except (Unsupported, ContextTooLong):
                    if number == 0:
                        raise
                    continue
                if chunk is None:
                    errors.append(EngineError("The engine ended without a word.", "Try again."))
                    continue
                if number:
                    log.warning("Engine %d of %d answers.", number + 1, len(self.engines))
                yield chunk
                async for chunk in stream:
                    yield chunk
                return
        raise _worst(errors)


def _worst(errors: Sequence[EngineError]) -> EngineError:
    """What to tell: that all are busy, with the shortest wait, or what ails the first."""
    busy = [error for error in errors if isinstance(error, EngineOverloaded)]
    if len(busy) == len(errors):
        return min(busy, key=lambda error: error.retry_after)
    return errors[0]
