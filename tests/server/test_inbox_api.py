"""A person takes over: both sides over HTTP, against the real server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.conftest import Script
from tests.server.callers import Callers, logged_in
from tests.server.conftest import WordEngine, served_app

from chatwright.answer import Bot
from chatwright.server import create_app
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database

DESK = "/api/console/inbox"


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    return Spec.model_validate(
        {
            "folder": tmp_path,
            "bot": {"name": "library", "title": "The Library", "purpose": "Help readers."},
            "guard": {"handover": "A colleague will answer here."},
        }
    )


@contextmanager
def browser(url: str, headers: dict[str, str]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=60, headers=headers) as client:
        yield client


@pytest.fixture
def team(url: str, services: Services, everyone: Callers) -> Iterator[list[httpx.Client]]:
    """Two reviewers."""
    accounts = [everyone.account("reviewer", name) for name in ("ann", "bob")]
    with (
        browser(url, logged_in(services, accounts[0])) as ann,
        browser(url, logged_in(services, accounts[1])) as bob,
    ):
        yield [ann, bob]


class Listener:
    """A page that listens to a stream of events in a thread of its own, until the stream ends."""

    def __init__(self, client: httpx.Client, path: str, last: str = "") -> None:
        self.events: list[tuple[str, str, Any]] = []
        self._came = threading.Condition()
        self._response: httpx.Response | None = None
        headers = {"last-event-id": last} if last else {}
        request = client.build_request("GET", path, headers=headers)
        self._client = httpx.Client(timeout=60, cookies=client.cookies, headers=client.headers)
        request = self._client.build_request(
            "GET", f"{client.base_url}".rstrip("/") + path, headers=headers
        )
        self._response = self._client.send(request, stream=True)
        assert self._response.status_code == 200, self._response.read()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        assert self._response is not None
        id = name = ""
        try:
            for line in self._response.iter_lines():
                key, _, value = line.partition(": ")
                if key == "id":
                    id = value
                elif key == "event":
                    name = value
                elif key == "data":
                    with self._came:
                        self.events.append((name, id, json.loads(value)))
                        self._came.notify_all()
        except (httpx.HTTPError, httpx.StreamError):
            pass

    def wait(self, name: str, count: int = 1, seconds: float = 30.0, **about: Any) -> Any:
        """The data of the newest of at least `count` events of that name with these values."""

        def found() -> list[Any]:
            return [
                data
                for each, _, data in self.events
                if each == name and all(data.get(k) == v for k, v in about.items())
            ]

        with self._came:
            assert self._came.wait_for(lambda: len(found()) >= count, seconds), self.events
            return found()[-1]

    def close(self) -> None:
        assert self._response is not None
        self._response.close()
        self._client.close()


def talk(client: httpx.Client) -> str:
    return str(client.post("/api/conversations", json={}).json()["id"])


def say(client: httpx.Client, id: str, text: str, parent: str | None = None) -> dict[str, Any]:
    body = {"content": text, "parent_id": parent}
    answer = client.post(f"/api/conversations/{id}/turns", json=body)
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    if found["turn_id"]:
        client.get(f"/api/turns/{found['turn_id']}/events")  # to its end
    return found


def leaf(client: httpx.Client, id: str) -> str:
    return str(client.get(f"/api/conversations/{id}").json()["messages"][-1]["id"])


def post(client: httpx.Client, path: str, body: Any = None, status: int = 200) -> Any:
    answer = client.post(path, json={} if body is None else body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_the_whole_of_it_seen_live_by_both(
    client: httpx.Client, team: list[httpx.Client], engine: WordEngine
) -> None:
    ann = team[0]
    ann.put(f"{DESK}/me", json={"name": "Ann"}).raise_for_status()
    id = talk(client)
    cursor = client.get(f"/api/conversations/{id}").json()["cursor"]
    page = Listener(client, f"/api/conversations/{id}/events?after={cursor}")
    desk = Listener(ann, f"{DESK}/events")
    say(client, id, "I want to talk to a person.")
    wanted = page.wait("handover", state="wanted")
    assert wanted["reason"] == "asked" and wanted["name"] == ""
    assert desk.wait("changed", wanted=1)["conversations"] == [id]
    listed = ann.get(DESK).json()
    assert [one["id"] for one in listed["conversations"]] == [id]
    assert listed["conversations"][0]["waiting_since"] and listed["conversations"][0]["unread"] == 1

    taken = post(ann, f"{DESK}/{id}/take")
    assert taken["state"] == "taken" and taken["mine"]
    assert page.wait("handover", state="taken")["name"] == "Ann"
    said = post(ann, f"{DESK}/{id}/answer", {"content": "Hello, I am Ann.", "key": "k1"})
    assert post(ann, f"{DESK}/{id}/answer", {"content": "Hello, I am Ann.", "key": "k1"}) == said
    told = page.wait("message", author="Ann")
    assert told["content"] == "Hello, I am Ann." and told["role"] == "assistant"
    assert told["route"] is None and told["release"] is None

    asked = len(engine.asked)
    kept = say(client, id, "Are you there?", leaf(client, id))
    assert kept["turn_id"] is None and kept["message"] is None
    more = say(client, id, "Hello?", kept["user_message"]["id"])
    assert more["user_message"]["parent_id"] == kept["user_message"]["id"]
    assert len(engine.asked) == asked, "the bot wrote while a person had the conversation"
    seen = ann.get(f"{DESK}/{id}").json()
    assert [one["content"] for one in seen["tree"]][-2:] == ["Are you there?", "Hello?"]
    assert ann.get(DESK).json()["conversations"][0]["waiting_since"]

    ended = post(ann, f"{DESK}/{id}/end", {"how": "handed_back", "answer": True})
    assert ended["answering"]
    assert page.wait("handover", state="ended")["reason"] == "asked"
    answered = page.wait("message", status="done", content="Hello there.")
    assert answered["author"] is None
    shown = engine.asked[-1][0].messages
    assert [m.role for m in shown] == ["user", "assistant", "user"]
    assert shown[1].content.endswith("Hello, I am Ann.")
    assert shown[2].content == "Are you there?\n\nHello?"
    say(client, id, "Thanks.", answered["id"])
    assert len(engine.asked) == asked + 2
    assert client.get(f"/api/conversations/{id}").json()["handover"] is None
    assert ann.get(DESK).json()["conversations"] == []
    assert [one["id"] for one in ann.get(DESK, params={"ended": True}).json()["conversations"]] == [
        id
    ]
    page.close()
    desk.close()


def test_a_stream_goes_on_where_it_ended(client: httpx.Client, team: list[httpx.Client]) -> None:
    ann, id = team[0], talk(client)
    say(client, id, "Hi")
    page = Listener(client, f"/api/conversations/{id}/events")
    page.wait("message", role="assistant", status="done")
    last = page.events[-1][1]
    page.close()
    post(ann, f"{DESK}/{id}/take")
    post(ann, f"{DESK}/{id}/answer", {"content": "One", "key": "1"})
    post(ann, f"{DESK}/{id}/answer", {"content": "Two", "key": "2"})
    again = Listener(client, f"/api/conversations/{id}/events", last)
    again.wait("message", content="Two")
    names = [(name, data.get("content", data.get("state"))) for name, _, data in again.events]
    assert names == [("handover", "taken"), ("message", "One"), ("message", "Two")]
    client.delete(f"/api/conversations/{id}")
    again.wait("gone")
    again.close()


def test_two_of_the_team_at_once(client: httpx.Client, team: list[httpx.Client]) -> None:
    ann, bob = team
    id = talk(client)
    say(client, id, "Hi")
    mine = post(ann, f"{DESK}/{id}/take")
    refused = post(bob, f"{DESK}/{id}/take", status=409)
    assert refused["error"]["code"] == "taken"
    assert (
        post(bob, f"{DESK}/{id}/answer", {"content": "x", "key": "1"}, 409)["error"]["code"]
        == "not_taken"
    )
    assert post(bob, f"{DESK}/{id}/end", {"how": "closed"}, 409)["error"]["code"] == "taken"
    note = post(bob, f"{DESK}/{id}/notes", {"text": "I know them."}, 201)
    assert ann.get(f"{DESK}/{id}").json()["notes"][0]["text"] == "I know them."
    assert ann.delete(f"{DESK}/{id}/notes/{note['id']}").status_code == 404
    assert bob.delete(f"{DESK}/{id}/notes/{note['id']}").status_code == 204
    over = post(bob, f"{DESK}/{id}/take", {"instead_of": mine["taken_by"]})
    assert over["mine"]
    assert (
        post(ann, f"{DESK}/{id}/answer", {"content": "x", "key": "1"}, 409)["error"]["code"]
        == "not_taken"
    )
    item = ann.get(DESK).json()["conversations"][0]
    assert item["handover"]["taken_by"] == over["taken_by"] and not item["handover"]["mine"]


def test_the_visitor_asks_by_the_page_and_goes_back(
    client: httpx.Client, team: list[httpx.Client], engine: WordEngine
) -> None:
    id = talk(client)
    assert client.get("/api/bot").json()["people"] is True
    say(client, id, "Hi")
    first = post(client, f"/api/conversations/{id}/handover")
    assert first["state"] == "wanted" and first["reason"] == "asked"
    assert post(client, f"/api/conversations/{id}/handover") == first
    say(client, id, "Meanwhile?", leaf(client, id))
    assert len(engine.asked) == 2, "the bot goes on until somebody comes"
    post(team[0], f"{DESK}/{id}/take")
    retry = client.post(
        f"/api/conversations/{id}/turns",
        json={"parent_id": client.get(f"/api/conversations/{id}").json()["messages"][0]["id"]},
    )
    assert retry.status_code == 409 and retry.json()["error"]["code"] == "with_person"
    assert client.delete(f"/api/conversations/{id}/handover").status_code == 204
    assert say(client, id, "Bot?", leaf(client, id))["turn_id"]
    assert team[0].get(DESK).json()["conversations"] == []


def test_others_conversations_do_not_exist(client: httpx.Client, url: str) -> None:
    id = talk(client)
    with browser(url, {}) as stranger:
        stranger.get("/api/bot")
        for method, path in (
            ("POST", f"/api/conversations/{id}/handover"),
            ("DELETE", f"/api/conversations/{id}/handover"),
            ("GET", f"/api/conversations/{id}/events"),
        ):
            assert stranger.request(method, path).status_code == 404, path
        assert stranger.get(f"{DESK}/{id}").status_code == 403


def test_taking_over_ends_what_the_bot_is_writing(
    client: httpx.Client, team: list[httpx.Client], engine: WordEngine
) -> None:
    engine.scripts.append(Script(("on ",), delay=0.02, forever=True))
    id = talk(client)
    body = {"content": "Tell me everything"}
    begun = client.post(f"/api/conversations/{id}/turns", json=body).json()
    post(team[0], f"{DESK}/{id}/take")
    client.get(f"/api/turns/{begun['turn_id']}/events")
    messages = client.get(f"/api/conversations/{id}").json()["messages"]
    assert messages[-1]["status"] == "stopped"


def test_a_draft_and_nothing_is_kept_of_it(
    client: httpx.Client, team: list[httpx.Client], engine: WordEngine
) -> None:
    id = talk(client)
    say(client, id, "Hi")
    before = client.get(f"/api/conversations/{id}").json()["messages"]
    made = post(team[0], f"{DESK}/{id}/draft")
    assert made["text"] == "Hello there." and made["route"] == "generated"
    assert client.get(f"/api/conversations/{id}").json()["messages"] == before
    found = team[0].get(f"{DESK}/{id}/suggestions").json()
    assert found == {"question": "Hi", "answers": []}


def test_a_persons_words_are_not_the_bots(
    client: httpx.Client, team: list[httpx.Client], services: Services
) -> None:
    id = talk(client)
    say(client, id, "Hi")
    post(team[0], f"{DESK}/{id}/take")
    said = post(team[0], f"{DESK}/{id}/answer", {"content": "A person", "key": "1"})
    rated = client.put(f"/api/messages/{said['message']['id']}/feedback", json={"thumb": "up"})
    assert rated.status_code == 400, rated.text
    explained = team[0].get(f"/api/messages/{said['message']['id']}/explanation")
    assert explained.status_code == 404
    actions = [row.action for row in services.people.audit.rows()]
    assert actions.count("handover.taken") == actions.count("handover.answered") == 1


def test_all_conversations_with_filters_and_a_copy(
    client: httpx.Client, team: list[httpx.Client], services: Services
) -> None:
    ids = []
    for words in ("Opening hours?", "A lost book", "Something else"):
        ids.append(talk(client))
        begun = say(client, ids[-1], words)
    client.put(f"/api/messages/{begun['message']['id']}/feedback", json={"thumb": "down"})
    post(team[0], f"{DESK}/{ids[0]}/take")
    where = "/api/console/conversations"

    def found(**filters: str) -> list[str]:
        page = team[0].get(where, params=filters)
        assert page.status_code == 200, page.text
        return [one["id"] for one in page.json()["conversations"]]

    assert sorted(found()) == sorted(ids)
    assert found(text="LOST BOOK") == [ids[1]]
    assert found(thumb="down") == [ids[2]]
    assert found(person="yes") == [ids[0]] and set(found(person="no")) == set(ids[1:])
    assert found(since="2999-01-01") == found(until="2000-01-01") == []
    assert sorted(found(route="generated", channel="web", release="release-1")) == sorted(ids)
    assert found(route="refused") == []
    first = team[0].get(where, params={"limit": 2}).json()
    rest = team[0].get(where, params={"limit": 2, "cursor": first["next"]}).json()
    both = [one["id"] for one in first["conversations"] + rest["conversations"]]
    assert sorted(both) == sorted(ids) and rest["next"] is None
    assert team[0].get(where, params={"cursor": "nonsense"}).status_code == 400
    assert team[0].get(f"{where}/choices").json()["releases"] == ["release-1"]
    one = team[0].get(f"{where}/{ids[2]}").json()
    assert one["tree"][1]["said"][0]["thumb"] == "down"
    copy = team[0].get(f"{where}/export", params={"text": "lost"})
    lines = [json.loads(line) for line in copy.text.splitlines()]
    assert [line["id"] for line in lines] == [ids[1]]
    assert lines[0]["messages"][1]["release"] == "release-1"
    assert client.get(where).status_code == 403
    actions = [row.action for row in services.people.audit.rows()]
    assert {"conversation.read", "conversations.exported", "conversations.searched"} <= set(actions)


def test_another_process_is_heard_of(
    client: httpx.Client,
    services: Services,
    everyone: Callers,
    database: Database,
    spec: Spec,
    web: Path,
) -> None:
    id = talk(client)
    say(client, id, "Hi")
    page = Listener(client, f"/api/conversations/{id}/events")
    page.wait("message", role="assistant")
    second: FastAPI = create_app(Bot(spec, WordEngine(), "r", "d"), database, spec, web=web)
    account = everyone.account("reviewer")
    with served_app(second) as other:
        headers = logged_in(second.state.services, account)
        with browser(other, headers) as ann:
            post(ann, f"{DESK}/{id}/take")
            post(ann, f"{DESK}/{id}/answer", {"content": "From elsewhere", "key": "1"})
            page.wait("message", content="From elsewhere")
            assert say(client, id, "Heard you", leaf(client, id))["turn_id"] is None
            assert ann.get(f"{DESK}/{id}").json()["tree"][-1]["content"] == "Heard you"
    page.close()


def test_a_restart_loses_nothing(
    services: Services, everyone: Callers, database: Database, spec: Spec, web: Path
) -> None:
    """Taken in one server; said, answered and handed back in the one that comes after it."""
    account, who = everyone.account("reviewer"), {}
    with (
        served_app(create_app(Bot(spec, WordEngine(), "r", "d"), database, spec, web=web)) as url,
        browser(url, who) as client,
    ):
        id = talk(client)
        say(client, id, "I want a person")
        jar = client.cookies
        with browser(url, logged_in(services, account)) as ann:
            post(ann, f"{DESK}/{id}/take")
            post(ann, f"{DESK}/{id}/answer", {"content": "One", "key": "1"})
    again = create_app(Bot(spec, WordEngine(), "r", "d"), database, spec, web=web)
    with served_app(again) as url, httpx.Client(base_url=url, cookies=jar, timeout=60) as client:
        assert client.get(f"/api/conversations/{id}").json()["handover"]["state"] == "taken"
        assert say(client, id, "Still there?", leaf(client, id))["turn_id"] is None
        with browser(url, logged_in(services, account)) as ann:
            post(ann, f"{DESK}/{id}/answer", {"content": "One", "key": "1"})  # its reply was lost
            tree = ann.get(f"{DESK}/{id}").json()["tree"]
            assert [one["content"] for one in tree][2:] == ["One", "Still there?"]
            post(ann, f"{DESK}/{id}/end", {"how": "handed_back"})
        assert say(client, id, "Bot?", leaf(client, id))["turn_id"]


def test_a_bot_without_people_has_nobody(tmp_path: Path, database: Database, web: Path) -> None:
    alone = Spec.model_validate({"folder": tmp_path, "bot": {"name": "library", "purpose": "x"}})
    app = create_app(Bot(alone, WordEngine(), "r", "d"), database, alone, web=web)
    with served_app(app) as url, browser(url, {}) as client:
        assert client.get("/api/bot").json()["people"] is False
        id = talk(client)
        refused = post(client, f"/api/conversations/{id}/handover", status=409)
        assert refused["error"]["code"] == "no_people"
