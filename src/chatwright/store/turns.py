"""Turns as rows: the user's message and the reply to it, written before anything is acknowledged.

A turn's result is written once, at its end. While it runs, its process saves the text so far with
every beat (`processes.py`), so that other processes can show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, exists, func, select, update

from chatwright.core.errors import Conflict, NotFound, StoreUnavailable, WrongUse
from chatwright.core.types import Role
from chatwright.store.attachments import Attached, AttachedLine, attach, attached_to, same_again
from chatwright.store.conversations import owned
from chatwright.store.database import Database
from chatwright.store.handovers import UNREACHED, taken, want
from chatwright.store.processes import Processes, storable
from chatwright.store.records import MessageRecord, Outcome
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import MESSAGE, conversations, messages

TITLE = 60  # characters of the first user message that become the title


@dataclass(frozen=True, slots=True)
class Begun:
    """A turn that may run: its rows exist. `path` leads from the root to the user message; `attached`: by
    message of it, what came with it; `channel`: the conversation's."""

    turn_id: str
    user_message: MessageRecord
    message: MessageRecord
    path: tuple[MessageRecord, ...]
    attached: Mapping[str, tuple[Attached, ...]] = field(default_factory=dict)
    channel: str = "web"


@dataclass(frozen=True, slots=True)
class Kept:
    """A user message that a person is to answer: no turn begins."""

    user_message: MessageRecord
    texts: tuple[Attached, ...] = ()

    @property
    def attached(self) -> tuple[AttachedLine, ...]:
        return tuple(AttachedLine(one.name, len(one.content)) for one in self.texts)


class TurnLog:
    """Begin, find, stop and finish turns in the database; `processes` is whose turns they are."""

    def __init__(self, database: Database) -> None:
        self.processes = Processes(database)
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
        language: str | None = None,
        attached: Sequence[Attached] = (),
        attached_of: str | None = None,
        message_id: str | None = None,
    ) -> Begun | Kept:
        """Add a user message below `parent_id` and a running reply; no content: only the reply.

        While a person has the conversation the message is kept as its newest one, without a reply.
        With the message go the texts `attached`, and those of another message of the conversation
        (`attached_of`): of the one that it is a new version of. `message_id` is the user message's, where the
        caller has chosen it: by it they find out whether a turn was begun that they know nothing of.

        Raises `NotFound` for a conversation or parent that the owner does not have, `WrongUse` for
        a parent that cannot have such a child, and `Conflict` ("with_person") for another reply while a
        person answers.
        """
        turn_id, written = new_id(), False
        try:
            with self._database.write(shared=True) as connection:
                channel = _touch(connection, conversation_id, owner, content, language)
                tree = _tree(connection, conversation_id)
                if taken(connection, conversation_id):
                    kept = _kept(connection, conversation_id, tree, content, message_id)
                    attach(connection, kept.id, attached)
                    return Kept(kept, tuple(attached))
                asked, new = _asked(tree, conversation_id, content, parent_id, message_id)
                reply = replace(
                    _message(conversation_id, asked.id, "assistant", _next(tree) + new),
                    status="running",
                    release=release,
                    deployment=deployment,
                    turn_id=turn_id,
                    process=self.processes.id,
                )
                for message in (asked, reply) if new else (reply,):
                    _insert(connection, message)
                if new and attached_of is not None:
                    attached = (*same_again(connection, attached_of, tree), *attached)
                if new:
                    attach(connection, asked.id, attached)
                path = _path(tree, asked)
                texts = attached_to(connection, [one.id for one in path if one.role == "user"])
                written = True
        except StoreUnavailable:
            if written:  # the connection broke at the commit: nobody knows whether it was done
                self.processes.doubt(turn_id)
            raise
        return Begun(turn_id, asked, reply, path, texts, channel)

    def find(self, turn_id: str, owner: str) -> MessageRecord | None:
        """The reply of a turn, as far as it is saved; None when the owner has no such turn."""
        query = (
            select(*MESSAGE)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(
                messages.c.turn_id == turn_id,
                conversations.c.owner == owner,
                conversations.c.deleted_at.is_(None),
            )
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return MessageRecord.of(dict(row)) if row else None

    def stop(self, turn_id: str, owner: str) -> bool:
        """Ask the process that makes the reply to end it; False when the owner has no such turn.

        It is asked with its next beat; a turn that has ended stays as it is.
        """
        if self.find(turn_id, owner) is None:
            return False
        change = update(messages).where(messages.c.turn_id == turn_id)
        with self._database.write(shared=True) as connection:
            connection.execute(change.where(messages.c.status == "running").values(stopping=1))
        return True

    def finish(self, message: MessageRecord, owner: str, outcome: Outcome) -> MessageRecord:
        """Write how the turn of `message` ended; a second call changes nothing.

        "interrupted" may be overwritten: where this process was stalled for some seconds, another
        one took it for dead.
        """
        values = asdict(outcome) | {"content": storable(outcome.content)}
        explanation = {"explanation": values.pop("explanation")}
        wanted = values.pop("handover")
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
            .values(**values, **explanation)
        )
        with self._database.write(shared=True) as connection:
            talk = _changed(connection, message.conversation_id)
            written = connection.execute(change).rowcount == 1
            if written and wanted and talk is not None and talk["channel"] not in UNREACHED:
                want(connection, talk, wanted, message.id)
        return replace(message, **{**values, "sources": outcome.sources})


def _changed(connection: Connection, id: str) -> RowMapping | None:
    """There is something new to be seen in the conversation; None where it is gone."""
    change = update(conversations).where(conversations.c.id == id)
    change = change.where(conversations.c.deleted_at.is_(None))
    change = change.values(revision=conversations.c.revision + 1)
    found = change.returning(conversations.c.id, conversations.c.bot, conversations.c.channel)
    return connection.execute(found).mappings().first()


def _kept(
    connection: Connection,
    id: str,
    tree: dict[str, MessageRecord],
    content: str | None,
    message_id: str | None,
) -> MessageRecord:
    """Write what is said to a person: below the newest message, for they see one row of them."""
    if content is None:
        raise Conflict(
            "A person answers here now.",
            "Write to them, or go back to the bot.",
            code="with_person",
        )
    newest = max(tree.values(), key=lambda message: message.seq, default=None)
    parent = newest.id if newest is not None else None
    said = replace(_message(id, parent, "user", _next(tree), message_id), content=content)
    _insert(connection, said)
    return said


def _touch(
    connection: Connection, id: str, owner: str, content: str | None, language: str | None
) -> str:
    """Move the conversation to the top of the list; its first words become its title. Gives its channel.

    First in the transaction: on PostgreSQL this row's lock also orders the `seq` of its messages.
    """
    changed: dict[str, Any] = {"updated_at": now(), "revision": conversations.c.revision + 1}
    if language is not None:
        changed["language"] = func.coalesce(conversations.c.language, language)
    change = update(conversations).where(owned(id, owner)).values(changed)
    told = conversations.c.title, conversations.c.channel
    found = connection.execute(change.returning(*told)).first()
    if found is None:
        raise NotFound("There is no such conversation.", "Start a new one.")
    if not found.title and content is not None:
        words = " ".join(content.split())
        title = words if len(words) <= TITLE else words[: TITLE - 1].rstrip() + "…"
        connection.execute(update(conversations).where(owned(id, owner)).values(title=title))
    channel: str = found.channel
    return channel


def _tree(connection: Connection, conversation_id: str) -> dict[str, MessageRecord]:
    query = select(*MESSAGE).where(messages.c.conversation_id == conversation_id)
    rows = connection.execute(query.order_by(messages.c.seq)).mappings()
    return {row["id"]: MessageRecord.of(dict(row)) for row in rows}


def _next(tree: dict[str, MessageRecord]) -> int:
    return max((message.seq for message in tree.values()), default=0) + 1


def _asked(
    tree: dict[str, MessageRecord],
    conversation_id: str,
    content: str | None,
    parent_id: str | None,
    message_id: str | None,
) -> tuple[MessageRecord, bool]:
    """The user message that is to be answered, and whether it is a new one."""
    if parent_id is not None and parent_id not in tree:
        raise NotFound("There is no such message.", "Load the conversation again.")
    parent = tree[parent_id] if parent_id is not None else None
    if content is None:
        return _retried(parent), False
    _check_parent(parent, tree)
    asked = _message(conversation_id, parent_id, "user", _next(tree), message_id)
    return replace(asked, content=content), True


def _retried(parent: MessageRecord | None) -> MessageRecord:
    if parent is None or parent.role != "user":
        raise WrongUse(
            "Only a user's message can be answered again.",
            "Name one as parent_id, or send content.",
        )
    return parent


def _check_parent(parent: MessageRecord | None, tree: dict[str, MessageRecord]) -> None:
    """A user's message may follow another one where a person was to answer that, and did not."""
    if parent is None:
        return
    answered = any(message.parent_id == parent.id for message in tree.values())
    if parent.role == "user" and answered:
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
    conversation_id: str, parent_id: str | None, role: Role, seq: int, id: str | None = None
) -> MessageRecord:
    return MessageRecord(
        id=id or new_id(),
        conversation_id=conversation_id,
        parent_id=parent_id,
        role=role,
        content="",
        status="done",
        created_at=now(),
        seq=seq,
    )


def _insert(connection: Connection, message: MessageRecord) -> None:
    values = asdict(message)
    del values["feedback"]
    connection.execute(messages.insert().values(values))
