"""Brings the index up to date: the folder knowledge/ and the addresses that the owner named.

Only what changed is read: a file whose size or time changed is hashed, one whose hash changed is read, and
a page is asked for with the tag that it had. What is gone from the folder (or the list) is forgotten, in
older snapshots too; what can only not be read or fetched now is said, and the last good version stays.
Lines that name an erased person are left out of what is read; the owner's file keeps them.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from chatwright.core.errors import DataError
from chatwright.core.files import alone, sha256_file
from chatwright.core.progress import Progress, Silent
from chatwright.core.types import Embedder
from chatwright.data import erasure
from chatwright.data.documents import Text, in_order, owners_listing, whole
from chatwright.knowledge.addresses import every
from chatwright.knowledge.egress import PORTS, Egress, Page
from chatwright.knowledge.feeds import listed
from chatwright.knowledge.index import SHAPE, Index
from chatwright.knowledge.robots import Robots
from chatwright.knowledge.shared import Shared
from chatwright.knowledge.snapshots import Member, Snapshots
from chatwright.spec import Spec

SETTLED = (
    2_000_000_000  # ns: a file that changed so shortly before it was read may have changed since
)
AT_ONCE = 200  # documents of one transaction
LOST = 0.5  # of at least FEW documents gone at once: rather a folder that is not mounted
FEW = 10


@dataclass(frozen=True, slots=True)
class Source:
    """What was read under a name: enough to see whether it must be read again."""

    name: str
    size: int = -1
    changed: int = -1
    digest: str = ""
    document: str | None = None
    tag: str = ""


@dataclass(slots=True)
class Synced:
    """What a sync did, by names. `problems` are names with reasons; those are as they were before."""

    snapshot: str = ""
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    passages: int = 0  # new ones
    embedded: int = 0
    duplicates: list[tuple[str, str]] = field(
        default_factory=list
    )  # a name, and the first of its content
    problems: dict[str, str] = field(default_factory=dict)


def index_file(spec: Spec) -> Path:
    """Where the bot's index lies, whether or not there is one yet."""
    return spec.made / "index" / "knowledge.db"


def index_of(spec: Spec) -> Index:
    """The bot's index; made where there is none."""
    return Index(index_file(spec))


def sync(
    spec: Spec,
    index: Index,
    *,
    egress: Egress | None = None,
    embedder: Embedder | None = None,
    needed: Collection[str] = (),
    fewer: bool = False,
    progress: Progress | None = None,
    web: bool | Collection[str] = True,
    unfinished: Collection[str] = (),
    dropped: Collection[str] = (),
) -> Synced:
    """Make the current snapshot what the owner has now. One at a time, also between processes.

    `needed` snapshots are kept (a deployment may be on them). `web` says which addresses are fetched: all,
    none or some; the pages of others stay as they were fetched last, but for those that are `dropped`. Files
    that are `unfinished`, as somebody writes them now, stay as they were read last. Raises `DataError` where
    more than half of the documents are gone at once, unless `fewer`.
    """
    with alone(index.path.parent):
        work = _Sync(spec, index, egress or egress_of(spec), progress or Silent())
        work.read(web, frozenset(unfinished), frozenset(dropped))
        return work.run(embedder, needed, fewer)


def egress_of(spec: Spec) -> Egress:
    """The rules of the bot: ports beside 80 and 443 are those that stand in `[knowledge] urls`."""
    places = [urlsplit(url) for url in spec.knowledge.urls]
    named = {(p.hostname or "", p.port) for p in places if p.port is not None}
    return Egress(
        ports=frozenset((host, port) for host, port in named if port not in PORTS.values())
    )


class _Sync:
    def __init__(self, spec: Spec, index: Index, egress: Egress, progress: Progress) -> None:
        self._spec, self._index, self._egress, self._progress = spec, index, egress, progress
        self._robots = Robots(egress)
        self._urls = every(spec)
        self._snapshots = Snapshots(index)
        self._known = sources_of(index)
        self._held: set[str | None] = {*index.documents()}
        self._now: dict[str, Source] = {}
        self._done = Synced()
        self._erased = erasure.load(spec.made)
        self._mark = f":{erasure.fingerprint(spec.made)[:16]}" if self._erased else ""

    def run(self, embedder: Embedder | None, needed: Collection[str], fewer: bool) -> Synced:
        done = self._done
        before = self._snapshots.current_id()
        members = [
            Member(one.name, one.document, label_of(self._spec, one.name))
            for one in self._now.values()
            if one.document is not None
        ]
        held = {one.name: one for one in (self._snapshots.members(before) if before else [])}
        gone = sorted(held.keys() - {one.name for one in members} - done.problems.keys())
        if not fewer and len(held) >= FEW and len(gone) > LOST * len(held):
            raise DataError(
                f"{len(gone):,} of {len(held):,} documents are gone, such as {gone[0]}.",
                "Nothing was changed. If that is meant, run `chatwright knowledge sync --fewer`.",
            )
        new = {one.name: one for one in members}
        done.added = sorted(new.keys() - held.keys())
        done.changed = sorted(name for name in new if name in held and new[name] != held[name])
        done.unchanged = len(new) - len(done.added) - len(done.changed)
        done.removed = gone
        done.duplicates = _doubles(members)
        same = before if held and not (done.added or done.changed or gone) else None
        done.snapshot = self._record(same, members, gone, needed)
        if embedder is not None:
            waiting = self._index.without_vector(embedder.id, done.snapshot)
            self._progress.start("Vectors", len(waiting))
            for count in self._index.embed(embedder, waiting):
                self._progress.advance(count)
            done.embedded = len(waiting)
        self._progress.stop()
        return done

    def _record(
        self, same: str | None, members: list[Member], gone: list[str], needed: Collection[str]
    ) -> str:
        with self._index.write() as connection:
            stale = sorted(set(gone) | (self._known.keys() - self._now.keys()))
            if stale:
                self._snapshots.forget(stale)
            connection.executemany(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (one.name, one.size, one.changed, one.digest, one.document, one.tag)
                    for one in self._now.values()
                    if self._known.get(one.name) != one
                ],
            )
            if self._index.meta("held"):
                self._index.note("held", None)
                self._index.note("unshared", "1")
            note_problems(self._index, self._done.problems)
            snapshot = same or self._snapshots.record(members)
            if same is None:
                self._snapshots.prune(self._spec.knowledge.keep, needed)
                self._index.drop_unused()
        self._index.clean()
        return snapshot

    def read(
        self, web: bool | Collection[str], unfinished: Collection[str], dropped: Collection[str]
    ) -> None:
        """Read what changed, of files and, where `web` says so, of the addresses."""
        self._progress.start("Reading documents")
        folder = self._spec.path("knowledge")
        found = owners_listing(self._spec)
        listing = [(name, found[name]) for name in sorted(found, key=in_order)]
        for start in range(0, len(listing), AT_ONCE):
            with self._index.write():
                for name, about in listing[start : start + AT_ONCE]:
                    self._file(folder, name, about, name in unfinished)
            self._progress.advance(start + AT_ONCE, f"{self._done.passages:,} passages")
        wanted = self._urls if web is True else tuple(web or ())
        for url in wanted:
            for place in self._expanded(url):
                self._page(place)
                self._progress.advance(len(self._now), place)
        if web is not True:
            left = self._known.keys() - self._now.keys() - set(dropped)
            self._now |= {name: self._known[name] for name in left if "://" in name}
            told = problems_of(self._index)
            for name in left & told.keys():
                if "://" in name:
                    self._done.problems.setdefault(name, told[name])

    # --- files

    def _file(
        self, folder: Path, written: str, about: os.stat_result, unfinished: bool = False
    ) -> None:
        name = written.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        if name in self._now:  # two names that differ in bytes that are no text
            self._done.problems[name] = "another file has this name, as far as it can be written"
            return
        known = self._known.get(name, Source(name))
        size, changed = about.st_size, about.st_mtime_ns
        read = known.digest.endswith(self._mark) and self._whole(known)
        if (size, changed) == (known.size, known.changed) and read:
            self._now[name] = known
            return
        if unfinished:
            if name in self._known:
                self._now[name] = known
            return
        path = folder / written
        try:
            settled = time.time_ns() - changed > SETTLED
            digest = f"{SHAPE}{path.suffix.lower()}:{sha256_file(path)}{self._mark}"
            changed = changed if settled else -1
            if digest == known.digest and self._whole(known):
                self._now[name] = Source(name, size, changed, digest, known.document)
                return
            document, passages = self._index.put(without(self._erased, whole(path)))
        except (DataError, OSError) as error:
            self._problem(known, str(error))
            return
        self._done.passages += passages
        self._now[name] = Source(name, size, changed, digest, document)

    def _whole(self, known: Source) -> bool:
        return known.document in self._held

    def _problem(self, known: Source, why: str) -> None:
        """Said, and what was known before stays; it is tried again with the next sync."""
        self._done.problems[known.name] = why
        if self._whole(known):
            self._now[known.name] = known
        elif known.name in self._known:
            self._now[known.name] = Source(known.name)

    # --- addresses

    def _expanded(self, url: str) -> Iterator[str]:
        """A page itself, or the pages of a sitemap or feed, of the hosts that the owner named."""
        known = self._known.get(url, Source(url))
        if known.document is not None:  # it was a page, and is asked for as one
            yield url
            return
        try:
            found = self._lists(url, 1)
        except (DataError, OSError) as error:
            self._problem(known, str(error))
            self._keep_pages_of(url)
            return
        if found is None:
            yield url
            return
        own = self._own(found)
        try:
            inside = [one for one in own if self._robots.allow(one)]
        except (DataError, OSError) as error:
            self._problem(known, f"its robots.txt: {error}")
            self._keep_pages_of(url)
            return
        most = self._spec.knowledge.pages
        left_out = {
            "of other hosts": len(found) - len(own),
            "refused by robots.txt": len(own) - len(inside),
            "more than [knowledge] pages": len(inside) - most,
        }
        if said := [f"{count:,} {why}" for why, count in left_out.items() if count > 0]:
            self._done.problems[url] = (
                f"left out of its {len(found):,} addresses: {', '.join(said)}"
            )
        self._now[url] = Source(url)
        yield from inside[:most]

    def _lists(self, url: str, depth: int) -> list[str] | None:
        if not url.partition("?")[0].lower().endswith(LISTS) and not _feed(url):
            return None
        page = self._egress.fetch(url)
        if page is None or page.suffix != ".xml":
            return None
        found = listed(page.body, url)
        if found is None or found[0] != "sitemapindex" or not depth:
            return found and found[1]
        parts = self._own(found[1])[: self._spec.knowledge.pages]
        return [one for part in parts for one in self._lists(part, depth - 1) or []]

    def _own(self, urls: list[str]) -> list[str]:
        """Those of hosts that the owner named."""
        hosts = {urlsplit(one).hostname for one in self._urls}
        return [one for one in urls if _host(one) in hosts]

    def _keep_pages_of(self, url: str) -> None:
        """A list that cannot be fetched now says nothing about its pages: they stay."""
        for one in self._known.values():
            if "://" in one.name and _host(one.name) == _host(url):
                self._now.setdefault(one.name, one)

    def _page(self, url: str) -> None:
        if url in self._now:
            return
        known = self._known.get(url, Source(url))
        try:
            same = (
                self._whole(known) and known.digest == self._mark
            )  # read with those who are erased now
            page = self._egress.fetch(url, known.tag if same else "")
            if page is None:
                self._now[url] = known
                return
            if page.suffix == ".xml":
                raise DataError(f"{url} is XML, and neither a page nor a list.", "Leave it out.")
            with _file_of(page) as path:
                document, passages = self._index.put(without(self._erased, whole(path)))
        except (DataError, OSError) as error:
            self._problem(known, str(error))
            return
        self._done.passages += passages
        self._now[url] = Source(url, -1, time.time_ns(), self._mark, document, page.tag)


def without(erased: erasure.Tombstones | None, text: Text) -> Text:
    """`text` without the lines that name who was erased, its places as they are."""
    if erased is None:
        return text
    title = "" if erased.name(text.title) else text.title
    return replace(text, title=title, text=erased.blanked(text.text))


def label_of(spec: Spec, name: str) -> str:
    """Of the longest beginning in `[knowledge] access` that fits; "" is for everybody."""
    fits = [one for one in spec.knowledge.access if name.startswith(one)]
    return spec.knowledge.access[max(fits, key=len)] if fits else ""


LISTS = (".xml", ".xml.gz", ".rss", ".atom")


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _feed(url: str) -> bool:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2] in ("feed", "rss", "atom")


@contextmanager
def _file_of(page: Page) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="chatwright-page-") as folder:
        path = Path(folder) / f"page{page.suffix}"
        path.write_bytes(page.body)
        yield path


def sources_of(index: Index) -> dict[str, Source]:
    """What was read under every name, as of the last sync."""
    with index.read() as connection:
        rows = connection.execute("SELECT name, size, changed, digest, document, tag FROM sources")
        return {row[0]: Source(*row) for row in rows}


def note_problems(index: Index, problems: Mapping[str, str]) -> None:
    """Keep what the last sync could not read, for whoever looks at the documents."""
    written = json.dumps(problems)
    if written != (index.meta("problems") or "{}"):
        index.note("problems", written)


def problems_of(index: Index) -> dict[str, str]:
    """Names with reasons, of the last sync."""
    found: dict[str, str] = json.loads(index.meta("problems") or "{}")
    return found


def _doubles(members: Iterable[Member]) -> list[tuple[str, str]]:
    first: dict[str, str] = {}
    ordered = sorted(members, key=lambda one: one.name)
    return [
        (one.name, first[one.document])
        for one in ordered
        if first.setdefault(one.document, one.name) != one.name
    ]


def forget_earlier(index: Index, needed: Collection[str] = ()) -> int:
    """Remove all snapshots but the current one, and what only they hold; how many there were."""
    with alone(index.path.parent):
        gone = Snapshots(index).prune(0, needed)
        index.drop_unused()
        index.clean()
    return gone


def scheduled(
    spec: Spec,
    needed: Collection[str] = (),
    *,
    embedder: Embedder | None = None,
    shared: Shared | None = None,
    web: bool = True,
    unfinished: Collection[str] = (),
) -> Synced | None:
    """A sync by the clock; None while somebody went back to an earlier snapshot, and not forward again."""
    index = index_of(spec)
    try:
        with nullcontext() if shared is None else shared.keeping(index):
            if index.meta("held"):
                return None
            return sync(
                spec, index, needed=needed, embedder=embedder, web=web, unfinished=unfinished
            )
    finally:
        index.close()
