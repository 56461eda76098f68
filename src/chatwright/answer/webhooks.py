"""Calls the owner's own services, as `[[webhook]]` of bot.toml names them: nothing else is ever called.

    await Webhooks(spec.webhook).call("book", {"values": {...}}, key)    -> Called(kind, values)

A call is typed on both sides, bounded in time and size, signed where a secret is set, and follows no redirect.
The rules of `knowledge.egress` hold: every address of the host is looked at, and the connection goes to the
very one that was. A request that may have been received is not sent again: what became of it is `unclear`, and
whoever repeats it sends the same `Idempotency-Key`. Nothing of what is sent or received is logged.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import math
import os
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

import httpx

from chatwright.answer.slots import plain
from chatwright.core.errors import ChatwrightError
from chatwright.knowledge import egress
from chatwright.knowledge.egress import Refused
from chatwright.spec.skills import ResultType, Webhook

MOST = 64 << 10  # bytes of an answer
SENT = 256 << 10  # bytes of a request
CONNECT = 5.0  # seconds
PAUSE = 0.25  # seconds before the first repetition, twice that before the next
AT_ONCE = 32  # calls of one process
AGENT = "chatwright (+webhook)"

Kind = Literal["done", "failed", "unclear"]
log = logging.getLogger(__name__)
# It tells addresses, and a query may be a secret of the owner's.
logging.getLogger("httpx").setLevel(logging.WARNING)


class CallFailed(ChatwrightError):
    """A call that did not work. `unclear`: the service may have done it all the same; `wait`: it may be
    repeated after so many seconds."""

    def __init__(self, problem: str, *, unclear: bool = False, wait: float | None = None) -> None:
        super().__init__(problem)
        self.unclear = unclear
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Called:
    """What became of a call. `values`: the answer's, as people read them; `why` is for the log alone."""

    kind: Kind
    values: Mapping[str, str] = field(default_factory=dict)
    attempts: int = 1
    milliseconds: int = 0
    why: str = ""


def within(address: str) -> bool:
    """Whether a `private` webhook may be at this address: anywhere but where machines tell their secrets."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if parsed.is_loopback or egress.public(str(parsed)):
        return True
    bad = parsed.is_link_local or parsed.is_multicast or parsed.is_unspecified
    return parsed.is_private and not bad and str(parsed) != "fd00:ec2::254"


class Webhooks:
    """The webhooks of one bot. `heard` is told of each call, for figures and the audit log: the webhook's name
    and what became of it. The rest is for tests."""

    def __init__(
        self,
        webhooks: Iterable[Webhook],
        *,
        heard: Callable[[str, Called], None] | None = None,
        environ: Mapping[str, str] = os.environ,
        resolve: Callable[[str, int], list[str]] = egress.resolve,
        tls: Callable[[], ssl.SSLContext] = egress.trusted,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._webhooks = {webhook.name: webhook for webhook in webhooks}
        self._heard = heard
        self._environ = environ
        self._resolve = resolve
        self._tls = tls
        self._now = now
        self._sleep = sleep
        self._turns = asyncio.Semaphore(AT_ONCE)
        for webhook in self._webhooks.values():
            if missing := self._missing(webhook):
                log.warning("Webhook %s lacks %s in the environment.", webhook.name, missing[0])

    async def call(self, name: str, body: Mapping[str, Any], key: str) -> Called:
        """Send `body` to the webhook `name`; `key` is the same for what is to be done once. Raises nothing:
        what went wrong is in the answer."""
        webhook = self._webhooks[name]
        started = time.monotonic()
        tries = _Tries()
        try:
            async with asyncio.timeout(webhook.timeout_seconds), self._turns:
                values = await self._repeated(webhook, body, key, tries)
            kind: Kind = "done"
            why = ""
        except CallFailed as error:
            kind, why, values = "unclear" if error.unclear else "failed", error.problem, {}
        except TimeoutError:
            kind, values = "unclear" if tries.sent else "failed", {}
            why = f"more than {webhook.timeout_seconds:g} seconds"
        took = round((time.monotonic() - started) * 1000)
        called = Called(kind, values, tries.count, took, why)
        level = logging.INFO if kind == "done" else logging.WARNING
        told = f"{kind} ({why})" if why else kind
        log.log(level, "Webhook %s: %s, %d tries, %d ms.", name, told, tries.count, took)
        if self._heard is not None:
            self._heard(name, called)
        return called

    def _missing(self, webhook: Webhook) -> list[str]:
        wanted = [*webhook.headers_env.values(), *filter(None, [webhook.secret_env])]
        return [name for name in wanted if not self._environ.get(name)]

    async def _repeated(
        self, webhook: Webhook, body: Mapping[str, Any], key: str, tries: _Tries
    ) -> dict[str, str]:
        pause = PAUSE
        content = json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
        if len(content) > SENT:
            raise CallFailed("the request is too long")
        while True:
            tries.count += 1
            tries.sent = False
            try:
                return await self._once(webhook, content, key, tries)
            except CallFailed as error:
                if error.wait is None or tries.count > webhook.retries:
                    raise
                tries.sent = False  # the service said that it did nothing, or was never asked
                wait = max(error.wait, pause)
            await self._sleep(wait)
            pause *= 2

    async def _once(
        self, webhook: Webhook, content: bytes, key: str, tries: _Tries
    ) -> dict[str, str]:
        place = _place(webhook)
        address = await self._address(webhook, place)
        headers = self._headers(webhook, place, content, key)
        tls: Any = await asyncio.to_thread(self._tls) if place.scheme == "https" else False
        host = f"[{address}]" if ":" in address else address
        at = place._replace(netloc=host if place.port is None else f"{host}:{place.port}")
        extensions = {"sni_hostname": place.hostname, "trace": tries.watch}
        limits = httpx.Timeout(webhook.timeout_seconds, connect=CONNECT)
        try:
            async with (
                httpx.AsyncClient(
                    verify=tls, trust_env=False, follow_redirects=False, timeout=limits
                ) as client,
                client.stream(
                    webhook.method,
                    at.geturl(),
                    content=content,
                    headers=headers,
                    extensions=extensions,
                ) as answer,
            ):
                return await _read(webhook, answer)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            # Only the kind of an error: its words may hold the address.
            name = type(error).__name__
            wait = None if tries.sent else 0.0
            raise CallFailed(name, unclear=tries.sent, wait=wait) from error

    async def _address(self, webhook: Webhook, place: SplitResult) -> str:
        """The address that will be connected to, after all of the host's have been looked at."""
        port = place.port or egress.PORTS[place.scheme]
        try:
            found = await asyncio.to_thread(self._resolve, place.hostname or "", port)
        except Refused as error:
            raise CallFailed("its host has no address", wait=0.0) from error
        allowed = within if webhook.private else egress.public
        if not found or not all(map(allowed, found)):
            raise CallFailed("its host is not in the public internet: say private = true")
        return found[0]

    def _headers(
        self, webhook: Webhook, place: SplitResult, content: bytes, key: str
    ) -> dict[str, str]:
        if missing := self._missing(webhook):
            raise CallFailed(f"{missing[0]} is not in the environment")
        headers = {name: self._environ[env].strip() for name, env in webhook.headers_env.items()}
        if any(not value.isascii() or not value.isprintable() for value in headers.values()):
            raise CallFailed("a header from the environment has signs that no header may have")
        headers |= {
            "Host": place.netloc,
            "User-Agent": AGENT,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        if webhook.secret_env:
            secret = self._environ[webhook.secret_env].strip()
            headers["X-Chatwright-Signature"] = signature(secret, int(self._now()), content)
        return headers


class _Tries:
    """How often a call was begun, and whether any of the request of the last one left this machine."""

    def __init__(self) -> None:
        self.count = 0
        self.sent = False

    async def watch(self, event: str, _: Mapping[str, Any]) -> None:
        if event.endswith("send_request_headers.started"):
            self.sent = True


def signature(secret: str, at: int, content: bytes) -> str:
    """`t=` Unix time, `v1=` HMAC-SHA256 of "time.body": the receiver compares, and refuses what is old."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + content, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


def _place(webhook: Webhook) -> SplitResult:
    """The parts of the address, whose port the owner named."""
    named = urlsplit(webhook.url)
    host, port = named.hostname or "", named.port or egress.PORTS[named.scheme]
    try:
        return egress.checked(webhook.url, frozenset({(host, port)}))
    except Refused as error:
        raise CallFailed("its address is none") from error


async def _read(webhook: Webhook, answer: httpx.Response) -> dict[str, str]:
    status = answer.status_code
    if status in (429, 503):
        raise CallFailed(f"status {status}", wait=_wait(answer.headers.get("retry-after")))
    if status >= 500:
        raise CallFailed(f"status {status}", unclear=True)
    if not 200 <= status < 300:
        raise CallFailed(f"status {status}")
    if not webhook.result:
        return {}
    if answer.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise CallFailed("its answer is packed", unclear=True)
    body = bytearray()
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) > MOST:
            raise CallFailed(f"its answer has more than {MOST >> 10} KiB", unclear=True)
    return _values(bytes(body), webhook.result)


def _wait(header: str | None) -> float | None:
    """Seconds of a `Retry-After`; a date there is not waited for."""
    seconds = None
    with suppress(ValueError):
        seconds = float(header or "")
    return seconds if seconds is not None and math.isfinite(seconds) and seconds >= 0 else None


def _values(body: bytes, result: Mapping[str, ResultType]) -> dict[str, str]:
    """The declared values of an answer, as people read them."""
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise CallFailed("its answer is no JSON", unclear=True) from error
    if not isinstance(found, dict):
        raise CallFailed("its answer is no JSON object", unclear=True)
    shown = {}
    for name, kind in result.items():
        value = found.get(name)
        if not _is(value, kind):
            raise CallFailed(f'its answer has no {kind} "{name}"', unclear=True)
        shown[name] = plain(value if isinstance(value, str) else json.dumps(value)) or "…"
    return shown


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def _is(value: object, kind: ResultType) -> bool:
    if kind == "string":
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if kind == "integer":
        return isinstance(value, int)
    return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
