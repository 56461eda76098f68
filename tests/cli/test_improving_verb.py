"""`chatwright improve`: what it shows, what it ends with; the long steps are quick ones."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.improve.cycling import Quick, bot, correction

from chatwright.cli import improving, main
from chatwright.improve import cycle
from chatwright.improve.journal import alone
from chatwright.release.registry import Registry
from chatwright.spec import load_spec


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    bot(tmp_path)
    monkeypatch.setattr(os, "nice", lambda _: 0)  # the other tests are in a hurry
    monkeypatch.setattr(improving, "improve", partial(cycle.improve, work=Quick()))
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *line: object, code: int = 0) -> str:
    with pytest.raises(SystemExit) as end:
        main(["improve", *map(str, line)])
    out, err = capsys.readouterr()
    assert (end.value.code or 0) == code, err
    return out + err


def accepts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    asked: list[tuple[str, ...]] = []

    def accepted(_spec: Any, without: tuple[str, ...]) -> list[Any]:
        asked.append(without)
        return [] if "visitor:a" in without else [correction()]

    monkeypatch.setattr(improving, "_accepted", accepted)
    return asked


def test_without_reviews_there_is_nothing_to_learn(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a real, empty store."""
    text = said(capsys, folder)
    assert "No correction has been accepted" in text and "Nothing new" in text
    assert json.loads(said(capsys, folder, "--json"))["state"] == "nothing new"
    assert "never improved" in said(capsys, folder, "--status")


def test_the_whole_way_and_the_way_back(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = accepts(monkeypatch)
    before = Registry(load_spec(folder)).current_id()
    dry = json.loads(said(capsys, folder, "--dry-run", "--json"))
    assert [row["review"] for row in dry["rows"]] == ["r1"]
    assert not (folder / ".chatwright" / "harvest").exists()
    assert "Is there tea? -> Yes." in said(capsys, folder, "--dry-run")
    text = said(capsys, folder)
    assert "1 accepted corrections" in text and "corrections: +1" in text and "Promoted" in text
    assert Registry(load_spec(folder)).current_id() != before
    status = said(capsys, folder, "--status")
    assert "promoted" in status and "evaluate 0" in status
    told = json.loads(said(capsys, folder, "--status", "--json"))
    assert told["last"]["state"] == "promoted" and told["due"] == ""
    # Without that rater the corrections are gone, and the first model's dataset is there again.
    text = said(capsys, folder, "--without-rater", "visitor:a")
    assert asked[-1] == ("visitor:a",)
    assert "corrections: +0  ~0  -1" in text and "Promoted" in text
    current = Registry(load_spec(folder)).current()
    assert current is not None
    names = {path.name for path in (folder / ".chatwright" / "datasets").glob("*/dataset.json")}
    assert names == {"dataset.json"}
    dataset = folder / ".chatwright" / "datasets" / current[1].manifest["dataset"]
    assert "feedback" not in (dataset / "train.jsonl").read_text()


def test_raters_may_be_left_out_for_good(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = accepts(monkeypatch)
    with (folder / "bot.toml").open("a") as file:
        file.write('\n[improve]\nwithout_raters = ["key:7"]\nevery = "1d"\n')
    said(capsys, folder, "--dry-run", "--without-rater", "x")
    assert asked == [("key:7", "x")]
    assert "every 1d" in said(capsys, folder, "--status")


def test_wrong_use_and_a_second_one(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    accepts(monkeypatch)
    assert "--method" in said(capsys, folder, "--method", "magic", code=2)
    assert "--seeds" in said(capsys, folder, "--seeds", "99", code=2)
    assert "--reason" in said(capsys, folder, "--force", code=2)
    with alone(folder / ".chatwright"):
        told = json.loads(said(capsys, folder, "--json", code=1).splitlines()[0])
    assert "improved already" in told["error"]["message"]
