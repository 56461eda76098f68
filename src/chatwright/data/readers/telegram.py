"""Telegram Desktop's `result.json`: one chat, or a whole account with `chats.list` and `left_chats.list`.

A message's text is a string, or a list of strings and `{"type", "text"}` entities. Times are taken
from `date_unixtime` (UTC) where the export has it, else from `date`, which is the exporter's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from chatwright.core.types import Conversation, Reject
from chatwright.data.readers.archive import parts
from chatwright.data.readers.chats import NO_TEXT, SYSTEM, Said, Thread, read_chats, utc
from chatwright.data.readers.objects import objects
from chatwright.data.readers.source import Asked, Reader, Source

KINDS = "personal_chat|bot_chat|saved_messages|verification_codes|(?:private|public)_[a-z]+"
SHAPE = re.compile(rf'"type"\s*:\s*"(?:{KINDS})"|"personal_information"\s*:|"date_unixtime"\s*:')
ALONE = ("id", "messages.item")
ACCOUNT = tuple(f"{chats}.list.item.{path}" for chats in ("chats", "left_chats") for path in ALONE)


def sniff(source: Source) -> bool:
    head = next((part.head() for part in parts(source, "result.json")), "").lstrip()
    return head.startswith("{") and SHAPE.search(head) is not None


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    return read_chats(source, asked, lambda: _threads(source))


def _threads(source: Source) -> Iterator[Thread]:
    for _, rows in groupby(_rows(source), itemgetter(0)):
        yield (said for _, said in rows)


def _rows(source: Source) -> Iterator[tuple[str, Said | Reject]]:
    """(chat, message): the chat's id stands before its messages in every export."""
    position, chat = 0, ""
    for part in parts(source, "result.json"):
        for path, value in objects(part, *ALONE, *ACCOUNT):
            if not path.endswith("item"):
                chat = str(value)
            else:
                yield chat, _message(value, source, position, chat)
                position += 1


def _message(value: Any, source: Source, position: int, chat: str) -> Said | Reject:
    if not isinstance(value, dict):
        return source.reject("not a JSON object", position, str(value))
    if value.get("type", "message") != "message":
        return source.reject(SYSTEM, position, str(value.get("action", "")))
    text = _text(value.get("text"))
    if not text.strip():
        return source.reject(NO_TEXT, position, str(value.get("media_type", "")))
    who = str(value.get("from_id") or "")
    speaker = str(value.get("from") or who or "somebody")
    return Said(speaker, text, _time(value), f"{chat}/{value.get('id')}", (who,), position)


def _text(value: object) -> str:
    parts = value if isinstance(value, list) else [value]
    texts = (part.get("text") if isinstance(part, dict) else part for part in parts)
    return "".join(text for text in texts if isinstance(text, str))


def _time(value: dict[str, Any]) -> str | None:
    seconds = str(value.get("date_unixtime", ""))
    return utc(int(seconds)) if seconds.isdecimal() else str(value.get("date") or "") or None


READER = Reader("telegram", sniff, read)
