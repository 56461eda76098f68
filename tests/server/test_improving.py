"""A server that improves its bot by itself: a process is started when it is due, and its end is told."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from tests import tiny as small

from chatwright.improve import schedule
from chatwright.improve.journal import Journal, alone
from chatwright.server import improving as module
from chatwright.server.improving import improving, show
from chatwright.spec import Spec
from chatwright.store.leases import Leases


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    """Due since a minute."""
    found = small.spec_for(tmp_path, improve={"every": "1h"})
    schedule.claim(found, datetime.now(UTC) - timedelta(minutes=61))
    return found


async def until(true: Callable[[], bool], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


def stands_for(monkeypatch: pytest.MonkeyPatch, code: str, *arguments: str) -> None:
    monkeypatch.setattr(module, "command", lambda spec: [sys.executable, "-c", code, *arguments])


async def test_it_is_started_when_it_is_due_and_its_end_is_told(
    spec: Spec, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, leases: Leases
) -> None:
    stands_for(monkeypatch, f"print({json.dumps(json.dumps({'said': 'Promoted: release abc.'}))})")
    with caplog.at_level(logging.INFO, "chatwright"):
        task = asyncio.create_task(improving(spec, leases, 0.01))
        await until(lambda: "Promoted: release abc." in caplog.text)
        task.cancel()
    assert caplog.text.count("as planned") == 1


async def test_a_failure_is_an_error_in_the_log_and_not_the_servers_end(
    spec: Spec, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, leases: Leases
) -> None:
    told = json.dumps({"error": {"message": "The disk is full."}})
    stands_for(monkeypatch, f"print({told!r}); raise SystemExit(1)")
    task = asyncio.create_task(improving(spec, leases, 0.01))
    await until(lambda: "The disk is full." in caplog.text)
    assert not task.done()
    task.cancel()


async def test_a_server_that_ends_ends_it(
    spec: Spec, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, leases: Leases
) -> None:
    code = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
    note = tmp_path / "pid"
    stands_for(monkeypatch, code, str(note))
    task = asyncio.create_task(improving(spec, leases, 0.01))
    await until(lambda: note.exists() and note.read_text() != "")
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


async def test_without_every_nothing_is_planned(tmp_path: Path, leases: Leases) -> None:
    spec = small.spec_for(tmp_path)
    task = asyncio.create_task(improving(spec, leases, 0.01))
    await asyncio.sleep(0.1)
    task.cancel()
    assert not spec.made.exists()


def test_what_is_started_is_the_verb(spec: Spec) -> None:
    line = module.command(spec)
    assert line[0] == sys.executable and line[3:] == [
        "improve", str(spec.folder), "--scheduled", "--json",
    ]  # fmt: skip


def test_metrics_show_the_last_one(spec: Spec, tmp_path: Path) -> None:
    registry, none = CollectorRegistry(), CollectorRegistry()
    show(none, [small.spec_for(tmp_path / "other")])
    assert generate_latest(none) == b""
    show(registry, [spec])
    with alone(spec.made):
        journal = Journal.begin(spec.made, "key", {})
        assert (
            b'chatwright_improve_last_state{model_name="tiny",state="running"} 1.0'
            in generate_latest(registry)
        )
    assert b'state="interrupted"} 1.0' in generate_latest(registry)
    journal.end("refused", "worse")
    text = generate_latest(registry)
    assert b'state="refused"} 1.0' in text and b'state="interrupted"} 0.0' in text
    assert b"chatwright_improve_last_run_timestamp_seconds" in text
