"""What `chatwright doctor` looks at in the store: is it there, of this version, safe, and on time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from sqlalchemy import Connection, func, select, text

from chatwright.cli.check_machine import package
from chatwright.cli.checks import Finding, fine
from chatwright.cli.lasting import HOSTS
from chatwright.cli.store import store_of
from chatwright.core.errors import ChatwrightError
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.backup import last, where
from chatwright.store.channel_tables import channel_events, channel_outbox
from chatwright.store.clock import here
from chatwright.store.console_tables import samples
from chatwright.store.postgres import SCHEMES
from chatwright.store.schema import Look, look
from chatwright.store.tables import clocks, conversations

SKEW = 5.0  # seconds
STEPPED = 60.0  # seconds that a clock may have been set by since the machine booted
WEEK = 7 * 86_400.0
RECENT = 10  # minutes in which machines are counted
NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p")
GONE = ("tmpfs", "ramfs")
DEAD = ("dead", "uncertain")


def store(spec: Spec) -> Iterator[Finding]:
    place = store_of(spec)
    if place.partition("://")[0] in SCHEMES:
        found = package("psycopg", "PostgreSQL", "pip install 'chatwright[postgres]'")
        if found.state != "ok":
            yield found
            return
    elif not Path(place.removeprefix("sqlite:///")).exists():
        yield from kept_where(place)
        return
    try:
        database = Database(place, as_is=True)
    except ChatwrightError as error:
        yield Finding("problem", "database-away", error.problem, error.next_step)
        return
    except OSError as error:
        what = f"{place} cannot be written to ({error.strerror})"
        yield Finding(
            "problem", "read-only", what, "mount it writable, and chown it to the server's user"
        )
        return
    try:
        with database.read() as connection:
            seen = look(connection)
            yield version(spec, place, seen)
            if seen.whole and not seen.newer and not seen.pending:
                yield from inside(spec, connection, place)
        yield from kept_where(place)
    except ChatwrightError as error:
        yield Finding("problem", "database-away", error.problem, error.next_step)
    finally:
        database.close()


def version(spec: Spec, place: str, seen: Look) -> Finding:
    hint = f"chatwright upgrade {spec.folder}"
    if seen.newer:
        what = f"a newer chatwright wrote the store: step {seen.done}, known are {seen.known}"
        return Finding("problem", "database-newer", what, "install that version again")
    if not seen.whole:
        odd = ", ".join([*seen.missing, *seen.extra][:3])
        what = f"the store is half upgraded (step {seen.done}; {odd})"
        return Finding("problem", "database-half", what, hint)
    if seen.pending:
        what = f"the store is at step {seen.done} of {seen.known}"
        return Finding("note", "database-old", what, hint)
    return fine("database-old", f"the store in {where(place)} is of this version")


def inside(spec: Spec, connection: Connection, place: str) -> Iterator[Finding]:
    yield from clock(connection)
    yield from backups(spec, connection)
    if "://" not in place or place.startswith("sqlite"):
        yield from machines(connection)
    yield from dead_letters(connection)


def clock(connection: Connection) -> Iterator[Finding]:
    """Against the database's, and against what it was when this boot first asked."""
    hint = "switch time synchronisation on: chrony, or systemd-timesyncd"
    if connection.dialect.name == "postgresql":
        asked = text("SELECT extract(epoch FROM clock_timestamp())")
        apart = time.time() - float(connection.execute(asked).scalar_one())
        if abs(apart) > SKEW:
            what = f"this machine's clock is {apart:+.0f} s from the database's"
            yield Finding("problem", "clock", what, hint)
            return
    boot, shift = here()
    known = connection.execute(select(clocks.c.shift).where(clocks.c.boot == boot)).scalar()
    if known is not None and abs(shift - known) > STEPPED:
        what = (
            f"this machine's clock was set by {shift - known:+.0f} s since its first server started"
        )
        yield Finding("note", "clock", what, f"{hint}; then restart the machine")
        return
    yield fine("clock", "clocks agree")


def backups(spec: Spec, connection: Connection) -> Iterator[Finding]:
    if not connection.execute(select(func.count()).select_from(conversations)).scalar_one():
        return
    hint = f"chatwright backup {spec.folder}, from cron or a systemd timer"
    made = last(spec.made)
    if made is None:  # by a version that did not write it down
        copies = (spec.made / "backups").glob("*.backup")
        made = max((path.stat().st_mtime for path in copies), default=None)
    if made is None:
        what = "people have talked, and no backup is known of"
        yield Finding(
            "note", "backups", what, f"{hint}; nothing to do where copies are made elsewhere"
        )
    elif time.time() - made > WEEK:
        days = (time.time() - made) / 86_400
        yield Finding("note", "backups", f"the last backup is {days:.0f} days old", hint)
    else:
        yield fine("backups", "the last backup is less than a week old")


def machines(connection: Connection) -> Iterator[Finding]:
    since = int(time.time() // 60) - RECENT
    query = select(samples.c.machine).where(samples.c.minute >= since).distinct()
    found = list(connection.execute(query).scalars())
    if len(found) > 1:
        what = f"{len(found)} machines use one SQLite file"
        yield Finding(
            "problem", "several", what, "DATABASE_URL=postgresql://user:password@host/name"
        )


def dead_letters(connection: Connection) -> Iterator[Finding]:
    """Of channels: what came in and could not be answered, and what went out and did not arrive."""
    for table, what in (
        (channel_events, "messages that came in were given up"),
        (channel_outbox, "messages to people were given up, or may not have arrived"),
    ):
        query = select(func.count()).select_from(table).where(table.c.state.in_(DEAD))
        count = connection.execute(query).scalar_one()
        if count:
            yield Finding("problem", "dead-letters", f"{count} {what}", "chatwright channel --help")


def kept_where(place: str) -> Iterator[Finding]:
    """Of a file: on which kind of disk."""
    if "://" in place and not place.startswith("sqlite"):
        return
    path = Path(place.removeprefix("sqlite:///")).absolute()
    hint = "DATABASE_URL=postgresql://...; or a volume at the bot's folder"
    host = next((name for variable, name in HOSTS.items() if os.environ.get(variable)), "")
    if host:
        what = f"the store is a file, and the disk of {host} is emptied at every restart"
        yield Finding("problem", "ephemeral", what, hint)
        return
    kind = disk_kind(path)
    if kind in GONE:
        what = f"the store is a file in memory ({kind}): it is gone after a restart"
        yield Finding("problem", "ephemeral", what, hint)
    elif kind in NETWORK:
        what = f"the store is a SQLite file on a network disk ({kind}): locks do not hold there"
        yield Finding(
            "problem", "several", what, "DATABASE_URL=postgresql://user:password@host/name"
        )


def disk_kind(path: Path) -> str:
    """The file system that a path is on, by its longest mount point."""
    mounts = {Path(part.mountpoint): part.fstype for part in psutil.disk_partitions(all=True)}
    return next((mounts[one] for one in (path, *path.parents) if one in mounts), "")
