"""`[slo]` and `[monitoring]`: what is promised, and what is told to whoever watches."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from chatwright.spec.section import Section

# Bounds of the histogram that is counted (vllm:time_to_first_token_seconds): a promise must be one of them.
FIRST_TOKEN = (0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)


class Slo(Section):
    """`[slo]`: what the bot promises over 30 days. Alerts tell when it is on the way to break it."""

    availability: float = Field(0.999, gt=0.5, lt=1)  # share of requests without a server's error
    first_token_seconds: float = 2.5  # until the first text of a reply
    first_token_share: float = Field(0.95, gt=0.5, lt=1)  # of the replies that begin in that time
    answered: float = Field(0.8, gt=0.1, lt=1)  # share of replies that are no refusal

    @field_validator("first_token_seconds")
    @classmethod
    def _is_counted(cls, value: float) -> float:
        if value not in FIRST_TOKEN:
            raise ValueError(f"it is one of {', '.join(f'{one:g}' for one in FIRST_TOKEN)}")
        return value


class Monitoring(Section):
    """`[monitoring]`: logs and traces. Figures are always at /metrics."""

    log: Literal["text", "json"] = "text"  # json: a line for each reply as well, for machines
    traces: bool = False  # needs the extra `otel`; where to: OTEL_EXPORTER_OTLP_ENDPOINT
    trace_share: float = Field(1.0, gt=0, le=1)  # of the requests that are traced
    trace_content: bool = False  # what people and bot say goes into traces
    runbooks: str = ""  # an address: alerts link to sections of runbooks.md there
