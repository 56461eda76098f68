"""OpenAI `messages` records: `{"messages": [{"role", "content"}]}`, JSON lines or one array.

An assistant message may carry `"refused": true`: it declines, and teaches the model when to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatwright.core.types import Conversation
from chatwright.data.readers.records import BadRow, message, record_reader
from chatwright.data.readers.source import Source


def fits(record: Mapping[str, Any]) -> bool:
    return "messages" in record


def convert(row: dict[str, Any], source: Source, position: int) -> Conversation:
    turns = row.get("messages")
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise BadRow('no list "messages"')
    said = tuple(message(t.get("role"), t.get("content"), t.get("refused")) for t in turns)
    return Conversation(said, provenance=source.at(position, row.get("id")))


READER = record_reader("messages", fits, convert)
