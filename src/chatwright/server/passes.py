"""Passes: what a visitor of the widget shows, because browsers send no ordinary cookie from a frame on another
site. A pass names its visitor and the site that it was given for, and is signed; the server keeps none of them.

It stands in a partitioned cookie that no script reads, or, where the browser takes none, in the frame's own
memory. Either way the request carries a header of ours, which no other site's page can send. No login.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import Scope

from chatwright.server import cookies
from chatwright.server.errors import Problem
from chatwright.server.hosts import host_name, is_loopback
from chatwright.spec.widget import Widget
from chatwright.store.secret import SHORTEST, Secret
from chatwright.store.visitors import visitor_id, visitor_of_user

HEADER = "x-chatwright-widget"
IN_COOKIE = "cookie"  # what the header says where the pass itself is in the cookie
COOKIE = "chatwright_widget"
COOKIE_LIFE = 30 * 24 * 3600  # seconds; begins anew whenever the widget is opened
MEMORY_LIFE = 24 * 3600
LONGEST = 1000  # characters of a pass
AHEAD = 24 * 3600 * 31  # seconds that a site may vouch ahead


@dataclass(frozen=True, slots=True)
class Pass:
    """Whose it is (a secret of theirs, or derived from the site's own user), for which site, until when."""

    visitor: str
    origin: str
    until: int  # seconds since 1970

    @property
    def owner(self) -> str:
        return visitor_id(self.visitor)


class Passes:
    """Gives passes out and reads them. `widget` is asked each time: its settings may change. `clock` is the
    store's, the same for all servers of a bot."""

    def __init__(
        self, widget: Callable[[], Widget], secret: Secret, clock: Callable[[], float]
    ) -> None:
        self._widget, self._secret, self._clock = widget, secret, clock

    def check_origin(self, origin: str) -> None:
        """Raises a 403 for a site that may not show the widget."""
        if origin not in self._widget().origins:
            raise Problem(
                403,
                "This site may not show the chat. Its owner adds it to origins in bot.toml's [widget].",
                code="origin_not_allowed",
            )

    def give(self, visitor: str, origin: str, life: int) -> str:
        values = [visitor, origin, int(self._clock()) + life]
        body = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
        return f"{body}.{self._secret.mac('widget pass', body)}"

    def read(self, text: str) -> Pass | None:
        """The pass, if it is one of ours, in time, and for a site that is still allowed."""
        body, _, mac = text[:LONGEST].partition(".")
        expected = self._secret.mac("widget pass", body)
        if not hmac.compare_digest(mac.encode("utf-8", "replace"), expected.encode()):
            return None
        visitor, origin, until = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        found = Pass(visitor, origin, until)
        return found if self._clock() < until and origin in self._widget().origins else None

    def of_user(self, user: str, signature: str, expires: int | None) -> str:
        """The visitor that a site's own user is, the same from every browser. Raises a 403 where the site has
        not vouched for them."""
        given = os.environ.get(self._widget().identity_secret_env or "-", "")
        signed = user if expires is None else f"{user}:{expires}"
        expected = hmac.new(given.encode(), signed.encode(), hashlib.sha256).hexdigest()
        right = hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode())
        late = expires is not None and not 0 <= expires - self._clock() <= AHEAD
        if len(given) < SHORTEST or not right or late:
            raise Problem(
                403,
                "The site's signature of its user is not valid. See docs/widget.md, Users of your site.",
                code="identity_not_valid",
            )
        return visitor_of_user(self._secret, user)


def cookie_name(scope: Scope) -> str:
    return f"__Host-{COOKIE}" if cookies.is_secure(scope) else COOKIE


def takes_cookies(scope: Scope, host: str) -> bool:
    """Whether a browser may take a cookie here that is sent from frames: those are for https alone; this
    machine counts as safe."""
    return cookies.is_secure(scope) or is_loopback(host_name(host))


def written(scope: Scope, value: str) -> str:
    """A Set-Cookie header; an empty value deletes it. Partitioned: another site's frame gets another one."""
    life = COOKIE_LIFE if value else 0
    rest = "HttpOnly; Secure; SameSite=None; Partitioned"
    return f"{cookie_name(scope)}={value}; Path=/; Max-Age={life}; {rest}"
