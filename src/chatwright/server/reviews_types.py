"""What the API of the review queue takes and gives. A field is added, never renamed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from chatwright.core.types import Route
from chatwright.improve.decisions import Action, Decision
from chatwright.knowledge.curating import ANSWER, NOTE, QUESTION
from chatwright.server.limits import Text
from chatwright.server.web_types import Asked, SourceValue
from chatwright.store.review_records import ReviewState

Revision = Annotated[int, Field(ge=0, le=2**31 - 1)]
Question = Annotated[Text, Field(max_length=QUESTION)]
Spelling = Annotated[Text, Field(min_length=1, max_length=200)]
Group = Annotated[list[Spelling], Field(min_length=1, max_length=40)]
Id = Annotated[Text, Field(min_length=1, max_length=64)]
Kind = Literal["", "corrected", "disliked", "liked", "commented", "flagged"]


class DecisionBody(Asked):
    """A decision. `question` and `answer` are the reviewer's own words, empty: as they stand there. `case`
    null: as is usual for the action; `phrasings` null: those that are found; `must` and `must_not` null: read
    from the correction."""

    action: Action
    question: Question = ""
    answer: Annotated[Text, Field(max_length=ANSWER)] = ""
    reason: Annotated[Text, Field(max_length=NOTE)] = ""
    curate: bool = False
    replace: bool = False
    case: bool | None = None
    refused: bool = False
    phrasings: Annotated[list[Question], Field(max_length=50)] | None = None
    must: Annotated[list[Group], Field(max_length=20)] | None = None
    must_not: Annotated[list[Spelling], Field(max_length=100)] | None = None

    def decision(self) -> Decision:
        values = {name: getattr(self, name) for name in type(self).model_fields}
        for name in ("phrasings", "must_not"):
            values[name] = None if values[name] is None else tuple(values[name])
        values["must"] = None if self.must is None else tuple(tuple(one) for one in self.must)
        values.pop("revision", None)
        values.pop("ids", None)
        return Decision(**values)


class OneDecision(DecisionBody):
    """`revision` is that of the review as it was read."""

    revision: Revision


class ManyDecisions(Asked):
    """One decision for many: what suspicious raters said is not among them, nor what too few agree on."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=200)]
    action: Literal["accept", "reject"]
    reason: Annotated[Text, Field(max_length=NOTE)] = ""

    def decision(self) -> Decision:
        return Decision(self.action, reason=self.reason)


class Undo(Asked):
    """`revision` is that of the review as it was read."""

    revision: Revision
    reason: Annotated[Text, Field(max_length=NOTE)] = ""


class MadeCase(BaseModel):
    """A test case that a decision made."""

    id: str
    question: str
    held_out: bool


class ReviewValue(BaseModel):
    """A review as it is; `by` decided it."""

    id: str
    state: ReviewState
    revision: int
    message_id: str
    created_at: str
    decided_at: str | None
    by: str
    reason: str
    trained: bool
    cases: list[MadeCase]
    curated: str


class SaidValue(BaseModel):
    """What one rater said."""

    rater: str
    thumb: Literal["up", "down"] | None
    score: float | None
    comment: str
    correction: str
    at: str
    flags: list[str]


class ItemValue(ReviewValue):
    """A review with all that there is to look at; `why` says what makes its `value`."""

    value: float
    why: str
    question: str
    answer: str
    route: str
    confidence: float | None
    correction: str
    agreeing: list[str]
    feedback: list[SaidValue]
    signals: list[str]
    flags: list[str]
    problems: list[str]
    asked: int
    alike: list[str]


class ItemList(BaseModel):
    """A page of them, what is most worth deciding first; `total` of them there are."""

    items: list[ItemValue]
    total: int


class SaidThere(BaseModel):
    """A message of the conversation that a review is about."""

    role: str
    content: str
    created_at: str
    route: Route | None
    confidence: float | None
    sources: list[SourceValue]
    release: str | None


class ReviewTalk(BaseModel):
    """From the beginning to the reply that was rated."""

    messages: list[SaidThere]


class ReviewNames(BaseModel):
    """Accounts by the name under which they stand in logs ("account:...")."""

    names: dict[str, str]


class RowMessage(BaseModel):
    """A message of a training row."""

    role: str
    content: str


class CuratedValue(BaseModel):
    """A curated answer that will be given."""

    question: str
    text: str


class HeldValue(BaseModel):
    """The curated answer that a question has already: `replace` puts the new one in its place."""

    id: str
    text: str


class PlanValue(BaseModel):
    """What a decision writes; `notes` say what it does not, and why. `cases` are as their file has them."""

    state: ReviewState
    row: list[RowMessage]
    curated: CuratedValue | None
    cases: list[dict[str, Any]]
    notes: list[str]
    replaces: HeldValue | None = None


class DoneValue(BaseModel):
    """A decision that was carried out, or `review` as it is where it was only asked what would be written."""

    review: ReviewValue
    written: PlanValue


class RefusedValue(BaseModel):
    """One of many that was not decided."""

    id: str
    code: str
    reason: str


class ManyDone(BaseModel):
    """What became of many."""

    done: list[ReviewValue]
    refused: list[RefusedValue]


class UndoneValue(BaseModel):
    """`notes`: what could not be taken back."""

    review: ReviewValue
    notes: list[str]


class StepValue(BaseModel):
    """A line of the log."""

    id: str
    review_id: str
    at: str
    by: str
    action: str
    state: ReviewState
    revision: int
    reason: str


class StepList(BaseModel):
    """The newest first."""

    steps: list[StepValue]
