"""Curated answers as frozen values: what people write, what is kept beside it, and the steps of the log."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from chatwright.core.errors import Conflict
from chatwright.core.files import canonical_json

State = Literal["active", "retired"]
NONE = "0" * 64  # the hash of no answers
SHOWN = 80  # characters of a text in a sentence


@dataclass(frozen=True, slots=True)
class Link:
    """Where readers find more: an http(s) address, or the name of a document."""

    title: str
    uri: str


@dataclass(frozen=True, slots=True)
class Content:
    """What people write: an answer with its questions. Times are UTC, as `stamps.now` writes them: it is given
    from `starts_at` on and before `expires_at`. `origin` is the message from whose correction it was made."""

    text: str
    questions: tuple[str, ...]
    note: str = ""
    links: tuple[Link, ...] = ()
    starts_at: str | None = None
    expires_at: str | None = None
    state: State = "active"
    origin: str | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Content:
        """What `values` wrote."""
        links = tuple(Link(**link) for link in values["links"])
        return cls(**{**values, "questions": tuple(values["questions"]), "links": links})

    def values(self) -> dict[str, Any]:
        """As JSON has it. Written out: `asdict` takes ten times as long, which counts for 10,000 answers."""
        return {
            "text": self.text,
            "questions": list(self.questions),
            "note": self.note,
            "links": [{"title": link.title, "uri": link.uri} for link in self.links],
            "starts_at": self.starts_at,
            "expires_at": self.expires_at,
            "state": self.state,
            "origin": self.origin,
        }

    def retired(self) -> Content:
        return replace(self, state="retired")

    def words(self) -> str:
        """All of its text, to be looked through."""
        links = (f"{link.title} {link.uri}" for link in self.links)
        return "\n".join((self.text, self.note, *self.questions, *links))

    def in_force(self, at: str) -> bool:
        """Whether it is given at that time."""
        begun = self.starts_at is None or self.starts_at <= at
        return (
            self.state == "active" and begun and (self.expires_at is None or at < self.expires_at)
        )


@dataclass(frozen=True, slots=True)
class CuratedRecord:
    """An answer as it is kept. `owner` is the person whose words `origin` was; `revision` changed it last."""

    id: str
    content: Content
    owner: str | None
    author: str
    created_at: str
    updated_at: str
    revision: int

    @classmethod
    def of(cls, row: dict[str, Any], questions: Sequence[str]) -> CuratedRecord:
        row.pop("bot")
        kept = {name: row.pop(name) for name in cls.__slots__ if name != "content"}
        return cls(content=Content.of(row | {"questions": questions}), **kept)


@dataclass(frozen=True, slots=True)
class Revision:
    """One change. `content` is the hash of all that is active after it; `answers`: how many it changed."""

    number: int
    content: str
    at: str
    author: str
    action: str
    answers: int

    @classmethod
    def of(cls, row: dict[str, Any]) -> Revision:
        row.pop("bot")
        return cls(**row)

    @property
    def id(self) -> str | None:
        """Equal for equal answers; None where there are none."""
        return None if self.content == NONE else self.content[:12]

    def row(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one answer; None: it is not there."""

    id: str
    before: Content | None
    after: Content | None


def weight(id: str, content: Content) -> int:
    """A hash of what is said to people, as a number; 0 of what is not active."""
    if content.state != "active":
        return 0
    said = content.values()
    for name in ("note", "state", "origin"):
        del said[name]
    return int(
        hashlib.sha256(canonical_json([id, said]).encode("utf-8", "replace")).hexdigest(), 16
    )


def shown(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 3] + "..."


def taken(question: str, holder: str, text: str) -> Conflict:
    """The error for a question that would have two answers; `text` is the other one's, empty where it is the
    same one."""
    if not text:
        return Conflict(
            f'The question "{shown(question)}" stands there twice.', "Leave one out.", code="twice"
        )
    return Conflict(
        f'The question "{shown(question)}" is answered already, by {holder}: "{shown(text)}"',
        f"Change the answer {holder}, or leave the question out.",
        code="question_taken",
    )
