"""Values out of one JSON document of any size, one at a time. Not for JSON lines: see records.py."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from typing import Any

import ijson

from chatwright.core.errors import DataError
from chatwright.data.readers.source import BROKEN, MAX_LINE, Source

PIECE = 64 * 1024
STARTS, ENDS = {"start_map", "start_array"}, {"end_map", "end_array"}


def objects(source: Source, wanted: Collection[str]) -> Iterator[tuple[str, Any]]:
    """(path, value) of each value at a path in `wanted`, in file order; "messages.item" is an element.

    Raises `DataError` when the document is cut short, is no JSON, or holds one value above 32 MiB.
    """
    try:
        with source.open() as file:
            yield from _values(_Metered(file, source), wanted)
    except ijson.JSONError as error:
        raise _broken(source, str(error).split("\n", 1)[0]) from error
    except BROKEN as error:
        raise source.unreadable(error) from error


def _values(file: _Metered, wanted: Collection[str]) -> Iterator[tuple[str, Any]]:
    building: ijson.ObjectBuilder | None = None
    depth = 0
    for path, event, value in ijson.parse(file, buf_size=PIECE, use_float=True):
        if building is None:
            file.since = 0
            if path not in wanted or event in ENDS:
                continue
            if event not in STARTS:
                yield path, value
                continue
            building, depth, kept = ijson.ObjectBuilder(), 0, path
        building.event(event, value)
        depth += (event in STARTS) - (event in ENDS)
        if not depth:
            yield kept, building.value
            building = None


class _Metered:
    """A file that ends with an error when one value takes more than 32 MiB of it."""

    def __init__(self, file: io.BufferedIOBase, source: Source) -> None:
        self._file, self._source, self.since = file, source, 0

    def read(self, size: int = -1) -> bytes:
        if self.since > MAX_LINE:
            raise _broken(self._source, f"one value is larger than {MAX_LINE >> 20} MiB")
        piece = self._file.read(size)
        self.since += len(piece)
        return piece


def _broken(source: Source, why: str) -> DataError:
    return DataError(
        f"{source.path} is not whole or not valid JSON ({why}).",
        "Export it again; nothing was imported from it.",
    )
