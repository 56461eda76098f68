"""One SQL database, opened safely: transactions that are short, durable and one at a time.

Not an object mapper, and no pool of its own: SQLAlchemy Core does both ends. Only SQLite is
opened today; the statements above this file keep to what PostgreSQL understands as well.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from chatwright.core.errors import ChatwrightError, StorageFull, WrongUse
from chatwright.core.files import storage
from chatwright.store.migrations import migrate

PREFIX = "sqlite:///"
# synchronous=FULL: what was acknowledged survives a power cut, not only a crash of the process.
SETTINGS = ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


class Database:
    """The store's database at a path or `sqlite:///path`, brought to the present shape.

    Raises `ChatwrightError` when the file is no database or a newer version wrote it, and
    `StorageFull` when the disk is full.
    """

    def __init__(self, url_or_path: str | Path) -> None:
        self.path = _path(url_or_path)
        with storage(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)  # people's words: for the owner of the process only
        self._engine = _engine(self.path)
        # SQLite's busy handler polls and is unfair; threads of one process queue here instead.
        self._writer = threading.Lock()
        with self.write() as connection:
            migrate(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one consistent state; never blocks a writer."""
        with self._translated(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its start: all of it happens, or nothing."""
        with self._writer, self._translated(), self._engine.connect() as connection:
            writing = connection.execution_options(writing=True)
            with writing.begin():
                yield writing

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raise _in_words(error, self.path) from error


def _path(url_or_path: str | Path) -> Path:
    text = str(url_or_path)
    if text.startswith(PREFIX):
        return Path(text.removeprefix(PREFIX))
    if "://" in text:
        scheme = text.split("://", 1)[0]
        raise WrongUse(
            f"The store cannot be kept in {scheme} yet.", "Use a file path or sqlite:///path."
        )
    return Path(text)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"{PREFIX}{path}")

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver shall not begin transactions by itself
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that begins as a reader and then writes can fail with "locked" at once,
        # whatever the timeout; IMMEDIATE waits at its start.
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _in_words(error: DBAPIError | sqlite3.Error, path: Path) -> Exception:
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    # SHMSIZE: the write-ahead log's index could not grow, which also means a full disk.
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_WRITE):
        return StorageFull(
            f"The disk is full: nothing was changed in {path.name}.",
            "Free some space and try again.",
        )
    if code == sqlite3.SQLITE_BUSY:
        return ChatwrightError(
            f"{path.name} is busy: another program has been writing to it for 5 seconds.",
            "Close that program, or try again.",
        )
    if code == sqlite3.SQLITE_NOTADB:
        return ChatwrightError(
            f"{path} is not a chatwright store.", "Move that file away and run again."
        )
    return error
