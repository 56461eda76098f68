"""F1: streams of /v1 that are dropped in the middle cost nothing afterwards."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.faults.stub import CHAT, running
from tests.faults.talk import SLACK, STREAM, complete, gauge


async def dropped(address: str, streams: int, after: float) -> None:
    """Open streams, and close their connections in the middle of them."""
    limits = httpx.Limits(max_connections=streams)
    async with httpx.AsyncClient(base_url=address, timeout=30, limits=limits) as client:

        async def one() -> None:
            async with client.stream("POST", CHAT, json=STREAM) as response:
                assert response.status_code == 200
                with suppress(TimeoutError):
                    async with asyncio.timeout(after):
                        async for _ in response.aiter_raw():
                            pass

        await asyncio.gather(*(one() for _ in range(streams)))


def after_drops(folder: Path, streams: int, rounds: int, slack: float) -> dict[str, Any]:
    engine = {"pieces": 10_000, "delay": 0.05}
    with running(str(folder / "store.db"), folder, engine=engine) as server:
        address = server.address
        with httpx.Client(base_url=address, timeout=10) as client:
            asyncio.run(dropped(address, streams, 0.5))  # what is allocated once
            time.sleep(1)
            written = gauge(client, "vllm:generation_tokens_total")
            memory, files, gone, probes = server.rss(), server.descriptors(), [], []
            for _ in range(rounds):
                asyncio.run(dropped(address, streams, 0.5))
                began = time.monotonic()
                while gauge(client, "vllm:num_requests_running"):
                    assert time.monotonic() - began < 1 * slack
                    time.sleep(0.02)
                gone.append(time.monotonic() - began)
                began = time.monotonic()
                assert client.get("/ready").status_code == 200
                probes.append(time.monotonic() - began)
            time.sleep(1)
            figures = {
                "drops": streams * rounds,
                "running_0_after_s": round(max(gone), 3),
                "probe_s": round(max(probes), 3),
                "rss_growth": round(server.rss() / memory - 1, 4),
                "descriptors": server.descriptors() - files,
                "tokens_recorded": gauge(client, "vllm:generation_tokens_total") - written,
            }
    assert figures["probe_s"] < 5 * slack
    assert figures["rss_growth"] <= 0.05, figures
    assert figures["descriptors"] <= 12, figures  # the store's pool keeps connections: 2 each
    assert figures["tokens_recorded"] >= streams * rounds, figures  # each had several
    return figures


def test_dropped_streams(tmp_path: Path) -> None:
    after_drops(tmp_path, 40, 2, SLACK)


@pytest.mark.soak
def test_a_thousand_dropped_streams(tmp_path: Path) -> None:
    print("F1", after_drops(tmp_path, 200, 5, 1))


def test_a_reply_after_drops_is_whole(tmp_path: Path) -> None:
    with running(str(tmp_path / "store.db"), tmp_path, engine={"pieces": 30}) as server:
        asyncio.run(dropped(server.address, 20, 0.05))
        with httpx.Client(base_url=server.address) as client:
            assert complete(client).json()["usage"]["completion_tokens"] == 30
        assert server.end()["running"] == 0
