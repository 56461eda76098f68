"""Files are written, and never over somebody's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatwright.core.errors import ChatwrightError
from chatwright.deploy.render import File
from chatwright.deploy.writing import NOTE, write

ONE, TWO = File("one.txt", "one\n"), File("deep/two.sh", "#!/bin/sh\n")


def test_new_then_the_same(tmp_path: Path) -> None:
    assert write([ONE, TWO], tmp_path).new == ("one.txt", "deep/two.sh")
    assert write([ONE, TWO], tmp_path).same == ("one.txt", "deep/two.sh")
    assert (tmp_path / "deep/two.sh").stat().st_mode & 0o111
    assert not (tmp_path / "one.txt").stat().st_mode & 0o111


def test_what_nobody_edited_is_brought_up_to_date(tmp_path: Path) -> None:
    write([ONE], tmp_path)
    written = write([File("one.txt", "another\n")], tmp_path)
    assert written.changed == ("one.txt",)
    assert (tmp_path / "one.txt").read_text() == "another\n"


def test_what_was_edited_stays_and_the_difference_is_told(tmp_path: Path) -> None:
    write([ONE], tmp_path)
    (tmp_path / "one.txt").write_text("mine\n")
    written = write([File("one.txt", "another\n")], tmp_path)
    assert (tmp_path / "one.txt").read_text() == "mine\n"
    assert "-mine" in written.kept["one.txt"]
    assert "+another" in written.kept["one.txt"]
    assert not written.changed
    # Said every time, not once.
    assert write([File("one.txt", "another\n")], tmp_path).kept


def test_a_file_that_was_there_before_is_somebodys(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("mine\n")
    assert write([ONE], tmp_path).kept
    assert (tmp_path / "one.txt").read_text() == "mine\n"


def test_force_replaces_it(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("mine\n")
    assert write([ONE], tmp_path, force=True).changed == ("one.txt",)
    assert (tmp_path / "one.txt").read_text() == "one\n"


def test_what_is_not_rendered_any_more_goes_unless_it_was_edited(tmp_path: Path) -> None:
    write([ONE, TWO], tmp_path)
    assert write([ONE], tmp_path).gone == ("deep/two.sh",)
    write([ONE, TWO], tmp_path)
    (tmp_path / "deep/two.sh").write_text("mine\n")
    assert write([ONE], tmp_path).gone == ()
    assert (tmp_path / "deep/two.sh").exists()


def test_a_note_that_points_elsewhere_removes_nothing(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("one\n")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / NOTE).write_text(f'{{"../outside.txt": "{ONE.digest}"}}')
    write([ONE], inside)
    assert outside.exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ChatwrightError, match="cannot be written"):
        write([ONE], tmp_path / "file" / "deep")
