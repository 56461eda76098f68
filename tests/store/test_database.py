"""The database: migrations, durability settings, full disks, other writers."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, select, text

from chatwright.core.errors import ChatwrightError, StorageFull, WrongUse
from chatwright.store import Conversations, Database, TurnLog
from chatwright.store.migrations import STEPS, migrate
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import ledger, metadata


@pytest.fixture
def file(tmp_path: Path) -> Database:
    return Database(tmp_path / "store.db")


def test_migrated_database_has_the_tables_that_queries_use(database: Database) -> None:
    with database.read() as connection:
        for table in metadata.tables.values():
            found = {c["name"]: c["nullable"] for c in inspect(connection).get_columns(table.name)}
            wanted = {c.name: c.nullable for c in table.columns}
            assert {n: v for n, v in found.items() if n not in ("id", "number")} == {
                n: v for n, v in wanted.items() if n not in ("id", "number")
            }
            assert set(found) == set(wanted)


def test_settings_of_a_file(tmp_path: Path) -> None:
    database = Database(tmp_path / "store.db")
    with database.read() as connection:
        values = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        ]
    assert values == ["wal", 2, 5000, 1]
    assert stat.S_IMODE(os.stat(tmp_path / "store.db").st_mode) == 0o600


def test_opening_again_takes_no_step_twice_and_keeps_rows(place: str) -> None:
    database = Database(place)
    made = Conversations(database).create("library", "ann")
    database.close()
    again = Database(place if "://" in place else f"sqlite:///{place}")
    assert Conversations(again).find(made.id, "ann") == made
    with again.read() as connection:
        assert len(connection.execute(select(ledger)).all()) == len(STEPS)
    again.close()


def test_a_later_step_is_taken_once(database: Database) -> None:
    def add(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (id TEXT)")

    for _ in range(2):
        with database.write() as connection:
            migrate(connection, (*STEPS, add))
    with database.read() as connection:
        assert inspect(connection).has_table("later")


def test_a_failed_step_leaves_nothing(database: Database) -> None:
    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id TEXT)")
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError), database.write() as connection:
        migrate(connection, (*STEPS, fail))
    with database.read() as connection:
        assert not inspect(connection).has_table("half")


def test_newer_database_is_refused_in_a_sentence(database: Database, place: str) -> None:
    with database.write() as connection:
        row = {"number": 99, "name": "future", "applied_at": now()}
        connection.execute(ledger.insert().values(row))
    database.close()
    with pytest.raises(ChatwrightError, match=r"newer chatwright.*Update"):
        Database(place)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(ChatwrightError, match="not a chatwright store"):
        Database(path)
    assert path.read_bytes().startswith(b"this is a letter")


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(WrongUse, match="mysql"):
        Database("mysql://localhost/x")


def test_full_database_changes_nothing_and_recovers(file: Database) -> None:
    conversations = Conversations(file)
    made = conversations.create("library", "ann")
    log = TurnLog(file)
    with file.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(pages: int) -> None:
        # Per connection; the pool hands the same one out again while nobody else asks.
        with file.read() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    assert pages is not None
    limit(pages)
    with pytest.raises(StorageFull, match="Free some space"):
        log.begin(made.id, "ann", "x" * 100_000, None, release="r", deployment="d")
    assert conversations.messages(made.id, "ann") == []
    found = conversations.find(made.id, "ann")
    assert found is not None
    assert found.title == ""
    limit(1_000_000)
    log.begin(made.id, "ann", "x" * 100_000, None, release="r", deployment="d")
    assert len(conversations.messages(made.id, "ann")) == 2


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="mounting needs root")
def test_really_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        database = Database(disk / "store.db")
        conversations, log = Conversations(database), TurnLog(database)
        made = conversations.create("library", "ann")
        kept = 0
        with pytest.raises(StorageFull):
            for _ in range(100):
                log.begin(made.id, "ann", "x" * 30_000, None, release="r", deployment="d")
                kept += 1
        assert len(conversations.messages(made.id, "ann")) == 2 * kept > 0
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
        log.begin(made.id, "ann", "x" * 30_000, None, release="r", deployment="d")
        assert len(conversations.messages(made.id, "ann")) == 2 * kept + 2
        with database.read() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        database.close()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_another_writer_is_waited_for(file: Database) -> None:
    other = sqlite3.connect(file.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, lambda: other.execute("COMMIT")).start()
    started = time.monotonic()
    Conversations(file).create("library", "ann")
    assert time.monotonic() - started > 0.2


def test_another_writer_that_never_ends_is_named(file: Database) -> None:
    other = sqlite3.connect(file.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with file.read() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    with pytest.raises(ChatwrightError, match="busy"):
        Conversations(file).create("library", "ann")
    other.close()


def test_readers_do_not_wait_for_the_writer(database: Database) -> None:
    conversations = Conversations(database)
    conversations.create("library", "ann")
    with database.write(), ThreadPoolExecutor(1) as pool:
        assert len(pool.submit(conversations.all, "library", "ann").result(timeout=2)) == 1


def test_many_writers_lose_nothing(database: Database) -> None:
    conversations, log = Conversations(database), TurnLog(database)
    made = conversations.create("library", "ann")

    def write(number: int) -> None:
        log.begin(made.id, "ann", f"question {number}", None, release="r", deployment="d")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    messages = conversations.messages(made.id, "ann")
    assert [m.seq for m in messages] == list(range(1, 81))


def test_ids_are_uuid7_in_order_even_when_the_clock_steps_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = [new_id() for _ in range(5000)]
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    ids += [new_id() for _ in range(5000)]
    assert ids == sorted(set(ids))
    assert all(id[14] == "7" and id[19] in "89ab" and len(id) == 36 for id in ids)


def test_a_writer_holds_the_lock_from_its_start(file: Database) -> None:
    # One that begins by reading could fail with "locked" when it comes to write.
    other = sqlite3.connect(file.path, isolation_level=None, timeout=0)
    with file.write(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    with file.read() as connection:
        connection.exec_driver_sql("SELECT 1 FROM conversations").all()
    other.close()


def test_what_is_urgent_goes_before_others(file: Database) -> None:
    """Of ten threads that write without a pause, the one that writes and the next are waited for."""
    done, before, end = threading.Event(), [0], time.monotonic() + 20

    def busy() -> None:
        while not done.is_set() and time.monotonic() < end:
            with file.write():
                before[0] += 1
                time.sleep(0.005)

    threads = [threading.Thread(target=busy) for _ in range(10)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    waited = []
    for _ in range(20):
        count = before[0]
        with file.write(urgent=True):
            waited.append(before[0] - count)
        time.sleep(0.01)
    done.set()
    for thread in threads:
        thread.join()
    assert sorted(waited)[10] <= 2, waited
