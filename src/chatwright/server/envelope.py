"""What every answer carries: a request id, security headers, and what layers and handlers below add;
when all else fails, a sentence."""

from __future__ import annotations

import logging
import re
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatwright.core import logs, tracing
from chatwright.core.tracing import Span, Value
from chatwright.server.errors import problem
from chatwright.server.metrics import Metrics
from chatwright.store.stamps import new_id

# What a page of ours may do: nothing but what is listed. `web/e2e/fake-server.mjs` reads these lines as well.
# Scripts, styles, requests of our own origin alone: words in a chat that got past everything else could neither
# run nor tell anybody.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",
}


def policy(ancestors: str = "'none'") -> str:
    """What a page of ours may load, and which pages (sources, as the policy writes them) may frame it."""
    given = POLICY | {"frame-ancestors": ancestors}
    return "; ".join(f"{name} {value}" for name, value in given.items())


HEADERS = {
    "content-security-policy": policy(),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    # A browser may look up the hosts of all links before anybody clicks: words could leave in a host's name.
    "x-dns-prefetch-control": "off",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), payment=(), usb=()",
}

# A caller's own id is kept, so that one id finds a request in the logs of both.
SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")

PROBES = ("/health", "/ready", "/metrics")
log = logging.getLogger(__name__)


class Envelope:
    """The outermost layer. Plain ASGI, so that streams pass through it untouched.

    `request.state.headers` is a dict for all below: what is in it when the answer starts, leaves
    with it.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("x-request-id", "")
        request_id = asked if SANE.fullmatch(asked) else f"req_{new_id().replace('-', '')}"
        told: dict[str, str] = {}
        scope.setdefault("state", {})["headers"] = told
        started = time.monotonic()
        status = 0

        async def sealed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._count(scope, status)
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                for name, value in (HEADERS | told).items():
                    headers[name] = value
                if scope["path"].startswith("/v1/"):
                    headers["openai-processing-ms"] = f"{(time.monotonic() - started) * 1000:.0f}"
            await send(message)

        span = _span(scope, request_id)
        token = None if span is None else tracing.current.set(span)
        named = logs.about.set({"request_id": request_id})
        try:
            await self._app(scope, receive, sealed)
        except Exception as error:
            log.exception("Request %s failed.", request_id)
            self._metrics.failed(error, "request")
            if not status:
                await problem(error).response()(scope, receive, sealed)
        finally:
            if not status:
                self._count(scope, status)
            logs.about.reset(named)
            if span is not None and token is not None:
                tracing.current.reset(token)
                span.note("http.route", _route(scope))
                span.note("http.response.status_code", status)
                span.end()

    def _count(self, scope: Scope, status: int) -> None:
        """When the response starts: what comes after its end would be counted too late for some."""
        self._metrics.http.labels(_route(scope), scope["method"], str(status)).inc()


def _route(scope: Scope) -> str:
    """As it stands in the code: an address may hold whatever somebody wrote."""
    return str(getattr(scope.get("route"), "path", "other"))


def _span(scope: Scope, request_id: str) -> Span | None:
    """Of a request that is no probe, where somebody traces."""
    tracer = tracing.tracer()
    if tracer is None or scope["path"] in PROBES:
        return None
    about: dict[str, Value] = {
        "http.request.method": scope["method"],
        "chatwright.request_id": request_id,
    }
    return tracer.begin(f"{scope['method']} request", "server", about, None, Headers(scope=scope))
