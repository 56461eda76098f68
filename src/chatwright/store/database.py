"""One SQL database, opened safely: transactions that are short, durable and in order.

Not an object mapper, and no pool of its own: SQLAlchemy Core does both ends. What differs between
SQLite and PostgreSQL is in `sqlite.py` and `postgres.py`; the statements above are the same.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from chatwright.core.errors import WrongUse
from chatwright.store.migrations import migrate
from chatwright.store.postgres import SCHEMES, Postgres
from chatwright.store.sqlite import PREFIX, SQLite

Way = Literal["migrate", "read", "write", "shared"]
Watch = Callable[[Way, float, BaseException | None], None]  # seconds, and what it failed with


class Backend(Protocol):
    """A kind of database. `name` is what people call this one, without any secret."""

    name: str
    engine: Engine

    @property
    def path(self) -> Path | None:
        """The file, where it is one."""

    def queue(self, urgent: bool = False) -> AbstractContextManager[Any]:
        """Held by whoever writes: threads of this process wait here, those that are urgent before others."""

    def available(self) -> None:
        """Raise `StoreUnavailable` when trying would be in vain."""

    def prepare(self, connection: Connection) -> None:
        """What comes before migrations, in their transaction."""

    def in_words(self, error: SQLAlchemyError | sqlite3.Error) -> Exception:
        """The `ChatwrightError` for what a user can do something about, else the same error."""


class Database:
    """The store's database at a path, `sqlite:///path` or `postgresql://...`, in the present shape.

    Raises `ChatwrightError` when it is no database or a newer version wrote it, `StorageFull` when
    the disk is full, and `StoreUnavailable` while it cannot be reached. With `as_is` nothing is looked at
    or changed yet.
    """

    def __init__(self, url_or_path: str | Path, *, as_is: bool = False) -> None:
        self.backend = _backend(str(url_or_path))
        self.watch: Watch | None = None  # told of each transaction when it has ended
        if as_is:
            return
        # Alone: of several processes that start at once, one takes the steps, the others find them.
        try:
            with self.alone() as connection:
                migrate(connection)
        except BaseException:
            self.close()
            raise

    @property
    def path(self) -> Path | None:
        return self.backend.path

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one consistent state; never blocks a writer."""
        with self._seen("read"), self._transaction("read") as connection:
            yield connection

    @contextmanager
    def write(
        self, *, shared: bool = False, durable: bool = True, urgent: bool = False
    ) -> Iterator[Connection]:
        """A transaction that is alone among writers from its start: all of it happens, or nothing.

        `shared`: other shared ones may run beside it, on PostgreSQL. For statements that stay right
        then: one alone, or those behind an update or `with_for_update` of the row that orders them.
        One that is not `durable` may be lost with the machine's power, and costs no wait for the
        disk: for counts alone. One that is `urgent` goes before others of this process: somebody outside
        waits for it alone, and not for long.
        """
        way: Way = "shared" if shared else "write"
        with (
            self._seen(way),
            self.backend.queue(urgent),
            self._transaction(way, durable=durable) as connection,
        ):
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A transaction for changes of the tables: alone among writers, for as long as it takes."""
        with self._transaction("migrate") as connection:
            self.backend.prepare(connection)
            yield connection

    def close(self) -> None:
        self.backend.engine.dispose()

    def connections(self) -> tuple[int, int] | None:
        """Connections in use, and how many there may be; None where that is not bounded."""
        pool = self.backend.engine.pool
        if not isinstance(pool, QueuePool) or self.path is not None:
            return None
        return pool.checkedout(), pool.size()

    @contextmanager
    def _seen(self, way: Way) -> Iterator[None]:
        began, failed = time.monotonic(), None
        try:
            yield
        except BaseException as error:
            failed = error
            raise
        finally:
            if self.watch is not None:
                self.watch(way, time.monotonic() - began, failed)

    @contextmanager
    def _transaction(self, way: Way, *, durable: bool = True) -> Iterator[Connection]:
        self.backend.available()
        try:
            with self.backend.engine.connect() as connection:
                marked = connection.execution_options(way=way, durable=durable)
                with marked.begin():
                    yield marked
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise self.backend.in_words(error) from error


def _backend(place: str) -> Backend:
    scheme, found, _ = place.partition("://")
    if not found:
        return SQLite(Path(place))
    if place.startswith(PREFIX):
        return SQLite(Path(place.removeprefix(PREFIX)))
    if scheme in SCHEMES:
        return Postgres(place)
    raise WrongUse(
        f"The store cannot be kept in {scheme}.", "Use a file path, or postgresql://user@host/name."
    )
