"""A spreadsheet of questions and answers as CSV or TSV with a header row."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from chatwright.core.types import Conversation, Message, Reject
from chatwright.data.readers.source import Asked, Reader, Source

QUESTION = ("question", "prompt", "user", "input", "instruction", "query", "q", "frage")
ANSWER = ("answer", "completion", "response", "assistant", "output", "reply", "a", "antwort")
FIELD_LIMIT = 16 * 1024 * 1024


def sniff(source: Source) -> bool:
    header = source.head().split("\n", 1)[0]
    return not header.lstrip().startswith(("{", "[")) and _columns(header) is not None


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    csv.field_size_limit(FIELD_LIMIT)
    broken: list[Reject] = []
    lines = _text(source, broken)
    header = next(lines, "")
    columns = _columns(header)
    if columns is None:
        yield source.reject("no column for questions and one for answers", 0, header)
        return
    delimiter, ask, answer = columns
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        first = rows.line_num + 1  # of the lines of this row
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield source.reject(f"not valid CSV ({error})", first)
            continue
        yield from broken
        broken.clear()
        if row is None:
            return
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= max(ask, answer):
            yield source.reject("too few columns", first, delimiter.join(row))
            continue
        said = (Message("user", row[ask]), Message("assistant", row[answer]))
        yield Conversation(said, provenance=source.at(first))


def _text(source: Source, broken: list[Reject]) -> Iterator[str]:
    for line in source.lines():
        if line.problem:
            broken.append(source.reject(line.problem, line.number, line.text))
            yield "\n"  # so that lines are still counted right
        else:
            yield line.text + "\n"


def _columns(header: str) -> tuple[str, int, int] | None:
    """(delimiter, question column, answer column), or None when there are no such columns."""
    for delimiter in (",", "\t", ";"):
        try:
            row = next(csv.reader([header], delimiter=delimiter))
        except csv.Error:
            return None
        names = [name.strip().lower() for name in row]
        ask = next((names.index(name) for name in QUESTION if name in names), None)
        answer = next((names.index(name) for name in ANSWER if name in names), None)
        if ask is not None and answer is not None:
            return delimiter, ask, answer
    return None


READER = Reader("csv", sniff, read)
