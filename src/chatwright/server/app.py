"""The HTTP app of one bot: wires the floors below together and puts the layers in their order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from chatwright import __version__
from chatwright.answer import Bot, Deployed, Turns
from chatwright.server import errors, health, openai, web_api
from chatwright.server.envelope import Envelope
from chatwright.server.hosts import Hosts
from chatwright.server.limits import Limits
from chatwright.server.metrics import Metrics
from chatwright.server.services import Services
from chatwright.server.static import WEB, Web
from chatwright.spec import Spec
from chatwright.store import Conversations, Database, Feedbacks, TurnLog

Background = Callable[[Services], Coroutine[Any, Any, None]]


def create_app(
    bot: Bot,
    database: Database,
    spec: Spec,
    *,
    web: Path = WEB,
    background: Sequence[Background] = (),
) -> FastAPI:
    """An app that answers with `bot`; its lifespan starts and closes the bot's engine.

    `background` work runs beside it and is cancelled at its end. `app.state.services.deployed` is
    where another bot is swapped in.
    """
    deployed = Deployed(bot)
    metrics = Metrics(spec.bot.name)
    turn_log = TurnLog(database)
    services = Services(
        deployed=deployed,
        conversations=Conversations(database),
        feedbacks=Feedbacks(database),
        turn_log=turn_log,
        turns=Turns(turn_log, deployed, metrics.watcher("web")),
        metrics=metrics,
        host=spec.server.host,
    )
    app = FastAPI(
        title=spec.bot.title or spec.bot.name,
        version=__version__,
        lifespan=lambda app: _lifespan(app, background),
        docs_url=None,  # its page loads scripts from elsewhere, which the security headers forbid
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.services = services
    errors.install(app)
    for floor in (openai, web_api, health):
        app.include_router(floor.router)
    app.router.default = Web(web)
    # The last one added is the outermost.
    app.add_middleware(Limits)
    app.add_middleware(Hosts, bound=lambda: services.host, allowed=spec.server.allow_hosts)
    app.add_middleware(Envelope, metrics=metrics)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI, background: Sequence[Background]) -> AsyncIterator[None]:
    services: Services = app.state.services
    await asyncio.to_thread(services.turn_log.interrupt_all)
    tasks: list[asyncio.Task[None]] = []
    try:
        await services.deployed.start()
        tasks = [asyncio.create_task(work(services)) for work in background]
        yield
    finally:
        for task in tasks:
            task.cancel()
        services.draining = True
        services.closing.set()
        await services.turns.close()
        await services.deployed.close()


def _openapi(app: FastAPI) -> dict[str, Any]:
    """FastAPI's description without its 422: invalid requests are answered with 400 here."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, routes=app.routes)
        for methods in schema["paths"].values():
            for operation in methods.values():
                operation["responses"].pop("422", None)
        app.openapi_schema = schema
    return app.openapi_schema
