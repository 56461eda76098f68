"""`canary` and `staging` as typed: two releases of a bot that answers from its documents alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Command

from chatwright.answer.people import People
from chatwright.release.pack import pack_retrieval
from chatwright.release.registry import Registry
from chatwright.spec import load_spec
from chatwright.store import Conversations, Database, Feedbacks, TurnLog
from chatwright.store.canaries import Canaries
from chatwright.store.records import FeedbackRecord, Outcome
from chatwright.store.secret import find_secret

TOML = """
[bot]
name = "desk"
purpose = "Help readers."
[model]
kind = "retrieval"
[answers]
tolerated_wrong = 1.0
[guard]
refusal = "{refusal}"
"""


@dataclass
class Desk:
    folder: Path
    served: str
    candidate: str
    database: Database

    def log(self, count: int, *, agreed: bool = True, release: str = "") -> None:
        """Each of so many visitors asked once, and rated it."""
        spec = load_spec(self.folder)
        people = People(spec, self.database, find_secret(spec.made))
        log = TurnLog(self.database)
        for n in range(count):
            owner = f"visitor:{release}{n}"
            if agreed:
                people.agree(owner, True)
            talk = Conversations(self.database).create("desk", owner).id
            question = f"When does branch {n} open?"
            turn = log.begin(
                talk, owner, question, None, release=release or self.served, deployment="d"
            )
            log.finish(turn.message, owner, Outcome("done", "At nine.", "retrieved", total_ms=20))
            Feedbacks(self.database).put(turn.message.id, owner, FeedbackRecord("up", "", ""))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = tmp_path / "desk"
    (folder / "knowledge").mkdir(parents=True)
    (folder / "knowledge" / "hours.md").write_text("# Hours\n\nThe library opens at nine.\n")
    made = []
    for refusal in ("No.", "Sorry."):
        (folder / "bot.toml").write_text(TOML.format(refusal=refusal))
        made.append(pack_retrieval(load_spec(folder)))
    Registry(load_spec(folder)).promote(made[0])
    database = Database(folder / ".chatwright" / "store.db")
    return Desk(folder, made[0].id, made[1].id, database)


def test_a_canary_from_start_to_stop(run: Command, desk: Desk) -> None:
    where = ("--bot", desk.folder)
    assert "no canary yet" in run("canary", "status", *where).out
    desk.log(60)
    begun = run("canary", "start", desk.candidate[:6], "--share", "5%", *where)
    assert begun.code == 0, begun.err
    assert "answers 5% of the people" in begun.out
    assert "100.0% of them rated" in begun.out
    assert "found out in" in begun.out
    again = run("canary", "start", desk.candidate, *where, "--json")
    assert again.code == 1
    assert "running already" in again.err
    shown = run("canary", "status", *where, "--json").values
    assert shown["canary"]["state"] == "running"
    assert shown["canary"]["steps"][0]["share"] == 0.05
    assert "salt" not in shown["canary"]
    assert shown["verdict"]["action"] == "go on"
    assert {one["metric"] for one in shown["forecast"]["metrics"]} == {
        "errors", "slow", "refusals", "negative",
    }  # fmt: skip
    desk.log(3, release=desk.candidate)
    text = run("canary", "status", *where).out
    assert "Verdict: go on. not enough evidence yet" in text
    assert "candidate" in text
    stopped = run("canary", "stop", "--reason", "wrong prices", *where, "--json").values
    assert (stopped["state"], stopped["reason"]) == ("stopped", "wrong prices")
    assert "wrong prices" in run("canary", "status", *where).out
    assert run("canary", "stop", *where).code == 1
    log = run("audit", "show", *where).out
    assert "canary.started" in log
    assert "canary.ended" in log


def test_promotion_takes_evidence_or_a_reason(run: Command, desk: Desk) -> None:
    where = ("--bot", desk.folder)
    assert run("canary", "promote", *where).code == 1
    run("canary", "start", desk.candidate, *where)
    refused = run("canary", "promote", *where)
    assert refused.code == 1
    assert "'go on'" in refused.err
    assert run("canary", "promote", "--force", *where).code == 2
    done = run("canary", "promote", "--force", "--reason", "a law", *where, "--json")
    assert done.values["release"] == desk.candidate
    registry = Registry(load_spec(desk.folder))
    current = registry.deployment()
    assert current is not None
    assert current.release == desk.candidate
    assert registry.history()[-1]["reason"] == "canary: a law (forced)"
    (record,) = Canaries(desk.database).all("desk")
    assert record.state == "promoted"


@pytest.mark.parametrize("share", ["0", "60%", "x", "-1", "nan", "%"])
def test_a_share_that_is_none_is_refused(run: Command, desk: Desk, share: str) -> None:
    found = run("canary", "start", desk.candidate, f"--share={share}", "--bot", desk.folder)
    assert found.code == 2
    assert "is no share" in found.err


def test_what_is_served_is_no_candidate_and_a_broken_one_neither(run: Command, desk: Desk) -> None:
    found = run("canary", "start", desk.served, "--bot", desk.folder)
    assert found.code == 2
    assert "served already" in found.err
    manifest = desk.folder / ".chatwright" / "releases" / desk.candidate / "release.json"
    values: dict[str, Any] = json.loads(manifest.read_text())
    values["spec"]["guard"]["refusal"] = "Other."
    manifest.write_text(json.dumps(values))
    for verb in (["canary", "start"], ["canary", "replay"], ["staging", "create"]):
        broken = run(*verb, desk.candidate, "--bot", desk.folder)
        assert broken.code == 1
        assert "was changed" in broken.err
    assert Canaries(desk.database).running("desk") is None


def test_a_replay_asks_what_may_be_read_and_keeps_nothing(run: Command, desk: Desk) -> None:
    where = ("--bot", desk.folder)
    desk.log(2, agreed=False)
    nothing = run("canary", "replay", desk.candidate, *where)
    assert nothing.code == 1
    assert "nobody agreed" in nothing.err
    desk.log(5, release="x")  # asked by people who agreed
    with desk.database.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM messages").scalar_one()
    found = run("canary", "replay", desk.candidate, "--last", "4", *where, "--json")
    assert found.code == 0, found.err
    values = found.values
    assert (values["current"], values["candidate"]) == (desk.served, desk.candidate)
    assert values["questions"] == 4
    assert set(values["refused"]) == {"current", "candidate"}
    with desk.database.read() as connection:
        assert before == connection.exec_driver_sql("SELECT count(*) FROM messages").scalar_one()
    assert "4 questions" in run("canary", "replay", desk.candidate, "--last", "4", *where).out


def test_a_staging_link_from_making_to_revoking(run: Command, desk: Desk, tmp_path: Path) -> None:
    where = ("--bot", desk.folder)
    tasks = tmp_path / "tasks.txt"
    tasks.write_text("# what to try\nAsk for a map.\n\n  Complain.  \n")
    made = run(
        "staging", "create", desk.candidate[:6], "--tasks", tasks, "--days", "7",
        "--address", "https://bot.example.org/", *where, "--json",
    ).values  # fmt: skip
    assert made["tasks"] == ["Ask for a map.", "Complain."]
    assert made["url"].startswith("https://bot.example.org/staging/")
    token = made["url"].rpartition("/")[2]
    listed = run("staging", "list", *where)
    assert token not in listed.out
    assert "live" in listed.out
    shown = run("staging", "results", made["id"][-12:], *where)
    assert "1. Ask for a map.  [0 done]" in shown.out
    assert run("staging", "revoke", made["id"], *where, "--json").values["state"] == "revoked"
    assert run("staging", "revoke", "nothing", *where).code == 1
    tasks.write_text("x" * 501)
    assert run("staging", "create", desk.candidate, "--tasks", tasks, *where).code == 2
    assert run("staging", "create", desk.candidate, "--tasks", tmp_path, *where).code == 2
