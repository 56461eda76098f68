"""What the training page's API takes and gives."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from chatwright.server.web_types import Asked
from chatwright.server.workshop import Work

How = Literal["scratch", "continue", "lora", "dpo", "kto"]
MOST_MINUTES = 60 * 24 * 7


class TrainingAsked(Asked):
    """A training to be planned or begun."""

    minutes: float = Field(gt=0, le=MOST_MINUTES, description="the budget")
    how: How = "scratch"
    start: str = Field(
        "",
        max_length=64,
        pattern=r"[0-9a-f]*",
        description="the release to go on from; empty: what is served",
    )
    seed: int | None = Field(None, ge=0, le=2**31 - 1)


class ImproveAsked(Asked):
    """A turn of the improvement loop; what is left out is as `[improve]` says."""

    minutes: float = Field(0.0, ge=0, le=MOST_MINUTES)
    promote: bool = Field(True, description="serve what passes the gate")


class RunRow(BaseModel):
    """A training in one row."""

    id: str
    began: str
    method: str
    parameters: int
    steps: int
    planned_steps: int
    tokens: int
    seconds: float | None = None
    loss: float | None = None
    development: float | None = Field(None, description="bits per byte of what assistants say")
    forecast: float | None = Field(None, description="the same figure, as expected before step 1")
    best_step: int | None = None
    state: Literal["done", "running", "stopped", "diverged"]
    dataset: str = ""
    release: str | None = Field(None, description="what was packed from it")


class Sampled(BaseModel):
    """What the model said at a step, to the same question each time."""

    step: int
    text: str


class RunValue(BaseModel):
    """A training with its curves. Lists are as long as their `step`s."""

    row: RunRow
    step: list[int]
    loss: list[float | None]
    development: list[float | None]
    seconds: list[float | None]
    samples: list[Sampled]
    tokens_per_second: float | None = None
    eta: float | None = Field(None, description="seconds until its last step, while it runs")
    forgetting: dict[str, Any] | None = None
    diverged: dict[str, Any] | None = Field(None, description="at which step, and why")
    recipe: dict[str, Any] = Field(description="its settings, nested ones with dots")


class Comparison(BaseModel):
    """Runs beside each other."""

    runs: list[RunValue]
    different: dict[str, list[Any]] = Field(description="settings that are not the same in all")


class LoopValue(BaseModel):
    """The improvement loop as it stands."""

    every: str = Field(description="[improve] every; empty: only when it is asked for")
    due: str
    running: bool
    last: dict[str, Any] | None = None


class TrainingValue(BaseModel):
    """What the page shows first."""

    can: bool = Field(description="whether this machine has what training takes")
    why: str = Field("", description="why not, in words")
    next_step: str = ""
    kind: str = Field(description="[model] kind")
    minutes: float
    ways: list[How] = Field(description="what may be asked for now")
    served: str | None
    parameters: int | None = None
    runs: list[RunRow]
    running: str | None = Field(None, description="the run that is being trained")
    work: Work | None = Field(None, description="what runs now, of whatever kind")
    last: Work | None = Field(None, description="the last training asked for here")
    improve: LoopValue
