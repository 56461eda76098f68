"""Messenger's `message_1.json`, ...: `{"participants", "messages": [{"sender_name", "timestamp_ms"}]}`.

The export writes each byte of UTF-8 as a character of its own ("Ã¼" for "ü"); that is undone here.
The newest message comes first, and message_1 is the newest file. Files that are imported one by one
are read one by one; in a zip those of a thread are joined. Instagram's export has the same shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, count, groupby
from typing import Any

from chatwright.core.types import Conversation, Reject
from chatwright.data.readers import chats
from chatwright.data.readers.archive import Member, parts
from chatwright.data.readers.chats import Said, Thread, oldest_first, read_chats, utc
from chatwright.data.readers.objects import objects
from chatwright.data.readers.source import Asked, Reader, Source

PARTICIPANTS = re.compile(r'"participants"\s*:\s*\[')
OURS = re.compile(r'"(?:sender_name|thread_path|is_still_participant|magic_words)"\s*:')
NUMBER = re.compile(r"(.*/)?message_(\d+)\.json", re.IGNORECASE)
TALK = {"Generic", "Share"}
# What Messenger itself writes, known in English only; elsewhere it is kept as said.
REACTION = re.compile(r"Reacted \S{1,12} to your message\s*")
SENT = re.compile(
    r".{1,80} sent (?:an attachment|a (?:photo|video|sticker|link|GIF|voice message))\."
)


def sniff(source: Source) -> bool:
    head = next((part.head() for _, part in _files(source)), "").lstrip()
    return head.startswith("{") and bool(PARTICIPANTS.search(head) and OURS.search(head))


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    return read_chats(source, asked, lambda: _threads(source))


def _files(source: Source) -> list[tuple[str, Source]]:
    """(thread, file), the files of a thread from its oldest to its newest."""
    found: list[tuple[str, int, Source]] = []
    for part in parts(source, ".json"):
        if not isinstance(part, Member):
            return [("", part)]
        if name := NUMBER.fullmatch(part.inner):
            found.append((name[1] or "", -int(name[2]), part))
    return [(thread, part) for thread, _, part in sorted(found, key=lambda item: item[:2])]


def _threads(source: Source) -> Iterator[Thread]:
    positions = count()
    for thread, files in groupby(_files(source), lambda item: item[0]):
        yield chain.from_iterable(oldest_first(_rows(part, thread, positions)) for _, part in files)


def _rows(part: Source, thread: str, positions: Iterator[int]) -> Iterator[Said | Reject]:
    for _, value in objects(part, "messages.item"):
        yield _message(value, part, thread, next(positions))


def _message(value: Any, source: Source, thread: str, position: int) -> Said | Reject:
    if not isinstance(value, dict) or not isinstance(value.get("sender_name"), str):
        return source.reject("not a message", position, str(value))
    text = _mended(value.get("content"))
    if value.get("is_unsent"):
        return source.reject(chats.DELETED, position, text)
    if value.get("type", "Generic") not in TALK or REACTION.fullmatch(text):
        return source.reject(chats.SYSTEM, position, text)
    if not text.strip() or SENT.fullmatch(text):
        return source.reject(chats.NO_TEXT, position, text)
    stamp = value.get("timestamp_ms")
    time = utc(stamp / 1000) if isinstance(stamp, int | float) else None
    return Said(_mended(value["sender_name"]), text, time, f"{thread}{stamp}", position=position)


def _mended(value: object) -> str:
    """Bytes of UTF-8 that were written as characters, as UTF-8 again; other text as it is."""
    text = value if isinstance(value, str) else ""
    with suppress(UnicodeError):
        return text.encode("latin-1").decode("utf-8")
    return text


READER = Reader("messenger", sniff, read)
