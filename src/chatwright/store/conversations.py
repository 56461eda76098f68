"""Conversations of one owner. Every query takes the owner: another's id is as good as none.

Turns, which write messages, are in `turns.py`.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from chatwright.store.database import Database
from chatwright.store.records import ConversationRecord, FeedbackRecord, MessageRecord
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import MESSAGE, conversations, feedback, messages

SUMMARY = (
    conversations.c.id,
    conversations.c.title,
    conversations.c.created_at,
    conversations.c.updated_at,
)


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
        record = ConversationRecord(new_id(), "", created_at=(time := now()), updated_at=time)
        with self._database.write(shared=True) as connection:
            connection.execute(
                conversations.insert().values(
                    id=record.id,
                    bot=bot,
                    owner=owner,
                    channel=channel,
                    title=record.title,
                    created_at=time,
                    updated_at=time,
                )
            )
        return record

    def all(self, bot: str, owner: str, search: str = "") -> list[ConversationRecord]:
        """The owner's conversations with `bot`, newest first; `search` is for titles and words."""
        query = select(*SUMMARY).where(
            conversations.c.bot == bot,
            conversations.c.owner == owner,
            conversations.c.deleted_at.is_(None),
        )
        if search:
            said = exists().where(
                messages.c.conversation_id == conversations.c.id,
                messages.c.content.icontains(search, autoescape=True),
            )
            query = query.where(or_(conversations.c.title.icontains(search, autoescape=True), said))
        query = query.order_by(conversations.c.updated_at.desc(), conversations.c.id.desc())
        with self._database.read() as connection:
            return [ConversationRecord(**row) for row in connection.execute(query).mappings()]

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

    def rename(self, id: str, owner: str, title: str) -> ConversationRecord | None:
        with self._database.write(shared=True) as connection:
            change = update(conversations).where(owned(id, owner)).values(title=title)
            row = connection.execute(change.returning(*SUMMARY)).mappings().first()
        return ConversationRecord(**row) if row else None

    def delete(self, id: str, owner: str) -> bool:
        """Hide the conversation from everyone; False when the owner has no such one."""
        with self._database.write(shared=True) as connection:
            change = update(conversations).where(owned(id, owner)).values(deleted_at=now())
            return connection.execute(change).rowcount == 1
