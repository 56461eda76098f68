"""When a bot is improved by itself: once a period, by one of many, and again where it was broken off."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from tests import tiny as small

from chatwright.improve import schedule
from chatwright.improve.journal import Journal, alone
from chatwright.improve.schedule import claim, due_at, period
from chatwright.spec import Spec

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    return small.spec_for(tmp_path, improve={"every": "1d"})


def test_the_first_look_plans_and_the_day_after_it_is_due(spec: Spec) -> None:
    assert not claim(spec, START)
    assert due_at(spec) == "2026-03-02T12:00:00.000Z"
    assert not claim(spec, START + DAY - MINUTE)
    assert claim(spec, START + DAY)
    assert not claim(spec, START + DAY + MINUTE)
    assert claim(spec, START + 2 * DAY + MINUTE)


def test_of_many_processes_one_starts_it(spec: Spec) -> None:
    claim(spec, START)
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda _: claim(spec, START + DAY), range(16)))
    assert won.count(True) == 1


def test_another_period_is_planned_anew(spec: Spec) -> None:
    claim(spec, START)
    hourly = spec.model_copy(update={"improve": spec.improve.model_copy(update={"every": "1h"})})
    assert not claim(hourly, START + MINUTE)
    assert due_at(hourly) == "2026-03-01T13:01:00.000Z"
    never = spec.model_copy(update={"improve": spec.improve.model_copy(update={"every": ""})})
    assert not claim(never, START + 9 * DAY)


def test_what_runs_already_is_not_started_again(spec: Spec) -> None:
    claim(spec, START)
    with alone(spec.made):
        assert not claim(spec, START + DAY)
    assert not claim(spec, START + DAY + MINUTE)


@pytest.mark.parametrize(("scheduled", "times"), [(True, schedule.TRIES), (False, 0)])
def test_one_that_was_broken_off_is_due_at_once_a_few_times(
    spec: Spec, scheduled: bool, times: int
) -> None:
    claim(spec, START)
    Journal.begin(spec.made, "k", {"asked": {"scheduled": scheduled}})  # nobody holds the lock
    tried = [claim(spec, START + number * MINUTE) for number in range(1, 9)]
    assert tried.count(True) == times
    assert due_at(spec) == "2026-03-02T12:00:00.000Z"
    assert claim(spec, START + DAY)


def test_a_torn_file_is_planned_anew(spec: Spec) -> None:
    claim(spec, START)
    (spec.made / "improve" / schedule.FILE).write_text('{"every": "1d", "du')
    assert not claim(spec, START + DAY)
    assert due_at(spec) == "2026-03-03T12:00:00.000Z"


def test_periods() -> None:
    assert [period(every) for every in ("30m", "12h", "2d")] == [30 * MINUTE, DAY / 2, 2 * DAY]
    for wrong in ("0d", "1w", "d", "1.5h"):
        with pytest.raises(ValidationError):
            small.spec_for(Path(), improve={"every": wrong})
