"""Texts that people attach to a message: kept with the message, gone with it. What a model makes of them is
`answer/attached.py`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from chatwright.core.errors import NotFound
from chatwright.store.chat_tables import attachments
from chatwright.store.conversations import owned
from chatwright.store.database import Database
from chatwright.store.tables import conversations, messages

MANY = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class Attached:
    """A file's name and its text."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class AttachedLine:
    """An attachment without its text; `characters` long."""

    name: str
    characters: int


class Attachments:
    """Reads what its owner attached."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, conversation_id: str, owner: str) -> dict[str, tuple[AttachedLine, ...]]:
        """By message, what is attached in a conversation of `owner`."""
        query = (
            select(attachments.c.message_id, attachments.c.name)
            .add_columns(func.length(attachments.c.content))
            .join(messages, messages.c.id == attachments.c.message_id)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(owned(conversation_id, owner))
            .order_by(attachments.c.message_id, attachments.c.place)
        )
        found: dict[str, tuple[AttachedLine, ...]] = {}
        with self._database.read() as connection:
            for message, name, characters in connection.execute(query):
                found[message] = (*found.get(message, ()), AttachedLine(name, characters))
        return found

    def find(self, message_id: str, place: int, owner: str) -> Attached | None:
        """One attachment; None where `owner` has no such one."""
        query = (
            select(attachments.c.name, attachments.c.content)
            .join(messages, messages.c.id == attachments.c.message_id)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(
                attachments.c.message_id == message_id,
                attachments.c.place == place,
                conversations.c.owner == owner,
                conversations.c.deleted_at.is_(None),
            )
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return Attached(*row) if row else None


def attach(connection: Connection, message_id: str, texts: Sequence[Attached]) -> None:
    """Keep `texts` with a message, in a transaction that is open."""
    for place, one in enumerate(texts):
        row = {"message_id": message_id, "place": place, "name": one.name, "content": one.content}
        connection.execute(attachments.insert().values(row))


def attached_to(
    connection: Connection, message_ids: Iterable[str]
) -> Mapping[str, tuple[Attached, ...]]:
    """By message, the texts of all of these, in a transaction that is open."""
    ids, found = list(message_ids), dict[str, tuple[Attached, ...]]()
    for start in range(0, len(ids), MANY):
        query = select(attachments).where(attachments.c.message_id.in_(ids[start : start + MANY]))
        query = query.order_by(attachments.c.message_id, attachments.c.place)
        for row in connection.execute(query):
            one = Attached(row.name, row.content)
            found[row.message_id] = (*found.get(row.message_id, ()), one)
    return found


def same_again(
    connection: Connection, message_id: str, known: Collection[str]
) -> tuple[Attached, ...]:
    """What is attached to a message of the conversation whose messages are `known`.

    Raises `NotFound` where it is none of them.
    """
    if message_id not in known:
        raise NotFound("There is no such message.", "Load the conversation again.")
    return attached_to(connection, [message_id]).get(message_id, ())
