"""Readers: a file in a known format -> conversations with provenance, or rejects with a reason.

One file per format. A reader says how sure it is that a file is its own (`sniff`) and then yields
a `Conversation` or a `Reject` per row; it never drops a row in silence and never changes the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chatwright.core.errors import DataError, WrongUse
from chatwright.core.types import Conversation, Reject
from chatwright.data.readers import messages, qna, sharegpt, table
from chatwright.data.readers.source import SUFFIXES, Source

READERS = [messages.READER, sharegpt.READER, qna.READER, table.READER]
FORMATS = tuple(reader.name for reader in READERS)


def detect(path: Path) -> str:
    """The name of the format of `path`, from its content. Raises `DataError` when it is none."""
    source = Source(path, path.name)
    for reader in READERS:
        if reader.sniff(source):
            return reader.name
    raise DataError(
        f"{path} is in none of the known formats ({', '.join(FORMATS)}).",
        "Name the format with --format, or convert the file to messages JSONL.",
    )


def read(path: Path, name: str, format_name: str | None = None) -> Iterator[Conversation | Reject]:
    """All rows of `path`; `name` is what provenance calls the file."""
    return read_source(Source(path, name), format_name or detect(path))


def read_source(source: Source, wanted: str) -> Iterator[Conversation | Reject]:
    """All rows of `source`, which may be a part of a file."""
    for reader in READERS:
        if reader.name == wanted:
            return reader.read(source)
    raise WrongUse(f'There is no format "{wanted}".', f"Choose one of {', '.join(FORMATS)}.")


def files(paths: list[Path]) -> list[Path]:
    """The data files among `paths`, folders searched, in a stable order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.is_file())
            found += sorted(p for p in inside if p.name.lower().endswith(SUFFIXES))
        elif path.is_file():
            found.append(path)
        else:
            raise DataError(
                f"{path} does not exist.", "Add conversations with `chatwright import FILE`."
            )
    return found
