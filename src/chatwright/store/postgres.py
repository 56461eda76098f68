"""The store in PostgreSQL, for any number of processes on any number of machines.

Everything lies in a schema of its own: a database may hold other programs' tables too. Settings are
made per transaction and statements are not prepared, so that a pooler between does no harm.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chatwright.core.errors import ChatwrightError, StorageFull, StoreUnavailable, WrongUse

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
SCHEMA = "chatwright"
WRITE_LOCK = 0x63686174  # "chat": the number of our advisory lock, arbitrary but fixed
POOL = 8  # connections per process; more threads than that do not write at once
PAUSE = 0.5  # seconds for which nobody tries again after a connection failed
IDLE, BUSY = 3.0, 10.0  # seconds for an answer to a ping, and to a statement
CONNECTING = {
    "connect_timeout": 3,
    # A machine that is gone says nothing: the kernel gives its connections up after 8 to 11 s.
    "tcp_user_timeout": 8000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "application_name": "chatwright",
    "prepare_threshold": None,
}
SETTINGS = (
    f"SET LOCAL search_path TO {SCHEMA}; SET LOCAL statement_timeout TO 8000; "
    "SET LOCAL lock_timeout TO 5000; SET LOCAL idle_in_transaction_session_timeout TO 10000"
)
# "write" is alone among writers, as on SQLite; "shared" ones run beside each other.
WAYS = {
    "migrate": f"SET LOCAL search_path TO {SCHEMA}; SELECT pg_advisory_xact_lock({WRITE_LOCK})",
    "read": f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; {SETTINGS}",
    "write": f"{SETTINGS}; SELECT pg_advisory_xact_lock({WRITE_LOCK})",
    "shared": f"{SETTINGS}; SELECT pg_advisory_xact_lock_shared({WRITE_LOCK})",
}
# SQLSTATE classes and codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
AWAY = ("08", "57P0", "53300", "25006")  # connection, shutdown, too many clients, a standby
WAITED = ("55P03", "57014", "40001", "40P01", "25P03")  # lock, timeout, serialization, deadlock
FULL = ("53100",)
REFUSED = ("28",)
MISSING = ("3D000",)


class Postgres:
    """See `database.Backend`."""

    path = None

    def __init__(self, url: str) -> None:
        self.url = parsed(url)
        host = self.url.host or self.url.query.get("host") or "this machine"
        self.name = f"{self.url.database or self.url.username or 'database'} on {host}"
        self.engine = _engine(self.url)
        self._again = 0.0  # before this moment of the monotonic clock nobody tries to connect

    def queue(self, urgent: bool = False) -> AbstractContextManager[Any]:
        return nullcontext()

    def available(self) -> None:
        """Raise `StoreUnavailable` at once where a connection has just failed."""
        if time.monotonic() < self._again:
            raise self._away()

    def prepare(self, connection: Connection) -> None:
        """Before migrations: a schema of our own."""
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")

    def in_words(self, error: SQLAlchemyError | sqlite3.Error) -> Exception:
        if isinstance(error, PoolTimeout):
            return StoreUnavailable(f"Too many wait for {self.name}.", "Try again in a moment.")
        if not isinstance(error, DBAPIError):
            return error
        code, said = getattr(error.orig, "sqlstate", None) or "", str(error.orig)
        if code.startswith(FULL):
            return StorageFull(
                f"The disk of {self.name} is full: nothing was changed.",
                "Free some space and try again.",
            )
        if code.startswith(WAITED) and not error.connection_invalidated:
            return StoreUnavailable(
                f"The store in {self.name} is busy: it was waited for in vain.", "Try again."
            )
        # Of a connection that fails the server's code is not passed on, only its words.
        if code.startswith(REFUSED) or (not code and ("password" in said or 'role "' in said)):
            return ChatwrightError(
                f"The login to {self.name} was refused.", "Check user and password."
            )
        if code.startswith(MISSING) or (not code and "does not exist" in said):
            return ChatwrightError(f"There is no database {self.name}.", "Make it with `createdb`.")
        if isinstance(error, DataError) and not code and "NUL" in said:
            return WrongUse("Text must not contain the NUL character.", "Leave it out.")
        gone = isinstance(error, OperationalError | InterfaceError) and not code
        if gone or error.connection_invalidated or code.startswith(AWAY):
            self._again = time.monotonic() + PAUSE
            return self._away()
        return error

    def _away(self) -> StoreUnavailable:
        return StoreUnavailable(
            f"The store in {self.name} cannot be reached.", "Try again in a moment.", retry_after=2
        )


def parsed(url: str) -> URL:
    """The URL as SQLAlchemy wants it. Raises `WrongUse`, which does not repeat it: secrets."""
    try:
        return make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise WrongUse(
            "The database's address cannot be read.", "Write postgresql://user@host/name."
        ) from None


def _engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=IDLE,
        pool_pre_ping=True,
        pool_recycle=1800,
        pool_use_lifo=True,
        connect_args={name: v for name, v in CONNECTING.items() if name not in url.query},
    )

    @event.listens_for(engine, "connect")
    def bound(connection: Any, record: Any) -> None:
        """A server that hangs, and does not close either, is given up from this side."""
        wait = connection.wait

        def bounded(generator: Any, *args: Any, **options: Any) -> Any:
            pinging = connection.autocommit  # SQLAlchemy's way to ask whether anybody is there
            options.setdefault("timeout", IDLE if pinging else record.info.get("patience", BUSY))
            try:
                return wait(generator, *args, **options)
            except connection.OperationalError:
                if connection.pgconn.transaction_status == 1:  # it is still at it
                    connection.close()
                raise

        connection.wait = bounded

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        way = options.get("way", "read")
        connection.info["patience"] = None if way == "migrate" else BUSY
        lazy = "" if options.get("durable", True) else "; SET LOCAL synchronous_commit TO off"
        connection.exec_driver_sql(WAYS[way] + lazy)

    return engine
