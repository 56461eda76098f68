"""What the handlers of one app share. Made once by `create_app`; reached through the request."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from chatwright.answer import Deployed, Turns
from chatwright.answer.outlet import Outlets
from chatwright.answer.people import People
from chatwright.channels.gateway import Gateway
from chatwright.improve.panels import Room
from chatwright.improve.review import Reviewer
from chatwright.knowledge.curating import Curator
from chatwright.knowledge.gaps import Gaps
from chatwright.server.attaching import Attaching
from chatwright.server.doors import Doors
from chatwright.server.events import going_down
from chatwright.server.hashing import Hashing
from chatwright.server.live import Live
from chatwright.server.making_panels import MakingPanels
from chatwright.server.meter import Meter
from chatwright.server.metrics import Metrics
from chatwright.server.reading import Readers
from chatwright.server.scrape import Scrape
from chatwright.server.static import WEB
from chatwright.server.workshop import Workshop
from chatwright.spec import Spec
from chatwright.store import (
    Accounts,
    Attempts,
    Conversations,
    Database,
    Feedbacks,
    Keys,
    TurnLog,
)
from chatwright.store.attachments import Attachments
from chatwright.store.exchanges import Exchanges
from chatwright.store.explanations import Explanations
from chatwright.store.figures import Figures
from chatwright.store.handovers import Handovers
from chatwright.store.inbox import Inbox
from chatwright.store.invitations import Invitations
from chatwright.store.samples import Samples
from chatwright.store.shares import Shares
from chatwright.store.staging import Staging
from chatwright.store.talks import Talks


@dataclass
class Services:
    """The floors below, wired together. `host` is where the server is bound to.

    `bots` are all that are served, by name; `deployed` is the first of them, the page's.
    """

    bots: Mapping[str, Deployed]
    database: Database
    conversations: Conversations
    feedbacks: Feedbacks
    exchanges: Exchanges
    turn_log: TurnLog
    turns: Turns
    people: People
    curators: Mapping[str, Curator]  # of each bot that is served
    reviewers: Mapping[str, Reviewer]  # the same
    metrics: Metrics
    scrape: Scrape
    doors: Doors
    meter: Meter
    accounts: Accounts
    attempts: Attempts
    gaps: Mapping[str, Gaps]  # the same
    explanations: Explanations
    handovers: Handovers
    inbox: Inbox
    talks: Talks
    live: Live
    outlets: Outlets
    channels: Gateway
    rooms: Mapping[str, Room]  # the same
    staging: Staging
    keys: Keys
    invitations: Invitations
    figures: Figures
    samples: Samples
    attachments: Attachments
    shares: Shares
    host: str
    begun: Mapping[str, Spec]  # each bot.toml as it was at the start, where there is one
    readers: Readers = field(default_factory=Readers)
    web: Path = WEB  # the built pages
    hashing: Hashing = field(default_factory=Hashing)
    workshop: Workshop = field(default_factory=Workshop)
    attaching: Attaching = field(default_factory=Attaching)
    making_panels: MakingPanels = field(default_factory=MakingPanels)
    created: int = field(default_factory=lambda: int(time.time()))
    leaving: bool = False  # /ready says so; requests are still answered
    draining: bool = False  # no new replies
    closing: asyncio.Event = field(default_factory=asyncio.Event)  # streams end now
    stop: Callable[[], None] = lambda: None  # ends the process's server; set by `serve`

    @property
    def first(self) -> str:
        """The name of the bot that the page talks to."""
        return next(iter(self.bots))

    @property
    def deployed(self) -> Deployed:
        return self.bots[self.first]

    def refuse_when_draining(self) -> None:
        if self.draining:
            raise going_down()

    def busy(self) -> bool:
        """Whether a reply is being made or saved."""
        leased = any(deployed.leased() for deployed in self.bots.values())
        return leased or self.turns.running() > 0


async def _services(request: Request) -> Services:
    # Not a plain function: those are called in a thread, which costs more than most requests do.
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


Shared = Annotated[Services, Depends(_services)]
