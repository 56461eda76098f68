"""Turns as rows: the user's message and the reply to it, written before anything is acknowledged.

A turn's result is written once, at its end. The tokens in between are nobody's to keep: they live
in the process that makes them (`answer.record`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, exists, select, update

from chatwright.core.errors import NotFound, WrongUse
from chatwright.store.conversations import owned
from chatwright.store.database import Database
from chatwright.store.records import MessageRecord, Outcome
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import conversations, messages

TITLE = 60  # characters of the first user message that become the title


@dataclass(frozen=True, slots=True)
class Begun:
    """A turn that may run: its rows exist. `path` leads from the root to the user message."""

    turn_id: str
    user_message: MessageRecord
    message: MessageRecord
    path: tuple[MessageRecord, ...]


class TurnLog:
    """Begin and finish turns in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self,
        conversation_id: str,
        owner: str,
        content: str | None,
        parent_id: str | None,
        *,
        release: str,
        deployment: str,
    ) -> Begun:
        """Add a user message below `parent_id` and a running reply; no content: only the reply.

        Raises `NotFound` for a conversation or parent that the owner does not have, `WrongUse` for
        a parent that cannot have such a child.
        """
        turn_id = new_id()
        with self._database.write() as connection:
            _touch(connection, conversation_id, owner, content)
            tree = _tree(connection, conversation_id)
            if parent_id is not None and parent_id not in tree:
                raise NotFound("There is no such message.", "Load the conversation again.")
            parent = tree[parent_id] if parent_id is not None else None
            seq = max((message.seq for message in tree.values()), default=0) + 1
            if content is None:
                asked = _retried(parent)
            else:
                _check_parent(parent)
                asked = _message(conversation_id, parent_id, "user", seq, content=content)
                _insert(connection, asked)
                seq += 1
            reply = _message(conversation_id, asked.id, "assistant", seq, status="running")
            reply = replace(reply, release=release, deployment=deployment, turn_id=turn_id)
            _insert(connection, reply)
        return Begun(turn_id, asked, reply, _path(tree, asked))

    def finish(self, message: MessageRecord, owner: str, outcome: Outcome) -> MessageRecord:
        """Write how the turn of `message` ended; a second call changes nothing.

        "interrupted" may be overwritten: another process that started on the same store takes
        our running turns for those of a dead one.
        """
        values = asdict(outcome)
        mine = exists().where(
            conversations.c.id == messages.c.conversation_id, conversations.c.owner == owner
        )
        change = (
            update(messages)
            .where(
                messages.c.id == message.id,
                messages.c.turn_id == message.turn_id,
                messages.c.status.in_(("running", "interrupted")),
                mine,
            )
            .values(**values)
        )
        with self._database.write() as connection:
            connection.execute(change)
        return replace(message, **{**values, "sources": outcome.sources})

    def interrupt_all(self) -> int:
        """Mark replies that a dead process left running; called when a server starts."""
        change = update(messages).where(messages.c.status == "running")
        with self._database.write() as connection:
            return connection.execute(change.values(status="interrupted")).rowcount


def _touch(connection: Connection, id: str, owner: str, content: str | None) -> None:
    """Move the conversation to the top of the list; its first words become its title.

    First in the transaction: on PostgreSQL this row's lock also orders the `seq` of its messages.
    """
    change = update(conversations).where(owned(id, owner)).values(updated_at=now())
    title = connection.execute(change.returning(conversations.c.title)).scalar()
    if title is None:
        raise NotFound("There is no such conversation.", "Start a new one.")
    if not title and content is not None:
        words = " ".join(content.split())
        title = words if len(words) <= TITLE else words[: TITLE - 1].rstrip() + "…"
        connection.execute(update(conversations).where(owned(id, owner)).values(title=title))


def _tree(connection: Connection, conversation_id: str) -> dict[str, MessageRecord]:
    query = select(messages).where(messages.c.conversation_id == conversation_id)
    rows = connection.execute(query.order_by(messages.c.seq)).mappings()
    return {row["id"]: MessageRecord.of(dict(row)) for row in rows}


def _retried(parent: MessageRecord | None) -> MessageRecord:
    if parent is None or parent.role != "user":
        raise WrongUse(
            "Only a user's message can be answered again.",
            "Name one as parent_id, or send content.",
        )
    return parent


def _check_parent(parent: MessageRecord | None) -> None:
    if parent is None:
        return
    if parent.role == "user":
        raise WrongUse(
            "A user's message cannot follow another one directly.", "Name a reply as parent_id."
        )
    if parent.status == "running":
        raise WrongUse(
            "The reply to follow is still being written.", "Wait for its end, or stop it."
        )


def _path(tree: dict[str, MessageRecord], last: MessageRecord) -> tuple[MessageRecord, ...]:
    path = [last]
    while (parent := path[-1].parent_id) is not None:
        path.append(tree[parent])
    return tuple(reversed(path))


def _message(
    conversation_id: str, parent_id: str | None, role: Any, seq: int, **values: Any
) -> MessageRecord:
    given = {"content": "", "status": "done"} | values
    return MessageRecord(
        id=new_id(),
        conversation_id=conversation_id,
        parent_id=parent_id,
        role=role,
        seq=seq,
        created_at=now(),
        **given,
    )


def _insert(connection: Connection, message: MessageRecord) -> None:
    values = asdict(message)
    del values["feedback"]
    connection.execute(messages.insert().values(values))
