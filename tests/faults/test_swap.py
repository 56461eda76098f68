"""F8, the server's part: releases change under 20 requests a second; a bad one is offered; back again."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.faults.stub import CHAT, Parrot
from tests.faults.talk import GOOD, SLACK, STREAM
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.core.errors import EngineError
from chatwright.server import create_app
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database

RATE = 20


class Broken(Parrot):
    async def start(self) -> None:
        await asyncio.sleep(0.2)
        raise EngineError("No weights.", "Train again.")


class Named(Parrot):
    """Takes a while to start, and says nothing but its release."""

    def __init__(self, name: str) -> None:
        super().__init__(pieces=20, delay=0.01)
        self.name = name
        self.loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        await asyncio.sleep(0.2)
        self.loop = asyncio.get_running_loop()
        await super().start()


def fingerprints(response: httpx.Response) -> set[str]:
    """All deployments that a response names."""
    return set(re.findall(r'"system_fingerprint":"([^"]*)"', response.text))


def swapped(app: FastAPI, spec: Spec, first: Named, rounds: int) -> dict[str, Any]:
    services: Services = app.state.services
    answered: Counter[str] = Counter()
    failed: list[str] = []
    over = threading.Event()

    def request(url: str, number: int) -> None:
        try:
            response = httpx.post(f"{url}{CHAT}", json=STREAM if number % 2 else GOOD, timeout=30)
            names = fingerprints(response)
            whole = response.text.endswith("[DONE]\n\n") or json.loads(response.text)["usage"]
            if (
                response.status_code != 200
                or len(names) != 1
                or not whole
                or "error" in response.text
            ):
                failed.append(response.text[:300])
            answered.update(names)
        except Exception as error:
            failed.append(repr(error))

    def swap(name: str, engine: Parrot) -> float:
        assert first.loop is not None
        began = time.monotonic()
        swapping = services.deployed.swap(Bot(spec, engine, name, name))
        asyncio.run_coroutine_threadsafe(swapping, first.loop).result(30)
        return time.monotonic() - began

    with served_app(app) as url, ThreadPoolExecutor(40) as pool:

        def load() -> None:
            began, number = time.monotonic(), 0
            while not over.is_set():
                pool.submit(request, url, number)
                number += 1
                time.sleep(max(0.0, began + number / RATE - time.monotonic()))

        loading = threading.Thread(target=load)
        loading.start()
        took = []
        for number in range(rounds):
            time.sleep(0.4)
            took.append(swap(f"new-{number}", Named("new")))
            with pytest.raises(EngineError):
                swap("broken", Broken())
            assert services.deployed.current().release_id == f"new-{number}"
            time.sleep(0.4)
            took.append(swap(f"old-{number}", Named("old")))
        over.set()
        loading.join()
    assert failed == []
    assert "broken" not in answered
    assert len(answered) == 2 * rounds + 1
    return {"answered": answered.total(), "failed": 0, "slowest_swap_s": round(max(took), 2)}


@pytest.fixture
def first() -> Named:
    return Named("first")


@pytest.fixture
def app(spec: Spec, first: Named, database: Database) -> FastAPI:
    return create_app(Bot(spec, first, "first", "first"), database, spec)


def test_swaps_under_load(app: FastAPI, spec: Spec, first: Named) -> None:
    found = swapped(app, spec, first, 1)
    assert found["slowest_swap_s"] < 5 * SLACK
    assert found["answered"] > 15


@pytest.mark.soak
def test_many_swaps_under_load(app: FastAPI, spec: Spec, first: Named) -> None:
    found = swapped(app, spec, first, 20)
    print("F8", found)
    assert found["slowest_swap_s"] < 5
