"""What the releases page's API takes and gives."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from chatwright.server.limits import Text
from chatwright.server.web_types import Asked
from chatwright.server.workshop import Work

Reason = Annotated[Text, Field(max_length=500)]
State = Literal["served", "canary", "candidate", "before", "quarantined", "broken"]


class Why(Asked):
    """A reason, for the history."""

    reason: Reason = ""


class PromoteAsked(Why):
    """Serve a release; with `force` whatever the gate says, which needs a reason."""

    force: bool = False


class RollbackAsked(Why):
    """Serve again what was served before. `serving`: the deployment that the page shows as served, so that
    nothing else is rolled back."""

    serving: str = Field(max_length=64)


class CanaryAsked(Asked):
    """Let a release answer a share of the people."""

    release: str = Field(max_length=64)
    share: float | None = Field(None, gt=0, le=0.5, description="left out: as [canary] says")


class StagingAsked(Asked):
    """A link for invited testers."""

    days: float = Field(7, ge=0.01, le=90)
    tasks: list[Annotated[Text, Field(max_length=500)]] = Field([], max_length=50)


class ReleaseRow(BaseModel):
    """A release in one row. Figures are of its sealed report; None: not measured."""

    id: str
    made: str
    state: State
    kind: str
    parent: str | None = None
    bytes: int
    parameters: int | None = None
    cases: float | None = Field(None, description="share of questions in scope that pass")
    declined: float | None = Field(None, description="share of questions out of scope declined")
    bits_per_byte: float | None = None
    evaluated: bool = False
    problem: str = Field("", description="why it cannot be used")


class Event(BaseModel):
    """A promotion or a rollback."""

    time: str
    action: str
    release: str
    deployment: str
    reason: str = ""
    by: str = Field("", description="the account's name, or what else asked for it")
    gate: dict[str, Any] | None = None


class ReleasesValue(BaseModel):
    """All of a bot's releases, the newest first."""

    served: str | None
    deployment: str | None
    before: str | None = Field(None, description="the release that a rollback would serve again")
    releases: list[ReleaseRow]
    history: list[Event]
    work: Work | None = None


class VerdictRow(BaseModel):
    """One figure of both releases, in words and as judged."""

    title: str
    role: str
    found: str
    n: int
    current: str
    candidate: str
    change: str
    interval: str
    gain: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


class ChangeValue(BaseModel):
    """A question that the two answer differently."""

    question: str
    expected: str
    current: str
    current_route: str
    current_score: float | None = None
    candidate: str
    candidate_route: str
    candidate_score: float | None = None


class VerdictValue(BaseModel):
    """What the gate said of a release."""

    candidate: str
    against: str
    verdict: str
    promotable: bool
    reasons: list[str]
    needed: int | None = None
    broken: list[str] = []
    open: list[str] = []
    rows: list[VerdictRow]
    changed: list[ChangeValue]


class LineageValue(BaseModel):
    """What a release learned from."""

    dataset: str | None
    chain: list[str]
    rows: int
    held_out: int
    sources: dict[str, int]
    raters: dict[str, int] = Field(description="corrections by who gave them, named by their ids")
    missing: list[str]


class ReleaseExport(BaseModel):
    """How a release's model is copied out for other programs."""

    format: str
    command: str
    use: str


class ReleaseValue(BaseModel):
    """One release with all that is known of it."""

    row: ReleaseRow
    reason: str = Field("", description="why it is in quarantine, or cannot be used")
    report: dict[str, Any] | None = None
    has_page: bool = Field(description="whether there is a report.html")
    card: str = Field(description="Markdown")
    lineage: LineageValue | None = None
    verdicts: list[VerdictValue]
    exports: list[ReleaseExport]
    recipe: dict[str, Any]


class RolledBack(BaseModel):
    """What is served now."""

    release: str
    deployment: str


class RuleValue(BaseModel):
    """One rule of a canary at its last look. Shares of people's replies, from 0 to 1."""

    rule: str
    title: str
    current: float | None
    candidate: float | None
    people_current: int
    people_candidate: int
    low: float | None
    high: float | None
    to_alarm: float
    to_enough: float
    alarm: bool


class CoursePoint(BaseModel):
    """The interval of candidate minus current at one look."""

    time: str
    rule: str
    low: float | None
    high: float | None


class CanaryDay(BaseModel):
    """Counts of one day and arm."""

    day: str
    arm: str
    people: int
    replies: int
    errors: int
    refusals: int
    ups: int
    downs: int


class CanaryValue(BaseModel):
    """The canary that runs, or the last one."""

    id: str
    release: str
    against: str
    share: float
    state: str
    reason: str
    began: str
    ended: str | None
    by: str
    action: str
    why: str
    people: int
    rules: list[RuleValue]
    course: list[CoursePoint]
    days: list[CanaryDay]
    forecast: list[str] = Field(description="how long it takes with this traffic, in sentences")


class CanaryState(BaseModel):
    """None: there was no canary yet."""

    canary: CanaryValue | None = None


class TesterLink(BaseModel):
    """A staging link without its secret."""

    id: str
    release: str
    state: str
    tasks: list[str]
    created_at: str
    expires_at: str


class LinkList(BaseModel):
    """The newest first."""

    links: list[TesterLink]


class NewLink(TesterLink):
    """A staging link, and its path: it is shown this once."""

    path: str
