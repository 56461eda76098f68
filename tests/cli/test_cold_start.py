"""Documents and no conversations: a bot at once, and drafts that lead to one that is trained."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Command

BOTS = Path(__file__).resolve().parent.parent / "knowledge" / "bots"


@pytest.fixture
def cold(fresh: Path) -> Path:
    """A fresh bot with two documents, and test cases."""
    (fresh / "knowledge" / "hours.md").write_text(
        "# Hours\n\n- Friday: 9 am to 6 pm\n- Sunday: closed\n"
    )
    (fresh / "knowledge" / "fees.md").write_text(
        "# Fees\n\nA lost card costs $3. A locker is free.\n"
    )
    cases = [
        {"id": "a", "question": "When are you open on Friday?", "must": ["9 am"]},
        {"id": "b", "question": "Who wins the election?", "route": "refused"},
    ]
    (fresh / "tests" / "cases.jsonl").write_text("".join(json.dumps(c) + "\n" for c in cases))
    return fresh


def drafts(folder: Path) -> list[dict[str, object]]:
    text = (folder / "data" / "drafted.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_documents_are_enough_for_a_bot(run: Command, cold: Path) -> None:
    up = run("up", cold, "--no-serve")
    assert up.code == 0, up.err
    assert "answers from its 2 documents alone" in up.out
    assert "knowledge questions" in up.out
    (row,) = run("release", "list", "--bot", cold, "--json").values["releases"]
    assert row["kind"] == "retrieval"
    assert run("evaluate", cold, "--json").values["cases_out_of_scope_refused"] == 1.0
    said = run("chat", cold, "--message", "Who wins the election?", "--json").values
    assert said["route"] == "refused"
    assert run("doctor", cold, "--json").values["findings"]
    again = run("up", cold, "--no-serve", "--json").values
    assert again["release"] == said["release"]
    exported = run("release", "export", said["release"], cold / "out", "--to", "hf", "--bot", cold)
    assert exported.code == 2 and "no model" in exported.err


def test_a_bot_that_says_so_needs_documents_and_cannot_be_trained(
    run: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "said"
    assert run("init", folder, "--purpose", "Helps.", "--retrieval").code == 0
    assert 'kind = "retrieval"' in (folder / "bot.toml").read_text()
    empty = run("up", folder, "--no-serve")
    assert empty.code == 1 and "no document" in empty.err
    assert run("doctor", folder).code == 1
    train = run("train", folder)
    assert train.code == 2 and "nothing to train" in train.err
    (folder / "knowledge" / "a.md").write_text("# A\n\nThe hall is open.\n")
    assert run("up", folder, "--no-serve").code == 0
    assert "1 documents to answer from" in run("doctor", folder).out


def test_a_bot_that_asks_for_a_model_does_not_get_another_one(run: Command, cold: Path) -> None:
    spec = cold / "bot.toml"
    spec.write_text(spec.read_text() + '\n[model]\nkind = "scratch"\n')
    up = run("up", cold, "--no-serve")
    assert up.code == 1 and "no conversations" in up.err


def test_drafts_wait_for_a_review(
    run: Command, cold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("knowledge", "questions", "--bot", cold, "--json").values
    assert done["waiting"] == done["added"] == len(drafts(cold)) >= 4
    assert {row["document"] for row in drafts(cold)} == {"hours.md", "fees.md"}
    # Nothing of it is data yet, so this is still a bot without a model.
    assert "documents alone" in run("up", cold, "--no-serve").out
    again = run("knowledge", "questions", "--bot", cold, "--json").values
    assert again["added"] == 0

    keys = iter("a\nr\nx\ne\nWhat is lost?\n\nq\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(keys)))
    reviewed = run("knowledge", "questions", "--review", "--bot", cold, "--json").values
    assert (reviewed["accepted"], reviewed["rejected"]) == (2, 1)
    rows = drafts(cold)
    assert [row["reviewed"] for row in rows[:4]] == [True, "rejected", True, False]
    assert rows[2]["messages"][0]["content"] == "What is lost?"  # type: ignore[index]
    found = run("data", cold, "--json")
    assert found.code == 0
    (cold / "knowledge" / "fees.md").write_text("# Fees\n\nA lost card costs $4.\n")
    (cold / "knowledge" / "hours.md").write_text("# Hours\n\n- Friday: 10 am to 6 pm\n")
    assert len(run("knowledge", "questions", "--bot", cold, "--json").values["stale"]) == 2


@pytest.mark.parametrize(
    ("code", "question"), [("de", "Wann ist Frühschwimmen?"), ("ja", "定休日はいつですか？")]
)
def test_other_languages_need_no_data_either(
    run: Command, tmp_path: Path, code: str, question: str
) -> None:
    folder = Path(shutil.copytree(BOTS / code, tmp_path / code))
    shutil.rmtree(folder / "data")
    (folder / "data").mkdir()
    spec = folder / "bot.toml"
    spec.write_text(
        spec.read_text("utf-8").replace("[model]\n", '[model]\nkind = "retrieval"\n'), "utf-8"
    )
    up = run("up", folder, "--no-serve")
    assert up.code == 0, up.err
    hits = run("knowledge", "search", question, "--bot", folder, "--json").values["hits"]
    assert hits[0]["names"][0] in ("oeffnungszeiten.md", "hours.md")
    said = run("chat", folder, "--message", "xyzzy", "--json").values
    assert said["answer"] in spec.read_text("utf-8")
    drafted = run("knowledge", "questions", "--bot", folder, "--json").values
    assert drafted["added"] >= 40
