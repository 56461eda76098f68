"""How much of its allowance each caller has left, shared by all processes on one store.

A minute's requests and tokens are buckets that fill evenly; what a day may use is counted from its
first use on for 24 hours. Requests are taken before they are answered. Tokens are known only after:
they are charged then, and a bucket may owe some, which is waited for before the next request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from chatwright.store.database import Database
from chatwright.store.tables import allowances, running

MINUTE, DAY = 60.0, 24 * 3600.0
SEEN = 15.0  # seconds for which a process's word about its running requests counts
KEPT = 2 * DAY  # a row that nobody used for so long says nothing
KNOWN = 10_000  # callers

What = Literal["requests", "tokens", "day", "streams"]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one caller may use; 0 is without a limit."""

    requests_per_minute: int = 0
    tokens_per_minute: int = 0
    tokens_per_day: int = 0
    streams: int = 0

    @property
    def limited(self) -> bool:
        return bool(
            self.requests_per_minute
            or self.tokens_per_minute
            or self.tokens_per_day
            or self.streams
        )


@dataclass(frozen=True, slots=True)
class Level:
    """What is left at a moment of the store's clock."""

    at: float
    requests: float
    tokens: float
    day_at: float
    day_tokens: int

    @classmethod
    def full(cls, allowance: Allowance, at: float) -> Level:
        return cls(at, allowance.requests_per_minute, allowance.tokens_per_minute, at, 0)

    def later(self, allowance: Allowance, at: float) -> Level:
        """The level when nothing was used until `at`. A clock that stood back gives nothing."""
        passed = max(0.0, at - self.at) / MINUTE
        day_over = at - self.day_at >= DAY
        most_requests, most_tokens = allowance.requests_per_minute, allowance.tokens_per_minute
        return Level(
            at,
            min(most_requests, self.requests + passed * most_requests),
            min(most_tokens, self.tokens + passed * most_tokens) if most_tokens else 0.0,
            at if day_over else min(self.day_at, at),
            0 if day_over else self.day_tokens,
        )


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of a caller. `requests` 0 only asks for a stream."""

    holder: str
    allowance: Allowance
    requests: int = 1
    streams: int = 1  # of this process that the caller would have with it


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a request may go on: `refused` names what is used up, `wait` is in seconds."""

    level: Level
    refused: What | None = None
    wait: float = 0.0


def answer(ask: Ask, level: Level, elsewhere: int = 0) -> Answer:
    """Decide on `ask` at a level that is of now; `elsewhere` are its streams in other processes."""
    may = ask.allowance
    if may.streams and ask.streams + elsewhere > may.streams:
        return Answer(level, "streams", 1.0)
    if may.tokens_per_day and level.day_tokens >= may.tokens_per_day:
        return Answer(level, "day", level.day_at + DAY - level.at)
    if may.tokens_per_minute and level.tokens < 1:
        return Answer(level, "tokens", (1 - level.tokens) * MINUTE / may.tokens_per_minute)
    if may.requests_per_minute and level.requests < ask.requests:
        missing = ask.requests - level.requests
        return Answer(level, "requests", missing * MINUTE / may.requests_per_minute)
    if may.requests_per_minute:
        level = replace(level, requests=level.requests - ask.requests)
    return Answer(level)


def charged(level: Level, tokens: int) -> Level:
    return replace(level, tokens=level.tokens - tokens, day_tokens=level.day_tokens + tokens)


MAKE = text(
    "INSERT INTO allowances (holder, at, requests, tokens, day_at, day_tokens)"
    " VALUES (:holder, :at, :requests, :tokens, :day_at, :day_tokens)"
    " ON CONFLICT (holder) DO NOTHING"
)
CHANGE = (
    update(allowances)
    .where(allowances.c.holder == bindparam("whose"))
    .values({name: bindparam(f"new_{name}") for name in Level.__dataclass_fields__})
)
# Made once: SQLAlchemy takes longer to put a query together than SQLite to answer it.
LOCK = (
    select(allowances)
    .where(allowances.c.holder.in_(bindparam("holders", expanding=True)))
    .order_by(allowances.c.holder)
    .with_for_update()
)
ELSEWHERE = (
    select(running.c.holder, func.sum(running.c.requests))
    .where(
        running.c.holder.in_(bindparam("holders", expanding=True)),
        running.c.process != bindparam("process"),
        running.c.at > bindparam("since"),
    )
    .group_by(running.c.holder)
)
TELL = text(
    "INSERT INTO running (holder, process, requests, at)"
    " VALUES (:holder, :process, :requests, :at)"
    " ON CONFLICT (holder, process) DO UPDATE SET requests = :requests, at = :at"
)


class _Forgotten(Exception):
    """A caller's row is gone: nobody used it for days."""


class Allowances:
    """Takes and charges, many callers in one short transaction. `process` names this one."""

    def __init__(self, database: Database, process: str) -> None:
        self._database = database
        self._process = process
        self._made: set[str] = set()  # callers that have a row, as far as is known

    def take(
        self,
        asks: Sequence[Ask],
        owed: Mapping[str, tuple[Allowance, int]],
        streams: Mapping[str, int],
        at: float,
    ) -> list[Answer]:
        """Charge the tokens in `owed`, tell how many `streams` run here, then answer `asks` in order.

        All three by holder; rows are locked in one order, so that processes do not block each other.
        """
        may = {holder: allowance for holder, (allowance, _) in owed.items()}
        may |= {ask.holder: ask.allowance for ask in asks}
        try:
            return self._take(asks, owed, streams, may, at)
        except _Forgotten:
            self._made.clear()
            return self._take(asks, owed, streams, may, at)

    def _take(
        self,
        asks: Sequence[Ask],
        owed: Mapping[str, tuple[Allowance, int]],
        streams: Mapping[str, int],
        may: Mapping[str, Allowance],
        at: float,
    ) -> list[Answer]:
        with self._database.write(shared=True, durable=False) as connection:
            levels = self._levels(connection, may, at)
            for holder, (_, tokens) in owed.items():
                levels[holder] = charged(levels[holder], tokens)
            self._tell(connection, streams, at)
            shared = sorted({ask.holder for ask in asks if ask.allowance.streams})
            elsewhere = self._elsewhere(connection, shared, at)
            answers = []
            for ask in asks:
                given = answer(ask, levels[ask.holder], elsewhere.get(ask.holder, 0))
                levels[ask.holder] = given.level
                answers.append(given)
            self._save(connection, levels)
        if len(self._made) > KNOWN:
            self._made.clear()
        self._made |= may.keys()
        return answers

    def forget(self, at: float) -> None:
        """Drop rows of callers that were not seen for days, and of processes that are gone."""
        with self._database.write() as connection:
            connection.execute(delete(allowances).where(allowances.c.at < at - KEPT))
            connection.execute(delete(running).where(running.c.at < at - SEEN))

    def _levels(
        self, connection: Connection, may: Mapping[str, Allowance], at: float
    ) -> dict[str, Level]:
        """The rows of all holders as they are now, locked.

        Rows are made before any is locked: a process that held one lock while it made a row could
        wait for another that waits for it.
        """
        missing = sorted(may.keys() - self._made)
        if missing:
            rows = [{"holder": h} | asdict(Level.full(may[h], at)) for h in missing]
            connection.execute(MAKE, rows)
        found = _locked(connection, may) if may else {}
        if found.keys() != may.keys():
            raise _Forgotten
        return {holder: level.later(may[holder], at) for holder, level in found.items()}

    def _save(self, connection: Connection, levels: Mapping[str, Level]) -> None:
        rows = [
            {"whose": holder} | {f"new_{name}": value for name, value in asdict(level).items()}
            for holder, level in sorted(levels.items())
        ]
        if rows:
            connection.execute(CHANGE, rows)

    def _tell(self, connection: Connection, streams: Mapping[str, int], at: float) -> None:
        rows = [
            {"holder": holder, "process": self._process, "requests": count, "at": at}
            for holder, count in sorted(streams.items())
        ]
        if rows:
            connection.execute(TELL, rows)

    def _elsewhere(
        self, connection: Connection, holders: Sequence[str], at: float
    ) -> dict[str, int]:
        if not holders:
            return {}
        values = {"holders": holders, "process": self._process, "since": at - SEEN}
        found = connection.execute(ELSEWHERE, values)
        return {holder: int(total) for holder, total in found}


def _locked(connection: Connection, holders: Iterable[str]) -> dict[str, Level]:
    found = connection.execute(LOCK, {"holders": list(holders)})
    return {row.holder: Level(*row[1:]) for row in found}
