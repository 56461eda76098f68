"""A Graph API of its own: what WhatsApp and Messenger share at Meta: tokens, errors, signatures, webhooks."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse

from chatwright.channels.simulator.vendor import Sealed, Vendor, answer, packed, read
from chatwright.channels.simulator.world import Event, code

SECRET = "simulated-meta-app-secret"
TOKEN = "EAASIMULATED"
VERIFY = "simulated-verify-token"
DAY = 86_400.0


class Refused(Exception):
    """The answer is an error of the Graph API."""

    def __init__(
        self, number: int, words: str, status: int = 400, *, sub: int = 0, details: str = ""
    ) -> None:
        super().__init__(words)
        self.number, self.words, self.status = number, words, status
        self.sub, self.details = sub, details

    def shown(self) -> dict[str, Any]:
        error: dict[str, Any] = {
            "message": f"(#{self.number}) {self.words}",
            "type": "OAuthException",
            "code": self.number,
            "fbtrace_id": code(self.words, 11),
        }
        if self.sub:
            error["error_subcode"] = self.sub
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.status >= 500:
            error["is_transient"] = True
        return {"error": error}


class Graph(Vendor):
    """One product at Meta. `busy`: the code of a server that is down, of this product."""

    waits: ClassVar[tuple[float, ...]] = (
        *(2.0**n for n in range(12)),
        *(3600.0 for _ in range(166)),
    )
    patience: ClassVar[float] = 20.0
    batches: ClassVar[bool] = True
    busy: ClassVar[int] = 2

    async def called(self, request: Request) -> JSONResponse:
        """A POST to .../messages."""
        try:
            given = self._given(await read(request))
            self._admit(request)
            kind = self.kind(given)
            self.book.count(kind)
            if kind != "message":
                return answer(self.shown(kind, given))
            if (chance := self.book.chance()) == "error":
                raise Refused(self.busy, "Service temporarily unavailable", 503)
            sent = self.sent(given)
            if chance == "uncertain":
                self.book.order[-1].uncertain = True
                raise Refused(2, "Gateway timeout", 504)
            return answer(sent)
        except Refused as refused:
            self.book.refuse(str(refused.number))
            return answer(refused.shown(), refused.status)

    async def asked(self, request: Request) -> JSONResponse:
        """A GET of the number or page itself."""
        try:
            self._admit(request)
            return answer(self.about())
        except Refused as refused:
            self.book.refuse(str(refused.number))
            return answer(refused.shown(), refused.status)

    def kind(self, given: Mapping[str, Any]) -> str:
        """ "message", or the name of what is shown and not said."""
        raise NotImplementedError

    def shown(self, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """What is shown and not said: typing, seen."""
        raise NotImplementedError

    def sent(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Send a message. Raises `Refused`."""
        raise NotImplementedError

    def about(self) -> dict[str, Any]:
        raise NotImplementedError

    def envelope(self, events: list[Event]) -> dict[str, Any]:
        """The body of a delivery."""
        raise NotImplementedError

    def seal(self, events: list[Event], attempt: int, reason: str) -> Sealed:
        body = packed(self.envelope(events))
        signed = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature-256": f"sha256={signed}",
        }
        return Sealed(self.book.rules.url, headers, body)

    def check(self) -> Sealed:
        challenge = self._challenge()
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": VERIFY}
        return Sealed(f"{self.book.rules.url}?{urlencode(query)}", {}, b"")

    def checked(self, status: int, body: bytes) -> bool:
        return status == 200 and body.decode("utf-8", "replace").strip() == self._challenge()

    def _challenge(self) -> str:
        return str(int(code(f"{self.seed}:{self.name}:challenge", 8), 16))

    def _given(self, body: bytes) -> Mapping[str, Any]:
        try:
            given = json.loads(body)
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise Refused(100, "Invalid parameter")
        return given

    def _admit(self, request: Request) -> None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        token = token if kind.lower() == "bearer" else request.query_params.get("access_token", "")
        if self.book.rules.outage:
            raise Refused(self.busy, "Service temporarily unavailable", 503)
        if self.book.rules.revoked:
            raise Refused(190, "The session has been invalidated", 401, sub=460)
        if token != TOKEN:
            raise Refused(190, "Invalid OAuth access token - Cannot parse access token", 401)
