"""Calls a vendor's API over HTTP, with limits of time and size, and says what a failure means.

Redirects are not followed and no proxy of the environment is used: a token goes to the vendor's address alone.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from chatwright.channels.channel import ChannelError, Later, Refused, TokenBad, Uncertain
from chatwright.knowledge import egress

CONNECT = 5.0  # seconds
WHOLE = 20.0  # seconds without an answer
MOST = 1 << 20  # bytes of an answer
# It tells addresses, and Telegram's hold the token.
logging.getLogger("httpx").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Reply:
    """A vendor's answer. `values`: its JSON object; empty where it is none."""

    status: int
    headers: Mapping[str, str]
    values: Mapping[str, Any]

    @property
    def retry_after(self) -> float:
        """Seconds of `Retry-After`; 0: none."""
        try:
            return min(max(float(self.headers.get("retry-after", "")), 0.0), 3600.0)
        except ValueError:
            return 0.0


Judge = Callable[[Reply], ChannelError | None]


def by_status(reply: Reply) -> ChannelError | None:
    """What a status means where a vendor says no more: 502 and 504 are those of a gateway that may have
    passed the request on."""
    status = reply.status
    if 200 <= status < 300:
        return None
    words = f"The vendor answered {status}."
    if status in (502, 504):
        return Uncertain(words)
    if status == 429 or status >= 500:
        return Later(words, after=reply.retry_after)
    if status in (401, 403):
        return TokenBad(words, "Set a valid token in the environment.")
    return Refused(words)


class Calls:
    """One vendor. `judge` says what an answer means, None that it is well; it is asked for each answer."""

    def __init__(
        self,
        base: str,
        *,
        headers: Mapping[str, str] | None = None,
        judge: Judge = by_status,
        whole: float = WHOLE,
    ) -> None:
        self._judge = judge
        self._client = httpx.AsyncClient(
            base_url=base,
            headers=dict(headers or {}),
            timeout=httpx.Timeout(whole, connect=CONNECT),
            limits=httpx.Limits(max_connections=32, keepalive_expiry=5.0),
            follow_redirects=False,
            trust_env=False,
            verify=egress.trusted(),
        )

    async def post(
        self, path: str, body: Mapping[str, Any] | bytes, headers: Mapping[str, str] | None = None
    ) -> Mapping[str, Any]:
        """The JSON object that answers a POST of JSON. Raises a `ChannelError` with a meaning."""
        content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        more = {"Content-Type": "application/json", **(headers or {})}
        return (await self.ask("POST", path, content=content, headers=more)).values

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        """The JSON object that answers a GET. Raises a `ChannelError`; nothing is uncertain about reading."""
        try:
            return (await self.ask("GET", path, params=dict(query or {}))).values
        except Uncertain as error:
            raise Later(error.problem) from error

    async def ask(self, method: str, path: str, *, host: str = "", **what: Any) -> Reply:
        """One request; `what` is httpx's. `host`: who a certificate must name where `path` is an address by
        number. Raises a `ChannelError` with a meaning."""
        left = _Left()
        extensions: dict[str, Any] = {"trace": left.watch}
        if host:
            extensions["sni_hostname"] = host
        try:
            async with self._client.stream(method, path, extensions=extensions, **what) as answer:
                body = bytearray()
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > MOST:
                        raise Uncertain("The vendor's answer is too long.")
                reply = Reply(answer.status_code, answer.headers, _object(bytes(body)))
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            # Only the kind of an error: its words may hold the address, and that the token.
            name = type(error).__name__
            if left.begun:
                raise Uncertain(f"The connection to the vendor broke ({name}).") from None
            raise Later(f"The vendor cannot be reached ({name}).") from None
        if (failed := self._judge(reply)) is not None:
            raise failed
        return reply

    async def close(self) -> None:
        await self._client.aclose()


class _Left:
    """Whether any of a request left this machine."""

    def __init__(self) -> None:
        self.begun = False

    async def watch(self, event: str, _: Mapping[str, Any]) -> None:
        if event.endswith("send_request_headers.started"):
            self.begun = True


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
