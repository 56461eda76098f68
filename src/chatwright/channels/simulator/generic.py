"""Any other system that talks to a bot by signed webhooks both ways, as Standard Webhooks has them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from chatwright.channels.simulator.vendor import (
    Forgery,
    Saying,
    Sealed,
    Vendor,
    answer,
    packed,
    read,
)
from chatwright.channels.simulator.world import Event, code

KEY = b"simulated-webhook-secret-of-32-b"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
TOLERANCE = 300  # seconds


class Generic(Vendor):
    """Takes the bot's answers at /webhook/answers."""

    name: ClassVar[str] = "webhook"
    waits: ClassVar[tuple[float, ...]] = (5.0, 300.0, 1800.0, 7200.0, 18_000.0, 36_000.0)
    patience: ClassVar[float] = 15.0

    def routes(self) -> list[BaseRoute]:
        return [Route("/webhook/answers", self.call, methods=["POST"])]

    def environment(self, origin: str) -> dict[str, str]:
        return {"WEBHOOK_SECRET": SECRET}

    def options(self, origin: str) -> dict[str, str | bool]:
        return {"url": f"{origin}/webhook/answers", "private": True}

    async def call(self, request: Request) -> JSONResponse:
        """An answer: its signature is looked at first, and an id seen before changes nothing."""
        body = await read(request)
        ident = request.headers.get("webhook-id", "")
        stamp = request.headers.get("webhook-timestamp", "")
        right = signature(ident, stamp, body)
        given = request.headers.get("webhook-signature", "").split(" ")
        late = not stamp.isdecimal() or abs(time.time() - int(stamp)) > TOLERANCE
        if self.book.rules.outage:
            return answer({"error": "down"}, 503)
        if late or self.book.rules.revoked or not any(hmac.compare_digest(right, g) for g in given):
            self.book.refuse("401")
            return answer({"error": "signature"}, 401)
        told = json.loads(body)
        self.book.count(str(told.get("type")))
        if told.get("type") != "message":
            return answer({})
        return self._taken(ident, told)

    def _taken(self, ident: str, told: dict[str, Any]) -> JSONResponse:
        message = f"msg_{code(ident, 20)}"
        if message in self.book.lines:
            self.book.count("repeated")
            return answer({"message": message})
        if (chance := self.book.chance()) == "error":
            self.book.refuse("503")
            return answer({"error": "busy"}, 503)
        chat, person = str(told.get("chat")), str(told.get("person"))
        line = self.book.write(message, chat, person, "bot", str(told.get("text")))
        line.thread = str(told.get("thread") or "")
        line.about = {"key": ident, "by": told.get("by", "")}
        line.buttons = [{"id": b, "label": b, "value": b} for b in told.get("buttons") or []]
        if chance == "uncertain":
            line.uncertain = True
            return answer({"error": "gateway"}, 502)
        return answer({"message": message})

    def _event(self, saying: Saying, ident: str, **what: Any) -> list[Event]:
        chat = f"chat-{saying.person}"
        self.book.person(saying.person, saying.person)
        told = {"chat": chat, "person": saying.person, "name": saying.person, **what}
        return [Event(ident, told, saying.person, saying.text)]

    def say(self, saying: Saying) -> list[Event]:
        ident = f"evt_{code(f'{self.seed}:event:{self.book.number()}', 24)}"
        self.book.write(ident, f"chat-{saying.person}", saying.person, "person", saying.text)
        return self._event(saying, ident, type="message", text=saying.text, message=ident)

    def react(self, saying: Saying) -> list[Event]:
        """`text` is "up", "down", or empty to take it back."""
        ident = f"evt_{code(f'{self.seed}:event:{self.book.number()}', 24)}"
        thumb = saying.text or None
        return self._event(saying, ident, type="feedback", message=saying.message, thumb=thumb)

    def press(self, saying: Saying) -> list[Event]:
        return self.react(saying)

    def seal(self, events: list[Event], attempt: int, reason: str) -> Sealed:
        (event,) = events
        return self._sealed(event, time.time())

    def _sealed(self, event: Event, at: float) -> Sealed:
        stamp, body = str(int(at + self.book.rules.skew_s)), packed(event.payload)
        headers = {
            "Content-Type": "application/json",
            "webhook-id": event.id,
            "webhook-timestamp": stamp,
            "webhook-signature": signature(event.id, stamp, body),
        }
        return Sealed(self.book.rules.url, headers, body)

    def forge(self, event: Event, kind: Forgery) -> Sealed:
        if kind == "stale":
            return self._sealed(event, time.time() - TOLERANCE - 1)
        return super().forge(event, kind)


def signature(ident: str, stamp: str, body: bytes) -> str:
    signed = hmac.new(KEY, f"{ident}.{stamp}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(signed.digest()).decode()}"
