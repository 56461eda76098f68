"""`chatwright data`: the page it writes, and before and after of a cleaning step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Command

from chatwright.cli.show import difference


def rows(folder: Path, *pairs: tuple[str, str]) -> None:
    lines = [
        json.dumps(
            {"messages": [{"role": "user", "content": q}, {"role": "assistant", "content": a}]}
        )
        for q, a in pairs
    ]
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "chats.jsonl").write_text("\n".join(lines), "utf-8")


def test_a_step_is_shown_on_the_bots_own_data(run: Command, fresh: Path) -> None:
    rows(
        fresh,
        ("hi", "<p>Fish &amp; chips</p>"),
        ("hello", "fine"),
        ("図書館<br>は", "はい"),
        ("a", ""),
    )
    shown = run("data", fresh, "--show", "markup")
    assert shown.code == 0
    assert "data/chats.jsonl row 0, assistant" in shown.out
    assert "Fish &[-amp;-] chips" in shown.out
    assert "markup changes 2 of 4 conversations." in shown.out
    values = run("data", fresh, "--show", "turns", "--json").values
    assert values["changed"] == 1
    assert values["examples"][0]["reason"] == "no assistant turn"
    wrong = run("data", fresh, "--show", "language")
    assert wrong.code == 2
    assert "turned on with steps under [data]" in wrong.err


def test_rejects_and_the_page(run: Command, fresh: Path) -> None:
    rows(fresh, *[(f"question {n}", f"answer {n}") for n in range(30)], ("a", ""), ("b", " "))
    shown = run("data", fresh, "--show", "rejected")
    assert shown.code == 0
    assert shown.out.count("data/chats.jsonl row 3") == 2
    done = run("data", fresh, "--json").values
    assert "Only" in " ".join(done["warnings"])
    assert "2 left out" not in done
    assert Path(done["report"]).read_text("utf-8").startswith("<!doctype html>")
    assert done["sample"]["rows"] == 30


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a  b", "a b", "a [-·-]b"),
        ("図書館は", "図書館が", "図書館[-は-]{+が+}"),
        ("a\x07b", "ab", "[-a\\x07b-]{+ab+}"),
        ("x " * 60 + "y", "x " * 60 + "z", " ... x x x x x x [-y-]"),
    ],
)
def test_differences_are_seen(before: str, after: str, shown: str) -> None:
    text = difference(before, after, False).plain
    assert shown in text
    assert "[-" not in difference(before, after, True).plain
