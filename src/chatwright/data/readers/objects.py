"""Values out of JSON documents of any size, one at a time. Not for JSON lines: see records.py."""

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
            yield from _mixed(file, wanted) if len(wanted) > 1 else _alike(file, wanted[0])
    except (ijson.JSONError, TooMuch) as error:
        raise _broken(source, str(error).split("\n", 1)[0]) from error
    except BROKEN as error:
        raise source.unreadable(error) from error


def _alike(file: io.BufferedIOBase, wanted: str) -> Iterator[tuple[str, Any]]:
    return ((wanted, value) for value in values(file, wanted))


def values(file: io.BufferedIOBase, wanted: str, several: bool = False) -> Iterator[Any]:
    """The values at one path of a document, or of `several` documents in a row.

    Raises `TooMuch`, an `ijson.JSONError`, or the ValueError of a number of many digits.
    """
    bounded = Bounded(file)
    found = ijson.items(bounded, wanted, multiple_values=several, buf_size=PIECE, use_float=True)
    for value in found:
        bounded.since = 0
        yield value


def _mixed(file: io.BufferedIOBase, wanted: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    bounded = Bounded(file)
    building: ijson.ObjectBuilder | None = None
    kept, depth = "", 0
    for path, event, value in ijson.parse(bounded, buf_size=PIECE, use_float=True):
        if building is None:
            bounded.since = 0
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


class Bounded:
    """A file that ends with an error before the parser sees a value too large or nested too deep."""

    def __init__(self, file: io.BufferedIOBase) -> None:
        self._file, self.since, self._rest = file, 0, b""
        self._depth, self._quoted, self._escape = 0, False, b""

    def read(self, size: int = -1) -> bytes:
        if self.since > MAX_LINE:
            raise TooMuch(f"a record larger than {MAX_LINE >> 20} MiB")
        piece = self._rest or self._file.read(size)
        before, keep = (self._quoted, self._escape), len(piece)
        while (reached := self._deepest(piece[:keep])) is None:  # what stands before that is read
            if keep == 1:
                raise TooMuch(f"nested more than {MAX_DEPTH} deep")
            (self._quoted, self._escape), keep = before, keep // 2
        self._depth, self._rest = reached, piece[keep:]
        self.since += keep
        return piece[:keep]

    def _deepest(self, piece: bytes) -> int | None:
        """The depth after `piece`; None when it is too deep on the way."""
        depths = list(accumulate(map(STEP.__getitem__, self._brackets(piece)), initial=self._depth))
        return depths[-1] if max(depths) <= MAX_DEPTH else None

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
