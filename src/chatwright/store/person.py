"""All rows of one person: exported, erased, and kept from coming back. A person is an owner of conversations.

Answers that were curated from what a person said go with the person.
An erased owner leaves a tombstone: the keyed hash of the owner and the time. It says nothing of who it was, and
rows of that owner from before (of a backup that was restored) are removed again by `sweep`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, true, update

from chatwright.store import curated, panels, reviews
from chatwright.store.channel_events import forget_person, kept_of
from chatwright.store.channel_tables import channel_chats, channel_outbox
from chatwright.store.chat_tables import attachments, shares
from chatwright.store.conversations import NO_BOT, TEMPORARY
from chatwright.store.database import Database
from chatwright.store.inbox_tables import handover_notes, handovers, inbox_seen, teammates
from chatwright.store.loop_tables import panel_raters, review_cases, staging_ticks
from chatwright.store.loop_tables import reviews as reviewed
from chatwright.store.review_records import ForgottenReviews
from chatwright.store.secret import Secret
from chatwright.store.stamps import now, stamp
from chatwright.store.tables import (
    MESSAGE,
    consents,
    conversations,
    curated_answers,
    feedback,
    messages,
    signals,
    tombstones,
)

PURPOSE = "erased owner"
# Whoever stands in one of these is a person of whom something is kept.
OWNERS = (
    *(conversations.c.owner, consents.c.owner, feedback.c.rater, curated_answers.c.owner),
    channel_chats.c.owner,
    *(reviewed.c.owner, review_cases.c.owner, panel_raters.c.person, staging_ticks.c.owner),
)
# Of a person's part in a conversation: not who of the team that was, but what the visitor read as their name.
HANDOVER = tuple(
    handovers.c[name]
    for name in ("id", "state", "reason", "name", "wanted_at", "taken_at", "ended_at", "ended")
)
NOTE = (handover_notes.c.id, handover_notes.c.at, handover_notes.c.text)
MANY = 500  # ids in one statement
LEFT = timedelta(hours=2)  # without a word, after which a temporary conversation is over


@dataclass(frozen=True, slots=True)
class Removed:
    """How many rows went; `ids` are those of conversations, messages and turns, to be looked for elsewhere,
    and `cases` those that were made of what is gone: they stand in the file of cases still."""

    conversations: int = 0
    messages: int = 0
    feedback: int = 0
    consents: int = 0
    curated: int = 0
    ids: tuple[str, ...] = ()
    reviews: int = 0
    cases: tuple[str, ...] = ()

    def __add__(self, other: Removed) -> Removed:
        return Removed(
            self.conversations + other.conversations,
            self.messages + other.messages,
            self.feedback + other.feedback,
            self.consents + other.consents,
            self.curated + other.curated,
            self.ids + other.ids,
            self.reviews + other.reviews,
            self.cases + other.cases,
        )

    def counts(self) -> dict[str, int]:
        return {k: value for k, value in asdict(self).items() if k not in ("ids", "cases")}


class Tombstones:
    """Who was erased and when, by keyed hash."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self) -> dict[str, str]:
        """Hash -> time of the last erasure."""
        with self._database.read() as connection:
            return {row.mac: row.at for row in connection.execute(select(tombstones))}

    def add(self, rows: Mapping[str, str]) -> None:
        """Have these too; of two times of one owner the later one counts."""
        if not rows:
            return
        with self._database.write() as connection:
            known = {row.mac: row.at for row in connection.execute(select(tombstones))}
            newer = {mac: at for mac, at in rows.items() if at > known.get(mac, "")}
            for mac, at in newer.items():
                _set_tombstone(connection, mac, at)


class PersonRows:
    """Find, export and remove what belongs to people."""

    def __init__(self, database: Database, secret: Secret) -> None:
        self._database = database
        self._secret = secret

    def known(self, owner: str) -> bool:
        """Whether anything is kept of `owner`."""
        with self._database.read() as connection:
            return any(
                connection.execute(select(column).where(column == owner).limit(1)).first()
                for column in OWNERS
            )

    def owner_of(self, conversation: str) -> str | None:
        """Whose a conversation is."""
        query = select(conversations.c.owner).where(conversations.c.id == conversation)
        with self._database.read() as connection:
            found: str | None = connection.execute(query).scalar()
        return found

    def owners(self, words: str = "", owners: Collection[str] = ()) -> list[dict[str, Any]]:
        """Owners with how many conversations they have and since when; `words`: those who said or read them;
        or those of `owners`."""
        query = select(
            conversations.c.owner,
            func.count().label("conversations"),
            func.min(conversations.c.created_at).label("first"),
            func.max(conversations.c.updated_at).label("last"),
        ).group_by(conversations.c.owner)
        if owners:
            query = query.where(conversations.c.owner.in_(owners))
        elif words:
            said = select(messages.c.conversation_id).where(
                messages.c.content.icontains(words, autoescape=True)
            )
            query = query.where(
                or_(
                    conversations.c.id.in_(said),
                    conversations.c.title.icontains(words, autoescape=True),
                )
            )
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(func.max(conversations.c.updated_at).desc()))
            return [dict(row) for row in rows.mappings()]

    def exported(self, owner: str) -> dict[str, Any]:
        """Everything that is kept of `owner`, as plain values. Of why an answer was given: route, confidence
        and sources; the bot's weighing of what it did not say is no word of the person's."""
        with self._database.read() as connection:
            talks = _rows(connection, select(conversations).where(conversations.c.owner == owner))
            for talk in talks:
                query = select(*MESSAGE).where(messages.c.conversation_id == talk["id"])
                talk["messages"] = _rows(connection, query.order_by(messages.c.seq))
                talk |= _with_it(connection, talk["id"])
                for name, kept in (("handovers", HANDOVER), ("notes", NOTE)):
                    mine = kept[0].table.c.conversation_id == talk["id"]
                    talk[name] = _rows(connection, select(*kept).where(mine).order_by(kept[0]))
            said = select(feedback).where(feedback.c.rater == owner)
            agreed = select(consents).where(consents.c.owner == owner).order_by(consents.c.at)
            seen = select(signals).where(signals.c.owner == owner).order_by(signals.c.id)
            made = select(curated_answers).where(curated_answers.c.owner == owner)
            decided = select(reviewed).where(reviewed.c.owner == owner).order_by(reviewed.c.id)
            ticked = select(staging_ticks).where(staging_ticks.c.owner == owner)
            return {
                "conversations": talks,
                "feedback": _rows(connection, said),
                "signals": _rows(connection, seen),
                "consents": _rows(connection, agreed),
                "curated": _rows(connection, made),
                "reviews": _rows(connection, decided),
                "panels": panels.rated(connection, owner),
                "staging": _rows(connection, ticked),
                "channels": kept_of(connection, owner),
            }

    def drop(self, owner: str) -> Removed:
        """Remove conversations that nobody has: of a test. No tombstone stays."""
        with self._database.write() as connection:
            return _remove(connection, conversations.c.owner == owner)

    def erase(self, owner: str) -> Removed:
        """Remove everything of `owner`, and leave a tombstone. A second time it finds nothing."""
        mac = self._secret.mac(PURPOSE, owner)
        with self._database.write() as connection:
            _set_tombstone(connection, mac, now())
            found = _remove(connection, conversations.c.owner == owner)
            said = connection.execute(delete(feedback).where(feedback.c.rater == owner)).rowcount
            agreed = connection.execute(delete(consents).where(consents.c.owner == owner)).rowcount
            connection.execute(delete(staging_ticks).where(staging_ticks.c.owner == owner))
            forget_person(connection, owner)
            _forget_teammate(connection, owner)
            made = curated.forget(connection, curated_answers.c.owner == owner)
            panels.forget(connection, owner)
            curated.unname(connection, owner)
            found += _reviewed(reviews.forget(connection, owner))
        return found + Removed(feedback=said, consents=agreed, curated=made)

    def erase_where(self, names: Callable[[str], bool], before: str | None = None) -> Removed:
        """Remove whole conversations in which a title, message or remark `names` somebody, whoever's they are;
        with `before`, those alone that were begun by then. Of others, explanations that do."""
        with self._database.read() as connection:
            found = {id for id, text in _texts(connection, before) if names(text)}
        removed = Removed()
        for start in range(0, len(found), MANY):
            with self._database.write() as connection:
                some = sorted(found)[start : start + MANY]
                gone = _remove(connection, conversations.c.id.in_(some))
                removed += gone + Removed(curated=_forget_made_from(connection, gone.ids))
        self._unexplain(names, before)
        with self._database.write() as connection:
            removed += _reviewed(reviews.forget_where(connection, names, before))
        return removed

    def _unexplain(self, names: Callable[[str], bool], before: str | None) -> None:
        """Forget explanations that name somebody: what was weighed and not said may, where no message does."""
        query = select(messages.c.id, messages.c.explanation)
        query = query.join(conversations, conversations.c.id == messages.c.conversation_id)
        query = query.where(messages.c.explanation.is_not(None), _begun_by(before))
        with self._database.read() as connection:
            rows = connection.execute(query)
            found = [id for id, explanation in rows if names("\n".join(_strings(explanation)))]
        for start in range(0, len(found), MANY):
            which = messages.c.id.in_(found[start : start + MANY])
            with self._database.write() as connection:
                connection.execute(update(messages).where(which).values(explanation=None))

    def involved(
        self, owners: Collection[str] = (), names: Callable[[str], bool] | None = None
    ) -> list[str]:
        """The ids of all conversations, messages and turns that `erase` and `erase_where` would remove: to be
        noted before they are gone."""
        with self._database.read() as connection:
            which = conversations.c.owner.in_(owners)
            found = set(connection.scalars(select(conversations.c.id).where(which)))
            if names is not None:
                found |= {id for id, text in _texts(connection, None) if names(text)}
            ids = sorted(found)
            for start in range(0, len(ids), MANY):
                of_them = messages.c.conversation_id.in_(ids[start : start + MANY])
                query = select(messages.c.id, messages.c.turn_id).where(of_them)
                found |= {id for row in connection.execute(query) for id in row if id}
        return sorted(found)

    def sweep(self) -> Removed:
        """Remove what was erased before and is there again."""
        removed = Removed()
        with self._database.write() as connection:
            erased = {row.mac: row.at for row in connection.execute(select(tombstones))}
            if not erased:
                return removed
            owners: set[str] = set()
            for column in OWNERS:
                named = select(column).where(column.is_not(None)).distinct()
                owners |= set(connection.scalars(named))
            for owner in owners:
                at = erased.get(self._secret.mac(PURPOSE, owner))
                if at is not None:
                    old = conversations.c.created_at <= at
                    removed += _remove(connection, (conversations.c.owner == owner) & old)
                    agreed = delete(consents).where(consents.c.owner == owner, consents.c.at <= at)
                    removed += Removed(consents=connection.execute(agreed).rowcount)
                    said = delete(feedback).where(
                        feedback.c.rater == owner, feedback.c.created_at <= at
                    )
                    removed += Removed(feedback=connection.execute(said).rowcount)
                    made = (curated_answers.c.owner == owner) & (curated_answers.c.created_at <= at)
                    removed += Removed(curated=curated.forget(connection, made))
                    removed += _reviewed(reviews.forget(connection, owner, before=at))
                    panels.forget(connection, owner, at)
        return removed

    def prune(self, bot: str, before: str | None) -> Removed:
        """Remove conversations that their owners deleted, temporary ones that nobody goes on with, and those
        last touched before `before`. Of the last what was decided in a review stays: it is the bot's."""
        own = conversations.c.bot.in_((bot, NO_BOT))
        left = stamp(datetime.now(UTC) - LEFT)
        with self._database.write() as connection:
            removed = _remove(connection, own & conversations.c.deleted_at.is_not(None))
            over = (conversations.c.channel == TEMPORARY) & (conversations.c.updated_at < left)
            removed += _remove(connection, over)
            connection.execute(delete(shares).where(shares.c.expires_at <= now()))
            if before is not None:
                removed += _remove(
                    connection, own & (conversations.c.updated_at < before), old=True
                )
        return removed


def _forget_teammate(connection: Connection, who: str) -> None:
    """Somebody of the team: what they wrote to others is those people's, and stays; without a name."""
    wrote = update(messages).where(messages.c.writer == who)
    connection.execute(wrote.values(author="", writer=None))
    noted = update(handover_notes).where(handover_notes.c.author == who)
    connection.execute(noted.values(author="", name=""))
    connection.execute(
        update(handovers).where(handovers.c.taken_by == who).values(taken_by="", name="")
    )
    connection.execute(delete(inbox_seen).where(inbox_seen.c.who == who))
    connection.execute(delete(teammates).where(teammates.c.who == who))


def _set_tombstone(connection: Connection, mac: str, at: str) -> None:
    connection.execute(delete(tombstones).where(tombstones.c.mac == mac))
    connection.execute(tombstones.insert().values(mac=mac, at=at))


def _with_it(connection: Connection, conversation_id: str) -> dict[str, list[dict[str, Any]]]:
    """What was attached in a conversation, and the links to it, without what opens them."""
    texts = select(attachments).join(messages, messages.c.id == attachments.c.message_id)
    texts = texts.where(messages.c.conversation_id == conversation_id)
    links = select(*(column for column in shares.c if column.name != "digest"))
    links = links.where(shares.c.conversation_id == conversation_id)
    return {"attachments": _rows(connection, texts), "shares": _rows(connection, links)}


def _rows(connection: Connection, query: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _texts(connection: Connection, before: str | None) -> Iterator[tuple[str, str]]:
    """All that was said, with the conversation it was said in."""
    old = _begun_by(before)
    said = select(messages.c.conversation_id, messages.c.content)
    said = said.join(conversations, conversations.c.id == messages.c.conversation_id).where(old)
    yield from ((id, text) for id, text in connection.execute(said))
    titles = select(conversations.c.id, conversations.c.title).where(old)
    yield from ((id, text) for id, text in connection.execute(titles))
    named = select(shares.c.conversation_id, shares.c.title)
    named = named.join(conversations, conversations.c.id == shares.c.conversation_id).where(old)
    yield from ((id, text) for id, text in connection.execute(named))
    files = select(messages.c.conversation_id, attachments.c.name, attachments.c.content)
    files = files.join(messages, messages.c.id == attachments.c.message_id)
    files = files.join(conversations, conversations.c.id == messages.c.conversation_id).where(old)
    yield from ((id, f"{name}\n{text}") for id, name, text in connection.execute(files))
    remarks = select(messages.c.conversation_id, feedback.c.comment, feedback.c.correction)
    remarks = remarks.join(messages, messages.c.id == feedback.c.message_id)
    remarks = remarks.join(conversations, conversations.c.id == messages.c.conversation_id).where(
        old
    )
    for id, comment, correction in connection.execute(remarks):
        yield id, f"{comment}\n{correction}"
    notes = select(handover_notes.c.conversation_id, handover_notes.c.text)
    notes = notes.join(conversations, conversations.c.id == handover_notes.c.conversation_id)
    yield from ((id, text) for id, text in connection.execute(notes.where(old)))


def _begun_by(before: str | None) -> ColumnElement[bool]:
    return conversations.c.created_at <= before if before is not None else true()


def _strings(value: Any) -> Iterator[str]:
    """All texts in plain values, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for inner in value.values() for text in _strings(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in _strings(inner))


def _remove(connection: Connection, which: ColumnElement[bool], *, old: bool = False) -> Removed:
    """Conversations with all that hangs on them; the database's own rules delete messages and feedback. Where
    they are only `old`, reviews that were decided stay."""
    ids: Sequence[str] = connection.scalars(select(conversations.c.id).where(which)).all()
    if not ids:
        return Removed()
    of_them = messages.c.conversation_id.in_(select(conversations.c.id).where(which))
    rows = connection.execute(select(messages.c.id, messages.c.turn_id).where(of_them)).all()
    count = connection.execute(
        select(func.count())
        .select_from(feedback)
        .where(feedback.c.message_id.in_(select(messages.c.id).where(of_them)))
    ).scalar_one()
    if old:
        gone = reviews.drop_waiting(connection, ids)
    else:
        gone = reviews.forget(connection, message_ids=[row.id for row in rows])
    leaving = select(messages.c.id).where(of_them)
    connection.execute(delete(channel_outbox).where(channel_outbox.c.message_id.in_(leaving)))
    connection.execute(delete(conversations).where(which))
    named: Collection[str] = {name for row in rows for name in row if name}
    removed = Removed(len(ids), len(rows), count, ids=(*ids, *sorted(named)))
    return removed + _reviewed(gone)


def _reviewed(gone: ForgottenReviews) -> Removed:
    return Removed(reviews=len(gone.reviews), cases=gone.cases)


def _forget_made_from(connection: Connection, ids: Sequence[str]) -> int:
    """Delete curated answers that were made from one of these messages; how many."""
    parts = (ids[start : start + MANY] for start in range(0, len(ids), MANY))
    return sum(curated.forget(connection, curated_answers.c.origin.in_(part)) for part in parts)


def flush(database: Database) -> None:
    """Empty the write-ahead log, which may hold what was just deleted; in the store itself it is overwritten.

    On PostgreSQL both are the server's business (vacuum, its log and backups): docs/privacy.md.
    """
    if database.path is not None:
        with closing(sqlite3.connect(database.path, timeout=5, isolation_level=None)) as connection:
            _checkpoint(connection)


def scrub(database: Database) -> None:
    """Write the store's file anew without its free space: also what was deleted before deletion overwrote.

    Needs as much free space as the store has, and holds up writers.
    """
    if database.path is not None:
        with closing(
            sqlite3.connect(database.path, timeout=30, isolation_level=None)
        ) as connection:
            _checkpoint(connection)
            connection.execute("VACUUM")
            _checkpoint(connection)


def _checkpoint(connection: sqlite3.Connection) -> None:
    """A reader that is at it just now keeps the log from being emptied: try again a few times."""
    for _ in range(20):
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
            return
        time.sleep(0.05)
