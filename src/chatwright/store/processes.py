"""Server processes that share a store: each says that it lives; turns of one that no longer does end.

A process is alive as long as its counter moves. Whoever looks takes the time between two looks on its
own monotonic clock: no wall clock has a say, of this machine or of another.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, exists, or_, select, update

from chatwright.core.errors import ChatwrightError
from chatwright.store.database import Database
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import conversations, messages, processes

BEAT = 1.0  # seconds between two beats, while turns run, and between two looks
DEAD = 6.5  # seconds without a beat; with the looks around it, less than 10 from death to burial
GAP = 5.0  # seconds between two looks after which what was seen before says nothing


@dataclass(frozen=True, slots=True)
class Seen:
    """A process's counter (None: it has none) and since when it stands there."""

    beats: int | None
    since: float


class Processes:
    """This process among those that share the store."""

    def __init__(self, database: Database) -> None:
        self.id = new_id()
        self._database = database
        self._seen: dict[str | None, Seen] = {}
        self._looked = 0.0
        self._doubtful: set[str] = set()
        self._listed = False

    def doubt(self, turn_id: str) -> None:
        """A turn may have been begun or not: nobody was told. The next beat ends it."""
        self._doubtful.add(turn_id)

    def beat(self, texts: Mapping[str, str]) -> list[str]:
        """Say that this process lives, and save what its running replies are by now.

        `texts` by message id. Gives the ids of turns that somebody wants stopped. Without any turn
        a process need not be alive: it leaves the list, and does not look as if it had died when it
        begins one again.
        """
        doubtful = list(self._doubtful)
        if not texts and not doubtful:
            self.leave()
            return []
        with self._database.write(shared=True) as connection:
            self._count(connection)
            _save(connection, texts)
            _interrupt(connection, messages.c.turn_id.in_(doubtful))
            unwanted = or_(messages.c.stopping == 1, conversations.c.deleted_at.is_not(None))
            query = (
                select(messages.c.turn_id)
                .join(conversations, conversations.c.id == messages.c.conversation_id)
                .where(messages.c.status == "running", messages.c.process == self.id, unwanted)
            )
            stops = list(connection.execute(query).scalars())
        self._doubtful.difference_update(doubtful)
        return stops

    def reap(self) -> int:
        """Mark replies that dead processes left running. To be called every `BEAT` seconds."""
        moment = time.monotonic()
        try:
            found = self._look()
        except ChatwrightError:
            self._seen = {}  # nobody could beat either
            raise
        known = self._seen if moment - self._looked < GAP else {}
        self._looked = moment
        self._seen = {
            process: seen
            if (seen := known.get(process)) and seen.beats == beats
            else Seen(beats, moment)
            for process, beats in found.items()
        }
        dead = {
            process: seen.beats
            for process, seen in self._seen.items()
            # Those without a process are of a version that knew of none.
            if process != self.id and (process is None or moment - seen.since >= DEAD)
        }
        return self._bury(dead) if dead else 0

    def leave(self) -> None:
        """This process has no turns: it is none of those that may die."""
        if self._listed:
            with self._database.write(shared=True) as connection:
                connection.execute(delete(processes).where(processes.c.id == self.id))
            self._listed = False

    def _count(self, connection: Connection) -> None:
        mine = processes.c.id == self.id
        change = update(processes).where(mine).values(beats=processes.c.beats + 1)
        if connection.execute(change).rowcount == 0:
            row = {"id": self.id, "beats": 1, "started_at": now()}
            connection.execute(processes.insert().values(row))
        self._listed = True

    def _look(self) -> dict[str | None, int | None]:
        """Counters of all processes, and of those that running replies name."""
        running = (
            select(messages.c.process, processes.c.beats)
            .outerjoin(processes, processes.c.id == messages.c.process)
            .where(messages.c.status == "running")
            .distinct()
        )
        with self._database.read() as connection:
            rows = [*connection.execute(running)]
            rows += connection.execute(select(processes.c.id, processes.c.beats))
        return {row[0]: row[1] for row in rows}

    def _bury(self, dead: Mapping[str | None, int | None]) -> int:
        ended = 0
        with self._database.write() as connection:
            for process, beats in dead.items():
                if beats is not None:
                    row = (processes.c.id == process, processes.c.beats == beats)
                    if connection.execute(delete(processes).where(*row)).rowcount == 0:
                        continue  # it has beaten since, or another has buried it
                elif connection.execute(select(exists().where(processes.c.id == process))).scalar():
                    continue
                mine = (
                    messages.c.process.is_(None)
                    if process is None
                    else messages.c.process == process
                )
                ended += _interrupt(connection, mine)
        return ended


def _save(connection: Connection, texts: Mapping[str, str]) -> None:
    change = (
        update(messages)
        .where(messages.c.id == bindparam("message"), messages.c.status == "running")
        .values(content=bindparam("text"))
    )
    rows = [{"message": id, "text": storable(text)} for id, text in texts.items()]
    if rows:
        connection.execute(change, rows)


def _interrupt(connection: Connection, which: object) -> int:
    running = (messages.c.status == "running", which)
    seen = select(messages.c.conversation_id).where(*running)  # type: ignore[arg-type]
    told = update(conversations).where(conversations.c.id.in_(seen))
    connection.execute(told.values(revision=conversations.c.revision + 1))
    change = update(messages).where(*running)  # type: ignore[arg-type]
    return connection.execute(change.values(status="interrupted")).rowcount


def storable(text: str) -> str:
    """PostgreSQL keeps no NUL, which a model that writes bytes may produce."""
    return text.replace("\0", "\ufffd")
