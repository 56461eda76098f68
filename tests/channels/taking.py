"""A channel at work: takes a vendor's deliveries as the intake does, and keeps the events."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from starlette.requests import Request as Received
from starlette.responses import Response
from tests.channels.simulated import Simulated

from chatwright.channels.channel import Channel, ChannelError, Event, Rejected, Request
from chatwright.channels.known import make
from chatwright.spec.channels import ChannelOptions


def channel_of(vendors: Simulated, name: str, **more: Any) -> Channel:
    """The channel of that name, set up as the simulator says."""
    vendor = vendors.simulator.vendors[name]
    options = ChannelOptions.model_validate(
        {"kind": name, **vendor.options(vendors.origin), **more}
    )
    return make(name, options, vendor.environment(vendors.origin))


class Taking:
    """An ASGI app. `received_at` makes the time of arrival."""

    def __init__(self, channel: Channel, received_at: Callable[[], float] = time.time) -> None:
        self.channel = channel
        self.received_at = received_at
        self.events: list[Event] = []
        self.rejected = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        received = Received(scope, receive)
        request = Request(
            received.method,
            dict(received.headers),
            dict(received.query_params),
            await received.body(),
            self.received_at(),
        )
        await self._answer(request)(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        try:
            if request.method == "POST":
                self.channel.verify(request)
            if (asked := self.channel.challenge(request)) is not None:
                return Response(asked.body, asked.status, media_type=asked.media_type)
            self.events += self.channel.parse(request)
        except Rejected:
            self.rejected += 1
            return Response(status_code=401)
        except ChannelError:
            return Response(status_code=400)
        return Response()

    def of(self, kind: str) -> list[Event]:
        return [event for event in self.events if event.kind == kind]
