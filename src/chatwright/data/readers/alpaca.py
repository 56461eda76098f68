"""Alpaca records: `{"instruction", "input", "output"}`, with `system` and `history` where present.

The question is the instruction, a line break and the input. Dolly's `context` and `response` are
read as `input` and `output`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatwright.core.types import Conversation, Message
from chatwright.data.readers.records import history, record_reader, text, turns
from chatwright.data.readers.source import Source


def fits(record: Mapping[str, Any]) -> bool:
    return "instruction" in record and bool({"output", "response"} & record.keys())


def convert(row: dict[str, Any], source: Source, position: int) -> Conversation:
    asked = [text(row.get("instruction")), text(row.get("input", row.get("context")))]
    said = [
        *turns(row.get("system"), "system"),
        *history(row.get("history")),
        Message("user", "\n".join(part for part in asked if part.strip())),
        Message("assistant", text(row.get("output", row.get("response")))),
    ]
    return Conversation(tuple(said), provenance=source.at(position, row.get("id")))


READER = record_reader("alpaca", fits, convert)
