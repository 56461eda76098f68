"""Zendesk tickets with their comments: JSON lines, an array, or pages of `{"tickets": [...]}`.

A ticket is `{"id", "requester_id", "comments": [{"author_id", "body", "html_body", "public",
"created_at"}]}`; comments may stand under `"ticket"`'s neighbour as the API gives them. The
requester and other end users are the user, everybody else speaks as the assistant. Internal notes
(`"public": false`) are left out, with that reason and without their text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chatwright.core.types import Conversation, Message, Reject
from chatwright.data.readers.records import BadRow, first_record, moment, read_records
from chatwright.data.readers.source import Asked, Reader, Source
from chatwright.data.readers.visible import visible_text

REQUESTER = {"requester_id", "requester", "submitter_id"}


def _fits(record: Mapping[str, Any]) -> bool:
    return "comments" in record and ("ticket" in record or bool(REQUESTER & record.keys()))


def _paged(record: Mapping[str, Any]) -> bool:
    tickets = record.get("tickets")
    return "tickets" in record and (tickets is None or isinstance(tickets, list))


def sniff(source: Source) -> bool:
    record = first_record(source)
    return record is not None and (_fits(record) or _paged(record))


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    record = first_record(source) or {}
    return read_records(source, convert, "tickets" if _paged(record) else None)


def convert(row: dict[str, Any], source: Source, position: int) -> Iterator[Conversation | Reject]:
    ticket = {**row, **row["ticket"]} if isinstance(row.get("ticket"), dict) else row
    comments = ticket.get("comments")
    if not isinstance(comments, list) or not all(isinstance(c, dict) for c in comments):
        raise BadRow("a ticket without its comments: export them with the tickets")
    number, said = ticket.get("id"), []
    for comment in sorted(comments, key=lambda c: moment(c.get("created_at")) or ""):
        if comment.get("public") is False:
            yield Reject(
                "internal note", source.at(position, number, moment(comment.get("created_at")))
            )
        else:
            said.append(Message("user" if _asks(comment, ticket) else "assistant", _text(comment)))
    began = moment(ticket.get("created_at"))
    yield Conversation(tuple(said), provenance=source.at(position, number, began))


def _asks(comment: dict[str, Any], ticket: dict[str, Any]) -> bool:
    author = comment.get("author")
    author = author if isinstance(author, dict) else {}
    if "role" in author:
        return bool(author["role"] == "end-user")
    requester = ticket.get("requester")
    asker = requester.get("id") if isinstance(requester, dict) else ticket.get("requester_id")
    return asker is not None and comment.get("author_id", author.get("id")) == asker


def _text(comment: dict[str, Any]) -> str:
    for key in ("plain_body", "html_body", "body"):
        value = comment.get(key)
        if isinstance(value, str) and value.strip():
            return value if key == "body" else visible_text(value)
    return ""


READER = Reader("zendesk", sniff, read)
