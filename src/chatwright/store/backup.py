"""Copies of the store: made while it is in use, and put back. Whole ones only.

Of a file it is SQLite's own online copy, of PostgreSQL what `pg_dump` writes. A copy holds everything
that was acknowledged before it began.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import URL, inspect

from chatwright.core.errors import ChatwrightError, StorageFull, WrongUse
from chatwright.core.files import replace_atomic, storage, write_atomic
from chatwright.store.database import Database
from chatwright.store.person import Tombstones
from chatwright.store.postgres import SCHEMA, Postgres
from chatwright.store.sqlite import PREFIX
from chatwright.store.tables import ledger

MAGIC = {b"SQLite format 3\0": "a file", b"PGDMP": "PostgreSQL"}
BEFORE = "before-restore"
NOTE = "backed-up"  # a file in .chatwright: its time is that of the last backup, wherever that lies


def back_up(place: str, file: Path) -> None:
    """Write a copy of the store at `place` (a path or URL) to `file`, which appears when complete.

    Raises `WrongUse` when `file` exists, `StorageFull`, and `ChatwrightError` when a copy cannot be made.
    """
    if file.exists():
        raise WrongUse(f"{file} is there already.", "Name another file.")
    database = Database(place, as_is=True)
    try:
        with database.read() as connection:
            empty = not inspect(connection).has_table(ledger.name)
    finally:
        database.close()
    if empty:
        Database(place).close()
    if isinstance(database.backend, Postgres):
        url = database.backend.url
        replace_atomic(file, lambda temporary: _dump(url, temporary))
    else:
        assert database.path is not None
        source = database.path
        replace_atomic(file, lambda temporary: _checked(source, temporary))
    file.chmod(0o600)  # people's words, as in the store itself


def note(made: Path) -> None:
    """Remember that the store was copied now: for the figures, and for `doctor`. Where that cannot be written
    down, the copy is none the worse."""
    with suppress(OSError, StorageFull):
        write_atomic(
            made / NOTE, "The time of this file is that of the last backup of the store.\n"
        )


def last(made: Path) -> float | None:
    """When the store was last copied, in Unix time; None: as far as is known, never."""
    try:
        return (made / NOTE).stat().st_mtime
    except OSError:
        return None


def restore(place: str, file: Path) -> Path | None:
    """Make the store at `place` what it was when `file` was written; then bring it to the present shape.

    Happens in one transaction: servers that are running see the old store, then the other one. Gives
    where the file that was replaced is kept (PostgreSQL: nowhere). The tombstones of people who were
    erased since then stay; `PersonRows.sweep` applies them. Raises `ChatwrightError` when `file`
    is no copy of such a store, and then nothing was changed.
    """
    kind = _kind(file)
    database = Database(place)
    backend, erased = database.backend, Tombstones(database).rows()
    database.close()
    wanted = "PostgreSQL" if isinstance(backend, Postgres) else "a file"
    if kind != wanted:
        raise WrongUse(
            f"{file} is a copy of a store in {kind}, and this one is in {wanted}.",
            "Name the store that it came from with DATABASE_URL or [server] database.",
        )
    kept = None
    if isinstance(backend, Postgres):
        _load(backend.url, file)
    else:
        assert backend.path is not None
        _check(file)
        kept = backend.path.with_name(f"{backend.path.name}.{BEFORE}")
        source = backend.path
        replace_atomic(kept, lambda temporary: _copy(source, temporary))
        kept.chmod(0o600)
        _put_back(file, backend.path)
    database = Database(place)  # a copy of an older version is migrated now
    Tombstones(database).add(erased)
    database.close()
    return kept


def _kind(file: Path) -> str:
    try:
        with file.open("rb") as copy:
            head = copy.read(16)
    except OSError as error:
        raise WrongUse(f"{file} cannot be read ({error.strerror}).", "Name a backup.") from None
    for magic, kind in MAGIC.items():
        if head.startswith(magic):
            return kind
    raise WrongUse(f"{file} is no backup of a store.", "Name one that `chatwright backup` wrote.")


def _copy(source: Path, target: Path) -> None:
    """In one step, so that writers in between need not make it start again; they are not held up."""
    with closing(_open(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def _checked(source: Path, target: Path) -> None:
    _copy(source, target)
    _check(target)


def _check(file: Path) -> None:
    try:
        with closing(_open(file)) as copy:
            found = copy.execute("PRAGMA quick_check").fetchone()[0]
            copy.execute("SELECT count(*) FROM migrations")
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise ChatwrightError(f"{file} is damaged: {found}.", "Use another backup.")


def _put_back(file: Path, path: Path) -> None:
    with storage(path), closing(_open(file)) as copy, closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA busy_timeout=20000")
        try:
            copy.backup(store)
        except sqlite3.OperationalError as error:
            raise ChatwrightError(
                f"{path.name} could not be replaced ({error}); nothing was changed.",
                "Free some space, or stop what uses it, and try again.",
            ) from error


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path.absolute()}?mode=ro", uri=True, timeout=20)


def _dump(url: URL, target: Path) -> None:
    arguments = ["--format=custom", f"--schema={SCHEMA}", "--no-owner", "--no-privileges"]
    _run("pg_dump", url, [*arguments, f"--file={target}"])


def _load(url: URL, file: Path) -> None:
    """All of it as SQL first: a copy that breaks off shall change nothing."""
    with tempfile.NamedTemporaryFile(suffix=".sql") as script:  # only its owner may read it
        options = ["--no-owner", "--no-privileges", f"--file={script.name}"]
        _run("pg_restore", url, [*options, str(file)], connected=False)
        options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        drop = f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"  # tables of later versions too
        _run("psql", url, [*options, f"--command={drop}", f"--file={script.name}"])


def _run(program: str, url: URL, arguments: Sequence[str], connected: bool = True) -> None:
    """PostgreSQL's own program. The address goes through the environment: other users see arguments."""
    query = {name: value for name, value in url.query.items() if isinstance(value, str)}
    given = {
        "PGHOST": url.host or query.get("host"),
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("sslmode"),
        "PGSSLROOTCERT": query.get("sslrootcert"),
        "PGCONNECT_TIMEOUT": "10",
    }
    environment = os.environ | {k: str(v) for k, v in given.items() if v and connected}
    try:
        done = subprocess.run(
            [program, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise ChatwrightError(
            f"{program} is not installed.", "Install PostgreSQL's client programs."
        ) from None
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise ChatwrightError(
            f"{program} failed: {said[-1] if said else done.returncode}",
            "Its version must not be older than the server's.",
        )


def where(place: str) -> str:
    """What people call the store at `place`, without any secret."""
    if "://" in place and not place.startswith(PREFIX):
        return Postgres(place).name
    return place.removeprefix(PREFIX)
