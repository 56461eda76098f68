"""A server finishes erasures that reach into a model, in another process, and shows drift as figures."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Callable

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from chatwright.answer.people import People, Person
from chatwright.core.files import alone
from chatwright.improve.drifting import note
from chatwright.improve.erasure_journal import Learned, open_erasures
from chatwright.server import finishing as module
from chatwright.server.drifting import show
from chatwright.server.finishing import finishing
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.leases import Leases
from chatwright.store.secret import Secret

ROW = {"id": "r1", "owners": ["visitor:ann"], "origins": ["m1"], "raters": [], "messages": []}


def taught(spec: Spec) -> None:
    path = spec.made / "harvest" / "rows.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(ROW) + "\n")


async def until(true: Callable[[], bool], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


def test_an_erasure_is_left_open_where_something_was_learned(spec: Spec) -> None:
    database = Database(spec.made / "store.db")
    people = People(spec, database, Secret("x" * 40), [Learned()])
    assert "learned" not in people.erase("bob", "bob").about()["left"] and not open_erasures(spec)
    taught(spec)
    assert people.erase("eve", "eve").about()["left"] == {}
    assert "learned" in people.erase("ann", "ann").about()["left"]
    (journal,) = open_erasures(spec)
    assert journal.owners == ["ann"] and "r1" in journal.ids
    assert journal.steps == ["tombstones", "rows"] and journal.retrain
    assert Learned().erase(spec, Person("eve", ids=("m1",))).left, "by the message that it rests on"
    database.close()


async def test_it_is_finished_by_a_process_of_its_own(
    spec: Spec, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, leases: Leases
) -> None:
    taught(spec)
    Learned().erase(spec, Person("ann"))
    (journal,) = open_erasures(spec)
    code = f"import os; os.remove({str(journal.path)!r})"
    monkeypatch.setattr(module, "command", lambda spec: [sys.executable, "-c", code])
    with caplog.at_level(logging.INFO, "chatwright"):
        with alone(spec.made / "erased"):  # somebody does it by hand
            task = asyncio.create_task(finishing(spec, leases, 0.01))
            await asyncio.sleep(0.2)
            assert journal.path.exists()
        await until(lambda: "every erasure is finished" in caplog.text)
        task.cancel()


async def test_what_cannot_be_finished_is_said_and_not_tried_at_once(
    spec: Spec, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, leases: Leases
) -> None:
    taught(spec)
    Learned().erase(spec, Person("ann"))
    monkeypatch.setattr(
        module, "command", lambda spec: [sys.executable, "-c", "raise SystemExit(3)"]
    )
    task = asyncio.create_task(finishing(spec, leases, 0.01, 60))
    await until(lambda: "are not finished (3)" in caplog.text)
    await asyncio.sleep(0.2)
    task.cancel()
    assert caplog.text.count("are not finished") == 1
    assert module.command(spec)[0] == sys.executable


def test_the_last_look_is_shown(spec: Spec) -> None:
    registry = CollectorRegistry()
    show(registry, [spec])
    assert "chatwright_drift_score{" not in generate_latest(registry).decode()
    note(spec).parent.mkdir(parents=True)
    figures = {"refused": [6.0, 4.0, "2026-06-30"], "length": [1.0, 4.0, None]}
    note(spec).write_text(json.dumps({"figures": figures, "auc": {"recent": 0.7}}))
    text = generate_latest(registry).decode()
    assert 'chatwright_drift_score{figure="refused",model_name="library"} 1.5' in text
    assert 'chatwright_drift_alarm{figure="refused",model_name="library"} 1.0' in text
    assert 'chatwright_drift_alarm{figure="length",model_name="library"} 0.0' in text
    assert 'chatwright_drift_auc{against="recent",model_name="library"} 0.7' in text
