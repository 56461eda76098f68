"""Sync: only what changed is read, what is gone is gone, and what cannot be read is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pypdf import PdfWriter
from tests.knowledge.conftest import House

from chatwright.core.errors import ChatwrightError, DataError
from chatwright.knowledge import Snapshots, sync
from chatwright.knowledge.index import Index


def old(path: Path) -> None:
    """As if it had been written a minute ago."""
    about = path.stat()
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns - 60 * 10**9))


def test_only_what_changed_is_read(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    hashed: list[str] = []
    real, real_hash = sync.whole, sync.sha256_file
    monkeypatch.setattr(sync, "whole", lambda path: read.append(path.name) or real(path))
    monkeypatch.setattr(
        sync, "sha256_file", lambda path: hashed.append(path.name) or real_hash(path)
    )
    house.write(a__md="One.", b__md="Two.")
    for name in ("a__md", "b__md"):
        old(house.path(name))
    first = house.sync()
    assert (first.added, first.passages, read) == (["a.md", "b.md"], 2, ["a.md", "b.md"])
    hashed.clear()
    assert house.sync().snapshot == first.snapshot
    assert (hashed, read) == ([], ["a.md", "b.md"])
    house.path("a__md").touch()  # another time, the same content
    again = house.sync()
    assert (hashed, len(read), again.unchanged) == (["a.md"], 2, 2)
    house.write(b__md="Six.")  # the same size
    changed = house.sync()
    assert (changed.changed, changed.unchanged, read[2:]) == (["b.md"], 1, ["b.md"])
    assert house.names("six") == ["b.md"]
    assert house.names("two") == []


def test_a_change_within_the_same_tick_of_the_clock_is_seen(house: House) -> None:
    house.write(a__md="One.")
    house.sync()
    about = house.path("a__md").stat()
    house.write(a__md="Two.")
    os.utime(house.path("a__md"), ns=(about.st_atime_ns, about.st_mtime_ns))
    assert house.sync().changed == ["a.md"]


def test_a_deleted_document_stands_nowhere_any_more(house: House) -> None:
    marker = "Quizzicallus Maximorum"
    house.write(a__md=f"The secret is {marker}.", b__md="The rest stays.", c__md=f"First {marker}.")
    house.sync()
    house.write(c__md="Second.")  # its first version is in an older snapshot
    house.sync()
    assert house.names("quizzicallus") == ["a.md"]
    for name in ("a__md", "c__md"):
        house.path(name).unlink()
    done = house.sync()
    assert done.removed == ["a.md", "c.md"]
    assert house.names("quizzicallus maximorum secret") == []
    folder = house.index.path.parent
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()).lower()
    assert b"rest stays" in content
    assert b"quizzicallus" not in content
    assert b"maximorum" not in content
    assert b"c.md" not in content
    house.snapshots.rollback(house.snapshots.all()[-1].id)
    assert house.names("quizzicallus") == []


def test_forget_removes_earlier_versions(house: House) -> None:
    house.write(a__md="Our Quizzicallus lives here.")
    house.sync()
    house.write(a__md="Nobody lives here.")
    house.sync()
    assert b"quizzicallus" in house.index.path.read_bytes().lower() + _log(house.index)
    assert sync.forget_earlier(house.index) == 1
    assert b"quizzicallus" not in house.index.path.read_bytes().lower() + _log(house.index)
    assert house.names("lives") == ["a.md"]


def _log(index: Index) -> bytes:
    return index.path.with_name(index.path.name + "-wal").read_bytes().lower()


def test_a_folder_that_is_suddenly_empty_is_not_believed(house: House) -> None:
    house.write(**{f"n{n}__md": f"Number {n}." for n in range(12)})
    before = house.sync().snapshot
    for n in range(8):
        house.path(f"n{n}__md").unlink()
    with pytest.raises(DataError, match=r"8 of 12 documents are gone") as caught:
        house.sync()
    assert "--fewer" in caught.value.next_step
    assert house.snapshots.current_id() == before
    assert house.sync(fewer=True).removed[:2] == ["n0.md", "n1.md"]


def test_a_document_that_cannot_be_read_is_said_and_its_last_version_stays(house: House) -> None:
    house.write(a__md="Good words.")
    house.sync()
    house.write(a__md=b"", broken__pdf=b"%PDF-1.7 nothing", empty__txt=" \n")
    locked = PdfWriter()
    locked.add_blank_page(100, 100)
    locked.encrypt("secret")
    locked.write(house.path("locked__pdf"))
    done = house.sync()
    assert set(done.problems) == {"a.md", "broken.pdf", "empty.txt", "locked.pdf"}
    assert "damaged" in done.problems["broken.pdf"]
    assert "password" in done.problems["locked.pdf"]
    assert "no text" in done.problems["a.md"]
    assert house.names("good words") == ["a.md"]
    assert set(house.sync().problems) == set(done.problems)  # until it is mended
    house.write(broken__pdf=b"", a__md="Better words.")
    house.path("broken__pdf").unlink()
    assert house.sync().changed == ["a.md"]


def test_documents_of_the_same_content_are_kept_once(house: House) -> None:
    house.write(a__md="The same words.", b__md="The same words.", c__txt="Others.")
    done = house.sync()
    assert done.duplicates == [("b.md", "a.md")]
    assert done.passages == 2
    assert [hit.names for hit in house.search("same words").hits] == [("a.md", "b.md")]
    house.path("a__md").unlink()
    house.sync()
    assert house.names("same words") == ["b.md"]


@pytest.mark.parametrize(
    "name",
    [
        "sp ace.md",
        "quo\"te'.md",
        "per%20cent#1.md",
        "öä 日本.md",
        "new\nline.md",
        "-rf.md",
        "a..md",
    ],
)
def test_odd_names(house: House, name: str) -> None:
    (house.folder / "knowledge" / name).write_text("Peculiar words.")
    assert house.sync().added == [name]
    assert house.names("peculiar") == [name]


def test_a_name_that_is_no_text(house: House) -> None:
    path = os.fsencode(house.folder / "knowledge") + b"/a\xff.md"
    Path(os.fsdecode(path)).write_text("Peculiar words.")
    assert house.sync().added == ["a\ufffd.md"]
    assert house.names("peculiar") == ["a\ufffd.md"]


def test_a_link_out_of_the_folder_is_read_as_the_owner_put_it_there(house: House) -> None:
    (house.folder / "elsewhere.md").write_text("Linked words.")
    house.path("a__md").symlink_to(house.folder / "elsewhere.md")
    house.path("b__md").symlink_to(house.folder / "nowhere.md")
    assert house.sync().added == ["a.md"]


def test_a_million_tokens_in_one_document(house: House) -> None:
    words = " ".join(f"word{n % 5000}" for n in range(1_000_000))
    house.write(big__txt=f"# Start\n\n{words}\n\nThe needle is here.")
    done = house.sync()
    assert done.passages > 5000
    best = house.search("needle").hits[0]
    assert "needle is here" in best.passage.text
    assert len(best.passage.text) <= 1200


def test_an_index_of_another_shape_is_made_again(house: House) -> None:
    house.write(a__md="Words.")
    first = house.sync().snapshot
    house.index.note("shape", "0")
    other = Index(house.index.path)
    assert Snapshots(other).current_id() is None
    assert sync.sync(house.spec, other).snapshot == first
    other.close()


def test_a_file_that_is_no_index_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "k.db").write_bytes(b"this is no database at all, by far" * 100)
    with pytest.raises(ChatwrightError, match="is no index") as caught:
        Index(tmp_path / "k.db")
    assert "knowledge sync" in caught.value.next_step


def test_the_index_is_for_its_owner_alone(house: House) -> None:
    house.write(a__md="Words.")
    house.sync()
    assert house.index.path.stat().st_mode & 0o077 == 0


# --- versions ------------------------------------------------------------------------------------


def test_versions_differ_and_can_be_gone_back_to(house: House) -> None:
    house.write(a__md="Apples.", b__md="Pears.")
    one = house.sync().snapshot
    house.write(a__md="Apples and figs.", c__md="Plums.")
    two = house.sync().snapshot
    found = house.snapshots.difference(one, two)
    assert (found.added, found.removed, found.changed) == (("c.md",), (), ("a.md",))
    assert house.names("figs plums") == ["c.md", "a.md"] or house.names("figs plums") == [
        "a.md",
        "c.md",
    ]
    assert house.snapshots.rollback() == one
    assert house.names("figs plums") == []
    assert sync.scheduled(house.spec) is None  # the clock does not go forward again
    assert house.snapshots.current_id() == one
    assert house.sync().snapshot == two
    assert sync.scheduled(house.spec) is not None


def test_the_same_documents_are_the_same_snapshot(house: House) -> None:
    house.write(a__md="Apples.")
    one = house.sync().snapshot
    house.write(a__md="Pears.")
    two = house.sync().snapshot
    house.write(a__md="Apples.")
    assert house.sync().snapshot == one != two
    assert [snapshot.id for snapshot in house.snapshots.all()] == [one, two]


def test_a_document_that_comes_back_is_in_its_snapshot_again(house: House) -> None:
    house.write(a__md="Apples.", b__md="Pears.")
    one = house.sync().snapshot
    house.path("b__md").unlink()
    assert house.sync().snapshot != one
    house.write(b__md="Pears.")
    assert house.sync().snapshot == one
    assert house.names("pears") == ["b.md"]
    assert house.snapshots.all()[0].lacking == 0


def test_labels_belong_to_a_version(house: House) -> None:
    house.write(a__md="Apples.")
    one = house.sync().snapshot
    house.tables = {"access": {"a": "staff"}}
    done = house.sync()
    assert done.changed == ["a.md"]
    assert done.snapshot != one
    assert house.names("apples") == []


def test_only_some_versions_are_kept_and_what_is_deployed(house: House) -> None:
    house.tables = {"keep": 2}
    ids = []
    for n in range(4):
        house.write(a__md=f"Version {n}.")
        ids.append(house.sync(needed=ids[:1]).snapshot)
    assert [one.id for one in house.snapshots.all()] == [ids[3], ids[2], ids[0]]
    house.write(a__md="Version 5.")
    house.sync()
    assert ids[0] not in [one.id for one in house.snapshots.all()]


def test_what_was_deleted_since_is_counted(house: House) -> None:
    house.write(a__md="Apples.", b__md="Pears.")
    one = house.sync().snapshot
    house.write(c__md="Plums.")
    house.sync()
    house.path("b__md").unlink()
    house.sync()
    assert house.snapshots.find(one[:5]).lacking == 1
    back = house.snapshots.rollback(one)
    assert back != one  # it is not what it was
    assert [member.name for member in house.snapshots.members(back)] == ["a.md"]
