"""Staging links: the door for invited testers, and their tasks. What they say goes through the page's API."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from chatwright.core.errors import NotFound
from chatwright.server import cookies
from chatwright.server.errors import WRITING, Problem
from chatwright.server.services import Services, Shared
from chatwright.server.testers import COOKIE
from chatwright.server.visitor import Owner
from chatwright.server.web_types import Asked, Remark
from chatwright.store.staging import StagingLink, link_of

router = APIRouter(tags=["staging"], responses=WRITING)


class TaskValue(BaseModel):
    """A task of the list; `number` counts from 1."""

    number: int
    text: str
    done: bool
    note: str


class StagingValue(BaseModel):
    """What a tester is asked to try, and until when."""

    release: str
    expires_at: str
    tasks: list[TaskValue]


class TaskDone(Asked):
    """Whether a task is done, and what the tester says of it."""

    done: bool
    note: Annotated[Remark, Field(max_length=2_000)] = ""


@router.get("/staging/{token}", response_class=RedirectResponse, status_code=303)
async def enter(token: str, request: Request, services: Shared) -> Response:
    """The address that testers are sent: from here on the browser talks to the candidate."""
    link = await services.doors.testers.find(token)
    if link is None:
        raise NotFound("This link has ended, or never was.", "Ask whoever sent it for a new one.")
    login = request.cookies.get(cookies.session_name(request.scope))
    if await services.doors.session(login) is not None:
        raise Problem(
            409,
            "You are logged in here. Open the link in a private window to test as a visitor.",
            code="logged_in",
        )
    left = datetime.fromisoformat(link.expires_at) - datetime.now(UTC)
    answer = RedirectResponse("/", status_code=303)
    written = cookies.written(COOKIE, token, request.scope, max(1, int(left.total_seconds())))
    answer.headers.append("set-cookie", written)
    return answer


@router.get("/api/staging")
async def tasks(services: Shared, owner: Owner) -> StagingValue:
    return await _value(services, owner, await _link(services, owner))


@router.put("/api/staging/tasks/{number}")
async def tick(
    number: Annotated[int, Path(ge=1)], body: TaskDone, services: Shared, owner: Owner
) -> StagingValue:
    link = await _link(services, owner)
    if number > len(link.tasks):
        raise NotFound("There is no such task.", "GET /api/staging lists them.")
    done = services.staging.tick
    await asyncio.to_thread(done, link.id, owner, number - 1, body.note, done=body.done)
    return await _value(services, owner, link)


@router.delete("/api/staging", status_code=204)
async def leave(request: Request, owner: Owner) -> Response:
    """Back to the bot that everybody gets; what was said stays with the link."""
    gone = cookies.written(COOKIE, "", request.scope, 0)
    return Response(status_code=204, headers={"set-cookie": gone})


async def _link(services: Services, owner: str) -> StagingLink:
    id = link_of(owner)
    if id is None:
        raise NotFound("You are no tester of a candidate.", "Open the link that you were sent.")
    name = services.deployed.current().spec.bot.name
    return await asyncio.to_thread(services.staging.find, name, id)


async def _value(services: Services, owner: str, link: StagingLink) -> StagingValue:
    ticks = await asyncio.to_thread(services.staging.ticks, link.id, owner)
    notes = {one.task: one.note for one in ticks}
    rows = [
        TaskValue(number=at + 1, text=text, done=at in notes, note=notes.get(at, ""))
        for at, text in enumerate(link.tasks)
    ]
    return StagingValue(release=link.release, expires_at=link.expires_at, tasks=rows)
