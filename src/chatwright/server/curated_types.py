"""What the API of curated answers takes and gives. A field is added, never renamed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from chatwright.answer.decision import Trial
from chatwright.knowledge.curating import (
    ADDRESS,
    ANSWER,
    LINKS,
    NOTE,
    QUESTION,
    QUESTIONS,
    TITLE,
    Writing,
    record_values,
)
from chatwright.knowledge.importing import Due, Report
from chatwright.server.limits import Text
from chatwright.server.web_types import Asked
from chatwright.store.curated_records import Content, CuratedRecord, Difference, Link, Revision

Number = Annotated[int, Field(ge=0, le=2**31 - 1)]
Day = Annotated[Text, Field(max_length=40, description="2027-01-31, or a moment; empty: none")]
Question = Annotated[Text, Field(max_length=QUESTION)]
Id = Annotated[Text, Field(max_length=64)]
State = Literal["active", "retired"]


class LinkValue(Asked):
    """Where readers find more."""

    title: Annotated[Text, Field(max_length=TITLE)] = ""
    uri: Annotated[Text, Field(max_length=ADDRESS)]


class Written(Asked):
    """What may be written. `expires` is the last day on which it is given, `starts` the first."""

    text: Annotated[Text, Field(max_length=ANSWER)] | None = None
    questions: Annotated[list[Question], Field(min_length=1, max_length=QUESTIONS)] | None = None
    note: Annotated[Text, Field(max_length=NOTE)] | None = None
    links: Annotated[list[LinkValue], Field(max_length=LINKS)] | None = None
    starts: Day | None = None
    expires: Day | None = None

    def writing(self, active: bool | None = None) -> Writing:
        links = None if self.links is None else [Link(one.title, one.uri) for one in self.links]
        return Writing(
            self.text, self.questions, self.note, links, self.starts, self.expires, active
        )


class NewAnswer(Written):
    """`id` empty: one is made. `origin`: the message from whose correction it is made."""

    text: Annotated[Text, Field(max_length=ANSWER)]
    questions: Annotated[list[Question], Field(min_length=1, max_length=QUESTIONS)]
    id: Id = ""
    origin: Id | None = None


class ChangedAnswer(Written):
    """`revision` is that of the answer as it was read."""

    revision: Number
    state: State | None = None

    def writing(self, active: bool | None = None) -> Writing:
        return super().writing(None if self.state is None else self.state == "active")


class Rollback(Asked):
    """`to` 0: no answers; `revision` is the newest that the caller knows."""

    to: Number
    revision: Number


class ContentValue(BaseModel):
    """An answer with its questions."""

    text: str
    questions: list[str]
    note: str
    links: list[LinkValue]
    starts_at: str | None
    expires_at: str | None
    state: State
    origin: str | None

    @classmethod
    def of_content(cls, content: Content | None) -> ContentValue | None:
        return None if content is None else cls.model_validate(_listed(content.values()))


class AnswerValue(ContentValue):
    """As it is kept; `by` is who changed it last, in revision `revision`."""

    id: str
    by: str
    created_at: str
    updated_at: str
    revision: int

    @classmethod
    def of(cls, record: CuratedRecord) -> AnswerValue:
        return cls.model_validate(_listed(record_values(record)))


class RevisionValue(BaseModel):
    """A step of the log. `id` is equal for equal answers, and null where there are none."""

    number: int
    id: str | None
    at: str
    by: str
    action: str
    answers: int

    @classmethod
    def of(cls, one: Revision) -> RevisionValue:
        values = {name: getattr(one, name) for name in ("number", "id", "at", "action", "answers")}
        return cls(by=one.author, **values)


class AnswerList(BaseModel):
    """A page of the answers; `total` of them there are."""

    answers: list[AnswerValue]
    total: int
    revision: RevisionValue | None


class RevisionList(BaseModel):
    """The newest first."""

    revisions: list[RevisionValue]


class DifferenceValue(BaseModel):
    """What became of an answer; null: it was not there, or is not."""

    id: str
    before: ContentValue | None
    after: ContentValue | None

    @classmethod
    def of(cls, one: Difference) -> DifferenceValue:
        before, after = ContentValue.of_content(one.before), ContentValue.of_content(one.after)
        return cls(id=one.id, before=before, after=after)


class DifferenceList(BaseModel):
    """A page of what is different from revision `first` to `last`."""

    first: int
    last: int
    total: int
    answers: list[DifferenceValue]


class NearValue(BaseModel):
    """A curated answer whose `asked` is like the question: 1 is the same one."""

    id: str
    asked: str
    text: str
    likeness: float
    exact: bool


class TrialValue(BaseModel):
    """What a question would get: `given` is the answer's id, null where none is. The best of `near` counts
    with `confidence`, and takes `needed`."""

    given: str | None
    confidence: float
    needed: float
    near: list[NearValue]

    @classmethod
    def of(cls, found: Trial) -> TrialValue:
        near = [
            NearValue(
                id=one.id, asked=one.question, text=one.text,
                likeness=one.likeness, exact=one.exact,
            )
            for one in found.near
        ]  # fmt: skip
        return cls(given=found.given, confidence=found.confidence, needed=found.needed, near=near)


class RefusedRow(BaseModel):
    """A row that was not taken; `double`: its question has an answer, in the file or already."""

    number: int
    reason: str
    question: str
    double: bool


class DueValue(BaseModel):
    """An answer that is different after an import; null: it was not there, or is not."""

    what: Literal["added", "changed", "retired"]
    before: ContentValue | None
    after: ContentValue | None

    @classmethod
    def of(cls, one: Due) -> DueValue:
        before, after = ContentValue.of_content(one.before), ContentValue.of_content(one.after)
        return cls(what=one.what, before=before, after=after)


class ImportReport(BaseModel):
    """What became of the rows: ids of answers, and questions that have no answer any more (`fewer`). `due`
    shows the first of what is different."""

    dry_run: bool
    rows: int
    added: list[str]
    changed: list[str]
    unchanged: int
    retired: list[str]
    fewer: list[str]
    refused: list[RefusedRow]
    revision: int | None
    due: list[DueValue]

    @classmethod
    def of(cls, report: Report, dry_run: bool) -> ImportReport:
        values = asdict(replace(report, due=[]))
        return cls(dry_run=dry_run, **values | {"due": [DueValue.of(one) for one in report.due]})


def _listed(values: dict[str, Any]) -> dict[str, Any]:
    return values | {name: list(values[name]) for name in ("questions", "links")}
