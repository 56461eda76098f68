"""The inbox of channels: events that came, each once, and the chats that they belong to.

Functions for a transaction that is open: their callers write many at once. A chat is worked on by one process
at a time, which holds it for some seconds and says so again; whoever dies loses it. What a person wrote is
gone from here as soon as it stands in their conversation; the event's id stays, so that it is known again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from chatwright.store.channel_tables import (
    channel_chats,
    channel_events,
    channel_messages,
    channel_outbox,
)
from chatwright.store.inbox_tables import handovers
from chatwright.store.stamps import new_id, now, stamp
from chatwright.store.tables import conversations, messages

KEPT = timedelta(days=9)  # ids of events: vendors repeat them for up to 7 days
REACHED = timedelta(days=90)  # for which a reaction to a message is understood
LEASE = 15.0  # seconds


@dataclass(frozen=True, slots=True)
class Came:
    """An event as it is put in. `chat`, `thread` and `person` are the vendor's names; `owner` the pseudonym."""

    id: str
    chat: str
    thread: str
    person: str
    owner: str
    locale: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chat:
    """A place where one person writes."""

    id: str
    channel: str
    chat: str
    thread: str
    person: str
    owner: str
    locale: str
    conversation_id: str | None
    disclosed_at: str | None
    heard: float
    reply_to: str
    extra: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Queued:
    """An event that is to be worked on."""

    channel: str
    id: str
    chat_id: str
    message_id: str
    content: Mapping[str, Any]
    attempts: int
    at: str


CHAT = [channel_chats.c[name] for name in Chat.__dataclass_fields__]
QUEUED = [channel_events.c[name] for name in Queued.__dataclass_fields__]


def chat_id(channel: str, chat: str, thread: str, person: str) -> str:
    """The same for the same place and person."""
    return hashlib.sha256("\0".join((channel, chat, thread, person)).encode()).hexdigest()[:32]


def put(connection: Connection, channel: str, came: Sequence[Came], clock: float) -> int:
    """Have these events; how many of them are new."""
    new = 0
    for one in came:
        place = chat_id(channel, one.chat, one.thread, one.person)
        chat: dict[str, Any] = {
            "id": place,
            "channel": channel,
            "chat": one.chat,
            "thread": one.thread,
        }
        chat |= {"person": one.person, "owner": one.owner, "locale": one.locale, "heard": clock}
        insert_new(connection, channel_chats, chat | _FRESH)
        row: dict[str, Any] = {
            "channel": channel,
            "id": one.id,
            "place": new_id(),
            "chat_id": place,
        }
        row |= {"message_id": new_id(), "content": dict(one.content), "state": "queued"}
        row |= {"attempts": 0, "due": clock, "error": "", "at": now()}
        new += insert_new(connection, channel_events, row)
    return new


_FRESH: dict[str, Any] = {
    "conversation_id": None,
    "disclosed_at": None,
    "reply_to": "",
    "extra": {},
    "holder": "",
    "until": 0.0,
}


def claim(
    connection: Connection, channels: Sequence[str], holder: str, clock: float, most: int
) -> list[Chat]:
    """Chats with events that are due, which nobody else works on: `holder` has them from now on."""
    waiting = exists().where(
        channel_events.c.chat_id == channel_chats.c.id,
        channel_events.c.state == "queued",
        channel_events.c.due <= clock,
    )
    free = and_(channel_chats.c.until <= clock, channel_chats.c.channel.in_(channels))
    # By the events' own index: most chats have none, and there are many chats.
    due = select(channel_events.c.chat_id).where(
        channel_events.c.state == "queued", channel_events.c.due <= clock
    )
    query = select(channel_chats.c.id).where(free, channel_chats.c.id.in_(due)).limit(most)
    ids = connection.execute(query).scalars().all()
    if not ids:
        return []
    change = update(channel_chats).where(channel_chats.c.id.in_(ids), free, waiting)
    taken = change.values(holder=holder, until=clock + LEASE).returning(*CHAT)
    return [Chat(**row) for row in connection.execute(taken).mappings()]


def renew(connection: Connection, ids: Sequence[str], holder: str, clock: float) -> None:
    """`holder` is still at these chats."""
    mine = and_(channel_chats.c.id.in_(ids), channel_chats.c.holder == holder)
    connection.execute(update(channel_chats).where(mine).values(until=clock + LEASE))


def release(connection: Connection, id: str, holder: str) -> None:
    """Whoever wants it may have the chat."""
    mine = and_(channel_chats.c.id == id, channel_chats.c.holder == holder)
    connection.execute(update(channel_chats).where(mine).values(holder="", until=0.0))


def queued(connection: Connection, id: str, clock: float) -> list[Queued]:
    """The events of a chat in order of arrival, up to the first that is not due."""
    query = select(*QUEUED, channel_events.c.due).order_by(channel_events.c.place)
    mine = and_(channel_events.c.chat_id == id, channel_events.c.state == "queued")
    found = list[Queued]()
    for row in connection.execute(query.where(mine)).mappings():
        values = dict(row)
        if values.pop("due") > clock:
            break
        found.append(Queued(**values))
    return found


def newest(connection: Connection, channel: str, since: str) -> Any:
    """The newest event that came after the id `since` was made (state, error, chat_id), or None."""
    query = select(channel_events.c.state, channel_events.c.error, channel_events.c.chat_id)
    query = query.where(channel_events.c.channel == channel, channel_events.c.place > since)
    return connection.execute(query.order_by(channel_events.c.place.desc()).limit(1)).first()


def find_chat(connection: Connection, id: str) -> Chat | None:
    row = connection.execute(select(*CHAT).where(channel_chats.c.id == id)).mappings().first()
    return Chat(**row) if row else None


def chat_of(connection: Connection, conversation: str) -> Chat | None:
    """Where a conversation is held."""
    query = select(*CHAT).where(channel_chats.c.conversation_id == conversation)
    row = connection.execute(query).mappings().first()
    return Chat(**row) if row else None


def hear(
    connection: Connection,
    id: str,
    clock: float,
    *,
    reply_to: str,
    locale: str,
    extra: Mapping[str, str],
) -> None:
    """The person has written: what an answer needs is that of their last message."""
    change = update(channel_chats).where(channel_chats.c.id == id)
    values = {"heard": clock, "reply_to": reply_to, "locale": locale, "extra": dict(extra)}
    connection.execute(change.values(values))


def conversation(
    connection: Connection, chat: Chat, bot: str, *, fresh: timedelta
) -> tuple[str, str | None]:
    """The id of the chat's conversation, and of its newest message; a new one where it has none, or nothing was
    said in it for as long as `fresh`."""
    quiet = stamp(datetime.now(UTC) - fresh)
    query = select(conversations.c.id).where(
        conversations.c.id == chat.conversation_id,
        conversations.c.owner == chat.owner,
        conversations.c.bot == bot,
        conversations.c.deleted_at.is_(None),
        conversations.c.updated_at > quiet,
    )
    id = connection.execute(query).scalar()
    if id is not None:
        newest = select(messages.c.id).where(messages.c.conversation_id == id)
        newest = newest.order_by(messages.c.seq.desc()).limit(1)
        return id, connection.execute(newest).scalar()
    id, at = new_id(), now()
    row = {"id": id, "bot": bot, "owner": chat.owner, "channel": chat.channel, "title": ""}
    connection.execute(conversations.insert().values(row | {"created_at": at, "updated_at": at}))
    mine = update(channel_chats).where(channel_chats.c.id == chat.id)
    connection.execute(mine.values(conversation_id=id))
    return id, None


def begin_anew(connection: Connection, id: str) -> None:
    """The next message begins a conversation, unless a person of the team has the one that there is."""
    taken = exists().where(
        handovers.c.conversation_id == channel_chats.c.conversation_id,
        handovers.c.ended_at.is_(None),
    )
    change = update(channel_chats).where(channel_chats.c.id == id, ~taken)
    connection.execute(change.values(conversation_id=None))


def answered(connection: Connection, message_id: str) -> tuple[str | None, Any]:
    """In which conversation a message stands, and the newest reply to it; None where there is none."""
    there = select(messages.c.conversation_id).where(messages.c.id == message_id)
    conversation = connection.execute(there).scalar()
    if conversation is None:
        return None, None
    query = select(messages).where(messages.c.parent_id == message_id)
    query = query.where(messages.c.role == "assistant").order_by(messages.c.seq.desc()).limit(1)
    return conversation, connection.execute(query).mappings().first()


def done(connection: Connection, event: Queued, *, error: str = "") -> None:
    """Nothing more is to be done about it."""
    _change(connection, event, {"state": "done", "content": None, "error": error})


def again(
    connection: Connection, event: Queued, due: float, error: str, *, counted: bool = True
) -> None:
    """Later once more."""
    attempts = event.attempts + int(counted)
    _change(connection, event, {"attempts": attempts, "due": due, "error": error})


def dead(connection: Connection, event: Queued, error: str) -> None:
    """It was tried long enough: somebody has to look at it."""
    _change(connection, event, {"state": "dead", "error": error})


def _change(connection: Connection, event: Queued, values: dict[str, Any]) -> None:
    own = and_(channel_events.c.channel == event.channel, channel_events.c.id == event.id)
    connection.execute(update(channel_events).where(own).values(values))


def prune(connection: Connection) -> int:
    """Forget ids of events and of messages that nobody will name again; how many."""
    old = stamp(datetime.now(UTC) - KEPT)
    gone = delete(channel_events).where(channel_events.c.at < old, channel_events.c.state == "done")
    count = connection.execute(gone).rowcount
    sent = delete(channel_outbox).where(channel_outbox.c.at < old, channel_outbox.c.state == "sent")
    count += connection.execute(sent).rowcount
    reached = stamp(datetime.now(UTC) - REACHED)
    far = delete(channel_messages).where(channel_messages.c.at < reached)
    return count + connection.execute(far).rowcount


def kept_of(connection: Connection, owner: str) -> list[dict[str, Any]]:
    """What is kept of a person here: where they write from, and what waits."""
    found = []
    mine = select(channel_chats).where(channel_chats.c.owner == owner).order_by(channel_chats.c.id)
    for row in connection.execute(mine).mappings():
        of_chat = {name: row[name] for name in ("channel", "chat", "thread", "person", "locale")}
        came = select(channel_events.c.at, channel_events.c.state, channel_events.c.content)
        came = came.where(channel_events.c.chat_id == row["id"]).order_by(channel_events.c.place)
        goes = select(channel_outbox.c.at, channel_outbox.c.state, channel_outbox.c.text)
        goes = goes.where(channel_outbox.c.chat_id == row["id"]).order_by(channel_outbox.c.place)
        of_chat["events"] = [dict(one) for one in connection.execute(came).mappings()]
        of_chat["messages"] = [dict(one) for one in connection.execute(goes).mappings()]
        found.append(of_chat)
    return found


def forget_person(connection: Connection, owner: str) -> None:
    """Remove all of it. What a vendor called an event stays, so that it does not come again; it says nothing of
    whose it was."""
    ids = select(channel_chats.c.id).where(channel_chats.c.owner == owner)
    connection.execute(delete(channel_outbox).where(channel_outbox.c.chat_id.in_(ids)))
    mine = update(channel_events).where(channel_events.c.chat_id.in_(ids))
    connection.execute(mine.values(content=None, state="done", error="", chat_id=""))
    connection.execute(delete(channel_chats).where(channel_chats.c.owner == owner))


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row unless its key is there; how many rows that were."""
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = kind.insert(table).values(row).on_conflict_do_nothing()
    # What an insert changed, psycopg does not count here; what it returns, it does.
    made = connection.execute(insert.returning(*table.primary_key.columns))
    return int(made.first() is not None)
