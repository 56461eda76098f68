"""A file as lines of text, in bounded memory, plain or gzip.

A line that is not UTF-8 or is absurdly long is reported as such; the lines around it are still read.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Provenance, Reject

SUFFIXES: tuple[str, ...] = (
    *(".jsonl", ".json", ".jsonl.gz", ".json.gz", ".csv", ".tsv", ".csv.gz", ".qna"),
    *(".txt", ".zip"),  # chat exports; other .txt files in a folder are not read
)
MAX_LINE = 32 * 1024 * 1024
NAMED = 5  # speakers that an error names
SNIFF_BYTES = 64 * 1024
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile)  # of a file cut short or altered


@dataclass(frozen=True, slots=True)
class Line:
    """Line `number` (0-based) of a file: its text, or the reason why there is none."""

    number: int
    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file on disk and the name that provenance gives it."""

    path: Path
    name: str

    def open(self) -> io.BufferedIOBase:
        if self.path.name.endswith(".gz"):
            return gzip.open(self.path, "rb")
        return self.path.open("rb")

    def head(self) -> str:
        """The first 64 KiB as text, undecodable bytes replaced; for format detection only."""
        try:
            with self.open() as file:
                return file.read(SNIFF_BYTES).decode("utf-8-sig", errors="replace")
        except BROKEN as error:
            raise self.unreadable(error) from error

    def lines(self) -> Iterator[Line]:
        """Every line, without its line end."""
        number = 0
        try:
            with self.open() as file:
                while raw := file.readline(MAX_LINE):
                    if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
                        while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                            pass
                        yield Line(number, "", f"line longer than {MAX_LINE >> 20} MiB")
                    else:
                        yield _decode(number, raw)
                    number += 1
        except BROKEN as error:
            raise self.unreadable(error) from error

    def unreadable(self, error: Exception) -> DataError:
        return DataError(
            f"{self.path} cannot be read to its end ({error}).",
            "Copy it again from where it came; nothing was imported from it.",
        )

    def at(self, position: int, original_id: object = None, time: str | None = None) -> Provenance:
        known = None if original_id is None else writable(str(original_id))
        return Provenance(self.name, position, known, time)

    def reject(self, reason: str, position: int, excerpt: str = "") -> Reject:
        return Reject(reason, self.at(position), writable(excerpt[:200]))


def writable(text: str) -> str:
    """`text` as it can be written to a file: JSON may escape halves of characters, UTF-8 cannot."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _decode(number: int, raw: bytes) -> Line:
    try:
        text = raw.decode("utf-8-sig" if number == 0 else "utf-8")
    except UnicodeDecodeError:
        return Line(number, raw[:200].decode("utf-8", errors="replace"), "invalid UTF-8")
    return Line(number, text.rstrip("\r\n"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user said about a file; everything optional."""

    me: tuple[str, ...] = ()  # names or ids the bot speaks as, in chats between several people
    columns: Mapping[str, str] = field(default_factory=dict)  # role -> column name or number
    date_order: str = ""  # "dmy" | "mdy" | "ymd", where a chat export is ambiguous
    gap_hours: float = 8.0  # a longer silence starts a new conversation, in chats without threads


class NeedsMe(DataError):
    """A chat between several people, and nobody said whom the bot speaks as.

    `speakers` are (name, messages), most messages first.
    """

    def __init__(self, file: Path, speakers: Sequence[tuple[str, int]]) -> None:
        shown = ", ".join(f"{name} ({count:,})" for name, count in speakers[:NAMED])
        rest = f" and {len(speakers) - NAMED:,} more" if len(speakers) > NAMED else ""
        example = f'"{speakers[0][0]}"'
        super().__init__(
            f"{file} is a chat between {shown}{rest}; who does the bot speak as?",
            f"Run again with --me {example}, or write me = [{example}] under [data] in bot.toml.",
        )
        self.speakers = list(speakers)


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, a test on a file's content, and the reading itself."""

    name: str
    sniff: Callable[[Source], bool]
    read: Callable[[Source, Asked], Iterator[Conversation | Reject]]
