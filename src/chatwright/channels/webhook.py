"""A channel for everything else: signed events in, signed answers out, both as Standard Webhooks has it.

Source: https://www.standardwebhooks.com. WEBHOOK_SECRET is "whsec_" and base64, one for both ways; the header
webhook-signature is "v1," and base64 of the HMAC-SHA256 of "id.timestamp.body". Answers go to the address that
bot.toml names and to no other, by the rules of `knowledge.egress`; whoever gets them drops ids seen before.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any, get_args
from urllib.parse import urlsplit

from chatwright.answer.webhooks import within
from chatwright.channels.calls import Calls
from chatwright.channels.channel import (
    Answer,
    Event,
    EventKind,
    Later,
    Limits,
    Malformed,
    NotSet,
    Outgoing,
    Refused,
    Rejected,
    Request,
    Sent,
    same,
    secret,
)
from chatwright.knowledge import egress
from chatwright.spec.channels import ChannelOptions

PREFIX = "whsec_"
TOLERANCE = 300.0  # seconds that a timestamp may be off
LIMITS = Limits(text=20_000)
# What an event may say of itself, all of it text; "id" and "at" come with the signature.
WORDS = ("chat", "thread", "person", "text", "message", "locale", "name")
LONGEST = 200  # characters of an id


def webhook(name: str, options: ChannelOptions, environ: Mapping[str, str]) -> Webhook:
    """Raises `NotSet`."""
    shown = secret(environ, name, "SECRET")
    try:
        key = base64.b64decode(shown.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if len(key) < 24 or not shown.startswith(PREFIX):
        raise NotSet(
            f"{name.upper()}_SECRET is none.", f'Write "{PREFIX}" and base64 of 24 bytes or more.'
        )
    return Webhook(name, options, key)


class Webhook:
    """One address that answers are posted to. `resolve` is for tests."""

    kind = "webhook"
    limits = LIMITS

    def __init__(
        self,
        name: str,
        options: ChannelOptions,
        key: bytes,
        resolve: Callable[[str, int], list[str]] = egress.resolve,
    ) -> None:
        self.name = name
        self._url = options.base_url or options.url
        self._allowed = within if options.private else egress.public
        self._key, self._resolve = key, resolve
        self._calls = Calls("")

    def verify(self, request: Request) -> None:
        id = request.headers.get("webhook-id", "")
        stamp = request.headers.get("webhook-timestamp", "")
        if not id or len(id) > LONGEST or not stamp.isdecimal() or len(stamp) > 12:
            raise Rejected("webhook-id or webhook-timestamp is missing or wrong.")
        if abs(request.received_at - int(stamp)) > TOLERANCE:
            raise Rejected("The timestamp is too old, or of the future.")
        right = signature(self._key, id, stamp, request.body)
        given = request.headers.get("webhook-signature", "").split(" ")
        # Several: a sender that changes its secret signs with both.
        if not any(same(right, one) for one in given[:8]):
            raise Rejected("The signature is missing or wrong.")

    def challenge(self, request: Request) -> Answer | None:
        if request.method != "POST":
            raise Rejected("Events come by POST.")
        return None

    def parse(self, request: Request) -> list[Event]:
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError) as error:
            raise Malformed("The body is no JSON.") from error
        kind = body.get("type", "message") if isinstance(body, dict) else None
        if kind is None or kind not in get_args(EventKind):
            raise Malformed(f'"type" is none of {", ".join(get_args(EventKind))}.')
        found = {name: body.get(name, "") for name in WORDS}
        if any(not isinstance(value, str) for value in found.values()):
            raise Malformed("All values are texts.")
        if any(len(value) > LONGEST for name, value in found.items() if name != "text"):
            raise Malformed(f"All but the text have at most {LONGEST} characters.")
        if kind != "ignored" and not (found["chat"] and found["person"]):
            raise Malformed('"chat" and "person" say who it is, and where answers go.')
        thumb = body.get("thumb")
        if thumb not in ("up", "down", None):
            raise Malformed('"thumb" is "up", "down" or null.')
        at = float(request.headers["webhook-timestamp"])
        return [Event(request.headers["webhook-id"], kind, **found, thumb=thumb, at=at)]

    async def send(self, outgoing: Outgoing) -> Sent:
        body: dict[str, Any] = {
            "type": "message",
            "chat": outgoing.chat,
            "thread": outgoing.thread,
            "person": outgoing.person,
            "text": outgoing.text,
            "reply_to": outgoing.reply_to,
            "by": "person" if outgoing.by_person else "bot",
            "buttons": [one.value for one in outgoing.buttons],
        }
        answer = await self._post(outgoing.key, body)
        named = answer.get("message")
        return Sent(named if isinstance(named, str) and len(named) <= LONGEST else outgoing.key)

    async def check(self) -> str:
        await self._post(f"ping-{time.time_ns()}", {"type": "ping"})
        return urlsplit(self._url).netloc

    async def close(self) -> None:
        await self._calls.close()

    async def _post(self, id: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        place = urlsplit(self._url)
        host = place.hostname or ""
        port = place.port or egress.PORTS[place.scheme]
        try:
            egress.checked(self._url, frozenset({(host, port)}))
            found = await asyncio.to_thread(self._resolve, host, port)
        except egress.Refused as error:
            raise Later(error.problem, after=60.0) from error
        if not found or not all(map(self._allowed, found)):
            raise Refused(f"{host} is not in the public internet.", "Say private = true.")
        at = f"[{found[0]}]" if ":" in found[0] else found[0]
        content = json.dumps(body, ensure_ascii=False).encode()
        stamp = str(int(time.time()))
        headers = {
            "Host": place.netloc,
            "webhook-id": id,
            "webhook-timestamp": stamp,
            "webhook-signature": signature(self._key, id, stamp, content),
        }
        url = place._replace(netloc=f"{at}:{port}").geturl()
        headers["Content-Type"] = "application/json"
        reply = await self._calls.ask("POST", url, host=host, content=content, headers=headers)
        return reply.values


def signature(key: bytes, id: str, stamp: str, body: bytes) -> str:
    """What webhook-signature is to be."""
    mac = hmac.new(key, f"{id}.{stamp}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(mac.digest()).decode()}"
