"""F2: kill -9 at random moments under writes. What was acknowledged is there, once, and the file is whole."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from tests.faults.conftest import BOTH
from tests.faults.stub import Server, begin
from tests.faults.talk import SLACK, ask, last_event, new

from chatwright.store import Database
from chatwright.store.tables import messages

CUSTOMERS = 4


class Customer(threading.Thread):
    """Talks without a pause until the server is gone, and notes what was acknowledged."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self.acknowledged: list[str] = []  # ids of messages
        self.finished: dict[str, str] = {}  # id of a reply -> what was shown as its whole text

    def run(self) -> None:
        try:
            with httpx.Client(base_url=self._address, timeout=10) as client:
                id, parent = new(client), None
                while True:
                    response = ask(client, id, "Hi", parent)
                    assert response.status_code == 202, response.text
                    turn = response.json()
                    self.acknowledged += [turn["user_message"]["id"], turn["message"]["id"]]
                    _, message = last_event(client, turn["turn_id"])
                    parent = message["id"]
                    self.finished[parent] = message["content"]
        except httpx.HTTPError:
            pass


def talked_to_until_killed(server: Server, seconds: float) -> list[Customer]:
    customers = [Customer(server.address) for _ in range(CUSTOMERS)]
    for customer in customers:
        customer.start()
    until = time.monotonic() + 5
    while not any(customer.acknowledged for customer in customers) and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(seconds)
    server.kill()
    for customer in customers:
        customer.join(15)
    return customers


def check(place: str, customers: list[Customer]) -> int:
    """How many messages were acknowledged; all of them are there, each once."""
    if "://" not in place:
        with sqlite3.connect(place) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database = Database(place)
    with database.read() as connection:
        rows = connection.execute(select(messages.c.id, messages.c.content)).all()
    database.close()
    stored = dict(rows)  # type: ignore[arg-type]
    assert len(stored) == len(rows)
    for customer in customers:
        assert set(customer.acknowledged) <= set(stored)
        assert len(customer.acknowledged) == len(set(customer.acknowledged))
        assert {id: stored[id] for id in customer.finished} == customer.finished
    return sum(len(customer.acknowledged) for customer in customers)


def statuses(place: str) -> dict[str, int]:
    database = Database(place)
    query = select(messages.c.status, func.count()).group_by(messages.c.status)
    with database.read() as connection:
        found = dict(connection.execute(query).all())  # type: ignore[arg-type]
    database.close()
    return found


def killed(place: str, folder: Path, times: int, slack: float = 1) -> dict[str, Any]:
    moments, acknowledged, starts = random.Random(7), 0, []
    everybody: list[Customer] = []
    for _ in range(times):
        server = begin(place, folder, engine={"pieces": 6})
        starts.append(server.started)
        customers = talked_to_until_killed(server, moments.uniform(0.0, 0.5))
        acknowledged += check(place, customers)
        everybody += customers
    check(place, everybody)
    server = begin(place, folder)
    began = time.monotonic()
    try:
        while statuses(place).get("running"):
            assert time.monotonic() - began < 10 * slack, "open turns were not marked interrupted"
            time.sleep(0.1)
    finally:
        server.end()
    return {
        "kills": times,
        "acknowledged": acknowledged,
        "slowest_start_s": round(max(starts), 2),
        "interrupted_after_s": round(time.monotonic() - began, 1),
        **statuses(place),
    }


@pytest.mark.soak
@BOTH
def test_five_kills(place: str, tmp_path: Path) -> None:
    found = killed(place, tmp_path, 5 if "://" not in place else 2, SLACK)
    assert found["acknowledged"] > 0
    assert set(found) & {"interrupted", "done"}


@pytest.mark.soak
@BOTH
def test_a_hundred_kills(place: str, tmp_path: Path) -> None:
    found = killed(place, tmp_path, 100)
    print("F2", place.split(":")[0], found)
    assert found["slowest_start_s"] < 5
