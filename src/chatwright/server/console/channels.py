"""Where messages come from: the state of each channel, and a test message through its real reply path.

The server's own stand in `CHANNELS`: what each is called, how it is looked at, and how it is tried. Those of
bot.toml follow under their names there. The page shows what is listed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from chatwright.channels.channel import ChannelError
from chatwright.core.errors import NotFound
from chatwright.core.types import Conversation, Message, Route
from chatwright.server.caller import Caller, Who
from chatwright.server.console.which import OfBot
from chatwright.server.errors import WRITING, Problem
from chatwright.server.limits import Text
from chatwright.server.services import Services, Shared
from chatwright.server.web_types import Asked
from chatwright.spec import Spec
from chatwright.store import channel_outbox as outbox
from chatwright.store.channel_dead import DeadLetters
from chatwright.store.turns import Kept

router = APIRouter(prefix="/api/console/channels", responses=WRITING, tags=["console"])
PATIENCE = 120.0  # seconds for a test's answer
DAY = 86_400

State = Literal["ready", "off", "failed"]


class FactValue(BaseModel):
    """Something about a channel: a word of the page's, and a value."""

    name: str
    value: str | int | bool | None


class ChannelValue(BaseModel):
    """A channel. `replies`: of the last day, and how many of them failed."""

    kind: str
    state: State
    facts: list[FactValue]
    replies: int
    failed: int


class ChannelList(BaseModel):
    """In the order in which they registered."""

    channels: list[ChannelValue]


class Test(Asked):
    """What to say."""

    text: Annotated[Text, Field(min_length=1, max_length=2000, pattern=r"\S")]


class Tested(BaseModel):
    """The answer as a person on that channel would get it; nothing of it is kept."""

    text: str
    route: Route | None
    milliseconds: int
    release: str
    deployment: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A kind of channel. `look` says how one bot's is; `names` are those that its turns are stored under."""

    kind: str
    names: tuple[str, ...]
    look: Callable[[Services, Spec], tuple[State, list[FactValue]]]
    test: Callable[[Services, Spec, Caller, str], Awaitable[Tested]]


@router.get("")
async def channels(services: Shared, spec: OfBot) -> ChannelList:
    """Needs: the scope `admin`."""

    def work() -> ChannelList:
        found = services.figures.series(spec.bot.name, 3600, 24, time.time())
        whole = found.total()
        listed = []
        for one in _all(services):
            state, facts = one.look(services, spec)
            turns = {key: n for key, n in whole.turns.items() if key[0] in one.names}
            if one.kind == "api":
                turns = {("v1", "", status): n for status, n in whole.api.items()}
            listed.append(
                ChannelValue(
                    kind=one.kind,
                    state=state,
                    facts=facts,
                    replies=sum(turns.values()),
                    failed=sum(
                        n for key, n in turns.items() if key[2] in ("failed", "interrupted")
                    ),
                )
            )
        return ChannelList(channels=listed)

    return await asyncio.to_thread(work)


@router.post("/{kind}/test")
async def test(kind: str, body: Test, services: Shared, spec: OfBot, caller: Who) -> Tested:
    """Send a message on that channel's own path, and wait for the answer. Needs: the scope `admin`."""
    services.refuse_when_draining()
    for one in _all(services):
        if one.kind == kind:
            return await one.test(services, spec, caller, body.text)
    raise NotFound("There is no such channel.", "Load the page again.")


def _web(services: Services, spec: Spec) -> tuple[State, list[FactValue]]:
    if spec.bot.name != services.first:
        return "off", [FactValue(name="page_of", value=services.first)]
    visitors = services.doors.spec.access.visitors
    return _engine(services, spec), [
        FactValue(
            name="visitors", value=visitors if isinstance(visitors, str) else visitors is True
        ),
        FactValue(
            name="writes_per_minute", value=services.doors.spec.limits.visitor_writes_per_minute
        ),
        FactValue(name="running", value=services.figures.running(spec.bot.name)),
    ]


def _widget(services: Services, spec: Spec) -> tuple[State, list[FactValue]]:
    origins = services.doors.spec.widget.origins
    if spec.bot.name != services.first:
        return "off", [FactValue(name="page_of", value=services.first)]
    state: State = _engine(services, spec) if origins else "off"
    return state, [FactValue(name="sites", value=", ".join(origins) or None)]


async def _try_web(services: Services, spec: Spec, caller: Caller, text: str) -> Tested:
    """A turn as the page begins one, in a conversation that goes afterwards."""
    if spec.bot.name != services.first:
        raise Problem(409, f"The page talks to {services.first}. Test that one.", code="not_here")
    owner = f"test:{caller.id}"
    made = await asyncio.to_thread(services.conversations.create, spec.bot.name, owner, "test")
    try:
        began = time.monotonic()
        turn = await services.turns.start(owner, made.id, text, None)
        assert not isinstance(turn, Kept), "nobody has taken over a conversation that was just made"
        events = await services.turns.events(turn.id, owner, 0)
        assert events is not None, "the turn was just begun"
        last = None
        async with asyncio.timeout(PATIENCE):
            async for event in events:
                last = event.message if event.name in ("done", "error") else last
        if last is None or last.status != "done":
            raise Problem(503, (last and last.error) or "The reply failed.", code="turn_failed")
        took = round(1000 * (time.monotonic() - began))
        return Tested(
            text=last.content,
            route=last.route,
            milliseconds=took,
            release=last.release or "",
            deployment=last.deployment or "",
        )
    except TimeoutError:
        raise Problem(503, "No answer came within two minutes.", code="turn_failed") from None
    finally:
        await asyncio.to_thread(services.people.rows.drop, owner)


def _api(services: Services, spec: Spec) -> tuple[State, list[FactValue]]:
    keys = services.keys.all(spec.bot.name)
    return _engine(services, spec), [
        FactValue(name="keys", value=sum(one.state == "live" for one in keys)),
        FactValue(name="needed", value=services.doors.spec.access.keys),
        FactValue(name="used_at", value=max((k.used_at for k in keys if k.used_at), default=None)),
    ]


async def _try_api(services: Services, spec: Spec, caller: Caller, text: str) -> Tested:
    """A reply as /v1 makes one."""
    asked = Conversation((Message("user", text),))
    began, words, route = time.monotonic(), [], None
    with services.bots[spec.bot.name].lease() as bot:
        sampling = bot.spec.answers.sampling()
        try:
            async with (
                asyncio.timeout(PATIENCE),
                aclosing(bot.reply(asked, sampling)) as chunks,
            ):
                async for chunk in chunks:
                    words.append(chunk.text)
                    route = chunk.route or route
        except TimeoutError:
            raise Problem(503, "No answer came within two minutes.", code="turn_failed") from None
        return Tested(
            text="".join(words),
            route=route,
            milliseconds=round(1000 * (time.monotonic() - began)),
            release=bot.release_id,
            deployment=bot.deployment_id,
        )


def _all(services: Services) -> list[Channel]:
    named = [
        Channel(name, (name,), partial(_look, name), partial(_try, name))
        for name in services.channels.standing()
    ]
    return [*CHANNELS, *named]


def _look(name: str, services: Services, spec: Spec) -> tuple[State, list[FactValue]]:
    """One of bot.toml: they belong to the bot of the page."""
    if spec.bot.name != services.first:
        return "off", [FactValue(name="page_of", value=services.first)]
    one = services.channels.standing()[name]
    letters = DeadLetters(services.database).all(name)
    with services.database.read() as connection:
        waiting = outbox.waiting(connection).get(name, 0)
    facts = [
        FactValue(name="vendor", value=services.doors.spec.channels[name].kind),
        FactValue(name="waiting", value=waiting),
        FactValue(name="dead", value=len(letters)),
    ]
    if one.state == "ready":
        return _engine(services, spec), facts
    facts.append(FactValue(name="trouble", value=one.reason))
    return "off" if one.state == "off" else "failed", facts


async def _try(name: str, services: Services, spec: Spec, caller: Caller, text: str) -> Tested:
    """Whether the vendor knows us, then a turn as the channel begins one."""
    channel = services.channels.channels.get(name)
    if channel is None:
        raise Problem(409, services.channels.standing()[name].reason, code="channel_off")
    try:
        await channel.check()
    except ChannelError as error:
        raise Problem(503, str(error), code="channel_failed") from None
    return await _try_web(services, spec, caller, text)


def _engine(services: Services, spec: Spec) -> State:
    healthy = services.bots[spec.bot.name].current().engine.health() == "ready"
    return "ready" if healthy and not services.draining else "failed"


CHANNELS: list[Channel] = [
    Channel("web", ("web",), _web, _try_web),
    Channel("widget", ("widget",), _widget, _try_web),
    Channel("api", (), _api, _try_api),
]
