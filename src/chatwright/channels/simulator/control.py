"""/control: lets people write, changes the vendors' rules, and tells what was delivered and sent."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from chatwright.channels.simulator.rules import Rules
from chatwright.channels.simulator.vendor import Forgery, Saying, Vendor, answer, read
from chatwright.channels.simulator.world import Event

if TYPE_CHECKING:
    from chatwright.channels.simulator.app import Simulator

MOST = 100_000  # messages of one call
Name = Annotated[str, Field(min_length=1, max_length=60)]


class Act(BaseModel):
    """What a person does, `count` times; "{n}" in the text is which time it is. `people` > 1: they take turns,
    called ada1, ada2 and so on. `value` says what is done to `message`: an emoji, or a button's value."""

    model_config = ConfigDict(extra="forbid")

    person: Name = "ada"
    text: Annotated[str, Field(max_length=50_000)] = ""
    where: str = ""
    thread: str = ""
    message: str = ""
    value: str = ""
    count: Annotated[int, Field(ge=1, le=MOST)] = 1
    people: Annotated[int, Field(ge=1, le=MOST)] = 1
    kind: str = ""


class Wrong(Exception):
    """The call makes no sense: the answer is a 400 with these words."""


Handler = Callable[[Vendor, Request], Awaitable[dict[str, Any]]]


class Control:
    """The control API of one simulator."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def routes(self) -> list[BaseRoute]:
        """All of them; `{vendor}` is slack, whatsapp, messenger, telegram or webhook."""
        handlers: dict[str, tuple[str, Handler]] = {
            "rules": ("PATCH", self._rules),
            "say": ("POST", self._say),
            "react": ("POST", self._react),
            "press": ("POST", self._press),
            "special": ("POST", self._special),
            "forge": ("POST", self._forge),
            "check": ("POST", self._check),
            "reconnect": ("POST", self._reconnect),
            "report": ("GET", self._report),
            "events": ("GET", self._events),
            "lines": ("GET", self._lines),
        }
        found: list[BaseRoute] = [
            Route(f"/control/{{vendor}}/{name}", self._guarded(handler), methods=[method])
            for name, (method, handler) in handlers.items()
        ]
        found.append(Route("/control/clock", self._clock, methods=["POST"]))
        found.append(Route("/control", self._all, methods=["GET"]))
        return found

    def _guarded(self, handler: Handler) -> Callable[[Request], Awaitable[JSONResponse]]:
        async def guarded(request: Request) -> JSONResponse:
            vendor = self._simulator.vendors.get(request.path_params["vendor"])
            if vendor is None:
                return answer({"error": "There is no such vendor."}, 404)
            try:
                return answer(await handler(vendor, request))
            except (ValidationError, ValueError, Wrong) as error:
                return answer({"error": str(error)}, 400)
            except (KeyError, StopIteration):
                return answer({"error": "There is no such message, or no such button."}, 404)

        return guarded

    async def _all(self, request: Request) -> JSONResponse:
        """Every vendor: its rules, secrets, options and figures."""
        origin = f"{request.url.scheme}://{request.url.netloc}"
        shown = {
            name: {
                "rules": vendor.book.rules.model_dump(),
                "environment": vendor.environment(origin),
                "options": vendor.options(origin),
                "report": self._figures(vendor),
            }
            for name, vendor in self._simulator.vendors.items()
        }
        return answer(shown)

    async def _clock(self, request: Request) -> JSONResponse:
        """Move the vendors' clock forward by `seconds`: windows close, and streams end."""
        given = await _object(request)
        self._simulator.clock.ahead += float(given.get("seconds", 0))
        return answer({"ahead": self._simulator.clock.ahead})

    async def _rules(self, vendor: Vendor, request: Request) -> dict[str, Any]:
        changed = {**vendor.book.rules.model_dump(), **await _object(request)}
        vendor.book.rules = Rules.model_validate(changed)
        return vendor.book.rules.model_dump()

    async def _say(self, vendor: Vendor, request: Request) -> dict[str, Any]:
        act = Act.model_validate(await _object(request))
        told = []
        for n in range(act.count):
            name = act.person if act.people == 1 else f"{act.person}{1 + n % act.people}"
            text = act.text.replace("{n}", str(n))
            told += vendor.say(Saying(name, text, act.where, act.thread))
        return self._told(vendor, told)

    async def _react(self, vendor: Vendor, request: Request) -> dict[str, Any]:
        act = Act.model_validate(await _object(request))
        saying = Saying(act.person, act.value, act.where, message=act.message)
        return self._told(vendor, vendor.react(saying))

    async def _press(self, vendor: Vendor, request: Request) -> dict[str, Any]:
        act = Act.model_validate(await _object(request))
        saying = Saying(act.person, act.value, message=act.message)
        return self._told(vendor, vendor.press(saying))

    async def _special(self, vendor: Vendor, request: Request) -> dict[str, Any]:
        act = Act.model_validate(await _object(request))
        return self._told(vendor, vendor.special(act.kind))

    def _told(self, vendor: Vendor, events: list[Event]) -> dict[str, Any]:
        self._simulator.tell(vendor.name, events)
        return {"events": [event.id for event in events]}

    async def _forge(self, vendor: Vendor, request: Request) -> dict[str, Any]:
        """`count` requests that are not the vendor's, and how the server answered each."""
        act = Act.model_validate(await _object(request))
        if act.kind not in get_args(Forgery):
            raise Wrong(f"kind is one of {', '.join(get_args(Forgery))}")
        kind: Literal["signature", "missing", "body", "stale"] = act.kind  # type: ignore[assignment]
        statuses: dict[str, int] = {}
        for n in range(act.count):
            (event, *_) = vendor.say(Saying(act.person, act.text.replace("{n}", str(n))))
            status, _ = await self._brought(vendor, vendor.forge(event, kind))
            statuses[str(status)] = statuses.get(str(status), 0) + 1
        admitted = sum(n for status, n in statuses.items() if status.startswith("2"))
        return {"statuses": statuses, "admitted": admitted}

    async def _check(self, vendor: Vendor, _: Request) -> dict[str, Any]:
        """The vendor asks whether the address is the bot's, as when an owner sets it up there."""
        asked = vendor.check()
        if asked is None:
            raise Wrong(f"{vendor.name} asks no such question.")
        method = "POST" if asked.body else "GET"
        status, body = await self._brought(vendor, asked, method)
        return {"status": status, "right": vendor.checked(status, body)}

    async def _brought(
        self, vendor: Vendor, sealed: Any, method: str = "POST"
    ) -> tuple[int, bytes]:
        if not vendor.book.rules.url:
            raise Wrong("No address is set: PATCH /control/VENDOR/rules with url.")
        try:
            return await self._simulator.couriers[vendor.name].bring(sealed, method)
        except httpx.HTTPError as error:
            raise Wrong(f"The address does not answer: {type(error).__name__}.") from error

    async def _reconnect(self, vendor: Vendor, _: Request) -> dict[str, Any]:
        """Ask Socket Mode's connections to come again."""
        if vendor is not self._simulator.slack:
            raise Wrong("Only Slack has connections.")
        return {"connections": await self._simulator.socket.refresh()}

    def _figures(self, vendor: Vendor) -> dict[str, Any]:
        book = vendor.book
        sent = [line for line in book.order if line.who == "bot"]
        return {
            **self._simulator.couriers[vendor.name].report(),
            "sent": len(sent),
            "uncertain": sum(line.uncertain for line in sent),
            "calls": book.calls,
            "refused": book.refused,
        }

    async def _report(self, vendor: Vendor, _: Request) -> dict[str, Any]:
        return self._figures(vendor)

    async def _events(self, vendor: Vendor, request: Request) -> dict[str, Any]:
        """What was told, and how that went; `?person=` for one person's."""
        person = request.query_params.get("person")
        fates = self._simulator.couriers[vendor.name].fates.values()
        return {
            "events": [
                {
                    "id": fate.event.id,
                    "person": fate.event.person,
                    "text": fate.event.text,
                    "attempts": fate.attempts,
                    "acknowledged": fate.acknowledged,
                    "given_up": fate.given_up,
                    "status": fate.status,
                }
                for fate in fates
                if person is None or fate.event.person == person
            ]
        }

    async def _lines(self, vendor: Vendor, request: Request) -> dict[str, Any]:
        """What stands in the chats, in the order of time; `?after=` a line's number, `?person=` a name,
        `?who=bot` what was sent alone."""
        query = request.query_params
        after, book = int(query.get("after", -1)), vendor.book
        person, who = query.get("person"), query.get("who")
        lines = [
            {**asdict(line), "name": book.people.get(line.person, line.person)}
            for line in book.order[after + 1 :]
            if who in (None, line.who)
        ]
        if person:
            lines = [line for line in lines if line["name"] == person]
        return {"lines": lines}


async def _object(request: Request) -> dict[str, Any]:
    given = json.loads(await read(request) or b"{}")
    if not isinstance(given, dict):
        raise Wrong("The body is a JSON object.")
    return given
