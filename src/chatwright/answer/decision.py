"""What a route is chosen from and by: the question, what stands ready for it, and what was decided.

Values alone; the router makes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from chatwright.answer.facts import Fact
from chatwright.answer.signs import Draft, Kind
from chatwright.answer.standard import Looked
from chatwright.core.types import Conversation, Mark, Route, Source
from chatwright.knowledge.curated import Match
from chatwright.knowledge.search import Found, Hit


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it came, and as the model sees it; `before`: the user's message before it, likewise."""

    conversation: Conversation
    question: str
    hidden: str
    before: str = ""
    hidden_before: str = ""

    @classmethod
    def of(cls, conversation: Conversation, hidden: Conversation | None = None) -> Asked | None:
        """None where nobody asked anything."""
        plain = users_of(conversation)
        shown = users_of(hidden or conversation)
        if not plain or not plain[-1].strip() or len(plain) != len(shown):
            return None
        before = plain[-2] if len(plain) > 1 else ""
        return cls(conversation, plain[-1], shown[-1], before, shown[-2] if before else "")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could be said. `declined`: it says that it cannot help."""

    kind: Kind
    text: str
    confidence: float
    declined: bool = False
    sources: tuple[Source, ...] = ()
    signs: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a question before a model has written anything."""

    asked: Asked
    curated: tuple[Match, ...]
    standard: Looked | None
    found: Found | None
    signs: dict[str, float]

    @property
    def hits(self) -> tuple[Hit, ...]:
        return self.found.hits if self.found else ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said, and why. `lacking`: facts of the model's draft that stand nowhere."""

    route: Route
    text: str
    confidence: float
    threshold: float
    candidates: tuple[Candidate, ...]
    sources: tuple[Source, ...] = ()
    lacking: tuple[Fact, ...] = ()
    draft: Draft | None = None
    mark: Mark | None = None

    def explained(self) -> dict[str, Any]:
        """For an owner: route, scores, evidence and thresholds, as plain values."""
        return {
            "route": self.route,
            "confidence": round(self.confidence, 4),
            "threshold": round(self.threshold, 4),
            "candidates": [
                {
                    "kind": one.kind,
                    "confidence": round(one.confidence, 4),
                    "declines": one.declined,
                    "text": one.text[:300],
                    "sources": [source.uri for source in one.sources],
                    "signs": {name: round(value, 4) for name, value in one.signs.items()},
                }
                for one in self.candidates
            ],
            "ungrounded": [fact.text for fact in self.lacking],
        }


@dataclass(frozen=True, slots=True)
class Trial:
    """What curated answers a question comes near to. `given`: the id of the one that would be said without a
    look at anything else, None where there is none; its `confidence`, and what was `needed`."""

    near: tuple[Match, ...]
    given: str | None
    confidence: float
    needed: float


def users_of(conversation: Conversation) -> list[str]:
    """What the user has said; empty where the last word is not theirs."""
    if not conversation.messages or conversation.messages[-1].role != "user":
        return []
    return [message.content for message in conversation.messages if message.role == "user"]
