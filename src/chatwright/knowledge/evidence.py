"""Which passages of a search a model is shown, how they are written, and where they stand.

Training and serving both come through here, so that a model is shown in serving what it learned to read.
Decides nothing about answers: whether a reply rests on what is shown is judged elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chatwright.core.placeholders import PLACEHOLDER
from chatwright.core.types import Conversation, Message
from chatwright.knowledge.search import Found, Hit
from chatwright.knowledge.words import terms

Count = Callable[[str], int]  # the tokens of a text

PASSAGES = 2
ROOM = 160  # tokens of all passages of one reply together
LEAST = 24  # tokens: less of a passage than that tells nothing
BEHIND = 0.5  # of the best one's score, from which on another passage is shown beside it
BEFORE = 200  # characters of the question before, which a short question may be about
SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])|\n")
MARKUP = re.compile(
    r"\*\*|__|`|!?\[([^\]]*)\]\([^)]*\)|^\s*(?:[-*+\u2022]|\d{1,3}[.)])\s+|^\s*#+\s+"
    r"|^[|:\t -]*-[|:\t -]*$|^\|[\t ]*|[\t ]*\|[\t ]*$",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """How a release was trained with evidence: so it is served. `room` is in tokens."""

    room: int = ROOM
    passages: int = PASSAGES

    @classmethod
    def of(cls, manifest: Mapping[str, Any] | None) -> Shown | None:
        """What a release's manifest says; None: it was trained without."""
        if not manifest:
            return None
        return cls(int(manifest["room"]), int(manifest["passages"]))


def question_of(conversation: Conversation) -> str:
    """What is searched for: the last user's words, and those of the user before, which they may go on.

    Placeholders are left out: no document has them.
    """
    said = [message.content for message in conversation.messages if message.role == "user"]
    if not said:
        return ""
    before = said[-2][-BEFORE:] if len(said) > 1 else ""
    return " ".join(PLACEHOLDER.sub(" ", f"{said[-1]} {before}").split())


def evidence_for(
    found: Found, room: int, count: Count, question: str = "", most: int = PASSAGES
) -> tuple[Message, ...]:
    """The passages that are shown, best first, of at most `room` tokens as `count` counts them.

    A passage that is too long is cut to the sentences that have most of the `question` in them. Empty
    where nothing was found, or nothing fits.
    """
    best = found.hits[0].bm25 if found.hits else 0.0
    hits = [hit for hit in found.hits[:most] if hit.bm25 >= BEHIND * best]
    return messages_of(hits, room, count, question)


def messages_of(
    hits: Sequence[Hit], room: int, count: Count, question: str = ""
) -> tuple[Message, ...]:
    """These passages in this order, each within its share of the `room` that those before it left."""
    made: list[Message] = []
    for at, hit in enumerate(hits):
        share = room if at == len(hits) - 1 else max(room * 2 // 3, LEAST)
        text = written(hit, share, count, question)
        if text:
            made.append(Message("evidence", text))
            room -= count(text)
    return tuple(made)


def written(hit: Hit, room: int, count: Count, question: str = "") -> str:
    """A passage under its title and headings, without the signs of Markdown; empty where it does not fit."""
    head = ": ".join(dict.fromkeys((hit.title, *hit.passage.headings)))
    body = plain(hit.passage.text)
    whole = f"{head}\n{body}"
    if count(whole) <= room:
        return whole
    left = room - count(f"{head}\n")
    if left < LEAST:
        return ""
    kept = _telling(body, left, count, question)
    return f"{head}\n{kept}" if kept else ""


def _telling(body: str, room: int, count: Count, question: str) -> str:
    """The sentences in a row that have most of the question in them, as many as fit."""
    pieces = [piece for piece in SENTENCE.split(body) if piece.strip()]
    wanted = set(terms(question))
    worth = [len(wanted.intersection(terms(piece))) for piece in pieces]
    sizes = [count(f"{piece}\n") for piece in pieces]
    best, chosen = -1, (0, 0)
    for first in range(len(pieces)):
        last, size, value = first, 0, 0
        while last < len(pieces) and size + sizes[last] <= room:
            size, value, last = size + sizes[last], value + worth[last], last + 1
        if last > first and value > best:
            best, chosen = value, (first, last)
    return "\n".join(piece.strip() for piece in pieces[slice(*chosen)])


def plain(text: str) -> str:
    """`text` without the signs of Markdown; cells of a table are divided by "|"."""
    bare = MARKUP.sub(lambda found: found[1] or "", text)
    return "\n".join(line.strip() for line in bare.split("\n") if line.strip())


def insert(
    conversation: Conversation,
    messages: Sequence[Message],
    takes: Callable[[Conversation], bool] | None = None,
) -> Conversation:
    """The conversation with `messages` of evidence behind the last user's words, where a reply follows.

    A pretrained base's own template may refuse them there: where it does not take that, they stand
    before those words, and where it takes no such message at all, within them.
    """
    asked = _last_user(conversation)
    if not messages or asked is None:
        return conversation
    for made in _placed(conversation, tuple(messages), asked):
        if takes is None or takes(made):
            return made
    return conversation


def _placed(
    conversation: Conversation, messages: tuple[Message, ...], asked: int
) -> Iterator[Conversation]:
    said = conversation.messages
    for at in (asked + 1, asked):
        yield replace(conversation, messages=(*said[:at], *messages, *said[at:]))
    text = "\n\n".join([*(one.content for one in messages), said[asked].content])
    within = replace(said[asked], content=text)
    yield replace(conversation, messages=(*said[:asked], within, *said[asked + 1 :]))


def _last_user(conversation: Conversation) -> int | None:
    places = range(len(conversation.messages) - 1, -1, -1)
    return next((at for at in places if conversation.messages[at].role == "user"), None)
