"""The mark that somebody waits for an answer: seen by others, and gone with its process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chatwright.core import live
from chatwright.core.live import Mark, in_flight


def test_it_is_there_while_an_answer_is_made(tmp_path: Path) -> None:
    assert not in_flight(tmp_path)
    mark, other = Mark(tmp_path), Mark(tmp_path)
    assert not in_flight(tmp_path)
    mark.enter()
    mark.enter()
    mark.leave()
    assert in_flight(tmp_path)
    other.enter()
    mark.leave()
    assert in_flight(tmp_path)
    other.leave()
    assert not in_flight(tmp_path)
    mark.close()
    mark.close()
    assert len(list((tmp_path / live.FOLDER).iterdir())) == 1


def test_only_none_and_one_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark, writes = Mark(tmp_path), []
    monkeypatch.setattr(mark, "_write", lambda: writes.append(1))
    for _ in range(5):
        mark.enter()
    mark.beat()
    for _ in range(5):
        mark.leave()
    mark.beat()
    assert len(writes) == 3


def test_the_mark_of_a_dead_process_grows_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys, os; from pathlib import Path; from chatwright.core.live import Mark\n"
        "Mark(Path(sys.argv[1])).enter(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, env=dict(os.environ))
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + live.STALE + 0.1)
    assert not in_flight(tmp_path)
    monkeypatch.setattr(time, "monotonic", lambda: now - 60)  # of before the machine started
    assert not in_flight(tmp_path)
    Mark(tmp_path)
    assert len(list((tmp_path / live.FOLDER).iterdir())) == 1


def test_a_broken_file_or_folder_is_no_mark(tmp_path: Path) -> None:
    folder = tmp_path / live.FOLDER
    folder.mkdir()
    (folder / "x").write_bytes(b"short")
    assert not in_flight(tmp_path)
    (tmp_path / "file").write_text("")
    mark = Mark(tmp_path / "file")  # nothing can be made below a file
    mark.enter()
    mark.beat()
    mark.leave()
    mark.close()
