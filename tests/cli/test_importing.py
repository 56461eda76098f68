"""`import` of chats: whom the bot speaks as is asked once, and `data` reads the copy the same way."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.cli.conftest import Command
from tests.killing import killed

FIXTURES = Path(__file__).parent.parent / "data" / "fixtures"
CHAT = FIXTURES / "telegram" / "result.json"
UNCLEAR = FIXTURES / "whatsapp" / "unclear-dates.txt"


def listed(bot: Path, folder: str = "data") -> Any:
    return json.loads((bot / folder / ".imports.json").read_text())


def counted(run: Command, bot: Path) -> tuple[int, int]:
    """Rows read and rows kept, by `chatwright data`."""
    values = run("data", bot, "--json").values
    return values["read"], sum(values[name] for name in ("train", "dev", "test"))


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)


def test_without_a_terminal_it_says_what_to_say(run: Command, fresh: Path) -> None:
    ran = run("import", CHAT, "--bot", fresh)
    assert ran.code == 1
    assert "between Mira Stone (2), Clock Shop (2); who does the bot speak as?" in ran.err
    assert 'Run again with --me "Mira Stone"' in ran.err
    assert not list((fresh / "data").iterdir())


def test_what_was_said_is_remembered(run: Command, fresh: Path) -> None:
    line = ("import", CHAT, UNCLEAR, "--bot", fresh, "--me", "Clock Shop", "--me", "Desk")
    ran = run(*line)
    assert ran.code == 1 and "5/6/21 is day/month or month/day" in ran.err
    assert run(*line, "--date-order", "mdy", "--gap-hours", "9000").code == 0
    said = {"me": ["Clock Shop", "Desk"], "date_order": "mdy", "gap_hours": 9000.0}
    assert listed(fresh) == {"result.json": said, "unclear-dates.txt": said}
    assert counted(run, fresh) == (4, 2), "with the usual silence it is 6 rows and 4 conversations"


def test_the_last_import_of_a_file_counts(run: Command, fresh: Path) -> None:
    line = ("import", CHAT, "--bot", fresh, "--me", "Clock Shop")
    assert run(*line, "--gap-hours", "99").code == 0
    assert run(*line, "--gap-hours", "9", "--format", "telegram").code == 0
    said = {"format": "telegram", "me": ["Clock Shop"], "gap_hours": 9.0}
    assert listed(fresh) == {"result.json": said}
    assert counted(run, fresh)[1] == 1
    assert run(*line).code == 0
    assert listed(fresh) == {"result.json": {"me": ["Clock Shop"]}}
    assert counted(run, fresh)[1] == 2, "what was said is part of the input"


def test_on_a_terminal_it_asks(run: Command, fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([9, 2])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: next(answers))
    ran = run("import", CHAT, "--bot", fresh)
    assert ran.code == 0, ran.err
    assert "2  Clock Shop (2 messages)" in ran.out and "a number from 1 to 2" in ran.out
    assert listed(fresh) == {"result.json": {"me": ["Clock Shop"]}}
    assert run("import", CHAT, "--bot", fresh, "--json").code == 1, "a machine is not asked"


def test_bot_toml_speaks_for_files_dropped_in_by_hand(run: Command, fresh: Path) -> None:
    shutil.copy(CHAT, fresh / "data" / "result.json")
    ran = run("data", fresh)
    assert ran.code == 1 and 'write me = ["Mira Stone"] under [data] in bot.toml' in ran.err
    with (fresh / "bot.toml").open("a") as file:
        file.write('\n[data]\nme = ["Clock Shop"]\n')
    assert counted(run, fresh)[1] == 2
    assert run("import", CHAT, "--bot", fresh).code == 0
    assert not (fresh / "data" / ".imports.json").exists(), "nothing was said at import"


def test_a_slack_folder_is_copied_whole(run: Command, fresh: Path) -> None:
    for _ in range(2):
        ran = run("import", FIXTURES / "slack", "--bot", fresh, "--me", "Ines", "--evaluation")
        assert ran.code == 0, ran.err
    assert sorted(path.name for path in (fresh / "evaluation").iterdir()) == [
        ".imports.json",
        "slack",
    ]
    assert listed(fresh, "evaluation") == {"slack": {"me": ["Ines"]}}
    assert run("import", CHAT, "--bot", fresh, "--me", "Clock Shop").code == 0
    assert run("data", fresh, "--json").values["test"] == 4
    (day,) = (fresh / "evaluation" / "slack" / "help-print").iterdir()
    day.write_text("[]")
    assert run("data", fresh, "--json").values["test"] == 3, "a changed day is seen"


def test_a_damaged_list_is_an_error(run: Command, fresh: Path) -> None:
    assert run("import", CHAT, "--bot", fresh, "--me", "Clock Shop").code == 0
    for bad in ("{", "[]", '{"result.json": {"mee": []}}', '{"result.json": 7}'):
        (fresh / "data" / ".imports.json").write_text(bad)
        ran = run("data", fresh)
        assert ran.code == 1 and ".imports.json cannot be read" in ran.err


def test_a_killed_import_ends_the_same(fresh: Path) -> None:
    """SIGKILL before every step on the disk and half-way through a copy: nothing half, nothing left."""
    shutil.copytree(CHAT.parent, fresh.parent / "given", ignore=shutil.ignore_patterns("full*"))
    (_, _, whole), *ends = killed("import", fresh)
    assert {"data/result.json", "data/.imports.json"} < whole.keys() and len(ends) > 5
    for step, between, after in ends:
        assert after == whole, step
        if "data/result.json" in between:  # `data` would read it as it was checked
            assert between == whole, step
