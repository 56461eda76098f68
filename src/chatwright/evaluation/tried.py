"""The questions that a calibration is made from: with a logged reply, or with none that anybody could give.

logged(conversations)     what people asked, with what was said to it
outside(languages)        what nobody's bot is about
drafted questions stand in where nothing was ever logged; each is also asked of the others' documents
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatwright.core.types import Conversation, Message
from chatwright.data.tables import Tables

TABLES = Tables(Path(__file__).with_name("outside.toml"))
EACH = 3  # questions of one conversation
NEAR = 0.75  # of a known question: then a question from outside is not one for this bot


@dataclass(frozen=True, slots=True)
class Question:
    """`reply` None: there is no right answer but to decline. `group`: questions that know of each other.
    `document`: the name of the one that a question was drafted from, and that answers it."""

    conversation: Conversation  # ends with the question
    reply: str | None
    group: str
    document: str | None = None


def logged(conversations: Sequence[Conversation], most: int, seed: int = 0) -> list[Question]:
    """At most `most` questions of these conversations, drawn evenly; a reply that declines is None."""
    found: list[Question] = []
    for conversation in conversations:
        of_one = []
        for at, message in enumerate(conversation.messages):
            asked = at and conversation.messages[at - 1].role == "user"
            if message.role == "assistant" and asked and message.content.strip():
                reply = None if message.refused else message.content.strip()
                of_one.append(Question(conversation.before(at), reply, reply or "declined"))
        random.Random(f"{seed} {conversation.id}").shuffle(of_one)
        found += of_one[:EACH]
    random.Random(seed).shuffle(found)
    return found[:most]


def outside(languages: Iterable[str]) -> list[Question]:
    """In these languages; in English where none of them is known."""
    known = [name[:2] for name in languages if name[:2] in TABLES.all] or ["en"]
    lines = [line for name in known for line in TABLES.all[name].strip().split("\n")]
    return [Question(asked(line), None, f"outside {at}") for at, line in enumerate(lines)]


def asked(text: str) -> Conversation:
    return Conversation((Message("user", text),))
