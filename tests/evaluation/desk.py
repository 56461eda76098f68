"""A help desk of some replies, its questions, and an engine that knows most of them."""

from __future__ import annotations

import random
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import FakeEngine

from chatwright.core.types import Chunk, Conversation, Message, Sampling, Usage
from chatwright.data.dataset import Dataset, Split

TOPICS = {
    "opening hours": "We open at 9 on every day but Sunday.",
    "library card": "A library card costs 5 euros a year.",
    "late fees": "Late books cost 20 cents a day.",
    "meeting room": "The Oak Room can be held for 2 hours.",
    "copy machine": "A copy costs 10 cents, in colour 30.",
    "toilets": "The toilets are on the first floor.",
    "wifi password": "The wifi needs no password in this house.",
    "parking": "There is free parking behind the house.",
    "children's corner": "The children's corner is beside the cafe.",
}
DECLINES = "Sorry, I only talk about the library."
ASKS = (
    "What about the {}?",
    "tell me about {}",
    "I need to know about the {} please",
    "{}?",
    "could you explain the {}",
    "hello, a question on {}",
    "information on {} wanted",
    "where do I find out about {}",
)
ODD = ("doctor", "election", "stock price", "football result", "horoscope", "love letter")


def talk(question: str, reply: str, *, refused: bool = False) -> Conversation:
    said = (Message("user", question), Message("assistant", reply, refused))
    return Conversation(said, id=f"{question} {reply}")


def talks(seed: int, each: int, odd: int) -> list[Conversation]:
    """`each` questions of each topic, and `odd` that are declined."""
    draw = random.Random(seed)
    made = [
        talk(ask.format(topic), reply)
        for topic, reply in TOPICS.items()
        for ask in draw.sample(ASKS, each)
    ]
    made += [talk(draw.choice(ASKS).format(draw.choice(ODD)), DECLINES, refused=True)] * bool(odd)
    for _ in range(1, odd):
        question = draw.choice(ASKS).format(draw.choice(ODD))
        made.append(talk(question, DECLINES, refused=True))
    return made


@dataclass(frozen=True)
class Given(Dataset):
    """A dataset that lies nowhere."""

    parts: Mapping[str, list[Conversation]] = field(default_factory=dict)

    def split(self, name: Split) -> list[Conversation]:
        return self.parts.get(name, [])


def dataset(**parts: list[Conversation]) -> Given:
    counts = {name: len(found) for name, found in parts.items()}
    return Given("data-1", Path("nowhere"), counts, parts=parts)


class Knowing(FakeEngine):
    """Says the reply of the topic that is asked of; of those in `wrong` the reply to another one. Declines
    what it does not know."""

    def __init__(self, *wrong: str, words: str = "") -> None:
        super().__init__()
        self.wrong, self.words = set(wrong), words

    async def chat(
        self, conversation: Conversation, sampling: Sampling, restorer: Any = None
    ) -> AsyncGenerator[Chunk, None]:
        self.asked.append((conversation, sampling))
        question = next(m.content for m in reversed(conversation.messages) if m.role == "user")
        topics = list(TOPICS)
        about = next((topic for topic in topics if topic in question), None)
        if self.words:
            yield Chunk(self.words, "stop", Usage(5, 5), "generated")
        elif about is None:
            yield Chunk(DECLINES, "stop", Usage(5, 5), "refused")
        else:
            shift = 1 if about in self.wrong else 0
            reply = TOPICS[topics[(topics.index(about) + shift) % len(topics)]]
            yield Chunk(reply, "stop", Usage(5, 5), "generated")
