"""What the team sees of conversations with a person's part: the list, one whole, notes, and what is new.

Reads whatever `handovers.py` writes. Another bot's conversation is as good as none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, func, select, update

from chatwright.core.errors import NotFound
from chatwright.store.conversations import owned
from chatwright.store.database import Database
from chatwright.store.handovers import FIELDS, current
from chatwright.store.inbox_tables import handover_notes, handovers, inbox_seen, teammates
from chatwright.store.records import HandoverRecord, MessageRecord
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import MESSAGE, conversations, messages

MOST = 200  # conversations in the list
MANY = 500  # ids in one statement
EXCERPT = 160  # characters of a message in the list


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A conversation in the list. `waiting_since`: when the visitor began to wait for what is not answered yet;
    None: they do not. `unread` messages of theirs."""

    handover: HandoverRecord
    title: str
    channel: str
    owner: str
    updated_at: str
    said: str
    waiting_since: str | None
    unread: int


@dataclass(frozen=True, slots=True)
class Note:
    """What one of the team tells the others. `author` is who, `name` as visitors know them."""

    id: str
    author: str
    name: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a conversation after a point of its story; `settled` is the point to go on from."""

    messages: tuple[MessageRecord, ...]
    settled: int
    handover: HandoverRecord | None


def settled(known: Iterable[MessageRecord], after: int = 0) -> int:
    """The place of the last message before the first that is still being written."""
    for message in sorted(known, key=lambda one: one.seq):
        if message.status == "running":
            break
        after = max(after, message.seq)
    return after


class Inbox:
    """Of all owners."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, bot: str, who: str, *, ended_since: str | None = None) -> list[InboxRow]:
        """Those that are open: wanted first, whoever waits longest first, then those that somebody has. With
        `ended_since`, those that ended since then instead, the latest first."""
        query = (
            select(*FIELDS, conversations.c.title, conversations.c.channel, conversations.c.owner)
            .add_columns(conversations.c.updated_at)
            .join(conversations, conversations.c.id == handovers.c.conversation_id)
            .where(handovers.c.bot == bot, conversations.c.deleted_at.is_(None))
        )
        if ended_since is None:
            query = query.where(handovers.c.ended_at.is_(None)).order_by(
                (handovers.c.state == "taken"), handovers.c.wanted_at
            )
        else:
            query = query.where(handovers.c.ended_at >= ended_since)
            query = query.order_by(handovers.c.ended_at.desc())
        with self._database.read() as connection:
            found = [dict(row) for row in connection.execute(query.limit(MOST)).mappings()]
            ids = [row["conversation_id"] for row in found]
            said = _said(connection, ids)
            seen = _seen(connection, ids, who)
        rows = []
        for row in found:
            about = {name: row.pop(name) for name in ("title", "channel", "owner", "updated_at")}
            handover = HandoverRecord(**row)
            talk = said.get(handover.conversation_id, [])
            rows.append(_row(handover, about, talk, seen.get(handover.conversation_id, 0)))
        return rows if ended_since is not None else sorted(rows, key=_urgency)

    def states(self, bots: Collection[str]) -> dict[str, tuple[Any, ...]]:
        """What there is to be seen in the lists, by conversation: it differs where anything changed."""
        query = (
            select(handovers.c.conversation_id, handovers.c.bot, handovers.c.state)
            .add_columns(handovers.c.revision, conversations.c.revision)
            .join(conversations, conversations.c.id == handovers.c.conversation_id)
            .where(handovers.c.bot.in_(bots), handovers.c.ended_at.is_(None))
            .where(conversations.c.deleted_at.is_(None))
        )
        with self._database.read() as connection:
            return {row[0]: tuple(row[1:]) for row in connection.execute(query)}

    def revisions(self, ids: Iterable[str]) -> dict[str, int]:
        """Of each conversation that is there, a number that grows with whatever is new in it."""
        wanted, found = list(ids), dict[str, int]()
        with self._database.read() as connection:
            for start in range(0, len(wanted), MANY):
                query = select(conversations.c.id, conversations.c.revision).where(
                    conversations.c.id.in_(wanted[start : start + MANY]),
                    conversations.c.deleted_at.is_(None),
                )
                found |= {row.id: row.revision for row in connection.execute(query)}
        return found

    def news(self, conversation_id: str, owner: str, after: int) -> News | None:
        """What comes after message number `after`; None where the owner has no such conversation any more."""
        query = select(*MESSAGE).where(messages.c.conversation_id == conversation_id)
        query = query.where(messages.c.seq > after).order_by(messages.c.seq)
        newest = select(*FIELDS).where(handovers.c.conversation_id == conversation_id)
        newest = newest.order_by(handovers.c.revision.desc()).limit(1)
        with self._database.read() as connection:
            own = select(conversations.c.id).where(owned(conversation_id, owner))
            if connection.execute(own).first() is None:
                return None
            found = [MessageRecord.of(dict(row)) for row in connection.execute(query).mappings()]
            row = connection.execute(newest).mappings().first()
        handover = HandoverRecord(**row) if row else None
        return News(tuple(found), settled(found, after), handover)

    def handovers(self, conversation_id: str) -> list[HandoverRecord]:
        """All of a conversation, the oldest first."""
        query = select(*FIELDS).where(handovers.c.conversation_id == conversation_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(handovers.c.revision)).mappings()
            return [HandoverRecord(**row) for row in rows]

    # --- notes, and what was seen -----------------------------------------------------------------

    def notes(self, conversation_id: str) -> list[Note]:
        """The oldest first."""
        query = select(*(handover_notes.c[name] for name in Note.__dataclass_fields__))
        query = query.where(handover_notes.c.conversation_id == conversation_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(handover_notes.c.id)).mappings()
            return [Note(**row) for row in rows]

    def note(self, bot: str, conversation_id: str, who: str, text: str) -> Note:
        """Add one. Raises `NotFound`."""
        with self._database.write(shared=True) as connection:
            _touched(connection, bot, conversation_id)
            name = connection.execute(
                select(teammates.c.name).where(teammates.c.who == who)
            ).scalar()
            made = Note(new_id(), who, name or "", text, now())
            values = {field: getattr(made, field) for field in Note.__dataclass_fields__}
            values["conversation_id"] = conversation_id
            connection.execute(handover_notes.insert().values(values))
        return made

    def unnote(self, bot: str, conversation_id: str, who: str, note: str) -> None:
        """Take back one of one's own. Raises `NotFound`."""
        with self._database.write(shared=True) as connection:
            _touched(connection, bot, conversation_id)
            mine = and_(handover_notes.c.id == note, handover_notes.c.author == who)
            mine &= handover_notes.c.conversation_id == conversation_id
            if connection.execute(delete(handover_notes).where(mine)).rowcount == 0:
                raise NotFound("There is no such note of yours.", "Load the conversation again.")

    def see(self, bot: str, conversation_id: str, who: str, seq: int) -> None:
        """`who` has seen the messages up to number `seq`. Raises `NotFound`."""
        with self._database.write(shared=True) as connection:
            _touched(connection, bot, conversation_id, counted=False)
            mine = (inbox_seen.c.who == who) & (inbox_seen.c.conversation_id == conversation_id)
            change = update(inbox_seen).where(mine).values(seq=seq)
            if connection.execute(change).rowcount == 0:
                row = {"who": who, "conversation_id": conversation_id, "seq": seq}
                connection.execute(inbox_seen.insert().values(row))

    def wanted(self, bots: Collection[str]) -> int:
        """How many conversations wait for a person."""
        query = select(func.count()).select_from(handovers)
        query = query.where(handovers.c.bot.in_(bots), handovers.c.ended_at.is_(None))
        with self._database.read() as connection:
            return int(connection.execute(query.where(handovers.c.state == "wanted")).scalar_one())

    def current(self, conversation_id: str) -> HandoverRecord | None:
        """The one that is not ended."""
        with self._database.read() as connection:
            return current(connection, conversation_id)


def _touched(connection: Any, bot: str, id: str, *, counted: bool = True) -> None:
    """The conversation's row, locked; it counts as changed where that is to be seen."""
    change = update(conversations).where(
        conversations.c.id == id, conversations.c.bot == bot, conversations.c.deleted_at.is_(None)
    )
    grown = conversations.c.revision + (1 if counted else 0)
    if connection.execute(change.values(revision=grown)).rowcount == 0:
        raise NotFound("There is no such conversation.", "Load the list again.")


def _said(connection: Any, ids: list[str]) -> dict[str, list[Any]]:
    """Of each conversation its messages: number, who, when, and the beginning of what."""
    if not ids:
        return {}
    query = (
        select(messages.c.conversation_id, messages.c.seq, messages.c.role, messages.c.created_at)
        .add_columns(func.substr(messages.c.content, 1, EXCERPT).label("content"))
        .where(messages.c.conversation_id.in_(ids))
        .order_by(messages.c.conversation_id, messages.c.seq)
    )
    found: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        found.setdefault(row.conversation_id, []).append(row)
    return found


def _seen(connection: Any, ids: list[str], who: str) -> dict[str, int]:
    query = select(inbox_seen.c.conversation_id, inbox_seen.c.seq)
    query = query.where(inbox_seen.c.who == who, inbox_seen.c.conversation_id.in_(ids))
    return {row.conversation_id: row.seq for row in connection.execute(query)}


def _row(handover: HandoverRecord, about: dict[str, Any], talk: list[Any], seen: int) -> InboxRow:
    asked = [one for one in talk if one.role == "user"]
    waiting = handover.wanted_at if handover.state == "wanted" else None
    if handover.state == "taken":
        answered = max((one.seq for one in talk if one.role == "assistant"), default=0)
        waiting = next((one.created_at for one in asked if one.seq > answered), None)
    return InboxRow(
        handover,
        said=asked[-1].content if asked else "",
        waiting_since=waiting,
        unread=sum(one.seq > seen for one in asked),
        **about,
    )


def _urgency(row: InboxRow) -> tuple[bool, bool, str]:
    state = row.handover.state == "taken"
    return state, row.waiting_since is None, row.waiting_since or row.handover.since
