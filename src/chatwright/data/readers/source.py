"""A file as lines of text, in bounded memory, plain or gzip, in whatever encoding it is.

A line that cannot be decoded or is absurdly long is reported as such; the lines around it are read.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Provenance, Reject
from chatwright.data.readers.encoding import Recoded, encoding_of

SUFFIXES: tuple[str, ...] = (".jsonl", ".json", ".jsonl.gz", ".json.gz", ".csv", ".tsv", ".csv.gz")
SUFFIXES += (".qna", ".ndjson", ".tsv.gz", ".parquet", ".xlsx", ".xlsm", ".mbox", ".zip")
MAX_LINE = 32 * 1024 * 1024
NAMED = 5  # speakers that an error names
SNIFF_BYTES = 64 * 1024
PLAIN_BYTES = 1 << 20
BOMB_RATIO, BOMB_BYTES = 200, 100 << 20  # unpacked to packed; text rarely packs better than 1:20
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
            return io.BufferedReader(Unpacked(self.path))
        return self.path.open("rb")

    @property
    def encoding(self) -> str:
        """The Python codec of the file; found once as long as the file does not change."""
        try:
            about = self.path.stat()
            return _encoding(self, about.st_size, about.st_mtime_ns)
        except BROKEN as error:
            raise self.unreadable(error) from error

    def text(self) -> io.BufferedIOBase:
        """The content as UTF-8 without a byte-order mark; in other encodings, damage is U+FFFD."""
        encoding, file = self.encoding, self.open()
        if encoding == "utf-8-sig":
            file.read(len(codecs.BOM_UTF8))
        if encoding.startswith("utf-8"):
            return file
        return io.BufferedReader(Recoded(codecs.getreader(encoding)(file, "replace")))

    def head(self, size: int = SNIFF_BYTES) -> str:
        """The first `size` bytes as text, undecodable ones replaced; for format detection only."""
        try:
            with self.text() as file:
                return file.read(size).decode("utf-8", errors="replace")
        except BROKEN as error:
            raise self.unreadable(error) from error

    def begins(self, size: int = 8) -> bytes:
        """The first bytes as they are, for formats that are no text; none of a folder."""
        if self.path.is_dir():
            return b""
        try:
            with self.open() as file:
                return file.read(size)
        except BROKEN as error:
            raise self.unreadable(error) from error

    def plain(self) -> str | None:
        """The lines in one piece, where the file is small UTF-8 with Unix line ends and nothing odd: most are,
        and are read in a third of the time. None of others: see `lines`."""
        try:
            with self.path.open("rb") as file:
                content = file.read(PLAIN_BYTES + 1)
        except OSError as error:
            raise self.unreadable(error) from error
        odd = b"\r" in content or b"\0" in content or content.startswith(codecs.BOM_UTF8)
        if odd or len(content) > PLAIN_BYTES or self.path.name.endswith(".gz"):
            return None
        try:
            return content.decode("utf-8").removesuffix("\n")
        except UnicodeDecodeError:
            return None

    def lines(self) -> Iterator[Line]:
        """Every line, without its line end."""
        number, encoding = 0, self.encoding
        try:
            with self.text() as file:
                while raw := file.readline(MAX_LINE):
                    if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
                        while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                            pass
                        yield Line(number, "", f"line longer than {MAX_LINE >> 20} MiB")
                    else:
                        yield _decode(number, raw, encoding)
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


class Unpacked(io.RawIOBase):
    """The content of a gzip file, up to where it grows as no text does."""

    def __init__(self, path: Path) -> None:
        self._path, self._packed = path, path.open("rb")
        self._file = gzip.GzipFile(fileobj=self._packed)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        count = self._file.readinto(buffer)
        size, of = self._file.tell(), self._packed.tell()
        if size > BOMB_BYTES and size > BOMB_RATIO * of:
            raise DataError(
                f"{self._path} is refused: {of:,} bytes of it became more than {size:,}.",
                "Unpack it yourself, and import what you need of it.",
            )
        return count

    def close(self) -> None:
        self._packed.close()
        super().close()


def writable(text: str) -> str:
    """`text` as it can be written to a file: JSON may escape halves of characters, UTF-8 cannot."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _decode(number: int, raw: bytes, encoding: str) -> Line:
    text = raw.decode("utf-8", errors="replace").rstrip("\r\n").replace("\x00", "")
    if "\ufffd" in text and (not encoding.startswith("utf-8") or not _whole(raw)):
        name = "UTF-8" if encoding.startswith("utf-8") else encoding
        return Line(number, text[:200], f"invalid {name}")
    return Line(number, text)


def _whole(raw: bytes) -> bool:
    """Whether this is UTF-8: the replacement character may stand in the file itself."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@lru_cache(maxsize=64)
def _encoding(source: Source, size: int, changed: int) -> str:
    with source.open() as file:
        return encoding_of(file)


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
