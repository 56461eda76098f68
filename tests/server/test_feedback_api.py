"""Feedback through every door: the page's, a reviewer's, and a client's of the API."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from tests.server.callers import Callers, Headers, bearer, logged_in, visitor

from chatwright.server.services import Services
from chatwright.spec.loop import Feedback
from chatwright.store import Database, Feedbacks

TOLD: dict[str, Any] = {
    "model": "library",
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "When do you close?"},
    ],
    "answer": "At nine.",
}


def replied(client: httpx.Client, headers: Headers) -> tuple[str, str]:
    """A conversation of somebody's, and the reply in it."""
    client.cookies.clear()
    id = client.post("/api/conversations", json={}, headers=headers).json()["id"]
    body = {"content": "Hi", "parent_id": None}
    turn = client.post(f"/api/conversations/{id}/turns", json=body, headers=headers).json()
    client.get(f"/api/turns/{turn['turn_id']}/events", headers=headers)
    return id, turn["message"]["id"]


def put(client: httpx.Client, id: str, headers: Headers, **said: Any) -> int:
    client.cookies.clear()
    return client.put(f"/api/messages/{id}/feedback", json=said, headers=headers).status_code


@pytest.fixture
def feedbacks(database: Database) -> Feedbacks:
    return Feedbacks(database)


@pytest.fixture
def key(everyone: Callers) -> Headers:
    _, key = everyone.keys.create("library", "client", ["feedback", "chat"])
    return bearer(key)


def test_whoever_reviews_rates_anybodys_and_others_their_own(
    client: httpx.Client, services: Services, everyone: Callers, feedbacks: Feedbacks
) -> None:
    ann = visitor()
    _, message = replied(client, ann)
    _, reviewing = everyone.keys.create("library", "reviews", ["feedback", "review"])
    _, chatting = everyone.keys.create("library", "chats", ["feedback", "chat"])
    reviewer = logged_in(services, everyone.account("reviewer", "eve"))
    guest = logged_in(services, everyone.account("visitor", "guest"))
    for headers, status in [
        (ann, 200),
        (reviewer, 200),
        (bearer(reviewing), 200),
        (visitor(), 404),
        (guest, 404),
        (bearer(chatting), 404),
    ]:
        assert put(client, message, headers, thumb="down", score=0.5) == status
    kinds = [one.rater.partition(":")[0] for one in feedbacks.items("library")]
    assert kinds == ["visitor", "account", "key"]
    path = f"/api/messages/{message}/feedback"
    for headers, status in [(visitor(), 404), (reviewer, 204), (reviewer, 204), (ann, 204)]:
        client.cookies.clear()
        assert client.delete(path, headers=headers).status_code == status
    assert [one.rater.partition(":")[0] for one in feedbacks.items("library")] == ["key"]
    client.cookies.clear()
    assert client.delete("/api/privacy", headers=ann).status_code == 200
    assert put(client, message, reviewer, thumb="down") == 404
    assert feedbacks.items("library") == []


def test_a_cap_is_a_429_that_says_so(
    client: httpx.Client, services: Services, feedbacks: Feedbacks
) -> None:
    bot = services.deployed.current()
    bot.spec = bot.spec.model_copy(update={"feedback": Feedback(per_rater_per_day=1)})
    ann = visitor()
    (_, one), (_, two) = replied(client, ann), replied(client, ann)
    assert put(client, one, ann, thumb="up") == 200
    client.cookies.clear()
    refused = client.put(f"/api/messages/{two}/feedback", json={"thumb": "up"}, headers=ann)
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0
    assert refused.json()["error"]["code"] == "rate_limit_exceeded"
    assert [put(client, one, ann, thumb="down") for _ in range(5)] == [200] * 5
    assert len(feedbacks.items("library")) == 1


def test_a_client_tells_of_an_exchange(
    client: httpx.Client, services: Services, key: Headers, feedbacks: Feedbacks
) -> None:
    bot = services.deployed.current()
    told = TOLD | {"system_fingerprint": bot.deployment_id}
    said = {"thumb": "down", "correction": "At ten.", "comment": "no", "score": 0.0}
    got = client.post("/v1/feedback", json=told | said, headers=key)
    assert got.status_code == 200, got.text
    id = got.json()["message_id"]
    assert got.json() == {"object": "feedback", "message_id": id, "feedback": said}
    (item,) = feedbacks.items("library")
    assert (item.message_id, item.channel, item.rater) == (id, "api", item.owner)
    assert item.rater.startswith("key:")
    assert (item.deployment, item.release) == (bot.deployment_id, bot.release_id)
    again = client.post("/v1/feedback", json=told | {"thumb": "up"}, headers=key).json()
    assert again["message_id"] == id and again["feedback"]["correction"] == ""
    changed = client.post("/v1/feedback", json={"message_id": id, "score": 0.9}, headers=key)
    assert changed.json()["feedback"]["score"] == 0.9
    assert [one.thumb for one in feedbacks.items("library")] == [None]
    figures = services.metrics.text().decode()
    assert f'chatwright_corrections_total{{channel="api",release="{bot.release_id}"' in figures
    listed = client.get("/api/conversations", headers=key).json()["conversations"]
    assert [one["title"] for one in listed] == ["When do you close?"]
    whole = client.get(f"/api/conversations/{listed[0]['id']}", headers=key).json()
    assert [one["role"] for one in whole["messages"]] == ["user", "assistant"]


@pytest.mark.parametrize("way", ["delete", "empty exchange", "empty message"])
def test_a_client_takes_it_back(
    client: httpx.Client, key: Headers, feedbacks: Feedbacks, way: str
) -> None:
    assert client.post("/v1/feedback", json=TOLD, headers=key).status_code == 404
    made = client.post("/v1/feedback", json=TOLD | {"thumb": "up"}, headers=key).json()
    id = made["message_id"]
    if way == "delete":
        assert client.delete(f"/v1/feedback/{id}", headers=key).status_code == 204
    else:
        body = TOLD if way == "empty exchange" else {"message_id": id}
        gone = client.post("/v1/feedback", json=body, headers=key)
        assert (gone.status_code, gone.json()["feedback"]) == (200, None)
    assert feedbacks.items("library") == []
    assert client.get("/api/conversations", headers=key).json()["conversations"] == []
    assert client.delete(f"/v1/feedback/{id}", headers=key).status_code == 404


def test_a_fingerprint_of_another_time_is_kept_as_it_is(
    client: httpx.Client, key: Headers, feedbacks: Feedbacks
) -> None:
    told = TOLD | {"system_fingerprint": "long-gone", "thumb": "up"}
    assert client.post("/v1/feedback", json=told, headers=key).status_code == 200
    (item,) = feedbacks.items("library")
    assert (item.deployment, item.release) == ("long-gone", None)


@pytest.mark.parametrize(
    "change",
    [
        {"answer": None},
        {"answer": " "},
        {"answer": "a\0b"},
        {"messages": []},
        {"messages": [{"role": "assistant", "content": "Hi"}]},
        {"messages": [{"role": "user", "content": "x" * 200_001}]},
        {"message_id": "m"},
        {"score": 2},
        {"score": "1"},
        {"thumb": "sideways"},
        {"rater": "account:boss"},
        {"correction": "x" * 20_001},
        {"system_fingerprint": "x" * 201},
    ],
)
def test_what_a_client_may_not_say(
    client: httpx.Client, key: Headers, feedbacks: Feedbacks, change: dict[str, Any]
) -> None:
    body = TOLD | {"thumb": "up"} | change
    got = client.post("/v1/feedback", json=body, headers=key)
    assert got.status_code == 400 and got.json()["error"]["message"]
    assert feedbacks.items("library") == []


def test_other_bots_and_nobody(client: httpx.Client, key: Headers, everyone: Callers) -> None:
    said = TOLD | {"thumb": "up"}
    assert client.post("/v1/feedback", json=said | {"model": "x"}, headers=key).status_code == 404
    _, other = everyone.keys.create("library", "other", ["feedback"])
    id = client.post("/v1/feedback", json=said, headers=key).json()["message_id"]
    theirs = {"message_id": id, "thumb": "down"}
    assert client.post("/v1/feedback", json=theirs, headers=bearer(other)).status_code == 404
    assert client.delete(f"/v1/feedback/{id}", headers=bearer(other)).status_code == 404
    assert client.post("/v1/feedback", json=said).status_code == 401
    assert client.delete(f"/v1/feedback/{id}").status_code == 401
