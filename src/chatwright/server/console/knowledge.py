"""The documents a bot answers from: list, upload, edit, delete, difference, roll back, addresses, test search.

Whoever has the scope `review` looks at all of it; changing takes `curate`. A file is sent first, and
waits; then the page asks what taking it would do, and then for that to be done: `plan` and `edits` take
the same body.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from chatwright.data.documents import SUFFIXES
from chatwright.server.caller import Who
from chatwright.server.console import knowledge_reading as reading
from chatwright.server.console import knowledge_types as types
from chatwright.server.console.knowledge_desk import Desk
from chatwright.server.console.which import OfBot
from chatwright.server.curated_api import FILE
from chatwright.server.errors import WRITING
from chatwright.server.services import Shared

MOST = 2**31 - 1
Name = Annotated[str, Query(min_length=1, max_length=2_000)]
Snapshot = Annotated[str, Query(max_length=64, description="by the beginning of its id")]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=MOST)]

router = APIRouter(prefix="/api/console/knowledge", responses=WRITING, tags=["console"])


async def _desk(services: Shared, spec: OfBot, caller: Who) -> Desk:
    return Desk(services, spec, caller)


Desked = Annotated[Desk, Depends(_desk)]


@router.get("")
async def status(desk: Desked) -> types.KnowledgeStatus:
    """How reading stands: what is searched, whether somebody reads now, when it is done by itself.
    Needs: the scope `review`."""
    return await asyncio.to_thread(reading.status, desk)


@router.get("/documents")
async def documents(
    desk: Desked,
    search: Annotated[str, Query(max_length=200)] = "",
    trouble: Annotated[bool, Query(description="only those with problems or marks")] = False,
    order: Literal["name", "newest", "passages"] = "name",
    limit: Limit = 50,
    offset: Offset = 0,
) -> types.DocumentList:
    """Needs: the scope `review`."""
    return await asyncio.to_thread(desk.documents, search, trouble, order, limit, offset)


@router.get("/document")
async def document(
    desk: Desked, name: Name, snapshot: Snapshot = "", limit: Limit = 50, offset: Offset = 0
) -> types.DocumentView:
    """One, with its passages, and its text where it may be edited. Needs: the scope `review`."""
    return await asyncio.to_thread(desk.document, name, snapshot, limit, offset)


@router.post("/uploads", status_code=201, openapi_extra=FILE)
async def upload(request: Request, desk: Desked, name: Name) -> types.UploadValue:
    """The body is the file, up to 20,000,000 bytes. It waits for an hour to be taken. 400 `invalid_file`
    for what is no document, 413, 507. Needs: the scope `curate`."""
    sent = await desk.uploads.receive(request, name, desk.caller.id, SUFFIXES)
    return await asyncio.to_thread(desk.looked_at, sent)


@router.delete("/uploads/{id}", status_code=204)
async def discard(id: str, desk: Desked) -> Response:
    """Needs: the scope `curate`."""
    await asyncio.to_thread(desk.uploads.drop, id, desk.caller.id)
    return Response(status_code=204)


@router.post("/plan")
async def plan(body: types.WantedEdit, desk: Desked) -> types.KnowledgePlan:
    """What an edit would do: documents and passages, and test cases that would find something else. Nothing is
    written. Needs: the scope `curate`."""
    return await asyncio.to_thread(desk.plan, body)


@router.get("/edits")
async def edits(desk: Desked) -> types.EditList:
    """What was changed here, the newest first. Needs: the scope `review`."""
    return await asyncio.to_thread(desk.edits)


@router.post("/edits")
async def edit(body: types.WantedEdit, desk: Desked) -> types.EditDone:
    """Take files and let others go, all of it or nothing; answered from at once. 409 `stale_document` where
    somebody changed one meanwhile: `plan` shows the difference. Needs: the scope `curate`."""
    return await asyncio.to_thread(desk.change, body)


@router.post("/edits/{id}/undo")
async def undo(id: str, desk: Desked) -> types.EditDone:
    """409 where the files were changed since. Needs: the scope `curate`."""
    return await asyncio.to_thread(desk.undo, id)


@router.get("/snapshots")
async def snapshots(desk: Desked) -> types.SnapshotList:
    """The newest first. Needs: the scope `review`."""
    return await asyncio.to_thread(desk.snapshots)


@router.get("/difference")
async def difference(
    desk: Desked, before: Snapshot = "", after: Snapshot = ""
) -> types.SnapshotDifference:
    """From one snapshot to another; the last step without names. Needs: the scope `review`."""
    return await asyncio.to_thread(desk.difference, before, after)


@router.post("/rollback")
async def rollback(body: types.GoBack, desk: Desked) -> types.SnapshotMoved:
    """Search an earlier snapshot again, until somebody goes forward. `current` is the one that the page knows:
    409 `stale_snapshot` when there is another. Needs: the scope `curate`."""
    return await asyncio.to_thread(desk.rollback, body.snapshot, body.current)


@router.post("/forward")
async def forward(desk: Desked) -> types.SyncedValue:
    """Search what the folder has, whatever was gone back to. Needs: the scope `curate`."""
    return await asyncio.to_thread(desk.forward)


@router.post("/sync", status_code=202)
async def sync(desk: Desked) -> types.KnowledgeStatus:
    """Begin to read the folder and all addresses; `GET /api/console/knowledge` tells how far it is. 409 `busy`.
    Needs: the scope `curate`."""

    def work() -> types.KnowledgeStatus:
        reading.read_now(desk)
        desk.noted("knowledge.synced")
        return reading.status(desk)

    return await asyncio.to_thread(work)


@router.get("/addresses")
async def addresses(desk: Desked) -> types.AddressList:
    """Pages, sitemaps and feeds that are read. Needs: the scope `review`."""
    return await asyncio.to_thread(reading.listed_addresses, desk)


@router.post("/addresses", status_code=201)
async def add_address(body: types.NewAddress, desk: Desked) -> types.AddressAdded:
    """It is looked at first: 400 `refused_address` says why it may not be fetched, or is no document. Then
    it is read. Needs: the scope `curate`."""
    return await asyncio.to_thread(reading.add_address, desk, body.url)


@router.delete("/addresses", status_code=204)
async def remove_address(desk: Desked, url: Name) -> Response:
    """Its pages go with it. Needs: the scope `curate`."""
    await asyncio.to_thread(reading.remove_address, desk, url)
    return Response(status_code=204)


@router.get("/search")
async def search(
    desk: Desked,
    q: Annotated[str, Query(min_length=1, max_length=2_000)],
    snapshot: Snapshot = "",
    access: Annotated[
        list[str] | None, Query(max_length=20, description="labels of whoever asks")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = reading.HITS,
    answer: Annotated[bool, Query(description="also what the bot would do")] = False,
) -> types.SearchResult:
    """The passages that are found for a question, with their scores; and with `answer` the route that the bot
    would take now, and why. Needs: the scope `review`."""
    found, among = await asyncio.to_thread(reading.search, desk, q, snapshot, access or (), limit)
    route = None
    if answer:
        with desk.services.bots[desk.spec.bot.name].lease(live=False) as bot:
            route = await reading.routed(bot, q)
    return reading.found_value(found, among, route)
