"""What channels gave up: events that could not be answered, and messages that could not be sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from chatwright.core.errors import NotFound
from chatwright.store.channel_tables import channel_events, channel_outbox
from chatwright.store.database import Database

What = Literal["event", "message"]


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One of them. `id` names it: for an event with its channel before it, for its own id is the vendor's."""

    id: str
    what: What
    channel: str
    at: str
    attempts: int
    error: str


class DeadLetters:
    """List them, try them again, or drop them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, channel: str = "") -> list[DeadLetter]:
        """The oldest first; of one channel, or of all."""
        with self._database.read() as connection:
            found = [*_events(connection), *_messages(connection)]
        return sorted(
            (one for one in found if channel in ("", one.channel)), key=lambda one: one.at
        )

    def retry(self, id: str) -> None:
        """Once more, from now on. Raises `NotFound`."""
        again = {"state": "queued", "attempts": 0, "due": 0.0, "error": ""}
        with self._database.write() as connection:
            changed = connection.execute(update(channel_outbox).where(_message(id)).values(again))
            if changed.rowcount == 0:
                changed = connection.execute(update(channel_events).where(_event(id)).values(again))
            if changed.rowcount == 0:
                raise _unknown(id)

    def drop(self, id: str) -> None:
        """Nobody will ask for it again; an event that comes again is still known. Raises `NotFound`."""
        with self._database.write() as connection:
            if connection.execute(delete(channel_outbox).where(_message(id))).rowcount:
                return
            gone = update(channel_events).where(_event(id)).values(state="done", content=None)
            if connection.execute(gone).rowcount == 0:
                raise _unknown(id)


def _events(connection: Connection) -> list[DeadLetter]:
    names = ("channel", "id", "at", "attempts", "error")
    query = select(*(channel_events.c[name] for name in names))
    rows = connection.execute(query.where(channel_events.c.state == "dead"))
    return [
        DeadLetter(f"{row.channel}:{row.id}", "event", row.channel, row.at, row.attempts, row.error)
        for row in rows
    ]


def _messages(connection: Connection) -> list[DeadLetter]:
    names = ("channel", "id", "at", "attempts", "error")
    query = select(*(channel_outbox.c[name] for name in names))
    rows = connection.execute(query.where(channel_outbox.c.state == "dead"))
    return [
        DeadLetter(row.id, "message", row.channel, row.at, row.attempts, row.error) for row in rows
    ]


def _message(id: str) -> ColumnElement[bool]:
    return and_(channel_outbox.c.id == id, channel_outbox.c.state == "dead")


def _event(id: str) -> ColumnElement[bool]:
    channel, _, own = id.partition(":")
    return and_(
        channel_events.c.channel == channel,
        channel_events.c.id == own,
        channel_events.c.state == "dead",
    )


def _unknown(id: str) -> NotFound:
    return NotFound(f"There is no dead letter {id}.", "See `chatwright channel dead list`.")
