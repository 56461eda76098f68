"""Settings on the console: changed as a form and as text, checked, in force at once, undone; and privacy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.conftest import FakeEngine
from tests.server.callers import Callers, logged_in
from tests.server.test_console_care import code, said

from chatwright.answer import Bot
from chatwright.server import create_app
from chatwright.server.respec import adopt, fresh
from chatwright.server.services import Services
from chatwright.spec import Spec, load_spec
from chatwright.store import Database

SETTINGS = "/api/console/settings"
TOML = """\
# The library's bot.
[bot]
name = "library"
purpose = "Help readers."  # in a sentence
greeting = "Hello."

[limits]
streams = 8  # at once
"""


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    (tmp_path / "bot.toml").write_text(TOML)
    return load_spec(tmp_path)


@pytest.fixture
def app(engine: FakeEngine, database: Database, spec: Spec, web: Path) -> FastAPI:
    return create_app(Bot(spec, engine, "release-1", "deployment-1"), database, spec, web=web)


@pytest.fixture
def owner(url: str, everyone: Callers, services: Services) -> Iterator[httpx.Client]:
    headers = logged_in(services, everyone.account("owner", "olga"))
    with httpx.Client(base_url=url, headers=headers, timeout=60) as client:
        yield client


def change(owner: httpx.Client, changes: dict[str, Any]) -> Any:
    revision = said(owner.get(SETTINGS), 200)["revision"]
    return said(owner.put(SETTINGS, json={"revision": revision, "changes": changes}), 200)


def test_a_change_counts_at_once_keeps_comments_and_is_undone(
    owner: httpx.Client, services: Services, spec: Spec
) -> None:
    done = change(owner, {"bot": {"greeting": "Good day!"}, "limits": {"streams": 3}})
    assert {one["key"]: one["effect"] for one in done["effects"]} == {
        "bot.greeting": "now",
        "limits.streams": "now",
    }
    text = (spec.folder / "bot.toml").read_text()
    assert text == TOML.replace('"Hello."', '"Good day!"').replace("= 8 ", "= 3 ")
    assert said(owner.get("/api/bot"), 200)["greeting"] == "Good day!"
    assert services.doors.spec.limits.streams == 3 and done["settings"]["pending"] == []
    back = {"revision": done["settings"]["revision"]}
    said(owner.post(f"{SETTINGS}/versions/{done['version']}/undo", json=back), 200)
    assert (spec.folder / "bot.toml").read_text() == TOML
    assert said(owner.get("/api/bot"), 200)["greeting"] == "Hello."
    listed = said(owner.get(f"{SETTINGS}/versions"), 200)["versions"]
    assert [(one["by"], one["keys"]) for one in listed] == [
        ("olga", ["bot.greeting", "limits.streams"]),
        ("olga", ["bot.greeting", "limits.streams"]),
        ("", []),
    ]


def test_what_belongs_to_a_release_or_a_start_waits(
    owner: httpx.Client, services: Services
) -> None:
    done = change(owner, {"guard": {"blocked": ["war"]}, "server": {"port": 9000}})
    pending = {one["key"]: one["effect"] for one in done["settings"]["pending"]}
    assert pending == {"guard.blocked": "release", "server.port": "restart"}
    assert services.deployed.current().spec.guard.blocked == ()


def test_every_mistake_has_its_line_and_nothing_is_saved(owner: httpx.Client, spec: Spec) -> None:
    revision = said(owner.get(SETTINGS), 200)["revision"]
    text = TOML.replace("streams = 8", 'streems = 8\nstreams = "many"') + "\n[gaurd]\n"
    found = said(owner.post(f"{SETTINGS}/check", json={"revision": revision, "text": text}), 200)
    assert [(one["line"], one["key"]) for one in found["mistakes"]] == [
        (8, "limits.streems"),
        (9, "limits.streams"),
        (11, "gaurd"),
    ]
    assert 'did you mean "streams"' in found["mistakes"][0]["message"]
    body = {"revision": revision, "text": text}
    assert code(owner.put(SETTINGS, json=body), 400) == "invalid_settings"
    broken = {"revision": revision, "text": TOML + "\nx = = 1"}
    told = said(owner.post(f"{SETTINGS}/check", json=broken), 200)["mistakes"]
    assert told[0]["line"] == 10 and "TOML" in told[0]["message"]
    assert (spec.folder / "bot.toml").read_text() == TOML


def test_two_who_save_at_once_and_another_name(owner: httpx.Client, spec: Spec) -> None:
    old = said(owner.get(SETTINGS), 200)["revision"]
    change(owner, {"limits": {"streams": 4}})
    body = {"revision": old, "changes": {"limits": {"streams": 5}}}
    assert code(owner.put(SETTINGS, json=body), 409) == "settings_changed"
    now = said(owner.get(SETTINGS), 200)["revision"]
    name = {"revision": now, "changes": {"bot": {"name": "other"}}}
    assert code(owner.put(SETTINGS, json=name), 409) == "name"
    both = {"revision": now, "changes": {}, "text": "x"}
    assert code(owner.put(SETTINGS, json=both), 400) == "invalid_value"


def test_what_was_changed_by_hand_is_kept(owner: httpx.Client, spec: Spec) -> None:
    change(owner, {"limits": {"streams": 4}})
    by_hand = TOML + "\n# mine\n"
    (spec.folder / "bot.toml").write_text(by_hand)
    change(owner, {"limits": {"streams": 5}})
    listed = said(owner.get(f"{SETTINGS}/versions"), 200)["versions"]
    assert [one["by"] for one in listed] == ["olga", "", "olga", ""]
    kept = said(owner.get(f"{SETTINGS}/versions/{listed[1]['id']}"), 200)
    assert kept["text"] == by_hand and kept["difference"]


def test_secrets_are_named_and_never_told(
    owner: httpx.Client, spec: Spec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    got = owner.get(SETTINGS)
    assert {"name": "OPENAI_API_KEY", "set": True} in got.json()["secrets"]
    assert "sk-very-secret" not in got.text
    revision = got.json()["revision"]
    text = TOML + '\n[server]\ndatabase = "postgresql://u:geheim@h/x"\n'
    found = owner.post(f"{SETTINGS}/check", json={"revision": revision, "text": text})
    assert "does not belong here" in found.json()["mistakes"][0]["message"]


async def test_a_file_that_changes_is_followed_and_a_broken_one_is_not(
    services: Services, spec: Spec
) -> None:
    path = spec.folder / "bot.toml"
    path.write_text(TOML.replace("Hello.", "Hi.").replace("streams = 8", "streams = 2"))
    adopt(services, "library", load_spec(spec.folder))
    assert services.deployed.current().spec.bot.greeting == "Hi."
    assert services.doors.spec.limits.streams == 2 == fresh(spec).limits.streams
    path.write_text("[bot")
    assert fresh(spec) == spec


def test_a_visitor_is_found_exported_and_forgotten(
    owner: httpx.Client, url: str, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    def start(_: object, kind: str, arguments: list[str], **more: object) -> None:
        started.append([kind, *arguments])

    monkeypatch.setattr(services.workshop, "start", start)
    with httpx.Client(base_url=url, timeout=60, headers={"sec-fetch-site": "same-origin"}) as guest:
        me = said(guest.get("/api/privacy"), 200)["person"]
        talk = said(guest.post("/api/conversations", json={}), 201)["id"]
        body = {"content": "My violet umbrella is lost."}
        assert guest.post(f"/api/conversations/{talk}/turns", json=body).status_code == 202
    place = "/api/console/privacy"
    for text in ("violet umbrella", talk, me):
        found = said(owner.post(f"{place}/find", json={"text": text}), 200)
        assert [one["id"] for one in found["people"]] == [me], text
    assert said(owner.post(f"{place}/find", json={"text": "zebra"}), 200)["total"] == 0
    assert said(owner.get(place), 200)["people"] == 1
    packed = owner.post(f"{place}/export", json={"person": me})
    assert packed.status_code == 200 and packed.content[:2] == b"PK"
    assert owner.post(f"{place}/erase", json={"who": [me]}).status_code in (202, 500)
    assert started == [["erase", "person", "finish", "--bot", str(services.people.spec.folder)]]
    waiting = said(owner.get(f"{place}/erasures"), 200)["open"]
    assert len(waiting) == 1 and waiting[0]["steps"] == ["tombstones"]
    assert said(owner.get(place), 200)["waiting"] == 1
    log = [row["action"] for row in said(owner.get("/api/console/audit"), 200)["rows"]]
    assert log[:2] == ["person.erasing", "person.exported"] and log.count("person.searched") == 4
    assert "umbrella" not in owner.get("/api/console/audit/export").text
    short = owner.post(f"{place}/erase", json={"who": ["x"]})
    assert short.status_code == 400


def test_the_overview_counts_what_was_asked(owner: httpx.Client, url: str) -> None:
    with httpx.Client(base_url=url, timeout=60, headers={"sec-fetch-site": "same-origin"}) as guest:
        guest.get("/api/bot")
        talk = said(guest.post("/api/conversations", json={}), 201)["id"]
        guest.post(f"/api/conversations/{talk}/turns", json={"content": "Hi"})
        while (
            said(guest.get(f"/api/conversations/{talk}"), 200)["messages"][-1]["status"] != "done"
        ):
            pass
    for span, count in (("hour", 60), ("day", 24), ("month", 30)):
        found = said(owner.get("/api/console/overview", params={"range": span}), 200)
        assert found["total"]["turns"] == 1 and found["total"]["written"] == 3
        assert len(found["steps"]) == count and found["total"]["cost"] is None
        assert found["total"]["whole"]["p50"] is not None and found["now"]["engine"] == "ready"
    change(owner, {"prices": {"written": 1e6, "currency": "EUR"}})
    found = said(owner.get("/api/console/overview"), 200)
    assert (found["total"]["cost"], found["currency"]) == (3.0, "EUR")


def test_what_needs_somebody(owner: httpx.Client) -> None:
    place = "/api/console/overview/attention"
    kinds = {one["kind"] for one in said(owner.get(place), 200)["items"]}
    assert "keys" not in kinds
    owner.post("/api/console/keys", json={"name": "a", "scopes": ["chat"], "days": 3})
    found = said(owner.get(place), 200)["items"]
    assert {"kind": "keys", "count": 1, "detail": ""} in found
