"""Releases over HTTP: what is served and why, promotion and rollback, tampering, canaries, links."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator

import httpx
import pytest
from tests.server.callers import Callers, logged_in

from chatwright.core.files import pretty_json
from chatwright.evaluation.changes import Change
from chatwright.evaluation.verdicts import Row, Verdict
from chatwright.release.manifest import Release
from chatwright.release.pack import pack_retrieval, seal
from chatwright.release.registry import Registry
from chatwright.server import workshop
from chatwright.server.services import Services
from chatwright.spec import Spec

PLACE = "/api/console/releases"
REPORT = {
    "cases": {"in_scope": {"share": 0.9, "n": 10, "passed": 9}, "out_of_scope": {"share": 0.5}},
    "loss": {"bits_per_byte": 0.12},
    "training": {"run": "r1", "curve": [{"step": 1}] * 500},
}


def made(spec: Spec, title: str) -> Release:
    """A release without a model, which is quick to make; another title makes another one."""
    bot = spec.bot.model_copy(update={"title": title})
    model = spec.model.model_copy(update={"kind": "retrieval"})
    return pack_retrieval(spec.model_copy(update={"bot": bot, "model": model}))


@pytest.fixture
def two(spec: Spec) -> tuple[Release, Release]:
    """One that is served, and a candidate."""
    first, second = made(spec, "First"), made(spec, "Second")
    Registry(spec).promote(first, "the first one")
    return first, second


@pytest.fixture
def owner(
    two: tuple[Release, Release], url: str, everyone: Callers, services: Services, spec: Spec
) -> Iterator[httpx.Client]:
    (spec.folder / "bot.toml").write_text('[bot]\nname = "library"\npurpose = "Answers."\n')
    headers = logged_in(services, everyone.account("owner", "olga"))
    with httpx.Client(base_url=url, headers=headers, timeout=60) as client:
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


def states(owner: httpx.Client) -> dict[str, str]:
    return {one["id"]: one["state"] for one in owner.get(PLACE).json()["releases"]}


def test_the_list_says_what_each_one_is(
    owner: httpx.Client, two: tuple[Release, Release], spec: Spec
) -> None:
    first, second = two
    third = made(spec, "Third")
    Registry(spec).quarantine([third.id], "it learned from somebody who is gone", serving=False)
    seal(second, {"report.json": json.dumps(REPORT), "report.html": "<p>hello"})
    told = owner.get(PLACE).json()
    assert (told["served"], told["before"]) == (first.id, None)
    assert states(owner) == {
        first.id: "served",
        second.id: "candidate",
        third.id: "quarantined",
    }
    row = next(one for one in told["releases"] if one["id"] == second.id)
    assert (row["cases"], row["declined"], row["bits_per_byte"]) == (0.9, 0.5, 0.12)
    assert [(one["action"], one["reason"]) for one in told["history"]] == [
        ("promote", "the first one")
    ]


def test_promotion_is_a_child_that_asks_the_gate(
    owner: httpx.Client, two: tuple[Release, Release], started: list[list[str]], spec: Spec
) -> None:
    id, place = two[1].id, f"{PLACE}/{two[1].id}/promote"
    assert owner.post(place, json={"force": True, "reason": "  "}).status_code == 400
    assert started == []
    work = owner.post(place, json={"force": True, "reason": "--it must be"})
    assert work.status_code == 202, work.text
    (arguments,) = started
    assert arguments[:4] == ["release", "promote", "--bot", str(spec.folder)]
    assert "--reason=--it must be" in arguments
    assert "--force" in arguments
    assert arguments[-2:] == ["--", id]


def test_a_real_promotion_is_seen_and_named_and_rolled_back(
    owner: httpx.Client, two: tuple[Release, Release], services: Services, spec: Spec
) -> None:
    first, second = two
    work = owner.post(f"{PLACE}/{second.id}/promote", json={"reason": "newer"}).json()
    for watcher in services.workshop._watchers:
        watcher.join(240)
    ended = owner.get(f"/api/console/work/{work['id']}").json()
    assert ended["state"] == "done", ended
    told = owner.get(PLACE).json()
    assert (told["served"], told["before"]) == (second.id, first.id)
    event = told["history"][0]
    assert (event["release"], event["by"], event["reason"]) == (second.id, "olga", "newer")

    stale = owner.post(f"{PLACE}/rollback", json={"serving": "somethingelse", "reason": ""})
    assert error(stale, 409) == "moved"
    done = owner.post(f"{PLACE}/rollback", json={"serving": told["deployment"], "reason": "worse"})
    assert done.json()["release"] == first.id
    event = owner.get(PLACE).json()["history"][0]
    assert (event["action"], event["by"], event["reason"]) == ("rollback", "olga", "worse")
    assert "release.rolledback" in [row.action for row in services.people.audit.rows()]
    again = {"serving": owner.get(PLACE).json()["deployment"]}
    assert owner.post(f"{PLACE}/rollback", json=again).status_code >= 400  # nothing is before it


def test_one_release_with_all_that_is_known(
    owner: httpx.Client, two: tuple[Release, Release]
) -> None:
    first, second = two
    verdict = Verdict(
        second.id,
        first.id,
        "not enough evidence",
        ("Too few questions.",),
        "cases",
        rows=(
            Row("cases", "Answers", "primary", "not enough evidence", "", 10, 10, 0.8, 0.9, 0.1, (-0.1, 0.3)),
        ),
        needed=200,
        changed=(Change("cases", "c1", "Open?", "answered", "No", "refused", 0.0, "Yes", "generated", 1.0),),
    )  # fmt: skip
    seal(
        second,
        {
            "report.json": json.dumps(REPORT),
            "report.html": "<h1>hello</h1><script>alert(1)</script>",
            f"verdict-{first.id}.json": pretty_json(verdict.to_dict()),
            "verdict-torn.json": "{",
        },
    )
    told = owner.get(f"{PLACE}/{second.id}").json()
    assert told["report"]["loss"] == {"bits_per_byte": 0.12}
    assert "curve" not in told["report"]["training"]
    (found,) = told["verdicts"]
    assert (found["verdict"], found["needed"], found["promotable"]) == (
        "not enough evidence",
        200,
        False,
    )
    assert found["rows"][0]["interval"] == "-10.0 to +30.0"
    assert (found["changed"][0]["current"], found["changed"][0]["candidate"]) == ("No", "Yes")
    assert told["card"].startswith("---")
    assert told["exports"] == []  # there are no weights
    page = owner.get(f"{PLACE}/{second.id}/report.html")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy and page.headers["cache-control"] == "no-store"


def test_what_was_tampered_with_or_is_gone_says_so(
    owner: httpx.Client, two: tuple[Release, Release], started: list[list[str]], spec: Spec
) -> None:
    second = two[1]
    manifest = second.folder / "release.json"
    values = json.loads(manifest.read_text())
    values["spec"]["bot"]["title"] = "Somebody else's"
    manifest.write_text(json.dumps(values))
    told = owner.get(f"{PLACE}/{second.id}").json()
    assert told["row"]["state"] == "broken"
    assert "its manifest was changed" in told["reason"]
    canary = owner.post(f"{PLACE}/canary", json={"release": second.id})
    assert canary.status_code >= 400
    assert "was changed" in canary.text

    manifest.write_text("{")  # not even that: the others are listed all the same
    assert states(owner)[second.id] == "broken"
    assert owner.get(PLACE).json()["served"] == two[0].id

    shutil.rmtree(second.folder)
    for method, path in (
        ("GET", ""),
        ("POST", "/evaluate"),
        ("POST", "/gate"),
        ("GET", "/report.html"),
    ):
        assert error(owner.request(method, f"{PLACE}/{second.id}{path}"), 404) == "not_found"
    assert error(owner.get(f"{PLACE}/..%2F..%2Fbot.toml"), 404)
    assert started == []


def test_a_canary_from_start_to_end(owner: httpx.Client, two: tuple[Release, Release]) -> None:
    first, second = two
    assert owner.get(f"{PLACE}/canary").json() == {"canary": None}
    for share in (0.0, 0.7):
        assert (
            owner.post(f"{PLACE}/canary", json={"release": second.id, "share": share}).status_code
            == 400
        )
    assert owner.post(f"{PLACE}/canary", json={"release": first.id}).status_code == 400  # is served
    told = owner.post(f"{PLACE}/canary", json={"release": second.id, "share": 0.05})
    assert told.status_code == 201, told.text
    canary = told.json()["canary"]
    assert (canary["release"], canary["against"], canary["share"]) == (second.id, first.id, 0.05)
    assert (canary["by"], canary["action"]) == ("olga", "go on")
    assert {one["rule"] for one in canary["rules"]} >= {"errors", "slow", "refusals", "negative"}
    assert (
        error(owner.post(f"{PLACE}/canary", json={"release": second.id}), 409) == "canary_running"
    )
    assert states(owner)[second.id] == "canary"
    promoted = owner.post(f"{PLACE}/canary/promote", json={"reason": "hope"})
    assert error(promoted, 409) == "not_enough_evidence"
    assert owner.post(f"{PLACE}/canary/promote", json={"force": True}).status_code == 400
    ended = owner.post(f"{PLACE}/canary/stop", json={"reason": "wrong prices"}).json()["canary"]
    assert (ended["state"], ended["reason"]) == ("stopped", "wrong prices")
    assert owner.post(f"{PLACE}/canary/stop", json={}).status_code == 404


def test_a_link_for_testers_is_shown_once(
    owner: httpx.Client, two: tuple[Release, Release]
) -> None:
    second = two[1]
    made = owner.post(f"{PLACE}/{second.id}/staging", json={"days": 2, "tasks": ["Ask", " "]})
    assert made.status_code == 201, made.text
    path = made.json()["path"]
    assert path.startswith("/staging/")
    (link,) = owner.get(f"{PLACE}/staging").json()["links"]
    assert "path" not in link
    assert (link["state"], link["tasks"], link["release"]) == ("live", ["Ask"], second.id)
    assert path.split("/")[-1] not in owner.get(f"{PLACE}/staging").text
    assert owner.delete(f"{PLACE}/staging/{link['id']}").json()["state"] == "revoked"
    assert owner.delete(f"{PLACE}/staging/nosuch").status_code == 404
