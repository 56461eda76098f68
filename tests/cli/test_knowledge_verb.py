"""`chatwright knowledge`: sync, search, list, diff, rollback, forget, for people and for machines."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Command


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
