"""Allowances: buckets that fill with time, debts of tokens, days, and processes that share them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from chatwright.store import Allowances, Database
from chatwright.store.allowances import DAY, KEPT, Allowance, Answer, Ask, Level, answer, charged

SIX = Allowance(requests_per_minute=6)
T0 = 1_000_000.0


def take(
    allowances: Allowances, allowance: Allowance, at: float, *, owed: int = 0, streams: int = 1
) -> Answer:
    spent = {"me": (allowance, owed)} if owed else {}
    (given,) = allowances.take([Ask("me", allowance, 1, streams)], spent, {"me": streams}, at)
    return given


@pytest.fixture
def allowances(database: Database) -> Allowances:
    return Allowances(database, "one")


def test_a_minutes_requests_come_back_evenly(allowances: Allowances) -> None:
    given = [take(allowances, SIX, T0) for _ in range(7)]
    assert [one.refused for one in given] == [None] * 6 + ["requests"]
    assert [round(one.level.requests) for one in given] == [5, 4, 3, 2, 1, 0, 0]
    assert given[-1].wait == pytest.approx(10)
    assert take(allowances, SIX, T0 + 9.9).refused == "requests"
    assert take(allowances, SIX, T0 + 10.1).refused is None
    assert take(allowances, SIX, T0 + 10.2).refused == "requests"
    given = [take(allowances, SIX, T0 + 3600) for _ in range(7)]
    assert [one.refused for one in given] == [None] * 6 + ["requests"]


def test_tokens_are_charged_later_and_may_be_owed(allowances: Allowances) -> None:
    may = Allowance(tokens_per_minute=600)
    assert take(allowances, may, T0).level.tokens == 600
    assert take(allowances, may, T0, owed=500).refused is None
    given = take(allowances, may, T0, owed=700)  # 600 more than there were
    assert (given.refused, given.level.tokens) == ("tokens", -600)
    assert given.wait == pytest.approx(60.1)
    assert take(allowances, may, T0 + 60).refused == "tokens"
    assert take(allowances, may, T0 + 60.2).refused is None


def test_a_days_tokens_are_those_of_24_hours(allowances: Allowances) -> None:
    may = Allowance(tokens_per_day=1000)
    assert take(allowances, may, T0).refused is None
    assert take(allowances, may, T0 + 3600, owed=999).refused is None
    given = take(allowances, may, T0 + 7200, owed=1)
    assert (given.refused, given.wait) == ("day", pytest.approx(DAY - 7200))
    assert take(allowances, may, T0 + DAY - 1).refused == "day"
    assert take(allowances, may, T0 + DAY).refused is None


def test_streams_count_those_of_other_processes_that_live(database: Database) -> None:
    one, two = Allowances(database, "one"), Allowances(database, "two")
    may = Allowance(streams=3)
    assert take(one, may, T0, streams=2).refused is None
    assert take(two, may, T0, streams=1).refused is None
    assert take(two, may, T0, streams=2).refused == "streams"
    one.take([], {}, {"me": 0}, T0 + 1)
    assert take(two, may, T0 + 1, streams=3).refused is None
    assert take(one, may, T0 + 1, streams=1).refused == "streams"
    assert take(one, may, T0 + 20, streams=3).refused is None  # two was not heard of for long


@pytest.mark.parametrize("step", [-DAY, DAY])
def test_a_clock_that_steps_starves_nobody(allowances: Allowances, step: float) -> None:
    for _ in range(7):
        take(allowances, SIX, T0)
    take(allowances, SIX, T0 + step)
    given = [take(allowances, SIX, T0 + step + 60).refused for _ in range(7)]
    assert given == [None] * 6 + ["requests"]


def test_limits_may_be_changed_at_any_time(allowances: Allowances) -> None:
    none, some = Allowance(streams=9), Allowance(tokens_per_minute=60, tokens_per_day=10_000)
    take(allowances, none, T0, owed=5000)
    take(allowances, none, T0 + 1)
    assert take(allowances, some, T0 + 61).refused is None
    assert take(allowances, Allowance(tokens_per_day=100), T0 + 62).refused == "day"


def test_processes_share_and_nothing_is_given_twice(place: str) -> None:
    may = Allowance(requests_per_minute=50)
    databases = [Database(place) for _ in range(4)]
    processes = [Allowances(database, f"p{n}") for n, database in enumerate(databases)]
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda n: take(processes[n % 4], may, T0).refused, range(80)))
    for database in databases:
        database.close()
    assert given.count(None) == 50


def test_one_write_answers_many_in_their_order(allowances: Allowances) -> None:
    asks = [Ask("a", SIX), *[Ask("b", Allowance(requests_per_minute=1))] * 2]
    asks += [Ask("a", SIX)] * 6
    given = allowances.take(asks, {"c": (SIX, 5)}, {}, T0)
    assert [one.refused for one in given[:3]] == [None, None, "requests"]
    assert [one.refused for one in given[3:]] == [None] * 5 + ["requests"]
    assert allowances.take([], {}, {}, T0) == []


def test_what_nobody_used_for_days_is_forgotten(allowances: Allowances, database: Database) -> None:
    take(allowances, SIX, T0)
    allowances.forget(T0 + KEPT + 1)
    with database.read() as connection:
        for table in ("allowances", "running"):
            assert connection.exec_driver_sql(f"SELECT * FROM {table}").all() == []
    assert take(allowances, SIX, T0 + KEPT + 2).level.requests == 5


def test_without_a_limit_nothing_is_refused() -> None:
    level = charged(Level.full(Allowance(), T0), 10**12)
    assert answer(Ask("x", Allowance()), level).refused is None
    assert not Allowance().limited
    assert Allowance(streams=1).limited
