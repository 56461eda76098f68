"""A guard of a bot with the given `[guard]`, and texts that come in pieces."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from chatwright.answer.guard import Guard, own_words
from chatwright.answer.guard_personal import Public
from chatwright.core.types import Conversation, Message, Role
from chatwright.spec import Spec


def spec_of(folder: Path = Path("nowhere"), **guard: Any) -> Spec:
    return Spec.model_validate(
        {"folder": folder, "bot": {"name": "library", "purpose": "Help readers."}, "guard": guard}
    )


def guard_of(public: Sequence[str] = (), **settings: Any) -> Guard:
    spec = spec_of(**settings)
    return Guard(spec, Public([*own_words(spec), *public]))


def talk(*turns: tuple[Role, str] | str) -> Conversation:
    """Strings are what the user says."""
    said = (("user", turn) if isinstance(turn, str) else turn for turn in turns)
    return Conversation(tuple(Message(role, text) for role, text in said))


def passed(guard: Guard, pieces: Iterable[str], conversation: Conversation | None = None) -> str:
    """What is sent of a reply; a reply that was ended has its mark behind it."""
    checked = guard.checking(conversation or talk("Hi"))
    sent = ""
    for piece in pieces:
        sent += checked.push(piece)[0]
        if checked.hit:
            return f"{sent}|{checked.hit}"
    sent += checked.finish()[0]
    return f"{sent}|{checked.hit}" if checked.hit else sent


def pieces(text: str, seed: int) -> Iterator[str]:
    """`text` in pieces as tokens are: one to nine characters, most with a space in front."""
    draw = random.Random(seed)
    at = 0
    while at < len(text):
        size = draw.choice((1, 2, 3, 5, 9))
        yield text[at : at + size]
        at += size


def ways(text: str, count: int = 12) -> Iterator[list[str]]:
    """The whole, character by character, and pieces of all sizes."""
    yield [text]
    yield list(text)
    yield from (list(pieces(text, seed)) for seed in range(count))
