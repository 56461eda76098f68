"""What a request asks of an engine beyond words, and its refusal where the engine cannot do it.

Nothing that is asked for is left out in silence: an answer without its seed looks like one with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from chatwright.core.errors import Unsupported
from chatwright.core.types import Ability, Sampling

PENALTIES = ("repetition_penalty", "presence_penalty", "frequency_penalty")


def asked(sampling: Sampling) -> Iterator[tuple[Ability, str]]:
    """The abilities that `sampling` needs, each with the field that asks for it."""
    if sampling.seed is not None:
        yield "seed", "seed"
    if sampling.stop:
        yield "stop", "stop"
    if sampling.logprobs:
        yield "logprobs", "logprobs"
    if sampling.schema is not None:
        yield "schema", "response_format"
    for name, nothing in zip(PENALTIES, (1.0, 0.0, 0.0), strict=True):
        if getattr(sampling, name) != nothing:
            yield "penalties", name
    if sampling.min_tokens:
        yield "min_tokens", "min_tokens"
    if sampling.ignore_end:
        yield "ignore_end", "ignore_eos"


def check(sampling: Sampling, can: frozenset[Ability]) -> None:
    """Raise `Unsupported` for the first thing in `sampling` that is not in `can`."""
    for ability, field in asked(sampling):
        if ability not in can:
            raise unsupported(field)
    if sampling.schema is not None and (sampling.min_tokens or sampling.ignore_end):
        # Behind the last brace nothing may follow but the end, which these forbid.
        field = "min_tokens" if sampling.min_tokens else "ignore_eos"
        raise Unsupported(
            f"{field} cannot be combined with a JSON schema: a reply ends where the schema does.",
            f"Leave out {field}.",
            field=field,
        )


def unsupported(field: str) -> Unsupported:
    return Unsupported(f"This engine does not support {field}.", f"Leave out {field}.", field=field)
