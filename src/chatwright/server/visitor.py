"""Who a web visitor is: a random cookie, and nothing more. Not a login.

The store keeps only the cookie's hash, so reading the store does not let one pose as a visitor.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Annotated

from fastapi import Depends, Request, Response

from chatwright.server.errors import Problem

COOKIE = "chatwright_visitor"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 random bytes
YEAR = 365 * 24 * 3600
READS = ("GET", "HEAD", "OPTIONS")


async def _visitor(request: Request, response: Response) -> str:
    """The owner of what this visitor makes; gives out the cookie at the first call."""
    token = request.cookies.get(COOKIE, "")
    if not TOKEN.fullmatch(token):
        token = secrets.token_urlsafe(32)
        response.set_cookie(
            COOKIE,
            token,
            max_age=YEAR,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return "visitor:" + hashlib.sha256(token.encode()).hexdigest()


async def same_site(request: Request) -> None:
    """Refuse writes that another site's page sends with the visitor's cookie."""
    site = request.headers.get("sec-fetch-site", "none")
    if request.method not in READS and site not in ("same-origin", "none"):
        raise Problem(
            403, "Another site may not do this. Use the bot's own page.", code="cross_site"
        )


Owner = Annotated[str, Depends(_visitor)]
