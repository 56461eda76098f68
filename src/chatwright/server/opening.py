"""What a server says of itself when it starts: which doors are open, which are not, and the keys to them."""

from __future__ import annotations

from collections.abc import Iterator

from chatwright.server.hosts import is_loopback
from chatwright.server.login import INVITED
from chatwright.spec import Spec


def opening(spec: Spec, address: str, token: str | None) -> Iterator[str]:
    """Lines for a person. `token` is the first owner's, where the bot has no owner yet."""
    elsewhere = not is_loopback(spec.server.host)
    if elsewhere:
        yield from _doors(spec)
    if token is not None:
        yield f"No owner yet. Within {INVITED / 60:.0f} minutes this token makes one, once: {token}"
        yield f"Use it on {address}/login, or with POST {address}/api/owner."


def _doors(spec: Spec) -> Iterator[str]:
    """Who may do what from other machines."""
    yield "Open to everybody: the page's files, /health, /ready."
    if spec.access.visitors is True:
        yield "Open to everybody ([access] visitors): chatting on the page."
    else:
        yield "Chatting on the page takes a login; [access] visitors = true opens it to everybody."
    if spec.access.keys == "off":
        yield 'OPEN TO EVERYBODY ([access] keys = "off"): /v1 and /metrics.'
    else:
        yield "/v1 and /metrics take an API key: `chatwright key create NAME`."
    if not spec.server.tls_cert and not spec.server.trusted_proxies:
        yield "Passwords and keys travel unencrypted: give --tls-cert and --tls-key, or put a proxy in front."
