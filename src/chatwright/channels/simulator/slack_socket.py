"""Slack's Socket Mode: the bot connects to Slack, which sends envelopes and waits for their acknowledgement."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from chatwright.channels.simulator.delivery import Outcome
from chatwright.channels.simulator.slack import Slack
from chatwright.channels.simulator.slack_events import APP
from chatwright.channels.simulator.vendor import packed
from chatwright.channels.simulator.world import Event, code

MOST = 10  # connections of one app


class SocketMode:
    """The connections of one app. Slack chooses any of them for an envelope."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._open: list[WebSocket] = []
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._turn = 0

    def routes(self) -> list[BaseRoute]:
        return [WebSocketRoute("/slack/link", self.link)]

    @property
    def connections(self) -> int:
        return len(self._open)

    async def link(self, socket: WebSocket) -> None:
        """One connection, from its ticket to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._slack.tickets or len(self._open) >= MOST:
            await socket.close(4001)
            return
        self._slack.tickets.discard(ticket)
        await socket.accept()
        self._open.append(socket)
        await self._send(socket, self._hello())
        try:
            while True:
                self._heard(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._open.remove(socket)

    async def bring(self, events: list[Event], attempt: int, why: str) -> Outcome:
        """Send an event in an envelope, and wait for its acknowledgement."""
        (event,) = events
        if not self._open:
            return Outcome(0, 0.0, "connection_failed")
        self._turn += 1
        socket = self._open[self._turn % len(self._open)]
        ident = code(f"envelope:{event.id}:{attempt}:{self._turn}", 32).lower()
        envelope: dict[str, Any] = {
            "envelope_id": ident,
            "type": "interactive" if event.path == "interactive" else "events_api",
            "accepts_response_payload": event.path == "interactive",
            "payload": event.payload,
        }
        if event.path == "events":
            envelope |= {"retry_attempt": attempt, "retry_reason": why}
        waiting = self._waiting[ident] = asyncio.get_running_loop().create_future()
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._slack.patience):
                await self._send(socket, envelope)
                await waiting
        except TimeoutError:
            return Outcome(0, 1000 * (time.monotonic() - began), "timeout")
        except (RuntimeError, WebSocketDisconnect):  # it went while we were sending
            return Outcome(0, 1000 * (time.monotonic() - began), "connection_failed")
        finally:
            del self._waiting[ident]
        return Outcome(200, 1000 * (time.monotonic() - began))

    async def refresh(self, reason: str = "refresh_requested") -> int:
        """Ask every connection to come again, as Slack does every few hours; how many there were."""
        sockets = list(self._open)
        for socket in sockets:
            notice = {"type": "disconnect", "reason": reason, "debug_info": {"host": "simulated"}}
            await self._send(socket, notice)
            await socket.close()
        return len(sockets)

    def _heard(self, text: str) -> None:
        try:
            ident = json.loads(text).get("envelope_id")
        except (ValueError, AttributeError):
            return
        waiting = self._waiting.get(ident)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "connection_info": {"app_id": APP},
            "debug_info": {"host": "simulated", "approximate_connection_time": 18060},
        }

    async def _send(self, socket: WebSocket, payload: dict[str, Any]) -> None:
        await socket.send_text(packed(payload).decode())
