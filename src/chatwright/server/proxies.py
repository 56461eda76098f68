"""Where a request really came from, when it passed proxies that are known. Nobody else is believed."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@lru_cache(maxsize=1024)
def parse(text: str) -> Address | None:
    """The address in `1.2.3.4`, `1.2.3.4:5`, `::1` or `[::1]:5`; None where there is none."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def network(text: str) -> str:
    """What counts as one address: of IPv6 the first half, as the other is the client's to choose."""
    found = parse(text)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found or text)


class Proxies:
    """Takes client and scheme from `X-Forwarded-*`, if the request comes from a trusted proxy.

    Every proxy adds, at the end, the address that it was asked from. Behind `hops` proxies the
    client is therefore the `hops`-th from the end; what stands before it the client may have made
    up. A list that is shorter did not pass them all: then the peer itself counts.
    """

    def __init__(self, app: ASGIApp, trusted: Sequence[str], hops: int) -> None:
        self._app = app
        self._trusted = [ipaddress.ip_network(one, strict=False) for one in trusted]
        self._hops = hops

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._trusted and scope["type"] == "http" and self._is_trusted(scope):
            scope.update(self._forwarded(scope))
        await self._app(scope, receive, send)

    def _is_trusted(self, scope: Scope) -> bool:
        client = scope.get("client")
        address = parse(client[0]) if client else None
        return address is not None and any(address in network for network in self._trusted)

    def _forwarded(self, scope: Scope) -> dict[str, object]:
        found: dict[str, object] = {}
        addresses = _values(scope, b"x-forwarded-for")
        if len(addresses) >= self._hops and (client := parse(addresses[-self._hops])) is not None:
            found["client"] = (str(client), 0)
        schemes = _values(scope, b"x-forwarded-proto")
        # Some proxies add to this one as well, others put their own in its place.
        if schemes and (scheme := schemes[-min(self._hops, len(schemes))]) in ("http", "https"):
            found["scheme"] = scheme
        return found


def _values(scope: Scope, name: bytes) -> list[str]:
    """The entries of all headers of that name, in order."""
    lines = [value.decode("latin-1") for header, value in scope["headers"] if header == name]
    return [entry.strip() for line in lines for entry in line.split(",") if entry.strip()]
