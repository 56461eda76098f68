"""Bodies of the privacy page."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field

from chatwright.server.limits import Text
from chatwright.server.web_types import Asked
from chatwright.server.workshop import Work

Identifier = Annotated[Text, Field(min_length=1, max_length=200, pattern=r"\S")]


class PrivacyValue(BaseModel):
    """`older`: conversations beyond `retention_days`, which the next hour removes. `erased`: people, ever."""

    retention_days: int
    log_days: int
    consent: str
    consent_version: str
    people: int
    conversations: int
    older: int
    consenting: int
    declined: int
    erased: int
    waiting: int


class Find(Asked):
    """The id of a conversation or a person, or words."""

    text: Identifier


class PersonValue(BaseModel):
    """An owner of conversations. `name`: of an account, else ""."""

    id: str
    name: str
    conversations: int
    first: str | None
    last: str | None


class Found(BaseModel):
    """Last active first; of many, the first fifty."""

    people: list[PersonValue]
    total: int


class PersonExport(Asked):
    """Whose, and in which form."""

    person: Identifier
    format: Literal["zip", "json"] = "zip"


class Erase(Asked):
    """An id, or names, addresses and numbers of one person. `keep_serving`: a model that learned them goes on
    answering until another is there."""

    who: Annotated[list[Identifier], Field(min_length=1, max_length=20)]
    keep_serving: bool = False


class Proof(Asked):
    """Whom to look for; `named`: also all that the tombstones know, and the owner's own files."""

    who: Annotated[list[Identifier], Field(min_length=1, max_length=20)]
    named: bool = False


class ProofValue(BaseModel):
    """Where something of them still stands: `files` below .chatwright, `tables` of the store, and `sources`,
    files of the owner's that are not changed, with the numbers of the rows from 0."""

    clean: bool
    files: list[str]
    tables: list[str]
    files_read: int
    bytes_read: int
    rows_read: int
    sources: dict[str, list[int]]


class ErasureValue(BaseModel):
    """An erasure, by an id that says nothing of who it was."""

    OF: ClassVar = (
        *("id", "at", "steps", "removed", "left", "sources", "releases"),
        *("served", "instead", "candidate", "verdict"),
    )

    id: str
    at: str
    open: bool
    steps: list[str]
    removed: dict[str, int]
    left: dict[str, list[str]]
    sources: dict[str, list[int]]
    releases: list[str]
    served: str
    instead: str
    candidate: str
    verdict: str


class ErasureList(BaseModel):
    """`work`: what runs now, of whatever kind; `last`: the newest process that finished erasures."""

    open: list[ErasureValue]
    done: list[ErasureValue]
    work: Work | None
    last: Work | None


class Begun(BaseModel):
    """`work` null: other work runs; a server goes on with the erasure when that has ended."""

    erasure: str | None
    work: Work | None
