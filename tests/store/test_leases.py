"""One process does a job; one that stalls is fenced off when it comes back. On both databases."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import update

from chatwright.core.errors import Conflict, WrongUse
from chatwright.store import Database
from chatwright.store import leases as module
from chatwright.store.console_tables import leases as table
from chatwright.store.leases import Leases, read_lease


@pytest.fixture
def two(place: str) -> Iterator[tuple[Leases, Leases]]:
    databases = Database(place), Database(place)
    yield Leases(databases[0]), Leases(databases[1])
    for database in databases:
        database.close()


def run_out(leases: Leases) -> None:
    """As if its time had passed by the database's clock."""
    with leases._database.write() as connection:
        connection.execute(update(table).values(until=0.0))


def test_one_holds_it_and_the_other_when_it_is_free(two: tuple[Leases, Leases]) -> None:
    one, other = two
    lease = one.take("improve")
    assert lease is not None
    assert other.take("improve") is None
    assert one.take("improve") is None, "the same process would do it twice"
    assert other.take("drift") is not None, "another job is another lease"
    assert one.renew(lease)
    one.release(lease, done=True)
    assert other.take("improve", rest=60) is None, "it was done just now"
    again = other.take("improve")
    assert again is not None
    assert again.fence > lease.fence


def test_one_that_stalled_is_fenced_off(two: tuple[Leases, Leases]) -> None:
    one, other = two
    stalled = one.take("improve")
    assert stalled is not None
    run_out(one)
    leader = other.take("improve")
    assert leader is not None
    assert not one.renew(stalled)
    with pytest.raises(Conflict, match="Another process does 'improve'"), one.guarded(stalled):
        raise AssertionError("two leaders")
    one.release(stalled, done=True)  # it takes nothing from the leader
    with other.guarded(leader):
        assert other._database is not one._database


def test_one_that_ran_out_and_was_not_taken_over_goes_on(two: tuple[Leases, Leases]) -> None:
    one, _ = two
    lease = one.take("improve")
    assert lease is not None
    run_out(one)
    with one.guarded(lease):
        pass
    assert one.renew(lease)
    assert one.holders() == [("improve", True, pytest.approx(-module.SECONDS, abs=10))]


def test_of_many_at_once_one_gets_it(place: str) -> None:
    Database(place).close()
    got, start = list[int](), threading.Barrier(6)

    def race() -> None:
        database = Database(place)
        start.wait(20)
        lease = Leases(database).take("improve")
        if lease is not None:
            got.append(lease.fence)
        database.close()

    threads = [threading.Thread(target=race) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert got == [1]


def test_nobody_takes_it_over_while_its_change_is_made(
    two: tuple[Leases, Leases], place: str
) -> None:
    one, other = two
    lease = one.take("improve")
    assert lease is not None
    run_out(one)
    taken = list[float]()

    def take() -> None:
        assert other.take("improve") is not None
        taken.append(time.monotonic())

    thread = threading.Thread(target=take)
    with one.guarded(lease):
        thread.start()
        time.sleep(0.5)
        assert not taken
        ended = time.monotonic()
    thread.join(20)
    assert taken[0] >= ended


def test_wall_clocks_do_not_matter(
    two: tuple[Leases, Leases], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    lease = one.take("improve")
    assert lease is not None
    really: Callable[[], float] = time.time
    monkeypatch.setattr(time, "time", lambda: really() + 86_400)
    assert other.take("improve") is None, "a machine whose clock is a day ahead takes it over"
    assert Leases(other._database).take("improve") is None, "so does one that starts now"
    monkeypatch.setattr(time, "time", lambda: really() - 86_400)
    assert one.renew(lease)


def test_what_a_child_is_told_is_the_lease(two: tuple[Leases, Leases]) -> None:
    lease = two[0].take("improve my: bot")
    assert lease is not None
    assert read_lease(lease.written()) == lease
    with pytest.raises(WrongUse, match="holds no lease"):
        read_lease("nonsense")
