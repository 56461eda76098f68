"""The files a dataset is made of: which, in what format, and where they may be cut into chunks.

A file of one record per line is cut at line ends, so that workers read their own part of it; anything
else (archives, spreadsheets, one JSON array, what is compressed) is one stream, read by one process.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path

from chatwright.core.errors import DataError
from chatwright.core.files import sha256_tree
from chatwright.core.types import Conversation, Reject
from chatwright.data import harvested, readers
from chatwright.data.clean import Look, look
from chatwright.data.readers.asked import Told, told
from chatwright.data.readers.source import Asked, Line, Source
from chatwright.spec import Spec

BLOCK = 4 << 20  # bytes of a chunk
ROWS, CHARS = 2000, 4 << 20  # of a chunk of a stream
LOOKED_AT = 2_000  # rows of a file, for what the steps must know of it
# Each of their records is a line, and says all there is to know of its row.
BY_LINE = {"messages", "sharegpt", "alpaca", "preference", "kto"}
Row = Conversation | Reject


@dataclass(frozen=True, slots=True)
class Input:
    """A file, its name in provenance, whether it is kept for evaluation, its format, what was said of it."""

    path: Path
    name: str
    held: bool
    format: str
    asked: Asked

    def rows(self) -> Iterator[Row]:
        return readers.read(self.path, self.name, self.format, self.asked)


@dataclass(frozen=True, slots=True)
class Span(Source):
    """The part of a file from byte `start` to `end`, of which the first line is number `line`."""

    start: int = 0
    end: int = 0
    line: int = 0

    @property
    def encoding(self) -> str:
        marked = self.start == 0 and self.begins(3) == codecs.BOM_UTF8
        return "utf-8-sig" if marked else "utf-8"  # or the file is not cut

    def open(self) -> io.BufferedIOBase:
        return io.BufferedReader(Window(self.path, self.start, self.end))

    def lines(self) -> Iterator[Line]:
        for line in Source.lines(self):
            yield Line(line.number + self.line, line.text, line.problem)


class Window(io.RawIOBase):
    """A file as if it began at `start` and ended at `end`."""

    def __init__(self, path: Path, start: int, end: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._file.seek(start)
        self._left = end - start

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        count = self._file.readinto(memoryview(buffer)[: self._left])
        self._left -= count
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


@dataclass(frozen=True, slots=True)
class Scanned:
    """An input with the hash of its content and the places where it may be cut: (byte, line)."""

    input: Input
    sha256: str
    cuts: tuple[tuple[int, int], ...] = ()

    def fingerprint(self) -> list[object]:
        said = Told(self.input.format, self.input.asked).to_json()
        return [self.input.name, self.sha256, self.input.held, said]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of one input: a part of the file, or rows that were read already."""

    name: str  # of its shard; sorts in the order of the input
    input: Input
    span: tuple[int, int, int] | None = None  # start, end, first line
    read: tuple[Row, ...] = ()

    def rows(self) -> Iterator[Row]:
        if self.span is None:
            return iter(self.read)
        part = Span(self.input.path, self.input.name, *self.span)
        return readers.read_source(part, self.input.format, self.input.asked)


def inputs_of(spec: Spec) -> list[Input]:
    """All that a dataset is made of: the bot's own files, then the harvest of reviewed corrections.

    Raises as `own_inputs` does.
    """
    path = spec.made / harvested.FOLDER / harvested.ROWS
    taught = [Input(path, harvested.SOURCE, False, "messages", Asked())] if path.exists() else []
    return own_inputs(spec) + taught


def own_inputs(spec: Spec) -> list[Input]:
    """Evaluation files first, so that of two equal rows the one kept for evaluation stays.

    Raises `DataError` when there is nothing to train on, or a file is in no known format.
    """
    held = spec.path(spec.data.evaluation) if spec.data.evaluation else None
    groups = [([held], True)] if held is not None and held.exists() else []
    groups.append(([spec.path(path) for path in spec.data.paths], False))
    found = [one for paths, kept in groups for path in paths for one in _below(path, kept, spec)]
    if all(item.held for item in found):
        where = ", ".join(str(spec.path(path)) for path in spec.data.paths)
        raise DataError(
            f"There are no conversations in {where}.",
            "Add some with `chatwright import FILE`; known formats: " + ", ".join(readers.FORMATS),
        )
    return found


def has_conversations(spec: Spec) -> bool:
    """Whether there is a row to train on, before any cleaning; drafts that nobody reviewed are none.

    Raises `DataError` for a file in no known format.
    """
    if not any(readers.files([path]) for path in map(spec.path, spec.data.paths) if path.exists()):
        return False
    rows = (row for item in own_inputs(spec) if not item.held for row in item.rows())
    return any(isinstance(row, Conversation) for row in rows)


def _below(start: Path, held: bool, spec: Spec) -> Iterator[Input]:
    """The files of one path, read as was said at import; bot.toml says the rest."""
    folder = start if start.is_dir() else start.parent
    said = told(folder)
    for path in readers.files([start]):
        one = said.get(relative(path, folder), Told())
        asked = replace(one.asked, me=one.asked.me or spec.data.me)
        name = relative(path, spec.folder)
        yield Input(path, name, held, one.format or readers.detect(path), asked)


def relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def look_at(item: Input, share: float) -> Look:
    """What a first look at the beginning of an input says, for the cleaning of all of it."""
    rows = (row for row in islice(item.rows(), LOOKED_AT) if isinstance(row, Conversation))
    return look(rows, item.format, share)


def scan(item: Input) -> Scanned:
    """One pass over the file: its hash, and where it may be cut."""
    if not _cuttable(item):
        return Scanned(item, sha256_tree(item.path))
    digest, cuts = hashlib.sha256(), [(0, 0)]
    position = lines = 0
    with item.path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            lines += block.count(b"\n")
            if (last := block.rfind(b"\n")) >= 0:
                cuts.append((position + last + 1, lines))
            position += len(block)
    if cuts[-1][0] < position:
        cuts.append((position, lines))
    return Scanned(item, digest.hexdigest(), tuple(cuts))


def _cuttable(item: Input) -> bool:
    """Plain UTF-8, and the first line is a whole record."""
    if item.format not in BY_LINE or item.path.suffix == ".gz":
        return False
    if Source(item.path, item.name).encoding not in ("utf-8", "utf-8-sig"):
        return False
    with item.path.open("rb") as file:
        first = file.readline(BLOCK).removeprefix(codecs.BOM_UTF8)
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def chunks(scanned: list[Scanned]) -> Iterator[Chunk]:
    """The inputs in pieces of a few MiB, always the same ones; streams are read as they are asked for."""
    for index, one in enumerate(scanned):
        if one.cuts:
            for number, ((start, line), (end, _)) in enumerate(pairwise(one.cuts)):
                yield Chunk(f"{index:05}-{number:07}", one.input, (start, end, line))
        else:
            for number, rows in enumerate(_gathered(one.input)):
                yield Chunk(f"{index:05}-{number:07}", one.input, None, rows)


def _gathered(item: Input) -> Iterator[tuple[Row, ...]]:
    rows: list[Row] = []
    chars = 0
    for row in item.rows():
        rows.append(row)
        if isinstance(row, Conversation):
            chars += sum(len(message.content) for message in row.messages)
        if len(rows) == ROWS or chars > CHARS:
            yield tuple(rows)
            rows, chars = [], 0
    yield tuple(rows)
