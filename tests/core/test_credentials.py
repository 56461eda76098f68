"""Secrets may come as files: each becomes the variable of its name, unless that is set."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatwright.core.credentials import FOLDER, take_files
from chatwright.core.errors import ChatwrightError


def test_files_become_variables(tmp_path: Path) -> None:
    (tmp_path / "DATABASE_URL").write_text("postgresql://bot@db/bot\n")
    (tmp_path / "OPENAI_API_KEY").write_text("from a file")
    (tmp_path / "notes.txt").write_text("not a variable")
    (tmp_path / "..data").mkdir()  # as Kubernetes mounts them
    environ = {FOLDER: str(tmp_path), "OPENAI_API_KEY": "given"}
    assert take_files(environ) == ["DATABASE_URL"]
    assert environ["DATABASE_URL"] == "postgresql://bot@db/bot"
    assert environ["OPENAI_API_KEY"] == "given"
    assert "notes.txt" not in environ


def test_without_the_folder_nothing_happens(tmp_path: Path) -> None:
    assert take_files({}) == []
    (tmp_path / "empty").mkdir()
    assert take_files({FOLDER: str(tmp_path / "empty")}) == []


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe", b"a\0b", b"x" * 70_000])
def test_what_is_no_secret_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "API_KEY").write_bytes(content)
    with pytest.raises(ChatwrightError, match="API_KEY"):
        take_files({FOLDER: str(tmp_path)})


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ChatwrightError, match="cannot be read"):
        take_files({FOLDER: str(tmp_path / "nowhere")})
