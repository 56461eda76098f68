"""What is PostgreSQL's alone: its own schema, several processes at once, a server that goes away."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.postgres import Postgres

from chatwright.core.errors import ChatwrightError, StoreUnavailable, WrongUse
from chatwright.store import Conversations, Database, Feedbacks, TurnLog
from chatwright.store import postgres as module
from chatwright.store.records import FeedbackRecord

SECRET = "s3cret"


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.new_database()


@pytest.fixture
def own(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


def test_other_tables_of_the_same_name_are_left_alone(postgres: Postgres, url: str) -> None:
    name = url.rsplit("/", 1)[1]
    postgres.sql("CREATE TABLE migrations (id int); CREATE TABLE messages (id int)", name)
    database = Database(url)
    Conversations(database).create("library", "ann")
    database.close()
    assert postgres.sql("SELECT count(*) FROM public.messages", name) == "0"
    assert postgres.sql("SELECT count(*) FROM chatwright.conversations", name) == "1"


def test_several_processes_that_start_at_once_migrate_once(url: str) -> None:
    program = "import sys; from chatwright.store import Database; Database(sys.argv[1])"
    started = [subprocess.Popen([sys.executable, "-c", program, url]) for _ in range(4)]
    assert [process.wait(30) for process in started] == [0] * 4


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_schemes(url: str, scheme: str) -> None:
    Database(url.replace("postgresql", scheme, 1)).close()


def test_errors_in_words_and_no_secret_in_any(postgres: Postgres, url: str) -> None:
    address = f"postgresql://chat:{SECRET}@127.0.0.1:{postgres.port}"
    for wrong, kind, words in [
        (f"{address}/missing", ChatwrightError, "no database missing on 127.0.0.1.*createdb"),
        (
            f"postgresql://no:{SECRET}@127.0.0.1:{postgres.port}/x",
            ChatwrightError,
            "login.*refused",
        ),
        (f"postgresql://chat:{SECRET}@127.0.0.1:1/x", StoreUnavailable, "cannot be reached"),
        (f"postgresql://chat:{SECRET}@host:port/x", WrongUse, "cannot be read"),
    ]:
        with pytest.raises(kind, match=words) as error:
            Database(wrong)
        assert SECRET not in str(error.value)


def test_who_writes_alone_waits_for_those_beside_it(own: Database) -> None:
    order: list[str] = []

    def alone() -> None:
        with own.write():
            order.append("alone")

    with ThreadPoolExecutor(2) as pool:
        with own.write(shared=True), own.write(shared=True):
            waiting = pool.submit(alone)
            time.sleep(0.2)
            order.append("shared")
        waiting.result(5)
    assert order == ["shared", "alone"]


def test_feedback_given_twice_at_once_is_one(own: Database) -> None:
    conversations, log, feedbacks = Conversations(own), TurnLog(own), Feedbacks(own)
    id = conversations.create("library", "ann").id
    begun = log.begin(id, "ann", "Hi", None, release="r", deployment="d")
    start = threading.Barrier(6)

    def say(number: int) -> None:
        start.wait()
        feedbacks.put(begun.message.id, "ann", FeedbackRecord("up", str(number), ""))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(say, range(6)))
    feedback = conversations.messages(id, "ann")[1].feedback
    assert feedback is not None
    assert feedback.comment in "012345"


def test_a_read_sees_one_state(own: Database) -> None:
    conversations = Conversations(own)
    with own.read() as connection:
        count = "SELECT count(*) FROM conversations"
        before = connection.exec_driver_sql(count).scalar()
        conversations.create("library", "ann")
        assert connection.exec_driver_sql(count).scalar() == before


def test_a_server_that_went_and_came_back(postgres: Postgres, own: Database) -> None:
    conversations = Conversations(own)
    made = conversations.create("library", "ann")
    postgres.stop()
    try:
        for _ in range(3):
            started = time.monotonic()
            with pytest.raises(StoreUnavailable) as error:
                conversations.create("library", "ann")
            assert error.value.retry_after == 2
            assert time.monotonic() - started < 1
    finally:
        postgres.start()
    time.sleep(module.PAUSE)
    assert conversations.all("library", "ann") == [made]


def test_while_it_is_away_nobody_waits_for_a_connection(
    postgres: Postgres, own: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that hangs closes no connection: it is given up from here, and then not asked anew."""
    monkeypatch.setattr(module, "IDLE", 0.3)
    monkeypatch.setattr(module, "PAUSE", 30.0)
    conversations = Conversations(own)
    conversations.create("library", "ann")
    postgres.freeze()
    try:
        started = time.monotonic()
        with pytest.raises(StoreUnavailable):
            conversations.create("library", "ann")
        assert 0.2 < time.monotonic() - started < 5
        started = time.monotonic()
        with pytest.raises(StoreUnavailable):
            conversations.create("library", "ann")
        assert time.monotonic() - started < 0.1
    finally:
        postgres.thaw()


def test_a_server_that_hangs_within_a_transaction(
    postgres: Postgres, own: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY", 0.3)
    conversations = Conversations(own)
    try:
        with pytest.raises(StoreUnavailable), own.write() as connection:
            connection.exec_driver_sql("SELECT 1")
            postgres.freeze()
            connection.exec_driver_sql("SELECT 2")
    finally:
        postgres.thaw()
    time.sleep(module.PAUSE)
    conversations.create("library", "ann")


def test_a_lock_that_never_comes_is_told_in_words(own: Database) -> None:
    with own.write(), pytest.raises(StoreUnavailable, match="busy"), own.write():
        raise AssertionError("two wrote alone")
