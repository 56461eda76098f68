"""`chatwright feedback`: nothing of people who have not agreed is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chatwright.answer.people import People
from chatwright.cli.verbs import main
from chatwright.spec import load_spec
from chatwright.store import Conversations, Database, Feedbacks, TurnLog
from chatwright.store.records import FeedbackItem, FeedbackRecord, Outcome
from chatwright.store.secret import find_secret


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """A bot that two people rated; one of them agreed to be read."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "bot.toml").write_text('[bot]\nname = "library"\npurpose = "answers"\n')
    spec = load_spec(folder)
    spec.made.mkdir()
    database = Database(spec.made / "store.db")
    People(spec, database, find_secret(spec.made)).agree("visitor:ann", True)
    for owner in ("visitor:ann", "visitor:bob"):
        log, id = TurnLog(database), Conversations(database).create("library", owner).id
        begun = log.begin(id, owner, f"When, says {owner}?", None, release="r", deployment="d")
        log.finish(begun.message, owner, Outcome("done", f"At nine, {owner}.", route="generated"))
        said = FeedbackRecord("down", "wrong", f"At ten, {owner}. <b>", 0.2)
        Feedbacks(database).put(begun.message.id, owner, said)
    database.close()
    return folder


def run(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["feedback", *line])
    assert not ended.value.code
    return capsys.readouterr().out


def answer(capsys: pytest.CaptureFixture[str], *line: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(capsys, *line, "--json"))
    return found


def test_a_list(bot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "list", "--bot", str(bot))
    bob, ann = found["feedback"]  # the newest first
    assert ann["correction"].startswith("At ten") and ann["readable"]
    assert bob["rater"] == "visitor:bob" and bob["correction"] is None and bob["question"] is None
    assert ann["flags"] == ["script", "fresh"] and found["alarm"] == ""
    shown = run(capsys, "list", "--bot", str(bot))
    assert "HTML" in shown and "2 pieces of feedback of 2 raters" in shown
    assert "says visitor:bob" not in shown
    only = answer(capsys, "list", "--rater", "visitor:bob", "--bot", str(bot))["feedback"]
    assert [one["rater"] for one in only] == ["visitor:bob"]
    assert len(answer(capsys, "list", "--most", "1", "--bot", str(bot))["feedback"]) == 1


def test_raters(bot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = answer(capsys, "raters", "--bot", str(bot))["raters"]
    assert [(row["rater"], row["down"], row["corrections"]) for row in rows] == [
        ("visitor:ann", 1, 1),
        ("visitor:bob", 1, 1),
    ]
    assert "None of 2 raters looks suspicious." in run(capsys, "raters", "--bot", str(bot))


def test_an_export_has_the_whole_schema_of_those_who_agreed(
    bot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "feedback.jsonl"
    told = answer(capsys, "export", str(file), "--bot", str(bot))
    assert told == {"file": str(file), "written": 1, "left_out": 1}
    (row,) = [json.loads(line) for line in file.read_text().splitlines()]
    assert row.keys() == {*FeedbackItem.__dataclass_fields__, "readable"}
    assert (row["rater"], row["score"], row["thumb"]) == ("visitor:ann", 0.2, "down")
    printed = run(capsys, "export", "--all", "--bot", str(bot)).splitlines()
    assert [json.loads(line)["readable"] for line in printed] == [True, False]
    assert "says visitor:bob" not in "".join(printed)
