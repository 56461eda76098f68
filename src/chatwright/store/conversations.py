"""Conversations of one owner. Every query takes the owner: another's id is as good as none.

Turns, which write messages, are in `turns.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from chatwright.store.database import Database
from chatwright.store.records import ConversationRecord, FeedbackRecord, MessageRecord
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import MESSAGE, conversations, feedback, messages

TEMPORARY = "temporary"  # the channel of what is not kept
IMPORTED = "imported"  # of what somebody brought along: its answers may be anybody's words
# Whatever looks at a bot's conversations (figures, review, training) asks for them by the bot's name. Those
# that none of it may see belong to this one.
NO_BOT = ""
SHAREABLE = ("web", "staging")

SUMMARY = tuple(conversations.c[name] for name in ConversationRecord.__dataclass_fields__)
FOUND = 50  # conversations that a search gives
BEFORE, AFTER = 40, 120  # characters of a message around the word that was searched


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word was found: a message, and a few words around it; the word is at `start`."""

    message_id: str
    text: str
    start: int


def owned(id: str, owner: str) -> ColumnElement[bool]:
    """The condition that every query on a single conversation carries."""
    return and_(
        conversations.c.id == id,
        conversations.c.owner == owner,
        conversations.c.deleted_at.is_(None),
    )


class Conversations:
    """Make, list, read, rename and delete conversations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, bot: str, owner: str, channel: str = "web") -> ConversationRecord:
        """A temporary one belongs to no bot: nothing but its owner's own page sees it."""
        record = ConversationRecord(
            new_id(), "", created_at=(time := now()), updated_at=time, channel=channel
        )
        with self._database.write(shared=True) as connection:
            connection.execute(
                conversations.insert().values(
                    id=record.id,
                    bot=NO_BOT if channel == TEMPORARY else bot,
                    owner=owner,
                    channel=channel,
                    title=record.title,
                    created_at=time,
                    updated_at=time,
                )
            )
        return record

    def all(self, bot: str, owner: str, search: str = "") -> list[ConversationRecord]:
        """The owner's conversations with `bot`, and those they brought along, newest first; none that is
        temporary. `search` is for titles and words, and finds the newest `FOUND`."""
        brought = and_(conversations.c.bot == NO_BOT, conversations.c.channel == IMPORTED)
        query = select(*SUMMARY).where(
            or_(conversations.c.bot == bot, brought),
            conversations.c.owner == owner,
            conversations.c.deleted_at.is_(None),
        )
        if search:
            said = exists().where(
                messages.c.conversation_id == conversations.c.id,
                messages.c.content.icontains(search, autoescape=True),
            )
            query = query.where(or_(conversations.c.title.icontains(search, autoescape=True), said))
            query = query.limit(FOUND)
        query = query.order_by(conversations.c.updated_at.desc(), conversations.c.id.desc())
        with self._database.read() as connection:
            return [ConversationRecord(**row) for row in connection.execute(query).mappings()]

    def places(self, owner: str, ids: list[str], search: str) -> dict[str, Place]:
        """By conversation, the newest message of it that has `search` in it, of these conversations."""
        query = (
            select(messages.c.conversation_id, messages.c.id, messages.c.content)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(
                conversations.c.owner == owner,
                conversations.c.deleted_at.is_(None),
                conversations.c.id.in_(ids),
                messages.c.content.icontains(search, autoescape=True),
            )
            .order_by(messages.c.seq)
        )
        found: dict[str, Place] = {}
        with self._database.read() as connection:
            for conversation, message, content in connection.execute(query):
                found[conversation] = _place(message, content, search)
        return found

    def find(self, id: str, owner: str) -> ConversationRecord | None:
        with self._database.read() as connection:
            row = connection.execute(select(*SUMMARY).where(owned(id, owner))).mappings().first()
        return ConversationRecord(**row) if row else None

    def messages(self, id: str, owner: str) -> list[MessageRecord]:
        """The whole tree in creation order, each reply with the owner's feedback on it."""
        mine = and_(feedback.c.message_id == messages.c.id, feedback.c.rater == owner)
        said = [feedback.c[name] for name in ("id", *FeedbackRecord.__dataclass_fields__)]
        query = (
            select(*MESSAGE, *(column.label(f"feedback_{column.name}") for column in said))
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .outerjoin(feedback, mine)
            .where(owned(id, owner))
            .order_by(messages.c.seq)
        )
        with self._database.read() as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
        found = []
        for row in rows:
            known, *values = (row.pop(f"feedback_{column.name}") for column in said)
            found.append(MessageRecord.of(row, FeedbackRecord(*values) if known else None))
        return found

    def change(
        self, id: str, owner: str, *, title: str | None = None, pinned: bool | None = None
    ) -> ConversationRecord | None:
        """Another title, or a pin; None where the owner has no such conversation."""
        values: dict[str, str | None] = {} if title is None else {"title": title}
        if pinned is not None:
            values["pinned_at"] = now() if pinned else None
        if not values:
            return self.find(id, owner)
        with self._database.write(shared=True) as connection:
            change = update(conversations).where(owned(id, owner)).values(**values)
            row = connection.execute(change.returning(*SUMMARY)).mappings().first()
        return ConversationRecord(**row) if row else None

    def delete(self, id: str, owner: str) -> bool:
        """Hide the conversation from everyone, remove a temporary one; False when the owner has no such one."""
        gone = delete(conversations).where(owned(id, owner), conversations.c.channel == TEMPORARY)
        with self._database.write(shared=True) as connection:
            if connection.execute(gone).rowcount == 1:
                return True
            change = update(conversations).where(owned(id, owner)).values(deleted_at=now())
            return connection.execute(change).rowcount == 1


def _place(message: str, content: str, search: str) -> Place:
    """One line around the word, cut between words."""
    at = max(content.lower().find(search.lower()), 0)
    first = max(0, at - BEFORE)
    if first and (space := content.find(" ", first, at)) >= 0:
        first = space + 1
    last = min(len(content), at + len(search) + AFTER)
    lead = " ".join(content[first:at].split()) + (" " if content[at - 1 : at].isspace() else "")
    lead = ("… " if first else "") + lead.lstrip()
    rest = " ".join(content[at:last].split())
    return Place(message, lead + rest + ("…" if last < len(content) else ""), len(lead))
