"""The store in one file: SQLite with a write-ahead log, for any number of processes of one machine."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from chatwright.core.errors import ChatwrightError, StorageFull, StoreUnavailable
from chatwright.core.files import storage

PREFIX = "sqlite:///"
# synchronous=FULL: what was acknowledged survives a power cut, not only a crash of the process.
# secure_delete: what is deleted is overwritten in the file, not only unlinked.
SETTINGS = (
    "busy_timeout=5000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)
PATIENCE = 3.0  # seconds in line behind other processes; then SQLite's own waiting has to do
POLL = 0.001


class SQLite:
    """See `database.Backend`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        with storage(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # people's words: for the owner of the process only
        self.engine = _engine(path)
        # SQLite's busy handler polls and is unfair; threads of one process queue here instead, and
        # processes in `_in_line`.
        self._line, self._writer = threading.Lock(), threading.Lock()

    @contextmanager
    def queue(self, urgent: bool = False) -> Iterator[None]:
        # Of all that stand in line one waits for the writer, so what is urgent waits for two at most.
        with nullcontext() if urgent else self._line, self._writer:
            yield

    def available(self) -> None:
        """A file is always there to be tried."""

    def prepare(self, connection: Connection) -> None:
        """There is nothing to do before migrations."""

    def in_words(self, error: SQLAlchemyError | sqlite3.Error) -> Exception:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlite_errorcode", None)
        # SHMSIZE: the write-ahead log's index could not grow, which also means a full disk.
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_WRITE):
            return StorageFull(
                f"The disk is full: nothing was changed in {self.name}.",
                "Free some space and try again.",
            )
        if code == sqlite3.SQLITE_BUSY:
            return StoreUnavailable(
                f"{self.name} is busy: another program has been writing to it for 5 seconds.",
                "Close that program, or try again.",
            )
        if code == sqlite3.SQLITE_NOTADB:
            return ChatwrightError(
                f"{self.path} is not a chatwright store.", "Move that file away and run again."
            )
        return error


@contextmanager
def _in_line(path: Path) -> Iterator[None]:
    """While this is held, nobody else who writes through here asks SQLite for its write lock.

    Without it, a process that writes without a pause takes the lock again before others wake up: one
    has been seen to wait for 5 s in vain. Courtesy only; that one writes at a time is SQLite's work.
    """
    with storage(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(POLL)
        yield
    finally:
        os.close(handle)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"{PREFIX}{path}")
    line = path.with_name(f"{path.name}-line")

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver shall not begin transactions by itself
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("way", "read") == "read":
            connection.exec_driver_sql("BEGIN")
            return
        durable = options.get("durable", True)
        if connection.info.get("durable", True) != durable:
            connection.info["durable"] = durable
            connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        # A transaction that begins as a reader and then writes can fail with "locked" at once,
        # whatever the timeout; IMMEDIATE waits at its start.
        with _in_line(line):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
