"""The outbox of channels: what is to be sent, each once, in order within a chat; and who sends.

Functions for a transaction that is open. A message is "sending" before the first byte of it leaves. Where a
process is killed then, nobody knows whether it arrived: whoever sends next calls it "uncertain".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select, update

from chatwright.store.channel_events import insert_new
from chatwright.store.channel_tables import (
    channel_chats,
    channel_messages,
    channel_outbox,
    channel_states,
)
from chatwright.store.stamps import new_id, now, stamp
from chatwright.store.tables import conversations, messages

OPEN = ("queued", "sending", "uncertain")
OURS = "key:"
LEASE = 10.0  # seconds
LATE = timedelta(days=1)  # of messages without a way out, how far back is looked


@dataclass(frozen=True, slots=True)
class Post:
    """One message of the outbox."""

    id: str
    channel: str
    chat_id: str
    message_id: str | None
    text: str
    rated: int
    by_person: int
    state: str
    attempts: int
    due: float
    at: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A message of a conversation that its chat did not get yet."""

    message_id: str
    chat_id: str
    channel: str
    content: str
    by_person: bool


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How a channel is. `holder`: the process that sends, until `until` (seconds of the clock)."""

    channel: str
    state: str
    reason: str
    since: str
    holder: str
    until: float


POST = [channel_outbox.c[name] for name in Post.__dataclass_fields__]


def queue(
    connection: Connection,
    channel: str,
    chat_id: str,
    key: str,
    texts: Sequence[str],
    clock: float,
    *,
    message_id: str | None = None,
    rated: bool = False,
    by_person: bool = False,
) -> int:
    """Queue `texts`, in order, under a key that is the same for the same thing; how many are new. A thumb
    belongs to the last of them."""
    new = 0
    for number, text in enumerate(texts):
        row: dict[str, Any] = {"id": f"{key}.{number}", "place": new_id(), "channel": channel}
        row |= {"chat_id": chat_id, "message_id": message_id, "text": text, "state": "queued"}
        row |= {"rated": int(rated and number == len(texts) - 1), "by_person": int(by_person)}
        row |= {"attempts": 0, "due": clock, "error": "", "at": now()}
        new += insert_new(connection, channel_outbox, row)
    return new


def arrived(connection: Connection, chat_id: str, key: str, number: int) -> bool:
    """Whether the part with that number of something whose key begins like this was sent to the chat."""
    query = select(channel_outbox.c.id).where(
        channel_outbox.c.chat_id == chat_id,
        channel_outbox.c.id.startswith(f"{key}.", autoescape=True),
        channel_outbox.c.id.endswith(f".{number}", autoescape=True),
        channel_outbox.c.state == "sent",
    )
    return connection.execute(query.limit(1)).first() is not None


def disclosed(connection: Connection, chat_id: str) -> None:
    change = update(channel_chats).where(channel_chats.c.id == chat_id)
    connection.execute(change.values(disclosed_at=now()))


def owed(connection: Connection, bot: str, channels: Sequence[str]) -> list[Owed]:
    """Of the last day, what stands in a conversation of these channels and is on no way out: what one of the
    team said just before a crash, or an answer that nobody waited for. Of several answers to one message the
    newest alone."""
    later = messages.alias("later")
    newer = exists().where(
        later.c.parent_id == messages.c.parent_id,
        later.c.role == "assistant",
        later.c.author.is_(None),
        later.c.seq > messages.c.seq,
    )
    query = (
        select(
            messages.c.id, messages.c.content, messages.c.author, channel_chats.c.id.label("chat")
        )
        .add_columns(channel_chats.c.channel)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .join(channel_chats, channel_chats.c.conversation_id == conversations.c.id)
        .where(
            conversations.c.bot == bot,
            conversations.c.updated_at > stamp(datetime.now(UTC) - LATE),
            conversations.c.channel.in_(channels),
            conversations.c.deleted_at.is_(None),
            messages.c.role == "assistant",
            messages.c.status == "done",
            messages.c.content != "",
            or_(messages.c.author.is_not(None), ~newer),
            ~exists().where(channel_outbox.c.message_id == messages.c.id),
        )
        .order_by(messages.c.seq)
    )
    return [
        Owed(row.id, row.chat, row.channel, row.content, row.author is not None)
        for row in connection.execute(query)
    ]


def begin(
    connection: Connection, channel: str, chat_id: str, message_id: str, holder: str, clock: float
) -> Post | None:
    """Open the message that shows an answer while it is written: nobody else sends it, and what comes later in
    its chat waits. None where something is to be sent there before it, or `holder` does not send. Its text is
    empty until `written`."""
    if open_in(connection, chat_id) or not _leads(connection, channel, holder, clock):
        return None
    row: dict[str, Any] = {"id": f"{message_id}.0", "place": new_id(), "channel": channel}
    row |= {"chat_id": chat_id, "message_id": message_id, "text": "", "state": "sending"}
    row |= {"rated": 1, "by_person": 0, "attempts": 0, "due": clock, "error": "", "at": now()}
    if not insert_new(connection, channel_outbox, row):
        return None
    return Post(**{name: row[name] for name in Post.__dataclass_fields__})


def written(connection: Connection, post: Post, text: str) -> None:
    """What was begun says this, in the end."""
    _change(connection, post, {"text": text})


# --- who sends --------------------------------------------------------------------------------------


def lead(connection: Connection, channel: str, holder: str, clock: float) -> bool:
    """Whether `holder` sends for this channel in the next seconds: nobody else does."""
    mine = or_(channel_states.c.until <= clock, channel_states.c.holder == holder)
    change = update(channel_states).where(channel_states.c.channel == channel, mine)
    values = {"holder": holder, "until": clock + LEASE}
    if connection.execute(change.values(values)).rowcount == 1:
        return True
    row = {"channel": channel, "state": "ready", "reason": "", "since": now()}
    return insert_new(connection, channel_states, row | values) == 1


def _led(channel: str, holder: str, clock: float) -> tuple[ColumnElement[bool], ...]:
    """That `holder` sends for the channel."""
    state = channel_states.c
    return state.channel == channel, state.holder == holder, state.until > clock


def _leads(connection: Connection, channel: str, holder: str, clock: float) -> bool:
    query = select(channel_states.c.channel).where(*_led(channel, holder, clock))
    return connection.execute(query).first() is not None


def resign(connection: Connection, channel: str, holder: str) -> None:
    """Somebody else may send."""
    mine = (channel_states.c.channel == channel) & (channel_states.c.holder == holder)
    connection.execute(update(channel_states).where(mine).values(holder="", until=0.0))


def tell(connection: Connection, channel: str, state: str, reason: str) -> None:
    """How the channel is from now on; `since` changes with the state alone."""
    row = {"channel": channel, "state": "ready", "reason": "", "since": now()}
    insert_new(connection, channel_states, row | {"holder": "", "until": 0.0})
    since = case((channel_states.c.state == state, channel_states.c.since), else_=now())
    change = update(channel_states).where(channel_states.c.channel == channel)
    connection.execute(change.values(state=state, reason=reason, since=since))


def states(connection: Connection) -> dict[str, ChannelState]:
    """Of each channel that ever sent, how it is."""
    return {
        row["channel"]: ChannelState(**row)
        for row in connection.execute(select(channel_states)).mappings()
    }


# --- sending ----------------------------------------------------------------------------------------


def orphans(connection: Connection, channel: str) -> int:
    """Whoever was sending is gone: what became of those messages is uncertain. How many.

    Of an answer that was being shown while it was written: it is known what it was to say where the turn came
    to its end. Else the answer is made anew, as another message, and this one stays as it was left.
    """
    left = (channel_outbox.c.channel == channel) & (channel_outbox.c.state == "sending")
    ended = messages.c.status.in_(("done", "stopped"))
    said = select(messages.c.content).where(messages.c.id == channel_outbox.c.message_id, ended)
    text = func.coalesce(said.scalar_subquery(), "")
    begun = left & (channel_outbox.c.text == "")
    connection.execute(update(channel_outbox).where(begun).values(text=text))
    why = "The server ended while the answer was written; it is made anew."
    connection.execute(update(channel_outbox).where(begun).values(state="dead", error=why))
    change = update(channel_outbox).where(left).values(state="uncertain", due=0.0)
    return connection.execute(change).rowcount


def heads(connection: Connection, channel: str, clock: float, most: int) -> list[Post]:
    """Of each chat the first message that is not sent, if it is due; the oldest first."""
    first = (
        select(func.min(channel_outbox.c.place))
        .where(channel_outbox.c.channel == channel, channel_outbox.c.state.in_(OPEN))
        .group_by(channel_outbox.c.chat_id)
    )
    query = select(*POST).where(
        channel_outbox.c.place.in_(first),
        channel_outbox.c.channel == channel,
        channel_outbox.c.state.in_(("queued", "uncertain")),
        channel_outbox.c.due <= clock,
    )
    rows = connection.execute(query.order_by(channel_outbox.c.place).limit(most)).mappings()
    return [Post(**row) for row in rows]


def sending(connection: Connection, post: Post, holder: str, clock: float) -> bool:
    """From now on a byte of it may have left; False where it is no longer ours to send."""
    leads = exists().where(*_led(post.channel, holder, clock))
    own = and_(channel_outbox.c.id == post.id, channel_outbox.c.state == post.state, leads)
    return (
        connection.execute(update(channel_outbox).where(own).values(state="sending")).rowcount == 1
    )


def sent(connection: Connection, post: Post, vendor: str) -> None:
    """It has arrived; `vendor`: what it is called there."""
    _change(connection, post, {"state": "sent", "text": "", "error": ""})
    if vendor and post.message_id:
        there = select(messages.c.id).where(messages.c.id == post.message_id)
        if connection.execute(there).first() is not None:
            row = {"channel": post.channel, "vendor": vendor, "message_id": post.message_id}
            insert_new(connection, channel_messages, row | {"at": now()})


def again(
    connection: Connection, post: Post, due: float, error: str, *, counted: bool = True
) -> None:
    """It was not sent: once more, later."""
    attempts = post.attempts + int(counted)
    _change(connection, post, {"state": "queued", "attempts": attempts, "due": due, "error": error})


def uncertain(connection: Connection, post: Post, due: float, error: str) -> None:
    """It may have been sent."""
    values = {"state": "uncertain", "attempts": post.attempts + 1, "due": due, "error": error}
    _change(connection, post, values)


def dead(connection: Connection, post: Post, error: str) -> None:
    """It will not be sent, nor what belongs to the same answer after it."""
    _change(connection, post, {"state": "dead", "error": error})
    if post.message_id is not None:
        rest = and_(
            channel_outbox.c.message_id == post.message_id, channel_outbox.c.state == "queued"
        )
        values = {"state": "dead", "error": error}
        connection.execute(update(channel_outbox).where(rest).values(values))


def _change(connection: Connection, post: Post, values: dict[str, Any]) -> None:
    connection.execute(update(channel_outbox).where(channel_outbox.c.id == post.id).values(values))


def said_as(connection: Connection, channel: str, vendor: str) -> str | None:
    """The message of a conversation that the vendor calls so; or that we do, after `OURS`: where a vendor does
    not tell below which message a button stood, the button says it."""
    if vendor.startswith(OURS):
        table, id = channel_outbox, channel_outbox.c.id == vendor.removeprefix(OURS)
    else:
        table, id = channel_messages, channel_messages.c.vendor == vendor
    query = select(table.c.message_id).where(table.c.channel == channel, id)
    found: str | None = connection.execute(query).scalar()
    return found


def waiting(connection: Connection) -> dict[str, int]:
    """How many messages of each channel are still to be sent."""
    query = select(channel_outbox.c.channel, func.count()).group_by(channel_outbox.c.channel)
    rows = connection.execute(query.where(channel_outbox.c.state.in_(OPEN)))
    return {row.channel: row[1] for row in rows}


def open_in(connection: Connection, chat_id: str) -> bool:
    """Whether something is still to be sent to a chat."""
    mine = (channel_outbox.c.chat_id == chat_id) & channel_outbox.c.state.in_(OPEN)
    return connection.execute(select(channel_outbox.c.id).where(mine).limit(1)).first() is not None
