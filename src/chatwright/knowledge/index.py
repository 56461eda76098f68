"""The index on the disk: documents by the hash of their content, their passages, terms and vectors.

One SQLite file, `.chatwright/index/knowledge.db`, which can be made again from the documents. It keeps
every document that a snapshot (`snapshots.py`) may still need, once, however many names it has. What is
removed is overwritten in the file (`secure_delete`) and in its write-ahead log (`clean`).
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from chatwright.core.errors import ChatwrightError, StorageFull, StoreUnavailable
from chatwright.core.files import sha256_json, storage
from chatwright.core.types import Embedder
from chatwright.data.documents import Text
from chatwright.knowledge.passages import Passage, passages, title_of
from chatwright.knowledge.words import terms

SHAPE = "2"  # of the tables, of passages and of terms: another one means that all is made again
TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    characters INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER NOT NULL,
    headings TEXT NOT NULL, text TEXT NOT NULL, body BLOB NOT NULL, above BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS terms (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS vectors (
    passage INTEGER NOT NULL, embedder TEXT NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (passage, embedder)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS snapshots (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, made TEXT NOT NULL, documents INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS members (
    snapshot TEXT NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE, name TEXT NOT NULL,
    label TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (snapshot, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (
    name TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, digest TEXT NOT NULL,
    document TEXT, tag TEXT NOT NULL) WITHOUT ROWID;
"""
# A passage's number is its document's, and its place in it: so it is never given to another passage, and the
# passages of a document are one range of numbers.
PLACES = 24  # bits: a document of the largest size has fewer passages
EMBEDDED_AT_ONCE = 64  # passages
ENCODED = json.JSONEncoder(ensure_ascii=False).encode
AT_ONCE = 10_000  # rows, that are looked through at once


OF_SNAPSHOT = (
    "SELECT number, id FROM documents"
    " WHERE number IN (SELECT document FROM members WHERE snapshot = ?)"
)
INSIDE = f"p.id >= d.number << {PLACES} AND p.id < (d.number + 1) << {PLACES}"


class _Terms(dict[str, int]):
    """A vocabulary that gives a new term the next number."""

    def __missing__(self, term: str) -> int:
        number = self[term] = 1 + (next(reversed(self.values())) if self else 0)
        return number


class Index:
    """Opened for one process; its methods may be called from any thread. Raises `StoreUnavailable`
    when another program holds it for 5 s, `StorageFull` when the disk is full."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        with storage(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        self._connection = _open(path)
        if self.meta("shape") not in (None, SHAPE):
            self._connection.close()
            for part in ("", "-wal", "-shm"):
                path.with_name(path.name + part).unlink(missing_ok=True)
            path.touch(mode=0o600)
            self._connection = _open(path)
        if self.meta("shape") is None:
            self.note("shape", SHAPE)
        self._terms: _Terms | None = None
        self._version = 0

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent state."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """All of it happens, or nothing."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, how: str) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._connection.in_transaction:  # inside another one of this thread
                yield self._connection
                return
            try:
                self._connection.execute(how)
                try:
                    yield self._connection
                except BaseException:
                    self._connection.rollback()
                    self._terms = None
                    raise
                self._connection.commit()
            except sqlite3.Error as error:
                raise _in_words(error, self.path) from error

    def meta(self, name: str) -> str | None:
        with self._lock:
            row = self._connection.execute(
                "SELECT value FROM meta WHERE name = ?", (name,)
            ).fetchone()
        return None if row is None else str(row[0])

    def note(self, name: str, value: str | None) -> None:
        """Keep a value under a name, or nothing."""
        with self.write() as connection:
            if value is None:
                connection.execute("DELETE FROM meta WHERE name = ?", (name,))
            else:
                connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # --- documents

    def has(self, document: str) -> bool:
        with self.read() as connection:
            found = connection.execute("SELECT 1 FROM documents WHERE id = ?", (document,))
            return found.fetchone() is not None

    def put(self, text: Text) -> tuple[str, int]:
        """Keep a document; its id, and how many passages are new (0 where it was known already)."""
        identity = sha256_json([SHAPE, text.title, text.text, text.pages])
        if self.has(identity):
            return identity, 0
        return identity, self.keep(identity, title_of(text), len(text.text), passages(text))

    def keep(self, identity: str, title: str, characters: int, pieces: Iterable[Passage]) -> int:
        """Keep a document by its passages; how many of them are new."""
        with self.write() as connection:
            if self.has(identity):
                return 0
            number = connection.execute(
                "INSERT INTO documents (id, title, characters) VALUES (?, ?, ?)",
                (identity, title, characters),
            ).lastrowid
            assert number is not None, "a row that was inserted"
            known = self._known(connection)
            before = len(known)
            count = connection.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    _row(number << PLACES | place, title, one, known)
                    for place, one in enumerate(pieces)
                ),
            ).rowcount
            new = islice(known.items(), before, None)  # a dictionary keeps the order of its keys
            connection.executemany("INSERT INTO terms (term, id) VALUES (?, ?)", new)
        return max(0, count)

    def whole(self, document: str) -> tuple[str, int, list[Passage]]:
        """Title, characters and passages of a document that is kept."""
        with self.read() as connection:
            number, title, characters = connection.execute(
                "SELECT number, title, characters FROM documents WHERE id = ?", (document,)
            ).fetchone()
            rows = connection.execute(
                'SELECT text, "start", "end", headings, page FROM passages'
                " WHERE id >= ? AND id < ? ORDER BY id",
                (number << PLACES, (number + 1) << PLACES),
            )
            pieces = [Passage(t, s, e, tuple(json.loads(h)), p) for t, s, e, h, p in rows]
        return title, characters, pieces

    def documents(self) -> set[str]:
        """The ids of all that are kept."""
        with self.read() as connection:
            return {row[0] for row in connection.execute("SELECT id FROM documents")}

    def _known(self, connection: sqlite3.Connection) -> _Terms:
        """The vocabulary; read again where another process has written since."""
        version = int(connection.execute("PRAGMA data_version").fetchone()[0])
        if self._terms is None or version != self._version:
            self._terms = _Terms(connection.execute("SELECT term, id FROM terms ORDER BY id"))
            self._version = version
        return self._terms

    # --- vectors

    def without_vector(self, embedder: str, snapshot: str) -> list[int]:
        """Passages of a snapshot that have no vector of this embedder yet."""
        with self.read() as connection:
            rows = connection.execute(
                f"SELECT p.id FROM ({OF_SNAPSHOT}) d JOIN passages p ON {INSIDE}"
                " WHERE NOT EXISTS"
                " (SELECT 1 FROM vectors v WHERE v.embedder = ? AND v.passage = p.id) ORDER BY p.id",
                (snapshot, embedder),
            )
            return [row[0] for row in rows]

    def embed(self, embedder: Embedder, wanted: Sequence[int]) -> Iterator[int]:
        """Keep the vectors of passages; says after each batch how many are done."""
        for start in range(0, len(wanted), EMBEDDED_AT_ONCE):
            batch = wanted[start : start + EMBEDDED_AT_ONCE]
            said = self.passages(batch)
            known = [one for one in batch if one in said]
            texts = ["\n".join((*said[one][1].headings, said[one][1].text)) for one in known]
            vectors = np.asarray(embedder.embed(texts), np.float32)
            assert vectors.shape == (len(known), embedder.dimensions), "an embedder's own shape"
            with self.write() as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    [
                        (one, embedder.id, v.tobytes())
                        for one, v in zip(known, vectors, strict=True)
                    ],
                )
                self.note("vectors", secrets.token_hex(4))  # whoever searches hears of them
            yield start + len(batch)

    def vectors(self, embedder: str, wanted: Iterable[int]) -> dict[int, Any]:
        """float32, as they were kept."""
        with self.read() as connection:
            rows = _many(
                connection,
                "SELECT passage, vector FROM vectors WHERE embedder = ? AND passage IN",
                wanted,
                embedder,
            )
            return {row[0]: np.frombuffer(row[1], np.float32) for row in rows}

    # --- what a search reads

    def numbers(self, snapshot: str) -> dict[int, str]:
        """The documents of a snapshot by number, which is never given to another one."""
        with self.read() as connection:
            return dict(connection.execute(OF_SNAPSHOT, (snapshot,)))

    def rows(self, documents: Iterable[int]) -> tuple[list[int], list[Any], list[Any]]:
        """Number, terms and heading terms (int32) of every passage of documents, in order."""
        numbers, bodies, above = list[int](), list[Any](), list[Any]()
        with self.read() as connection:
            for first, last in _ranges(documents):
                for number, body, head in connection.execute(
                    "SELECT id, body, above FROM passages WHERE id >= ? AND id < ? ORDER BY id",
                    (first << PLACES, (last + 1) << PLACES),
                ):
                    numbers.append(number)
                    bodies.append(np.frombuffer(body, np.int32))
                    above.append(np.frombuffer(head, np.int32))
        return numbers, bodies, above

    def passages(self, wanted: Iterable[int]) -> dict[int, tuple[str, Passage]]:
        """(document, passage) by the passage's number."""
        query = (
            'SELECT p.id, d.id, text, "start", "end", headings, page FROM passages p'
            f" JOIN documents d ON d.number = p.id >> {PLACES} WHERE p.id IN"
        )
        with self.read() as connection:
            return {
                number: (document, Passage(text, start, end, tuple(json.loads(headings)), page))
                for number, document, text, start, end, headings, page in _many(
                    connection, query, wanted
                )
            }

    def vocabulary(self) -> dict[str, int]:
        with self.read() as connection:
            return dict(connection.execute("SELECT term, id FROM terms"))

    def words(self, wanted: Iterable[int]) -> dict[int, str]:
        """Terms by their ids."""
        with self.read() as connection:
            return dict(_many(connection, "SELECT id, term FROM terms WHERE id IN", wanted))

    def titles(self, wanted: Iterable[str]) -> dict[str, str]:
        with self.read() as connection:
            return dict(_many(connection, "SELECT id, title FROM documents WHERE id IN", wanted))

    # --- removing

    def drop_unused(self) -> int:
        """Remove every document that no snapshot has, and all that was made of it; how many."""
        with self.write() as connection:
            gone = connection.execute(
                "SELECT number FROM documents WHERE number NOT IN (SELECT document FROM members)"
            ).fetchall()
            for (number,) in gone:
                connection.execute("DELETE FROM documents WHERE number = ?", (number,))
                places = (number << PLACES, (number + 1) << PLACES)
                connection.execute("DELETE FROM passages WHERE id >= ? AND id < ?", places)
                connection.execute("DELETE FROM vectors WHERE passage >= ? AND passage < ?", places)
            if gone:
                self.note("unclean", "1")
                self._drop_terms(connection)
        return len(gone)

    def _drop_terms(self, connection: sqlite3.Connection) -> None:
        """Words that stand in no passage any more: a vocabulary, too, tells what was said."""
        (last,) = connection.execute("SELECT ifnull(max(id), 0) FROM terms").fetchone()
        used = np.zeros(last + 1, bool)
        found = connection.execute("SELECT body, above FROM passages")
        while rows := found.fetchmany(AT_ONCE):
            used[np.frombuffer(b"".join(part for row in rows for part in row), np.int32)] = True
        unused = np.flatnonzero(~used).tolist()
        known = {row[0] for row in connection.execute("SELECT id FROM terms")}
        gone = [(one,) for one in unused if one in known]
        connection.executemany("DELETE FROM terms WHERE id = ?", gone)
        self._terms = None

    def clean(self) -> bool:
        """Empty the write-ahead log, in which what was removed would still stand.

        False where somebody reads an older state just now: the next call does it.
        """
        with self._lock:
            if self.meta("unclean") is None:
                return True
            if self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return False
            self.note("unclean", None)
        return True


def _row(number: int, title: str, one: Passage, known: _Terms) -> tuple[Any, ...]:
    above = [title, *(heading for heading in one.headings if heading != title)]
    ids = [
        array("i", [known[word] for word in terms(text)]).tobytes()
        for text in (one.text, " \n ".join(above))
    ]
    headings = ENCODED(one.headings) if one.headings else "[]"
    return (number, one.start, one.end, one.page, headings, one.text, *ids)


def _ranges(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers, in order."""
    first = last = -1
    for number in sorted(numbers):
        if number != last + 1 or last < 0:
            if last >= 0:
                yield first, last
            first = number
        last = number
    if last >= 0:
        yield first, last


def _many(
    connection: sqlite3.Connection, query: str, wanted: Iterable[Any], *before: Any
) -> list[Any]:
    """The rows of a query that ends in IN, for any number of values."""
    values, rows = list(wanted), list[Any]()
    for start in range(0, len(values), 500):
        part = values[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows += connection.execute(f"{query} ({marks})", (*before, *part)).fetchall()
    return rows


def _open(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            path, check_same_thread=False, isolation_level=None, timeout=5.0
        )
        for setting in (
            "journal_mode=WAL",
            "secure_delete=ON",
            "foreign_keys=ON",
            "synchronous=NORMAL",
        ):
            connection.execute(f"PRAGMA {setting}")
        connection.executescript(TABLES)
    except sqlite3.Error as error:
        raise _in_words(error, path) from error
    return connection


def _in_words(error: sqlite3.Error, path: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_WRITE):
        return StorageFull(
            f"The disk is full: nothing was changed in {path.name}.", "Free some space."
        )
    if code is not None and code & 0xFF == sqlite3.SQLITE_BUSY:
        return StoreUnavailable(f"{path.name} is busy.", "Try again.")
    if code == sqlite3.SQLITE_NOTADB:
        return ChatwrightError(
            f"{path} is no index.", "Remove it, then `chatwright knowledge sync`."
        )
    return error
