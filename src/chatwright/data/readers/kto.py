"""Judged replies: `{"prompt", "completion", "label": true | false}` -> `Conversation.label`.

LLaMA-Factory's `kto_tag` beside `messages` or `conversations` is read as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chatwright.core.types import Conversation
from chatwright.data.readers import messages, sharegpt
from chatwright.data.readers.records import BadRow, record_reader, turns
from chatwright.data.readers.source import Source

LABELS = {"true": True, "1": True, "false": False, "0": False}


def fits(record: Mapping[str, Any]) -> bool:
    if "kto_tag" in record:
        return True
    return {"prompt", "completion", "label"} <= record.keys() and (
        record["label"] is None or _label(record) is not None
    )


def _label(row: Mapping[str, Any]) -> bool | None:
    return LABELS.get(str(row.get("kto_tag", row.get("label"))).strip().lower())


def convert(row: dict[str, Any], source: Source, position: int) -> Conversation:
    label = _label(row)
    if label is None:
        raise BadRow("the label is neither true nor false")
    if messages.fits(row):
        return replace(messages.convert(row, source, position), label=label)
    if sharegpt.fits(row):
        return replace(sharegpt.convert(row, source, position), label=label)
    said = [
        *turns(row.get("system"), "system"),
        *turns(row.get("prompt"), "user"),
        *turns(row.get("completion"), "assistant"),
    ]
    return Conversation(tuple(said), "", source.at(position, row.get("id")), label)


READER = record_reader("kto", fits, convert)
