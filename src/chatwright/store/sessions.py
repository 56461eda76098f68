"""Who is logged in: sessions by the keyed hash of their cookie, and failed logins that slow the next.

Times are seconds on the store's clock (`clock.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, delete, or_, select, text, update

from chatwright.store.accounts import AccountRecord
from chatwright.store.database import Database
from chatwright.store.tables import accounts, attempts, sessions

IDLE = 12 * 3600.0  # seconds after which an unused session ends
LONGEST = 30 * 24 * 3600.0  # after which any does
NOTED = 300.0  # use is written down at most this often
# A row to lock, whoever comes first: then two at the same time are one after the other.
MAKE = text(
    "INSERT INTO attempts (holder, failures, last, until) VALUES (:holder, 0, 0, 0)"
    " ON CONFLICT (holder) DO NOTHING"
)
FORGET = 24 * 3600.0  # after which failures no longer count


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A login, by the keyed hash of its cookie."""

    digest: str
    account_id: str
    began: float
    seen: float


class Sessions:
    """Begin, find and end sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, account_id: str, digest: str, at: float, replaces: str | None = None) -> None:
        """A new session; the one that the browser had before ends, and all that are over go."""
        over = or_(
            sessions.c.digest == replaces,
            sessions.c.seen <= at - IDLE,
            sessions.c.began <= at - LONGEST,
        )
        row = {"digest": digest, "account_id": account_id, "began": at, "seen": at}
        with self._database.write() as connection:
            connection.execute(delete(sessions).where(over))
            connection.execute(sessions.insert().values(row))

    def find(self, digest: str, bot: str, at: float) -> AccountRecord | None:
        """Whose session that is, unless it or the account is over; counts as use of it."""
        query = (
            select(accounts, sessions.c.seen)
            .join(sessions, sessions.c.account_id == accounts.c.id)
            .where(
                sessions.c.digest == digest,
                sessions.c.seen > at - IDLE,
                sessions.c.began > at - LONGEST,
                accounts.c.bot == bot,
                accounts.c.disabled_at.is_(None),
            )
        )
        with self._database.read() as connection:
            found = connection.execute(query).mappings().first()
        if found is None:
            return None
        values = dict(found)
        if at - values.pop("seen") > NOTED:
            touch = update(sessions).where(sessions.c.digest == digest).values(seen=at)
            with self._database.write() as connection:
                connection.execute(touch)
        return AccountRecord.of(values)

    def living(self, bot: str, at: float) -> list[SessionRecord]:
        """All logins of a bot's accounts that are not over, last used first."""
        query = (
            select(sessions.c.digest, sessions.c.account_id, sessions.c.began, sessions.c.seen)
            .join(accounts, accounts.c.id == sessions.c.account_id)
            .where(
                accounts.c.bot == bot, sessions.c.seen > at - IDLE, sessions.c.began > at - LONGEST
            )
            .order_by(sessions.c.seen.desc())
        )
        with self._database.read() as connection:
            return [SessionRecord(*row) for row in connection.execute(query)]

    def end_all(self, account_id: str, but: str = "") -> int:
        """Log an account out everywhere, `but` for the session of that digest; how many those were."""
        which = and_(sessions.c.account_id == account_id, sessions.c.digest != but)
        with self._database.write() as connection:
            return connection.execute(delete(sessions).where(which)).rowcount

    def end(self, digest: str) -> None:
        with self._database.write() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest))


@dataclass(frozen=True, slots=True)
class Patience:
    """How failures are met: the first `free` at once, then waits that double from `first` seconds."""

    free: int
    first: float = 30.0
    longest: float = 900.0

    def wait(self, failures: int) -> float:
        """Seconds to wait after so many failures."""
        beyond = failures - self.free
        return 0.0 if beyond < 0 else min(self.longest, self.first * 2.0 ** min(beyond, 30))


class Attempts:
    """Failed logins, by a keyed hash of what they have in common."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, holders: Mapping[str, Patience], at: float) -> float:
        """Seconds to wait; 0 when an attempt may be made now, which is then counted as failed.

        Counted before it is made, so that many at the same time are not more than one after another.
        """
        if not holders:
            return 0.0
        names = sorted(holders)
        mine = attempts.c.holder.in_(names)
        query = select(attempts).where(mine).order_by(attempts.c.holder).with_for_update()
        with self._database.write() as connection:
            connection.execute(MAKE, [{"holder": name} for name in names])
            rows = connection.execute(query).mappings().all()
            # Never longer than the longest wait, should the clock of another machine be ahead.
            waits = (min(row["until"] - at, holders[row["holder"]].longest) for row in rows)
            wait = float(max(waits, default=0.0))
            if wait > 0:
                return wait
            old = and_(attempts.c.last <= at - FORGET, attempts.c.holder.not_in(names))
            connection.execute(delete(attempts).where(old))
            for row in rows:
                recent = row["last"] > at - FORGET
                failures = row["failures"] + 1 if recent else 1
                until = at + holders[row["holder"]].wait(failures)
                values = {"failures": failures, "last": at, "until": until}
                own = update(attempts).where(attempts.c.holder == row["holder"])
                connection.execute(own.values(**values))
        return 0.0

    def succeed(self, holders: list[str]) -> None:
        """What was counted against `holders` no longer is."""
        with self._database.write() as connection:
            connection.execute(delete(attempts).where(attempts.c.holder.in_(holders)))
