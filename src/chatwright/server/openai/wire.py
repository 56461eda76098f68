"""What requests share: strict values, how replies are drawn, and what is refused or let pass.

A field that would change the answer's meaning and that we do not have is refused by name, never
ignored. One that changes nothing is let pass; `IGNORED` names those that clients are known to send.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from chatwright.core.types import Sampling
from chatwright.server.errors import ErrorBody
from chatwright.server.events import described
from chatwright.server.limits import Text

CHOICES = 4  # replies to one conversation
TOP_LOGPROBS = 20  # OpenAI's bound; a wrong value is told apart from one that we cannot give


# For the API's description: every operation adds what it alone answers.
def stream_of(event: type[BaseModel], *, done: bool = True) -> dict[str, Any]:
    """For the API's description: an answer that may be a stream, with `event` or an error as data; `done`:
    and a last word that is not JSON."""
    kinds = (event.__name__, ErrorBody.__name__) if done else (event.__name__,)
    schemas = [{"$ref": f"#/components/schemas/{name}"} for name in kinds]
    data = {"contentMediaType": "application/json", "contentSchema": {"anyOf": schemas}}
    return described({"anyOf": [{"const": "[DONE]"}, data]} if done else data)


# Known to clients, of no effect here: none of them changes what a reply says.
IGNORED: tuple[str, ...] = (
    "user", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options",
    "metadata", "store", "service_tier", "reasoning_effort", "reasoning", "verbosity", "prediction",
    "priority", "max_tool_calls", "include_obfuscation", "continuous_usage_stats",
)  # fmt: skip

# Field -> the values (null aside) that ask for nothing we lack. Anything else is refused.
UNSUPPORTED: dict[str, tuple[Any, ...]] = {
    "logit_bias": ({},),
    "web_search_options": (),
    "moderation": (),
    # vLLM's own, often sent as extra_body
    "best_of": (1,),
    "use_beam_search": (False,),
    "min_p": (0, 0.0),
    "stop_token_ids": ([],),
    "bad_words": ([],),
    "include_stop_str_in_output": (False,),
    "prompt_logprobs": (),
    "structured_outputs": (),
    "guided_json": (),
    "guided_regex": (),
    "guided_choice": (),
    "guided_grammar": (),
}


def refused(field: str, about: str) -> PydanticCustomError:
    """An `unsupported_value` for `field`; `about` is what is not supported."""
    message = "{about} is not supported. Leave {field} out."
    return PydanticCustomError("unsupported", message, {"field": field, "about": about})


def _same(value: Any, other: Any) -> bool:
    return type(value) is type(other) and bool(value == other)  # True is not 1 here


class Wire(BaseModel):
    """Strict: "1" is no number here. Unknown fields pass, but for those in `unsupported`."""

    model_config = ConfigDict(strict=True, extra="allow", allow_inf_nan=False)

    unsupported: ClassVar[Mapping[str, tuple[Any, ...]]] = {}

    @model_validator(mode="after")
    def _is_supported(self) -> Wire:
        for name, value in (self.model_extra or {}).items():
            harmless = self.unsupported.get(name)
            if value is None or harmless is None:
                continue
            if not any(_same(value, other) for other in harmless):
                raise refused(name, f"this value of {name}")
        return self


class StreamOptions(Wire):
    """`include_usage`: one more chunk at the end, with usage and no choice."""

    include_usage: bool | None = None


Count = Annotated[int, Field(ge=1, le=1_000_000)]
Penalty = Annotated[float, Field(ge=-2, le=2)]
Temperature = Annotated[float, Field(ge=0, le=2)]
TopP = Annotated[float, Field(gt=0, le=1)]
Stop = Annotated[Text, Field(min_length=1, max_length=1000)]
Stops = Stop | Annotated[list[Stop], Field(max_length=4)]
Metadata = Annotated[
    dict[Annotated[Text, Field(max_length=64)], Annotated[Text, Field(max_length=512)]],
    Field(max_length=16),
]


class Drawn(Wire):
    """How replies are drawn: OpenAI's fields, and vLLM's that the engine knows."""

    unsupported: ClassVar[Mapping[str, tuple[Any, ...]]] = UNSUPPORTED

    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[int, Field(ge=1, le=CHOICES)] | None = None
    max_tokens: Count | None = None
    min_tokens: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    ignore_eos: bool | None = None
    temperature: Temperature | None = None
    top_p: TopP | None = None
    top_k: Annotated[int, Field(ge=-1, le=1_000_000)] | None = None
    repetition_penalty: Annotated[float, Field(gt=0, le=10)] | None = None
    presence_penalty: Penalty | None = None
    frequency_penalty: Penalty | None = None
    seed: Annotated[int, Field(ge=-(2**63), lt=2**63)] | None = None
    stop: Stops | None = None

    @model_validator(mode="after")
    def _options_have_a_stream(self) -> Drawn:
        if self.stream_options is not None and not self.stream:
            raise ValueError("stream_options is only allowed when stream is true")
        return self

    @property
    def tells_usage(self) -> bool:
        """Whether a stream ends with usage."""
        return self.stream_options is not None and bool(self.stream_options.include_usage)

    def sampling(self, default: Sampling) -> Sampling:
        """What is asked for; the spec's `default` where a field is absent or null."""
        stop = (self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ())
        return Sampling(
            max_tokens=given(self.max_tokens, default.max_tokens),
            temperature=given(self.temperature, default.temperature),
            top_p=given(self.top_p, default.top_p),
            top_k=default.top_k if self.top_k is None else max(self.top_k, 0) or None,
            repetition_penalty=given(self.repetition_penalty, default.repetition_penalty),
            presence_penalty=given(self.presence_penalty, default.presence_penalty),
            frequency_penalty=given(self.frequency_penalty, default.frequency_penalty),
            seed=self.seed,
            stop=stop,
            min_tokens=given(self.min_tokens, default.min_tokens),
            ignore_end=given(self.ignore_eos, default.ignore_end),
        )


def given(value: Any, otherwise: Any) -> Any:
    """`value`, or what counts where it is absent or null."""
    return otherwise if value is None else value


FinishReason = Literal["stop", "length", "tool_calls", "content_filter"]
