"""A conversation as a row: its JSON, its identity, and the text that likeness is judged by."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from chatwright.core.types import Conversation, Message, Provenance
from chatwright.data.readers.source import writable

SAID_FIRST, SAID_IN_REPLY = {"user"}, {"assistant", "tool", "evidence"}


class Text(NamedTuple):
    """What near-duplicates are compared on: both sides of a conversation, folded.

    System messages are left out: a bot's one long prompt would make all its rows alike.
    """

    prompt: str
    answer: str


def fold(text: str) -> str:
    """Without case and spacing."""
    return " ".join(text.casefold().split())


def folded(conversation: Conversation) -> list[tuple[str, str]]:
    """(role, folded text) of every message."""
    return [(message.role, fold(message.content)) for message in conversation.messages]


def hash64(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def identity(conversation: Conversation, parts: list[tuple[str, str]]) -> str:
    """16 hex digits: equal for conversations that differ in case and spacing alone."""
    lines = [f"{role}\t{text}" for role, text in parts]
    if conversation.rejected is not None:  # the same reply may be preferred to several others
        lines.append(f"rejected\t{fold(conversation.rejected)}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def compared(parts: list[tuple[str, str]]) -> Text:
    return Text(
        *("\n".join(t for r, t in parts if r in side) for side in (SAID_FIRST, SAID_IN_REPLY))
    )


def excerpt(row: Conversation) -> str:
    return writable(" | ".join(message.content[:80] for message in row.messages[:2]))


def to_row(conversation: Conversation) -> dict[str, Any]:
    """A conversation as JSON; what is not set is left out."""
    said = [
        {"role": m.role, "content": m.content, **({"refused": True} if m.refused else {})}
        for m in conversation.messages
    ]
    origin = conversation.provenance
    row: dict[str, Any] = {"id": conversation.id, "messages": said, "provenance": None}
    if origin:  # asdict() takes ten times as long
        row["provenance"] = {name: getattr(origin, name) for name in Provenance.__slots__}
    if conversation.label is not None:
        row["label"] = conversation.label
    if conversation.rejected is not None:
        row["rejected"] = conversation.rejected
    return row


def from_row(row: dict[str, Any]) -> Conversation:
    said = tuple(Message(m["role"], m["content"], bool(m.get("refused"))) for m in row["messages"])
    origin = Provenance(**row["provenance"]) if row.get("provenance") else None
    return Conversation(said, row["id"], origin, row.get("label"), row.get("rejected"))
