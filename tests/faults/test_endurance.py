"""F16: at 70% of what it can carry, a server neither grows nor falls behind."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.faults.stub import CHAT, running
from tests.faults.talk import STREAM, gauge

MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
WARM = 0.25  # share of the time after which growth is looked at
ENGINE = {"pieces": 20, "delay": 0.02}
LIMITS = httpx.Limits(max_connections=400, max_keepalive_connections=400)


async def stream(client: httpx.AsyncClient) -> None:
    async with client.stream("POST", CHAT, json=STREAM) as response:
        assert response.status_code == 200
        async for _ in response.aiter_raw():
            pass


async def turn(client: httpx.AsyncClient) -> None:
    id = (await client.post("/api/conversations", json={})).json()["id"]
    body = {"content": "Hi", "parent_id": None}
    begun = await client.post(f"/api/conversations/{id}/turns", json=body)
    assert begun.status_code == 202, begun.text
    async with client.stream("GET", f"/api/turns/{begun.json()['turn_id']}/events") as response:
        async for _ in response.aiter_raw():
            pass
    assert (await client.delete(f"/api/conversations/{id}")).status_code == 204


async def capacity(address: str, seconds: float, clients: int = 32) -> float:
    """Requests per second when as many clients as this never pause; one in four is a page's turn."""
    done, until = 0, time.monotonic() + seconds

    async def customer(number: int) -> None:
        nonlocal done
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            await client.get("/api/bot")
            while time.monotonic() < until:
                await (turn if number % 4 == 0 else stream)(client)
                done += 1

    await asyncio.gather(*(customer(number) for number in range(clients)))
    return done / seconds


async def loaded(address: str, rate: float, seconds: float, look: Any) -> int:
    """Requests at `rate` per second, whatever becomes of those before; `look` every few seconds."""
    began, number = time.monotonic(), 0
    tasks: set[asyncio.Task[None]] = set()
    failed: list[BaseException] = []

    def ended(task: asyncio.Task[None]) -> None:
        tasks.discard(task)
        if (error := task.exception()) is not None:
            failed.append(error)

    async with httpx.AsyncClient(base_url=address, timeout=60, limits=LIMITS) as client:
        await client.get("/api/bot")  # one visitor: all of them share the cookie
        while (now := time.monotonic() - began) < seconds:
            if number < rate * now:
                task = asyncio.create_task((turn if number % 4 == 0 else stream)(client))
                tasks.add(task)
                task.add_done_callback(ended)
                number += 1
            else:
                await asyncio.sleep(0.005)
            look(now)
        await asyncio.gather(*tasks, return_exceptions=True)
    assert failed == []
    return number


def carried(folder: Path) -> float:
    """70% of what a server carries here, in requests per second."""
    with running(str(folder / "store.db"), folder, engine=ENGINE) as server:
        return 0.7 * asyncio.run(capacity(server.address, 20))


def endured(folder: Path, seconds: float, rate: float) -> dict[str, Any]:
    place, engine = str(folder / "store.db"), ENGINE
    with running(place, folder, engine=engine) as server:
        time.sleep(0.5)
        files = server.descriptors()
        seen: list[tuple[float, int]] = []

        def look(moment: float) -> None:
            if not seen or moment - seen[-1][0] > seconds / 100:
                seen.append((moment, server.rss()))

        number = asyncio.run(loaded(server.address, rate, seconds, look))
        time.sleep(6)  # idle connections are closed after five
        with httpx.Client(base_url=server.address) as client:
            assert gauge(client, "vllm:num_requests_running") == 0
        time.sleep(0.3)
        grown = server.descriptors() - files
        ended = server.end()
    late = [(moment, rss) for moment, rss in seen if moment > WARM * seconds]
    slope = statistics.linear_regression(*zip(*late, strict=True)).slope * 60 / 2**20
    return {
        "minutes": round(seconds / 60, 1),
        "requests_per_second": round(rate, 1),
        "requests": number,
        "rss_mib_per_minute": round(slope, 3),
        "rss_mib": round(seen[-1][1] / 2**20),
        "descriptors": grown,
        "loop_lag_p99_ms": round(1000 * ended["lag_p99"], 1),
    }


@pytest.mark.soak
def test_some_seconds_of_load(tmp_path: Path) -> None:
    found = endured(tmp_path, 4, 8)
    assert found["descriptors"] <= 8, found  # the pool keeps connections to the file: 2 each
    assert found["requests"] > 20


@pytest.mark.soak
def test_half_an_hour_of_load(tmp_path: Path) -> None:
    found = endured(tmp_path, 60 * MINUTES, carried(tmp_path))
    print("F16", found)
    assert found["rss_mib_per_minute"] < 1, found
    assert found["descriptors"] <= 12, found
    assert found["loop_lag_p99_ms"] < 50, found
