"""What the team's API of conversations takes and gives. A field is added, never renamed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from chatwright.core.types import Route
from chatwright.server.limits import Text
from chatwright.server.web_types import (
    Asked,
    Content,
    HandoverValue,
    MessageValue,
    SourceValue,
)
from chatwright.store.inbox import InboxRow, Note
from chatwright.store.records import HandoverEnd, HandoverRecord, Thumb
from chatwright.store.talks import Said, Talk, Told

SHORT = 6  # characters of what is shown of a visitor's name
Key = Annotated[Text, Field(min_length=1, max_length=64)]


def shown(owner: str) -> str:
    """A name by which one visitor can be told from another, and no more."""
    kind, _, name = owner.partition(":")
    return f"{kind} {name[-SHORT:]}".strip()


# --- what is asked --------------------------------------------------------------------------------


class Take(Asked):
    """Take a conversation; `instead_of`: the `taken_by` of the colleague it is taken over from."""

    instead_of: Annotated[Text, Field(max_length=100)] = ""


class Answer(Asked):
    """What a person says. `key` names this answer: sent again after a lost reply, it is said once."""

    content: Content
    key: Key


class End(Asked):
    """Give the conversation back to the bot, or take it off the list: the bot answers again either way.
    `answer`: it answers now what the visitor said last, if nobody has."""

    how: Literal["handed_back", "closed"]
    answer: bool = False


class NewNote(Asked):
    """A note for colleagues."""

    text: Annotated[Text, Field(min_length=1, max_length=4_000, pattern=r"\S")]


class SeenUpTo(Asked):
    """The number (`seq`) of the newest message that was seen."""

    seq: Annotated[int, Field(ge=0, le=2**31 - 1)]


class InboxMe(Asked):
    """The name under which visitors read what one writes; empty: none."""

    name: Annotated[Text, Field(max_length=60)]


# --- what is answered -----------------------------------------------------------------------------


class TeamHandover(HandoverValue):
    """A hand-over as the team sees it. `mine`: the caller has the conversation; `taken_by` says who does."""

    id: str
    taken_by: str
    mine: bool
    wanted_at: str | None
    taken_at: str | None
    ended_at: str | None
    ended: HandoverEnd | None
    message_id: str | None

    @classmethod
    def by(cls, record: HandoverRecord, who: str) -> TeamHandover:
        names = HandoverRecord.__dataclass_fields__.keys() & cls.model_fields.keys()
        values = {name: getattr(record, name) for name in names}
        return cls(**values, since=record.since, mine=record.taken_by == who)


class InboxItem(BaseModel):
    """A conversation in the list. `waiting_since` null: the visitor does not wait for anything."""

    id: str
    title: str
    channel: str
    visitor: str
    updated_at: str
    said: str
    waiting_since: str | None
    unread: int
    handover: TeamHandover

    @classmethod
    def of(cls, row: InboxRow, who: str) -> InboxItem:
        names = ("title", "channel", "updated_at", "said", "waiting_since", "unread")
        return cls(
            id=row.handover.conversation_id,
            visitor=shown(row.owner),
            handover=TeamHandover.by(row.handover, who),
            **{name: getattr(row, name) for name in names},
        )


class InboxList(BaseModel):
    """Wanted first, whoever waits longest first. `me` is the caller, and `name` what visitors call them."""

    conversations: list[InboxItem]
    wanted: int
    me: str
    name: str


class InboxSaidValue(BaseModel):
    """What somebody said about a reply."""

    rater: str
    thumb: Thumb | None
    score: float | None
    comment: str
    correction: str
    at: str

    @classmethod
    def of(cls, said: Said) -> InboxSaidValue:
        values = {name: getattr(said, name) for name in Said.__dataclass_fields__}
        return cls(**values | {"rater": shown(said.rater)})


class TeamMessage(MessageValue):
    """A message with what the bot knew, and what was said about it. `seq` is its place in the conversation;
    `review`: the review that is about it."""

    seq: int
    confidence: float | None
    deployment: str | None
    first_token_ms: int | None
    total_ms: int | None
    said: list[InboxSaidValue]
    review: str | None

    @classmethod
    def told(cls, told: Told) -> TeamMessage:
        message = told.message
        names = ("seq", "confidence", "deployment", "first_token_ms", "total_ms")
        return cls(
            **MessageValue.of(message).model_dump(),
            **{name: getattr(message, name) for name in names},
            said=[InboxSaidValue.of(one) for one in told.said],
            review=told.review,
        )


class NoteValue(BaseModel):
    """A note; `mine` can be taken back."""

    id: str
    name: str
    mine: bool
    text: str
    at: str

    @classmethod
    def by(cls, note: Note, who: str) -> NoteValue:
        mine = note.author == who
        return cls(id=note.id, name=note.name, mine=mine, text=note.text, at=note.at)


class TalkSummary(BaseModel):
    """A conversation in a list of all. `person` is the state of its newest hand-over."""

    id: str
    title: str
    channel: str
    visitor: str
    language: str | None
    created_at: str
    updated_at: str
    messages: int
    routes: list[Route]
    ups: int
    downs: int
    person: Literal["wanted", "taken", "ended"] | None

    @classmethod
    def of(cls, talk: Talk) -> TalkSummary:
        names = Talk.__dataclass_fields__.keys() & cls.model_fields.keys()
        values = {name: getattr(talk, name) for name in names}
        return cls.model_validate(
            values | {"visitor": shown(talk.owner), "routes": list(talk.routes)}
        )


class WholeTalk(TalkSummary):
    """One conversation with everything that is kept of it; `said` is what it has in place of the count."""

    tree: list[TeamMessage]
    handover: TeamHandover | None
    handovers: list[TeamHandover]
    notes: list[NoteValue]


class TalkPage(BaseModel):
    """The latest first. `next`: what to send as `cursor` for the page after; null: that was all. `reached`: how
    far back this page has looked, where that is not to the end and it could not be filled."""

    conversations: list[TalkSummary]
    next: str | None
    reached: str | None


class TalkChoices(BaseModel):
    """What there is to filter by."""

    channels: list[str]
    languages: list[str]
    releases: list[str]


class CannedValue(BaseModel):
    """A reviewed answer to a question like the visitor's."""

    id: str
    question: str
    text: str
    likeness: float


class ReplySuggestions(BaseModel):
    """The nearest first."""

    question: str
    answers: list[CannedValue]


class DraftValue(BaseModel):
    """What the bot would say; `route` refused: it would decline, and this is the best it had."""

    text: str
    route: Route
    confidence: float | None
    sources: list[SourceValue]


class Answered(BaseModel):
    """The answer as it is kept. `trouble`: why it has not reached the visitor yet, in a sentence; empty: it
    has, or will show when they look."""

    message: TeamMessage
    trouble: str


class HandoverEnded(BaseModel):
    """How it ended; `answering`: the bot answers now what the visitor said last."""

    handover: TeamHandover
    answering: bool
