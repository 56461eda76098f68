"""The web app's API: the contract, turn by turn, and that everybody sees their own alone."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.conftest import FakeEngine, Script

from chatwright.core.errors import EngineError, StoreUnavailable
from chatwright.server import events as server_events
from chatwright.server.caller import OF_ROLE
from chatwright.server.rules import RULES
from chatwright.server.services import Services
from chatwright.store import Conversations, TurnLog, processes

MESSAGE = {
    "id",
    "mark",
    "author",
    "attachments",
    "parent_id",
    "role",
    "content",
    "created_at",
    "status",
    "route",
    "sources",
    "left_out",
    "turn_id",
    "release",
    "error",
    "feedback",
}
Event = tuple[int, str, Any]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        metafunc.parametrize("place", ["sqlite", "postgres"], indirect=True)


def parse(text: str) -> list[Event]:
    found = []
    for block in text.split("\n\n"):
        if block and not block.startswith(":"):
            fields = dict(line.split(": ", 1) for line in block.split("\n"))
            found.append((int(fields["id"]), fields["event"], json.loads(fields["data"])))
    return found


def new(client: httpx.Client) -> str:
    response = client.post("/api/conversations", json={})
    assert response.status_code == 201
    return str(response.json()["id"])


def ask(
    client: httpx.Client, id: str, content: str | None = "Hi", parent: str | None = None
) -> dict[str, Any]:
    body = {"content": content, "parent_id": parent}
    response = client.post(f"/api/conversations/{id}/turns", json=body)
    assert response.status_code == 202, response.text
    found: dict[str, Any] = response.json()
    return found


def listen(client: httpx.Client, turn: dict[str, Any], **options: Any) -> list[Event]:
    response = client.get(f"/api/turns/{turn['turn_id']}/events", **options)
    assert response.status_code == 200
    return parse(response.text)


@pytest.fixture
def other(url: str) -> Iterator[httpx.Client]:
    """Another visitor."""
    with httpx.Client(base_url=url, timeout=10) as client:
        client.get("/api/bot")
        yield client


def test_bot(client: httpx.Client) -> None:
    assert client.get("/api/bot").json() == {
        "name": "library",
        "title": "The Library",
        "assistant": "Assistant",
        "purpose": "Help readers.",
        "greeting": "Hello! How can I help you?",
        "suggestions": [],
        "disclosure": "You are talking to an automated assistant. It can make mistakes.",
        "release": "release-1",
        "deployment": "deployment-1",
        "languages": ["en"],
        "testing": False,
        "people": False,
        "attachments": 0,
    }


def test_the_cookie_is_given_once_and_kept_from_scripts(client: httpx.Client) -> None:
    header = client.get("/api/bot").headers["set-cookie"].lower()
    assert header.startswith("chatwright_visitor=")
    assert "httponly" in header
    assert "samesite=lax" in header
    assert "path=/" in header
    assert "set-cookie" not in client.get("/api/bot").headers


def test_a_made_up_cookie_is_replaced_and_the_store_holds_none(
    client: httpx.Client, services: Services
) -> None:
    response = client.get("/api/bot", headers={"cookie": "chatwright_visitor=x' or 1=1"})
    assert "set-cookie" in response.headers
    new(client)
    token = client.cookies["chatwright_visitor"]
    with services.conversations._database.read() as connection:
        rows = connection.exec_driver_sql("SELECT owner FROM conversations").all()
    assert len(rows) == 1
    assert token not in rows[0][0]


def test_a_conversation_from_start_to_end(client: httpx.Client) -> None:
    id = new(client)
    turn = ask(client, id, "When do you open?")
    assert set(turn) == {"turn_id", "user_message", "message"}
    assert set(turn["user_message"]) == set(turn["message"]) == MESSAGE
    assert turn["user_message"]["content"] == "When do you open?"
    message = turn["message"]
    assert (message["status"], message["content"]) == ("running", "")
    assert message["parent_id"] == turn["user_message"]["id"]
    assert message["turn_id"] == turn["turn_id"]
    seen = listen(client, turn)
    assert "".join(data["text"] for _, name, data in seen if name == "delta") == "Hello there."
    assert [name for _, name, _ in seen][-2:] == ["route", "done"]
    assert seen[-2][2] == {"route": "generated", "sources": [], "left_out": 0}
    done = seen[-1][2]
    assert (done["status"], done["content"], done["release"]) == (
        "done",
        "Hello there.",
        "release-1",
    )
    whole = client.get(f"/api/conversations/{id}").json()
    assert whole["messages"] == [turn["user_message"], done]
    assert whole["title"] == "When do you open?"
    assert whole["created_at"].endswith("Z")
    listed = client.get("/api/conversations").json()["conversations"]
    line = ("id", "title", "created_at", "updated_at", "channel", "pinned_at", "found")
    assert listed == [{k: whole[k] for k in line}]


def test_search_rename_delete(client: httpx.Client) -> None:
    one, two = new(client), new(client)
    listen(client, ask(client, one, "about fines"))

    def found(search: str) -> list[str]:
        rows = client.get("/api/conversations", params={"search": search}).json()
        return [row["id"] for row in rows["conversations"]]

    assert found("") == [one, two]
    assert found("FINES") == [one]
    response = client.patch(f"/api/conversations/{two}", json={"title": "  Rooms "})
    assert response.json()["title"] == "Rooms"
    assert found("rooms") == [two]
    assert client.patch(f"/api/conversations/{two}", json={"title": " "}).status_code == 400
    response = client.delete(f"/api/conversations/{two}")
    assert (response.status_code, response.content) == (204, b"")
    assert client.get(f"/api/conversations/{two}").status_code == 404
    assert found("") == [one]


def test_retry_and_edit(client: httpx.Client) -> None:
    id = new(client)
    first = ask(client, id, "one")
    listen(client, first)
    again = ask(client, id, None, first["user_message"]["id"])
    assert again["user_message"] == first["user_message"]
    assert again["message"]["parent_id"] == first["message"]["parent_id"]
    edited = ask(client, id, "eins", None)
    assert edited["user_message"]["parent_id"] is None
    for turn in (again, edited):
        listen(client, turn)
    assert len(client.get(f"/api/conversations/{id}").json()["messages"]) == 5
    wrong = {"content": None, "parent_id": first["message"]["id"]}
    assert client.post(f"/api/conversations/{id}/turns", json=wrong).status_code == 400
    missing = {"content": "x", "parent_id": "0190"}
    assert client.post(f"/api/conversations/{id}/turns", json=missing).status_code == 404


@pytest.mark.parametrize("content", ["", "  \n", "a\0b", 3, "x" * 200_001])
def test_content_that_is_none(client: httpx.Client, content: Any) -> None:
    id = new(client)
    body = {"content": content, "parent_id": None}
    assert client.post(f"/api/conversations/{id}/turns", json=body).status_code == 400
    assert client.get(f"/api/conversations/{id}").json()["messages"] == []


def test_unknown_keys_are_named(client: httpx.Client) -> None:
    response = client.post("/api/conversations", json={"titel": "x"})
    assert response.status_code == 400
    assert response.json()["error"]["param"] == "titel"


def test_events_go_on_where_the_reader_was(client: httpx.Client, engine: FakeEngine) -> None:
    engine.scripts.append(Script(("a ", "b ", "c ", "d"), delay=0.03))
    turn = ask(client, new(client))
    with client.stream("GET", f"/api/turns/{turn['turn_id']}/events") as response:
        first = next(response.iter_text())
    ((number, _, data),) = parse(first)
    rest = listen(client, turn, headers={"last-event-id": str(number)})
    texts = [d["text"] for _, name, d in rest if name == "delta"]
    assert data["text"] + "".join(texts) == "a b c d"
    assert listen(client, turn, params={"after": number})[-1] == rest[-1]
    # The header is the newer of the two.
    both = listen(client, turn, params={"after": 0}, headers={"last-event-id": str(rest[-1][0])})
    assert both == []
    assert listen(client, turn, headers={"last-event-id": "x"})[-1] == rest[-1]


def test_stop(client: httpx.Client, engine: FakeEngine) -> None:
    engine.scripts.append(Script(("a ",), delay=0.01, forever=True))
    id = new(client)
    turn = ask(client, id)
    time.sleep(0.05)
    response = client.post(f"/api/turns/{turn['turn_id']}/stop")
    assert (response.status_code, response.json()) == (202, {})
    _, name, message = listen(client, turn)[-1]
    assert (name, message["status"]) == ("done", "stopped")
    assert engine.running == 0
    assert client.post(f"/api/turns/{turn['turn_id']}/stop").status_code == 202
    assert client.get(f"/api/conversations/{id}").json()["messages"][1] == message


def test_a_failed_turn_ends_with_an_error(client: httpx.Client, engine: FakeEngine) -> None:
    engine.scripts.append(Script(("half",), error=EngineError("It broke.", "Try again.")))
    id = new(client)
    _, name, data = listen(client, ask(client, id))[-1]
    assert name == "error"
    assert data["error"]["message"] == "It broke. Try again."
    assert (data["message"]["status"], data["message"]["content"]) == ("failed", "half")
    stored = client.get(f"/api/conversations/{id}").json()["messages"][1]
    assert stored == data["message"]


def test_it_runs_on_when_the_page_is_closed(client: httpx.Client, engine: FakeEngine) -> None:
    engine.scripts.append(Script(("a ", "b ", "c"), delay=0.05))
    turn = ask(client, new(client))
    with client.stream("GET", f"/api/turns/{turn['turn_id']}/events") as response:
        next(response.iter_raw())
    assert listen(client, turn)[-1][2]["content"] == "a b c"
    assert engine.cancelled == 0


def test_deleting_stops_what_runs(client: httpx.Client, engine: FakeEngine) -> None:
    engine.scripts.append(Script(("a ",), delay=0.01, forever=True))
    id = new(client)
    turn = ask(client, id)
    client.delete(f"/api/conversations/{id}")
    listen(client, turn)
    assert engine.running == 0


def test_heartbeat(
    client: httpx.Client, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert server_events.HEARTBEAT == 15
    monkeypatch.setattr(server_events, "HEARTBEAT", 0.05)
    monkeypatch.setattr(server_events, "LOOK", 0.02)
    engine.scripts.append(Script(("a ",), delay=0.3))
    turn = ask(client, new(client))
    text = client.get(f"/api/turns/{turn['turn_id']}/events").text
    assert text.startswith(": ping\n\n: ping\n\n")
    assert parse(text)[-1][1] == "done"


def test_feedback(client: httpx.Client) -> None:
    id = new(client)
    turn = ask(client, id)
    listen(client, turn)
    said = {"thumb": "down", "comment": "No.", "correction": "At ten.", "score": 0.25}
    address = f"/api/messages/{turn['message']['id']}/feedback"
    assert client.put(address, json=said).json() == said
    assert client.get(f"/api/conversations/{id}").json()["messages"][1]["feedback"] == said
    nothing = {"thumb": None, "comment": "", "correction": "", "score": None}
    assert client.put(address, json=nothing).json() == nothing
    assert client.get(f"/api/conversations/{id}").json()["messages"][1]["feedback"] is None
    for score in (-0.1, 1.1, "1", True):
        assert client.put(address, json=said | {"score": score}).status_code == 400
    assert client.put(address, json=said | {"thumb": "sideways"}).status_code == 400
    user = f"/api/messages/{turn['user_message']['id']}/feedback"
    assert client.put(user, json=said).status_code == 400
    release = client.get("/api/bot").json()["release"]
    figures = client.get("/metrics").text
    route = client.get(f"/api/conversations/{id}").json()["messages"][1]["route"] or "none"
    about = f'channel="web",release="{release}",route="{route}"'
    for line in (
        f'chatwright_feedback_total{{{about},thumb="down"}} 1.0',
        f'chatwright_feedback_total{{{about},thumb="withdrawn"}} 1.0',
        f"chatwright_corrections_total{{{about}}} 1.0",
    ):
        assert line in figures, line


def test_another_visitor_finds_nothing(
    client: httpx.Client, other: httpx.Client, engine: FakeEngine, services: Services
) -> None:
    """Every route that takes an id, with another's cookie: 404, and nothing has changed."""
    engine.scripts.append(Script(("",), delay=0.02, forever=True))
    id = new(client)
    turn = ask(client, id, "secret")
    before = client.get(f"/api/conversations/{id}").json()
    ids = {
        "id": id,
        "turn_id": turn["turn_id"],
        "message": turn["message"]["id"],
        "place": "0",
        "share_id": "x",
    }
    link = {"last": turn["message"]["id"], "days": 1}
    bodies: dict[str, Any] = {
        "PATCH": {"title": "mine"},
        "POST": {"content": "x", "parent_id": None},
        "PUT": {"thumb": "up", "comment": "", "correction": ""},
    }
    tried = set()
    paths = client.get("/openapi.json", timeout=60).json()["paths"]
    for path, methods in paths.items():
        if not path.startswith("/api/") or "{" not in path or "{number}" in path:
            continue
        known = ids | {"id": ids["message"]} if "/messages/" in path else ids
        for method in (m.upper() for m in methods):
            if RULES[method, path].need not in OF_ROLE["visitor"]:
                continue  # of those who look after the bot: `test_access.py`
            body = link if path.endswith("/shares") and method == "POST" else bodies.get(method)
            asked = {"after": ids["message"]} if path.endswith("/suggestions") else None
            response = other.request(method, path.format(**known), json=body, params=asked)
            nobody = method == "POST" and path.endswith(
                "/handover"
            )  # nobody comes: 409 for everybody
            assert response.status_code == (409 if nobody else 404), (method, path)
            assert "secret" not in response.text
            tried.add((method, path))
    assert len(tried) == 17
    # A foreign parent in one's own conversation.
    own = new(other)
    for content in (None, "x"):
        body = {"content": content, "parent_id": turn["user_message"]["id"]}
        assert other.post(f"/api/conversations/{own}/turns", json=body).status_code == 404
    for search in ("", "secret"):
        rows = other.get("/api/conversations", params={"search": search}).json()["conversations"]
        assert id not in [row["id"] for row in rows]
    assert engine.running == 1  # nobody else stopped it
    assert client.get(f"/api/conversations/{id}").json() == before
    client.post(f"/api/turns/{turn['turn_id']}/stop")
    listen(client, turn)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_another_site_may_not_write(client: httpx.Client, site: str) -> None:
    id = new(client)
    headers = {"sec-fetch-site": site}
    assert client.delete(f"/api/conversations/{id}", headers=headers).status_code == 403
    assert client.post("/api/conversations", json={}, headers=headers).status_code == 403
    assert client.get("/api/conversations", headers=headers).status_code == 200
    for allowed in ("same-origin", "none"):
        headers = {"sec-fetch-site": allowed}
        response = client.patch(f"/api/conversations/{id}", json={"title": "x"}, headers=headers)
        assert response.status_code == 200


def test_turns_of_a_dead_process_are_interrupted(
    services: Services, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "DEAD", 0.5)
    conversations: Conversations = services.conversations
    id = conversations.create("library", "ann").id
    dead = TurnLog(conversations._database)
    dead.begin(id, "ann", "Hi", None, release="r", deployment="d")
    request.getfixturevalue("url")
    until = time.monotonic() + 10
    while conversations.messages(id, "ann")[1].status == "running":
        assert time.monotonic() < until
        time.sleep(0.05)
    assert conversations.messages(id, "ann")[1].status == "interrupted"


def test_a_store_that_is_away_is_a_503(
    client: httpx.Client, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = new(client)

    def away(*_: Any, **__: Any) -> None:
        raise StoreUnavailable("The store cannot be reached.", "Try again.", retry_after=2)

    monkeypatch.setattr(services.turn_log, "begin", away)
    response = client.post(f"/api/conversations/{id}/turns", json={"content": "x"})
    assert (response.status_code, response.headers["retry-after"]) == (503, "2")
    assert response.json()["error"]["code"] == "store_unavailable"
