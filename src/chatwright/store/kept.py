"""How much is kept, of how many people, and what will soon be over: counts for the console, no words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, select

from chatwright.store.database import Database
from chatwright.store.loop_tables import reviews
from chatwright.store.review_records import WAITING
from chatwright.store.stamps import now, stamp
from chatwright.store.tables import consents, conversations, curated_answers, keys, tombstones


class Kept:
    """Counts of one store; of one bot where it is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def conversations(self, bot: str) -> int:
        return self._count(conversations.c.bot == bot)

    def people(self, bot: str) -> int:
        """Owners of conversations."""
        owners = func.count(conversations.c.owner.distinct())
        return self._one(select(owners).where(conversations.c.bot == bot))

    def older(self, bot: str, days: int) -> int:
        """Conversations that nobody touched for so many days; 0 days: none are too old."""
        if not days:
            return 0
        before = stamp(datetime.now(UTC) - timedelta(days=days))
        return self._count(and_(conversations.c.bot == bot, conversations.c.updated_at < before))

    def answered(self, bot: str) -> int:
        """People who were asked for consent and said something, to whatever text."""
        owners = func.count(consents.c.owner.distinct())
        return self._one(select(owners).where(consents.c.bot == bot))

    def erased(self) -> int:
        """People who were erased from this store, ever."""
        return self._one(select(func.count()).select_from(tombstones))

    def reviews_waiting(self, bot: str) -> int:
        which = and_(reviews.c.bot == bot, reviews.c.state.in_(WAITING))
        return self._one(select(func.count()).select_from(reviews).where(which))

    def keys_ending(self, bot: str, within: timedelta) -> int:
        """Live keys that end soon."""
        soon = _soon(keys.c.expires_at, within)
        which = and_(keys.c.bot == bot, keys.c.revoked_at.is_(None), soon)
        return self._one(select(func.count()).select_from(keys).where(which))

    def answers_ending(self, bot: str, within: timedelta) -> int:
        """Active curated answers that end soon."""
        soon = _soon(curated_answers.c.expires_at, within)
        which = and_(curated_answers.c.bot == bot, curated_answers.c.state == "active", soon)
        return self._one(select(func.count()).select_from(curated_answers).where(which))

    def _count(self, which: ColumnElement[bool]) -> int:
        return self._one(select(func.count()).select_from(conversations).where(which))

    def _one(self, query: Select[int]) -> int:
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())


def _soon(column: ColumnElement[str | None], within: timedelta) -> ColumnElement[bool]:
    end = stamp(datetime.now(UTC) + within)
    return and_(column.is_not(None), column > now(), column <= end)
