"""Consent: whether an owner's turns may be learned from. Nobody has consented until they say so.

Every answer is a row with its time and the version of the text that was shown; the newest one counts, and
for that version alone: who agreed to another text is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from chatwright.store.database import Database
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import BY_BOT, consents, conversations, messages


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """One answer to the question."""

    granted: bool
    version: str
    at: str


@dataclass(frozen=True, slots=True)
class TrainableTurn:
    """A reply that may be learned from, and where it stands."""

    owner: str
    conversation_id: str
    message_id: str


class Consents:
    """Record answers, and say what they allow."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, bot: str, owner: str, granted: bool, version: str) -> ConsentRecord:
        record = ConsentRecord(granted, version, now())
        row = {"id": new_id(), "bot": bot, "owner": owner, "granted": int(granted)}
        with self._database.write() as connection:
            connection.execute(
                consents.insert().values(**row, version=record.version, at=record.at)
            )
        return record

    def all(self, bot: str, owner: str) -> list[ConsentRecord]:
        """Every answer of the owner's, the oldest first."""
        query = (
            select(consents.c.granted, consents.c.version, consents.c.at)
            .where(consents.c.bot == bot, consents.c.owner == owner)
            .order_by(consents.c.at, consents.c.id)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [ConsentRecord(bool(row.granted), row.version, row.at) for row in rows]

    def current(self, bot: str, owner: str) -> ConsentRecord | None:
        """The answer that counts; None: the owner was never asked, or did not answer."""
        said = self.all(bot, owner)
        return said[-1] if said else None

    def trainable(self, bot: str, owner: str, version: str, said_at: str) -> bool:
        """Whether what was said at `said_at` may be learned from: consent to this text was given before, and
        not withdrawn since."""
        since = _since(self.all(bot, owner), version)
        return since is not None and since <= said_at

    def since(self, bot: str, version: str) -> dict[str, str]:
        """From when on what an owner says may be read and learned from, of all owners whose consent holds."""
        with self._database.read() as connection:
            found = _all_since(connection, bot, version)
        return {owner: at for owner, at in found.items() if at is not None}

    def trainable_turns(self, bot: str, version: str) -> list[TrainableTurn]:
        """All replies of `bot` that may be learned from, in the order in which they were made. Not those that
        the guard wrote, that were stopped or failed, or whose conversation was deleted."""
        with self._database.read() as connection:
            since = _all_since(connection, bot, version)
            replies = (
                select(conversations.c.owner, messages.c.conversation_id, messages.c.id)
                .add_columns(messages.c.created_at)
                .join(conversations, conversations.c.id == messages.c.conversation_id)
                .where(
                    conversations.c.bot == bot,
                    conversations.c.deleted_at.is_(None),
                    conversations.c.owner.in_(
                        select(consents.c.owner).where(
                            consents.c.bot == bot, consents.c.granted == 1
                        )
                    ),
                    messages.c.role == "assistant",
                    BY_BOT,
                    messages.c.status == "done",
                    messages.c.mark.is_(None),
                )
                .order_by(messages.c.id)
            )
            return [
                TrainableTurn(owner, conversation, message)
                for owner, conversation, message, at in connection.execute(replies)
                if (begun := since.get(owner)) is not None and begun <= at
            ]


def _all_since(connection: Connection, bot: str, version: str) -> dict[str, str | None]:
    query = select(consents.c.owner, consents.c.granted, consents.c.version, consents.c.at)
    query = query.where(consents.c.bot == bot).order_by(consents.c.at, consents.c.id)
    said: dict[str, list[ConsentRecord]] = {}
    for owner, granted, shown, at in connection.execute(query):
        said.setdefault(owner, []).append(ConsentRecord(bool(granted), shown, at))
    return {owner: _since(answers, version) for owner, answers in said.items()}


def _since(answers: Iterable[ConsentRecord], version: str) -> str | None:
    """From when on consent to `version` holds without a break; None where it does not."""
    since = None
    for answer in answers:
        holds = answer.granted and answer.version == version
        since = (since or answer.at) if holds else None
    return since
