"""Canaries: a candidate that answers a share of the people. The rows here say which, how many and until when.

What came of it is counted from the messages and their feedback, each time anew: there is no second bookkeeping.
Who falls into which arm is `improve.canary`'s.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select, update

from chatwright.core.errors import Conflict, NotFound
from chatwright.core.types import Role
from chatwright.store.database import Database
from chatwright.store.loop_tables import canaries
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import conversations, feedback, messages, signals

State = Literal["running", "promoted", "rolled_back", "stopped", "failed"]
STRONG = 0.5  # of a weak signal that counts
STAGING = "staging"  # the channel of invited testers, who are in no live figure


@dataclass(frozen=True, slots=True)
class Step:
    """From `since` on this share of the people."""

    share: float
    since: str


@dataclass(frozen=True, slots=True)
class CanaryRecord:
    """One canary. `against`: the release that was served when it began; `deployment`: the candidate's, as it
    would be promoted."""

    id: str
    bot: str
    release: str
    deployment: str
    calibration: str | None
    against: str
    salt: str
    steps: tuple[Step, ...]
    settings: Mapping[str, Any]
    author: str
    began: str
    ended: str | None
    state: State
    reason: str

    @property
    def share(self) -> float:
        return self.steps[-1].share

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> CanaryRecord:
        steps = tuple(Step(**one) for one in row["steps"])
        return cls(**{**row, "steps": steps})


class Seen(NamedTuple):
    """A reply that ended, and what became of it; never what was said. `weak`: a weak signal against it."""

    owner: str
    release: str
    at: str
    failed: bool
    refused: bool
    first_ms: int | None
    total_ms: int | None
    ups: int
    downs: int
    weak: int = 0


class Canaries:
    """Start, change and end canaries of a bot, and read what they came to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(
        self,
        bot: str,
        release: str,
        deployment: str,
        against: str,
        share: float,
        settings: Mapping[str, Any],
        *,
        calibration: str | None = None,
        author: str = "cli",
    ) -> CanaryRecord:
        """A new one, which running servers take up. Raises `Conflict` while another one runs."""
        time = now()
        record = CanaryRecord(
            id=new_id(),
            bot=bot,
            release=release,
            deployment=deployment,
            calibration=calibration,
            against=against,
            salt=secrets.token_hex(16),
            steps=(Step(share, time),),
            settings=dict(settings),
            author=author,
            began=time,
            ended=None,
            state="running",
            reason="",
        )
        with self._database.write() as connection:
            running = connection.execute(_running(bot)).mappings().first()
            if running is not None:
                raise Conflict(
                    f"A canary of release {running['release']} is running already.",
                    "End it first: `chatwright canary stop`.",
                    code="canary_running",
                )
            values = asdict(record) | {"steps": [asdict(step) for step in record.steps]}
            connection.execute(canaries.insert().values(values))
        return record

    def running(self, bot: str) -> CanaryRecord | None:
        with self._database.read() as connection:
            row = connection.execute(_running(bot)).mappings().first()
        return CanaryRecord.of(dict(row)) if row else None

    def find(self, id: str) -> CanaryRecord | None:
        with self._database.read() as connection:
            row = connection.execute(select(canaries).where(canaries.c.id == id)).mappings().first()
        return CanaryRecord.of(dict(row)) if row else None

    def all(self, bot: str) -> list[CanaryRecord]:
        """Newest first."""
        query = select(canaries).where(canaries.c.bot == bot).order_by(canaries.c.id.desc())
        with self._database.read() as connection:
            return [CanaryRecord.of(dict(row)) for row in connection.execute(query).mappings()]

    def grow(self, id: str, share: float, expected: int) -> bool:
        """The next step, if there are `expected` by now: of several processes one takes it."""
        with self._database.write() as connection:
            row = connection.execute(select(canaries).where(canaries.c.id == id)).mappings().first()
            if row is None or row["ended"] is not None or len(row["steps"]) != expected:
                return False
            steps = [*row["steps"], {"share": share, "since": now()}]
            change = update(canaries).where(canaries.c.id == id).values(steps=steps)
            connection.execute(change)
        return True

    def end(self, id: str, state: State, reason: str) -> bool:
        """End it; False when it had ended before, for whatever reason: the first one stays."""
        change = (
            update(canaries)
            .where(canaries.c.id == id, canaries.c.ended.is_(None))
            .values(ended=now(), state=state, reason=reason)
        )
        with self._database.write() as connection:
            return connection.execute(change).rowcount == 1

    # --- what it came to --------------------------------------------------------------------------

    def seen(self, bot: str, releases: Collection[str], since: str) -> Iterator[Seen]:
        """Replies by these releases that began since then and ended, in their order."""
        query = (
            _replies(bot, releases, since)
            .with_only_columns(
                conversations.c.owner,
                messages.c.release,
                messages.c.created_at,
                messages.c.status,
                messages.c.route,
                messages.c.first_token_ms,
                messages.c.total_ms,
                *_thumbs(),
                _weak(),
            )
            .order_by(messages.c.created_at, messages.c.id)
        )
        with self._database.read() as connection:
            rows = connection.execution_options(yield_per=5000).execute(query)
            for owner, release, at, status, route, first, total, ups, downs, weak in rows:
                failed, refused = status == "failed", route == "refused"
                yield Seen(owner, release, at, failed, refused, first, total, ups, downs, weak)

    def totals(self, bot: str, releases: Collection[str], since: str) -> dict[str, tuple[int, int]]:
        """How many replies of each release ended since then, and how many of them failed."""
        query = (
            _replies(bot, releases, since)
            .with_only_columns(
                messages.c.release, func.count(), _sum(messages.c.status == "failed")
            )
            .group_by(messages.c.release)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return {release: (n, int(failed or 0)) for release, n, failed in rows}

    def days(self, bot: str, releases: Collection[str], since: str) -> list[dict[str, Any]]:
        """Counts of each day (UTC) and release: people, replies, errors, refusals, ups, downs."""
        ups, downs = _thumbs()
        each = (
            _replies(bot, releases, since)
            .with_only_columns(
                func.substr(messages.c.created_at, 1, 10).label("day"),
                messages.c.release,
                conversations.c.owner,
                messages.c.status,
                messages.c.route,
                ups.label("ups"),
                downs.label("downs"),
            )
            .subquery("each")
        )
        query = (
            select(
                each.c.day,
                each.c.release,
                func.count(each.c.owner.distinct()).label("people"),
                func.count().label("replies"),
                _sum(each.c.status == "failed").label("errors"),
                _sum(each.c.route == "refused").label("refusals"),
                func.sum(each.c.ups).label("ups"),
                func.sum(each.c.downs).label("downs"),
            )
            .group_by(each.c.day, each.c.release)
            .order_by(each.c.day, each.c.release)
        )
        with self._database.read() as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
        whole = ("people", "replies", "errors", "refusals", "ups", "downs")
        return [row | {name: int(row[name] or 0) for name in whole} for row in rows]


def asked_again(
    database: Database, ids: Collection[str], oldest: str, last: int
) -> list[list[tuple[Role, str]]]:
    """What led to the newest `last` of the replies `ids` that began at `oldest` or later: from the first
    message of the conversation to the question, the oldest reply's first. None of invited testers."""
    wanted = set(ids)
    newest = (
        select(messages.c.id, messages.c.parent_id, messages.c.conversation_id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(
            messages.c.role == "assistant",
            messages.c.created_at >= oldest,
            conversations.c.channel != STAGING,
        )
        .order_by(messages.c.id.desc())
    )
    found, paths = list[tuple[str, str]](), list[list[tuple[Role, str]]]()
    with database.read() as connection:
        for id, parent, conversation in connection.execute(newest):
            if id in wanted and parent is not None and len(found) < last:
                found.append((parent, conversation))
        for parent, conversation in reversed(found):
            query = select(
                messages.c.id, messages.c.parent_id, messages.c.role, messages.c.content
            ).where(messages.c.conversation_id == conversation)
            tree = {row.id: row for row in connection.execute(query)}
            path, at = list[tuple[Role, str]](), tree.get(parent)
            while at is not None:
                path.append((at.role, at.content))
                at = tree.get(at.parent_id)
            paths.append(path[::-1])
    return paths


def found_one(record: CanaryRecord | None) -> CanaryRecord:
    """Raises `NotFound` where no canary runs."""
    if record is None:
        raise NotFound("No canary is running.", "Start one: `chatwright canary start RELEASE`.")
    return record


def _running(bot: str) -> Select[Any]:
    return select(canaries).where(canaries.c.bot == bot, canaries.c.ended.is_(None))


def _replies(bot: str, releases: Collection[str], since: str) -> Select[Any]:
    """Replies of live channels that ended by themselves: one that somebody stopped tells nothing."""
    source = messages.join(conversations, conversations.c.id == messages.c.conversation_id)
    return (
        select(messages.c.id)
        .select_from(source)
        .where(
            conversations.c.bot == bot,
            conversations.c.channel != STAGING,
            conversations.c.deleted_at.is_(None),
            messages.c.role == "assistant",
            messages.c.status.in_(("done", "failed")),
            messages.c.release.in_(tuple(releases)),
            messages.c.created_at >= since,
        )
    )


def _thumbs() -> tuple[ColumnElement[int], ColumnElement[int]]:
    """How many people liked a reply, and how many did not."""
    ups, downs = (
        select(func.count())
        .select_from(feedback)
        .where(feedback.c.message_id == messages.c.id, feedback.c.thumb == thumb)
        .scalar_subquery()
        for thumb in ("up", "down")
    )
    return ups, downs


def _weak() -> ColumnElement[int]:
    """How many weak signals speak against a reply. A refusal is counted by itself."""
    return (
        select(func.count())
        .select_from(signals)
        .where(
            signals.c.message_id == messages.c.id,
            signals.c.kind != "refused",
            signals.c.strength >= STRONG,
        )
        .scalar_subquery()
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
