"""Keys, people, audit and channels of the console: what an owner does with them, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.server.callers import PASSWORD, Callers, bearer, logged_in

from chatwright.server.services import Services

KEYS, PEOPLE, AUDIT = "/api/console/keys", "/api/console/people", "/api/console/audit"


@pytest.fixture
def owner(url: str, everyone: Callers, services: Services) -> Iterator[httpx.Client]:
    headers = logged_in(services, everyone.account("owner", "olga"))
    with httpx.Client(base_url=url, headers=headers, timeout=60) as client:
        yield client


def said(response: httpx.Response, status: int) -> Any:
    assert response.status_code == status, response.text
    return response.json()


def code(response: httpx.Response, status: int) -> str:
    return str(said(response, status)["error"]["code"])


def actions(owner: httpx.Client) -> list[str]:
    return [row["action"] for row in said(owner.get(AUDIT), 200)["rows"]]


def test_a_key_is_made_used_revoked_and_brought_back(owner: httpx.Client, url: str) -> None:
    body = {"name": "intranet", "scopes": ["chat", "models"], "days": 30}
    made = said(owner.post(KEYS, json=body), 201)
    text, key = made["text"], made["key"]
    assert key["state"] == "live" and text.startswith(key["prefix"])
    listed = said(owner.get(KEYS), 200)
    assert text not in str(listed) and [one["name"] for one in listed["keys"]] == ["intranet"]

    def models() -> int:
        return httpx.get(f"{url}/v1/models", headers=bearer(text), timeout=60).status_code

    assert models() == 200
    gone = said(owner.delete(f"{KEYS}/{key['id']}"), 200)
    assert gone["state"] == "revoked" and gone["undo_until"] > gone["revoked_at"]
    back = said(owner.post(f"{KEYS}/{key['id']}/restore"), 200)
    assert back["state"] == "live" and back["undo_until"] is None
    assert code(owner.post(f"{KEYS}/{key['id']}/restore"), 404) == "not_found"
    assert actions(owner)[:3] == ["key.restored", "key.revoked", "key.created"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "scopes": ["chat"]},
        {"name": "x", "scopes": []},
        {"name": "x", "scopes": ["everything"]},
        {"name": "x", "scopes": ["chat"], "days": -1},
        {"name": "x", "scopes": ["chat"], "limits": {"streams": -1}},
    ],
)
def test_a_key_that_makes_no_sense(owner: httpx.Client, body: dict[str, Any]) -> None:
    assert owner.post(KEYS, json=body).status_code == 400
    assert said(owner.get(KEYS), 200)["keys"] == []


def test_an_invited_person_makes_an_account_once(owner: httpx.Client, url: str) -> None:
    made = said(owner.post(f"{PEOPLE}/invitations", json={"role": "reviewer"}), 201)
    token = made["token"]
    assert token not in str(said(owner.get(PEOPLE), 200))
    with httpx.Client(base_url=url, timeout=60, headers={"sec-fetch-site": "same-origin"}) as guest:
        looked = said(guest.post("/api/invitation", json={"token": token}), 200)
        assert looked == {"role": "reviewer", "bot": "The Library"}
        body = {"token": token, "name": "Rita", "password": PASSWORD}
        taken = body | {"name": "olga"}
        assert code(guest.post("/api/invitation/account", json=taken), 400) == "invalid_value"
        session = said(guest.post("/api/invitation/account", json=body), 201)
        assert (session["name"], session["role"]) == ("rita", "reviewer")
        assert guest.get("/api/reviews").status_code == 200
        assert guest.get(KEYS).status_code == 403
        again = guest.post("/api/invitation/account", json=body | {"name": "two"})
        assert code(again, 401) == "invalid_token"
    names = [one["name"] for one in said(owner.get(PEOPLE), 200)["accounts"]]
    assert names == ["olga", "rita"]


def test_an_invitation_that_was_withdrawn_or_whose_author_is_gone(
    owner: httpx.Client, services: Services, url: str
) -> None:
    def good(token: str) -> int:
        return httpx.post(f"{url}/api/invitation", json={"token": token}, timeout=60).status_code

    first = said(owner.post(f"{PEOPLE}/invitations", json={"role": "owner", "days": 1}), 201)
    assert good(first["token"]) == 200
    gone = owner.delete(f"{PEOPLE}/invitations/{first['invitation']['id']}")
    assert gone.status_code == 204 and good(first["token"]) == 401
    second = said(owner.post(f"{PEOPLE}/invitations", json={"role": "owner"}), 201)
    other = services.accounts.create("library", "other", "owner", "x")
    mine = next(one for one in services.accounts.all("library") if one.name == "olga")
    services.accounts.change("library", mine.id, role="visitor")
    assert good(second["token"]) == 401, "who is no owner any more has invited nobody"
    services.accounts.change("library", mine.id, role="owner")
    services.accounts.change("library", other.id, disabled=True)
    assert good(second["token"]) == 200


def test_roles_and_the_last_owner(
    owner: httpx.Client, everyone: Callers, services: Services, url: str
) -> None:
    found = said(owner.get(PEOPLE), 200)["accounts"]
    assert [(one["name"], one["you"], one["sessions"]) for one in found] == [("olga", True, 1)]
    mine = found[0]["id"]
    for change in ({"role": "editor"}, {"disabled": True}):
        assert code(owner.patch(f"{PEOPLE}/{mine}", json=change), 409) == "last_owner"
    emil = everyone.account("editor", "emil")
    headers = logged_in(services, emil)
    assert httpx.get(f"{url}/api/reviews", headers=headers, timeout=60).status_code == 200
    assert (
        said(owner.patch(f"{PEOPLE}/{emil.id}", json={"role": "visitor"}), 200)["role"] == "visitor"
    )
    assert httpx.get(f"{url}/api/reviews", headers=headers, timeout=60).status_code == 403
    assert said(owner.delete(f"{PEOPLE}/{emil.id}/sessions"), 200) == {"sessions": 1}
    assert said(owner.patch(f"{PEOPLE}/{emil.id}", json={"disabled": True}), 200)["disabled_at"]
    assert (
        said(owner.patch(f"{PEOPLE}/{emil.id}", json={"disabled": False}), 200)["disabled_at"]
        is None
    )
    assert code(owner.patch(f"{PEOPLE}/nobody", json={"role": "owner"}), 404) == "not_found"
    assert actions(owner)[:4] == [
        "account.enabled",
        "account.disabled",
        "account.loggedout",
        "account.role",
    ]


def test_my_own_logins(owner: httpx.Client, services: Services) -> None:
    mine = next(one for one in services.accounts.all("library") if one.name == "olga")
    logged_in(services, mine)
    found = said(owner.get(f"{PEOPLE}/me"), 200)
    assert sorted(one["current"] for one in found["sessions"]) == [False, True]
    assert said(owner.delete(f"{PEOPLE}/me/sessions"), 200) == {"sessions": 1}
    assert len(said(owner.get(f"{PEOPLE}/me"), 200)["sessions"]) == 1


def test_the_log_is_filtered_checked_and_taken_along(
    owner: httpx.Client, services: Services
) -> None:
    for number in range(5):
        services.people.audit.add("store.pruned", "system", "", logs=number)
    owner.post(KEYS, json={"name": "a", "scopes": ["chat"]})
    page = said(owner.get(AUDIT, params={"limit": 4}), 200)
    assert [row["number"] for row in page["rows"]] == [6, 5, 4, 3] and page["next"] == 3
    assert page["rows"][0]["actor_name"] == "olga"
    rest = said(owner.get(AUDIT, params={"before": page["next"]}), 200)
    assert [row["number"] for row in rest["rows"]] == [2, 1] and rest["next"] is None
    mine = said(owner.get(AUDIT, params={"person": "Olga"}), 200)["rows"]
    assert [row["action"] for row in mine] == ["key.created"]
    pruned = said(owner.get(AUDIT, params={"action": "store."}), 200)
    assert len(pruned["rows"]) == 5 and "key.created" in pruned["actions"]
    assert said(owner.get(AUDIT, params={"until": "2020-01-01"}), 200)["rows"] == []
    head = said(owner.post(f"{AUDIT}/verify", json={}), 200)
    assert head["whole"] and head["rows"] == 6
    assert said(owner.post(f"{AUDIT}/verify", json={"head": head["head"]}), 200)["whole"]
    lines = owner.get(f"{AUDIT}/export").text.splitlines()
    assert len(lines) == 7, "taking a copy is an event too"
    with services.database.write() as connection:
        connection.exec_driver_sql("UPDATE audit SET action = 'store.other' WHERE number = 3")
    broken = said(owner.post(f"{AUDIT}/verify", json={}), 200)
    assert not broken["whole"] and "Row 3" in broken["faults"][0]


@pytest.mark.parametrize("kind", ["web", "api"])
def test_a_test_message_is_answered_and_leaves_nothing(
    owner: httpx.Client, services: Services, kind: str
) -> None:
    listed = said(owner.get("/api/console/channels"), 200)["channels"]
    assert {one["kind"]: one["state"] for one in listed} == {
        "web": "ready",
        "widget": "off",
        "api": "ready",
    }
    got = said(owner.post(f"/api/console/channels/{kind}/test", json={"text": "Hi"}), 200)
    assert got["text"] == "Hello there." and got["release"] == "release-1"
    with services.database.read() as connection:
        for table in ("conversations", "messages"):
            count = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            assert count == 0, table
    assert (
        code(owner.post("/api/console/channels/pigeon/test", json={"text": "Hi"}), 404)
        == "not_found"
    )
