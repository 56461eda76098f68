"""The proof of an erasure: every file below .chatwright and every table of the store is read, byte by byte.

Looked for are the identifiers as given, in the spellings in which programs write them (UTF-8 and UTF-16, any
case, escaped in JSON, HTML and addresses), in compressed files too; and, where they are not given any more,
whatever the tombstones know, in all text. What a model says is `recall.py`.
"""

from __future__ import annotations

import gzip
import html
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import quote

from sqlalchemy import select

from chatwright.improve.reached import TEXTS, Theirs, in_file, strings
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.tables import metadata

BLOCK = 8 << 20  # bytes read at once
PACKED = (".zip", ".docx", ".xlsx", ".whl", ".npz")
LARGE = (
    64 << 20
)  # bytes of a text file, up to which each of its words is compared with the tombstones


@dataclass(frozen=True, slots=True)
class Held:
    """Where something of the person still stands: `files` of ours below .chatwright, `tables` of the store, and
    how much was looked at."""

    files: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    looked_at: int = 0  # files
    bytes: int = 0
    rows: int = 0

    @property
    def clean(self) -> bool:
        return not (self.files or self.tables)

    def about(self) -> dict[str, Any]:
        names = ("files", "tables")
        found: dict[str, Any] = {name: list(getattr(self, name)) for name in names}
        return found | {
            "clean": self.clean,
            "files_read": self.looked_at,
            "bytes_read": self.bytes,
            "rows_read": self.rows,
        }


def spellings(identifier: str) -> set[bytes]:
    """How programs write it: lower case, for ASCII letters are compared without theirs."""
    found = set()
    for text in {identifier, identifier.casefold(), identifier.upper(), identifier.title()}:
        escaped = json.dumps(text)[1:-1]
        for one in (text, escaped, html.escape(text), quote(text), quote(text, safe="@+")):
            found.add(one.encode().lower())
        found.add(text.encode("utf-16-le").lower())
        found.add(text.encode("utf-16-be").lower())
    return {one for one in found if one}


def held(
    spec: Spec, database: Database, identifiers: Sequence[str], theirs: Theirs | None = None
) -> Held:
    """Look for `identifiers` in everything that the bot has made, and for what `theirs` recognises in text."""
    wanted = {one for identifier in identifiers for one in spellings(identifier)}
    files, looked_at, size = [], 0, 0
    for path in sorted(spec.made.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        looked_at += 1
        size += path.stat().st_size
        name = path.relative_to(spec.made).as_posix()
        if _any(name.encode().lower(), wanted) or _in_bytes(path, wanted) or _in_text(path, theirs):
            files.append(name)
    tables, rows = _tables(database, wanted, theirs)
    return Held(tuple(files), tuple(tables), looked_at, size, rows)


def _any(content: bytes, wanted: set[bytes]) -> bool:
    return any(one in content for one in wanted)


def _in_bytes(path: Path, wanted: set[bytes]) -> bool:
    if not wanted:
        return False
    overlap = max(map(len, wanted))
    for file in _streams(path):
        with file:
            before = b""
            while block := file.read(BLOCK):
                content = (before + block).lower()
                if _any(content, wanted):
                    return True
                before = content[-overlap:]
    return False


def _streams(path: Path) -> Iterator[IO[bytes]]:
    """The file as it is, and what is packed in it."""
    yield path.open("rb")
    try:
        if path.suffix in PACKED and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                for name in packed.namelist():
                    yield packed.open(name)
        elif path.suffix == ".gz":
            yield cast(IO[bytes], gzip.open(path, "rb"))  # noqa: SIM115 - whoever reads it closes it
        elif path.suffix == ".xz":
            yield lzma.open(path, "rb")  # noqa: SIM115
    except (OSError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError):
        return  # it is no archive, whatever its name says


def _in_text(path: Path, theirs: Theirs | None) -> bool:
    if theirs is None or path.suffix not in TEXTS or path.stat().st_size > LARGE:
        return False
    return in_file(path, theirs)


def _tables(database: Database, wanted: set[bytes], theirs: Theirs | None) -> tuple[list[str], int]:
    """The tables in which it stands, and how many rows were read."""
    found, count = [], 0
    for table in metadata.sorted_tables:
        with database.read() as connection:
            hit = False
            for row in connection.execute(select(table)).mappings():
                count += 1
                values = [_plain(value) for value in row.values()]
                text = "\n".join(one for value in values for one in strings(value))
                hit = hit or _any(text.encode("utf-8", "replace").lower(), wanted)
                hit = hit or (theirs is not None and any(map(theirs.value, values)))
        if hit:
            found.append(table.name)
    return found, count


def _plain(value: Any) -> Any:
    """Bytes as text; the rest of what a column may hold is plain already."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
