"""A server that is asked to end leaves first: the balancer is told, and requests are still answered."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import httpx
from tests.faults.stub import begin


def test_ready_says_so_before_requests_are_refused(tmp_path: Path) -> None:
    server = begin(str(tmp_path / "store.db"), tmp_path, leave=3.0)
    with httpx.Client(base_url=server.address, timeout=30) as page:
        assert page.get("/ready").status_code == 200
        server.process.terminate()
        until = time.monotonic() + 2.5
        while page.get("/ready").status_code != 503:
            assert time.monotonic() < until, "/ready never said so"
        id = page.post("/api/conversations", json={}).json()["id"]
        turn = page.post(f"/api/conversations/{id}/turns", json={"content": "Hi"})
        assert turn.status_code == 202, "refused while it was only leaving"
        events = page.get(f"/api/turns/{turn.json()['turn_id']}/events").text
        assert "event: done" in events
    server.end()


def test_a_second_signal_does_not_wait(tmp_path: Path) -> None:
    server = begin(str(tmp_path / "store.db"), tmp_path, leave=120.0)
    began = time.monotonic()
    server.process.terminate()
    try:
        server.process.wait(1.0)
    except subprocess.TimeoutExpired:
        server.process.send_signal(signal.SIGTERM)
    else:
        raise AssertionError("it did not wait for the balancer")
    server.process.communicate(timeout=30)
    assert server.process.returncode == 0
    assert time.monotonic() - began < 60
