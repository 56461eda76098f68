"""CSV and its like with a header row: comma, semicolon, tab or pipe, as spreadsheets write them."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from chatwright.core.types import Conversation, Reject
from chatwright.data.readers.columns import MAX_COLUMNS, guess, usable
from chatwright.data.readers.grouped import SHAPES, Row, conversations
from chatwright.data.readers.source import Asked, Reader, Source

DELIMITERS = (",", ";", "\t", "|")
FIELD_LIMIT = 16 * 1024 * 1024
TRIED = 10  # lines, to tell the delimiter
ENDINGS = (".csv", ".tsv", ".csv.gz", ".tsv.gz")


def sniff(source: Source) -> bool:
    """A header with known columns; with the ending of a table, any header of two columns or more."""
    lines = source.head().lstrip("\n").splitlines()[: TRIED + 1]
    if not lines or lines[0].lstrip().startswith(("{", "[")):
        return False
    header = unique(_split(lines[0], delimiter(lines)))
    return _fits(header) or (source.path.name.lower().endswith(ENDINGS) and len(header) > 1)


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    rows = Rows(source, delimiter(source.head().splitlines()[: TRIED + 1]))
    return conversations(rows.names, iter(rows), source, asked)


def unique(header: list[str]) -> list[str]:
    """Column names of which none is twice there."""
    seen: dict[str, int] = {}
    for name in (name.strip() for name in header):
        seen[name] = seen.get(name, 0) + 1
    names, count = [], dict.fromkeys(seen, 0)
    for name in (name.strip() for name in header):
        count[name] += 1
        names.append(name if count[name] == 1 else f"{name} ({count[name]})")
    return names


def delimiter(lines: list[str]) -> str:
    """The one that gives known columns; else the one that gives most columns in every line."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) > 4:
        return lines[0][4]
    known = [mark for mark in DELIMITERS if lines and _fits(_split(lines[0], mark))]
    return max(
        known or DELIMITERS,
        key=lambda mark: min((len(_split(line, mark)) for line in lines[:-1] or lines), default=0),
    )


def _split(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []


def _fits(header: list[str]) -> bool:
    return usable(guess(header)) or any(s.fits(dict.fromkeys(header)) for s in SHAPES)


class Rows:
    """The rows of a file as (number of their first line, values by column name), and rejects."""

    def __init__(self, source: Source, mark: str) -> None:
        csv.field_size_limit(FIELD_LIMIT)
        self._source, self._mark = source, mark
        self._broken: list[Reject] = []
        self._reader = csv.reader(self._lines(), delimiter=mark)
        header = self._next()
        if isinstance(header, list) and header[:1] and header[0].lower().startswith("sep="):
            header = self._next()  # Excel's own first line says the delimiter only
        names = header if isinstance(header, list) else []
        self.names = unique(names) if len(names) <= MAX_COLUMNS else names  # which is refused

    def __iter__(self) -> Iterator[Row | Reject]:
        while True:
            first = self._reader.line_num  # of the lines of this row
            row = self._next()
            yield from self._broken
            self._broken.clear()
            if row is None:
                return
            if isinstance(row, Reject):
                yield row
            elif any(cell.strip() for cell in row):
                yield first, dict(zip(self.names, row, strict=False))

    def _next(self) -> list[str] | Reject | None:
        first = self._reader.line_num
        try:
            return next(self._reader, None)
        except csv.Error as error:
            return self._source.reject(f"not valid CSV ({error})", first)

    def _lines(self) -> Iterator[str]:
        for line in self._source.lines():
            if line.problem:
                self._broken.append(self._source.reject(line.problem, line.number, line.text))
                yield "\n"  # so that lines are still counted right
            else:
                yield line.text + "\n"


READER = Reader("csv", sniff, read)
