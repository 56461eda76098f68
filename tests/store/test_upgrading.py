"""Steps forward and back on both databases; half-done ones are mended or explained."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, select

from chatwright.core.errors import ChatwrightError, WrongUse
from chatwright.store import Conversations, Database, upgrading
from chatwright.store.backup import restore
from chatwright.store.migrations import STEPS, migrate, name_of
from chatwright.store.schema import look
from chatwright.store.steps_back import BACK
from chatwright.store.tables import conversations, ledger

NAMES = [name_of(step) for step in STEPS]


def at_step(place: str, number: int) -> None:
    database = Database(place, as_is=True)
    with database.alone() as connection:
        migrate(connection, STEPS[:number])
    database.close()


def change(place: str, work: Callable[[Connection], object]) -> None:
    database = Database(place, as_is=True)
    with database.alone() as connection:
        work(connection)
    database.close()


def shape(place: str) -> dict[str, list[tuple[str, str, bool]]]:
    database = Database(place, as_is=True)
    with database.read() as connection:
        seen = inspect(connection)
        found = {
            table: sorted(
                (c["name"], str(c["type"]), bool(c["nullable"])) for c in seen.get_columns(table)
            )
            for table in seen.get_table_names()
        }
    database.close()
    return found


def test_every_step_says_its_way_back() -> None:
    without = [name for name in NAMES if name not in BACK]
    assert not without, (
        f"steps without a way back: {without}. Add to BACK in store/steps_back.py the statements that undo "
        "each of them, or a sentence that says why nothing does."
    )
    assert list(BACK) == NAMES, (
        "BACK lists the steps in the order of migrations.STEPS, and no other"
    )
    assert len(set(NAMES)) == len(NAMES), "two steps have one name"


def test_each_step_back_leaves_what_was_before_it(place: str, tmp_path: Path) -> None:
    shapes = []
    for number in range(len(STEPS) + 1):
        at_step(place, number)
        shapes.append(shape(place))
        assert upgrading.seen(place).whole
    number = len(STEPS)
    while not isinstance(BACK[NAMES[number - 1]], str):
        upgrading.back(place, tmp_path / "backups", 1)
        number -= 1
        assert shape(place) == shapes[number], f"the way back of {NAMES[number]!r}"
    assert number == NAMES.index("privacy") + 1
    with pytest.raises(WrongUse, match="has no way back: the log of who did what"):
        upgrading.back(place, tmp_path / "backups", 1)
    assert shape(place) == shapes[number]
    done = upgrading.upgrade(place, tmp_path / "backups")
    assert (done.before, done.after) == (number, len(STEPS))
    assert shape(place) == shapes[-1]


def test_rows_live_through_it_and_the_backup_has_what_a_step_back_lost(
    place: str, tmp_path: Path
) -> None:
    database = Database(place)
    kept = Conversations(database).create("library", "ann").id
    with database.write() as connection:
        connection.execute(conversations.update().values(language="en"))
    database.close()
    back = NAMES[::-1].index("inbox") + 1
    done = upgrading.back(place, tmp_path / "backups", back)
    assert done.steps[-1] == "inbox"
    assert done.backup is not None
    assert "language" not in {name for name, _, _ in shape(place)["conversations"]}
    upgrading.upgrade(place, tmp_path / "backups")
    database = Database(place)
    with database.read() as connection:
        row = connection.execute(select(conversations)).one()
    assert (row.id, row.language) == (kept, None)
    database.close()
    restore(place, done.backup)
    database = Database(place)
    with database.read() as connection:
        assert connection.execute(select(conversations.c.language)).scalar_one() == "en"
    database.close()


def test_nothing_to_do_makes_no_backup(place: str, tmp_path: Path) -> None:
    first = upgrading.upgrade(place, tmp_path / "backups")
    assert (first.before, first.after, first.backup) == (0, len(STEPS), None)
    again = upgrading.upgrade(place, tmp_path / "backups")
    assert (again.steps, again.backup) == ((), None)
    assert not (tmp_path / "backups").exists()


def test_a_newer_store_is_left_alone(place: str, tmp_path: Path) -> None:
    Database(place).close()
    row = {"number": len(STEPS) + 1, "name": "later", "applied_at": "2030"}
    change(place, lambda connection: connection.execute(ledger.insert().values(row)))
    assert upgrading.seen(place).newer
    for work in (
        lambda: upgrading.upgrade(place, tmp_path),
        lambda: upgrading.back(place, tmp_path, 1),
    ):
        with pytest.raises(ChatwrightError, match="A newer chatwright") as error:
            work()
        assert "--back 1" in str(error.value)


def test_more_steps_than_were_taken(place: str, tmp_path: Path) -> None:
    Database(place).close()
    with pytest.raises(WrongUse, match="cannot be taken back"):
        upgrading.back(place, tmp_path, len(STEPS) + 1)


def test_a_step_that_was_taken_and_not_noted(place: str, tmp_path: Path) -> None:
    Database(place).close()
    last = ledger.delete().where(ledger.c.number > len(STEPS) - 2)
    change(place, lambda connection: connection.execute(last))
    with pytest.raises(ChatwrightError, match="half upgraded") as error:
        Database(place)
    assert "chatwright upgrade" in str(error.value)
    assert not upgrading.seen(place).whole
    done = upgrading.upgrade(place, tmp_path / "backups")
    assert "were taken and not noted" in done.repaired
    assert done.backup is not None
    assert upgrading.seen(place).whole
    Database(place).close()


def test_a_step_that_was_noted_and_not_taken(place: str, tmp_path: Path) -> None:
    before = NAMES.index("chats")
    at_step(place, before)
    row = {"number": before + 1, "name": "chats", "applied_at": "2026"}
    change(place, lambda connection: connection.execute(ledger.insert().values(row)))
    assert "attachments" in upgrading.seen(place).missing
    done = upgrading.upgrade(place, tmp_path / "backups")
    assert "were noted and not taken" in done.repaired
    assert upgrading.seen(place).whole


def test_a_step_that_broke_off_with_empty_tables(place: str, tmp_path: Path) -> None:
    before = NAMES.index("reviews")
    at_step(place, before)
    make = "CREATE TABLE reviews (id TEXT PRIMARY KEY, wrong TEXT)"
    change(place, lambda connection: connection.exec_driver_sql(make))
    with pytest.raises(ChatwrightError, match="half upgraded"):
        Database(place)
    done = upgrading.upgrade(place, tmp_path / "backups")
    assert "empty tables" in done.repaired
    assert upgrading.seen(place).whole


def test_what_could_lose_something_is_explained(place: str, tmp_path: Path) -> None:
    at_step(place, NAMES.index("reviews"))

    def tamper(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE reviews (id TEXT PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO reviews VALUES ('one')")

    change(place, tamper)
    with pytest.raises(ChatwrightError, match="reviews is there already") as error:
        upgrading.upgrade(place, tmp_path / "backups")
    assert "chatwright restore" in str(error.value)
    assert not (tmp_path / "backups").exists()
    change(
        place,
        lambda connection: (
            connection.exec_driver_sql("DROP TABLE conversations CASCADE")
            if connection.dialect.name == "postgresql"
            else connection.exec_driver_sql("DROP TABLE messages")
        ),
    )
    with pytest.raises(ChatwrightError, match="is missing"):
        upgrading.upgrade(place, tmp_path / "backups")


def test_of_two_at_once_one_waits(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_step(place, 3)
    copying, go_on = threading.Event(), threading.Event()
    really, waited, found = upgrading.back_up, threading.Event(), {}

    def slow(place: str, file: Path) -> None:
        copying.set()
        assert go_on.wait(20)
        really(place, file)

    monkeypatch.setattr(upgrading, "back_up", slow)

    def run(name: str) -> None:
        found[name] = upgrading.upgrade(place, tmp_path / "backups", waited.set)

    first = threading.Thread(target=run, args=["first"])
    first.start()
    assert copying.wait(20)
    second = threading.Thread(target=run, args=["second"])
    second.start()
    assert waited.wait(20), "the second one did not wait"
    assert "second" not in found
    go_on.set()
    first.join(30)
    second.join(30)
    assert found["first"].after == found["second"].after == len(STEPS)
    assert found["first"].steps == tuple(NAMES[3:])
    assert (found["second"].steps, found["second"].backup) == ((), None)


def test_other_programs_are_not_pulled_the_rug_from_under(place: str, tmp_path: Path) -> None:
    other = Database(place)
    try:
        with other.read() as connection:
            assert look(connection).whole
            if connection.dialect.name != "postgresql":
                return
            with pytest.raises(WrongUse, match="Other chatwright programs"):
                upgrading.back(place, tmp_path, 1)
    finally:
        other.close()
