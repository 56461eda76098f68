"""Which Host headers are answered: a page elsewhere must not reach a local bot by DNS rebinding."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Collection
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from chatwright.server.errors import Problem


@lru_cache(maxsize=64)  # asked twice per request, nearly always about the same two names
def is_loopback(host: str) -> bool:
    """Whether a host name can only mean this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_name(header: str) -> str:
    """The name in a Host header, without port, brackets and case."""
    name = header.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0].removesuffix(".")


class Hosts:
    """Refuses foreign Host headers when bound to loopback, or when a list of hosts is given.

    `bound` says where the server listens; it is asked at each request, because that is decided
    after the app is made.
    """

    def __init__(self, app: ASGIApp, bound: Callable[[], str], allowed: Collection[str]) -> None:
        self._app = app
        self._bound = bound
        self._allowed = {name.lower() for name in allowed}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._accepts(Headers(scope=scope).get("host", "")):
            refusal = Problem(
                403,
                "This host name is not served here. Add it to allow_hosts in bot.toml's [server].",
                code="host_not_allowed",
            )
            await refusal.response()(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _accepts(self, header: str) -> bool:
        if not self._allowed and not is_loopback(self._bound()):
            return True
        name = host_name(header)
        return is_loopback(name) or name in self._allowed
