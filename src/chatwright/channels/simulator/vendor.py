"""What every simulated vendor can do: take calls, tell events, and sign what it delivers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute

from chatwright.channels.simulator.world import Book, Clock, Event

Forgery = Literal["signature", "missing", "body", "stale"]
MOST = 1 << 20  # bytes of a call


@dataclass(frozen=True, slots=True)
class Sealed:
    """A request, ready to go."""

    url: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Saying:
    """What a person does. `where` is a word of the vendor's (a direct message, a mention); `thread` and
    `message` are ids of the vendor's messages."""

    person: str
    text: str = ""
    where: str = ""
    thread: str = ""
    message: str = ""


class Vendor:
    """A vendor. `waits`: seconds before each repetition of a delivery that was not answered with 2xx;
    `patience`: seconds that it waits for an answer."""

    name: ClassVar[str]
    waits: ClassVar[tuple[float, ...]]
    patience: ClassVar[float]
    batches: ClassVar[bool] = False  # whether several events may come in one request

    def __init__(self, seed: int, clock: Clock) -> None:
        self.seed = seed
        self.book = Book(self.name, seed, clock)
        self.post: Callable[[list[Event], float], None] = _unposted

    def routes(self) -> list[BaseRoute]:
        raise NotImplementedError

    def environment(self, origin: str) -> dict[str, str]:
        """The environment variables with which a bot talks to this vendor at `origin`."""
        raise NotImplementedError

    def options(self, origin: str) -> dict[str, str | bool]:
        """What the channel's table of bot.toml says, for this vendor at `origin`."""
        raise NotImplementedError

    def say(self, saying: Saying) -> list[Event]:
        raise NotImplementedError

    def react(self, saying: Saying) -> list[Event]:
        raise NotImplementedError

    def press(self, saying: Saying) -> list[Event]:
        raise NotImplementedError

    def special(self, kind: str) -> list[Event]:
        """Rarer events by name: what no person says."""
        raise ValueError(f"{self.name} has no event {kind!r}.")

    def kept(self, events: list[Event]) -> bool:
        """Whether the vendor keeps the events until they are fetched, instead of delivering them."""
        return False

    def seal(self, events: list[Event], attempt: int, reason: str) -> Sealed:
        """The signed request that delivers the events."""
        raise NotImplementedError

    def forge(self, event: Event, kind: Forgery) -> Sealed:
        """A request that a careful server refuses. Raises `ValueError` where the vendor signs no such thing."""
        good = self.seal([event], 0, "")
        if kind == "body":
            return Sealed(good.url, good.headers, good.body.replace(b"{", b'{"forged":1,', 1))
        names = [
            name for name in good.headers if "signature" in name.lower() or "token" in name.lower()
        ]
        if kind == "missing":
            return Sealed(
                good.url, {k: v for k, v in good.headers.items() if k not in names}, good.body
            )
        if kind == "signature":
            bad = {name: _turned(good.headers[name]) for name in names}
            return Sealed(good.url, {**good.headers, **bad}, good.body)
        raise ValueError(f"{self.name} signs no timestamp.")

    def check(self) -> Sealed | None:
        """The request with which the vendor asks a new address whether it is the bot's, if it does."""
        return None

    def checked(self, status: int, body: bytes) -> bool:
        """Whether the answer to `check` was right."""
        return status == 200


def _unposted(events: list[Event], after: float) -> None:
    raise RuntimeError("the vendor has no courier yet")


def _turned(signature: str) -> str:
    """The same with its last sign changed."""
    return signature[:-1] + ("0" if signature[-1] != "0" else "1")


def packed(payload: Any) -> bytes:
    return json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode()


async def read(request: Request) -> bytes:
    """The body of a call; `ValueError` when it is longer than any vendor would take."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST:
            raise ValueError("The body is too long.")
    return body


def answer(payload: Any, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(payload, status, headers)
