"""The documents of a snapshot as a list: title, size, passages, where from and since when, what is wrong.

It reads the index and asks the file system for times; it opens no document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from chatwright.core.errors import NotFound
from chatwright.data.documents import owners_listing
from chatwright.knowledge.addresses import added
from chatwright.knowledge.index import INSIDE, OF_SNAPSHOT, Index
from chatwright.knowledge.snapshots import Member, Snapshots
from chatwright.knowledge.sync import problems_of, sources_of
from chatwright.spec import Spec
from chatwright.store.stamps import stamp

Kind = Literal["file", "page", "listed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document. `kind`: a file of the folder, a page that the owner named, or one that a list named.
    `at`: when it was changed or fetched, empty where nobody knows. `size` is in bytes, of files.
    `document` is empty for what could never be read."""

    name: str
    title: str
    document: str
    label: str
    kind: Kind
    size: int
    at: str
    passages: int
    characters: int
    problem: str
    twin: str


@dataclass(frozen=True, slots=True)
class Address:
    """A page, sitemap or feed that the owner named. `fixed`: it stands in bot.toml. `pages`: documents
    that came of it, as far as its host tells."""

    url: str
    fixed: bool
    pages: int
    problem: str


def catalogue(spec: Spec, index: Index, snapshot: str | None) -> list[Entry]:
    """By name. With the current snapshot also what could not be read, and why."""
    snapshots = Snapshots(index)
    members = snapshots.members(snapshot) if snapshot else []
    problems = problems_of(index) if snapshot == snapshots.current_id() else {}
    counts, titles = _counted(index, snapshot)
    sources, listing = sources_of(index), owners_listing(spec)
    named = {*spec.knowledge.urls, *added(spec)}
    firsts: dict[str, str] = {}
    for one in members:
        firsts.setdefault(one.document, one.name)
    found = []
    known = {one.name for one in members}
    for one in [*members, *(Member(n, "") for n in problems if n not in known and n not in named)]:
        about, source = listing.get(one.name), sources.get(one.name)
        at = about.st_mtime if about else 0.0
        if "://" in one.name and source is not None and source.changed > 0:
            at = source.changed / 1e9
        title, characters = titles.get(one.document, ("", 0))
        first = firsts.get(one.document, one.name)
        found.append(
            Entry(
                one.name,
                title or one.name.rpartition("/")[2].rpartition(".")[0] or one.name,
                one.document,
                one.label,
                kind_of(one.name, named),
                about.st_size if about else 0,
                stamp(datetime.fromtimestamp(at, UTC)) if at else "",
                counts.get(one.document, 0),
                characters,
                problems.get(one.name, ""),
                first if first != one.name else "",
            )
        )
    return sorted(found, key=lambda one: one.name)


def entry(spec: Spec, index: Index, snapshot: str | None, name: str) -> Entry:
    """Of one document. Raises `NotFound`."""
    found = next((one for one in catalogue(spec, index, snapshot) if one.name == name), None)
    if found is None:
        raise NotFound("There is no document of that name.", "Load the list again.")
    return found


def kind_of(name: str, named: set[str]) -> Kind:
    if "://" not in name:
        return "file"
    return "page" if name in named else "listed"


def addresses(spec: Spec, index: Index) -> list[Address]:
    """In the order in which they are read."""
    problems, sources = problems_of(index), sources_of(index)
    own = added(spec)
    named = dict.fromkeys((*spec.knowledge.urls, *own))
    pages = [name for name, one in sources.items() if "://" in name and one.document]
    found = []
    for url in named:
        host = url.partition("://")[2].partition("/")[0]
        listed = [
            one
            for one in pages
            if one not in named and one.partition("://")[2].partition("/")[0] == host
        ]
        count = 1 if url in pages else len(listed)
        found.append(Address(url, url in spec.knowledge.urls, count, problems.get(url, "")))
    return found


def _counted(
    index: Index, snapshot: str | None
) -> tuple[dict[str, int], dict[str, tuple[str, int]]]:
    """Passages by document; and titles with characters."""
    if snapshot is None:
        return {}, {}
    with index.read() as connection:
        rows = connection.execute(
            f"SELECT d.id, count(p.id) FROM ({OF_SNAPSHOT}) d JOIN passages p ON {INSIDE}"
            " GROUP BY d.id",
            (snapshot,),
        )
        counts = {row[0]: int(row[1]) for row in rows}
        rows = connection.execute(
            "SELECT id, title, characters FROM documents WHERE number IN"
            " (SELECT document FROM members WHERE snapshot = ?)",
            (snapshot,),
        )
        return counts, {row[0]: (row[1], int(row[2])) for row in rows}
