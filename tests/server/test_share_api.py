"""Links to a conversation: who makes them, what they show, and when they end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.conftest import FakeEngine, Script
from tests.server.test_web_api import ask, listen, new

from chatwright.server.services import Services


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        metafunc.parametrize("place", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def other(url: str) -> Iterator[httpx.Client]:
    """Another visitor."""
    with httpx.Client(base_url=url, timeout=10) as client:
        client.get("/api/bot")
        yield client


def talk(client: httpx.Client) -> tuple[str, dict[str, Any]]:
    id = new(client)
    turn = ask(client, id, "When do you open?")
    listen(client, turn)
    return id, turn


def share(client: httpx.Client, id: str, last: str, **more: Any) -> httpx.Response:
    return client.post(f"/api/conversations/{id}/shares", json={"last": last, **more})


def test_a_link_shows_what_was_there_and_nothing_later(
    client: httpx.Client, other: httpx.Client, url: str
) -> None:
    id, turn = talk(client)
    made = share(client, id, turn["message"]["id"])
    assert made.status_code == 201
    path = made.json()["path"]
    assert path.startswith("/share/")
    listen(client, ask(client, id, "And my secret?", turn["message"]["id"]))
    listen(client, ask(client, id, None, turn["user_message"]["id"]))
    client.patch(f"/api/conversations/{id}", json={"title": "A secret"})
    with httpx.Client(base_url=url) as anybody:
        got = anybody.get(f"/api/shared/{path.rpartition('/')[2]}")
        assert "set-cookie" not in got.headers
        page = anybody.get(path)
    assert page.status_code == 200 and "noindex" in page.headers["x-robots-tag"]
    assert got.headers["cache-control"] == "no-store"
    assert "noindex" in got.headers["x-robots-tag"]
    shown = got.json()
    assert shown["title"] == "When do you open?"
    assert [(m["role"], m["content"]) for m in shown["messages"]] == [
        ("user", "When do you open?"),
        ("assistant", "Hello there."),
    ]
    assert shown["disclosure"]
    assert "visitor" not in got.text and id not in got.text


def test_links_are_the_owners(client: httpx.Client, other: httpx.Client) -> None:
    id, turn = talk(client)
    made = share(client, id, turn["message"]["id"]).json()
    assert share(other, id, turn["message"]["id"]).status_code == 404
    assert other.get(f"/api/conversations/{id}/shares").status_code == 404
    assert other.delete(f"/api/conversations/{id}/shares/{made['share']['id']}").status_code == 404
    theirs, strange = talk(other)
    assert share(client, id, strange["message"]["id"]).status_code == 404
    assert share(other, theirs, turn["message"]["id"]).status_code == 404
    listed = client.get(f"/api/conversations/{id}/shares").json()["shares"]
    assert listed == [made["share"]]
    assert made["path"].rpartition("/")[2] not in str(listed)


def test_a_link_ends(client: httpx.Client, services: Services) -> None:
    id, turn = talk(client)
    links = [share(client, id, turn["message"]["id"]).json() for _ in range(3)]
    addresses = [f"/api/shared/{one['path'].rpartition('/')[2]}" for one in links]
    assert [client.get(one).status_code for one in addresses] == [200] * 3
    gone = client.delete(f"/api/conversations/{id}/shares/{links[0]['share']['id']}")
    assert gone.status_code == 204
    assert [client.get(one).status_code for one in addresses] == [404, 200, 200]
    with services.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE shares SET expires_at = '2020-01-01T00:00:00.000Z' "
            f"WHERE id = '{links[1]['share']['id']}'"
        )
    assert [client.get(one).status_code for one in addresses] == [404, 404, 200]
    assert len(client.get(f"/api/conversations/{id}/shares").json()["shares"]) == 1
    services.people.prune()
    with services.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM shares").scalar() == 1
    client.delete(f"/api/conversations/{id}")
    assert client.get(f"/api/conversations/{id}/shares").status_code == 404
    assert [client.get(one).status_code for one in addresses] == [404, 404, 404]
    actions = [row.action for row in services.people.audit.rows()]
    assert actions.count("share.made") == 3 and actions.count("share.revoked") == 1


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "..%2f", "A" * 5000])
def test_guessed_links(client: httpx.Client, token: str) -> None:
    assert client.get(f"/api/shared/{token}").status_code in (404, 414, 431)


def test_what_cannot_be_shared(client: httpx.Client, engine: FakeEngine) -> None:
    id, turn = talk(client)
    last = turn["message"]["id"]
    assert share(client, id, last, days=0).status_code == 400
    assert share(client, id, last, days=91).status_code == 400
    assert [share(client, id, last).status_code for _ in range(21)] == [201] * 20 + [400]
    engine.scripts.append(Script(("w ",), forever=True, delay=0.02))
    running = ask(client, id, "More", last)
    assert share(client, id, running["message"]["id"]).status_code == 400
    client.post(f"/api/turns/{running['turn_id']}/stop")
