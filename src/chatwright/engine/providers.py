"""What OpenAI-compatible servers understand, each in its own words. What one does not is not sent to it.

Sources: OpenAI's openapi.json 2.3.0; vLLM `entrypoints/openai/*/protocol.py`; llama.cpp
`tools/server/README.md`; Ollama `docs/openai.md`; transformers `cli/serving/chat_completion.py` (5.23).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from chatwright.core.types import Ability, Sampling
from chatwright.engine.abilities import PENALTIES, unsupported

ProviderName = Literal["openai", "vllm", "llama-server", "ollama", "transformers", "generic"]

OBJECT = {"type": "object"}
NOTHING = Sampling()
FIELDS = ("seed", *PENALTIES, "top_k", "min_tokens", "ignore_end")
WORDS = {"ignore_end": "ignore_eos"}


@dataclass(frozen=True, slots=True)
class Provider:
    """`fields`: what it takes, as it calls it. Stop strings we find ourselves where there are too many."""

    fields: Mapping[str, str] = field(default_factory=dict)
    limit: str = "max_tokens"
    counts: bool = True  # takes stream_options
    schemas: bool = False
    logprobs: bool = False
    stops: int = 4

    @property
    def can(self) -> frozenset[Ability]:
        can: set[Ability] = {"stop"}
        if self.schemas:
            can.add("schema")
        if self.logprobs:
            can.add("logprobs")
        if "seed" in self.fields:
            can.add("seed")
        if "presence_penalty" in self.fields:
            can.add("penalties")
        if "min_tokens" in self.fields:
            can.add("min_tokens")
        if "ignore_end" in self.fields:
            can.add("ignore_end")
        return frozenset(can)

    def body(self, sampling: Sampling) -> dict[str, Any]:
        """`sampling` in its words. Raises `Unsupported` where it has none."""
        body: dict[str, Any] = {
            "stream": True,
            self.limit: sampling.max_tokens,
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
        }
        if self.counts:
            body["stream_options"] = {"include_usage": True}
        for name in FIELDS:
            value = getattr(sampling, name)
            if value == getattr(NOTHING, name):
                continue
            if name not in self.fields:
                raise unsupported(WORDS.get(name, name))
            body[self.fields[name]] = value
        if sampling.stop and len(sampling.stop) <= self.stops:
            body["stop"] = list(sampling.stop)
        if sampling.logprobs:
            if not self.logprobs:
                raise unsupported("logprobs")
            body["logprobs"] = True
        if sampling.schema is not None:
            if not self.schemas:
                raise unsupported("response_format")
            body["response_format"] = _format(sampling.schema)
        return body


def _format(schema: str) -> dict[str, Any]:
    try:
        meant = json.loads(schema)
    except (ValueError, RecursionError):
        raise unsupported("response_format") from None
    if meant == OBJECT:
        return {"type": "json_object"}
    named = {"name": "reply", "schema": meant, "strict": True}
    return {"type": "json_schema", "json_schema": named}


OPENAI = {name: name for name in ("seed", "presence_penalty", "frequency_penalty")}
VLLM = OPENAI | {
    "repetition_penalty": "repetition_penalty",
    "top_k": "top_k",
    "min_tokens": "min_tokens",
    "ignore_end": "ignore_eos",
}
LLAMA = OPENAI | {
    "repetition_penalty": "repeat_penalty",
    "top_k": "top_k",
    "ignore_end": "ignore_eos",
}
PROVIDERS: dict[ProviderName, Provider] = {
    "openai": Provider(OPENAI, limit="max_completion_tokens", schemas=True, logprobs=True),
    "vllm": Provider(VLLM, schemas=True, logprobs=True),
    "llama-server": Provider(LLAMA, schemas=True, logprobs=True),
    "ollama": Provider(OPENAI, schemas=True),
    # Refuses stream_options; its seed is one for all requests; it draws only where the model's own
    # generation_config says so.
    "transformers": Provider(counts=False),
    "generic": Provider(OPENAI),
}


def guess(base_url: str) -> ProviderName:
    """Who answers at `base_url`, as far as the address tells."""
    parts = urlsplit(base_url)
    if parts.hostname == "api.openai.com":
        return "openai"
    return "ollama" if parts.port == 11434 else "generic"
