"""Links that show a conversation to whoever has them: made and revoked by its owner, opened by anybody.

What a link opens is a page of this server that no search engine shall keep; it ends by itself.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter
from starlette.responses import Response

from chatwright.core.errors import NotFound
from chatwright.server.chat_types import NewShare, SharedValue, ShareList, ShareMade, ShareValue
from chatwright.server.errors import WRITING
from chatwright.server.services import Shared
from chatwright.server.visitor import Owner
from chatwright.store.stamps import stamp

HIDDEN = {"cache-control": "no-store", "x-robots-tag": "noindex, nofollow, noarchive"}

router = APIRouter(prefix="/api", responses=WRITING, tags=["sharing"])


@router.get("/conversations/{id}/shares")
async def shares(id: str, services: Shared, owner: Owner) -> ShareList:
    """Links that work; what opens one is told when it is made, and never again."""
    if await asyncio.to_thread(services.conversations.find, id, owner) is None:
        raise NotFound("There is no such conversation.", "Start a new one.")
    found = await asyncio.to_thread(services.shares.all, id, owner)
    return ShareList(shares=[ShareValue.of(one) for one in found])


@router.post("/conversations/{id}/shares", status_code=201)
async def share(id: str, body: NewShare, services: Shared, owner: Owner) -> ShareMade:
    """A link to what stands there now, up to one message: nothing that is said later."""
    ends = stamp(datetime.now(UTC) + timedelta(days=body.days))
    made, token = await asyncio.to_thread(services.shares.create, id, owner, body.last, ends)
    add = services.people.audit.add
    await asyncio.to_thread(add, "share.made", owner, owner, share=made.id, days=body.days)
    return ShareMade(share=ShareValue.of(made), path=f"/share/{token}")


@router.delete("/conversations/{id}/shares/{share_id}", status_code=204)
async def revoke(id: str, share_id: str, services: Shared, owner: Owner) -> Response:
    if not await asyncio.to_thread(services.shares.revoke, id, share_id, owner):
        raise NotFound("There is no such link.", "It may have ended. Load the list again.")
    await asyncio.to_thread(
        services.people.audit.add, "share.revoked", owner, owner, share=share_id
    )
    return Response(status_code=204)


@router.get("/shared/{token}")
async def shared(token: str, services: Shared, response: Response) -> SharedValue:
    """What a link shows, to anybody who has it."""
    who = services.deployed.current().spec.bot
    found = await asyncio.to_thread(services.shares.open, token, who.name)
    if found is None:
        raise NotFound("This link has ended, or never was.", "Ask whoever sent it for a new one.")
    response.headers.update(HIDDEN)
    return SharedValue.of(found, who.title or who.name, who.assistant, who.disclosure)
