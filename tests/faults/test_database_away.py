"""F12 and F18: PostgreSQL stops, or the wire to it is cut, and comes back; the server runs all the time."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.faults.stub import Parrot
from tests.faults.talk import SLACK, ask, complete, last_event, messages, new
from tests.faults.wire import Wire
from tests.postgres import Postgres
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.server import create_app
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store import postgres as module

Away = Callable[[], None]


class Visitor(threading.Thread):
    """Asks, reads the reply, asks on; notes every answer, and what was acknowledged."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.client = httpx.Client(base_url=url, timeout=40)
        self.id = new(self.client)
        self.over = threading.Event()
        self.statuses: Counter[int] = Counter()
        self.acknowledged: list[str] = []
        self.slowest = 0.0
        self.succeeded = 0.0  # when, at last
        self.odd: list[str] = []

    def run(self) -> None:
        while not self.over.is_set():
            began = time.monotonic()
            try:
                response = ask(self.client, self.id, "Hi")
                self.slowest = max(self.slowest, time.monotonic() - began)
                self.statuses[response.status_code] += 1
                if response.status_code == 503:
                    if response.json()["error"]["code"] != "store_unavailable":
                        self.odd.append(response.text)
                    if not 1 <= int(response.headers["retry-after"]) <= 10:
                        self.odd.append(str(response.headers))
                    time.sleep(0.1)
                    continue
                self.succeeded = time.monotonic()
                turn = response.json()
                self.acknowledged.append(turn["message"]["id"])
                last_event(self.client, turn["turn_id"])
            except (httpx.HTTPError, IndexError):
                self.statuses[0] += 1  # a stream that broke: the page reads it again
                time.sleep(0.1)


def away_for(
    seconds: float, url: str, leave: Away, come_back: Away, slack: float
) -> dict[str, Any]:
    visitors = [Visitor(url) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    time.sleep(0.7)
    with httpx.Client(base_url=url, timeout=20) as other:
        id = new(other)
        leave()
        time.sleep(seconds)
        assert complete(other).status_code == 200  # /v1 keeps nothing and needs no store
        assert other.get("/health").status_code == 200
        refused = ask(other, id, "Hi")  # the others may all be waiting for the end of a reply
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "store_unavailable")
    come_back()
    back = time.monotonic()
    while any(visitor.succeeded < back for visitor in visitors):
        assert time.monotonic() - back < 10 * slack, "not back within ten seconds"
        time.sleep(0.05)
    recovered = time.monotonic() - back
    for visitor in visitors:
        visitor.over.set()
    for visitor in visitors:
        visitor.join(30)
    counted: Counter[int] = sum((visitor.statuses for visitor in visitors), Counter())
    assert [odd for visitor in visitors for odd in visitor.odd] == []
    assert set(counted) <= {202, 503, 0}, counted
    while any(m["status"] == "running" for v in visitors for m in messages(v.client, v.id)):
        assert time.monotonic() - back < 25 * slack, "turns were left running"
        time.sleep(0.2)
    for visitor in visitors:
        check(visitor)
        visitor.client.close()
    return {
        "away_s": seconds,
        "answers": dict(counted),
        "slowest_s": round(max(visitor.slowest for visitor in visitors), 1),
        "back_after_s": round(recovered, 1),
    }


def check(visitor: Visitor) -> None:
    """No half conversation: every user message has its one reply, and what was promised is there."""
    found = messages(visitor.client, visitor.id)
    replies = [message for message in found if message["role"] == "assistant"]
    asked = [message for message in found if message["role"] == "user"]
    assert sorted(reply["parent_id"] for reply in replies) == sorted(user["id"] for user in asked)
    by_id = {reply["id"]: reply for reply in replies}
    assert set(visitor.acknowledged) <= set(by_id)
    for id in visitor.acknowledged:
        assert (by_id[id]["status"], by_id[id]["content"][:3]) == ("done", "0 x")


@contextmanager
def served(spec: Spec, place: str) -> Iterator[str]:
    database = Database(place)
    app: FastAPI = create_app(Bot(spec, Parrot(), "r", "d"), database, spec)
    try:
        with served_app(app) as url:
            yield url
    finally:
        database.close()


def stopped(postgres: Postgres, spec: Spec, seconds: float, slack: float) -> dict[str, Any]:
    with served(spec, postgres.new_database()) as url:
        try:
            return away_for(seconds, url, postgres.stop, postgres.start, slack)
        finally:
            postgres.stop()
            postgres.start()


def cut(postgres: Postgres, spec: Spec, seconds: float, slack: float) -> dict[str, Any]:
    wire = Wire(postgres.port)
    try:
        place = postgres.new_database().replace(str(postgres.port), str(wire.port))
        with served(spec, place) as url:
            return away_for(seconds, url, wire.cut, wire.mend, slack)
    finally:
        wire.close()


def test_postgres_stops_for_a_moment(postgres: Postgres, spec: Spec) -> None:
    stopped(postgres, spec, 1.5, SLACK)


def test_the_wire_is_cut_for_a_moment(
    postgres: Postgres, spec: Spec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IDLE", 0.5)
    monkeypatch.setattr(module, "BUSY", 0.5)
    monkeypatch.setitem(module.CONNECTING, "connect_timeout", 2)
    cut(postgres, spec, 2, SLACK)


@pytest.mark.soak
def test_postgres_stops_for_half_a_minute(postgres: Postgres, spec: Spec) -> None:
    print("F12", stopped(postgres, spec, 30, 1))


@pytest.mark.soak
def test_the_wire_is_cut_for_half_a_minute(postgres: Postgres, spec: Spec) -> None:
    print("F18", cut(postgres, spec, 30, 1))
