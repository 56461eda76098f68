"""The widget: the script that a site includes, the page in its frame, and the passes of its visitors.

What is said in the frame goes through the page's API, as everywhere.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.requests import cookie_parser
from starlette.responses import FileResponse, HTMLResponse, Response

from chatwright.server import cookies, passes
from chatwright.server.envelope import policy
from chatwright.server.errors import WRITING, Problem
from chatwright.server.limits import Text
from chatwright.server.services import Services, Shared
from chatwright.server.static import ASK, MISSING
from chatwright.server.web_types import Asked
from chatwright.spec import Spec

# The place in the built script where the bot's settings go, in whatever quotes the build chose.
PLACE = re.compile(r"""(["'`])CHATWRIGHT_WIDGET_SETTINGS\1""")
SOON = "public, max-age=300"  # a changed setting is seen after five minutes
# Sites that keep everything out which does not agree to be embedded (COEP) can include these.
EMBEDDED = {"cross-origin-resource-policy": "cross-origin"}

# What everybody may know who opens the site: how the button looks, what it says and when.
LOOKS = {
    *("accent", "theme", "position", "label"),
    *("invitation", "invitation_seconds", "invitation_paths"),
}

Short = Annotated[Text, Field(max_length=200)]

router = APIRouter(tags=["widget"], responses=WRITING)


class WidgetVisit(Asked):
    """Who opens the widget where: the frame's parent, as the browser told it. `user` is the site's own user,
    with the site's signature. `memory`: the browser took no cookie; `fresh`: somebody else begins."""

    origin: Short
    user: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    signature: Short = ""
    expires: int | None = None
    memory: bool = False
    fresh: bool = False


class WidgetSession(BaseModel):
    """`token` null: the pass is in a cookie, and the header x-chatwright-widget says "cookie"; else it says the
    token."""

    token: str | None
    greeting: str
    ask_consent: bool
    share_messages: bool


@router.get("/widget.js", response_class=Response)
async def script(services: Shared) -> Response:
    """The script, with the bot's settings in it: a site with a strict policy lets it load nothing else."""
    code = await asyncio.to_thread(_read, services.web / "widget.js")
    if code is None:
        raise Problem(503, "The web app is not built. Run `make web`.", code="not_built")
    settings = json.dumps(looks(services.doors.spec))
    return Response(
        PLACE.sub(lambda _: settings, code),
        media_type="text/javascript",
        headers={"cache-control": SOON, **EMBEDDED},
    )


@router.get("/widget", response_class=HTMLResponse)
async def frame(request: Request, services: Shared) -> Response:
    """The page in the frame. Only sites of `[widget]` origins may frame it."""
    origins = services.doors.spec.widget.origins
    if not origins:
        raise Problem(404, "The widget is off. List your sites in origins in bot.toml's [widget].")
    asked_by = request.headers.get("referer", "")
    own = urlsplit(asked_by).netloc == request.headers.get("host")
    if asked_by and not own:
        services.doors.passes.check_origin(_origin(asked_by))
    return _page(request, services.web / "widget.html", origins)


@router.get("/widget/preview", response_class=HTMLResponse)
async def preview(request: Request, services: Shared) -> Response:
    """The same on the server's own pages, where its visitors and logins are known anyway."""
    return _page(request, services.web / "widget.html", ["'self'"])


@router.get("/widget/demo", response_class=HTMLResponse)
async def demo(request: Request, services: Shared) -> Response:
    """A made-up site that includes the script, to look at."""
    return _page(request, services.web / "widget-demo.html", ["'self'"])


@router.post("/api/widget/session")
async def begin(
    body: WidgetVisit, request: Request, response: Response, services: Shared
) -> WidgetSession:
    """Let a visitor in: the one who was here before, by their pass, or a new one."""
    given, scope = services.doors.passes, request.scope
    if body.origin == request.headers.get("origin"):  # our own page: its visitors are known anyway
        return _session(services, None)
    given.check_origin(body.origin)
    if body.user is not None:
        # Known again by the site's own login each time: kept nowhere, so that who uses the browser
        # next, without that login, is somebody else.
        visitor = given.of_user(body.user, body.signature, body.expires)
    else:
        visitor = _before(services, request, body) or cookies.new_token()
    token = None
    in_cookie = passes.takes_cookies(scope, request.headers.get("host", ""))
    if body.user is None and in_cookie and not body.memory:
        kept = given.give(visitor, body.origin, passes.COOKIE_LIFE)
        response.headers.append("set-cookie", passes.written(scope, kept))
    else:
        token = given.give(visitor, body.origin, passes.MEMORY_LIFE)
    return _session(services, token)


def _session(services: Services, token: str | None) -> WidgetSession:
    widget = services.doors.spec.widget
    return WidgetSession(
        token=token,
        greeting=widget.greeting,
        ask_consent=widget.ask_consent and bool(services.people.consent_text),
        share_messages=widget.share_messages,
    )


def looks(spec: Spec) -> dict[str, Any]:
    """What the script is given."""
    shown = spec.widget.model_dump(mode="json", include=LOOKS)
    return shown | {"title": spec.bot.title or spec.bot.name}


def _before(services: Services, request: Request, body: WidgetVisit) -> str | None:
    """The visitor whose pass came with the request, on the same site."""
    shown = request.headers.get(passes.HEADER, "")
    if body.fresh or not shown:
        return None
    if shown == passes.IN_COOKIE:
        found = cookie_parser(request.headers.get("cookie", ""))
        shown = found.get(passes.cookie_name(request.scope), "")
    known = services.doors.passes.read(shown)
    return known.visitor if known is not None and known.origin == body.origin else None


def _page(request: Request, file: Path, ancestors: Sequence[str]) -> Response:
    if not file.is_file():
        return HTMLResponse(MISSING, status_code=503, headers={"cache-control": ASK})
    request.state.headers["content-security-policy"] = policy(" ".join(ancestors))
    headers = {"cache-control": ASK, "cross-origin-embedder-policy": "require-corp", **EMBEDDED}
    return FileResponse(file, headers=headers)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _read(file: Path) -> str | None:
    return file.read_text("utf-8") if file.is_file() else None
