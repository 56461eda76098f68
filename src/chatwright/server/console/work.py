"""Work that runs in child processes, of whatever page: what runs now, how far it is, how it ended; stopping
it, and going on with it. `server.workshop` does it; the pages' own routes start it."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from chatwright.core.errors import Conflict
from chatwright.server.caller import Who
from chatwright.server.console.which import OfBot
from chatwright.server.errors import WRITING
from chatwright.server.services import Shared
from chatwright.server.workshop import Work

router = APIRouter(prefix="/api/console/work", responses=WRITING, tags=["console"])
MOST = 200  # kinds in one question


class WorkList(BaseModel):
    """The newest first, without their lines."""

    work: list[Work]
    running: Work | None


@router.get("")
async def works(
    services: Shared,
    spec: OfBot,
    kind: Annotated[list[str] | None, Query(max_length=MOST)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> WorkList:
    """Needs: the scope `review`."""

    def look() -> WorkList:
        found = services.workshop.all(spec, kind or [], limit)
        return WorkList(work=found, running=services.workshop.running(spec))

    return await asyncio.to_thread(look)


@router.get("/{id}")
async def one_work(id: str, services: Shared, spec: OfBot) -> Work:
    """With what it said. Needs: the scope `review`."""
    return await asyncio.to_thread(services.workshop.find, spec, id)


@router.post("/{id}/stop")
async def stop(id: str, services: Shared, spec: OfBot, caller: Who) -> Work:
    """Ask it to stop; a training writes a checkpoint first. Needs: the scope `admin`, or `curate` for what one
    started oneself."""

    def work() -> Work:
        found = services.workshop.find(spec, id)
        if "admin" not in caller.scopes and found.by != caller.id:
            raise Conflict(
                "Somebody else started this.", "Ask them, or an owner, to stop it.", code="approval"
            )
        services.people.audit.add(
            "work.stopped", caller.id, "", bot=spec.bot.name, kind=found.kind, work=id
        )
        return services.workshop.stop(spec, id)

    return await asyncio.to_thread(work)


@router.post("/{id}/again")
async def again(id: str, services: Shared, spec: OfBot, caller: Who) -> Work:
    """Start the same once more; a training goes on from its checkpoint. 409 `busy` while other work of the bot
    runs. Needs: the scope `admin`."""

    def work() -> Work:
        found = services.workshop.again(spec, id, by=caller.id)
        services.people.audit.add(
            "work.started", caller.id, "", bot=spec.bot.name, kind=found.kind, work=found.id
        )
        return found

    return await asyncio.to_thread(work)
