"""Readers: a file in a known format -> conversations with provenance, or rejects with a reason.

One file per format. A reader says how sure it is that a file is its own (`sniff`) and then yields
a `Conversation` or a `Reject` per row; it never drops a row in silence and never changes the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chatwright.core.errors import DataError, WrongUse
from chatwright.core.types import Conversation, Reject
from chatwright.data.readers import (
    alpaca,
    completion,
    discord,
    intercom,
    kto,
    mbox,
    messages,
    messenger,
    preference,
    qna,
    sharegpt,
    sheets,
    slack,
    table,
    telegram,
    whatsapp,
    zendesk,
)
from chatwright.data.readers.source import SUFFIXES, Asked, Source

# The most specific first: a later one may also see a file of an earlier one as its own.
READERS = [
    sheets.PARQUET,
    sheets.WORKBOOK,
    slack.READER,
    whatsapp.READER,
    telegram.READER,
    discord.READER,
    messenger.READER,
    mbox.READER,
    intercom.READER,
    zendesk.READER,
    kto.READER,
    preference.READER,
    messages.READER,
    sharegpt.READER,
    alpaca.READER,
    completion.READER,
    qna.READER,
    table.READER,
]
FORMATS = tuple(reader.name for reader in READERS)
NOTHING_SAID = Asked()


def detect(path: Path) -> str:
    """The name of the format of `path`, from its content. Raises `DataError` when it is none."""
    source = Source(path, path.name)
    for reader in READERS:
        if reader.sniff(source):
            return reader.name
    if path.is_file() and not path.stat().st_size:
        raise DataError(f"{path} is empty.", "Export it again, or leave it out.")
    raise DataError(
        f"{path} is in none of the known formats ({', '.join(FORMATS)}).",
        "Name the format with --format, or convert the file to messages JSONL.",
    )


def read(
    path: Path, name: str, format_name: str | None = None, asked: Asked = NOTHING_SAID
) -> Iterator[Conversation | Reject]:
    """All rows of `path`; `name` is what provenance calls the file."""
    return read_source(Source(path, name), format_name or detect(path), asked)


def read_source(
    source: Source, wanted: str, asked: Asked = NOTHING_SAID
) -> Iterator[Conversation | Reject]:
    """All rows of `source`, which may be a part of a file."""
    for reader in READERS:
        if reader.name == wanted:
            return reader.read(source, asked)
    raise WrongUse(f'There is no format "{wanted}".', f"Choose one of {', '.join(FORMATS)}.")


def files(paths: list[Path], endings: tuple[str, ...] = SUFFIXES) -> list[Path]:
    """The data files among `paths`, folders searched for `endings`, in a stable order.

    An unpacked Slack export is one file. Names that begin with a dot are not data. Any text may end in
    .txt: in a folder it is data where it is in one of the formats.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += _inside(path, endings)
        elif path.is_file():
            found.append(path)
        else:
            raise DataError(
                f"{path} does not exist.", "Add conversations with `chatwright import FILE`."
            )
    return found


def is_data(path: Path) -> bool:
    """Whether the content is in one of the formats."""
    source = Source(path, path.name)
    return any(reader.sniff(source) for reader in READERS)


def _inside(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    if slack.is_export(folder):
        yield folder
        return
    for path in sorted(folder.iterdir()):
        name = path.name.lower()
        if name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _inside(path, endings)
        elif path.is_file() and (
            name.endswith(endings) or (name.endswith(".txt") and is_data(path))
        ):
            yield path
