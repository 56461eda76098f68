"""Intercom conversations: JSON lines, an array, or pages of `{"type": "conversation.list", ...}`.

A conversation is `source` (its first message) and `conversation_parts` (the rest). Bodies are HTML.
Notes are left out, with that reason and without their text; so is what only says that somebody was
assigned. Replies that open or close the conversation are read as comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chatwright.core.types import Conversation, Message, Reject, Role
from chatwright.data.readers.records import BadRow, first_record, moment, read_records
from chatwright.data.readers.source import Asked, Reader, Source
from chatwright.data.readers.visible import visible_text

SPOKEN = {"comment", "open", "close", None}
AUTHORS: dict[str, Role] = {"user": "user", "lead": "user", "contact": "user", "visitor": "user"}
AUTHORS |= {"admin": "assistant", "bot": "assistant", "team": "assistant"}


def _fits(record: Mapping[str, Any]) -> bool:
    return "conversation_parts" in record


def _paged(record: Mapping[str, Any]) -> bool:
    inside = record.get("conversations")
    return record.get("type") == "conversation.list" or (
        isinstance(inside, list)
        and bool(inside)
        and isinstance(inside[0], dict)
        and inside[0].get("type") == "conversation"
    )


def sniff(source: Source) -> bool:
    record = first_record(source)
    return record is not None and (_fits(record) or _paged(record))


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    record = first_record(source) or {}
    return read_records(source, convert, "conversations" if _paged(record) else None)


def convert(row: dict[str, Any], source: Source, position: int) -> Iterator[Conversation | Reject]:
    inside = row.get("conversation_parts")
    parts = inside.get("conversation_parts") if isinstance(inside, dict) else inside
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise BadRow("a conversation without its parts: fetch each one by its id")
    first = row.get("source")
    parts = [part for part in parts if isinstance(part.get("body"), str) and part["body"].strip()]
    number, said = row.get("id"), [_message(first)] if isinstance(first, dict) else []
    for part in sorted(parts, key=lambda p: moment(p.get("created_at")) or ""):
        if part.get("part_type") in SPOKEN:
            said.append(_message(part))
        else:
            reason = "internal note" if part["part_type"] == "note" else "not a reply"
            yield Reject(reason, source.at(position, number, moment(part.get("created_at"))))
    began = moment(row.get("created_at"))
    yield Conversation(tuple(said), provenance=source.at(position, number, began))


def _message(part: dict[str, Any]) -> Message:
    author = part.get("author")
    kind = author.get("type") if isinstance(author, dict) else None
    if kind not in AUTHORS:
        raise BadRow(f"unknown author {str(kind)[:40]!r}")
    body = visible_text(str(part.get("body") or ""))
    return Message(AUTHORS[kind], body or visible_text(str(part.get("subject") or "")))


READER = Reader("intercom", sniff, read)
