"""A simulator on a free port, and a receiver of its events that answers as it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

import httpx
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from chatwright.channels.simulator import Simulator


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """The app behind real uvicorn, in a thread; its origin."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="websockets-sansio"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def until(true: Callable[[], Any], seconds: float = 20.0) -> Any:
    """What `true` returns, as soon as that is something."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "it did not become true"
        time.sleep(0.01)
    return found


class Receiver:
    """Takes events. `statuses`: what is answered, one after the other, then 200."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.headers: dict[str, str] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        request = Request(scope, receive)
        body = await request.body()
        self.requests.append((dict(request.headers), body))
        challenge = request.query_params.get("hub.challenge")
        answer: Response = PlainTextResponse(challenge or "")
        if b'"url_verification"' in body:
            answer = PlainTextResponse(json.loads(body)["challenge"])
        if self.statuses:
            answer.status_code = self.statuses.pop(0)
        answer.headers.update(self.headers)
        await answer(scope, receive, send)

    @property
    def bodies(self) -> list[Any]:
        found = []
        for _, body in self.requests:
            form = body.startswith(b"payload=")
            found.append(json.loads(parse_qs(body.decode())["payload"][0] if form else body))
        return found


class Simulated:
    """A running simulator, as a test speaks to it."""

    def __init__(self, simulator: Simulator, origin: str) -> None:
        self.simulator, self.origin = simulator, origin
        self.http = httpx.Client(base_url=origin, timeout=30)

    def rules(self, vendor: str, **rules: Any) -> None:
        self.http.patch(f"/control/{vendor}/rules", json=rules).raise_for_status()

    def do(self, vendor: str, verb: str, **act: Any) -> dict[str, Any]:
        answer = self.http.post(f"/control/{vendor}/{verb}", json=act)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def report(self, vendor: str) -> dict[str, Any]:
        return dict(self.http.get(f"/control/{vendor}/report").json())

    def lines(self, vendor: str, **query: Any) -> list[dict[str, Any]]:
        return list(self.http.get(f"/control/{vendor}/lines", params=query).json()["lines"])

    def sent(self, vendor: str) -> list[dict[str, Any]]:
        return self.lines(vendor, who="bot")

    def settled(self, vendor: str, seconds: float = 30.0) -> dict[str, Any]:
        """The figures, once nothing waits to be delivered."""
        until(lambda: self.report(vendor)["waiting"] == 0, seconds)
        return self.report(vendor)


@contextmanager
def simulated(seed: int = 0) -> Iterator[Simulated]:
    simulator = Simulator(seed)
    with serving(simulator) as origin:
        running = Simulated(simulator, origin)
        try:
            yield running
        finally:
            running.http.close()
