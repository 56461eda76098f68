"""The built web app, served from a folder of the package. Makes nothing and knows no API."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from chatwright.server.errors import Problem
from chatwright.server.rules import RESERVED

WEB = Path(__file__).parent / "web"
FOREVER = "public, max-age=31536000, immutable"  # names in /assets carry their content's hash
ASK = "no-cache"
PACKED = {"br": ".br", "gzip": ".gz"}  # made by the build, the smallest first
UNLISTED = {"x-robots-tag": "noindex, nofollow, noarchive"}  # pages behind a secret link
MISSING = """<!doctype html><meta charset="utf-8"><title>chatwright</title>
<h1>The web app is not built</h1>
<p>The API works. To build the page, run <code>make web</code> in a source tree (it needs Node 20),
or install a released package, which contains it.</p>
"""


class Web:
    """Answers whatever no route took: a file, the app's page for addresses of its own, or 404."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accepted = Headers(scope=scope).get("accept-encoding", "")
        await self._answer(scope["path"], scope["method"], accepted)(scope, receive, send)

    def _answer(self, path: str, method: str, accepted: str) -> Response:
        inside = path.removeprefix("/")
        if method not in ("GET", "HEAD") or inside.partition("/")[0] in RESERVED:
            return _nothing()
        file = self._file(inside)
        if file is not None:
            forever = inside.startswith("assets/")
            return _packed(file, accepted, FOREVER if forever else ASK)
        if "." in inside:
            return _nothing()
        page = self._file("index.html")
        if page is None:
            return HTMLResponse(MISSING, status_code=503, headers={"cache-control": ASK})
        hidden = UNLISTED if inside.partition("/")[0] == "share" else {}
        return _packed(page, accepted, ASK, hidden)

    def _file(self, inside: str) -> Path | None:
        try:
            file = (self._folder / inside).resolve()
            known = file.is_relative_to(self._folder) and file.is_file()
        except (ValueError, OSError):  # NUL, or longer than a name may be
            return None
        return file if known else None


def _packed(file: Path, accepted: str, cached: str, more: Mapping[str, str] = {}) -> Response:
    """The file, or what the build has compressed of it where the browser takes that."""
    headers = {"cache-control": cached, "vary": "accept-encoding", **more}
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    asked = accepted.lower().replace(" ", "").split(",")
    takes = {part.partition(";")[0] for part in asked if not part.endswith(";q=0")}
    for coding, suffix in PACKED.items():
        packed = file.with_name(file.name + suffix)
        if coding in takes and packed.is_file():
            return FileResponse(
                packed, media_type=kind, headers=headers | {"content-encoding": coding}
            )
    return FileResponse(file, media_type=kind, headers=headers)


def _nothing() -> Response:
    return Problem(404, "There is nothing at this address.", code="not_found").response()
