"""ShareGPT records: `{"conversations": [{"from": "human" | "gpt" | ..., "value"}]}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatwright.core.types import Conversation, Message
from chatwright.data.readers.records import BadRow, message, record_reader
from chatwright.data.readers.source import Source


def fits(record: Mapping[str, Any]) -> bool:
    return "conversations" in record


def convert(row: dict[str, Any], source: Source, position: int) -> Conversation:
    turns = row.get("conversations")
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise BadRow('no list "conversations"')
    said = [message(turn.get("from"), turn.get("value")) for turn in turns]
    if isinstance(row.get("system"), str) and row["system"].strip():
        said.insert(0, Message("system", row["system"]))
    return Conversation(tuple(said), provenance=source.at(position, row.get("id")))


READER = record_reader("sharegpt", fits, convert)
