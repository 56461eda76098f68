"""For machines that watch: is the process well, may traffic come, and the figures."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from pydantic import BaseModel
from starlette.responses import PlainTextResponse, Response

from chatwright import __version__
from chatwright.server.errors import Problem, retry_after
from chatwright.server.events import going_down
from chatwright.server.services import Shared

WORSE = ("ready", "starting", "failed")

router = APIRouter(tags=["watching"])


class Version(BaseModel):
    """Of chatwright."""

    version: str


class ChannelHealth(BaseModel):
    """A channel of bot.toml. "waiting": the vendor does not answer; "stopped": it does not know the bot; "off":
    a secret is missing. `since`: ISO 8601."""

    state: Literal["ready", "waiting", "stopped", "off"]
    reason: str
    since: str


class Health(BaseModel):
    """How it is: of several bots, how the worst of them is. `status` is "degraded" where a channel is not well:
    everything else is, and a restart would not help."""

    status: str
    engine: str
    release: str
    deployment: str
    channels: dict[str, ChannelHealth] = {}


def _health(services: Shared) -> Health:
    bots = [deployed.current() for deployed in services.bots.values()]
    bot = max(bots, key=lambda one: WORSE.index(one.engine.health()))
    channels = {
        name: ChannelHealth(state=one.state, reason=one.reason, since=one.since)
        for name, one in services.channels.standing().items()
    }
    return Health(
        status="degraded" if any(one.state != "ready" for one in channels.values()) else "ok",
        engine=bot.engine.health(),
        release=bot.release_id,
        deployment=bot.deployment_id,
        channels=channels,
    )


@router.get("/health")
async def health(services: Shared) -> Health:
    """503 only when a restart would help: the engine has failed for good."""
    found = _health(services)
    if found.engine == "failed":
        raise Problem(503, "The engine has failed. See the server's log.", code="engine_error")
    return found


@router.get("/ready")
async def ready(services: Shared) -> Health:
    """503 unless a request that is sent now would be answered."""
    if services.leaving or services.draining:
        raise going_down()
    found = _health(services)
    if found.engine != "ready":
        message = f"The engine is not ready: {found.engine}. Try again in a moment."
        raise Problem(503, message, code="not_ready", headers=retry_after(1))
    return found


@router.get("/version")
async def version() -> Version:
    return Version(version=__version__)


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(services: Shared) -> Response:
    return Response(await services.scrape.text(), media_type=CONTENT_TYPE_PLAIN_0_0_4)
