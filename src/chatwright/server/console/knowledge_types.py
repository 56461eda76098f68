"""What the knowledge page sends and gets."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chatwright.knowledge.shelf import Edit
from chatwright.server.limits import Text

Name = Annotated[Text, Field(min_length=1, max_length=2_000)]
Id = Annotated[str, Field(max_length=64)]
Version = Annotated[
    str,
    Field(max_length=64, description="of the file as it was read; empty: there was none"),
]


class _Value(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class DocumentValue(_Value):
    """A document. `kind`: a file, a page that was named, or one that a sitemap or feed named. `at`: changed or
    fetched, empty where nobody knows. `marks`: places that talk to machines. `cited`: replies of the last 30
    days that rest on it. `editable`: its text may be edited here."""

    name: str
    title: str
    label: str
    kind: Literal["file", "page", "listed"]
    size: int
    at: str
    passages: int
    characters: int
    problem: str
    twin: str
    language: str
    marks: int
    cited: int
    editable: bool


class DocumentList(_Value):
    """`total` fit; `all` are there."""

    documents: list[DocumentValue]
    total: int
    all: int
    snapshot: str | None


class PassageValue(_Value):
    """`start` and `end` are characters of the text that was read; `page` counts from 1, 0: none."""

    text: str
    start: int
    end: int
    headings: list[str]
    page: int
    orders: list[str] = Field(description="what in it talks to machines")


class DocumentView(_Value):
    """A document with its passages. `text` is the file's own, where it may be edited; `version` goes along with
    an edit."""

    document: DocumentValue
    passages: list[PassageValue]
    total: int
    text: str | None
    version: str


class UploadValue(_Value):
    """A file that waits to be taken. `version` is of what has that name now, empty for nothing; `same`: it is
    equal to that. `title`, `passages`, `language` and `marks` are of what was read in it."""

    id: str
    name: str
    size: int
    title: str
    characters: int
    passages: int
    language: str
    marks: list[str]
    version: str
    same: bool


class TakenFile(BaseModel):
    """An upload that is to stand under `name`."""

    model_config = ConfigDict(extra="forbid")
    upload: Id
    name: Name | None = Field(None, description="else the name it was sent as")
    version: Version = ""


class GoneFile(BaseModel):
    """A document that is to go."""

    model_config = ConfigDict(extra="forbid")
    name: Name
    version: Version


class WantedEdit(BaseModel):
    """What is to be different, all at once."""

    model_config = ConfigDict(extra="forbid")
    put: list[TakenFile] = Field([], max_length=50)
    remove: list[GoneFile] = Field([], max_length=500)
    final: bool = Field(False, description="nothing is kept to undo it with")


class PieceValue(_Value):
    kind: Literal["added", "changed", "gone"]
    before: str
    after: str


class ChangedValue(_Value):
    """A document that differs, with counts of its passages and the first that differ. `twin`: a document with
    the same content. `cited`: replies of the last 30 days that rest on what is there now."""

    name: str
    kind: Literal["added", "changed", "removed", "same"]
    added: int
    changed: int
    gone: int
    same: int
    pieces: list[PieceValue]
    twin: str
    cited: int = 0


class ReachedValue(_Value):
    name: str
    text: str


class MovedValue(_Value):
    """A test case whose question would find another passage first."""

    id: str
    question: str
    before: ReachedValue
    after: ReachedValue


class KnowledgePlan(_Value):
    """What an edit would do. `stale`: documents of it that somebody changed meanwhile. `elsewhere`:
    documents that would differ for another reason. `asked`: how many test cases were tried; null: there is
    too much to try."""

    before: str | None
    documents: list[ChangedValue]
    elsewhere: list[str]
    moved: list[MovedValue]
    asked: int | None
    stale: list[str]


class EditedFile(_Value):
    name: str
    before: str
    after: str


class EditValue(_Value):
    """Something that was changed here. `undone`: it was taken back; `undoes`: it took that one back."""

    id: str
    at: str
    author: str
    files: list[EditedFile]
    undone: bool
    undoes: str
    kept: bool

    @classmethod
    def of(cls, edit: Edit) -> EditValue:
        return cls.model_validate(edit)


class EditList(_Value):
    edits: list[EditValue]


class SyncedValue(_Value):
    """What reading the folder and the addresses did."""

    snapshot: str
    added: list[str]
    changed: list[str]
    removed: list[str]
    unchanged: int
    problems: dict[str, str]


class EditDone(_Value):
    """`edit` can be undone by its id, as long as it is kept; null where nothing was different."""

    edit: EditValue | None
    synced: SyncedValue


class SnapshotValue(_Value):
    """`lacking` documents were deleted since."""

    id: str
    made: str
    documents: int
    current: bool
    lacking: int


class SnapshotList(_Value):
    """`held`: somebody went back to it, and nothing goes forward until that is asked for."""

    snapshots: list[SnapshotValue]
    held: str | None


class SnapshotDifference(_Value):
    before: str
    after: str
    documents: list[ChangedValue]
    total: int


class GoBack(BaseModel):
    model_config = ConfigDict(extra="forbid")
    snapshot: Id
    current: Annotated[str | None, Field(max_length=64, description="as the page knows it")] = None


class SnapshotMoved(_Value):
    """Which snapshot is searched now, and which was before."""

    snapshot: str
    before: str | None


class AddressAdded(_Value):
    """What was found there: a page, or a list of `listed` pages, which are read now."""

    url: str
    kind: Literal["page", "list"]
    listed: int
    title: str


class AddressValue(_Value):
    """`fixed`: it stands in bot.toml. `pages`: documents that came of it."""

    url: str
    fixed: bool
    pages: int
    problem: str


class AddressList(_Value):
    addresses: list[AddressValue]
    per_list: int = Field(description="pages of one sitemap or feed that are read at most")


class NewAddress(BaseModel):
    model_config = ConfigDict(extra="forbid")
    url: Annotated[Text, Field(min_length=1, max_length=2_000)]


class KnowledgeStatus(_Value):
    """How reading stands. `syncing`: somebody reads now, of `what`, since when. `waiting` of `passages`
    passages cannot be found by meaning yet; null: the bot finds by words alone."""

    snapshot: str | None
    documents: int
    passages: int
    held: str | None
    watch: bool
    sync_minutes: float
    synced_at: str
    syncing: bool
    what: str
    done: int
    failed: str = Field(description="why the last reading that was asked for here failed")
    waiting: int | None
    problems: int
    keep: int
    labels: list[str]
    addresses: int
    largest: int = Field(description="bytes of a file that may be uploaded")
    endings: list[str]


class HitValue(_Value):
    title: str
    names: list[str]
    text: str
    start: int
    end: int
    headings: list[str]
    page: int
    score: float
    bm25: float
    coverage: float
    cosine: float | None


class CandidateTried(_Value):
    kind: Literal["curated", "standard", "quoted", "generated"]
    confidence: float
    declines: bool
    text: str
    sources: list[str]


class RouteTried(_Value):
    """What the bot would do with the question now. `least`: the confidence that was needed."""

    route: str
    text: str
    confidence: float | None
    least: float | None
    candidates: list[CandidateTried]
    ungrounded: list[str]


class SearchResult(_Value):
    """`words` of the question, of which `unknown` stand in no passage."""

    snapshot: str
    passages: int
    words: int
    unknown: int
    margin: float
    hits: list[HitValue]
    route: RouteTried | None
