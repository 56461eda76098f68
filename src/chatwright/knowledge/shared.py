"""One knowledge on several machines: published to the store in PostgreSQL, mirrored by every machine's index.

PostgreSQL carries documents, names, labels and versions; each machine ranks with its own file and memory, by
the same code, so that the order is the same everywhere and a search asks no other machine. What is deleted
goes from the tables and from every mirror. Why not tsvector: see DECISIONS.md. It decides nothing about the
documents: whoever syncs (`sync.py`) publishes.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, delete, select, text, update

from chatwright.core.errors import DataError
from chatwright.core.files import alone
from chatwright.knowledge.index import SHAPE, Index
from chatwright.knowledge.passages import Passage
from chatwright.knowledge.snapshots import Member, Snapshot, Snapshots
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.tables import (
    knowledge_documents,
    knowledge_members,
    knowledge_passages,
    knowledge_snapshots,
    knowledge_states,
)

AT_ONCE = 100  # documents of one transaction
ROWS = 5000  # of one statement
LEASE = 15.0  # seconds for which a watcher is believed
RENEWED = 5.0  # seconds after which it says that it is still there
TRIES = 3  # of a publication, while others publish


def shared_of(database: Database, spec: Spec) -> Shared | None:
    """For a store that several machines can have; None where it is a file of this one."""
    return Shared(database, spec.bot.name) if database.path is None else None


class Shared:
    """The knowledge of one bot in a store. Its methods raise what `Database` raises; they may be called from
    any thread."""

    def __init__(self, database: Database, bot: str) -> None:
        self._database, self._bot = database, bot
        self._name, self._renewed = secrets.token_hex(8), -LEASE

    def revision(self) -> int | None:
        """Grows with every publication; None before the first. One short query."""
        query = select(knowledge_states.c.revision).where(
            knowledge_states.c.bot == self._bot, knowledge_states.c.shape == SHAPE
        )
        with self._database.read() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else int(found)

    @contextmanager
    def keeping(self, index: Index) -> Iterator[None]:
        """For a change of the index: it begins with what is shared, and is shared when it is done."""
        self.follow(index)
        try:
            yield
        finally:
            self.publish(index)

    # --- from the store into the index

    def follow(self, index: Index) -> bool:
        """Make the index what is shared, reading only what it lacks; whether anything was done.

        Changes of its own that could not be shared before are shared first.
        """
        now = self.revision()
        if now is None or not self.differs(index, now):
            return False
        if index.meta("shared") is not None and index.meta("unshared"):
            self.publish(index)
            return True
        with alone(index.path.parent):
            if not self.differs(index, now):  # another process did it
                return False
            with self._database.read() as connection:
                state = self._state(connection)
                wanted = self._snapshots(connection)
                missing = self._missing(connection, index, wanted)
            known = index.documents()
            needed = {one.document for members in missing.values() for one in members} - known
            self._fetch(index, sorted(needed))
            _mirror(index, wanted, missing, state)
        index.clean()
        return True

    @staticmethod
    def differs(index: Index, revision: int) -> bool:
        """Whether the index is not what is shared: it is older, or has changes of its own."""
        shared = index.meta("shared")
        return shared != str(revision) or index.meta("unshared") is not None

    def _missing(
        self, connection: Connection, index: Index, wanted: Sequence[Snapshot]
    ) -> dict[str, list[Member]]:
        """What the snapshots have of which the index has another number of documents, or none."""
        here = {one.id: one.documents - one.lacking for one in Snapshots(index).all()}
        return {
            one.id: self._members(connection, one.id)
            for one in wanted
            if here.get(one.id) != one.documents - one.lacking
        }

    def _fetch(self, index: Index, wanted: Sequence[str]) -> None:
        d, p = knowledge_documents, knowledge_passages
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            with self._database.read() as connection:
                about = connection.execute(
                    select(d.c.id, d.c.title, d.c.characters).where(
                        d.c.bot == self._bot, d.c.id.in_(part)
                    )
                ).all()
                pieces: dict[str, list[Passage]] = {}
                rows = select(p).where(p.c.bot == self._bot, p.c.document.in_(part))
                for row in connection.execute(rows.order_by(p.c.document, p.c.place)):
                    pieces.setdefault(row.document, []).append(
                        Passage(row.text, row.begins, row.ends, tuple(row.headings), row.page)
                    )
            with index.write():
                for identity, title, characters in about:
                    index.keep(identity, title, characters, pieces.get(identity, []))

    # --- from the index into the store

    def publish(self, index: Index) -> None:
        """Make what is shared what the index has. All of it is seen at once, or nothing."""
        for _ in range(TRIES):
            with index.read():
                snapshots, held = Snapshots(index).all()[::-1], index.meta("held")
                members = {one.id: Snapshots(index).members(one.id) for one in snapshots}
            needed = {one.document for each in members.values() for one in each}
            self._add(index, sorted(needed - self._held(needed)))
            revision = self._replace(snapshots, members, held, needed)
            if revision is not None:
                index.note("shared", str(revision))
                index.note("unshared", None)
                return
        raise DataError(
            "The knowledge could not be shared: others publish theirs.", "Sync on one machine."
        )

    def _held(self, wanted: Collection[str], connection: Connection | None = None) -> set[str]:
        query = select(knowledge_documents.c.id).where(knowledge_documents.c.bot == self._bot)
        if connection is not None:
            return {row.id for row in connection.execute(query)} & set(wanted)
        with self._database.read() as reading:
            return self._held(wanted, reading)

    def _add(self, index: Index, documents: Sequence[str]) -> None:
        """Insert documents that nobody sees yet: no snapshot there has them."""
        for start in range(0, len(documents), AT_ONCE):
            about, pieces = [], []
            for identity in documents[start : start + AT_ONCE]:
                title, characters, passages = index.whole(identity)
                own = {"bot": self._bot, "id": identity, "title": title}
                about.append(own | {"characters": characters})
                pieces += [_row(self._bot, identity, n, one) for n, one in enumerate(passages)]
            with self._database.write(shared=True) as connection:
                self._ordered(connection)
                there = self._held({str(one["id"]) for one in about}, connection)
                _insert(connection, knowledge_documents, [o for o in about if o["id"] not in there])
                _insert(
                    connection,
                    knowledge_passages,
                    [one for one in pieces if one["document"] not in there],
                )

    def _replace(
        self,
        snapshots: Sequence[Snapshot],
        members: Mapping[str, Sequence[Member]],
        held: str | None,
        needed: Collection[str],
    ) -> int | None:
        """The new revision; None where somebody removed a document in between that is needed."""
        with self._database.write(shared=True) as connection:
            revision = self._ordered(connection) + 1
            if self._held(needed, connection) != set(needed):
                return None
            before = {one.id: one for one in self._snapshots(connection)}
            state, now = self._state(connection), [one.id for one in snapshots]
            current = next((one.id for one in snapshots if one.current), None)
            if (
                list(before) == now
                and all(_same(one, members) for one in before.values())
                and (state["shape"], state["current"], state["held"]) == (SHAPE, current, held)
            ):
                return revision - 1
            self._put(connection, before, snapshots, members)
            self._drop_unused(connection)
            connection.execute(
                update(knowledge_states)
                .where(knowledge_states.c.bot == self._bot)
                .values(revision=revision, shape=SHAPE, current=current, held=held)
            )
        return revision

    def _put(
        self,
        connection: Connection,
        before: Mapping[str, Snapshot],
        snapshots: Sequence[Snapshot],
        members: Mapping[str, Sequence[Member]],
    ) -> None:
        """Replace the list of snapshots, and what those have that differ."""
        s, m = knowledge_snapshots, knowledge_members
        connection.execute(delete(s).where(s.c.bot == self._bot))
        for place, one in enumerate(snapshots):
            about = {"id": one.id, "place": place, "made": one.made, "documents": one.documents}
            _insert(connection, s, [{"bot": self._bot} | about])
        old = [one.id for one in before.values() if not _same(one, members)]
        connection.execute(delete(m).where(m.c.bot == self._bot, m.c.snapshot.in_(old)))
        for identity, each in members.items():
            if identity not in before or identity in old:
                own = {"bot": self._bot, "snapshot": identity}
                rows = [
                    own | {"name": o.name, "label": o.label, "document": o.document} for o in each
                ]
                _insert(connection, m, rows)

    def _drop_unused(self, connection: Connection) -> None:
        used = select(knowledge_members.c.document).where(knowledge_members.c.bot == self._bot)
        for table, key in (
            (knowledge_passages, knowledge_passages.c.document),
            (knowledge_documents, knowledge_documents.c.id),
        ):
            connection.execute(delete(table).where(table.c.bot == self._bot, key.not_in(used)))

    def _ordered(self, connection: Connection) -> int:
        """Whoever changes something here is alone from now on; the revision that is shared."""
        connection.execute(
            text(
                "INSERT INTO knowledge_states (bot, revision, shape, until)"
                " VALUES (:bot, 0, '', 0) ON CONFLICT (bot) DO NOTHING"
            ),
            {"bot": self._bot},
        )
        query = select(knowledge_states.c.revision).where(knowledge_states.c.bot == self._bot)
        return int(connection.execute(query.with_for_update()).scalar_one())

    # --- reading

    def _state(self, connection: Connection) -> Mapping[str, Any]:
        query = select(knowledge_states).where(knowledge_states.c.bot == self._bot)
        return dict(connection.execute(query).mappings().one())

    def _snapshots(self, connection: Connection) -> list[Snapshot]:
        """The oldest first; which one is current is for the state to say."""
        s = knowledge_snapshots
        counts = self._counts(connection)
        rows = connection.execute(select(s).where(s.c.bot == self._bot).order_by(s.c.place))
        return [
            Snapshot(row.id, row.made, row.documents, False, row.documents - counts.get(row.id, 0))
            for row in rows
        ]

    def _counts(self, connection: Connection) -> dict[str, int]:
        rows = connection.execute(
            text(
                "SELECT snapshot, count(*) FROM knowledge_members WHERE bot = :bot GROUP BY snapshot"
            ),
            {"bot": self._bot},
        )
        return {row[0]: int(row[1]) for row in rows}

    def _members(self, connection: Connection, snapshot: str) -> list[Member]:
        m = knowledge_members
        query = select(m.c.name, m.c.document, m.c.label).where(
            m.c.bot == self._bot, m.c.snapshot == snapshot
        )
        return [Member(*row) for row in connection.execute(query)]

    # --- who watches

    def lead(self) -> bool:
        """Whether this process is the one whose folder counts; cheap to ask often."""
        if time.monotonic() - self._renewed < RENEWED:
            return True
        begun = time.monotonic()
        with self._database.write(shared=True) as connection:
            self._ordered(connection)
            taken = connection.execute(
                text(
                    "UPDATE knowledge_states SET watcher = :me,"
                    " until = extract(epoch FROM clock_timestamp()) + :lease WHERE bot = :bot AND"
                    " (watcher IS NULL OR watcher = :me"
                    " OR until < extract(epoch FROM clock_timestamp()))"
                ),
                {"me": self._name, "bot": self._bot, "lease": LEASE},
            ).rowcount
        self._renewed = begun if taken else -LEASE
        return taken > 0

    def leave(self) -> None:
        """Let another process lead at once."""
        self._renewed = -LEASE
        mine = (knowledge_states.c.bot == self._bot, knowledge_states.c.watcher == self._name)
        with self._database.write(shared=True) as connection:
            connection.execute(update(knowledge_states).where(*mine).values(watcher=None))


def _mirror(
    index: Index,
    wanted: Sequence[Snapshot],
    missing: Mapping[str, Sequence[Member]],
    state: Mapping[str, Any],
) -> None:
    """Make the snapshots of the index those that are wanted, in one transaction."""
    snapshots = Snapshots(index)
    with index.write() as connection:
        ids = [one.id for one in wanted]
        gone = [(one.id,) for one in snapshots.all() if one.id not in ids]
        connection.executemany("DELETE FROM snapshots WHERE id = ?", gone)
        for one in wanted:
            if one.id in missing:
                snapshots.put(one.id, one.made, one.documents, missing[one.id])
        connection.execute("UPDATE snapshots SET number = -number")
        connection.executemany(
            "UPDATE snapshots SET number = ? WHERE id = ?", [(n, i) for n, i in enumerate(ids, 1)]
        )
        for name, value in (
            ("current", state["current"]),
            ("held", state["held"]),
            ("shared", str(state["revision"])),
            ("unshared", None),
        ):
            index.note(name, value)
        index.note("unclean", "1")
        index.drop_unused()
        connection.execute(
            "DELETE FROM sources WHERE document IS NOT NULL"
            " AND document NOT IN (SELECT id FROM documents)"
        )


def _same(one: Snapshot, members: Mapping[str, Sequence[Member]]) -> bool:
    """Whether a snapshot that is shared has what the index's has: the same id and number say so."""
    return one.id in members and len(members[one.id]) == one.documents - one.lacking


def _row(bot: str, document: str, place: int, one: Passage) -> dict[str, Any]:
    return {
        "bot": bot,
        "document": document,
        "place": place,
        "begins": one.start,
        "ends": one.end,
        "page": one.page,
        "headings": list(one.headings),
        "text": one.text,
    }


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(rows), ROWS):
        connection.execute(table.insert(), [dict(row) for row in rows[start : start + ROWS]])
