"""Copies of the store while it is written to, and the way back."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from tests.postgres import Postgres

from chatwright.core.errors import ChatwrightError, WrongUse
from chatwright.store import Conversations, Database, TurnLog
from chatwright.store.backup import back_up, restore
from chatwright.store.migrations import STEPS, migrate
from chatwright.store.person import PersonRows
from chatwright.store.secret import Secret
from chatwright.store.tables import ledger


def test_a_backup_has_what_was_there_and_restoring_brings_it_back(
    database: Database, place: str, tmp_path: Path
) -> None:
    conversations, log = Conversations(database), TurnLog(database)
    id = conversations.create("library", "ann").id
    log.begin(id, "ann", "before", None, release="r", deployment="d")
    before = conversations.messages(id, "ann")
    file = tmp_path / "copies" / "one.backup"
    back_up(place, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["one.backup"]
    log.begin(id, "ann", "after", None, release="r", deployment="d")
    other = conversations.create("library", "bob").id
    kept = restore(place, file)
    # The database was open all the time, as in a server that runs.
    assert conversations.messages(id, "ann") == before
    assert conversations.find(other, "bob") is None
    log.begin(id, "ann", "goes on", None, release="r", deployment="d")
    assert len(conversations.messages(id, "ann")) == 4
    if "://" not in place:
        assert kept is not None
        assert Conversations(Database(kept)).find(other, "bob") is not None
        assert database.path is not None
        with sqlite3.connect(database.path) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_backup_while_others_write(database: Database, place: str, tmp_path: Path) -> None:
    conversations, log = Conversations(database), TurnLog(database)
    id = conversations.create("library", "ann").id
    acknowledged: list[str] = []
    over = threading.Event()

    def write() -> None:
        while not over.is_set():
            begun = log.begin(id, "ann", "x" * 2000, None, release="r", deployment="d")
            acknowledged.append(begun.user_message.id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(acknowledged) < 30:
            pass
        known = list(acknowledged)
        back_up(place, tmp_path / "copy")
        assert len(acknowledged) > len(known)  # nobody was held up
    finally:
        over.set()
        writer.join()
    restore(place, tmp_path / "copy")
    found = [message.id for message in conversations.messages(id, "ann")]
    assert set(known) <= set(found)
    assert len(found) == len(set(found)) == 2 * (len(found) // 2)


def test_who_was_erased_since_a_backup_stays_erased(
    database: Database, place: str, tmp_path: Path
) -> None:
    conversations, people = Conversations(database), PersonRows(database, Secret("s" * 32))
    conversations.create("library", "ann")
    conversations.create("library", "bob")
    back_up(place, tmp_path / "copy")
    people.erase("ann")
    back = conversations.create("library", "ann").id  # came again, and that is theirs to do
    restore(place, tmp_path / "copy")
    assert conversations.find(back, "ann") is None
    assert len(conversations.all("library", "ann")) == 1
    assert people.sweep().conversations == 1
    assert not conversations.all("library", "ann")
    assert len(conversations.all("library", "bob")) == 1


def test_an_old_backup_is_migrated(tmp_path: Path) -> None:
    path, old = tmp_path / "store.db", tmp_path / "old"
    Database(path).close()
    engine = create_engine(f"sqlite:///{old}")
    with engine.begin() as connection:  # `back_up` would bring it to the present shape
        migrate(connection, STEPS[:1])
    engine.dispose()
    restore(str(path), old)
    database = Database(path)
    with database.read() as connection:
        assert len(connection.execute(ledger.select()).all()) == len(STEPS)
    database.close()


def test_what_is_no_backup_changes_nothing(database: Database, place: str, tmp_path: Path) -> None:
    made = Conversations(database).create("library", "ann")
    letter = tmp_path / "letter"
    letter.write_text("Dear reader")
    half = tmp_path / "half"
    back_up(place, half)
    whole = half.read_bytes()
    half.write_bytes(whole[: len(whole) // 2])
    other = tmp_path / "other"
    other.write_bytes(b"PGDMP" if "://" not in place else b"SQLite format 3\0")
    for file, kind in [
        (letter, WrongUse),
        (tmp_path / "missing", WrongUse),
        (half, ChatwrightError),
        (other, WrongUse),
    ]:
        with pytest.raises(kind):
            restore(place, file)
    assert Conversations(database).all("library", "ann") == [made]
    with pytest.raises(WrongUse, match="there already"):
        back_up(place, letter)


def test_no_password_on_a_command_line(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    real = subprocess.run

    def run(command: list[str], **options: Any) -> Any:
        seen.extend(map(str, command))
        return real(command, **options)

    url = postgres.new_database().replace("chat@", "chat:s3cret@")
    monkeypatch.setattr(subprocess, "run", run)
    back_up(url, tmp_path / "copy")
    restore(url, tmp_path / "copy")
    assert "pg_dump" in seen
    assert not [part for part in seen if "s3cret" in part]
