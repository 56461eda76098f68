"""Raters of a panel: a page by a secret link, and one form for each answer. No login and no cookie.

Whoever has the link may answer the questions that it was given, each once: sending a form twice changes
nothing.
"""

from __future__ import annotations

import asyncio
from importlib.resources import files
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field, ValidationError
from starlette.responses import HTMLResponse, RedirectResponse, Response

from chatwright.core.errors import ChatwrightError, WrongUse
from chatwright.improve.panels import Seat, Showing
from chatwright.server import cookies, panel_pages
from chatwright.server.errors import Problem, problem
from chatwright.server.services import Services, Shared

router = APIRouter(include_in_schema=False)

Token = Annotated[str, Path(max_length=100)]
FORM = "application/x-www-form-urlencoded"
FIELDS = 10
SCRIPT = files("chatwright.server").joinpath("panel.js").read_bytes()


class Ballot(BaseModel):
    """The form of one answer."""

    place: int = Field(ge=1, le=100_000)
    item: str = Field(max_length=64)
    choice: str = Field(max_length=16)
    comment: str = Field("", max_length=20_000)


@router.get(panel_pages.SCRIPT_ADDRESS)
async def keys() -> Response:
    """What makes the number keys work."""
    headers = {"cache-control": "public, max-age=300"}
    return Response(SCRIPT, media_type="text/javascript", headers=headers)


@router.get("/panel/{token}")
async def page(
    token: Token, request: Request, services: Shared, go: Annotated[bool, Query()] = False
) -> Response:
    """Where the rater is: at the beginning, at a question, or at the end. Needs: the link."""
    request.state.headers.update(panel_pages.HEADERS)
    try:
        return await asyncio.to_thread(_page, services, token, go)
    except (Problem, ChatwrightError) as error:
        return _refused(services, error)


@router.post("/panel/{token}")
async def vote(token: Token, request: Request, services: Shared) -> Response:
    """Take an answer, and go on to the next question. Needs: the link."""
    request.state.headers.update(panel_pages.HEADERS)
    try:
        cookies.check_page(request.headers)
        ballot = _ballot(request.headers.get("content-type", ""), await request.body())
        await asyncio.to_thread(_take, services, token, ballot)
    except (Problem, ChatwrightError) as error:
        return _refused(services, error)
    return RedirectResponse(f"/panel/{token}?go=1", 303)


def _page(services: Services, token: str, go: bool) -> Response:
    seat = _seat(services, token)
    seat.check()
    title, room = _title(services, seat.panel.bot), services.rooms[seat.panel.bot]
    done = room.panels.done(seat.rater.id)
    if not go:  # programs that look at links before people do get no question
        return _answer(panel_pages.welcome(title, seat, done))
    shown: Showing | None = room.next(seat)
    if shown is None:
        return _answer(panel_pages.thanks(title, done))
    return _answer(panel_pages.question(title, token, shown))


def _take(services: Services, token: str, ballot: Ballot) -> None:
    seat = _seat(services, token)
    services.rooms[seat.panel.bot].answer(
        seat, ballot.place, ballot.item, ballot.choice, ballot.comment
    )


def _seat(services: Services, token: str) -> Seat:
    return services.rooms[services.first].enter(token, tuple(services.bots))


def _ballot(content_type: str, body: bytes) -> Ballot:
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise Problem(415, "Send the page's own form.")
    try:
        fields = dict(
            parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS)
        )
        return Ballot.model_validate(fields)
    except (ValidationError, ValueError):
        raise WrongUse("The form is not whole.", "Open your link again.") from None


def _title(services: Services, bot: str = "") -> str:
    about = services.bots[bot or services.first].current().spec.bot
    return about.title or about.name


def _answer(text: str, status: int = 200) -> Response:
    return HTMLResponse(text, status)


def _refused(services: Services, error: Problem | ChatwrightError) -> Response:
    """An error as a page: whoever reads it is no program."""
    found = problem(error)
    status = 410 if found.status == 409 else found.status
    return _answer(panel_pages.problem_page(_title(services), found.message), status)
