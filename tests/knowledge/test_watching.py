"""Watching: what changes in the folder is synced when it is whole, by one process, and never half of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from tests.knowledge.conftest import House

from chatwright.core.errors import DataError, StoreUnavailable
from chatwright.data.documents import Text
from chatwright.knowledge import watching
from chatwright.knowledge.sync import Synced
from chatwright.knowledge.watching import Watching


@pytest.fixture
def watch(house: House) -> Iterator[Watching]:
    made = Watching(house.spec)
    yield made
    made.close()


def looks(watch: Watching, count: int = 2) -> list[Synced]:
    return [done for _ in range(count) if (done := watch.look()) is not None]


def test_without_documents_nothing_is_made(watch: Watching, house: House) -> None:
    assert looks(watch, 3) == []
    assert not house.spec.made.exists()
    house.path("").rmdir()  # no folder either
    assert looks(watch, 3) == []
    assert not house.spec.made.exists()


def test_a_file_counts_when_it_does_not_change_any_more(watch: Watching, house: House) -> None:
    house.write(a__md="Half of")
    assert looks(watch, 1) == []
    house.write(a__md="Half of a sentence is no sentence.")
    assert looks(watch, 1) == []  # it has changed since
    (done,) = looks(watch, 1)
    assert done.added == ["a.md"]
    assert house.names("sentence") == ["a.md"]
    assert looks(watch, 3) == []  # nothing is done twice
    house.path("a__md").unlink()
    house.write(b__md="Another.")
    (done,) = looks(watch, 2)
    assert (done.added, done.removed) == (["b.md"], ["a.md"])


def test_a_change_of_the_same_size_is_seen(watch: Watching, house: House) -> None:
    house.write(a__md="One.")
    looks(watch)
    about = house.path("a__md").stat()
    house.write(a__md="Two.")
    os.utime(house.path("a__md"), ns=(about.st_atime_ns, about.st_mtime_ns + 1))
    assert [done.changed for done in looks(watch)] == [["a.md"]]


def test_one_that_is_written_for_long_holds_up_no_other(
    watch: Watching, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.write(log__txt="Started.")
    looks(watch)
    monkeypatch.setattr(watching, "PATIENCE", 0.0)
    house.write(a__md="Apples.", log__txt="Started. Goes on.")
    assert looks(watch, 1)[0].unchanged == 1  # nothing is whole yet
    house.write(log__txt="Started. Goes on. And on.")
    (done,) = looks(watch, 1)
    assert (done.added, done.changed, done.removed) == (["a.md"], [], [])
    assert house.names("started") == ["log.txt"]
    assert [done.changed for done in looks(watch)] == [["log.txt"]]


def test_an_empty_folder_is_not_believed_and_said_once(watch: Watching, house: House) -> None:
    house.write(**{f"n{n}__md": f"Number {n}." for n in range(12)})
    (done,) = looks(watch)
    for n in range(12):
        house.path(f"n{n}__md").unlink()
    watch.look()
    with pytest.raises(DataError, match="12 of 12 documents are gone"):
        watch.look()
    assert looks(watch, 3) == []
    assert house.snapshots.current_id() == done.snapshot
    house.write(**{f"n{n}__md": f"Number {n}." for n in range(9)})
    (done,) = looks(watch)
    assert len(done.removed) == 3


def test_a_folder_that_may_not_be_read_is_not_empty(
    watch: Watching, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.write(**{"sub/a__md": "Apples."}, b__md="Pears.")
    looks(watch)
    scan = os.scandir

    def denied(path: str) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", denied)
    with pytest.raises(DataError, match="cannot be read"):
        watch.look()
    monkeypatch.undo()
    assert looks(watch) == []
    assert house.names("apples") == ["sub/a.md"]


def test_a_busy_index_is_tried_again(
    watch: Watching, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise StoreUnavailable("It is busy.")

    house.write(a__md="Apples.")
    monkeypatch.setattr(watching, "scheduled", busy)
    watch.look()
    with pytest.raises(StoreUnavailable):
        watch.look()
    monkeypatch.undo()
    assert [done.added for done in looks(watch, 1)] == [["a.md"]]


def test_whoever_went_back_stays_there(watch: Watching, house: House) -> None:
    house.write(a__md="Apples.")
    looks(watch)
    first = house.snapshots.current_id()
    house.write(b__md="Pears.")
    looks(watch)
    house.snapshots.rollback()
    house.write(c__md="Plums.")
    assert looks(watch) == []
    assert house.snapshots.current_id() == first


def test_pages_of_the_web_stay_as_they_are(house: House) -> None:
    with house.index.write() as connection:
        document, _ = house.index.put(Text("", "It was fetched."))
        connection.execute(
            "INSERT INTO sources VALUES ('http://example.org/', -1, -1, '', ?, '')", (document,)
        )
    house.tables = {"urls": ["http://example.org/"]}
    watch = Watching(house.spec)
    house.write(a__md="Apples.")
    looks(watch)
    watch.close()
    assert house.names("fetched") == ["http://example.org/"]


def test_of_two_processes_one_works_and_then_the_other(watch: Watching, house: House) -> None:
    house.write(a__md="Apples.")
    program = (
        "import sys; from chatwright.spec import load_spec; from pathlib import Path\n"
        "from chatwright.knowledge.watching import Watching\n"
        "w = Watching(load_spec(Path(sys.argv[1]))); w.look()\n"
        "print(w.look() is not None, flush=True); sys.stdin.read()"
    )
    (house.folder / "bot.toml").write_text('[bot]\nname = "library"\npurpose = "Help."\n')
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(house.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "True\n"
    house.write(b__md="Pears.")
    assert looks(watch, 3) == []
    other.kill()  # its lock goes with it
    other.communicate()
    assert [done.added for done in looks(watch, 3)] == [["b.md"]]


def test_looking_at_many_files_is_done_less_often(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, clock = Watching(house.spec), iter([0.0, 0.2])
    monkeypatch.setattr(watching.time, "thread_time", lambda: next(clock))
    watch.look()
    assert watch.pause == pytest.approx(2.0)
