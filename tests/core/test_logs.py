"""The server's log: no words of anybody's, a file a day, and what is removed from it."""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from chatwright.core import logs

MARK = "zebrafinch-4711"


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Path]:
    """Standard error is the test's by then."""
    end = logs.start(tmp_path / "logs")
    yield tmp_path / "logs"
    end()


def written(folder: Path) -> str:
    return "".join(path.read_text() for path in sorted(folder.glob("*.log")))


def fail() -> None:
    try:
        raise KeyError(MARK)
    except KeyError as error:
        raise ValueError(f"cannot read {MARK}") from error


def test_an_exception_is_named_without_its_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("chatwright.server").exception("Request %s failed.", "req_1")
    for text in (written(folder), capsys.readouterr().err):
        assert MARK not in text
        assert "ERROR chatwright.server: Request req_1 failed." in text
        assert "builtins.ValueError" in text and "builtins.KeyError" in text
        assert "test_logs.py:" in text and " fail" in text


def test_what_the_system_says_is_shown(folder: Path) -> None:
    try:
        (folder / "none" / MARK).read_text()
    except OSError:
        logging.getLogger("chatwright").exception("x")
    assert "FileNotFoundError (No such file or directory)" in written(folder)
    assert MARK not in written(folder)


def test_debugging_shows_words_on_the_terminal_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHATWRIGHT_DEBUG", "1")
    end = logs.start(tmp_path / "logs")
    try:
        fail()
    except ValueError:
        logging.getLogger("chatwright").exception("x")
    end()
    assert MARK in capsys.readouterr().err and MARK not in written(tmp_path / "logs")


def test_the_file_is_its_owners_and_has_our_notes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("chatwright.server.watch").info("deployment abc is served now")
    logging.getLogger("elsewhere").info("not ours")
    logging.getLogger("elsewhere").warning("a warning")
    (file,) = folder.glob("*.log")
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    lines = file.read_text().splitlines()
    assert [line.split(" ", 1)[1] for line in lines] == [
        "INFO chatwright.server.watch: deployment abc is served now",
        "WARNING elsewhere: a warning",
    ]
    assert capsys.readouterr().err.count("\n") == 1


def test_no_file_where_none_is_wanted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    end = logs.start(None)
    logging.getLogger("chatwright").warning("x")
    end()
    logging.getLogger("chatwright").warning("after the end")
    assert list(tmp_path.iterdir()) == [] and "x" in capsys.readouterr().err


def test_old_files_go(tmp_path: Path) -> None:
    for day in ("2026-01-01", "2026-01-09", "2026-01-10"):
        (tmp_path / f"server-{day}.log").write_text("x")
    (tmp_path / "notes.txt").write_text("mine")
    assert logs.prune(tmp_path, 1, date(2026, 1, 10)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "notes.txt", "server-2026-01-09.log", "server-2026-01-10.log",
    ]  # fmt: skip
    assert logs.prune(tmp_path / "none", 1) == 0


def test_lines_about_somebody_go_and_the_log_goes_on(folder: Path) -> None:
    log = logging.getLogger("chatwright")
    for name in ("turn-1", "turn-2", "turn-1"):
        log.warning("Turn %s failed.", name)
    assert logs.remove(folder, lambda line: "turn-1" in line) == 2
    log.warning("Turn turn-3 failed.")
    text = written(folder)
    assert "turn-1" not in text and "turn-2" in text and "turn-3" in text


# --- for machines ------------------------------------------------------------------------------------


def test_objects_say_what_they_belong_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    end = logs.start(tmp_path, machine=True)
    token = logs.about.set({"request_id": "req_1", "conversation_id": "c1"})
    try:
        logging.getLogger("chatwright.x").warning("It is %s.", "late")
        logs.reply({"route": "curated", "seconds": 0.5})
        try:
            raise ValueError("secret words")
        except ValueError:
            logging.getLogger("chatwright.x").exception("It failed.")
        logging.getLogger("elsewhere").info("chatter")
    finally:
        logs.about.reset(token)
        end()
    (file,) = tmp_path.glob("server-*.log")
    text = file.read_text()
    assert text == capsys.readouterr().err
    assert "secret" not in text
    late, reply, failed = (json.loads(line) for line in text.splitlines())
    assert (late["level"], late["message"]) == ("warning", "It is late.")
    assert (reply["route"], reply["seconds"]) == ("curated", 0.5)
    assert failed["error"][0] == "builtins.ValueError"
    assert {one["request_id"] for one in (late, reply, failed)} == {"req_1"}
    assert logs.remove(tmp_path, lambda line: "c1" in line) == 3
    logs.reply({"route": "curated"})
    assert capsys.readouterr().err == ""


def test_replies_are_no_lines_for_people(tmp_path: Path) -> None:
    end = logs.start(tmp_path)
    logs.reply({"route": "curated"})
    end()
    assert not list(tmp_path.glob("server-*.log"))
