"""One streamed exchange with an OpenAI-compatible server: sends a body, reads events, minds the time.

Knows HTTP and server-sent events; what an event means, whoever called knows.
"""

from __future__ import annotations

import asyncio
import email.utils
import json
import math
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx

from chatwright.core.errors import EngineError, EngineOverloaded, Unsupported

LINE_LIMIT = 1 << 20  # bytes of one event
ERROR_LIMIT = 1 << 16  # bytes that are read of an error's body
REFUSED = (400, 413, 422)  # the request is at fault: nobody else would take it
BUSY = (429, 503)

T = TypeVar("T")


class Unreachable(EngineError):
    """The server failed, and might not fail another time. `quick`: it did so without keeping us waiting."""

    def __init__(self, problem: str, next_step: str = "Try again.", *, quick: bool = True) -> None:
        super().__init__(problem, next_step)
        self.quick = quick


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to connect, until the first event, between two, and for all of it."""

    connect: float = 5.0
    first: float = 30.0
    between: float = 30.0
    whole: float = 600.0


PATIENCE = Patience()


class Clock:
    """Waits for things no longer than `patience` has it."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._end = asyncio.get_running_loop().time() + patience.whole

    async def within(self, waiting: Awaitable[T], seconds: float, problem: str) -> T:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout_at(min(loop.time() + seconds, self._end)):
                return await waiting
        except TimeoutError:
            over = loop.time() >= self._end
            said = f"took longer than {self._patience.whole:g} s" if over else problem
            raise Unreachable(f"The upstream {said}.", quick=False) from None


async def events(
    client: httpx.AsyncClient,
    path: str,
    body: dict[str, Any],
    headers: dict[str, str],
    patience: Patience,
) -> AsyncGenerator[dict[str, Any], None]:
    """The events of the answer to a POST of `body`, until `[DONE]` or the end.

    Raises `Unreachable`, `EngineOverloaded` when the server is busy, `Unsupported` when it refuses the
    request, and `EngineError` when it refuses us.
    """
    clock = Clock(patience)
    request = client.build_request("POST", path, json=body, headers=headers)
    try:
        response = await clock.within(
            client.send(request, stream=True),
            patience.first,
            f"did not answer within {patience.first:g} s",
        )
        try:
            if response.status_code >= 300:
                await _refuse(response, clock, patience)
            async for event in _read(response, clock, patience):
                yield event
        finally:
            await response.aclose()
    except httpx.HTTPError as error:
        # A timeout of ours is the clock's; httpx has one for connecting.
        quick = not isinstance(error, httpx.TimeoutException)
        raise Unreachable(
            f"The upstream at {client.base_url} failed ({type(error).__name__}).",
            "Check that it runs, then try again.",
            quick=quick,
        ) from error


async def _read(
    response: httpx.Response, clock: Clock, patience: Patience
) -> AsyncGenerator[dict[str, Any], None]:
    lines = _lines(response.aiter_bytes())
    seconds, problem = patience.first, f"sent nothing for {patience.first:g} s"
    while True:
        data = await clock.within(_next(lines), seconds, problem)
        if data is None or data.startswith("[DONE]"):
            return
        yield _event(data)
        seconds, problem = patience.between, f"sent nothing more for {patience.between:g} s"


async def _next(lines: AsyncIterator[str]) -> str | None:
    """The data of the next event; comments and other fields are passed over."""
    async for line in lines:
        if line.startswith("data:"):
            return line[5:].strip()
    return None


async def _lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[str]:
    rest = b""
    async for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.decode(errors="replace").strip("\r")
        if len(rest) > LINE_LIMIT:
            raise Unreachable("The upstream sent an event without an end.")
    yield rest.decode(errors="replace")


def _event(data: str) -> dict[str, Any]:
    try:
        event = json.loads(data)
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise odd()
    if event.get("error"):
        raise Unreachable(f"The upstream failed: {message(data)}")
    return event


def odd() -> Unreachable:
    return Unreachable(
        "The upstream sent an event that is not a piece of a chat.",
        "Check that base_url in bot.toml is an OpenAI-compatible one.",
    )


async def _refuse(response: httpx.Response, clock: Clock, patience: Patience) -> None:
    body = await clock.within(_start_of(response), patience.between, "did not end its answer")
    status = response.status_code
    problem = f"The upstream answered {status}: {message(body.decode(errors='replace'))}"
    if status in BUSY:
        seconds = retry_after(response.headers.get("retry-after", ""))
        raise EngineOverloaded(problem, "Try again in a moment.", retry_after=seconds)
    if status in REFUSED:
        raise Unsupported(problem, "Change the request.")
    if status >= 500:
        raise Unreachable(problem)
    raise EngineError(problem, "Check the model's name, the key and the URL in bot.toml.")


async def _start_of(response: httpx.Response) -> bytes:
    body = b""
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) >= ERROR_LIMIT:
            break
    return body[:ERROR_LIMIT]


def message(text: str) -> str:
    """What an error's body says, in short."""
    try:
        error = json.loads(text)["error"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return text[:300]
    said = error.get("message", error) if isinstance(error, dict) else error
    return str(said)[:300]


def retry_after(header: str) -> float:
    """Seconds that a Retry-After header means, a number or a date; 1 where it says nothing."""
    try:
        seconds = float(header)
    except ValueError:
        found = email.utils.parsedate_tz(header)
        seconds = email.utils.mktime_tz(found) - time.time() if found else 1.0
    return min(max(seconds, 0.0), 3600.0) if math.isfinite(seconds) else 1.0
