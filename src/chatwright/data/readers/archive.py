"""Archives: a zip, or an unpacked folder, as names and streams. Nothing is ever written to disk.

What a zip says of itself is checked before anything in it is read; what cannot be trusted is refused
whole. A member never gives more bytes than its directory entry says, so the checks hold while reading.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from chatwright.core.errors import DataError
from chatwright.data.readers.source import BROKEN, Source

MAX_MEMBERS = 10_000
MAX_MEMBER = 2 << 30  # bytes, unpacked
MAX_RATIO = 200  # unpacked to packed; text rarely packs better than 1:20, zeros 1:1000
SMALL = 100 << 20  # bytes; below this no ratio does harm
MAX_DIRECTORY = 16 << 20  # bytes of a zip's table of contents, which zipfile reads in one piece
PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # LZMA may ask for 4 GiB to unpack one byte


class Archive:
    """`names` of the files inside, in order, and `open` for each; the zip stays open meanwhile."""

    def __init__(self, path: Path, packed: zipfile.ZipFile | None) -> None:
        self.path, self._zip = path, packed
        if packed is not None:
            names = [entry.filename for entry in packed.infolist() if not entry.is_dir()]
        else:
            files = (file for file in path.rglob("*") if file.is_file() and not file.is_symlink())
            names = [file.relative_to(path).as_posix() for file in files]
        self.names = sorted(name for name in names if not name.startswith("__MACOSX/"))

    def open(self, name: str) -> io.BufferedIOBase:
        if self._zip is None:
            return (self.path / name).open("rb")
        return _open(self.path, self._zip, name)


@dataclass(frozen=True, slots=True)
class Member(Source):
    """One file inside a zip or a folder; `name` stays that of the whole. Without `box` it reopens it."""

    inner: str = ""
    box: Archive | None = None

    def open(self) -> io.BufferedIOBase:
        if self.box is not None:
            return self.box.open(self.inner)
        with archive(self.path) as box:
            return box.open(self.inner)


@contextmanager
def archive(path: Path) -> Iterator[Archive]:
    """The zip or folder at `path`. Raises `DataError` where a zip is broken or not to be trusted."""
    if path.is_dir():
        yield Archive(path, None)
    else:
        with _zip(path) as packed:
            yield Archive(path, packed)


def is_archive(source: Source) -> bool:
    """A zip by its first bytes, whatever its name, or a folder."""
    if isinstance(source, Member):
        return False
    if source.path.is_dir():
        return True
    with source.path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def parts(source: Source, ending: str) -> list[Source]:
    """`source` itself, or where it is an archive, its members whose names end so."""
    if not is_archive(source):
        return [source]
    with archive(source.path) as box:
        names = [name for name in box.names if name.lower().endswith(ending)]
    return [Member(source.path, source.name, inner) for inner in names]


def _zip(path: Path) -> zipfile.ZipFile:
    try:
        with path.open("rb") as file, zipfile.ZipFile(_Careful(file, path)) as listing:
            _check(path, listing.infolist(), path.stat().st_size)
        return zipfile.ZipFile(path)
    except (*BROKEN, NotImplementedError) as error:
        raise _unreadable(path, error) from error


def _open(path: Path, packed: zipfile.ZipFile, name: str) -> io.BufferedIOBase:
    try:
        return io.BufferedReader(packed.open(name))  # type: ignore[type-var]
    except (*BROKEN, NotImplementedError, KeyError) as error:
        raise _unreadable(path, error) from error


def _check(path: Path, entries: list[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > MAX_MEMBERS:
        raise refused(path, f"it has more than {MAX_MEMBERS:,} files", "Unpack it yourself")
    for entry in entries:
        if problem := _problem(entry):
            raise refused(path, f"{entry.filename[:80]!r} in it {problem}", "Pack it again")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > SMALL and unpacked > MAX_RATIO * size:
        raise refused(path, f"{size:,} bytes would become {unpacked:,}", "Pack it again")


def _problem(entry: zipfile.ZipInfo) -> str:
    name = entry.orig_filename
    if entry.flag_bits & 0x1:
        return "is protected by a password"
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or "\x00" in name:
        return "has an absolute or broken name"
    if ".." in name.replace("\\", "/").split("/"):
        return "points outside"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link"
    if entry.file_size > MAX_MEMBER:
        return f"is larger than {MAX_MEMBER >> 30} GiB"
    if entry.compress_type not in PLAIN:
        return "is packed in a way that is not read here"
    return ""


def refused(path: Path, why: str, then: str) -> DataError:
    return DataError(f"{path} is refused: {why}.", f"{then}, and import what you need of it.")


def _unreadable(path: Path, error: Exception) -> DataError:
    return Source(path, path.name).unreadable(error)


class _Careful(io.BufferedIOBase):
    """A file for `zipfile` that does not give a huge table of contents in one piece."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self._file, self._path = file, path

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > MAX_DIRECTORY:
            raise refused(self._path, "its table of contents is too large", "Unpack it yourself")
        return self._file.read(-1 if size is None else size)
