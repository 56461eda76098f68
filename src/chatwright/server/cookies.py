"""Cookies: how they are named and written, and which requests with one are believed.

A browser sends them whatever page asked for it: so a write with a cookie must come from our own page
(what the browser itself says of its origin), and with a login also carry a token that only it has.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from chatwright.server.errors import Problem

SESSION = "chatwright_session"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 random bytes
CSRF = "x-csrf-token"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def session_name(scope: Scope) -> str:
    """Over https the name itself forbids that another host, or plain http, sets the cookie."""
    return f"__Host-{SESSION}" if is_secure(scope) else SESSION


def is_secure(scope: Scope) -> bool:
    return bool(scope.get("scheme") == "https")


def written(name: str, value: str, scope: Scope, seconds: int | None) -> str:
    """A Set-Cookie header: for `seconds`, or until the browser is closed; 0 deletes it."""
    age = "" if seconds is None else f"; Max-Age={seconds}"
    secure = "; Secure" if is_secure(scope) else ""
    return f"{name}={value}; Path=/{age}; HttpOnly; SameSite=Lax{secure}"


def from_own_page(headers: Headers, allowed: Collection[str] = ()) -> bool:
    """Whether a browser sent this for our own page, or for one of `allowed` origins.

    `Sec-Fetch-Site` says it in every browser since 2023; older ones send `Origin` with writes. What
    sends neither is no browser, and has nobody's cookies.
    """
    origin = headers.get("origin")
    if origin is not None and origin in allowed:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
    except ValueError:
        return False


def check_page(headers: Headers, allowed: Collection[str] = ()) -> None:
    if not from_own_page(headers, allowed):
        raise Problem(
            403, "Another site may not do this. Use the bot's own page.", code="cross_site"
        )


def check_csrf(headers: Headers, expected: str) -> None:
    given = headers.get(CSRF, "")
    if not hmac.compare_digest(given.encode("latin-1", "replace"), expected.encode()):
        raise Problem(
            403,
            f"Writing with a login takes its token: send `csrf` of GET /api/session as {CSRF}.",
            code="csrf_token",
        )
