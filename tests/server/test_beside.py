"""A candidate beside the bot that is served: who gets it, how it ends, and that no request fails for it."""

from __future__ import annotations

import json
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI
from tests.conftest import Script
from tests.server.candidates import PROMOTED, Openings, made, release_of, until
from tests.server.conftest import WordEngine, served_app
from tests.server.test_web_api import ask, listen, new

from chatwright.answer import Bot
from chatwright.core.errors import EngineError, ReleaseError
from chatwright.core.files import sha256_file
from chatwright.improve.arms import chooses
from chatwright.improve.canary import Baseline, Rules
from chatwright.release.manifest import release_id
from chatwright.release.registry import Registry
from chatwright.server import beside as subject
from chatwright.server.cookies import new_token
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database, Keys
from chatwright.store.canaries import Canaries, CanaryRecord

NOTHING = Baseline(0.0, 0, 0, 0, {}, {}, 5_000, 20_000)


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
def canaries(database: Database) -> Canaries:
    return Canaries(database)


def start(canaries: Canaries, spec: Spec, share: float = 0.5) -> CanaryRecord:
    rules = Rules.of(spec.canary, NOTHING)
    settings = {"rules": rules.value(), "steps": []}
    return canaries.start("library", "release-2", PROMOTED, "release-1", share, settings)


def running(services: Services) -> None:
    until(lambda: services.deployed.observer)


def ended(canaries: Canaries, record: CanaryRecord) -> CanaryRecord:
    until(lambda: canaries.running("library") is None)
    found = canaries.find(record.id)
    assert found is not None
    return found


def visitor_of(url: str, release: str) -> httpx.Client:
    """A visitor whom this release answers."""
    for _ in range(100):
        client = httpx.Client(base_url=url, timeout=10)
        if release_of(client) == release:
            return client
        client.close()
    raise AssertionError("nobody got it")


def test_without_a_candidate_nothing_is_asked_of_anybody(url: str, services: Services) -> None:
    time.sleep(0.2)
    assert services.deployed.observer is None
    assert services.deployed.candidates() == ()
    assert services.deployed.lease("visitor:x").bot is services.deployed.current()


def test_people_keep_their_arm_also_after_a_restart(
    app: FastAPI, bot: Bot, database: Database, spec: Spec, web: Path, canaries: Canaries
) -> None:
    record = start(canaries, spec, 0.3)
    people = [{"cookie": f"chatwright_visitor={new_token()}"} for _ in range(60)]

    def asked(url: str) -> list[str]:
        with httpx.Client(base_url=url) as client:
            return [client.get("/api/bot", headers=one).json()["release"] for one in people]

    with served_app(app) as url:
        running(app.state.services)
        found = asked(url)
        assert asked(url) == found
    assert abs(found.count("release-2") - 18) < 4 * (60 * 0.3 * 0.7) ** 0.5
    again = made(Bot(spec, WordEngine(), "release-1", "d"), database, spec, web, Openings(spec))
    with served_app(again) as url:
        running(again.state.services)
        assert asked(url) == found
    assert canaries.running("library") == record


def test_a_turn_is_recorded_with_the_release_that_wrote_it(
    url: str, services: Services, openings: Openings, canaries: Canaries, spec: Spec
) -> None:
    start(canaries, spec)
    running(services)
    for release in ("release-1", "release-2"):
        with closing(visitor_of(url, release)) as client:
            turn = ask(client, new(client))
            assert listen(client, turn)[-1][2]["release"] == release
    assert len(openings.engine.asked) == 1
    metrics = httpx.get(f"{url}/metrics").text
    for line in ('replies_total{arm="current",status="done"} 1.0', "share 0.5"):
        assert f"chatwright_canary_{line}" in metrics
    assert 'chatwright_canary_replies_total{arm="candidate",status="done"} 1.0' in metrics
    until(lambda: 'chatwright_canary_evidence{rule="broken"}' in httpx.get(f"{url}/metrics").text)


def test_keys_of_v1_keep_their_arm_and_replies_say_whose_they_are(
    url: str,
    services: Services,
    openings: Openings,
    canaries: Canaries,
    spec: Spec,
    database: Database,
) -> None:
    record = start(canaries, spec)
    running(services)
    body = {"model": "library", "messages": [{"role": "user", "content": "Hi"}]}
    seen = set()
    for n in range(8):
        key, text = Keys(database).create("library", f"key {n}")
        headers = {"authorization": f"Bearer {text}"}
        expected = PROMOTED if chooses(record.salt, 0.5, f"key:{key.id}") else "deployment-1"
        for _ in range(2):
            said = httpx.post(f"{url}/v1/chat/completions", json=body, headers=headers).json()
            assert said["system_fingerprint"] == expected
        vectors = {"model": "library", "input": "x"}
        assert httpx.post(f"{url}/v1/embeddings", json=vectors, headers=headers).status_code == 200
        seen.add(expected)
    assert seen == {PROMOTED, "deployment-1"}
    assert openings.engine.embedded == []  # vectors of two models are not mixed


def test_a_rollback_fails_nobody(
    url: str, services: Services, openings: Openings, canaries: Canaries, spec: Spec
) -> None:
    record = start(canaries, spec)
    running(services)
    openings.engine.scripts.extend([Script(("word ",) * 30, delay=0.03)] * 5)
    clients = [visitor_of(url, "release-2") for _ in range(5)]
    turns = [ask(client, new(client)) for client in clients]
    until(lambda: openings.engine.running == 5)
    canaries.end(record.id, "rolled_back", "worse")
    until(lambda: services.deployed.candidates() == ())
    assert not openings.engine.closes  # somebody is still being answered
    for client, turn in zip(clients, turns, strict=True):
        assert release_of(client) == "release-1"
        last = listen(client, turn)[-1]
        assert last[1] == "done"
        assert last[2]["release"] == "release-2"
        assert len(last[2]["content"].split()) == 30
        client.close()
    until(lambda: openings.engine.closes == 1)


def test_a_candidate_that_fails_is_rolled_back_by_itself(
    url: str, services: Services, openings: Openings, canaries: Canaries, spec: Spec
) -> None:
    record = start(canaries, spec)
    running(services)
    openings.engine.scripts.extend([Script((), error=EngineError("No.", "Again."))] * 8)
    with closing(visitor_of(url, "release-2")) as client:
        while canaries.running("library") is not None and openings.engine.scripts:
            listen(client, ask(client, new(client)))
            time.sleep(0.1)
        found = ended(canaries, record)
        assert found.state == "rolled_back"
        assert "failed replies of the candidate alone" in found.reason
        until(lambda: release_of(client) == "release-1")
        assert listen(client, ask(client, new(client)))[-1][1] == "done"
    assert [row.action for row in services.people.audit.rows()][-1] == "canary.ended"


def test_failures_on_v1_count_too_though_nothing_is_kept_of_it(
    url: str,
    services: Services,
    openings: Openings,
    canaries: Canaries,
    spec: Spec,
    database: Database,
) -> None:
    record = start(canaries, spec)
    running(services)
    openings.engine.scripts.extend([Script((), error=EngineError("No.", "Again."))] * 5)
    while True:
        key, text = Keys(database).create("library", "k")
        if chooses(record.salt, 0.5, f"key:{key.id}"):
            break
    body = {"model": "library", "messages": [{"role": "user", "content": "Hi"}]}
    for _ in range(5):
        headers = {"authorization": f"Bearer {text}"}
        httpx.post(f"{url}/v1/chat/completions", json=body, headers=headers)
    assert ended(canaries, record).state == "rolled_back"


@pytest.mark.parametrize(
    "error",
    [ReleaseError("Release release-2 cannot be used: x was changed."), EngineError("No memory.")],
)
def test_one_that_cannot_start_ends_the_canary(
    url: str,
    openings: Openings,
    canaries: Canaries,
    spec: Spec,
    client: httpx.Client,
    error: Exception,
) -> None:
    if isinstance(error, EngineError):
        openings.engine.start_error = error
    else:
        openings.error = error
    found = ended(canaries, start(canaries, spec))
    assert found.state == "failed"
    assert str(error) in found.reason
    assert listen(client, ask(client, new(client)))[-1][1] == "done"
    assert openings.count == 1


def test_one_that_dies_ends_the_canary_and_the_other_answers(
    url: str, services: Services, openings: Openings, canaries: Canaries, spec: Spec
) -> None:
    record = start(canaries, spec)
    running(services)
    with closing(visitor_of(url, "release-2")) as client:
        openings.engine.state = "starting"
        assert release_of(client) == "release-1"
        assert listen(client, ask(client, new(client)))[-1][1] == "done"
    found = ended(canaries, record)
    assert (found.state, found.reason) == ("failed", "Its engine died.")


@pytest.mark.parametrize("harm", ["changed", "deleted"])
def test_a_release_that_is_tampered_with_while_it_runs_is_rolled_back(
    url: str,
    services: Services,
    openings: Openings,
    canaries: Canaries,
    spec: Spec,
    tmp_path: Path,
    client: httpx.Client,
    harm: str,
) -> None:
    file = tmp_path / "made" / "weights"
    file.parent.mkdir()
    file.write_text("weights")
    files = {"weights": sha256_file(file)}
    manifest = {"format": 1, "created_at": "x", "spec": {}, "files": files}
    folder = file.parent.rename(tmp_path / release_id(files, {}))
    (folder / "release.json").write_text(json.dumps(manifest | {"id": folder.name}))
    openings.folder = folder
    record = start(canaries, spec)
    running(services)
    time.sleep(0.3)
    assert canaries.running("library") is not None
    if harm == "changed":
        (folder / "weights").write_text("other weights")
    else:
        (folder / "weights").unlink()
    found = ended(canaries, record)
    assert found.state == "rolled_back"
    assert ("was changed" if harm == "changed" else "is missing") in found.reason
    assert listen(client, ask(client, new(client)))[-1][1] == "done"


def test_its_promotion_makes_the_running_candidate_the_bot(
    url: str,
    services: Services,
    openings: Openings,
    canaries: Canaries,
    spec: Spec,
    engine: WordEngine,
) -> None:
    record = start(canaries, spec)
    running(services)
    engine.scripts.append(Script(("word ",) * 20, delay=0.03))
    with closing(visitor_of(url, "release-1")) as client:
        turn = ask(client, new(client))
        Registry(spec).promote(cast("Any", SimpleNamespace(id="release-2")), "better")
        until(lambda: release_of(client) == "release-2")
        last = listen(client, turn)[-1]
        assert (last[1], last[2]["release"]) == ("done", "release-1")
    found = ended(canaries, record)
    assert found.state == "promoted"
    until(lambda: engine.closes == 1)
    assert (openings.engine.starts, openings.engine.closes, openings.count) == (1, 0, 1)
    assert services.deployed.current().promoted_id == PROMOTED


def test_the_promotion_of_another_release_stops_it(
    url: str, services: Services, openings: Openings, canaries: Canaries, spec: Spec
) -> None:
    record = start(canaries, spec)
    running(services)
    Registry(spec).promote(cast("Any", SimpleNamespace(id="release-3")), "another")
    found = ended(canaries, record)
    assert (found.state, found.reason) == ("stopped", "another release was promoted")
    until(lambda: openings.engine.closes == 1)


def test_the_share_grows_by_its_plan(
    url: str, services: Services, canaries: Canaries, spec: Spec, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"rules": Rules.of(spec.canary, NOTHING).value(), "steps": [0.2, 0.5]}
    monkeypatch.setattr(
        subject,
        "next_step",
        lambda steps, plan, days, time: plan[len(steps) - 1] if len(steps) <= len(plan) else None,
    )
    record = canaries.start("library", "release-2", PROMOTED, "release-1", 0.05, settings)
    until(lambda: (found := canaries.find(record.id)) and len(found.steps) == 3)
    found = canaries.find(record.id)
    assert found is not None
    assert [step.share for step in found.steps] == [0.05, 0.2, 0.5]
