"""Figures of a bot's turns over time: counts, tokens, and how long replies took, of minutes, hours and days.

Hours that are over are counted once, into the table `figures`; what is asked for is summed from there, and
only the newest hours from the turns themselves, which their ids find by their time. So it costs about the same
however many turns there are. Times are counted in buckets, `PER_DECADE` to a factor of ten: a percentile is
right to 5%.

Replies on /v1 are not kept; they are counted by the minute in `api_counts`, without times.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select, text

from chatwright.store.console_tables import api_counts, figures
from chatwright.store.database import Database
from chatwright.store.feedback import CLIENT
from chatwright.store.tables import conversations, feedback, messages

HOUR = 3600
SETTLED = 900  # seconds after its end in which an hour's last replies end
KEPT = 32 * 24  # hours
LIVE = 3  # hours at most that are read from the turns when somebody asks
AT_ONCE = 24  # hours in one transaction
FINE = 25 * 60  # minutes of /v1 that stay as they are; older ones become hours
PER_DECADE = 24

DONE = text(
    "INSERT INTO figures (bot, hour, measure, word, bucket, count, total)"
    " VALUES (:bot, :hour, 'done', '', 0, 1, 0) ON CONFLICT DO NOTHING"
)
COUNTED = text(
    "INSERT INTO api_counts (bot, minute, status, replies, read, written)"
    " VALUES (:bot, :minute, :status, :replies, :read, :written)"
    " ON CONFLICT (bot, minute, status) DO UPDATE SET replies = api_counts.replies + excluded.replies,"
    " read = api_counts.read + excluded.read, written = api_counts.written + excluded.written"
)


@dataclass(slots=True)
class Figure:
    """What the turns of one step of time come to. `turns` by (channel, route, status), route "" where there is
    none; `first` and `whole` are counts by bucket; `api` replies on /v1 by status."""

    turns: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    read: int = 0  # tokens
    written: int = 0
    first: Counter[int] = field(default_factory=Counter)
    whole: Counter[int] = field(default_factory=Counter)
    thumbs: Counter[str] = field(default_factory=Counter)
    api: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Figure) -> Figure:
        return Figure(
            self.turns + other.turns,
            self.read + other.read,
            self.written + other.written,
            self.first + other.first,
            self.whole + other.whole,
            self.thumbs + other.thumbs,
            self.api + other.api,
        )


@dataclass(frozen=True, slots=True)
class Series:
    """`steps` by their number, each `seconds` long, counted since 1970; those in which nothing was are absent.
    Not `complete`: older hours are still being counted."""

    seconds: int
    steps: Mapping[int, Figure]
    complete: bool

    def total(self) -> Figure:
        return sum(self.steps.values(), Figure())


def bucket(milliseconds: float) -> int:
    return 0 if milliseconds < 1 else int(PER_DECADE * math.log10(milliseconds)) + 1


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """Milliseconds that `share` of the counted took at most, about; None where nothing was counted."""
    due = share * sum(counts.values())
    for at in sorted(counts):
        due -= counts[at]
        if due <= 1e-9:
            return 0.5 if at == 0 else float(10 ** ((at - 0.5) / PER_DECADE))
    return None


class Figures:
    """Counts hours that are over, and sums up what is asked for. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[tuple[str, int], tuple[tuple[int, int | None], dict[int, Figure]]] = {}

    def count_hours(self, bot: str, at: float) -> int:
        """Count the hours that were over at `at` (seconds since 1970) and are not counted; how many those are.
        Several processes may do so: each hour is counted by one."""
        end = int((at - SETTLED) // HOUR)
        with self._database.read() as connection:
            begin = self._begin(connection, bot, end)
        first = begin
        while begin < end:
            upto = min(begin + AT_ONCE, end)
            with self._database.read() as connection:
                found = _counted(connection, bot, begin * HOUR, upto * HOUR, HOUR)
            with self._database.write() as connection:
                for hour in range(begin, upto):
                    if connection.execute(DONE, {"bot": bot, "hour": hour}).rowcount != 1:
                        return hour - first  # another process is at it
                    rows = list(_rows(bot, hour, found.get(hour, Figure())))
                    if rows:
                        connection.execute(figures.insert(), rows)
            begin = upto
        return begin - first

    def _begin(self, connection: Connection, bot: str, end: int) -> int:
        last = _last(connection, bot)
        if last is not None:
            return max(last + 1, end - KEPT)
        own = select(conversations.c.created_at).where(conversations.c.bot == bot)
        if connection.execute(own.limit(1)).first() is None:
            return end - 1
        return end - KEPT

    def series(self, bot: str, seconds: int, count: int, at: float) -> Series:
        """The last `count` steps of `seconds` each (60, 3600 or 86400), the one in which `at` lies included."""
        last_step = int(at // seconds)
        since = (last_step - count + 1) * seconds
        steps: dict[int, Figure] = {}
        with self._database.read() as connection:
            begin, complete = since, True
            if seconds >= HOUR:
                counted = _last(connection, bot)
                steps = self._hours(connection, bot, since // HOUR, seconds // HOUR, counted)
                oldest = int(at // HOUR) - LIVE + 1
                due = oldest if counted is None else counted + 1
                complete = counted is not None and due >= oldest
                begin = max(since, max(due, oldest) * HOUR)
            live = _counted(connection, bot, begin, int(at) + HOUR, seconds)
            for step, figure in live.items():
                steps[step] = steps[step] + figure if step in steps else figure
            for step, thumb, number in _thumbs(connection, bot, since, seconds):
                steps.setdefault(step, Figure()).thumbs[thumb] += number
            for step, status, number, read, written in _api(connection, bot, since, seconds):
                figure = steps.setdefault(step, Figure())
                figure.api[status] += number
                figure.read += read
                figure.written += written
        return Series(seconds, {s: steps[s] for s in sorted(steps) if s <= last_step}, complete)

    def _hours(
        self, connection: Connection, bot: str, since: int, hours: int, counted: int | None
    ) -> dict[int, Figure]:
        """What is counted, remembered until another hour is."""
        known = self._known.get((bot, hours))
        if known is None or known[0] != (since, counted):
            known = (since, counted), _summed(connection, bot, since, hours)
            self._known[bot, hours] = known
        return {step: figure + Figure() for step, figure in known[1].items()}  # theirs to change

    def count_api(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add replies on /v1: `bot`, `minute`, `status`, `replies`, and tokens `read` and `written`."""
        values = list(rows)
        if values:
            with self._database.write(durable=False) as connection:
                connection.execute(COUNTED, values)

    def running(self, bot: str) -> int:
        """Replies that are being made now, by all processes."""
        query = (
            select(func.count())
            .select_from(messages)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            # Written out: an index of some rows serves no parameter.
            .where(text("messages.status = 'running'"), _of(bot))
        )
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def thin(self, at: float) -> None:
        """Forget what is too old to be asked for; of /v1, put old minutes together as hours."""
        hour, minute = int(at // HOUR) - KEPT, int(at // 60)
        old = (api_counts.c.minute < minute - FINE) & (api_counts.c.minute % 60 != 0)
        with self._database.write() as connection:
            connection.execute(delete(figures).where(figures.c.hour < hour))
            connection.execute(delete(api_counts).where(api_counts.c.minute < hour * 60))
            rows = [
                dict(row) for row in connection.execute(select(api_counts).where(old)).mappings()
            ]
            if rows:
                connection.execute(delete(api_counts).where(old))
                connection.execute(
                    COUNTED, [row | {"minute": row["minute"] // 60 * 60} for row in rows]
                )


def from_time(seconds: float) -> str:
    """How ids begin that were made then: all ids made later sort after it."""
    digits = f"{int(seconds * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}"


def time_of(id: str) -> float:
    """When an id was made, in seconds since 1970."""
    return int(id[:8] + id[9:13], 16) / 1000


def _of(bot: str) -> ColumnElement[bool]:
    """Conversations of that bot, said so that no index of them is used: by the messages there are far fewer."""
    return conversations.c.bot.concat("") == bot


def _last(connection: Connection, bot: str) -> int | None:
    mine = (figures.c.bot == bot) & (figures.c.measure == "done")
    newest = select(figures.c.hour).where(mine).order_by(figures.c.hour.desc()).limit(1)
    found: int | None = connection.execute(newest).scalar()
    return found


def _counted(
    connection: Connection, bot: str, since: float, until: float, seconds: int
) -> dict[int, Figure]:
    """From the turns themselves. Those of `since` to `until`, in steps of `seconds`."""
    query = (
        select(
            messages.c.id,
            conversations.c.channel,
            messages.c.route,
            messages.c.status,
            messages.c.prompt_tokens,
            messages.c.completion_tokens,
            messages.c.first_token_ms,
            messages.c.total_ms,
        )
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(
            messages.c.id >= from_time(since),
            messages.c.id < from_time(until),
            messages.c.role == "assistant",
            messages.c.status != "running",
            _of(bot),
            conversations.c.channel != CLIENT,
        )
    )
    found: dict[int, Figure] = {}
    for id, channel, route, status, read, written, first, whole in connection.execute(query):
        figure = found.setdefault(int(time_of(id) // seconds), Figure())
        figure.turns[channel, route or "", status] += 1
        figure.read += read or 0
        figure.written += written or 0
        if first is not None:
            figure.first[bucket(first)] += 1
        if whole is not None and status == "done":
            figure.whole[bucket(whole)] += 1
    return found


def _rows(bot: str, hour: int, figure: Figure) -> Iterable[dict[str, Any]]:
    def row(measure: str, word: str, at: int, count: int, total: int = 0) -> dict[str, Any]:
        values = {"bot": bot, "hour": hour, "measure": measure, "word": word}
        return values | {"bucket": at, "count": count, "total": total}

    for key, number in figure.turns.items():
        yield row("turns", " ".join(key), 0, number)
    if figure.turns:
        yield row("read", "", 0, 0, figure.read)
        yield row("written", "", 0, 0, figure.written)
    for measure, times in (("first", figure.first), ("whole", figure.whole)):
        for at, number in times.items():
            yield row(measure, "", at, number)


def _summed(connection: Connection, bot: str, since: int, hours: int) -> dict[int, Figure]:
    """From the hours that are counted, in steps of so many `hours`."""
    step = figures.c.hour // hours
    query = (
        select(
            step.label("step"),
            figures.c.measure,
            figures.c.word,
            figures.c.bucket,
            func.sum(figures.c.count),
            func.sum(figures.c.total),
        )
        .where(figures.c.bot == bot, figures.c.hour >= since)
        .group_by(step, figures.c.measure, figures.c.word, figures.c.bucket)
    )
    found: dict[int, Figure] = {}
    for at, measure, word, place, number, total in connection.execute(query):
        figure = found.setdefault(at, Figure())
        if measure == "turns":
            channel, route, status = word.split(" ")
            figure.turns[channel, route, status] += int(number)
        elif measure == "read":
            figure.read += int(total)
        elif measure == "written":
            figure.written += int(total)
        elif measure == "first":
            figure.first[place] += int(number)
        elif measure == "whole":
            figure.whole[place] += int(number)
    return found


def _thumbs(
    connection: Connection, bot: str, since: int, seconds: int
) -> Iterable[tuple[int, str, int]]:
    """Thumbs by when they were given. Ids are read, not times: the index has them."""
    query = select(feedback.c.id, feedback.c.thumb).where(
        feedback.c.bot == bot, feedback.c.id >= from_time(since), feedback.c.thumb.is_not(None)
    )
    counted = Counter(
        (int(time_of(id) // seconds), thumb) for id, thumb in connection.execute(query)
    )
    return [(step, thumb, number) for (step, thumb), number in counted.items()]


def _api(
    connection: Connection, bot: str, since: int, seconds: int
) -> Iterable[tuple[int, str, int, int, int]]:
    step = api_counts.c.minute // (seconds // 60)
    query = (
        select(
            step,
            api_counts.c.status,
            func.sum(api_counts.c.replies),
            func.sum(api_counts.c.read),
            func.sum(api_counts.c.written),
        )
        .where(api_counts.c.bot == bot, api_counts.c.minute >= since // 60)
        .group_by(step, api_counts.c.status)
    )
    for at, status, number, read, written in connection.execute(query):
        yield at, status, int(number), int(read), int(written)
