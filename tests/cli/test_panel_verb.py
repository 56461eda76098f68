"""`chatwright panel`: from making one on a bot to its results, as a person types it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.cli.test_hosted import StandIn, upstream

from chatwright.improve.panels import Room
from chatwright.spec import load_spec
from chatwright.store import Database

__all__ = ["upstream"]


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> Path:
    """A bot without a model: answers come from files."""
    for name in ("old", "new"):
        rows = [
            {"question": f"Question {n}?", "answer": f"{name} {word} answer of {n} here."}
            for n, word in enumerate(
                ("paper", "stone", "water", "cloud", "metal", "glass", "cotton", "silver")
            )
        ]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text)
    (tmp_path / "asked.txt").write_text("".join(f"Question {n}?\n" for n in range(8)))
    control = {"question": "Open?", "right": "Yes, at nine.", "wrong": "Cats purr."}
    controls = [control | {"question": f"Open on day {n}?"} for n in range(4)]
    (tmp_path / "controls.jsonl").write_text("".join(json.dumps(row) + "\n" for row in controls))
    return fresh


@pytest.fixture
def made(run: Command, folder: Path, tmp_path: Path) -> Path:
    line = ["panel", "create", "spring", "--bot", folder, "--questions", tmp_path / "asked.txt"]
    line += ["--contestant", tmp_path / "old.jsonl", "--contestant", tmp_path / "new.jsonl"]
    ran = run(*line, "--controls-file", tmp_path / "controls.jsonl", "--controls", 3, "--json")
    assert ran.code == 0, ran.err
    assert ran.values["items"] == 12 and ran.values["controls_made"] == 4
    return folder


def judge_all(folder: Path, link: str, prefer: str) -> None:
    """Everything through the room, as the server does it."""
    spec = load_spec(folder)
    database = Database(spec.made / "store.db")
    room = Room(database, frozenset)
    seat = room.enter(link.rpartition("/")[2], (spec.bot.name,))
    while (shown := room.next(seat)) is not None:
        good = [any(word in text for word in (prefer, "Yes")) for text in shown.answers]
        said = "tie" if good[0] == good[1] else "left" if good[0] else "right"
        room.answer(seat, shown.place, shown.item_id, said)
    database.close()


def test_the_whole_way(run: Command, made: Path, tmp_path: Path) -> None:
    invited = run(
        "panel",
        "invite",
        "spring",
        "anna",
        "ben",
        "--bot",
        made,
        "--url",
        "https://x.test",
        "--json",
    )
    links = [one["link"] for one in invited.values["raters"]]
    assert len(set(links)) == 2
    assert all(re.fullmatch(r"https://x\.test/panel/[\w-]{43}", link) for link in links)
    for link in links:
        judge_all(made, link, "new")
    listed = run("panel", "list", "--bot", made, "--json").values["panels"][0]
    assert (listed["name"], listed["votes"], listed["raters"]) == ("spring", 24, 2)
    raters = run("panel", "list", "spring", "--bot", made, "--json").values["raters"]
    assert [(one["name"], one["done"]) for one in raters] == [("anna", 12), ("ben", 12)]
    found = run("panel", "results", "spring", "--bot", made, "--json").values
    (win,) = found["wins"]
    assert (win["first"], win["second"], win["rate"]["value"]) == ("new", "old", 1.0)
    assert [one["controls_passed"] for one in found["raters"]] == [3, 3]
    shown = run("panel", "results", "spring", "--bot", made)
    assert shown.code == 0 and "new against old: 100.0%" in shown.out and "anna" in shown.out
    for what in ("votes", "results"):
        file = tmp_path / f"{what}.csv"
        assert run("panel", "export", "spring", file, "--what", what, "--bot", made).code == 0
        assert file.stat().st_mode & 0o077 == 0 and len(file.read_text().splitlines()) > 5
        assert run("panel", "export", "spring", file, "--bot", made).code == 2
    assert run("panel", "close", "spring", "--bot", made, "--json").values["state"] == "closed"
    assert run("panel", "delete", "spring", "--yes", "--bot", made).code == 0
    assert run("panel", "results", "spring", "--bot", made).code == 1
    said = run("audit", "show", "--bot", made).out
    assert "panel.created" in said and "panel.deleted" in said and "anna" not in said


def test_links_are_for_one_and_end(run: Command, made: Path) -> None:
    assert run("panel", "invite", "spring", "anna", "--bot", made).code == 0
    assert run("panel", "invite", "spring", "anna", "--bot", made).code == 2
    assert run("panel", "invite", "spring", "ben", "ben", "--bot", made).code == 2
    assert (
        run("panel", "invite", "spring", "a", "b", "--person", "account:1", "--bot", made).code == 2
    )
    assert run("panel", "revoke", "spring", "anna", "--bot", made, "--json").values["revoked_at"]
    assert run("panel", "revoke", "spring", "anna", "--bot", made).code == 1
    assert run("panel", "invite", "spring", "anna", "--bot", made).code == 0


def test_a_hosted_judge(run: Command, made: Path, upstream: StandIn) -> None:
    """The stand-in repeats what it was asked, so that the prompt's last words are its verdict: none."""
    assert run("panel", "judge", "spring", "--bot", made).code == 1  # no judge is named
    path = made / "bot.toml"
    url = f"http://127.0.0.1:{upstream.server_port}/v1"
    path.write_text(
        path.read_text() + f'\n[judge]\nmodel = "m"\nbase_url = "{url}"\ninput_price = 1\n'
    )
    ran = run("panel", "judge", "spring", "--most", 2, "--bot", made, "--json")
    assert ran.code == 0, ran.err
    assert (ran.values["asked"], ran.values["without_verdict"]) == (2, 2)
    assert ran.values["prompt_tokens"] == 2 * 2 * 7 and ran.values["cost"] > 0
    assert upstream.asked[0]["messages"][0]["role"] == "system"
    assert run("panel", "judge", "spring", "--most", 2, "--bot", made).code == 0
    assert len(upstream.asked) == 8


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["create", "x", "--contestant", "current"], 1),
        (["create", "x", "--contestant", "hosted:"], 1),
        (["create", "x", "--contestant", "current", "--questions", "everything"], 2),
        (["create", "x", "--contestant", "current", "--questions", "none.txt"], 1),
        (["create", "x", "--contestant", "current", "--questions", "logged"], 1),
        (["results", "nothing"], 1),
        (["export", "nothing", "x.txt"], 2),
        (["invite", "nothing", "anna"], 1),
    ],
)
def test_what_cannot_be(run: Command, fresh: Path, line: list[str], code: int) -> None:
    ran = run("panel", *line, "--bot", fresh)
    assert ran.code == code
    assert len(ran.err.strip().splitlines()) == 1 and "Traceback" not in ran.err


def test_no_panels_yet(run: Command, fresh: Path) -> None:
    ran = run("panel", "list", "--bot", fresh)
    assert ran.code == 0 and "No panels yet" in ran.out
