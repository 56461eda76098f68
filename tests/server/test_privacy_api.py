"""A visitor's rights over HTTP: asked first, a copy, forgotten; and nobody else's words in any file."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.conftest import FakeEngine, Script
from tests.server.conftest import served_app
from tests.server.test_web_api import ask, listen, new

from chatwright.answer import Bot
from chatwright.core import logs
from chatwright.server import create_app
from chatwright.server.retention import keep
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database

MARK = "zebrafinch-4711"


@pytest.fixture
def database(spec: Spec) -> Database:
    return Database(spec.made / "store.db")


@pytest.fixture
def other(url: str) -> Iterator[httpx.Client]:
    """Another visitor."""
    with httpx.Client(base_url=url, timeout=10) as client:
        client.get("/api/bot")
        yield client


def talk(client: httpx.Client, words: str) -> str:
    id = new(client)
    listen(client, ask(client, id, words))
    return id


def card(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/privacy").json()
    return found


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_question_and_the_answer(client: httpx.Client, services: Services) -> None:
    found = card(client)
    assert found["consent"] is None and found["retention_days"] == 0
    assert "used to improve it" in found["text"] and len(found["version"]) == 12
    assert found["person"].startswith("visitor:")
    body = {"granted": True, "version": found["version"]}
    given = client.put("/api/privacy/consent", json=body)
    assert given.status_code == 200 and card(client)["consent"] == given.json()
    assert services.people.trainable(found["person"], "2099")
    body["granted"] = False
    client.put("/api/privacy/consent", json=body)
    assert card(client)["consent"]["granted"] is False
    assert not services.people.trainable(found["person"], "2099")


def test_consent_to_another_text_is_refused(client: httpx.Client) -> None:
    answer = client.put("/api/privacy/consent", json={"granted": True, "version": "0123456789ab"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "consent_changed")
    assert card(client)["consent"] is None
    # Withdrawing needs no text.
    answer = client.put("/api/privacy/consent", json={"granted": False, "version": "x"})
    assert answer.status_code == 200


def test_no_turn_is_trainable_without_consent(client: httpx.Client, services: Services) -> None:
    talk(client, "before")
    assert services.people.trainable_turns() == []
    client.put("/api/privacy/consent", json={"granted": True, "version": card(client)["version"]})
    assert services.people.trainable_turns() == []
    after = talk(client, "after")
    assert [turn.conversation_id for turn in services.people.trainable_turns()] == [after]


def test_everybody_exports_their_own(client: httpx.Client, other: httpx.Client) -> None:
    talk(client, MARK)
    talk(other, "other words")
    answer = client.get("/api/privacy/export")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="person.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        whole = json.loads(file.read("person.json"))
    assert MARK in json.dumps(whole) and "other words" not in json.dumps(whole)
    plain = client.get("/api/privacy/export?format=json")
    assert plain.json()["conversations"] == whole["conversations"]
    assert client.get("/api/privacy/export?format=xml").status_code == 400


def test_who_is_unknown_has_nothing_to_export(client: httpx.Client) -> None:
    assert client.get("/api/privacy/export").status_code == 404


def test_who_asks_for_it_is_forgotten(
    client: httpx.Client, other: httpx.Client, spec: Spec, services: Services
) -> None:
    for number in range(20):
        talk(client, f"{MARK} {number}")
    kept = talk(other, "other words")
    person = card(client)["person"]
    assert MARK.encode() in files(spec.made)
    answer = client.delete("/api/privacy")
    assert answer.status_code == 200
    assert answer.json()["removed"] == {
        "conversations": 20, "messages": 40, "feedback": 0, "consents": 0, "curated": 0,
        "reviews": 0, "turns": 20,
    }  # fmt: skip
    assert MARK.encode() not in files(spec.made) and person.encode() not in files(spec.made)
    assert "chatwright_visitor" not in client.cookies
    assert card(client)["person"] != person  # a new visitor
    assert other.get(f"/api/conversations/{kept}").status_code == 200
    assert services.people.audit.verify() == []


def test_a_running_turn_is_stopped_and_saves_nothing(
    client: httpx.Client, engine: FakeEngine, spec: Spec, services: Services
) -> None:
    engine.scripts.append(Script((f" {MARK}",), delay=0.01, forever=True))
    turn = ask(client, new(client), "Go on")
    assert client.delete("/api/privacy").json()["removed"]["turns"] == 1
    assert client.get(f"/api/turns/{turn['turn_id']}/events").status_code == 404
    while services.turns._tasks:
        client.get("/health")
    assert engine.running == 0 and MARK.encode() not in files(spec.made)


@pytest.mark.parametrize(("method", "path"), [("PUT", "/consent"), ("DELETE", "")])
def test_another_sites_page_may_not(client: httpx.Client, method: str, path: str) -> None:
    talk(client, "words")
    answer = client.request(
        method,
        f"/api/privacy{path}",
        json={"granted": True, "version": card(client)["version"]} if path else None,
        headers={"sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 403
    assert card(client)["consent"] is None and client.get("/api/privacy/export").status_code == 200


def test_what_should_be_gone_goes_when_the_server_starts(
    bot: Bot, spec: Spec, database: Database, web: Path
) -> None:
    shorter = spec.model_copy(
        update={"privacy": spec.privacy.model_copy(update={"retention_days": 1})}
    )
    app = create_app(bot, database, spec, web=web)
    with served_app(app) as address, httpx.Client(base_url=address) as client:
        talk(client, MARK)
    with database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE conversations SET updated_at = '2020-01-01T00:00:00.000Z'"
        )
    again = Bot(spec, FakeEngine(), "r", "d")
    app = create_app(again, database, shorter, web=web, background=[keep])
    with served_app(app) as address:
        for _ in range(200):
            if MARK.encode() not in files(spec.made):
                break
            httpx.get(f"{address}/health")
    assert MARK.encode() not in files(spec.made)


class Leaky(FakeEngine):
    """An engine whose errors repeat what it was asked."""

    async def chat(self, conversation: Any, sampling: Any) -> Any:
        async for chunk in super().chat(conversation, sampling):
            yield chunk
            raise RuntimeError(f"cannot answer {conversation.messages[-1].content}")


def test_no_words_in_the_log_whatever_fails(
    spec: Spec, database: Database, web: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    end = logs.start(spec.made / logs.FOLDER)
    app: FastAPI = create_app(Bot(spec, Leaky(), "r", "d"), database, spec, web=web)
    with served_app(app) as address, httpx.Client(base_url=address, timeout=10) as client:
        talk(client, f"I am {MARK}")
        body = {"model": "library", "messages": [{"role": "user", "content": MARK}]}
        for more in ({}, {"stream": True}, {"temperature": MARK}, {MARK: 1}, {"model": MARK}):
            client.post("/v1/chat/completions", json=body | more)
        client.post("/v1/chat/completions", content=f'{{"broken": "{MARK}')
        client.get(f"/api/conversations?search={MARK}")
        client.get(f"/{MARK}")
        client.delete("/api/privacy", headers={"x": MARK})
    logging.getLogger("chatwright").warning("the end")
    end()
    shown = capsys.readouterr()
    log = b"".join(path.read_bytes() for path in (spec.made / logs.FOLDER).iterdir()).decode()
    assert "RuntimeError" in log and "RuntimeError" in shown.err and "the end" in log
    for text in (log, shown.err, shown.out):
        assert MARK not in text
