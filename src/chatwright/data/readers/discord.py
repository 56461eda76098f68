"""DiscordChatExporter's JSON: `{"guild", "channel", "messages": [{"author", "timestamp", ...}]}`.

One file per channel or Discord thread. Messages of other bots and of Discord itself are left out.
Source: the exporter's JsonMessageWriter.cs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from chatwright.core.types import Conversation, Reject
from chatwright.data.readers import chats
from chatwright.data.readers.archive import parts
from chatwright.data.readers.chats import Said, Thread, is_me, oldest_first, read_chats
from chatwright.data.readers.objects import objects
from chatwright.data.readers.source import Asked, Reader, Source

TALK = {"Default", "Reply", "ChatInputCommand", "ContextMenuCommand"}
MENTION = re.compile(r"<@!?(\d+)>")
EMOJI = re.compile(r"<a?(:\w+:)\d+>")


def sniff(source: Source) -> bool:
    head = next((part.head() for part in parts(source, ".json")), "").lstrip()
    return head.startswith("{") and all(
        re.search(rf'"{key}"\s*:\s*\{{', head) for key in ("guild", "channel")
    )


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    return read_chats(source, asked, lambda: _threads(source, asked))


def _threads(source: Source, asked: Asked) -> Iterator[Thread]:
    positions = count()
    for part in parts(source, ".json"):
        values = (value for _, value in objects(part, "messages.item"))
        yield oldest_first(_message(value, source, next(positions), asked) for value in values)


def _message(value: Any, source: Source, position: int, asked: Asked) -> Said | Reject:
    if not isinstance(value, dict) or not isinstance(author := value.get("author"), dict):
        return source.reject("not a message", position, str(value))
    known_as = [str(author[key]) for key in ("nickname", "name", "id") if author.get(key)]
    text = _text(value)
    if value.get("type", "Default") not in TALK:
        return source.reject(chats.SYSTEM, position, text)
    if author.get("isBot") and not is_me(asked, *known_as):
        return source.reject(chats.BOT, position, text)
    if not text.strip():
        return source.reject(chats.NO_TEXT, position)
    speaker, *also = known_as or ["somebody"]
    time = value.get("timestamp")
    return Said(speaker, text, time and str(time), str(value.get("id")), tuple(also), position)


def _text(value: dict[str, Any]) -> str:
    """The content, with mentions and emoji by name."""
    users = [user for user in value.get("mentions") or () if isinstance(user, dict)]
    names = {str(user.get("id")): user.get("nickname") or user.get("name") for user in users}
    text = EMOJI.sub(r"\1", str(value.get("content") or ""))
    return MENTION.sub(lambda found: f"@{names.get(found[1]) or found[1]}", text)


READER = Reader("discord", sniff, read)
