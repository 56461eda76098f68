"""The file of cases: lines are added and taken out, all others stay as they are."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from chatwright.core.errors import ChatwrightError
from chatwright.data import leaks
from chatwright.data.case_file import append, check_writable, remove

OWN = b'{"id": "a",   "question": "Open?"}\r\n\n# not a case\n{"id": "b", "question": "Q"}'


def test_other_lines_stay_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "tests" / "cases.jsonl"
    assert remove(path, ["x"]) == 0 and not path.exists()
    path.parent.mkdir()
    path.write_bytes(OWN)
    append(path, [{"id": "n", "question": "Où?"}, {"id": "m", "question": "x"}])
    added = '{"id": "n", "question": "Où?"}\n{"id": "m", "question": "x"}\n'.encode()
    assert path.read_bytes() == OWN + b"\n" + added
    append(path, [{"id": "n", "question": "again"}])
    assert path.read_bytes().count(b'"n"') == 1
    assert remove(path, ["n", "m", "none"]) == 2
    assert path.read_bytes() == OWN + b"\n"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.jsonl", tmp_path / "cases.jsonl"
    real.write_text("")
    link.symlink_to(real)
    append(link, [{"id": "n", "question": "x"}])
    assert link.is_symlink() and "x" in real.read_text()


def test_what_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text("x")
    path.chmod(0o444)
    for act in (lambda: check_writable(path), lambda: append(path, [{"id": "n"}])):
        with pytest.raises(ChatwrightError, match="read-only"):
            act()
    with pytest.raises(ChatwrightError, match="folder"):
        append(tmp_path, [{"id": "n"}])
    (tmp_path / "file").write_text("")
    with pytest.raises(ChatwrightError, match="cannot be written"):
        append(tmp_path / "file" / "cases.jsonl", [{"id": "n"}])
    assert path.read_text() == "x"


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"

    def write(name: int) -> None:
        for n in range(5):
            append(path, [{"id": f"{name}-{n}", "question": "q"}])

    writers = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert len(path.read_text().splitlines()) == 20


def test_a_case_that_is_trained_on_by_intent_is_no_leak(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    append(path, [{"id": "a", "question": "Trained?", "trained": True}])
    append(path, [{"id": "b", "question": "Held?"}, {"id": "c", "question": "No", "trained": 1}])
    assert [item.text for item in leaks.cases(path)] == ["held?", "no"]
