"""Values out of one JSON document of any size, one at a time. Not for JSON lines: see records.py."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import ijson

from chatwright.core.errors import DataError
from chatwright.data.readers.source import BROKEN, MAX_LINE, Source

PIECE = 64 * 1024
MAX_DEPTH = 200  # of values inside values; the parser's memory grows with the square of it
TOO_DEEP = f"nested more than {MAX_DEPTH} deep"
STARTS, ENDS = {"start_map", "start_array"}, {"end_map", "end_array"}
ESCAPED = re.compile(rb"\\.", re.DOTALL)
NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
STEP = {ord(sign): 1 if sign in "[{" else -1 for sign in "[]{}"}


def objects(source: Source, *wanted: str) -> Iterator[tuple[str, Any]]:
    """(path, value) of each value at a path in `wanted`, in file order; "messages.item" is an element.

    With one path it is several times as fast. Raises `DataError` when the document is cut short, is no
    JSON, is nested too deep, or has more than 32 MiB in one value or, with one path, between two.
    """
    try:
        with source.text() as file:
            metered = Metered(file)
            yield from (_alike if len(wanted) == 1 else _mixed)(metered, wanted)
    except (ijson.JSONError, TooMuch) as error:
        raise _broken(source, str(error).split("\n", 1)[0]) from error
    except BROKEN as error:
        raise source.unreadable(error) from error


def _alike(file: Metered, wanted: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for value in ijson.items(file, wanted[0], buf_size=PIECE, use_float=True):
        file.since = 0
        yield wanted[0], value


def _mixed(file: Metered, wanted: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    building: ijson.ObjectBuilder | None = None
    kept, depth = "", 0
    for path, event, value in ijson.parse(file, buf_size=PIECE, use_float=True):
        if building is None:
            file.since = 0
            if path not in wanted or event in ENDS:
                continue
            if event not in STARTS:
                yield path, value
                continue
            building, kept, depth = ijson.ObjectBuilder(), path, 0
        building.event(event, value)
        depth += (event in STARTS) - (event in ENDS)
        if not depth:
            yield kept, building.value
            building = None


class TooMuch(ValueError):
    """More than a value may be; the text is the reason."""


class Sized:
    """A file that ends with an error before the parser sees a value too large."""

    def __init__(self, file: io.BufferedIOBase) -> None:
        self._file, self.since = file, 0

    def read(self, size: int = -1) -> bytes:
        if self.since > MAX_LINE:
            raise TooMuch(f"a record larger than {MAX_LINE >> 20} MiB")
        piece = self._file.read(size)
        self.since += len(piece)
        return piece


class Metered(Sized):
    """The same before it sees one that is nested too deep."""

    def __init__(self, file: io.BufferedIOBase) -> None:
        super().__init__(file)
        self._depth, self._quoted, self._escape = 0, False, b""

    def read(self, size: int = -1) -> bytes:
        piece = super().read(size)
        depths = list(accumulate(map(STEP.__getitem__, self._brackets(piece)), initial=self._depth))
        if max(depths) > MAX_DEPTH:
            raise TooMuch(TOO_DEEP)
        self._depth = depths[-1]
        return piece

    def _brackets(self, piece: bytes) -> bytes:
        """The brackets of `piece` that do not stand in a string."""
        piece = self._escape + piece
        halved = (len(piece) - len(piece.rstrip(b"\\"))) % 2  # an escape may be cut in two
        self._escape = piece[len(piece) - halved :]
        parts = ESCAPED.sub(b"", piece[: len(piece) - halved]).split(b'"')
        plain = b"".join(parts[self._quoted :: 2]).translate(None, NO_BRACKETS)
        self._quoted ^= len(parts) % 2 == 0
        return plain


def _broken(source: Source, why: str) -> DataError:
    return DataError(
        f"{source.path} is not whole or not valid JSON ({why}).",
        "Export it again; nothing was imported from it.",
    )
