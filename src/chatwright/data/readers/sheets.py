"""Parquet and Excel, read by a confined child (confined.py); rows are those of any table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from typing import Any

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Reject
from chatwright.data.readers.confined import Unreadable, run
from chatwright.data.readers.grouped import Row, conversations
from chatwright.data.readers.source import Asked, Reader, Source
from chatwright.data.readers.table import unique

ZIP = b"PK\x03\x04"


def is_parquet(source: Source) -> bool:
    return source.begins().startswith(b"PAR1")


def is_workbook(source: Source) -> bool:
    return source.path.suffix.lower() in (".xlsx", ".xlsm") and source.begins().startswith(ZIP)


def read_parquet(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    with closing(run("parquet", source.path)) as values:
        names: list[str] = next(values, [])
        yield from conversations(names, iter(enumerate(values)), source, asked)


def read_workbook(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    """All sheets that have the columns; a sheet without them is a reject, unless none has them."""
    refused: list[DataError] = []
    used = False
    with closing(run("workbook", source.path)) as values:
        numbered = ((place, *value) for place, value in enumerate(values))
        for _, sheet in groupby(numbered, key=lambda row: row[1]):
            rows = iter(sheet)
            place, _, title, header = next(((r for r in rows if r[3])), (0, 0, "", []))
            names = unique(["" if cell is None else str(cell) for cell in header])
            try:
                yield from conversations(names, _named(rows, names), source, asked)
                used = True
            except Unreadable:
                raise
            except DataError as error:
                refused.append(error)
                yield source.reject(f"sheet without the columns: {title}", place)
    if refused and not used:
        raise refused[0]


def _named(rows: Iterator[Any], names: list[str]) -> Iterator[Row | Reject]:
    for place, _, _, cells in rows:
        if cells:
            yield place, dict(zip(names, cells, strict=False))


PARQUET = Reader("parquet", is_parquet, read_parquet)
WORKBOOK = Reader("xlsx", is_workbook, read_workbook)
