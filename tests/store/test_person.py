"""All rows of a person: exported whole, erased from the file itself, and not brought back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from chatwright.store import Conversations, Database, Feedbacks, TurnLog
from chatwright.store.consent import Consents
from chatwright.store.person import PersonRows, flush, scrub
from chatwright.store.records import FeedbackRecord, Outcome
from chatwright.store.secret import Secret
from chatwright.store.signals import Seen, Signals
from chatwright.store.tables import conversations, messages, tombstones

MARK = "zebrafinch-4711"
SECRET = Secret("x" * 40)


@pytest.fixture
def rows(database: Database) -> PersonRows:
    return PersonRows(database, SECRET)


def lived(
    database: Database,
    owner: str,
    words: str,
    turns: int = 1,
    bot: str = "library",
    version: str = "v1",
) -> str:
    """A conversation with feedback and consent; its id."""
    log = TurnLog(database)
    id = Conversations(database).create(bot, owner).id
    parent = None
    for number in range(turns):
        begun = log.begin(id, owner, f"{words} {number}", parent, release="r", deployment="d")
        log.finish(begun.message, owner, Outcome("done", f"You said {words}."))
        parent = begun.message.id
        said = FeedbackRecord("down", f"not {words}", f"better {words}")
        Feedbacks(database).put(parent, owner, said)
    if version:
        Consents(database).put(bot, owner, True, version)
    return id


def everything(database: Database) -> bytes:
    """The bytes of the store and of whatever lies beside it."""
    assert database.path is not None
    folder = Path(database.path).parent
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_an_export_has_everything_of_one_person_and_nothing_of_others(
    database: Database, rows: PersonRows
) -> None:
    id = lived(database, "ann", MARK, turns=2)
    lived(database, "bob", "other words")
    found = rows.exported("ann")
    (talk,) = found["conversations"]
    assert talk["id"] == id and [m["role"] for m in talk["messages"]] == ["user", "assistant"] * 2
    assert [said["comment"] for said in found["feedback"]] == [f"not {MARK}"] * 2
    assert [said["version"] for said in found["consents"]] == ["v1"]
    assert "other words" not in str(found)
    assert rows.known("ann") and not rows.known("eve")


def test_who_has_talked(database: Database, rows: PersonRows) -> None:
    lived(database, "ann", MARK)
    lived(database, "ann", "more")
    lived(database, "bob", "other")
    assert {row["owner"]: row["conversations"] for row in rows.owners()} == {"ann": 2, "bob": 1}
    assert [row["owner"] for row in rows.owners("ZEBRA")] == ["ann"]
    assert rows.owners("100%") == []


@pytest.mark.store_file
@pytest.mark.parametrize("thorough", [flush, scrub])
def test_nothing_of_an_erased_person_is_in_any_file(
    database: Database, rows: PersonRows, thorough: Callable[[Database], None]
) -> None:
    lived(database, "visitor:ann", MARK, turns=30)
    lived(database, "bob", "other words")
    assert MARK.encode() in everything(database)
    removed = rows.erase("visitor:ann")
    thorough(database)
    content = everything(database)
    assert MARK.encode() not in content and b"visitor:ann" not in content
    assert b"other words" in content
    assert (removed.conversations, removed.messages, removed.feedback, removed.consents) == (
        1,
        60,
        30,
        1,
    )
    assert len(removed.ids) == 1 + 60 + 30  # conversation, messages, turns
    assert not rows.known("visitor:ann")


@pytest.mark.store_file
def test_what_was_changed_before_is_gone_as_well(database: Database, rows: PersonRows) -> None:
    """Old versions of a row, deleted conversations, corrections that were replaced."""
    id = lived(database, "ann", "first", turns=3)
    Conversations(database).change(id, "ann", title=f"{MARK} as a title")
    Conversations(database).change(id, "ann", title="another title")
    gone = lived(database, "ann", MARK)
    Conversations(database).delete(gone, "ann")
    rows.erase("ann")
    flush(database)
    assert MARK.encode() not in everything(database)


@pytest.mark.store_file
def test_a_reader_does_not_keep_it(database: Database, rows: PersonRows) -> None:
    lived(database, "ann", MARK)
    with database.read() as connection:
        connection.execute(select(conversations)).all()
        rows.erase("ann")
    flush(database)
    assert MARK.encode() not in everything(database)


def restore(database: Database, saved: Path) -> None:
    """Bring back rows of a backup, as somebody might who does not think of it."""
    with sqlite3.connect(database.path or "") as connection:
        connection.execute(f"ATTACH '{saved}' AS saved")
        for table in ("conversations", "messages", "feedback", "consents"):
            connection.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM saved.{table}")


@pytest.mark.store_file
def test_what_comes_back_from_a_backup_is_removed_again(
    database: Database, rows: PersonRows, tmp_path: Path
) -> None:
    lived(database, "ann", MARK)
    bob = lived(database, "bob", "other")
    saved = tmp_path / "elsewhere" / "backup.db"
    saved.parent.mkdir()
    with sqlite3.connect(database.path or "") as connection:
        connection.execute(f"VACUUM INTO '{saved}'")
    rows.erase("ann")
    restore(database, saved)
    assert rows.known("ann")
    back = rows.sweep()
    assert (back.conversations, back.consents) == (1, 1)
    assert not rows.known("ann") and Conversations(database).find(bob, "bob") is not None
    assert rows.sweep().conversations == 0


def test_what_a_person_said_of_others_replies_goes_and_comes_with_them(
    database: Database, rows: PersonRows
) -> None:
    """A reviewer's word on somebody else's message is the reviewer's own."""
    id = lived(database, "bob", "hello")
    reply = Conversations(database).messages(id, "bob")[1].id
    said = FeedbackRecord("down", MARK, "", 0.1)
    assert Feedbacks(database).put(reply, "account:eve", said, any_of="library") is not None
    assert rows.known("account:eve")
    assert [one["comment"] for one in rows.exported("account:eve")["feedback"]] == [MARK]
    assert [one["comment"] for one in rows.exported("bob")["feedback"]] == ["not hello"]
    assert rows.erase("account:eve").feedback == 1
    assert not rows.known("account:eve")
    assert [one.rater for one in Feedbacks(database).items("library")] == ["bob"]


@pytest.mark.store_file
def test_feedback_that_comes_back_from_a_backup_is_removed_again(
    database: Database, rows: PersonRows, tmp_path: Path
) -> None:
    id = lived(database, "bob", "hello")
    reply = Conversations(database).messages(id, "bob")[1].id
    Feedbacks(database).put(reply, "account:eve", FeedbackRecord("up", MARK, ""), any_of="library")
    saved = tmp_path / "elsewhere" / "backup.db"
    saved.parent.mkdir()
    with sqlite3.connect(database.path or "") as connection:
        connection.execute(f"VACUUM INTO '{saved}'")
    rows.erase("account:eve")
    restore(database, saved)
    assert rows.sweep().feedback == 1 and not rows.known("account:eve")
    assert rows.known("bob")


def test_signals_go_with_the_person(database: Database, rows: PersonRows) -> None:
    signals = Signals(database)
    for owner in ("ann", "bob"):
        reply = Conversations(database).messages(lived(database, owner, "hello"), owner)[1]
        seen = Seen(reply.id, owner, "refused", 0.5, {}, reply.created_at)
        assert signals.add("library", [seen]) == 1
    assert [one["kind"] for one in rows.exported("ann")["signals"]] == ["refused"]
    rows.erase("ann")
    assert [one.owner for one in signals.items("library")] == ["bob"]


def test_somebody_who_was_erased_may_come_again(database: Database, rows: PersonRows) -> None:
    lived(database, "ann", MARK)
    rows.erase("ann")
    new = lived(database, "ann", "a new life")
    assert rows.sweep().conversations == 0
    assert Conversations(database).find(new, "ann") is not None


def test_a_tombstone_tells_nothing(database: Database, rows: PersonRows) -> None:
    rows.erase("ann")
    rows.erase("ann")
    with database.read() as connection:
        (row,) = connection.execute(select(tombstones)).all()
    assert len(row.mac) == 64 and "ann" not in row.mac
    assert row.mac == SECRET.mac("erased owner", "ann")
    assert row.mac != Secret("y" * 40).mac("erased owner", "ann")


def test_conversations_that_name_somebody_go_whole(database: Database, rows: PersonRows) -> None:
    by_message = lived(database, "ann", "I am Teresa Quill")
    by_feedback = lived(database, "bob", "hello")
    begun = TurnLog(database).begin(by_feedback, "bob", "x", None, release="r", deployment="d")
    TurnLog(database).finish(begun.message, "bob", Outcome("done", "y"))
    Feedbacks(database).put(begun.message.id, "bob", FeedbackRecord(None, "", "Ask Teresa Quill"))
    other = lived(database, "bob", "nobody")
    removed = rows.erase_where(lambda text: "Teresa Quill" in text)
    assert removed.conversations == 2
    found = {
        id for id in (by_message, by_feedback, other) if Conversations(database).find(id, "bob")
    }
    assert found == {other}
    assert rows.erase_where(lambda text: True, "2020-01-01T00:00:00.000Z").conversations == 0


def test_many_at_once(database: Database, rows: PersonRows) -> None:
    for _ in range(700):
        Conversations(database).create("library", "ann")
    assert rows.erase_where(lambda text: True).conversations == 700


def test_pruning_takes_what_is_old_and_what_was_deleted(
    database: Database, rows: PersonRows
) -> None:
    old, new, gone, other = (
        lived(database, "ann", word, bot=bot)
        for word, bot in (
            ("old", "library"),
            ("new", "library"),
            ("gone", "library"),
            ("old", "museum"),
        )
    )
    with database.write() as connection:
        for id in (old, other):
            change = conversations.update().where(conversations.c.id == id)
            connection.execute(change.values(updated_at="2025-01-01T00:00:00.000Z"))
    Conversations(database).delete(gone, "ann")
    assert rows.prune("library", None).conversations == 1
    assert rows.prune("library", "2025-06-01T00:00:00.000Z").conversations == 1
    with database.read() as connection:
        left = set(connection.scalars(select(conversations.c.id)))
        orphans = connection.execute(
            select(messages.c.id).where(messages.c.conversation_id.not_in(left))
        ).all()
    assert left == {new, other} and orphans == []
