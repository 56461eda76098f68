"""What the handlers of one app share. Made once by `create_app`; reached through the request."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from chatwright.answer import Deployed, Turns
from chatwright.server.events import going_down
from chatwright.server.metrics import Metrics
from chatwright.store import Conversations, Feedbacks, TurnLog


@dataclass
class Services:
    """The floors below, wired together. `host` is where the server is bound to."""

    deployed: Deployed
    conversations: Conversations
    feedbacks: Feedbacks
    turn_log: TurnLog
    turns: Turns
    metrics: Metrics
    host: str
    created: int = field(default_factory=lambda: int(time.time()))
    draining: bool = False  # no new replies; /ready says so
    closing: asyncio.Event = field(default_factory=asyncio.Event)  # streams end now
    stop: Callable[[], None] = lambda: None  # ends the process's server; set by `serve`

    def refuse_when_draining(self) -> None:
        if self.draining:
            raise going_down()

    def busy(self) -> bool:
        """Whether a reply is being made or saved."""
        return self.deployed.leased() > 0 or self.turns.running() > 0


async def _services(request: Request) -> Services:
    # Not a plain function: those are called in a thread, which costs more than most requests do.
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


Shared = Annotated[Services, Depends(_services)]
