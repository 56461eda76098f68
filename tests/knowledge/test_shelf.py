"""Edits of the folder: all of one or nothing, and each can be undone until somebody changes the file again."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatwright.core.errors import Conflict
from chatwright.knowledge import shelf as shelves
from chatwright.knowledge.addresses import add, added, every, remove
from chatwright.knowledge.shelf import NEW, Put, Shelf, Taken
from chatwright.spec import Spec


@pytest.fixture
def shelf(spec: Spec) -> Shelf:
    return Shelf(spec)


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sent.md"
    path.write_text(text)
    return path


def test_an_edit_is_undone_and_that_is_undone_too(shelf: Shelf, tmp_path: Path) -> None:
    first = shelf.change([Put("a/b.md", file(tmp_path, "one"), NEW)], [], "anna")
    before = shelf.version("a/b.md")
    second = shelf.change([Put("a/b.md", file(tmp_path, "two"), before)], [], "anna")
    back = shelf.undo(second.id, "bert")
    assert (shelf.folder / "a/b.md").read_text() == "one"
    assert shelf.find(second.id).undone
    shelf.undo(back.id, "anna")
    assert (shelf.folder / "a/b.md").read_text() == "two"
    with pytest.raises(Conflict):  # it is "two" again, and not what the first edit made
        shelf.undo(first.id, "anna")


def test_nothing_is_done_where_one_file_does_not_fit(shelf: Shelf, tmp_path: Path) -> None:
    shelf.change([Put("a.md", file(tmp_path, "one"), NEW)], [], "anna")
    with pytest.raises(Conflict) as error:
        shelf.change([Put("b.md", file(tmp_path, "two"), NEW)], [Taken("a.md", "0" * 64)], "bert")
    assert error.value.code == "stale_document"
    assert not (shelf.folder / "b.md").exists()
    assert (shelf.folder / "a.md").read_text() == "one"


def test_what_fails_half_way_is_taken_back(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.change([Put("a.md", file(tmp_path, "one"), NEW)], [], "anna")
    version = shelf.version("a.md")

    def broken(*_: object) -> None:
        raise OSError("broken")

    monkeypatch.setattr(Shelf, "_remove", broken)
    with pytest.raises(OSError, match="broken"):
        shelf.change(
            [Put("a.md", file(tmp_path, "two"), version)], [Taken("a.md", version)], "anna"
        )
    assert (shelf.folder / "a.md").read_text() == "one"
    assert len(shelf.edits()) == 1


def test_old_edits_are_forgotten_and_all_can_be(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "KEPT", 3)
    version = NEW
    for n in range(6):
        shelf.change([Put("a.md", file(tmp_path, f"text {n}"), version)], [], "anna")
        version = shelf.version("a.md")
    assert len(shelf.edits()) == 3
    assert shelf.forget() == 3
    with pytest.raises(Conflict):
        shelf.undo(shelf.edits()[0].id, "anna")
    kept = [
        path for path in tmp_path.rglob("*") if path.is_file() and b"text 4" in path.read_bytes()
    ]
    assert kept == []


def test_addresses_stand_beside_those_of_the_spec(spec: Spec) -> None:
    assert added(spec) == ()
    add(spec, " https://example.org/a ")
    add(spec, "https://example.org/b")
    with pytest.raises(Conflict):
        add(spec, "https://example.org/a")
    assert every(spec) == ("https://example.org/a", "https://example.org/b")
    remove(spec, "https://example.org/a")
    assert added(spec) == ("https://example.org/b",)
