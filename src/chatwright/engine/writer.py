"""What the local engine needs of whoever computes: prompt ids in, the ids of a reply out.

`child` does it with OpenVINO, `vllm` with a vLLM that it starts. Neither knows text or template.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from chatwright.core.types import Sampling

# (ids, their log probabilities where asked for, why the reply ended: None while it goes on)
Step = tuple[list[int], list[float], str | None]


@dataclass(frozen=True, slots=True)
class Load:
    """How much an engine has to do. `waiting`: requests that no step computes yet; `cache`: how full the
    keys and values are, 0 to 1; None: it does not tell. `restarts`: how often its process ended by itself."""

    waiting: int | None = None
    cache: float | None = None
    restarts: int = 0


class Writer(Protocol):
    """Writes for many requests at once; `EngineOverloaded` when there are too many."""

    @property
    def running(self) -> int:
        """Requests that are being answered, or wait for it."""

    @property
    def cached_tokens(self) -> bool:
        """Whether it skips what it has computed before: then a prompt has no probabilities."""

    @property
    def schemas(self) -> bool:
        """Whether a reply can be held to a JSON schema."""

    @property
    def load(self) -> Load:
        """How much it has to do now."""

    def health(self) -> Literal["ready", "starting", "failed"]:
        """See `core.types.Engine`."""

    async def start(self) -> None:
        """Be able to write; `EngineError` when that is impossible."""

    async def close(self) -> None:
        """Drop what runs."""

    def generate(self, prompt: list[int], options: dict[str, Any]) -> AsyncGenerator[Step, None]:
        """Write after `prompt` as `options` say; leaving early cancels. With `echo` the prompt comes first.

        A schema that cannot be kept is `Unsupported`, before anything is computed.
        """


class Pace:
    """How long requests take, for those that are told to come back later."""

    def __init__(self) -> None:
        self._seconds = 1.0

    def ended(self, seconds: float) -> None:
        self._seconds += 0.1 * (seconds - self._seconds)

    @property
    def retry_after(self) -> float:
        """Seconds in which about every request that runs now has ended; 1 to 30."""
        return min(max(self._seconds, 1.0), 30.0)


def options_of(sampling: Sampling, max_tokens: int, opened: int = 0) -> dict[str, Any]:
    """`sampling` as plain data, for `max_tokens` more after the first `opened`, which are given."""
    return {
        "max_tokens": max_tokens,
        "min_tokens": min(max(sampling.min_tokens - opened, 0), max_tokens),
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "top_k": sampling.top_k,
        "repetition_penalty": sampling.repetition_penalty,
        "presence_penalty": sampling.presence_penalty,
        "frequency_penalty": sampling.frequency_penalty,
        "seed": None if sampling.seed is None else sampling.seed % 2**63,
        "ignore_end": sampling.ignore_end,
        "logprobs": sampling.logprobs,
        "schema": sampling.schema,
        "echo": False,
    }
