"""Named values in rows -> conversations: a question and its answer per row, or one message per row.

What CSV, Excel, Parquet and flat JSON records share. Rows with the same conversation id are one
conversation, also where others stand in between, as long as not too much text waits for its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from chatwright.core.types import Conversation, Message, Reject, Role
from chatwright.data.readers import alpaca, kto, messages, preference, sharegpt
from chatwright.data.readers.columns import PAIR, TURNS, resolve
from chatwright.data.readers.records import BadRow, excerpt, history, moment, role, turns
from chatwright.data.readers.source import Asked, Source

Row = tuple[int, dict[str, Any]]
T = TypeVar("T")
SHAPES = (messages, sharegpt, preference, kto, alpaca)  # rows of a table may be records of these
OPEN_CHARS = 32 << 20  # text that may wait for more rows of its conversation


@dataclass(frozen=True, slots=True)
class Part:
    """What one row adds to a conversation; `key` is empty where the row is one by itself."""

    key: str
    position: int
    time: str | None
    id: str | None
    said: tuple[Message, ...]


def conversations(
    names: Sequence[str], rows: Iterator[Row | Reject], source: Source, asked: Asked
) -> Iterator[Conversation | Reject]:
    """Rows as named values -> conversations. Raises `DataError` when no columns fit."""
    first = next(rows, None)
    known = first[1] if isinstance(first, tuple) else dict.fromkeys(names)
    rows = chain([] if first is None else [first], rows)
    shape = next((s for s in SHAPES if s.fits(known)), None)
    if shape and not asked.columns:
        return _each(rows, source, lambda record, at: shape.convert(record, source, at))
    columns = resolve(names, asked, source.path)
    parts = _each(rows, source, lambda record, at: _part(at, record, columns, asked))
    return _joined(parts, source)


def _each(
    rows: Iterable[Row | Reject], source: Source, convert: Callable[[dict[str, Any], int], T]
) -> Iterator[T | Reject]:
    for row in rows:
        if isinstance(row, Reject):
            yield row
            continue
        try:
            yield convert(row[1], row[0])
        except BadRow as bad:
            yield source.reject(str(bad), row[0], excerpt(row[1]))


def _part(position: int, record: dict[str, Any], columns: Mapping[str, str], asked: Asked) -> Part:
    pair = columns.keys() >= PAIR
    needed = PAIR if pair else TURNS | {"conversation"}
    if missing := sorted(columns[name] for name in needed if columns[name] not in record):
        raise BadRow(f'no "{missing[0]}"')
    value = {name: _plain(record.get(column)) for name, column in columns.items()}
    key = str(value.get("conversation", "") or "").strip()
    if pair:
        said = [
            *turns(value.get("system"), "system"),
            *history(value.get("history")),
            *turns(value["question"], "user"),
            *turns(value["answer"], "assistant"),
        ]
    elif key:
        said = turns(value["text"], _speaker(value["role"], asked))
    else:
        raise BadRow("no conversation id")
    known = value.get("id")
    return Part(key, position, moment(value.get("time")), known and str(known), tuple(said))


def _plain(value: Any) -> Any:
    """A number in a spreadsheet is text here: 3.0 is "3"."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int | float) else value


def _speaker(name: object, asked: Asked) -> Role:
    if asked.me and str(name).strip().casefold() in {me.strip().casefold() for me in asked.me}:
        return "assistant"
    try:
        return role(name)
    except BadRow:
        if asked.me:
            return "user"
        raise


def _joined(parts: Iterable[Part | Reject], source: Source) -> Iterator[Conversation | Reject]:
    waiting: dict[str, list[Part]] = {}  # the longest untouched first
    over: set[int] = set()
    size = 0
    for part in parts:
        if isinstance(part, Reject):
            yield part
        elif not part.key:
            yield _whole([part], source)
        elif hash(part.key) in over:
            reason = "far from the other rows of its conversation: sort the file by conversation"
            yield source.reject(reason, part.position, part.key)
        else:
            size += _size(part)
            together = waiting.pop(part.key, [])
            together.append(part)
            waiting[part.key] = together
            while size > OPEN_CHARS and len(waiting) > 1:
                oldest = next(iter(waiting))
                done = waiting.pop(oldest)
                over.add(hash(oldest))
                size -= sum(map(_size, done))
                yield _whole(done, source)
    for done in sorted(waiting.values(), key=lambda parts: parts[0].position):
        yield _whole(done, source)


def _size(part: Part) -> int:
    return 200 + sum(len(message.content) for message in part.said)


def _whole(parts: list[Part], source: Source) -> Conversation:
    first = parts[0]
    if all(part.time for part in parts):  # some exports have the newest first
        parts = sorted(parts, key=lambda part: part.time or "")
    said: list[Message] = []
    for part in parts:  # a system prompt that every row repeats counts once
        said += [m for m in part.said if m.role != "system" or m not in said]
    origin = source.at(first.position, first.key or first.id, parts[0].time)
    return Conversation(tuple(said), provenance=origin)
