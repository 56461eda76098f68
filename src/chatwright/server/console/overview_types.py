"""Bodies of the overview."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

Range = Literal["hour", "day", "month"]
Kind = Literal[
    "inbox", "reviews", "gaps", "drift", "improve", "promote", "refused", "errors", "keys", "answers",
    "certificate", "disk", "erasures",
]  # fmt: skip


class TimesValue(BaseModel):
    """Milliseconds that half, and nineteen of twenty, took at most; right to 5%. null: none was measured."""

    p50: float | None
    p95: float | None


class FigureValue(BaseModel):
    """What some time comes to. `turns` are kept replies; `api` those on /v1, which are counted alone; tokens
    are of both, times of the kept ones."""

    turns: int = 0
    routes: dict[str, int] = Field({}, description="finished replies by route")
    channels: dict[str, int] = {}
    refused: int = 0
    failed: int = Field(0, description="that failed or were interrupted, /v1 included")
    stopped: int = 0
    first: TimesValue
    whole: TimesValue
    read: int = 0
    written: int = 0
    cost: float | None = Field(None, description="null: bot.toml has no [prices]")
    up: int = 0
    down: int = 0
    api: int = 0


class MachineValue(BaseModel):
    """Shares are 0 to 1; `resident` is in bytes, of all server processes and their engines."""

    cpu: float | None = None
    cpu_most: float | None = None
    memory: float | None = None
    resident: float | None = None
    running: float | None = None
    gpu: float | None = None
    gpu_memory: float | None = None
    disk: float | None = None


class OverviewStep(BaseModel):
    """A step of time that begins at `at`, in seconds since 1970."""

    at: int
    figure: FigureValue
    machine: MachineValue


class NowValue(BaseModel):
    """This moment. `running`: replies that are being made, by all processes; `queue`: how many may wait."""

    running: int
    queue: int
    engine: str
    release: str
    deployment: str
    machine: MachineValue


class DriftFigure(BaseModel):
    """A daily figure of the last look; at `score` 1 there is an alarm."""

    name: str
    score: float
    alarm: str | None


class DriftValue(BaseModel):
    """The last look for drift, of the day `until`; `too_little`: what was missing for alarms."""

    until: str
    too_little: str
    figures: list[DriftFigure]
    apart: dict[str, float] = Field(description="0.5: what is asked cannot be told from before")


class OverviewValue(BaseModel):
    """Figures of one bot. `complete` false: hours of before are still being counted."""

    bot: str
    range: Range
    seconds: int = Field(description="of a step")
    at: float
    complete: bool
    currency: str
    now: NowValue
    total: FigureValue
    steps: list[OverviewStep]
    drift: DriftValue | None


class AttentionValue(BaseModel):
    """Something to look at. `count` says how many; `detail` is a name, a date or a share."""

    kind: Kind
    count: int = 1
    detail: str = ""


class AttentionList(BaseModel):
    """The most pressing first; empty: nothing needs anybody."""

    items: list[AttentionValue]
