"""The review queue over HTTP: who may what, two reviewers at once, many decisions, undo, the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.improve.review_desk import ANN, BEN, PARAPHRASE, QUESTION, RIGHT, Desk
from tests.server.callers import Callers, bearer, logged_in, visitor

from chatwright.server.services import Services
from chatwright.store import Database

PLACE = "/api/reviews"


@pytest.fixture
def desk(services: Services, database: Database) -> Desk:
    return Desk(services.people.spec, database)


@pytest.fixture
def people(url: str, everyone: Callers, services: Services) -> Iterator[dict[str, httpx.Client]]:
    made = {}
    for role in ("owner", "editor", "reviewer"):
        headers = logged_in(services, everyone.account(role))  # type: ignore[arg-type]
        made[role] = httpx.Client(base_url=url, headers=headers, timeout=30)
    yield made
    for client in made.values():
        client.close()


def error(response: httpx.Response, status: int) -> str:
    assert response.status_code == status, response.text
    return str(response.json()["error"]["code"])


def waiting(client: httpx.Client, **asked: Any) -> list[dict[str, Any]]:
    response = client.get(PLACE, params=asked)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["items"]
    return found


def test_a_decision_from_the_list_to_the_log(people: dict[str, httpx.Client], desk: Desk) -> None:
    desk.corrected(agrees=False)
    editor = people["editor"]
    (item,) = waiting(editor)
    assert (item["question"], item["correction"], item["state"]) == (QUESTION, RIGHT, "open")
    assert item["why"].startswith("a correction") and item["feedback"][0]["rater"] == ANN
    place = f"{PLACE}/{item['id']}"
    assert editor.get(place).json()["revision"] == item["revision"]
    wanted = {"action": "curate", "revision": item["revision"], "case": True}
    wanted |= {"question": "Until when is the Mill open on Fridays?", "must": [["8:30", "20:30"]]}
    plan = editor.post(f"{place}/plan", json=wanted).json()
    assert plan["curated"]["text"] == RIGHT and plan["cases"][0]["must"] == [["8:30", "20:30"]]
    assert not desk.cases.exists()
    done = editor.post(f"{place}/decision", json=wanted).json()
    assert done["review"]["state"] == "curated" and done["written"] == plan
    assert desk.lines()[0]["question"] == wanted["question"]
    assert done["review"]["by"].startswith("account:")
    assert waiting(editor) == [] and len(waiting(editor, state="curated")) == 1
    assert error(editor.post(f"{place}/decision", json=wanted), 409) == "stale_review"
    undone = editor.post(f"{place}/undo", json={"revision": done["review"]["revision"]})
    assert undone.json() == {"review": undone.json()["review"], "notes": []}
    assert desk.lines() == [] and waiting(editor)[0]["id"] == item["id"]
    steps = editor.get(f"{PLACE}/log").json()["steps"]
    assert [one["action"] for one in steps] == ["undone", "curated"]
    assert (
        editor.get(f"{PLACE}/log", params={"before": steps[0]["id"]}).json()["steps"] == steps[1:]
    )


def test_what_a_reviewer_may(people: dict[str, httpx.Client], desk: Desk, url: str) -> None:
    id = desk.corrected(agrees=False)
    reviewer = people["reviewer"]
    (item,) = waiting(reviewer)
    place, known = f"{PLACE}/{id}", {"revision": item["revision"]}
    for wanted in ({"action": "accept"}, {"action": "curate"}):
        assert error(reviewer.post(f"{place}/decision", json=known | wanted), 409) == "approval"
    asked = known | {"action": "reject", "reason": "It was right."}
    done = reviewer.post(f"{place}/decision", json=asked).json()
    assert done["review"]["reason"] == "It was right."
    again = {"revision": done["review"]["revision"]}
    assert reviewer.post(f"{place}/undo", json=again).status_code == 200
    item = waiting(people["editor"])[0]
    asked["revision"] = item["revision"]
    done = people["editor"].post(f"{place}/decision", json=asked).json()
    again = {"revision": done["review"]["revision"]}
    assert error(reviewer.post(f"{place}/undo", json=again), 409) == "approval"
    for headers in (visitor(), bearer("none"), {}):
        assert httpx.get(url + PLACE, headers=headers).status_code in (401, 403)


def test_many_at_once(people: dict[str, httpx.Client], desk: Desk) -> None:
    first = desk.corrected(agrees=False)
    second = desk.corrected(BEN, "Yes.", question="may i bring my dog along", agrees=False)
    body = {"ids": [first, "none", second, first], "action": "reject", "reason": "spam"}
    done = people["reviewer"].post(f"{PLACE}/decisions", json=body).json()
    assert [one["id"] for one in done["done"]] == [first, second]
    assert [one["code"] for one in done["refused"]] == ["notfound"]
    other = desk.corrected(question=PARAPHRASE, agrees=False)
    body = {"ids": [other], "action": "accept"}
    done = people["owner"].post(f"{PLACE}/decisions", json=body).json()
    assert [one["code"] for one in done["refused"]] == ["approval"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"action": "fly", "revision": 1},
        {"action": "accept"},
        {"action": "accept", "revision": 1, "x": 1},
        {"action": "edit", "revision": 1, "answer": "y" * 20_001},
        {"action": "edit", "revision": 1, "answer": "a\u0000b"},
        {"action": "accept", "revision": 1, "must": [[]]},
        {"action": "accept", "revision": 1, "must_not": [""]},
        {"action": "accept", "revision": 1, "phrasings": ["x"] * 51},
    ],
)
def test_bad_bodies(people: dict[str, httpx.Client], desk: Desk, body: dict[str, Any]) -> None:
    id = desk.corrected(agrees=False)
    response = people["owner"].post(f"{PLACE}/{id}/decision", json=body)
    assert response.status_code == 400, response.text
    assert people["owner"].get(f"{PLACE}/{id}").json()["state"] == "open"


def test_what_is_not_there(people: dict[str, httpx.Client], desk: Desk) -> None:
    owner = people["owner"]
    assert error(owner.get(f"{PLACE}/none"), 404) == "not_found"
    body = {"action": "accept", "revision": 1}
    assert error(owner.post(f"{PLACE}/none/decision", json=body), 404) == "not_found"
    assert owner.get(PLACE, params={"state": "nonsense"}).status_code == 400
    id = desk.corrected(agrees=False)
    desk.people.erase(ANN, "cli")
    assert error(owner.post(f"{PLACE}/{id}/decision", json=body), 404) == "not_found"
    assert waiting(owner) == []
