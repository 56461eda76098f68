"""All vendors as one ASGI app: each below its own path, the page at /, and /control for what is to happen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from chatwright.channels.simulator.control import Control
from chatwright.channels.simulator.delivery import Courier
from chatwright.channels.simulator.generic import Generic
from chatwright.channels.simulator.messenger import Messenger
from chatwright.channels.simulator.slack import Slack
from chatwright.channels.simulator.slack_socket import SocketMode
from chatwright.channels.simulator.telegram import Telegram
from chatwright.channels.simulator.vendor import Vendor
from chatwright.channels.simulator.whatsapp import WhatsApp
from chatwright.channels.simulator.world import Clock, Event

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
PAGE = {"": "text/html", "page.js": "text/javascript", "page.css": "text/css"}


class Simulator:
    """The vendors, as an ASGI app. The same seed makes the same ids, chances and faults."""

    def __init__(self, seed: int = 0) -> None:
        self.clock = Clock()
        self.slack = Slack(seed, self.clock)
        self.socket = SocketMode(self.slack)
        known: Sequence[Vendor] = (
            self.slack,
            WhatsApp(seed, self.clock),
            Messenger(seed, self.clock),
            Telegram(seed, self.clock),
            Generic(seed, self.clock),
        )
        self.vendors = {vendor.name: vendor for vendor in known}
        self.couriers = {
            vendor.name: Courier(vendor, self.socket if vendor is self.slack else None)
            for vendor in known
        }
        routes = [route for vendor in known for route in vendor.routes()]
        routes += self.socket.routes()
        routes += Control(self).routes()
        routes += [Route(f"/{name}", _page, methods=["GET"]) for name in PAGE]
        self._app = Starlette(routes=routes, lifespan=self._running)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def tell(self, vendor: str, events: list[Event]) -> None:
        """Let the bot's server know, by the vendor's rules."""
        if not self.vendors[vendor].kept(events):
            self.couriers[vendor].post(events)

    @asynccontextmanager
    async def _running(self, _: Starlette) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(courier.run()) for courier in self.couriers.values()]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()


async def _page(request: Request) -> Response:
    name = request.url.path.strip("/")
    text = files(__package__ or "").joinpath(name or "page.html").read_bytes()
    return Response(text, media_type=PAGE[name], headers=HEADERS)
