"""Weak signals: what people do that speaks against a reply though nobody rated it, and which of two was liked.

Kept here; found by `improve/noticing.py`, which knows when two questions mean the same. They are for review
and for ranking what is reviewed: nothing is ever trained on them alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import exists, select

from chatwright.core.types import Mark, Role, Route
from chatwright.store.database import Database
from chatwright.store.inbox_tables import handovers
from chatwright.store.records import Preference, Signal, SignalKind, liked
from chatwright.store.stamps import new_id
from chatwright.store.tables import BY_BOT, conversations, feedback, messages, signals

MOST = 100_000  # signals in one list
MANY = 500  # ids in one statement
LOOKED_AT = 20_000  # newest messages in which signals are looked for


@dataclass(frozen=True, slots=True)
class Happened:
    """A message of a conversation, as far as signals are seen from it. `given_up`: after this reply its reader
    asked for a person, not in words but by the page."""

    id: str
    conversation_id: str
    owner: str
    parent_id: str | None
    role: Role
    content: str
    status: str
    route: Route | None
    mark: Mark | None
    seq: int
    created_at: str
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A signal that is to be kept."""

    message_id: str
    owner: str
    kind: SignalKind
    strength: float
    detail: dict[str, str]
    at: str


class Signals:
    """Of all owners of one bot's conversations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def items(self, bot: str, *, limit: int = MOST) -> list[Signal]:
        """The oldest first; nothing of deleted conversations."""
        query = (
            select(signals)
            .join(messages, messages.c.id == signals.c.message_id)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(signals.c.bot == bot, conversations.c.deleted_at.is_(None))
            .order_by(signals.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [Signal(**row) for row in connection.execute(query).mappings()]

    def happened(self, bot: str, since: str = "") -> list[Happened]:
        """The newest messages of conversations that went on since then, in the order in which they were
        made, conversation by conversation; none that one of the team wrote."""
        names = [n for n in Happened.__dataclass_fields__ if n not in ("owner", "given_up")]
        asked = exists().where(handovers.c.message_id == messages.c.id).correlate(messages)
        asked = asked.where(handovers.c.conversation_id == messages.c.conversation_id)
        asked = asked.where(handovers.c.reason == "asked")
        query = (
            select(conversations.c.owner, *(messages.c[name] for name in names))
            .add_columns(asked.label("given_up"))
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(
                conversations.c.bot == bot,
                conversations.c.deleted_at.is_(None),
                conversations.c.updated_at >= since,
                BY_BOT,
            )
            .order_by(messages.c.id.desc())
            .limit(LOOKED_AT)
        )
        with self._database.read() as connection:
            found = [Happened(**row) for row in connection.execute(query).mappings()]
        return sorted(found, key=lambda one: (one.conversation_id, one.seq))

    def add(self, bot: str, seen: Iterable[Seen]) -> int:
        """Keep those that are not kept yet, of messages that are still there; how many are new."""
        wanted = {(one.message_id, one.kind): one for one in seen}
        if not wanted:
            return 0
        ids = sorted({one.message_id for one in wanted.values()})
        with self._database.write() as connection:
            had, live = set[tuple[str, str]](), set[str]()
            for start in range(0, len(ids), MANY):
                some = ids[start : start + MANY]
                known = select(signals.c.message_id, signals.c.kind)
                known = known.where(signals.c.message_id.in_(some))
                had |= {(row.message_id, row.kind) for row in connection.execute(known)}
                live |= set(
                    connection.scalars(select(messages.c.id).where(messages.c.id.in_(some)))
                )
            rows = [
                {"id": new_id(), "bot": bot, "message_id": one.message_id, "owner": one.owner}
                | {"kind": one.kind, "strength": one.strength, "detail": one.detail, "at": one.at}
                for key, one in wanted.items()
                if key not in had and one.message_id in live
            ]
            if rows:
                connection.execute(signals.insert(), rows)
        return len(rows)

    def pairs(self, bot: str) -> list[Preference]:
        """Two replies to one message, one liked by all who rated it and one by nobody: in the order of the
        liked one's id."""
        asked = messages.alias("asked")
        query = (
            select(messages.c.id, messages.c.parent_id, messages.c.conversation_id)
            .add_columns(messages.c.content, asked.c.content.label("question"))
            .add_columns(conversations.c.owner, feedback.c.rater)
            .add_columns(feedback.c.thumb, feedback.c.score)
            .join(messages, messages.c.id == feedback.c.message_id)
            .join(asked, asked.c.id == messages.c.parent_id)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(feedback.c.bot == bot, conversations.c.deleted_at.is_(None))
            .where(messages.c.status == "done")
            .order_by(messages.c.id, feedback.c.id)
        )
        by_parent: dict[str, dict[str, list[tuple[bool, str, str]]]] = {}
        about: dict[str, tuple[str, str, str]] = {}
        with self._database.read() as connection:
            for row in connection.execute(query):
                good = liked(row.thumb, row.score)
                if good is not None:
                    about[row.parent_id] = (row.conversation_id, row.owner, row.question)
                    rated = by_parent.setdefault(row.parent_id, {}).setdefault(row.id, [])
                    rated.append((good, row.rater, row.content))
        found = []
        for parent, replies in by_parent.items():
            talk, owner, question = about[parent]
            ups = {id: said for id, said in replies.items() if all(good for good, _, _ in said)}
            downs = {id: said for id, said in replies.items() if not any(g for g, _, _ in said)}
            for up, liking in ups.items():
                for down, disliking in downs.items():
                    raters = tuple(dict.fromkeys(r for _, r, _ in (*liking, *disliking)))
                    texts = (up, liking[0][2], down, disliking[0][2])
                    if texts[1] != texts[3]:
                        found.append(Preference(bot, talk, parent, owner, question, *texts, raters))
        return found
