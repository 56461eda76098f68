"""One knowledge on two machines, through a real PostgreSQL: found on both, and gone from both."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.knowledge.conftest import House, Letters
from tests.postgres import Postgres

from chatwright.core.errors import DataError
from chatwright.knowledge import Live, Search, Snapshots
from chatwright.knowledge.shared import Shared, shared_of
from chatwright.knowledge.sync import scheduled
from chatwright.knowledge.watching import Watching
from chatwright.store import Database

SOON = 2.0  # seconds, within which another machine must know


class Machine(House):
    """A house with a store of its own to the same PostgreSQL."""

    url: str = ""

    def begin(self, url: str) -> Machine:
        (self.folder / "knowledge").mkdir(parents=True)
        self.url, self.database = url, Database(url)
        shared = shared_of(self.database, self.spec)
        assert shared is not None
        self.shared = shared
        return self

    def scheduled(self) -> str:
        done = scheduled(self.spec, shared=self.shared)
        return "" if done is None else done.snapshot

    def end(self) -> None:
        self.index.close()
        self.database.close()


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.new_database()


@pytest.fixture
def one(tmp_path: Path, url: str) -> Iterator[Machine]:
    made = Machine(tmp_path / "one").begin(url)
    yield made
    made.end()


@pytest.fixture
def two(tmp_path: Path, url: str) -> Iterator[Machine]:
    made = Machine(tmp_path / "two").begin(url)
    yield made
    made.end()


def soon(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + SOON
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    return true()


def files(machine: Machine) -> bytes:
    folder = machine.index.path.parent
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file()).lower()


def rows(postgres: Postgres, url: str) -> str:
    """All that stands in the tables."""
    tables = ("documents", "passages", "members", "snapshots", "states")
    database = url.rpartition("/")[2]
    return "\n".join(
        postgres.sql(f"SELECT * FROM chatwright.knowledge_{table}", database) for table in tables
    ).lower()


def test_synced_here_found_there_deleted_here_gone_there(
    one: Machine, two: Machine, postgres: Postgres, url: str
) -> None:
    marker = "Quizzicallus Maximorum"
    one.write(a__md=f"# Secrets\n\nThe secret is {marker}.", b__md="# Rest\n\nThe rest stays.")
    one.tables = {"access": {"b": "staff"}}
    with Live(two.spec, shared=two.shared, every=0.05) as live:
        assert live.current() is None
        now = one.scheduled()
        assert soon(lambda: live.snapshot == now)
        search = live.current()
        assert search is not None
        here = Search.current(one.index)
        for question in ("quizzicallus", "the rest", "secrets that stay"):
            for access in ((), ("staff",)):
                assert search.search(question, 5, access) == here.search(question, 5, access)
        assert b"quizzicallus" in files(two)
        one.path("a__md").unlink()
        now = one.scheduled()
        assert soon(lambda: live.snapshot == now)
        assert not search.search("quizzicallus").hits  # also where it is still held
        assert soon(lambda: b"quizzicallus" not in files(two))
    for machine in (one, two):
        assert b"quizzicallus" not in files(machine)
        assert b"a.md" not in files(machine)
        assert b"rest stays" in files(machine)
    assert "rest stays" in rows(postgres, url)
    assert "quizzicallus" not in rows(postgres, url)
    assert "a.md" not in rows(postgres, url)


def test_versions_are_the_same_and_so_is_going_back(one: Machine, two: Machine) -> None:
    one.write(a__md="Apples.")
    first = one.scheduled()
    one.write(b__md="Pears.")
    second = one.scheduled()
    assert two.shared.follow(two.index)
    assert not two.shared.follow(two.index)  # nothing more to do
    assert two.snapshots.all() == one.snapshots.all()
    assert two.names("pears") == ["b.md"]
    with one.shared.keeping(one.index):
        one.snapshots.rollback()
    two.shared.follow(two.index)
    assert two.snapshots.current_id() == first
    assert two.names("pears") == []
    two.write(z__md="Two's own.")
    assert two.scheduled() == ""  # somebody went back, on whatever machine
    with one.shared.keeping(one.index):
        assert one.sync().snapshot == second
    two.shared.follow(two.index)
    assert two.names("pears") == ["b.md"]


def test_the_folder_of_the_machine_that_syncs_counts(one: Machine, two: Machine) -> None:
    one.write(a__md="Apples.", c__md="Plums.")
    one.scheduled()
    two.write(b__md="Pears.", c__md="Plums.")
    now = two.scheduled()
    one.shared.follow(one.index)
    assert one.snapshots.current_id() == now
    assert (one.names("apples"), one.names("pears")) == ([], ["b.md"])
    assert one.names("plums") == ["c.md"]


def test_more_than_half_is_not_believed_on_another_machine_either(
    one: Machine, two: Machine
) -> None:
    one.write(**{f"n{n}__md": f"Number {n}." for n in range(12)})
    now = one.scheduled()
    with pytest.raises(DataError, match="12 of 12 documents are gone"):
        two.scheduled()  # its folder is empty
    one.shared.follow(one.index)
    assert one.snapshots.current_id() == now == two.snapshots.current_id()


def test_a_store_that_was_away_gets_it_with_the_next_look(
    one: Machine, two: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.write(a__md="Apples.")
    one.scheduled()

    def away(*_: object) -> None:
        raise DataError("It is away.")

    one.write(a__md="Pears.")
    monkeypatch.setattr(one.shared, "publish", away)
    with pytest.raises(DataError, match="away"):
        one.scheduled()
    assert one.names("pears") == ["a.md"]  # what is here is searched here
    monkeypatch.undo()
    one.shared.follow(one.index)
    two.shared.follow(two.index)
    assert two.names("pears") == ["a.md"]


def test_what_a_machine_had_before_it_shared_gives_way(one: Machine, two: Machine) -> None:
    two.write(old__md="Old words.")
    two.sync()
    one.write(a__md="Apples.")
    now = one.scheduled()
    two.shared.follow(two.index)
    assert two.snapshots.current_id() == now
    assert two.names("old words") == []
    assert b"old words" not in files(two)


def test_vectors_are_made_on_every_machine(one: Machine, two: Machine, letters: Letters) -> None:
    one.write(a__md="Apples.", b__md="Pears.")
    now = one.scheduled()
    with Live(two.spec, letters, shared=two.shared, every=0.05) as live:
        assert soon(lambda: live.snapshot == now)
        assert soon(lambda: (s := live.current()) is not None and s.waiting == 0)


def test_one_machine_watches_and_then_the_other(one: Machine, two: Machine) -> None:
    first = Watching(one.spec, shared=one.shared)
    other = Watching(two.spec, shared=two.shared)
    for machine in (one, two):
        machine.write(a__md="Apples.")
    done = [first.look() for _ in range(3)]
    assert sum(one is not None for one in done) == 1
    assert [other.look() for _ in range(3)] == [None] * 3
    first.close()
    two.write(b__md="Pears.")
    assert [d.added for _ in range(3) if (d := other.look()) is not None] == [["b.md"]]
    other.close()
    one.shared.follow(one.index)
    assert one.names("pears") == ["b.md"]


def test_a_lease_ends_by_itself(one: Machine, two: Machine, postgres: Postgres, url: str) -> None:
    assert one.shared.lead()
    assert one.shared.lead()
    assert not two.shared.lead()
    end = "UPDATE chatwright.knowledge_states SET until = 0"
    postgres.sql(end, url.rpartition("/")[2])  # as if it had said nothing for long
    assert two.shared.lead()


def test_two_bots_in_one_store_have_nothing_of_each_other(one: Machine, two: Machine) -> None:
    other = Shared(two.database, "another")
    one.write(a__md="Apples.")
    two.write(b__md="Pears.")
    one.scheduled()
    scheduled(two.spec, shared=other)
    assert not one.shared.follow(one.index)
    assert not other.follow(two.index)
    assert two.names("apples") == []
    assert two.names("pears") == ["b.md"]


def test_a_file_store_shares_nothing(house: House, database: Database) -> None:
    assert shared_of(database, house.spec) is None
    assert Snapshots(house.index).current_id() is None
