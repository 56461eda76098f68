"""Flat JSON records: `{"prompt", "completion"}`, and whatever else names a question and an answer.

Keys are told as the columns of a table are (columns.py), so that `{"question", "answer"}`, a German
`{"frage", "antwort"}` and one message per record (`conversation_id, role, content`) are read too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from chatwright.core.types import Conversation, Reject
from chatwright.data.readers.columns import guess, usable
from chatwright.data.readers.grouped import Row, conversations
from chatwright.data.readers.records import first_record, records
from chatwright.data.readers.source import Asked, Reader, Source


def sniff(source: Source) -> bool:
    record = first_record(source)
    return record is not None and usable(guess(list(record)))


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    return conversations(list(first_record(source) or {}), _rows(source), source, asked)


def _rows(source: Source) -> Iterator[Row | Reject]:
    for position, value in records(source):
        if isinstance(value, Reject):
            yield value
        elif isinstance(value, dict):
            yield position, value
        else:
            yield source.reject("not a JSON object", position, json.dumps(value)[:200])


READER = Reader("completion", sniff, read)
