"""From an empty folder to a served bot over HTTP: each step, and what it refuses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from tests.server.callers import Callers, callers, logged_in
from tests.server.conftest import served_app

from chatwright.release.pack import pack_retrieval
from chatwright.release.registry import Registry
from chatwright.server import create_app, workshop
from chatwright.server.services import Services
from chatwright.server.unmade import NONE, SAID, unmade
from chatwright.server.watch import watch
from chatwright.spec import Spec, load_spec
from chatwright.spec.outline import Outline, begin, name_for
from chatwright.store import Database

PLACE = "/api/console/guide"
ROW = '{"messages": [{"role": "user", "content": "Open?"}, {"role": "assistant", "content": "Yes, we are."}]}\n'

DOCUMENT = """# Opening hours

On Wednesday we are open from 9 am to 8:30 pm. On Saturday we are open from 10 am to 4 pm.

# Library cards

A card costs 5 euros a year. Children under 12 get a card for free. Bring your passport to apply.

# Borrowing

You can borrow ten books at a time. Books are lent for three weeks. A late book costs 20 cents a day.

# Rooms

The study rooms are on the second floor. A room holds six people and can be reserved for two hours.

# Parking

The car park behind the building has 40 places. The first hour is free.

# Computers

Twelve computers stand on the first floor. You can use a computer for one hour a day.

# Printing

Printing costs 10 cents a page. The printer takes coins and cards.

# Returns

Books can be returned at night through the box beside the door. The box is emptied at 8 am.

# Lost books

A lost book is paid for with its price and a fee of 3 euros.
"""


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    folder = tmp_path / "My Bot!"
    folder.mkdir()
    begin(folder, Outline(name_for(folder), "", "Answers."))
    return load_spec(folder)


@pytest.fixture
def app(spec: Spec, database: Database, web: Path, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    monkeypatch.setattr("chatwright.server.watch.EVERY", 0.03)
    work = [lambda services: watch(services.bots[spec.bot.name], spec, database)]
    return create_app(unmade(spec), database, spec, web=web, background=work)


@pytest.fixture
def everyone(services: Services, database: Database) -> Callers:
    return callers(services, database)


@pytest.fixture
def owner(
    app: FastAPI, everyone: Callers, services: Services, spec: Spec
) -> Iterator[httpx.Client]:
    record = services.accounts.create(spec.bot.name, "olga", "owner", "x")
    with served_app(app) as url:
        headers = logged_in(services, record)
        with httpx.Client(base_url=url, headers=headers, timeout=120) as client:
            yield client


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    found: list[list[str]] = []

    def command(arguments: list[str]) -> list[str]:
        found.append(list(arguments))
        return [sys.executable, "-c", "print('{}')"]

    monkeypatch.setattr(workshop, "command", command)
    return found


def error(response: httpx.Response, status: int) -> str:
    assert response.status_code == status, response.text
    return str(response.json()["error"]["code"])


def ended(services: Services) -> None:
    for watcher in list(services.workshop._watchers):
        watcher.join(240)


def purpose(owner: httpx.Client, **changes: object) -> httpx.Response:
    asked = {
        "title": "Our “library”",
        "purpose": 'Says "yes".',
        "topics": ["hours", " "],
        "declines": [],
    }
    return owner.put(f"{PLACE}/purpose", json=asked | changes)


def test_a_bot_that_is_not_made_says_so_and_takes_its_place(
    owner: httpx.Client, spec: Spec, services: Services, until: Callable[..., None]
) -> None:
    assert owner.get("/api/bot").json()["release"] == NONE
    told = owner.get(PLACE).json()
    assert (told["name"], told["asked"], told["served"], told["promoted"]) == (
        "my-bot",
        False,
        False,
        None,
    )
    asked = {"model": "my-bot", "messages": [{"role": "user", "content": "Hello?"}]}
    said = owner.post("/v1/chat/completions", json=asked, headers={"cookie": ""})
    assert said.json()["choices"][0]["message"]["content"] == SAID
    model = spec.model.model_copy(update={"kind": "retrieval"})
    Registry(spec).promote(pack_retrieval(spec.model_copy(update={"model": model})), "made")
    until(lambda: owner.get(PLACE).json()["served"])
    assert owner.get("/api/bot").json()["release"] != NONE


@pytest.fixture
def until() -> Callable[..., None]:
    import time

    def wait(true: Callable[[], object], seconds: float = 60) -> None:
        ends = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < ends, "it did not happen"
            time.sleep(0.05)

    return wait


def test_the_purpose_becomes_bot_toml_until_somebody_edits_it(
    owner: httpx.Client, spec: Spec
) -> None:
    told = purpose(owner).json()
    assert (told["title"], told["purpose"], told["topics"]) == (
        "Our “library”",
        'Says "yes".',
        ["hours"],
    )
    assert told["asked"] and told["editable"]
    written = load_spec(spec.folder)
    assert (written.bot.title, written.bot.name) == ("Our “library”", "my-bot")
    assert purpose(owner, purpose="").status_code == 400
    with (spec.folder / "bot.toml").open("a") as file:
        file.write("[guard]\nlinks = []\n")
    assert error(purpose(owner), 409) == "edited"
    assert not owner.get(PLACE).json()["editable"]
    assert "[guard]" in (spec.folder / "bot.toml").read_text()


def test_files_are_read_by_a_real_child_and_shown(
    owner: httpx.Client, services: Services, spec: Spec
) -> None:
    sent = owner.post(f"{PLACE}/files", params={"name": "../../chats.jsonl"}, content=ROW.encode())
    assert sent.status_code == 202, sent.text
    ended(services)
    told = owner.get(PLACE).json()
    assert told["imports"][0]["state"] == "done", told["imports"]
    assert told["imports"][0]["result"]["files"][0]["conversations"] == 1
    assert told["files"] == [{"name": "chats.jsonl", "part": "data", "bytes": len(ROW)}]
    assert (spec.folder / "data" / "chats.jsonl").exists()
    left = owner.delete(f"{PLACE}/files", params={"part": "data", "name": "chats.jsonl"}).json()
    assert left["files"] == []
    gone = owner.delete(f"{PLACE}/files", params={"part": "data", "name": "../bot.toml"})
    assert error(gone, 404) == "not_found"


def test_what_is_no_file_to_learn_from(owner: httpx.Client, started: list[list[str]]) -> None:
    for name, body in (("x.exe", b"MZ"), (".jsonl", b"x"), ("..", b"x"), ("a.jsonl", b"")):
        assert owner.post(f"{PLACE}/files", params={"name": name}, content=body).status_code == 400
    big = owner.post(f"{PLACE}/files", params={"name": "a.csv"}, content=b"x" * 20_000_001)
    assert big.status_code == 413
    assert started == []


def test_building_needs_something_to_learn_from(
    owner: httpx.Client, started: list[list[str]], spec: Spec, services: Services
) -> None:
    assert error(owner.post(f"{PLACE}/build", json={"minutes": 1}), 409) == "no_data"
    (spec.folder / "data" / "rows.jsonl").write_text(ROW)
    assert error(owner.post(f"{PLACE}/build", json={"way": "documents"}), 409) == "no_data"
    assert owner.post(f"{PLACE}/build", json={"minutes": 0}).status_code == 400
    assert owner.post(f"{PLACE}/build", json={"minutes": 0.3}).status_code == 202
    assert started == [["up", str(spec.folder), "--no-serve"]]
    assert load_spec(spec.folder).training.minutes == 0.3
    ended(services)
    (spec.folder / "knowledge" / "hours.md").write_text("# Hours\n\nWe open at 9.\n")
    assert owner.post(f"{PLACE}/build", json={"way": "documents"}).status_code == 202
    assert load_spec(spec.folder).model.kind == "retrieval"
    ended(services)
    assert owner.post(f"{PLACE}/build", json={"minutes": 2}).status_code == 202  # and back again
    assert load_spec(spec.folder).model.kind == "scratch"


def test_a_bot_of_documents_alone_is_made_for_real(
    owner: httpx.Client, services: Services, until: Callable[..., None]
) -> None:
    body = DOCUMENT.encode()
    owner.post(f"{PLACE}/files", params={"name": "hours.md"}, content=body)
    ended(services)
    assert owner.post(f"{PLACE}/build", json={"way": "documents"}).status_code == 202
    ended(services)
    told = owner.get(PLACE).json()
    assert told["build"]["state"] == "done", told["build"]
    until(lambda: owner.get(PLACE).json()["served"])
    asked = {
        "model": "my-bot",
        "messages": [{"role": "user", "content": "When are you open on Wednesday?"}],
    }
    said = owner.post("/v1/chat/completions", json=asked, headers={"cookie": ""})
    assert "8:30" in said.json()["choices"][0]["message"]["content"]


def test_nobody_but_an_owner(owner: httpx.Client, everyone: Callers, services: Services) -> None:
    for headers in (
        {},
        logged_in(services, services.accounts.create("my-bot", "ed", "editor", "x")),
    ):
        with httpx.Client(base_url=owner.base_url, headers=headers) as other:
            assert other.get(PLACE).status_code in (401, 403)
            assert other.post(f"{PLACE}/build", json={"minutes": 1}).status_code in (401, 403)
