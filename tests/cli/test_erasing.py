"""`chatwright erase`: no name is kept, every import and build applies it, and what is left is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from tests.cli.conftest import Command
from tests.store.test_person import MARK, lived

from chatwright.improve.erasing import Erasing
from chatwright.spec import load_spec
from chatwright.store import Database
from chatwright.store.secret import find_secret

ANNA = "anna@tarvoen.example"


def rows(path: Path, *questions: str) -> Path:
    said = [
        [{"role": "user", "content": q}, {"role": "assistant", "content": f"On {q}."}]
        for q in questions
    ]
    path.write_text("".join(json.dumps({"messages": m}) + "\n" for m in said))
    return path


def test_a_person_is_left_out_and_what_is_left_is_said(
    run: Command, fresh: Path, tmp_path: Path
) -> None:
    chats = rows(tmp_path / "chats.jsonl", *(f"question {n}?" for n in range(30)), f"I am {ANNA}")
    assert run("import", chats, "--bot", fresh).code == 0
    old = run("data", fresh, "--json").values
    said = run("erase", ANNA.upper(), "--bot", fresh)
    assert said.code == 0, said.err
    assert "Erased: from now on" in said.out and "data/chats.jsonl: row 30\n" in said.out
    assert (
        "1 datasets" in said.out and "Releases" not in said.out and "Not finished" not in said.out
    )
    assert not (fresh / ".chatwright" / "datasets" / old["dataset"]).exists()
    new = run("data", fresh, "--json").values
    assert new["rejected"] == {**old["rejected"], "erased": 1} and new["read"] == 31
    assert ">erased<" in Path(new["report"]).read_text()
    again = rows(tmp_path / "again.jsonl", "hello?", f"write to {ANNA}")
    found = run("import", again, "--bot", fresh, "--json").values["files"][0]
    assert (found["conversations"], found["rejected"]) == (1, {"erased": 1})
    for path in (fresh / ".chatwright" / "erased").rglob("*"):
        assert path.is_dir() or "tarvoen" not in path.read_text().lower()
    assert "tarvoen" not in run("data", fresh, "--show", "rejected").out


def test_releases_that_never_learned_it_stay(
    run: Command, bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: "Nobody Knows")
    found = run("erase", "--bot", bot, "--json").values
    (release,) = run("release", "list", "--bot", bot, "--json").values["releases"]
    assert not any(found["removed"].values()) and release["served"] == "served"
    assert (found["sources"], found["datasets"], found["releases"]) == ({}, [], [])
    assert "Nobody" not in json.dumps(found) and found["waiting"] == ""
    assert "Removed here: nothing was kept." in run("erase", "Nobody Knows", "--bot", bot).out


def test_open_erasures_are_shown_and_gone_on_with(run: Command, fresh: Path) -> None:
    assert "Every erasure is finished." in run("person", "erasures", "--bot", fresh).out
    assert run("person", "finish", "--bot", fresh, "--json").values == {"erasures": []}
    database = Database(fresh / ".chatwright" / "store.db")
    lived(database, "visitor:ann", MARK)
    erasing = Erasing(load_spec(fresh), database, find_secret(fresh / ".chatwright"))
    erasing.begin(["visitor:ann"])
    database.close()
    (one,) = run("person", "erasures", "--bot", fresh, "--json").values["open"]
    assert one["steps"] == ["tombstones"]
    (done,) = run("person", "finish", "--bot", fresh, "--json").values["erasures"]
    assert done["waiting"] == "" and done["removed"]["conversations"] == 1
    assert run("person", "erasures", "--bot", fresh, "--json").values == {"open": []}
    proof = run("person", "prove", "visitor:ann", MARK, "--bot", fresh, "--json").values
    assert proof["clean"] and proof["files_read"] > 2 and proof["model"] == []
    assert "Proof: in none of" in run("person", "prove", "visitor:ann", "--bot", fresh).out


def test_what_cannot_be_a_person(run: Command, fresh: Path) -> None:
    ran = run("erase", ".", "--bot", fresh)
    assert ran.code == 1 and "too short" in ran.err
    assert not (fresh / ".chatwright" / "erased" / "people.jsonl").exists()
