"""Who does a job that one process alone shall do, of all that share a store.

A lease runs out by the database's clock, and nobody else's: of SQLite that is the machine's count since it
booted. Each new holder gets a higher fence; what the job changes at its end is changed within `guarded`, which
a holder that stalled, and came back after another had taken over, does not enter.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from chatwright.core.errors import Conflict, WrongUse
from chatwright.store.clock import Clock
from chatwright.store.console_tables import leases
from chatwright.store.database import Database
from chatwright.store.stamps import new_id

SECONDS = 30.0  # for which a holder is believed without a word
VARIABLE = "CHATWRIGHT_LEASE"  # of a process that does the job for the holder
SERVER_TIME = text("SELECT extract(epoch FROM clock_timestamp())")


@dataclass(frozen=True, slots=True)
class Lease:
    """Of one job, held by one process."""

    name: str
    holder: str
    fence: int

    def written(self) -> str:
        """For the environment of a child process."""
        return f"{self.fence}:{self.holder}:{self.name}"


def read_lease(written: str) -> Lease:
    """What `Lease.written` gave."""
    fence, _, rest = written.partition(":")
    holder, _, name = rest.partition(":")
    if not (fence.isdigit() and holder and name):
        raise WrongUse(
            f"{VARIABLE} holds no lease.", "Unset it: a server sets it for its children."
        )
    return Lease(name, holder, int(fence))


class Leases:
    """Those of one process."""

    def __init__(self, database: Database) -> None:
        self.holder = new_id()
        self._database = database
        self._clock = None if database.path is None else Clock(database)

    def take(self, name: str, seconds: float = SECONDS, rest: float = 0.0) -> Lease | None:
        """The lease, unless somebody holds it, or the job was done in the last `rest` seconds."""
        with self._database.read() as connection:  # most looks end here, without a write
            if not self._free(connection, name, rest):
                return None
        with self._database.write(shared=True) as connection:
            self._there(connection, name)
            query = select(leases.c.fence).where(leases.c.name == name).with_for_update()
            fence = connection.execute(query).scalar_one() + 1
            if not self._free(connection, name, rest):
                return None
            until = self._now(connection) + seconds
            values = {"holder": self.holder, "fence": fence, "until": until}
            connection.execute(update(leases).where(leases.c.name == name).values(values))
        return Lease(name, self.holder, fence)

    def renew(self, lease: Lease, seconds: float = SECONDS) -> bool:
        """Whether it is still held; then for so long again."""
        with self._database.write(shared=True) as connection:
            until = self._now(connection) + seconds
            change = update(leases).where(_of(lease)).values(until=until)
            return connection.execute(change).rowcount == 1

    def release(self, lease: Lease, *, done: bool) -> None:
        """Nobody holds it any more, unless somebody else does already. `done`: the job was done now."""
        with self._database.write(shared=True) as connection:
            values = {"holder": None} | ({"done": self._now(connection)} if done else {})
            connection.execute(update(leases).where(_of(lease)).values(values))

    @contextmanager
    def guarded(self, lease: Lease) -> Iterator[None]:
        """While this is held nobody takes the lease over. Raises `Conflict` when somebody has."""
        with self._database.write(shared=True) as connection:
            held = select(leases.c.name).where(_of(lease)).with_for_update()
            if connection.execute(held).first() is None:
                raise Conflict(
                    f"Another process does {lease.name!r} by now: this one was away for too long.",
                    "Nothing was changed; leave it to that one.",
                )
            yield

    def holders(self) -> list[tuple[str, bool, float]]:
        """Of each job its name, whether somebody holds it, and for how many seconds it has run out."""
        with self._database.read() as connection:
            now = self._now(connection)
            rows = connection.execute(select(leases).order_by(leases.c.name)).all()
        return [(row.name, row.holder is not None, now - row.until) for row in rows]

    def _free(self, connection: Connection, name: str, rest: float) -> bool:
        row = connection.execute(select(leases).where(leases.c.name == name)).first()
        if row is None:
            return True
        now = self._now(connection)
        return (row.holder is None or row.until <= now) and not (rest and row.done > now - rest)

    def _there(self, connection: Connection, name: str) -> None:
        insert = (sqlite if self._clock else postgresql).insert(leases)
        row = {"name": name, "fence": 0, "until": 0.0, "done": 0.0}
        connection.execute(insert.values(row).on_conflict_do_nothing())

    def _now(self, connection: Connection) -> float:
        if self._clock is not None:
            return self._clock()
        return float(connection.execute(SERVER_TIME).scalar_one())


def _of(lease: Lease) -> ColumnElement[bool]:
    mine = leases.c.holder == lease.holder, leases.c.fence == lease.fence
    return and_(leases.c.name == lease.name, *mine)
