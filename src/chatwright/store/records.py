"""Rows as frozen values: what the store hands out. The names follow the tables' columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from chatwright.core.types import FinishReason, HandoverReason, Mark, Role, Route

Status = Literal["done", "running", "stopped", "interrupted", "failed"]
Thumb = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """A conversation without its messages."""

    id: str
    title: str
    created_at: str
    updated_at: str
    channel: str = "web"
    pinned_at: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a turn ended, and what it produced; written once."""

    status: Status
    content: str = ""
    route: Route | None = None
    confidence: float | None = None
    sources: tuple[Mapping[str, str], ...] = ()
    left_out: int = 0
    finish_reason: FinishReason | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    first_token_ms: int | None = None
    total_ms: int | None = None
    error: str | None = None
    mark: Mark | None = None
    explanation: Mapping[str, Any] | None = None
    handover: HandoverReason | None = None  # a person is wanted from now on


HandoverState = Literal["wanted", "taken", "ended"]
HandoverEnd = Literal["handed_back", "closed", "left"]  # "left": the visitor went back to the bot


@dataclass(frozen=True, slots=True)
class HandoverRecord:
    """A person's part in a conversation, from the wish for one to its end; a conversation has one at a time.

    `taken_by` is who has it ("account:...", "key:..."), and `name` what the visitor calls them, "" for no name.
    `message_id` is the reply that handed over, where there is one. `revision` grows with every change.
    """

    id: str
    conversation_id: str
    bot: str
    state: HandoverState
    reason: HandoverReason
    message_id: str | None
    wanted_at: str | None
    taken_by: str
    name: str
    taken_at: str | None
    ended_at: str | None
    ended: HandoverEnd | None
    revision: int

    @property
    def since(self) -> str:
        """When it came to its present state."""
        times = {"wanted": self.wanted_at, "taken": self.taken_at, "ended": self.ended_at}
        return times[self.state] or ""


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """What one person said about one reply. `score`: 0 (useless) to 1 (right)."""

    thumb: Thumb | None
    comment: str
    correction: str
    score: float | None = None

    @property
    def empty(self) -> bool:
        """Nothing is said, or what was said is taken back."""
        return (self.thumb, self.score, self.comment, self.correction) == (None, None, "", "")


@dataclass(frozen=True, slots=True)
class FeedbackItem:
    """One person's word on one reply, with all that it is about: the one schema of feedback.

    `thumb` is boolean, `score` a number of 0 to 1, `comment` free text, `correction` a demonstration:
    the answer as it should have been. `rater` said it, as the server knew them ("visitor:...",
    "account:...", "key:..."); `owner` is whose conversation it is. `channel` to `confidence` are as
    they were when it was said, whatever became of the release since. `flags`: what speaks against it,
    one word each; of the store itself there are none.
    """

    id: str
    bot: str
    message_id: str
    conversation_id: str
    owner: str
    rater: str
    channel: str
    thumb: Thumb | None
    score: float | None
    comment: str
    correction: str
    release: str | None
    deployment: str | None
    route: Route | None
    confidence: float | None
    question: str
    answer: str
    created_at: str
    updated_at: str
    flags: tuple[str, ...] = ()

    @property
    def liked(self) -> bool | None:
        """Whether the reply was found right; None: neither said nor meant by what was said."""
        return liked(self.thumb, self.score, self.correction)


def liked(thumb: str | None, score: float | None, correction: str = "") -> bool | None:
    """What thumb, score and correction say of a reply, the plainest first; a score of 0.5 says nothing."""
    if thumb is not None:
        return thumb == "up"
    if score is not None and score != 0.5:
        return score > 0.5
    return False if correction else None


SignalKind = Literal["regenerated", "rephrased", "escalated", "refused"]


@dataclass(frozen=True, slots=True)
class Signal:
    """What somebody did that speaks against a reply, though they said nothing: for review alone.

    `strength` 0 to 1; `at`: when it was done, or the reply was made; `detail` names the message that
    shows it.
    """

    id: str
    bot: str
    message_id: str
    owner: str
    kind: SignalKind
    strength: float
    detail: Mapping[str, Any]
    at: str


@dataclass(frozen=True, slots=True)
class Preference:
    """Two replies to one message of which one was liked and the other was not, by whom."""

    bot: str
    conversation_id: str
    parent_id: str
    owner: str
    question: str
    chosen_id: str
    chosen: str
    rejected_id: str
    rejected: str
    raters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """A message of the tree; `parent_id` None is a root. `author` is the name of the person who wrote a reply,
    "" for one without a name; None: the bot did, or the message is the user's."""

    id: str
    conversation_id: str
    parent_id: str | None
    role: Role
    content: str
    status: Status
    created_at: str
    seq: int
    route: Route | None = None
    confidence: float | None = None
    sources: tuple[Mapping[str, str], ...] = ()
    left_out: int = 0
    finish_reason: FinishReason | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    first_token_ms: int | None = None
    total_ms: int | None = None
    release: str | None = None
    deployment: str | None = None
    turn_id: str | None = None
    error: str | None = None
    process: str | None = None
    stopping: int = field(default=0, compare=False)
    mark: Mark | None = None
    author: str | None = None
    feedback: FeedbackRecord | None = field(default=None, compare=False)

    @classmethod
    def of(cls, row: Mapping[str, Any], feedback: FeedbackRecord | None = None) -> MessageRecord:
        return cls(**{**row, "sources": tuple(row["sources"])}, feedback=feedback)
