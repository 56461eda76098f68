"""How much waits for people: reviews and conversations, counted for whoever watches. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from chatwright.store.database import Database
from chatwright.store.inbox_tables import handovers
from chatwright.store.loop_tables import reviews
from chatwright.store.review_records import WAITING
from chatwright.store.tables import conversations


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many things of a bot in a state, and since when (as stored) the oldest of them."""

    bot: str
    state: str
    count: int
    oldest: str | None


def reviews_waiting(database: Database) -> list[Waiting]:
    """Reviews that nobody has decided, of all bots."""
    query = (
        select(reviews.c.bot, reviews.c.state, func.count(), func.min(reviews.c.created_at))
        .where(reviews.c.state.in_(WAITING))
        .group_by(reviews.c.bot, reviews.c.state)
    )
    with database.read() as connection:
        return [Waiting(*row) for row in connection.execute(query)]


def people_waiting(database: Database) -> list[Waiting]:
    """Conversations that somebody wants a person in ("wanted"), or that one has ("taken")."""
    query = (
        select(handovers.c.bot, handovers.c.state, func.count(), func.min(handovers.c.wanted_at))
        .join(conversations, conversations.c.id == handovers.c.conversation_id)
        .where(handovers.c.ended_at.is_(None), conversations.c.deleted_at.is_(None))
        .group_by(handovers.c.bot, handovers.c.state)
    )
    with database.read() as connection:
        return [Waiting(*row) for row in connection.execute(query)]
