"""`chatwright knowledge`: sync, search, list, diff, rollback, forget, gaps, for people and for machines."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Command

from chatwright.answer.people import People
from chatwright.cli.store import opened
from chatwright.spec import load_spec
from chatwright.store import Conversations, TurnLog
from chatwright.store.consent import Consents
from chatwright.store.records import Outcome
from chatwright.store.secret import find_secret


@pytest.fixture
def filled(fresh: Path) -> Path:
    (fresh / "knowledge" / "hours.md").write_text("# Hours\n\nOpen from nine to six.\n")
    (fresh / "knowledge" / "fines.md").write_text("# Fines\n\nTwenty cents a day.\n")
    return fresh


def test_from_a_folder_to_an_answer(run: Command, filled: Path) -> None:
    before = run("knowledge", "search", "hours", "--bot", filled)
    assert before.code == 1
    assert "knowledge sync" in before.err
    done = run("knowledge", "sync", "--bot", filled, "--json").values
    assert (done["added"], done["problems"]) == (["fines.md", "hours.md"], {})
    found = run("knowledge", "search", "When are you open?", "--bot", filled, "--json").values
    assert found["snapshot"] == done["snapshot"]
    assert found["hits"][0]["source"] == {
        "title": "Hours",
        "uri": "hours.md",
        "quote": "Open from nine to six.",
    }
    assert 0 < found["features"]["coverage"] < 1
    shown = run("knowledge", "search", "When are you open?", "--bot", filled)
    assert "1. Hours  (hours.md)" in shown.out
    assert "characters 9 to 31" in shown.out
    assert "Nothing is found" in run("knowledge", "search", "zzzz", "--bot", filled).out


def test_versions(run: Command, filled: Path) -> None:
    assert "No snapshots yet" in run("knowledge", "list", "--bot", filled).out
    first = run("knowledge", "sync", "--bot", filled, "--json").values["snapshot"]
    assert run("knowledge", "diff", "--bot", filled).code == 1
    assert run("knowledge", "rollback", "--bot", filled).code == 1
    (filled / "knowledge" / "hours.md").write_text("# Hours\n\nOpen from ten to five.\n")
    second = run("knowledge", "sync", "--bot", filled, "--json").values["snapshot"]
    found = run("knowledge", "diff", "--bot", filled, "--json").values
    assert found == {
        "before": first,
        "after": second,
        "added": [],
        "removed": [],
        "changed": ["hours.md"],
    }
    assert "changed: hours.md" in run("knowledge", "diff", first, second, "--bot", filled).out
    assert run("knowledge", "rollback", "--bot", filled, "--json").values["snapshot"] == first
    old = run("knowledge", "search", "open", "--bot", filled, "--json").values
    assert "nine" in old["hits"][0]["passage"]["text"]
    new = run("knowledge", "search", "open", "--snapshot", second, "--bot", filled, "--json").values
    assert "ten" in new["hits"][0]["passage"]["text"]
    listed = run("knowledge", "list", "--bot", filled, "--json").values
    assert [(one["id"], one["current"]) for one in listed["snapshots"]] == [
        (second, False),
        (first, True),
    ]
    assert "hours.md" in run("knowledge", "list", "--documents", "--bot", filled).out
    assert run("knowledge", "forget", "--bot", filled, "--json").values == {"removed": 1}
    wrong = run("knowledge", "diff", "ffff", "--bot", filled)
    assert wrong.code == 1
    assert "no snapshot 'ffff'" in wrong.err


def test_labels(run: Command, filled: Path) -> None:
    with (filled / "bot.toml").open("a") as file:
        file.write('\n[knowledge]\naccess = { "fines" = "staff" }\n')
    run("knowledge", "sync", "--bot", filled)
    assert "Nothing is found" in run("knowledge", "search", "cents", "--bot", filled).out
    seen = run("knowledge", "search", "cents", "--access", "staff", "--bot", filled)
    assert "fines.md" in seen.out


@pytest.mark.parametrize("line", ['urls = ["ftp://x"]', "keep = 0", 'url = ["https://x"]'])
def test_mistakes_in_the_table(run: Command, filled: Path, line: str) -> None:
    with (filled / "bot.toml").open("a") as file:
        file.write(f"\n[knowledge]\n{line}\n")
    assert run("knowledge", "sync", "--bot", filled).code == 1


def test_what_people_asked_in_vain(run: Command, filled: Path) -> None:
    nothing = run("knowledge", "gaps", "--bot", filled)
    assert "0 of 0 questions were answered well" in nothing.out
    run("knowledge", "sync", "--bot", filled)
    spec = load_spec(filled)
    with opened(spec) as database:
        version = People(spec, database, find_secret(spec.made)).consent_version
        Consents(database).put(spec.bot.name, "anna", True, version)
        log = TurnLog(database)
        for owner, question in (("anna", "Is there parking?"), ("ben", "My secret, please?")):
            talk = Conversations(database).create(spec.bot.name, owner)
            begun = log.begin(talk.id, owner, question, None, release="r", deployment="d")
            log.finish(begun.message, owner, Outcome("done", "I do not know.", route="refused"))
    shown = run("knowledge", "gaps", "--bot", filled).out
    assert "1. Is there parking?  (1 asked: 1 refused)" in shown
    assert "[ ] Write a document" in shown
    assert "0 of 2 questions were answered well in 30 days; 1 more may not be shown" in shown
    assert "secret" not in shown
    values = run("knowledge", "gaps", "--days", 7, "--bot", filled, "--json").values
    assert [one["todo"] for one in values["gaps"]] == ["scope"]
