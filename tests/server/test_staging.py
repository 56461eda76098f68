"""Staging links: invited testers talk to the candidate, and nobody else; in no live figure."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from tests.server.candidates import PROMOTED, Openings, made, release_of, until
from tests.server.test_web_api import ask, listen, new

from chatwright.answer import Bot
from chatwright.core.errors import EngineError
from chatwright.server import beside as subject
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.canaries import Canaries
from chatwright.store.staging import Staging


@pytest.fixture
def openings(spec: Spec) -> Openings:
    return Openings(spec)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "EVERY", 0.03)
    monkeypatch.setattr(subject, "LOOK", 0.05)
    monkeypatch.setattr("chatwright.server.watch.EVERY", 0.03)


@pytest.fixture
def app(bot: Bot, database: Database, spec: Spec, web: Path, openings: Openings) -> FastAPI:
    return made(bot, database, spec, web, openings)


@pytest.fixture
def staging(database: Database) -> Staging:
    return Staging(database)


def linked(staging: Staging, ends: str = "2999-01-01T00:00:00.000Z") -> tuple[str, str]:
    link, token = staging.create(
        "library", "release-2", PROMOTED, ["Ask for a map.", "Complain."], ends
    )
    return link.id, token


@pytest.fixture
def tester(url: str, services: Services, staging: Staging) -> Iterator[httpx.Client]:
    _, token = linked(staging)
    until(lambda: services.deployed.beside(PROMOTED) is not None)
    with httpx.Client(base_url=url, timeout=10) as client:
        answer = client.get(f"/staging/{token}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        header = answer.headers["set-cookie"].lower()
        assert "httponly" in header
        assert "samesite=lax" in header
        yield client


def test_a_tester_talks_to_the_candidate_and_nobody_else_does(
    tester: httpx.Client, client: httpx.Client, openings: Openings, database: Database
) -> None:
    assert release_of(tester) == "release-2"
    assert release_of(client) == "release-1"
    talk = new(tester)
    assert listen(tester, ask(tester, talk))[-1][2]["release"] == "release-2"
    assert listen(client, ask(client, new(client)))[-1][2]["release"] == "release-1"
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT owner, channel FROM conversations").all()
    assert sorted(row.channel for row in rows) == ["staging", "web"]
    assert client.get(f"/api/conversations/{talk}").status_code == 404
    since = "2000-01-01T00:00:00.000Z"
    assert len(list(Canaries(database).seen("library", ("release-1", "release-2"), since))) == 1
    text = tester.get("/metrics").text
    assert 'chatwright_turns_total{channel="staging",route="generated",status="done"} 1.0' in text
    assert 'chatwright_turns_total{channel="web",route="generated",status="done"} 1.0' in text


def test_who_comes_before_the_candidate_is_ready_gets_no_other_bot(
    url: str, staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "EVERY", 60.0)  # nobody looks again
    time.sleep(0.3)
    _, token = linked(staging)
    with httpx.Client(base_url=url, timeout=10) as tester:
        assert tester.get(f"/staging/{token}").status_code == 303
        assert tester.get("/api/bot").status_code == 503


def test_tasks_are_shown_and_ticked_off(tester: httpx.Client, client: httpx.Client) -> None:
    found = tester.get("/api/staging").json()
    assert found["release"] == "release-2"
    assert [task["text"] for task in found["tasks"]] == ["Ask for a map.", "Complain."]
    done = tester.put("/api/staging/tasks/2", json={"done": True, "note": "It was kind."}).json()
    assert done["tasks"][1] == {
        "number": 2,
        "text": "Complain.",
        "done": True,
        "note": "It was kind.",
    }
    assert tester.get("/api/staging").json() == done
    assert not tester.put("/api/staging/tasks/2", json={"done": False}).json()["tasks"][1]["done"]
    for number in ("0", "3", "x"):
        answer = tester.put(f"/api/staging/tasks/{number}", json={"done": True})
        assert answer.status_code in (400, 404, 422), answer.text
    assert client.get("/api/staging").status_code == 404
    assert client.put("/api/staging/tasks/1", json={"done": True}).status_code == 404


def test_leaving_leads_back_to_the_bot_of_everybody(tester: httpx.Client) -> None:
    assert tester.delete("/api/staging").status_code == 204
    assert release_of(tester) == "release-1"
    assert tester.get("/api/staging").status_code == 404


def test_a_link_that_ended_opens_nothing_and_gives_no_other_bot(
    url: str, services: Services, staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatwright.server.testers.FRESH", 0.0)
    id, token = linked(staging)
    until(lambda: services.deployed.beside(PROMOTED) is not None)
    with httpx.Client(base_url=url, timeout=10) as tester:
        tester.get(f"/staging/{token}")
        talk = new(tester)
        staging.revoke("library", id)
        assert (
            tester.post(f"/api/conversations/{talk}/turns", json={"content": "x"}).status_code
            == 404
        )
        assert tester.get(f"/staging/{token}").status_code == 404
        until(lambda: services.deployed.candidates() == ())
    with pytest.raises(EngineError, match="not ready"):
        services.deployed.lease(f"staging:{id}:x")
    _, old = linked(staging, "2020-01-01T00:00:00.000Z")
    for wrong in (old, "x" * 43, "x", "%2e%2e"):
        assert httpx.get(f"{url}/staging/{wrong}").status_code == 404


def test_a_candidate_that_is_not_ready_is_said_to_be_so(
    tester: httpx.Client, openings: Openings
) -> None:
    talk = new(tester)
    openings.engine.state = "starting"
    answer = tester.post(f"/api/conversations/{talk}/turns", json={"content": "x"})
    assert answer.status_code == 503
    assert "not ready" in answer.json()["error"]["message"]
