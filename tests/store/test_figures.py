"""Figures over time: counted once an hour is over, the same as from the turns themselves, on both databases."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from sqlalchemy import func, select

from chatwright.store import Conversations, Database
from chatwright.store.console_tables import api_counts, figures, samples
from chatwright.store.figures import (
    HOUR,
    KEPT,
    SETTLED,
    Figures,
    bucket,
    from_time,
    percentile,
    time_of,
)
from chatwright.store.samples import Sample, Samples
from chatwright.store.stamps import new_id
from chatwright.store.tables import feedback, messages

AT = 1_800_000_000.0 + 1800  # in the middle of an hour


def id_at(seconds: float, number: int = 0) -> str:
    return f"{from_time(seconds)}-7000-8000-{number:012x}"


def said(database: Database, bot: str, seconds: float, number: int, **values: object) -> str:
    """A reply that was begun then."""
    talk = Conversations(database).create(bot, "ann", str(values.pop("channel", "web")))
    id = id_at(seconds, number)
    row = {
        "id": id,
        "conversation_id": talk.id,
        "role": "assistant",
        "content": "x",
        "status": "done",
        "created_at": "2027-01-01T00:00:00.000Z",
        "seq": 1,
        "sources": [],
        "left_out": 0,
        "stopping": 0,
        "route": "generated",
        "prompt_tokens": 10,
        "completion_tokens": 5,
        "first_token_ms": 100,
        "total_ms": 1000,
    }
    with database.write() as connection:
        connection.execute(messages.insert().values(row | values))
    return id


def test_ids_tell_their_time() -> None:
    before = time.time()
    id = new_id()
    assert before - 0.01 <= time_of(id) <= time.time() + 0.01
    assert from_time(before - 1) < id < from_time(time.time() + 1)


def test_percentiles_are_right_to_five_percent() -> None:
    times = [3.0, 17.0, 50.0, 120.0, 121.0, 122.0, 900.0, 2000.0, 2001.0, 70_000.0]
    counts = Counter(bucket(one) for one in times)
    assert percentile(counts, 0.5) == pytest.approx(121, rel=0.05)
    assert percentile(counts, 0.95) == pytest.approx(70_000, rel=0.05)
    assert percentile({}, 0.5) is None
    assert percentile({bucket(0.0): 3}, 0.5) == 0.5
    for number in range(1, 200_000, 37):
        assert percentile({bucket(number): 1}, 0.5) == pytest.approx(number, rel=0.05, abs=0.6)


def test_counted_hours_say_the_same_as_the_turns(database: Database) -> None:
    found = Figures(database)
    for number, hours in enumerate((1, 2, 2, 5, 30, 200)):
        said(database, "library", AT - hours * HOUR, number)
    said(database, "library", AT - 2 * HOUR, 900, route="refused", total_ms=40_000)
    said(database, "library", AT - 2 * HOUR, 901, status="failed", route=None)
    said(
        database, "library", AT - 2 * HOUR, 902, channel="api"
    )  # told for feedback: not answered here
    said(database, "library", AT - 2 * HOUR, 903, status="running")
    said(database, "museum", AT - 2 * HOUR, 904)
    said(database, "library", AT - 60, 905, route="curated")
    live = found.series(
        "library", 60, 60, AT
    ).total()  # of this hour: the clock's, not the last one's
    assert live.turns == {("web", "curated", "done"): 1}
    before = found.series("library", HOUR, 24, AT)
    assert not before.complete and before.total().turns.total() == 6
    assert found.count_hours("library", AT) == KEPT
    assert found.count_hours("library", AT) == 0
    day = found.series("library", HOUR, 24, AT)
    assert day.complete
    turns = day.total().turns
    assert turns[("web", "generated", "done")] == 4
    assert turns[("web", "refused", "done")] == 1 and turns[("web", "", "failed")] == 1
    assert turns[("web", "curated", "done")] == 1 and turns.total() == 7
    month = found.series("library", 86_400, 30, AT).total()
    assert month.turns.total() == 9
    assert (month.read, month.written) == (90, 45)
    assert percentile(month.whole, 0.95) == pytest.approx(40_000, rel=0.05)


def test_an_hour_is_counted_when_its_last_replies_have_ended(database: Database) -> None:
    found = Figures(database)
    hour = int(AT // HOUR)
    said(database, "library", (hour - 1) * HOUR + 3599, 1)
    found.count_hours("library", hour * HOUR + SETTLED - 1)
    with database.read() as connection:
        newest = connection.execute(select(func.max(figures.c.hour))).scalar()
    assert newest is None or newest < hour - 1
    assert found.count_hours("library", hour * HOUR + SETTLED) == 1
    assert found.series("library", HOUR, 2, hour * HOUR + SETTLED).total().turns.total() == 1


def test_a_turn_without_a_counted_hour_is_not_counted_twice(database: Database) -> None:
    found = Figures(database)
    said(database, "library", AT - HOUR, 1)
    found.count_hours("library", AT)
    said(database, "library", AT - 30, 2)
    assert found.series("library", HOUR, 24, AT).total().turns.total() == 2


def test_thumbs_and_running(database: Database) -> None:
    found = Figures(database)
    message = said(database, "library", AT - 60, 1)
    said(database, "library", AT - 50, 2, status="running")
    assert found.running("library") == 1 and found.running("museum") == 0
    row = {
        "id": id_at(AT - 20),
        "message_id": message,
        "rater": "ann",
        "thumb": "up",
        "comment": "",
        "correction": "",
        "created_at": "",
        "updated_at": "",
        "bot": "library",
        "channel": "web",
    }
    with database.write() as connection:
        connection.execute(feedback.insert().values(row))
    assert found.series("library", 60, 60, AT).total().thumbs == {"up": 1}


def test_api_replies_are_added_up_and_become_hours(database: Database) -> None:
    found, minute = Figures(database), int(AT // 60)
    row = {
        "bot": "library",
        "minute": minute,
        "status": "done",
        "replies": 2,
        "read": 10,
        "written": 4,
    }
    found.count_api([row])
    found.count_api([row])  # another process
    old = minute - 26 * 60
    found.count_api(
        [row | {"minute": old}, row | {"minute": old + 1}, row | {"minute": old - 40 * 24 * 60}]
    )
    now = found.series("library", 60, 60, AT).total()
    assert (now.api, now.read, now.written) == ({"done": 4}, 20, 8)
    found.thin(AT)
    with database.read() as connection:
        rows = connection.execute(select(api_counts.c.minute, api_counts.c.replies)).all()
    assert sorted(map(tuple, rows)) == [(old // 60 * 60, 4), (minute, 4)]
    assert found.series("library", 86_400, 30, AT).total().api == {"done": 8}


def test_samples_of_two_processes_and_their_thinning(database: Database) -> None:
    found, minute = Samples(database), int(AT // 60)
    one = Sample("m", cpu=0.2, memory=0.5, resident=100, running=1, disk=0.3)
    for at in (AT, AT - 30 * 3600, AT - 30 * 3600 + 60, AT - 40 * 86_400):
        found.add("p1", at, one)
    found.add("p2", AT, Sample("m", cpu=0.4, memory=0.5, resident=50, running=2, disk=0.3, gpu=0.5))
    found.add("p2", AT, one)  # twice in a minute: the first counts
    now = found.series(1, 60, AT)[minute]
    assert now["cpu"] == pytest.approx(0.3) and now["cpu_most"] == pytest.approx(0.4)
    assert (now["resident"], now["running"], now["gpu"]) == (150, 3, 0.5)
    found.thin(AT)
    with database.read() as connection:
        left = {row.minute for row in connection.execute(select(samples.c.minute))}
    old = minute - 30 * 60
    assert left == {minute} | {one for one in (old, old + 1) if one % 10 == 0}
