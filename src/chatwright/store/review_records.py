"""Reviews as frozen values: one thing to decide, what a decision left, and what training may learn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from chatwright.core.types import Message

ReviewState = Literal[
    "open", "accepted", "edited", "redacted", "rejected", "curated", "case", "quarantined"
]
STATES: tuple[ReviewState, ...] = (
    "open", "accepted", "edited", "redacted", "rejected", "curated", "case", "quarantined",
)  # fmt: skip
WAITING: tuple[ReviewState, ...] = ("open", "quarantined")


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """A test case that was made by a decision. `held`: a phrasing that never enters training; else its question
    is the one that is trained on. `origin` is the message in whose words it is asked, and `owner` whose that
    is; both empty where a reviewer wrote it."""

    id: str
    question: str
    held: bool
    origin: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision left behind: enough to train on, and to undo it.

    `messages`: the conversation up to and with the right reply; empty where nothing is trained on. `words_by`:
    the rater whose correction the reply is, empty where the reviewer wrote it. `said`: (owner, time) of all
    words of visitors in it, and `version` the consent text under which they may be learned from. `undo`: what
    stood there before in the curated answer `curated`.
    """

    question: str = ""
    answer: str = ""
    wrong: str = ""
    reason: str = ""
    messages: tuple[Message, ...] = ()
    raters: tuple[str, ...] = ()
    words_by: str = ""
    owners: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    version: str = ""
    curated: str = ""
    undo: Mapping[str, Any] | None = None

    def values(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Decided:
        lists = ("raters", "owners", "origins")
        kept = {**values, **{name: tuple(values[name]) for name in lists}}
        kept["messages"] = tuple(Message(**one) for one in values["messages"])
        kept["said"] = tuple((owner, at) for owner, at in values["said"])
        return cls(**kept)


@dataclass(frozen=True, slots=True)
class Review:
    """One thing to decide: a reply with all feedback on it. `revision` grows with every change."""

    id: str
    bot: str
    message_id: str
    conversation_id: str
    owner: str
    state: ReviewState
    revision: int
    created_at: str
    updated_at: str
    reviewer: str = ""
    decided_at: str | None = None
    trained: bool = False
    content: Decided | None = None
    cases: tuple[ReviewCase, ...] = ()

    @property
    def waiting(self) -> bool:
        return self.state in WAITING


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """A line of the log: who did what to which review. `revision` is that of the review afterwards."""

    id: str
    review_id: str
    at: str
    author: str
    action: str
    state: ReviewState
    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A correction that people agreed on, as training takes it. `kind` is "row" now; "pair" may come.

    `messages`: the conversation up to and including the RIGHT reply; `wrong`: what the bot had said. `raters`
    gave feedback on it, `owners` are whose words are in it, `origins` the messages that it comes from.
    `paraphrases_held_out` never enter training: the cases `case_ids` ask them.
    """

    id: str
    messages: tuple[Message, ...]
    wrong: str
    question: str
    raters: tuple[str, ...]
    owners: tuple[str, ...]
    origins: tuple[str, ...]
    reviewer: str
    decided_at: str
    case_ids: tuple[str, ...] = ()
    paraphrases_held_out: tuple[str, ...] = ()
    kind: Literal["row"] = "row"


@dataclass(frozen=True, slots=True)
class ForgottenReviews:
    """What was removed: ids of reviews, and of the cases that are to be taken out of the file of cases."""

    reviews: tuple[str, ...] = ()
    cases: tuple[str, ...] = field(default=())

    def __add__(self, other: ForgottenReviews) -> ForgottenReviews:
        return ForgottenReviews(self.reviews + other.reviews, self.cases + other.cases)
