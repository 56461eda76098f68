"""Whom the server believes about where a request came from."""

from __future__ import annotations

from typing import Any

import pytest

from chatwright.server.proxies import Proxies, network, parse
from chatwright.spec.spec import Server


async def seen(
    peer: str | None, headers: list[tuple[str, str]], trusted: tuple[str, ...], hops: int = 1
) -> tuple[str | None, str]:
    """Client and scheme as the app gets them."""
    found: list[Any] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        found.append(scope)

    scope = {
        "type": "http",
        "scheme": "http",
        "client": None if peer is None else (peer, 1234),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
    }
    await Proxies(app, trusted, hops)(scope, None, None)  # type: ignore[arg-type]
    client = found[0]["client"]
    return (client[0] if client else None), found[0]["scheme"]


FOR, PROTO = "X-Forwarded-For", "X-Forwarded-Proto"
LOCAL = ("127.0.0.1", "10.0.0.0/8", "fd00::/8")


@pytest.mark.parametrize(
    ("peer", "headers", "hops", "wanted"),
    [
        ("127.0.0.1", [(FOR, "203.0.113.9"), (PROTO, "https")], 1, ("203.0.113.9", "https")),
        ("10.1.2.3", [(FOR, "203.0.113.9")], 1, ("203.0.113.9", "http")),
        ("::ffff:10.1.2.3", [(FOR, "203.0.113.9")], 1, ("203.0.113.9", "http")),
        ("fd00::1", [(FOR, "[2001:db8::1]:443")], 1, ("2001:db8::1", "http")),
        ("127.0.0.1", [(FOR, "203.0.113.9:555")], 1, ("203.0.113.9", "http")),
        # What the client wrote itself stands in front, and is not believed.
        ("127.0.0.1", [(FOR, "127.0.0.1, 203.0.113.9")], 1, ("203.0.113.9", "http")),
        ("127.0.0.1", [(FOR, "1.1.1.1"), (FOR, "203.0.113.9")], 1, ("203.0.113.9", "http")),
        ("127.0.0.1", [(FOR, "evil, 203.0.113.9, 10.0.0.1")], 2, ("203.0.113.9", "http")),
        ("127.0.0.1", [(PROTO, "https, http")], 2, ("127.0.0.1", "https")),
        ("127.0.0.1", [(PROTO, "http, https")], 1, ("127.0.0.1", "https")),
        # A list too short for the hops did not pass them.
        ("127.0.0.1", [(FOR, "203.0.113.9")], 2, ("127.0.0.1", "http")),
        # Nonsense changes nothing.
        ("127.0.0.1", [(FOR, "unknown"), (PROTO, "gopher")], 1, ("127.0.0.1", "http")),
        ("127.0.0.1", [(FOR, ""), (PROTO, "")], 1, ("127.0.0.1", "http")),
        # Nobody else is believed.
        ("203.0.113.1", [(FOR, "127.0.0.1"), (PROTO, "https")], 1, ("203.0.113.1", "http")),
        ("11.0.0.1", [(FOR, "127.0.0.1")], 1, ("11.0.0.1", "http")),
        (None, [(FOR, "127.0.0.1")], 1, (None, "http")),
    ],
)
async def test_client_and_scheme(
    peer: str | None, headers: list[tuple[str, str]], hops: int, wanted: tuple[str | None, str]
) -> None:
    assert await seen(peer, headers, LOCAL, hops) == wanted


async def test_by_default_nobody_is_believed() -> None:
    headers = [(FOR, "203.0.113.9"), (PROTO, "https")]
    assert await seen("127.0.0.1", headers, Server().trusted_proxies) == ("127.0.0.1", "http")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_what_counts_as_one_address(text: str, wanted: str) -> None:
    assert network(text) == wanted


def test_what_is_no_address() -> None:
    for text in ("", "x", "1.2.3", "[::1", "1.2.3.4.5", "_hidden", "::1::"):
        assert parse(text) is None or text == "[::1"


@pytest.mark.parametrize("proxy", ["*", "proxy.example.org", "10.0.0.1/8", "10.0.0.0/40"])
def test_proxies_are_named_by_address(proxy: str) -> None:
    with pytest.raises(ValueError, match="an address or a network"):
        Server(trusted_proxies=(proxy,))
