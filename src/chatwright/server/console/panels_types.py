"""What the console's API of panels takes and gives. A field is added, never renamed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from chatwright.improve.panel_results import Results
from chatwright.server.limits import Text
from chatwright.server.web_types import Asked
from chatwright.store.panel_records import PanelRecord, RaterRecord

Name = Annotated[Text, Field(min_length=1, max_length=80, pattern=r"^\S(.*\S)?$")]
Line = Annotated[Text, Field(min_length=1, max_length=4000)]
Reply = Annotated[Text, Field(min_length=1, max_length=20_000)]
# "current", or a release by how its id begins. A hosted model takes the command line: it has a key.
Contestant = Annotated[Text, Field(pattern=r"^(current|[0-9a-f]{4,64})$")]
FileName = Annotated[Text, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Source = Literal["cases", "held-out", "logged", "typed"]


class GivenAnswer(Asked):
    """An answer from elsewhere."""

    question: Line
    answer: Reply


class GivenAnswers(Asked):
    """Answers from elsewhere to compare with, under a name."""

    name: FileName
    rows: Annotated[list[GivenAnswer], Field(min_length=1, max_length=2000)]


class GivenControl(Asked):
    """A question of which the right and the wrong answer are known."""

    question: Line
    right: Reply
    wrong: Reply


class NewPanel(Asked):
    """How a panel is made. `per_rater` 0: up to 40; `controls_each` and `repeats` null: as is usual."""

    name: Name
    kind: Literal["pairs", "ratings"] = "pairs"
    contestants: Annotated[list[Contestant], Field(max_length=6, default_factory=list)]
    answers: Annotated[list[GivenAnswers], Field(max_length=4, default_factory=list)]
    questions: Source = "cases"
    typed: Annotated[list[Line], Field(max_length=500, default_factory=list)]
    most: Annotated[int, Field(ge=1, le=500)] = 60
    per_rater: Annotated[int, Field(ge=0, le=500)] = 0
    controls: Annotated[list[GivenControl], Field(max_length=100, default_factory=list)]
    controls_each: Annotated[int, Field(ge=0, le=100)] | None = None
    repeats: Annotated[int, Field(ge=0, le=100)] | None = None
    instructions: Annotated[Text, Field(max_length=2000)] = ""


class PanelInvitation(Asked):
    """Who is invited, and for how many days their links hold."""

    names: Annotated[list[Name], Field(min_length=1, max_length=50)]
    days: Annotated[float, Field(gt=0, le=365)] = 30


class PanelMaking(BaseModel):
    """A panel that is being made, or was not; `said` is why not."""

    id: str
    name: str
    state: Literal["running", "failed", "stopped", "interrupted"]
    started_at: str
    ended_at: str | None
    said: str


class PanelValue(BaseModel):
    """A panel in figures. `contestants`: what each is, which no rater sees; `identical`: questions that were
    answered in the same words, and so are asked of nobody."""

    id: str
    name: str
    kind: Literal["pairs", "ratings"]
    state: Literal["open", "closed"]
    instructions: str
    contestants: dict[str, str]
    per_rater: int
    controls: int
    repeats: int
    created_at: str
    closed_at: str | None
    items: int
    controls_made: int
    identical: int
    votes: int
    raters: int

    @classmethod
    def of(cls, record: PanelRecord, **counted: int) -> PanelValue:
        values = asdict(record) | {"state": record.state}
        values["identical"] = int(record.notes.get("identical", 0))
        return cls.model_validate(values | counted)


class PanelList(BaseModel):
    """The newest first."""

    panels: list[PanelValue]
    making: list[PanelMaking]


class PanelRater(BaseModel):
    """How far a rater is: `done` of `of`. `begins`: of the link's secret part."""

    id: str
    name: str
    state: Literal["live", "expired", "revoked"]
    begins: str
    created_at: str
    expires_at: str | None
    done: int
    of: int
    last_at: str | None

    @classmethod
    def from_record(
        cls, record: RaterRecord, done: int, of: int, last_at: str | None
    ) -> PanelRater:
        values = asdict(record) | {"state": record.state, "begins": record.prefix}
        return cls.model_validate(values | {"done": done, "of": of, "last_at": last_at})


class PanelPage(BaseModel):
    """A panel with its raters."""

    panel: PanelValue
    raters: list[PanelRater]


class PanelLink(BaseModel):
    """A rater's secret link, told this once: `path` behind the address of the server."""

    id: str
    name: str
    path: str
    expires_at: str | None


class PanelLinks(BaseModel):
    """Send each to one person."""

    links: list[PanelLink]


class ReleaseChoice(BaseModel):
    """A release that can be asked."""

    id: str
    created_at: str
    current: bool


class PanelChoices(BaseModel):
    """What a new panel can be made of."""

    releases: list[ReleaseChoice]
    cases: int


class PanelEffect(BaseModel):
    """An estimate with its interval at 95%."""

    value: float
    low: float
    high: float


class PanelWin(BaseModel):
    """How often `first` was preferred to `second`; ties and "both are bad" as half."""

    first: str
    second: str
    rate: PanelEffect
    votes: int
    wins: int
    ties: int
    both_bad: int
    losses: int


class PanelMean(BaseModel):
    """A contestant's mean rating, 1 to 5."""

    name: str
    score: PanelEffect
    votes: int


class PanelStrength(BaseModel):
    """In log-odds around the mean; `best` to `worst` are the ranks that are possible."""

    name: str
    value: float
    low: float
    high: float
    wins: float
    ties: float
    losses: float
    best: int
    worst: int


class PanelRanking(BaseModel):
    """Bradley and Terry's model; `effects` are what length and place are worth by themselves."""

    strengths: list[PanelStrength]
    effects: dict[str, PanelEffect]
    connected: bool


class PanelAgreement(BaseModel):
    """A coefficient: null where nothing can be said."""

    value: float | None
    low: float | None
    high: float | None
    units: int
    values: int


class PanelNeeded(BaseModel):
    """How many votes it takes to be sure."""

    now: int
    decided: bool
    for_this: int | None
    for_five_points: int | None


class RaterFigure(BaseModel):
    """One rater. `drift`: how likely the change from `early` to `late` is by chance."""

    id: str
    name: str
    state: str
    votes: int
    controls: int
    controls_passed: int
    repeats: int
    repeats_same: int
    left: float | None
    seconds: float | None
    agreement: float | None
    kappa: PanelAgreement | None
    early: float | None
    late: float | None
    drift: float | None
    flags: list[str]
    left_out: bool
    why: str


class PanelRemark(BaseModel):
    """What a rater wrote beside a vote; `preferred` names a contestant, or is a tie, bad, or a score."""

    rater: str
    question: str
    preferred: str
    comment: str


class PanelResults(BaseModel):
    """All that the votes tell; see `docs/panels.md`."""

    panel: str
    kind: Literal["pairs", "ratings"]
    votes: int
    used: int
    items: int
    wins: list[PanelWin]
    means: list[PanelMean]
    ranking: PanelRanking | None
    ranking_bootstrap: dict[str, PanelEffect]
    style: PanelRanking | None
    alpha: PanelAgreement
    left: PanelEffect | None
    needed: PanelNeeded | None
    raters: list[RaterFigure]
    notes: list[str]
    remarks: list[PanelRemark]

    @classmethod
    def of(cls, found: Results, remarks: list[PanelRemark]) -> PanelResults:
        values: dict[str, Any] = found.values()
        return cls.model_validate(values | {"remarks": remarks})
