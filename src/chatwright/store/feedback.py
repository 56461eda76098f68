"""What people say about replies: a thumb, a score, a comment, a better answer. One row per reply and rater.

A rater is who the server knows them to be. People rate replies to themselves; whoever looks after the bot,
any. It keeps what is said and judges nothing: whether a rater is to be believed, `improve` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, select, update

from chatwright.core.errors import TooMuch, WrongUse
from chatwright.core.types import Route
from chatwright.store.canaries import STAGING
from chatwright.store.database import Database
from chatwright.store.records import FeedbackItem, FeedbackRecord
from chatwright.store.stamps import new_id, now, stamp
from chatwright.store.tables import conversations, feedback, messages

MOST = 100_000  # items in one list
CLIENT = "api"  # the channel of exchanges that a client tells of: kept for the feedback alone

_asked = messages.alias("asked")
RATED = ("release", "deployment", "route", "confidence")  # of the message, kept with the feedback


@dataclass(frozen=True, slots=True)
class Rated:
    """What was said, and about what: a reply as it was made."""

    said: FeedbackRecord
    message_id: str
    channel: str
    route: Route | None
    release: str | None


class Feedbacks:
    """Write feedback and take it back; read all of a bot's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        message_id: str,
        rater: str,
        said: FeedbackRecord,
        *,
        any_of: str | None = None,
        most: int = 0,
    ) -> Rated | None:
        """Replace the rater's feedback on a reply, or take it back where nothing is said; None when there
        is no such reply among the rater's own. `any_of`: among all of that bot's.

        Raises `WrongUse` for a message that is no reply, and `TooMuch` for a reply newly rated where
        that was done `most` times in a day (0: no limit). What wrote the reply is kept with the
        feedback, because a later release may no longer make that mistake.
        """
        with self._database.write(shared=True) as connection:
            return rate(connection, message_id, rater, said, any_of=any_of, most=most)

    def items(
        self,
        bot: str,
        *,
        after: str | None = None,
        since: str | None = None,
        rater: str | None = None,
        limit: int = MOST,
    ) -> list[FeedbackItem]:
        """What was said about the bot's replies, the oldest first; nothing of deleted conversations.

        `after`: an item's id, for going on where a list ended; `since`: a time, for what was said or
        changed from then on.
        """
        query = _items(bot)
        if after is not None:
            query = query.where(feedback.c.id > after)
        if since is not None:
            query = query.where(feedback.c.updated_at >= since)
        if rater is not None:
            query = query.where(feedback.c.rater == rater)
        query = query.order_by(feedback.c.id).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query).mappings()
            return [FeedbackItem(**row) for row in rows]

    def find(self, id: str, bot: str) -> FeedbackItem | None:
        """One item by its id."""
        with self._database.read() as connection:
            row = connection.execute(_items(bot).where(feedback.c.id == id)).mappings().first()
        return FeedbackItem(**row) if row else None


def rate(
    connection: Connection,
    message_id: str,
    rater: str,
    said: FeedbackRecord,
    *,
    any_of: str | None = None,
    most: int = 0,
) -> Rated | None:
    """As `Feedbacks.put`, in a transaction that is open."""
    # Whoever rates the same message waits for the other: there is one row of a rater's.
    find = _rated(message_id, rater, any_of).with_for_update(of=messages)
    message = connection.execute(find).mappings().first()
    if message is None:
        return None
    if message["role"] != "assistant" or message["author"] is not None:
        raise WrongUse("Feedback is for replies of the bot.", "Name one of its messages.")
    rated = Rated(said, message_id, message["channel"], message["route"], message["release"])
    own = (feedback.c.message_id == message_id, feedback.c.rater == rater)
    if said.empty:
        connection.execute(delete(feedback).where(*own))
        if message["channel"] == CLIENT and message["owner"] == rater:
            whole = conversations.c.id == message["conversation_id"]
            connection.execute(delete(conversations).where(whole))
        return rated
    time = now()
    values = {name: getattr(said, name) for name in FeedbackRecord.__dataclass_fields__}
    change = update(feedback).where(*own).values(**values, updated_at=time)
    if connection.execute(change).rowcount == 0:
        _check(connection, rater, most)
        row = values | {"id": new_id(), "message_id": message_id, "rater": rater}
        row |= {name: message[name] for name in ("bot", "channel", *RATED)}
        row |= {"created_at": time, "updated_at": time}
        connection.execute(feedback.insert().values(row))
    return rated


def _rated(message_id: str, rater: str, any_of: str | None) -> Select[Any]:
    whose: ColumnElement[bool] = conversations.c.owner == rater
    if any_of is not None:
        whose = conversations.c.bot == any_of
    return (
        select(messages.c.role, messages.c.author, messages.c.conversation_id)
        .add_columns(*(messages.c[name] for name in RATED))
        .add_columns(conversations.c.bot, conversations.c.channel, conversations.c.owner)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(messages.c.id == message_id, whose, conversations.c.deleted_at.is_(None))
    )


def _check(connection: Connection, rater: str, most: int) -> None:
    if not most:
        return
    day_ago = stamp(datetime.now(UTC) - timedelta(days=1))
    said = select(func.count()).where(feedback.c.rater == rater, feedback.c.created_at > day_ago)
    if connection.execute(said).scalar_one() >= most:
        raise TooMuch(
            f"You have rated {most} replies within a day, which is all that counts.",
            "Go on tomorrow.",
        )


def _items(bot: str) -> Select[Any]:
    texts = {"question": _asked.c.content, "answer": messages.c.content}
    columns: list[ColumnElement[Any]] = []
    for name in FeedbackItem.__dataclass_fields__:
        if name in texts:
            columns.append(func.coalesce(texts[name], "").label(name))
        elif name == "owner":
            columns.append(conversations.c.owner)
        elif name == "conversation_id":
            columns.append(messages.c.conversation_id)
        elif name != "flags":
            columns.append(feedback.c[name])
    return (
        select(*columns)
        .join(messages, messages.c.id == feedback.c.message_id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .outerjoin(_asked, _asked.c.id == messages.c.parent_id)
        .where(
            feedback.c.bot == bot,
            conversations.c.deleted_at.is_(None),
            conversations.c.channel != STAGING,  # testers speak of a candidate, to its maker
        )
    )
