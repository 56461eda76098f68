"""ShareGPT records: `{"conversations": [{"from": "human" | "gpt" | ..., "value"}]}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatwright.core.types import Conversation, Message, Reject
from chatwright.data.readers.records import BadRow, first_record, message, read_records
from chatwright.data.readers.source import Asked, Reader, Source


def sniff(source: Source) -> bool:
    record = first_record(source)
    return record is not None and "conversations" in record


def convert(row: dict[str, Any], source: Source, position: int) -> Conversation:
    turns = row.get("conversations")
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise BadRow('no list "conversations"')
    said = [message(turn.get("from"), turn.get("value")) for turn in turns]
    if isinstance(row.get("system"), str) and row["system"].strip():
        said.insert(0, Message("system", row["system"]))
    return Conversation(tuple(said), provenance=source.at(position, row.get("id")))


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    return read_records(source, convert)


READER = Reader("sharegpt", sniff, read)
