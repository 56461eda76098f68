"""Channels while the server is killed: what was acknowledged is answered; doubled only where a kill fell."""

from __future__ import annotations

import base64
import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.faults.stub import Server, begin
from tests.server.channel_vendor import Vendor, vendor

from chatwright.channels.webhook import signature

KEY = b"k" * 24
EVENTS = 40


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        metafunc.parametrize("place", ["sqlite", "postgres"], indirect=True)


def say(address: str, number: int) -> bool:
    """Deliver an event, as the vendor does until it is taken."""
    body = {"chat": f"c{number}", "person": f"p{number}", "text": "Hi", "message": f"m{number}"}
    content, stamp = json.dumps(body).encode(), str(int(time.time()))
    headers = {"webhook-id": f"e{number}", "webhook-timestamp": stamp}
    headers["webhook-signature"] = signature(KEY, f"e{number}", stamp, content)
    try:
        posted = httpx.post(
            f"{address}/channels/hook", content=content, headers=headers, timeout=30
        )
    except httpx.HTTPError:
        return False
    return posted.status_code == 200


def started(place: str, folder: Path, sold: Vendor) -> Server:
    hook = {"kind": "webhook", "url": f"{sold.url}/hook", "private": True}
    secret = f"whsec_{base64.b64encode(KEY).decode()}"
    engine = {"pieces": 3, "delay": 0.02}
    return begin(
        place, folder, os.environ | {"HOOK_SECRET": secret}, channels={"hook": hook}, engine=engine
    )


def ids(sold: Vendor) -> Counter[str]:
    return Counter(given["webhook-id"] for given in list(sold.headers))


def answered(sold: Vendor) -> dict[str, set[str]]:
    """By chat, the ids of what it got: its receiver drops those that it has seen."""
    found: dict[str, set[str]] = {}
    for (_, body), given in zip(list(sold.sent), list(sold.headers), strict=False):
        found.setdefault(body["chat"], set()).add(given["webhook-id"])
    return found


def test_nothing_is_lost_and_little_doubled(place: str, tmp_path: Path) -> None:
    kills = 2 if place.startswith("postgres") else 4
    with vendor() as sold:
        server: Any = started(place, tmp_path, sold)
        try:
            for number in range(EVENTS):
                while not say(server.address, number):
                    time.sleep(0.05)
                if number % 5 == 0:  # again, as vendors do
                    say(server.address, number)
                if number % (EVENTS // kills) == EVENTS // kills - 1:
                    time.sleep(0.03 * (number % 7))
                    server.kill()
                    server = started(place, tmp_path, sold)

            def whole() -> bool:
                got = answered(sold)
                return len(got) == EVENTS and all(len(one) == 2 for one in got.values())

            sold.wait(whole, 90)
            time.sleep(2)
            assert whole()
            assert sum(count - 1 for count in ids(sold).values()) <= kills
        finally:
            server.kill()
