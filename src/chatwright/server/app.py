"""The HTTP app: wires the floors below together and puts the layers in their order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute

from chatwright import __version__
from chatwright.answer import Bot, Deployed, Turns
from chatwright.answer.outlet import Outlets
from chatwright.answer.people import People
from chatwright.channels.gateway import Gateway, Within
from chatwright.channels.states import Counted
from chatwright.core.errors import ChatwrightError
from chatwright.core.live import Mark
from chatwright.improve.erasure_journal import Learned
from chatwright.improve.panels import Room
from chatwright.improve.review import Reviewer
from chatwright.knowledge.curating import Curator
from chatwright.knowledge.gaps import Gaps
from chatwright.server import (
    channels_api,
    chat_api,
    console,
    curated_api,
    errors,
    feedback_api,
    handover_api,
    health,
    invited,
    knowledge_api,
    login,
    manifest,
    openai,
    panel_api,
    privacy_api,
    reviews_api,
    share_api,
    staging_api,
    web_api,
    widget_api,
)
from chatwright.server.access import Access
from chatwright.server.doors import Doors
from chatwright.server.envelope import Envelope
from chatwright.server.hosts import Hosts
from chatwright.server.keyring import Keyring
from chatwright.server.limits import Limits
from chatwright.server.live import Live, WebOutlet
from chatwright.server.living import Living
from chatwright.server.meter import Meter
from chatwright.server.metrics import Metrics
from chatwright.server.openapi import description
from chatwright.server.passes import Passes
from chatwright.server.proxies import Proxies
from chatwright.server.scrape import Scrape
from chatwright.server.services import Services
from chatwright.server.standing import Standing
from chatwright.server.static import WEB, Web
from chatwright.server.testers import Testers
from chatwright.spec import Spec, load_spec
from chatwright.store import (
    Accounts,
    Allowances,
    Attempts,
    Clock,
    Conversations,
    Database,
    Feedbacks,
    Keys,
    Sessions,
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
from chatwright.store.secret import Secret, find_secret
from chatwright.store.shares import Shares
from chatwright.store.staging import Staging
from chatwright.store.stamps import new_id
from chatwright.store.talks import Talks

BEAT = 1.0  # seconds; see `core.live`
NOTE = 5.0  # seconds between two notes of which keys were used

# What pages of `allow_origins` may send and read.
SENT = ("authorization", "content-type", "x-api-key", "last-event-id", "x-chatwright-explain")
READ = (
    "x-request-id",
    "retry-after",
    *(
        f"x-ratelimit-{figure}-{what}"
        for figure in ("limit", "remaining", "reset")
        for what in ("requests", "tokens")
    ),
)
ROUTES: tuple[BaseRoute, ...] = tuple(
    route
    for router in (
        *openai.ROUTERS,
        web_api.router,
        chat_api.router,
        share_api.router,
        handover_api.router,
        curated_api.router,
        login.router,
        invited.router,
        privacy_api.router,
        knowledge_api.router,
        reviews_api.router,
        feedback_api.router,
        panel_api.router,
        staging_api.router,
        widget_api.router,
        manifest.router,
        health.router,
        channels_api.router,
        *console.ROUTERS,
    )
    for route in router.routes
)
Background = Callable[[Services], Coroutine[Any, Any, None]]


def create_app(
    bot: Bot,
    database: Database,
    spec: Spec,
    *,
    others: Sequence[Bot] = (),
    web: Path = WEB,
    background: Sequence[Background] = (),
) -> FastAPI:
    """An app that answers with `bot`; its lifespan starts and closes the engine.

    `others` answer too, under their names on `/v1`; page, store and settings are the first one's.
    `background` work runs beside it and is cancelled at its end. `app.state.services.bots` is where
    another deployment is swapped in.
    """
    services = _services(bot, others, database, spec)
    _watched(services)
    app = FastAPI(
        title=spec.bot.title or spec.bot.name,
        version=__version__,
        lifespan=lambda app: _lifespan(app, background),
        openapi_url=None,  # `openapi.py` describes it
        docs_url=None,  # its page loads scripts from elsewhere, which the security headers forbid
        redoc_url=None,
        redirect_slashes=False,
    )
    services.web = web
    app.state.services = services
    errors.install(app)
    # As they are: `include_router` would make each route anew at the first request, which then waits.
    app.router.routes.extend(ROUTES)
    app.add_route("/openapi.json", description, include_in_schema=False)
    # The last one added is the outermost.
    app.add_middleware(Limits)
    app.add_middleware(Access, doors=services.doors, meter=services.meter, page=Web(web))
    if spec.server.allow_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=spec.server.allow_origins,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=SENT,
            expose_headers=READ,
        )
    app.add_middleware(Hosts, bound=lambda: services.host, allowed=spec.server.allow_hosts)
    app.add_middleware(Proxies, trusted=spec.server.trusted_proxies, hops=spec.server.proxy_hops)
    app.add_middleware(Envelope, metrics=services.metrics)
    return app


def _services(bot: Bot, others: Sequence[Bot], database: Database, spec: Spec) -> Services:
    bots = _deployed(bot, *others)
    deployed = bots[spec.bot.name]
    metrics = Metrics(*bots, kinds={name: one.kind for name, one in spec.channels.items()})
    turn_log, staging, clock = TurnLog(database), Staging(database), Clock(database)
    handovers, secret = Handovers(database), find_secret(spec.made)
    doors = Doors(
        spec=spec,
        host=lambda: services.host,
        keyring=Keyring(Keys(database), lambda: tuple(bots)),
        sessions=Sessions(database),
        secret=secret,
        clock=clock,
        testers=Testers(staging, spec.bot.name),
        passes=Passes(lambda: doors.spec.widget, secret, clock),
    )
    people = People(spec, database, secret, [Learned()])
    live = Live(inbox := Inbox(database), lambda: tuple(bots))
    curators = {name: Curator(database, name, people.audit) for name in bots}
    of_bots = {spec.bot.name: people} | _people_of(others, people, database, secret)
    turns = Turns(turn_log, deployed, metrics.watch)
    within = Within(spec, database, secret, clock, turns, deployed.current, handovers, people)
    gateway = _gateway(within, metrics, live)
    services = Services(
        bots=bots,
        database=database,
        conversations=Conversations(database),
        feedbacks=Feedbacks(database),
        exchanges=Exchanges(database),
        turn_log=turn_log,
        turns=turns,
        people=people,
        curators=curators,
        reviewers=_reviewers(database, of_bots, curators),
        gaps={name: _gaps(database, one) for name, one in of_bots.items()},
        explanations=Explanations(database),
        handovers=handovers,
        inbox=inbox,
        talks=Talks(database),
        live=live,
        outlets=Outlets({"web": WebOutlet(live), **dict.fromkeys(gateway.channels, gateway)}),
        channels=gateway,
        rooms={name: Room(database, one.consenting) for name, one in of_bots.items()},
        staging=staging,
        keys=Keys(database),
        invitations=Invitations(database),
        figures=Figures(database),
        samples=Samples(database),
        attachments=Attachments(database),
        shares=Shares(database),
        metrics=metrics,
        doors=doors,
        scrape=Scrape(metrics),
        meter=Meter(Allowances(database, new_id()), clock, metrics.limited),
        accounts=Accounts(database),
        attempts=Attempts(database),
        host=spec.server.host,
        begun=_begun(bot, *others),
    )
    return services


def _gateway(within: Within, metrics: Metrics, live: Live) -> Gateway:
    """The channels of bot.toml."""
    told = metrics.channels
    counted = Counted(told.event, told.sent, told.acked, told.stands)
    return Gateway(replace(within, counted=counted, rated=metrics.rated, news=live.nudge))


def _reviewers(
    database: Database, people: Mapping[str, People], curators: Mapping[str, Curator]
) -> dict[str, Reviewer]:
    return {name: Reviewer(p.spec, database, p, curators[name]) for name, p in people.items()}


def _deployed(*bots: Bot) -> dict[str, Deployed]:
    """By name."""
    found = {one.spec.bot.name: Deployed(one, Mark(one.spec.made)) for one in bots}
    assert len(found) == len(bots), "two bots have the same name"
    return found


def _watched(services: Services) -> None:
    """Let the figures see what is not told to them."""
    services.database.watch = services.metrics.transaction
    services.metrics.registry.register(Living(services))
    services.metrics.shared.register(Standing(services))


def _gaps(database: Database, people: People) -> Gaps:
    return Gaps(database, people.spec, people.consent_version if people.consent_text else "")


def _people_of(
    others: Sequence[Bot], first: People, database: Database, secret: Secret
) -> dict[str, People]:
    """Those of the other bots, with one audit log for all: it is one store's."""
    found = {}
    for other in others:
        found[other.spec.bot.name] = People(other.spec, database, secret, [Learned()])
        found[other.spec.bot.name].audit = first.audit
    return found


def _begun(*bots: Bot) -> dict[str, Spec]:
    """Each bot.toml as it stands now; one that cannot be read is left out."""
    found = {}
    for bot in bots:
        with suppress(ChatwrightError):
            found[bot.spec.bot.name] = load_spec(bot.spec.folder)
    return found


@asynccontextmanager
async def _lifespan(app: FastAPI, background: Sequence[Background]) -> AsyncIterator[None]:
    services: Services = app.state.services
    tasks: list[asyncio.Task[None]] = []
    channels: asyncio.Task[None] | None = None
    try:
        for deployed in services.bots.values():
            await deployed.start()
        tasks = [
            asyncio.create_task(work(services))
            for work in (*background, _books, _beats, _news, _scraped)
        ]
        tasks += [
            asyncio.create_task(asyncio.to_thread(d.current().guard.warm))
            for d in services.bots.values()
        ]
        services.turns.open()
        await services.doors.keyring.prime()
        channels = asyncio.create_task(services.channels.run())
        yield
    finally:
        services.draining = True
        services.closing.set()
        if channels is not None:  # before the turns that it would begin
            channels.cancel()
            await asyncio.gather(channels, return_exceptions=True)
        await services.turns.close()
        await services.making_panels.close()
        for task in tasks:  # after the turns, whose tokens are still to be charged
            task.cancel()
        await asyncio.gather(
            *tasks, asyncio.to_thread(services.workshop.close), return_exceptions=True
        )
        for deployed in services.bots.values():
            await deployed.close()


async def _beats(services: Services) -> None:
    """Say once a second that somebody still waits: a training beside the server gives way. How late that is
    tells how busy the loop is."""
    lag, clock = services.metrics.lag.labels("server"), asyncio.get_running_loop().time
    while True:
        due = clock() + BEAT
        await asyncio.sleep(BEAT)
        lag.observe(clock() - due)
        for deployed in services.bots.values():
            deployed.beat()


async def _news(services: Services) -> None:
    """Tell open pages of what is new, whichever process did it."""
    await services.live.keep()


async def _scraped(services: Services) -> None:
    """Tell other processes of this server what this one counts."""
    await services.scrape.keep()


async def _books(services: Services) -> None:
    """Write down what callers used, and which keys: seldom, and at the end."""
    keeping = asyncio.create_task(services.meter.keep())
    try:
        while True:
            await asyncio.sleep(NOTE)
            await services.doors.keyring.note()
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, services.doors.keyring.note(), return_exceptions=True)
