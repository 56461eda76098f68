"""Brings a store to the shape of this version, or back towards an older one's. One at a time; a copy first.

What was half done by other means is put right where nothing can be lost by it, and told otherwise.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, inspect, text

from chatwright.core.errors import ChatwrightError, WrongUse
from chatwright.store.backup import back_up
from chatwright.store.database import Database
from chatwright.store.migrations import STEPS, migrate, name_of
from chatwright.store.postgres import WRITE_LOCK, Postgres
from chatwright.store.schema import Look, look
from chatwright.store.stamps import now
from chatwright.store.steps_back import last_names, take_back
from chatwright.store.tables import ledger

UPGRADE_LOCK = WRITE_LOCK + 1  # held for the whole of an upgrade, its copy included
WAIT = 0.2  # seconds between two tries to get it
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'chatwright'"
    " AND datname = current_database() AND pid <> pg_backend_pid() AND pid NOT IN"
    f" (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = {UPGRADE_LOCK})"
)


@dataclass(frozen=True, slots=True)
class Done:
    """What was changed: steps taken (or taken back), and what was put right first."""

    before: int
    after: int
    steps: tuple[str, ...]
    repaired: str
    backup: Path | None


def seen(place: str) -> Look:
    """How the store at `place` is, unchanged."""
    database = Database(place, as_is=True)
    try:
        with database.read() as connection:
            return look(connection)
    finally:
        database.close()


def upgrade(place: str, folder: Path, waiting: Callable[[], None] = lambda: None) -> Done:
    """Take the steps that are missing, after a copy into `folder`. `waiting` is called once where another
    upgrade is under way, which is waited for.

    Raises `ChatwrightError` when the tables are at no step, or a newer version wrote them; nothing is changed.
    """
    with _opened(place, waiting) as database:
        with database.read() as connection:
            before = look(connection)
        if before.newer:
            _refuse_newer(before)
        if before.whole and not before.pending:
            return Done(before.done, before.done, (), "", None)
        with database.read() as connection:
            _mendable(connection, before)
            empty = not inspect(connection).get_table_names()
        copy = None if empty else _copied(place, folder, before.done)
        with database.alone() as connection:
            found = look(connection)  # as it is now that nobody else writes
            repaired = _mended(connection, found)
            begun = look(connection).done
            migrate(connection)
        return Done(found.done, len(STEPS), tuple(map(name_of, STEPS[begun:])), repaired, copy)


def back(place: str, folder: Path, count: int, waiting: Callable[[], None] = lambda: None) -> Done:
    """Take the last `count` steps back, after a copy into `folder`; what they added is then in the copy alone.

    Raises `WrongUse` where a step has no way back, or other programs are connected (PostgreSQL).
    """
    with _opened(place, waiting) as database:
        with database.read() as connection:
            before = look(connection)
            if before.newer:
                _refuse_newer(before)
            if not before.whole:
                raise ChatwrightError(
                    f"The tables are not those of step {before.done}.",
                    "Run `chatwright upgrade` first.",
                )
            last_names(before.done, count)
            if isinstance(database.backend, Postgres) and connection.execute(OTHERS).scalar_one():
                raise WrongUse(
                    "Other chatwright programs are connected to the store.",
                    "Stop the servers first: they need what would be taken back.",
                )
        copy = _copied(place, folder, before.done)
        with database.alone() as connection:
            names = take_back(connection, before.done, count)
        return Done(before.done, before.done - count, tuple(names), "", copy)


def _refuse_newer(found: Look) -> None:
    raise ChatwrightError(
        f"A newer chatwright wrote the store (step {found.done}; this one knows {found.known}).",
        "Go back with that version (`chatwright upgrade --back "
        f"{found.done - found.known}`), or update this one.",
    )


def _copied(place: str, folder: Path, done: int) -> Path:
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    file = folder / f"step-{done}-{stamp}-{os.getpid()}.backup"
    back_up(place, file)
    return file


def _mendable(connection: Connection, found: Look) -> None:
    """Raise where putting it right could lose something."""
    if found.whole or found.fits is not None:
        return
    what = _half(found)
    if not found.missing:
        full = [table for table in sorted(what) if _rows(connection, table)]
        columns = [one for one in found.extra if "." in one and one.split(".")[0] not in what]
        if not full and not columns:
            return
    shown = [*(f"{one} is missing" for one in found.missing[:5])]
    shown += [f"{one} is there already" for one in found.extra[:5]]
    raise ChatwrightError(
        f"The store is half upgraded (step {found.done}): {'; '.join(shown)}.",
        "Nothing was changed. Restore the last backup: `chatwright restore FILE`.",
    )


def _mended(connection: Connection, found: Look) -> str:
    """Make tables and ledger agree; what was done, in a sentence."""
    if found.whole:
        return ""
    _mendable(connection, found)
    if found.fits is None:
        tables = _half(found)
        for table in reversed(inspect(connection).get_sorted_table_and_fkc_names()):
            if table[0] in tables:
                connection.exec_driver_sql(f"DROP TABLE {table[0]}")
        return (
            f"empty tables of a step that was broken off were removed: {', '.join(sorted(tables))}"
        )
    if found.fits > found.done:
        for number in range(found.done + 1, found.fits + 1):
            row = {"number": number, "name": name_of(STEPS[number - 1]), "applied_at": now()}
            connection.execute(ledger.insert().values(row))
        return (
            f"steps {found.done + 1} to {found.fits} were taken and not noted; they are noted now"
        )
    connection.execute(delete(ledger).where(ledger.c.number > found.fits))
    return f"steps {found.fits + 1} to {found.done} were noted and not taken; they are taken now"


def _half(found: Look) -> set[str]:
    """Whole tables that should not be there yet."""
    return {one for one in found.extra if "." not in one and " " not in one}


def _rows(connection: Connection, table: str) -> bool:
    return bool(connection.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1").first())


@contextmanager
def _opened(place: str, waiting: Callable[[], None]) -> Iterator[Database]:
    """The store as it is, with no other upgrade beside this one."""
    database = Database(place, as_is=True)
    try:
        if isinstance(database.backend, Postgres):
            with _on_the_server(database, waiting):
                yield database
        else:
            assert database.path is not None
            with _in_a_file(database.path.with_name(f"{database.path.name}-upgrade"), waiting):
                yield database
    finally:
        database.close()


@contextmanager
def _on_the_server(database: Database, waiting: Callable[[], None]) -> Iterator[None]:
    with database.backend.engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        take = text("SELECT pg_try_advisory_lock(:number)")
        _wait(lambda: bool(connection.execute(take, {"number": UPGRADE_LOCK}).scalar()), waiting)
        try:
            yield
        finally:
            release = text("SELECT pg_advisory_unlock(:number)")
            connection.execute(release, {"number": UPGRADE_LOCK})


@contextmanager
def _in_a_file(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def taken() -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    try:
        _wait(taken, waiting)
        yield
    finally:
        os.close(handle)


def _wait(taken: Callable[[], bool], waiting: Callable[[], None]) -> None:
    told = False
    while not taken():
        if not told:
            waiting()
            told = True
        time.sleep(WAIT)
