"""A bot's store with people in it, for tests of reviews: they ask, are answered, and say what they think."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatwright.answer.people import People
from chatwright.core.files import read_jsonl
from chatwright.improve.decisions import Decision
from chatwright.improve.review import Reviewer
from chatwright.knowledge.curating import Curator
from chatwright.spec import Spec
from chatwright.store import Conversations, Database, Feedbacks, TurnLog
from chatwright.store.records import FeedbackRecord, Outcome
from chatwright.store.secret import Secret

BOT = "library"
ANN, BEN, CAT, EVE = "visitor:ann", "visitor:ben", "visitor:cat", "visitor:eve"
QUESTION = "How late is the Mill open on Fridays?"
WRONG, RIGHT = "The Mill closes at 6 pm on Fridays.", "The Mill closes at 8:30 pm on Fridays."
PARAPHRASE = "when does the mill shut on a friday evening"


def consenting(spec: Spec) -> Spec:
    privacy = spec.privacy.model_copy(update={"consent": "May we learn from this?"})
    return spec.model_copy(update={"privacy": privacy})


@dataclass
class Desk:
    """`ask` gives the id of the reply."""

    spec: Spec
    database: Database

    def __post_init__(self) -> None:
        self.people = People(self.spec, self.database, Secret("s" * 32))
        self.bot = self.spec.bot.name
        self.curator = Curator(self.database, self.bot, self.people.audit)
        self.reviewer = Reviewer(self.spec, self.database, self.people, self.curator)

    def ask(
        self,
        owner: str = ANN,
        question: str = QUESTION,
        answer: str = WRONG,
        *,
        agrees: bool = True,
        confidence: float | None = 0.9,
        after: tuple[str, str] | None = None,
    ) -> str:
        if agrees and self.people.consent(owner) is None:
            self.people.agree(owner, True)
        log, id = TurnLog(self.database), Conversations(self.database).create(self.bot, owner).id
        parent = None
        for said, reply in (*([after] if after else []), (question, answer)):
            begun = log.begin(id, owner, said, parent, release="r", deployment="d")
            done = Outcome("done", reply, route="generated", confidence=confidence)
            parent = log.finish(begun.message, owner, done).id
        assert parent is not None
        return parent

    def say(self, message: str, rater: str = ANN, correction: str = "", **said: Any) -> None:
        thumb = said.get("thumb", "down")
        record = FeedbackRecord(thumb, said.get("comment", ""), correction)
        assert Feedbacks(self.database).put(message, rater, record, any_of=self.bot)

    def corrected(self, owner: str = ANN, correction: str = RIGHT, **asked: Any) -> str:
        """A reply that was corrected by whoever asked; the id of its review."""
        message = self.ask(owner, **asked)
        self.say(message, owner, correction)
        return self.review_of(message)

    def review_of(self, message: str) -> str:
        waiting = self.reviewer.items(())
        return next(one.review.id for one in waiting if one.review.message_id == message)

    def decide(
        self, id: str, action: Any = "accept", author: str = "account:1", **wanted: Any
    ) -> Any:
        options = {k: wanted.pop(k) for k in ("editor", "bulk", "revision") if k in wanted}
        return self.reviewer.decide(id, Decision(action, **wanted), author, **options)

    @property
    def cases(self) -> Path:
        return self.spec.path(self.spec.evaluation.cases)

    def lines(self) -> list[dict[str, Any]]:
        return list(read_jsonl(self.cases)) if self.cases.exists() else []

    def accepted(self) -> list[Any]:
        return self.reviewer.reviews.accepted(self.bot, version=self.people.consent_version)
