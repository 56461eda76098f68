"""Versions of the knowledge, apart from the weights: which documents, under which names, for whom.

A snapshot's id is the hash of its members, so the same documents are the same snapshot. One is current;
older ones are kept so that one can go back, and those that a deployment needs for as long as it does.
A document that was deleted is gone from all of them: going back brings the others back, not it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from chatwright.core.errors import NotFound
from chatwright.core.files import sha256_json
from chatwright.knowledge.index import Index


@dataclass(frozen=True, slots=True)
class Member:
    """A document in a snapshot. `label` says who may see it; "" is everybody."""

    name: str
    document: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`lacking` documents have been deleted since it was made."""

    id: str
    made: str
    documents: int
    current: bool
    lacking: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Names, from one snapshot to another. `changed`: another content, or for other eyes."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


class Snapshots:
    """The versions in an index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def current_id(self) -> str | None:
        """Cheap enough to be asked before every search."""
        return self._index.meta("current")

    def all(self) -> list[Snapshot]:
        """Newest first."""
        with self._index.read() as connection:
            rows = connection.execute(
                "SELECT id, made, documents, (SELECT count(*) FROM members WHERE snapshot = id)"
                " FROM snapshots ORDER BY number DESC"
            ).fetchall()
        now = self.current_id()
        return [Snapshot(row[0], row[1], row[2], row[0] == now, row[2] - row[3]) for row in rows]

    def find(self, prefix: str) -> Snapshot:
        """The one whose id begins so; raises `NotFound`."""
        known = self.all()
        found = [one for one in known if prefix and one.id.startswith(prefix)]
        if len(found) != 1:
            what = "There is no snapshot" if not found else "More than one snapshot begins with"
            listed = ", ".join(one.id for one in known[:10]) or "none yet"
            raise NotFound(f"{what} {prefix!r}.", f"Snapshots: {listed}.")
        return found[0]

    def members(self, snapshot: str) -> list[Member]:
        """By name."""
        with self._index.read() as connection:
            rows = connection.execute(
                "SELECT name, id, label FROM members JOIN documents ON number = document"
                " WHERE snapshot = ? ORDER BY name",
                (snapshot,),
            )
            return [Member(*row) for row in rows]

    def record(self, members: Iterable[Member]) -> str:
        """Make these the current snapshot; its id."""
        wanted = sorted(members, key=lambda one: one.name)
        identity = sha256_json([[one.name, one.document, one.label] for one in wanted])[:12]
        made = datetime.now(UTC).isoformat(timespec="seconds")
        with self._index.write() as connection:
            self.put(identity, made, len(wanted), wanted)
            connection.execute(
                "UPDATE snapshots SET number = (SELECT max(number) + 1 FROM snapshots) WHERE id = ?",
                (identity,),
            )
            self._index.note("current", identity)
            self._index.note("unshared", "1")  # for `shared.py`
        return identity

    def put(self, identity: str, made: str, documents: int, members: Sequence[Member]) -> None:
        """Keep a snapshot, of which `members` are left; it does not become the current one."""
        with self._index.write() as connection:
            known = connection.execute("SELECT 1 FROM snapshots WHERE id = ?", (identity,))
            if known.fetchone() is None:
                connection.execute(
                    "INSERT INTO snapshots (id, made, documents) VALUES (?, ?, ?)",
                    (identity, made, documents),
                )
                connection.execute(
                    "INSERT INTO members SELECT ?, name, label, document FROM members"
                    " WHERE snapshot = ?",
                    (identity, self.current_id()),
                )
            self._differ(connection, identity, members)
            connection.execute("UPDATE snapshots SET made = ? WHERE id = ?", (made, identity))

    def _differ(
        self, connection: sqlite3.Connection, identity: str, wanted: Sequence[Member]
    ) -> None:
        """Make what a snapshot has what is wanted. Of most that is a copy of another one, which is ten times
        as fast to make as one by one."""
        old = {one.name: one for one in self.members(identity)}
        new = {one.name: one for one in wanted}
        connection.executemany(
            "DELETE FROM members WHERE snapshot = ? AND name = ?",
            [(identity, name) for name in old if old[name] != new.get(name)],
        )
        connection.executemany(
            "INSERT INTO members SELECT ?, ?, ?, number FROM documents WHERE id = ?",
            [
                (identity, one.name, one.label, one.document)
                for one in wanted
                if old.get(one.name) != one
            ],
        )

    def difference(self, before: str, after: str) -> Difference:
        old = {one.name: one for one in self.members(before)}
        new = {one.name: one for one in self.members(after)}
        return Difference(
            tuple(name for name in new if name not in old),
            tuple(name for name in old if name not in new),
            tuple(name for name in new if name in old and new[name] != old[name]),
        )

    def rollback(self, to: str = "") -> str:
        """Make an earlier snapshot current: the one named, else the one made before the current one."""
        known = self.all()
        if to:
            target = self.find(to)
        else:
            now = next((at for at, one in enumerate(known) if one.current), len(known))
            if now + 1 >= len(known):
                raise NotFound(
                    "There is no earlier snapshot.", "`chatwright knowledge list` shows all."
                )
            target = known[now + 1]
        with self._index.write():
            identity = self.record(self.members(target.id)) if target.lacking else target.id
            self._index.note("current", identity)
            self._index.note("unshared", "1")
            self._index.note("held", identity)  # a server does not go forward again by itself
        return identity

    def forget(self, names: Collection[str]) -> None:
        """Take documents of these names out of every snapshot, whatever their content was."""
        with self._index.write() as connection:
            connection.executemany("DELETE FROM members WHERE name = ?", [(one,) for one in names])
            connection.executemany("DELETE FROM sources WHERE name = ?", [(one,) for one in names])
            self._index.note("unclean", "1")
            self._index.note("unshared", "1")
            connection.execute(  # the same content may go on under another name, current or not
                "DELETE FROM snapshots WHERE documents > 0 AND id NOT IN (SELECT snapshot FROM members)"
            )

    def prune(self, keep: int, needed: Collection[str] = ()) -> int:
        """Remove all but the newest `keep`, the current one and those that are `needed`; how many."""
        stay = {one.id for one in self.all()[:keep]} | {self.current_id(), *needed}
        gone = [one.id for one in self.all() if one.id not in stay]
        with self._index.write() as connection:
            connection.executemany("DELETE FROM snapshots WHERE id = ?", [(one,) for one in gone])
            if gone:
                self._index.note("unshared", "1")
        return len(gone)
