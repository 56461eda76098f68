"""The questions that a panel is about: acceptance cases, held-out conversations, or what people asked.

What people asked comes with their consent, without what may say who they are, and only where a conversation
begins: whoever judges it has not seen the rest, and shall not.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from chatwright.answer.people import People
from chatwright.core.types import Conversation, Message
from chatwright.data.privacy import find
from chatwright.evaluation.cases import Case
from chatwright.evaluation.tried import logged
from chatwright.store.database import Database
from chatwright.store.tables import messages

# Dates and amounts say nothing of who asked; everything else that is found does.
HARMLESS = frozenset({"DATE", "TIME", "AMOUNT", "NUMBER", "TITLE"})
LONGEST = 4000  # characters of a question
MANY = 400  # ids in one statement


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every contestant. `case`: what an answer must hold, where that is known."""

    conversation: Conversation
    topic: str = ""
    case: Case | None = None
    origin: str | None = None
    owner: str | None = None

    @property
    def text(self) -> str:
        return self.conversation.messages[-1].content

    @property
    def history(self) -> tuple[Mapping[str, str], ...]:
        said = self.conversation.messages[:-1]
        return tuple({"role": m.role, "content": m.content} for m in said if m.role != "system")


def of_cases(cases: Sequence[Case], most: int, seed: int) -> list[Question]:
    """Acceptance cases, drawn."""
    found = [Question(case.conversation, case.topic, case) for case in cases]
    return _drawn(found, most, seed)


def held_out(conversations: Sequence[Conversation], most: int, seed: int) -> list[Question]:
    """Questions of conversations that nothing was trained on, each once."""
    found: dict[str, Question] = {}
    for one in logged(conversations, len(conversations) * 3, seed):
        question = Question(one.conversation)
        if question.text.strip() and len(question.text) <= LONGEST:
            found.setdefault(question.text.strip().casefold(), question)
    return _drawn(list(found.values()), most, seed)


def of_people(
    people: People, database: Database, most: int, seed: int
) -> tuple[list[Question], Counter[str]]:
    """What people asked at the beginning of a conversation, of those who agreed that it is read; and how many
    were left out, by reason. Each question once."""
    owners = {turn.message_id: turn.owner for turn in people.trainable_turns()}
    left: Counter[str] = Counter()
    found: dict[str, Question] = {}
    for reply, (origin, text) in _begun(database, list(owners)).items():
        if not text.strip() or len(text) > LONGEST:
            left["too long or empty"] += 1
        elif personal(text):
            left["may say who asked"] += 1
        elif text.strip().casefold() in found:
            left["asked before"] += 1
        else:
            asked = Conversation((Message("user", text),))
            found[text.strip().casefold()] = Question(asked, "", None, origin, owners[reply])
    return _drawn(list(found.values()), most, seed), left


def personal(text: str) -> bool:
    """Whether a text holds something that may point to a person."""
    return any(span.type not in HARMLESS for span in find([text])[0])


def _begun(database: Database, replies: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Reply -> the question before it and its id, where the conversation begins with that question."""
    asked = messages.alias("asked")
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(replies), MANY):
        query = (
            select(messages.c.id, asked.c.id, asked.c.content)
            .join(asked, asked.c.id == messages.c.parent_id)
            .where(
                messages.c.id.in_(replies[start : start + MANY]),
                asked.c.role == "user",
                asked.c.parent_id.is_(None),
            )
            .order_by(messages.c.id)
        )
        with database.read() as connection:
            found |= {id: (origin, text) for id, origin, text in connection.execute(query)}
    return found


def _drawn(found: list[Question], most: int, seed: int) -> list[Question]:
    random.Random(seed).shuffle(found)
    return found[:most]
