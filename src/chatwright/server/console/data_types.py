"""What the data page sends and gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from chatwright.core.types import Conversation
from chatwright.data.previewing import Preview
from chatwright.data.reasons import Kind
from chatwright.server.limits import Text
from chatwright.server.workshop import Work

LONGEST = 1_000  # characters of a message that are shown


class _Value(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class DataSaidValue(_Value):
    role: str
    content: str
    cut: bool = Field(False, description="there is more of it")


class BuiltValue(_Value):
    """A dataset. `used`: the release that is served was trained on it."""

    id: str
    made: str
    read: int
    train: int
    dev: int
    test: int
    judged: int
    rejected: int
    used: bool


class BuiltList(_Value):
    """The newest first. `running`: a build or an import that goes on now."""

    datasets: list[BuiltValue]
    running: Work | None


class FileRows(_Value):
    """A file with its rows. `languages` are of some of them; "" are too short or too mixed to say."""

    name: str
    format: str
    train: int
    dev: int
    test: int
    judged: int
    rejected: int
    languages: dict[str, int]


class ReasonValue(_Value):
    """Rows that were left out for one reason."""

    reason: str
    kind: Kind
    rows: int


class HiddenValue(_Value):
    """A type of placeholder, how many were put, and where some of them stand."""

    type: str
    count: int
    examples: list[str]


class AlikeValue(_Value):
    likeness: float
    said: list[str]


class ClusterValue(_Value):
    """Rows that say nearly the same, of which one stays."""

    rows: int
    kept: list[str]
    alike: list[AlikeValue]


class TopicValue(_Value):
    """Conversations of the sample about a topic of the scope, or a group of questions that share words."""

    name: str
    rows: int
    examples: list[str]


class ReportValue(_Value):
    """A dataset in figures. Topics and languages are of an even sample of `sampled` rows."""

    id: str
    read: int
    train: int
    dev: int
    test: int
    judged: int
    warnings: list[str]
    reasons: list[ReasonValue]
    changed: dict[str, int]
    hidden: list[HiddenValue] | None
    sources: list[FileRows]
    clusters: list[ClusterValue]
    sampled: int
    languages: dict[str, int]
    topics: list[TopicValue]
    groups: list[TopicValue]
    leaking: dict[str, int]


class RejectValue(_Value):
    """A row that was left out. `kept` is the row that stays instead, `like` the question it holds."""

    reason: str
    kind: Kind
    source: str
    position: int
    excerpt: str
    kept: str = ""
    likeness: float | None = None
    like: str = ""


class RejectList(_Value):
    rows: list[RejectValue]
    total: int


class RowValue(_Value):
    """A conversation of a dataset."""

    id: str
    split: str
    source: str
    position: int
    messages: list[DataSaidValue]


class ReasonChange(_Value):
    reason: str
    before: int
    after: int


class DatasetDifference(_Value):
    """Rows by their ids, with the first of each; `moved`: on another side of the split."""

    before: str
    after: str
    same: int
    counts: dict[Literal["added", "gone", "moved"], int]
    rows: dict[Literal["added", "gone", "moved"], list[RowValue]]
    reasons: list[ReasonChange]


class DataFileValue(_Value):
    """A file of the bot. `said`: its format was named when it was imported. `held`: for evaluation alone."""

    name: str
    format: str
    said: bool
    held: bool
    size: int
    at: str
    problem: str


class FileList(_Value):
    files: list[DataFileValue]
    formats: list[str]
    endings: list[str]
    largest: int = Field(description="bytes of a file that may be uploaded")


class SentValue(_Value):
    """A file that waits to be taken."""

    id: str
    name: str
    size: int


class Reading(BaseModel):
    """How a file is to be read; what is left out is detected."""

    model_config = ConfigDict(extra="forbid")
    upload: Annotated[str, Field(max_length=64)]
    format: Annotated[str, Field(max_length=40)] = ""
    me: list[Annotated[Text, Field(min_length=1, max_length=200)]] = Field([], max_length=20)
    date_order: Literal["", "dmy", "mdy", "ymd"] = ""
    columns: dict[
        Annotated[str, Field(max_length=40)], Annotated[Text, Field(min_length=1, max_length=200)]
    ] = Field({}, max_length=20)
    evaluation: bool = Field(False, description="for evaluation alone, never trained on")


class SpeakerValue(_Value):
    name: str
    messages: int


class PreviewValue(_Value):
    """The beginning of a file. `problem` says why nothing can be made of it, `speakers` whom the bot could be.
    `document`: it belongs to the knowledge. `whole`: it was read to its end."""

    format: str
    rows: int
    kept: int
    left_out: list[ReasonValue]
    conversations: list[list[DataSaidValue]]
    whole: bool
    problem: str
    speakers: list[SpeakerValue]
    document: bool

    @classmethod
    def of(
        cls,
        found: Preview,
        kind_of: Callable[[str], Kind],
        hide: Callable[[Conversation], Conversation],
    ) -> PreviewValue:
        return cls(
            format=found.format,
            rows=found.rows,
            kept=found.kept,
            left_out=[
                ReasonValue(reason=reason, kind=kind_of(reason), rows=rows)
                for reason, rows in found.left_out.most_common()
            ],
            conversations=[said(hide(one)) for one in found.shown],
            whole=found.whole,
            problem=found.problem,
            speakers=[SpeakerValue(name=name, messages=n) for name, n in found.speakers],
            document=found.document,
        )


def said(conversation: Conversation) -> list[DataSaidValue]:
    return [_message(one.role, one.content) for one in conversation.messages[:12]]


def row_value(row: Mapping[str, Any]) -> RowValue:
    origin = row.get("provenance") or {}
    return RowValue(
        id=row["id"],
        split=row["split"],
        source=origin.get("source", ""),
        position=origin.get("position", 0),
        messages=[_message(one["role"], one["content"]) for one in row["messages"][:12]],
    )


def _message(role: str, content: str) -> DataSaidValue:
    return DataSaidValue(role=role, content=content[:LONGEST], cut=len(content) > LONGEST)
