"""Panels over HTTP: made in a child process, raters invited by links, votes on their pages, results."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.server.callers import Callers, logged_in

from chatwright.server.making_panels import MakingPanels, Order
from chatwright.server.services import Services
from chatwright.spec import Spec

PLACE = "/api/console/panels"
WORDS = ("paper", "stone", "water", "cloud", "metal", "glass", "cotton", "silver")


def answers(name: str) -> dict[str, Any]:
    rows = [
        {"question": f"Question {n}?", "answer": f"{name} {word} answer of {n} here."}
        for n, word in enumerate(WORDS)
    ]
    return {"name": name, "rows": rows}


def body(**changes: Any) -> dict[str, Any]:
    controls = [
        {"question": f"Open on day {n}?", "right": "Yes, at nine.", "wrong": "Cats purr."}
        for n in range(4)
    ]
    made = {
        "name": "spring fair",
        "answers": [answers("old"), answers("new")],
        "questions": "typed",
        "typed": [f"Question {n}?" for n in range(8)],
        "controls": controls,
        "controls_each": 3,
    }
    return made | changes


@pytest.fixture
def place(tmp_path: Path) -> str:
    """The store is where the child looks for it."""
    (tmp_path / ".chatwright").mkdir()
    return str(tmp_path / ".chatwright" / "store.db")


@pytest.fixture
def folder(spec: Spec) -> Spec:
    """The bot's own file, which the child reads."""
    text = '[bot]\nname = "library"\ntitle = "Library"\npurpose = "Answers questions."\n'
    text += '[scope]\ntopics = ["opening hours"]\n'
    (spec.folder / "bot.toml").write_text(text)
    return spec


@pytest.fixture
def people(url: str, everyone: Callers, services: Services) -> Iterator[dict[str, httpx.Client]]:
    made = {}
    for role in ("owner", "editor", "reviewer"):
        headers = logged_in(services, everyone.account(role))  # type: ignore[arg-type]
        made[role] = httpx.Client(base_url=url, headers=headers, timeout=30)
    yield made
    for client in made.values():
        client.close()


def wait(client: httpx.Client) -> dict[str, Any]:
    """Until nothing is being made any more."""
    for _ in range(600):
        found: dict[str, Any] = client.get(PLACE).json()
        if all(one["state"] != "running" for one in found["making"]):
            return found
        time.sleep(0.1)
    raise AssertionError("it is still being made")


def rate(url: str, path: str, prefer: str) -> int:
    """All questions behind a link, on the rater's own page."""
    with httpx.Client(base_url=url, follow_redirects=True) as rater:
        page, done = rater.get(f"{path}?go=1"), 0
        while 'name="item"' in page.text:
            place, item = (
                re.search(rf'name="{name}" value="([^"]+)"', page.text)[1]  # type: ignore[index]
                for name in ("place", "item")
            )
            first, second = re.findall(r'class="text"[^>]*>([^<]*)<', page.text)
            good = [prefer in text or "Yes" in text for text in (first, second)]
            choice = "tie" if good[0] == good[1] else "left" if good[0] else "right"
            form = {"place": place, "item": item, "choice": choice, "comment": f"it was {choice}"}
            page = rater.post(path, data=form, headers={"origin": url})
            done += 1
    return done


def test_the_whole_way(people: dict[str, httpx.Client], folder: Spec, url: str) -> None:
    editor, owner = people["editor"], people["owner"]
    asked = editor.post(PLACE, json=body())
    assert asked.status_code == 202, asked.text
    assert asked.json()["state"] == "running"
    again = editor.post(PLACE, json=body(name="another"))
    assert again.json()["error"]["code"] == "panel_making"
    found = wait(editor)
    assert found["making"] == []
    (panel,) = found["panels"]
    assert (panel["name"], panel["items"], panel["controls_made"]) == ("spring fair", 8, 4)
    assert set(panel["contestants"]) == {"old", "new"}
    place = f"{PLACE}/{panel['id']}"
    invited = editor.post(f"{place}/raters", json={"names": ["anna", "ben"]}).json()["links"]
    assert editor.post(f"{place}/raters", json={"names": ["anna"]}).status_code == 400
    assert [rate(url, one["path"], "new") for one in invited] == [12, 12]
    told = editor.get(place).json()
    assert [(one["name"], one["done"], one["of"]) for one in told["raters"]] == [
        ("anna", 12, 12),
        ("ben", 12, 12),
    ]
    assert invited[0]["path"] not in str(told)
    results = people["reviewer"].get(f"{place}/results").json()
    (win,) = results["wins"]
    assert (win["first"], win["second"], win["rate"]["value"]) == ("new", "old", 1.0)
    assert [one["name"] for one in results["ranking"]["strengths"]] == ["new", "old"]
    assert results["alpha"]["units"] == 8 and results["raters"][0]["controls_passed"] == 3
    assert {one["preferred"] for one in results["remarks"]} >= {"new"}
    ben = told["raters"][1]["id"]
    fewer = editor.get(f"{place}/results", params={"without": [ben]}).json()
    assert fewer["raters"][1]["left_out"] and fewer["used"] < results["used"]
    for what in ("votes", "results"):
        file = editor.get(f"{place}/export", params={"what": what})
        assert file.headers["content-type"].startswith("text/csv")
        assert len(file.text.splitlines()) > 5
    assert editor.delete(f"{place}/raters/{ben}").status_code == 204
    assert editor.get(place).json()["raters"][1]["state"] == "revoked"
    assert editor.post(f"{place}/close").json()["state"] == "closed"
    late = editor.post(f"{place}/raters", json={"names": ["cleo"]})
    assert late.json()["error"]["code"] == "panel_closed"
    assert editor.delete(place).status_code == 403
    assert owner.delete(place).status_code == 204
    assert owner.get(place).status_code == 404


def test_what_cannot_be_made_says_why(people: dict[str, httpx.Client], folder: Spec) -> None:
    editor = people["editor"]
    one = {"name": "x", "answers": [answers("old")]}
    assert editor.post(PLACE, json=body(**one)).status_code == 400
    assert editor.post(PLACE, json=body(typed=[])).status_code == 400
    assert editor.post(PLACE, json=body(contestants=["../x"])).status_code == 400
    assert editor.post(PLACE, json=body(name="x", contestants=["current"])).status_code == 202
    (failed,) = wait(editor)["making"]
    assert failed["state"] == "failed" and "no release" in failed["said"]
    assert editor.delete(f"{PLACE}/making/{failed['id']}").status_code == 204
    assert wait(editor)["making"] == []
    assert editor.delete(f"{PLACE}/making/{failed['id']}").status_code == 404
    assert editor.get(f"{PLACE}/none").status_code == 404


def test_an_odd_name_is_a_name(people: dict[str, httpx.Client], folder: Spec) -> None:
    """And no option of the command line."""
    editor = people["editor"]
    assert editor.post(PLACE, json=body(name="--json")).status_code == 202
    assert [one["name"] for one in wait(editor)["panels"]] == ["--json"]
    taken = editor.post(PLACE, json=body(name="--json"))
    assert taken.status_code == 409


async def test_one_that_is_stopped_is_named_so(folder: Spec) -> None:
    makers = MakingPanels()
    made = makers.start(
        folder, Order("x", ("--questions=cases", "--contestant=current", "--", "x"))
    )
    makers.end(folder, made.id)
    (task,) = makers._tasks
    await task
    (left,) = makers.all(folder)
    assert left.state == "stopped"


def test_choices(people: dict[str, httpx.Client], folder: Spec) -> None:
    assert people["reviewer"].get(f"{PLACE}/choices").json() == {"releases": [], "cases": 0}
    assert people["reviewer"].post(PLACE, json=body()).status_code == 403
    assert people["owner"].get(PLACE, params={"bot": "other"}).status_code == 404
