"""Reading the folder and the addresses from the page: addresses added and taken off, reading everything
now, how that stands; and the test search. Work of the knowledge page that takes longer, or only looks.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chatwright.answer import Bot
from chatwright.answer.decision import Decision
from chatwright.core.errors import ChatwrightError, Conflict, DataError
from chatwright.core.files import busy, canonical_json, write_atomic
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation, Message
from chatwright.data.documents import SUFFIXES, whole
from chatwright.knowledge import Found, Search, Snapshots
from chatwright.knowledge import addresses as listing
from chatwright.knowledge.catalogue import addresses, catalogue
from chatwright.knowledge.egress import Page
from chatwright.knowledge.feeds import listed
from chatwright.knowledge.passages import title_of
from chatwright.knowledge.sync import egress_of, index_file, problems_of, sync
from chatwright.server.console import knowledge_types as types
from chatwright.server.console.knowledge_desk import Desk
from chatwright.server.errors import Problem
from chatwright.server.limits import STREAMS
from chatwright.spec import Spec
from chatwright.store.stamps import now

STATUS = "reading.json"  # beside the index: how the reading stands that was asked for last
HITS = 10


class _Noting(Silent):
    """Keeps how far a reading is, where all processes of this machine find it."""

    EVERY = 0.5  # seconds

    def __init__(self, file: Path) -> None:
        self._file, self._what, self._last = file, "", 0.0

    def start(self, what: str, total: int | None = None) -> None:
        self._what = what
        self.put(what, 0)

    def advance(self, done: int, note: str = "") -> None:
        if time.monotonic() - self._last > self.EVERY:
            self.put(note or self._what, done)

    def put(self, what: str, done: int, failed: str = "") -> None:
        self._last = time.monotonic()
        values = {"what": what, "done": done, "failed": failed, "at": now()}
        with suppress(ChatwrightError, OSError):
            write_atomic(self._file, canonical_json(values))


def status(desk: Desk) -> types.KnowledgeStatus:
    """How reading stands, by whatever process."""
    spec, embedder = desk.spec, desk.embedder
    with desk.index() as index:
        snapshot = Snapshots(index).current_id()
        every = catalogue(spec, index, snapshot)
        waiting = None
        if embedder is not None:
            waiting = len(index.without_vector(embedder.id, snapshot or ""))
        held, problems = index.meta("held"), problems_of(index)
    running, what, done, failed = _told(spec)
    snapshots = [one.made for one in desk.snapshots().snapshots if one.current]
    return types.KnowledgeStatus(
        snapshot=snapshot,
        documents=sum(1 for one in every if one.document),
        passages=sum(one.passages for one in every if not one.twin),
        held=held,
        watch=spec.knowledge.watch,
        sync_minutes=spec.knowledge.sync_minutes,
        synced_at=snapshots[0] if snapshots else "",
        syncing=running,
        what=what,
        done=done,
        failed=failed,
        waiting=waiting,
        problems=len(problems),
        keep=spec.knowledge.keep,
        labels=sorted(set(spec.knowledge.access.values())),
        addresses=len(listing.every(spec)),
        largest=STREAMS["/api/console/knowledge/uploads"],
        endings=list(SUFFIXES),
    )


def _told(spec: Spec) -> tuple[bool, str, int, str]:
    folder = index_file(spec).parent
    running = folder.is_dir() and busy(folder)
    with suppress(OSError, ValueError, KeyError):
        about = json.loads((folder / STATUS).read_text("utf-8"))
        what, done = (str(about["what"]), int(about["done"])) if running else ("", 0)
        return running, what, done, str(about["failed"])
    return running, "", 0, ""


def read_now(desk: Desk, web: bool | Sequence[str] = True, dropped: Sequence[str] = ()) -> None:
    """Begin to read, beside everything else; `status` tells of it. Raises `Conflict` while somebody reads."""
    folder = index_file(desk.spec).parent
    folder.mkdir(parents=True, exist_ok=True)
    if busy(folder):
        raise Conflict("The documents are being read now.", "Wait a moment.", code="busy")
    noting = _Noting(folder / STATUS)
    noting.put("", 0)

    def work() -> None:
        try:
            with desk.index(changes=True) as index:
                sync(
                    desk.spec,
                    index,
                    embedder=desk.embedder,
                    needed=desk.needed(),
                    web=web,
                    dropped=dropped,
                    progress=noting,
                )
        except (ChatwrightError, OSError) as error:
            noting.put("", 0, str(error))

    threading.Thread(target=work, name="reading", daemon=True).start()


# --- addresses


def listed_addresses(desk: Desk) -> types.AddressList:
    with desk.index() as index:
        found = addresses(desk.spec, index)
    return types.AddressList(
        addresses=[types.AddressValue.model_validate(one) for one in found],
        per_list=desk.spec.knowledge.pages,
    )


def add_address(desk: Desk, url: str) -> types.AddressAdded:
    """Look at it first: what cannot be fetched, or is no document, is not added."""
    url = url.strip()
    if url in listing.every(desk.spec):
        raise Conflict("This address is there already.", "Look for it in the list.")
    try:
        page = egress_of(desk.spec).fetch(url)
        assert page is not None, "it was asked for without a tag"
        added = _looked_at(url, page)
    except (DataError, OSError) as error:
        raise Problem(400, str(error), code="refused_address") from error
    listing.add(desk.spec, url)
    host = urlsplit(url).hostname or ""
    desk.noted("knowledge.address.added", host=host[:80])
    with suppress(Conflict):  # somebody reads now: the next reading has it
        read_now(desk, [url])
    return added


def _looked_at(url: str, page: Page) -> types.AddressAdded:
    if page.suffix == ".xml":
        found = listed(page.body, url)
        if found is None:
            raise DataError(f"{url} is XML, and neither a page nor a list.", "Leave it out.")
        return types.AddressAdded(url=url, kind="list", listed=len(found[1]), title="")
    with tempfile.TemporaryDirectory(prefix="chatwright-page-") as folder:
        path = Path(folder) / f"page{page.suffix}"
        path.write_bytes(page.body)
        try:
            text = whole(path)
        except DataError as error:
            raise DataError(error.problem.replace(str(path), url), error.next_step) from error
    return types.AddressAdded(url=url, kind="page", listed=0, title=title_of(text))


def remove_address(desk: Desk, url: str) -> None:
    """Its pages go with it."""
    listing.remove(desk.spec, url)
    host = urlsplit(url).hostname or ""
    desk.noted("knowledge.address.removed", host=host[:80])
    with desk.index(changes=True) as index:
        pages = [one.name for one in catalogue(desk.spec, index, Snapshots(index).current_id())]
        left = {urlsplit(one).hostname for one in listing.every(desk.spec)}
        mine = [one for one in pages if "://" in one and urlsplit(one).hostname == host]
        named = set(listing.every(desk.spec))
        gone = [url] if host in left else [one for one in mine if one not in named]
        desk.sync(index, dropped=[*gone, url], fewer=True)
    if host in left and url not in pages:  # a list, beside another of the same host
        with suppress(Conflict):
            read_now(desk)


# --- searching


def search(
    desk: Desk, question: str, snapshot: str, access: Sequence[str], k: int
) -> tuple[Found, int]:
    """The passages for a question, and among how many."""
    with desk.index() as index:
        snapshots = Snapshots(index)
        chosen = snapshots.find(snapshot).id if snapshot else snapshots.current_id()
        if chosen is None:
            raise Conflict("There is no knowledge yet.", "Add a document first.", code="empty")
        searched = Search(index, chosen, embedder=desk.embedder, languages=desk.spec.bot.languages)
        return searched.search(question, k, access), len(searched)


def found_value(found: Found, among: int, route: types.RouteTried | None) -> types.SearchResult:
    hits = [
        types.HitValue(
            title=hit.title,
            names=list(hit.names),
            text=hit.passage.text,
            start=hit.passage.start,
            end=hit.passage.end,
            headings=list(hit.passage.headings),
            page=hit.passage.page,
            score=hit.score,
            bm25=hit.bm25,
            coverage=hit.coverage,
            cosine=hit.cosine,
        )
        for hit in found.hits
    ]
    features = found.features
    return types.SearchResult(
        snapshot=found.snapshot,
        passages=among,
        words=features.words,
        unknown=features.unknown,
        margin=features.margin,
        hits=hits,
        route=route,
    )


async def routed(bot: Bot, question: str) -> types.RouteTried | None:
    """What the bot would do with it now, nobody having said anything before. It acts on nothing."""
    router = bot.router
    if router is None:
        return None
    conversation = Conversation((Message("user", question),))
    look = await bot.look(conversation)
    if look is None:
        return None
    decision = router.settled(look)
    if decision is None:
        decision = await bot.decide(look, conversation, bot.spec.answers.sampling())
    return _route_value(decision)


def _route_value(decision: Decision) -> types.RouteTried:
    told: dict[str, Any] = decision.explained()
    return types.RouteTried(
        route=decision.route,
        text=decision.text,
        confidence=decision.confidence,
        least=decision.threshold,
        candidates=[
            types.CandidateTried(**{name: one[name] for name in types.CandidateTried.model_fields})
            for one in told["candidates"]
        ],
        ungrounded=told["ungrounded"],
    )
