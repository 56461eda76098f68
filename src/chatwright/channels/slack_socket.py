"""Slack's Socket Mode: events over connections that we open, for a bot without a public address.

Two connections are kept, so that nothing waits while Slack refreshes one, as it does every few hours. An
envelope is acknowledged after its event is durable; one that is not comes again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from chatwright.channels.calls import Calls
from chatwright.channels.channel import Event, Later, NotSet, Rejected, Request, Take, secret
from chatwright.channels.slack import BASE, Slack
from chatwright.channels.slack_errors import judged
from chatwright.channels.slack_events import interaction, outer
from chatwright.spec.channels import ChannelOptions

try:
    from websockets.asyncio.client import ClientConnection, connect
    from websockets.exceptions import WebSocketException
except ImportError:
    HAVE_WEBSOCKETS = False
else:
    HAVE_WEBSOCKETS = True

CONNECTIONS = 2
LARGEST = 1 << 20  # bytes of an envelope


def listening_slack(
    name: str, options: ChannelOptions, environ: Mapping[str, str]
) -> ListeningSlack:
    """Raises `NotSet`."""
    if not HAVE_WEBSOCKETS:
        raise NotSet("Slack's Socket Mode needs websockets.", 'pip install "chatwright[slack]"')
    token, app = secret(environ, name, "BOT_TOKEN"), secret(environ, name, "APP_TOKEN")
    return ListeningSlack(name, options, token, app)


class ListeningSlack(Slack):
    """An app that has no address."""

    def __init__(self, name: str, options: ChannelOptions, token: str, app: str) -> None:
        super().__init__(name, options, token, "")
        bearer = {"Authorization": f"Bearer {app}"}
        self._app = Calls(f"{options.base_url or BASE}/", headers=bearer, judge=judged)

    def verify(self, request: Request) -> None:
        raise Rejected("This bot fetches its events: it takes none by address.")

    async def listen(self, take: Take) -> None:
        tasks = [asyncio.create_task(self._connections(take)) for _ in range(CONNECTIONS)]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        await super().close()
        await self._app.close()

    async def _connections(self, take: Take) -> None:
        """One after the other: Slack says when it wants another."""
        while True:
            opened = await self._app.post("apps.connections.open", {})
            try:
                async with connect(str(opened["url"]), max_size=LARGEST, proxy=None) as link:
                    await self._heard(link, take)
            except (WebSocketException, OSError, KeyError) as error:
                raise Later(f"Slack's connection broke ({type(error).__name__}).") from None

    async def _heard(self, link: ClientConnection, take: Take) -> None:
        """Until Slack asks for another connection, or closes this one."""
        async for text in link:
            try:
                told = json.loads(text)
                kind, id = told["type"], told.get("envelope_id")
            except (ValueError, KeyError, TypeError, RecursionError):
                continue
            if kind == "disconnect":
                return
            if not isinstance(id, str):
                continue
            await take([_event(kind, id, told)])
            await link.send(json.dumps({"envelope_id": id}))


def _event(kind: str, id: str, told: Mapping[str, Any]) -> Event:
    """What we cannot read is acknowledged and ignored: it would come again for ever."""
    try:
        payload = told["payload"]
        if kind == "events_api":
            return outer(payload)
        if kind == "interactive":
            return interaction(payload)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        pass
    return Event(id, "ignored")
