"""Everybody's conversations with a bot, for those who review it: pages of them by filter, and each one whole.

What is shown is what is stored; whoever shows it writes down that it was read.
A page looks through a bounded number of conversations, so that a rare word costs no more than a frequent one:
where it found few, the next page goes on further back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select, tuple_

from chatwright.core.types import Route
from chatwright.store.database import Database
from chatwright.store.inbox_tables import handovers
from chatwright.store.loop_tables import reviews
from chatwright.store.records import MessageRecord, Thumb
from chatwright.store.tables import MESSAGE, conversations, feedback, messages

# Conversations that one page looks through: where messages are read for their words, and where they are not.
READ, LOOKED = 4_000, 20_000
NAMES = ("id", "owner", "channel", "title", "language", "created_at", "updated_at")
COLUMNS = tuple(conversations.c[name] for name in NAMES)
PLACE = (conversations.c.updated_at, conversations.c.id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conversations; empty: all. `since` and `until` (not included) are about when they last went on.
    `text` stands in a title or a message; `person`: one of the team took part, or was wanted."""

    since: str = ""
    until: str = ""
    channel: str = ""
    language: str = ""
    route: Route | None = None
    release: str = ""
    thumb: Thumb | None = None
    person: bool | None = None
    text: str = ""

    @property
    def used(self) -> tuple[str, ...]:
        """The names of the filters that are set."""
        empty = Wanted()
        names = type(self).__dataclass_fields__
        return tuple(n for n in names if getattr(self, n) != getattr(empty, n))


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation without its messages, whoever's; the figures are of all its branches."""

    id: str
    owner: str
    channel: str
    title: str
    language: str | None
    created_at: str
    updated_at: str
    messages: int = 0
    routes: tuple[str, ...] = ()
    ups: int = 0
    downs: int = 0
    person: str | None = None  # the state of its newest hand-over


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said about a reply."""

    rater: str
    thumb: Thumb | None
    score: float | None
    comment: str
    correction: str
    at: str


@dataclass(frozen=True, slots=True)
class Told:
    """A message as the team sees it: with everybody's feedback, and its review where there is one."""

    message: MessageRecord
    said: tuple[Said, ...] = ()
    review: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Conversations, the latest first. `after`: where the next page goes on; None: there is none. `reached`: up
    to when this one has looked, where it did not fill up before that."""

    talks: tuple[Talk, ...]
    after: tuple[str, str] | None
    reached: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by."""

    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    releases: tuple[str, ...] = field(default=())


class Talks:
    """Of all owners of one bot's conversations; none that were deleted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self, bot: str, wanted: Wanted, after: tuple[str, str] | None = None, limit: int = 50
    ) -> Page:
        """Those after the place `after` (time and id, as a page gives it). Whatever begins meanwhile comes on
        the first page and moves no other."""
        most = READ if wanted.text else LOOKED
        window = _window(bot, wanted, after)
        with self._database.read() as connection:
            # By the index alone, so that the rows themselves are read no further than the page is full.
            end = None
            if set(wanted.used) - {"since", "until"}:
                last = _ordered(select(PLACE[0], PLACE[1]).where(*window))
                end = connection.execute(last.limit(1).offset(most - 1)).first()
            bounds = window if end is None else [*window, tuple_(*PLACE) >= tuple_(*end)]
            query = select(*COLUMNS).where(*bounds, *_matching(bot, wanted))
            rows = connection.execute(_ordered(query).limit(limit + 1)).mappings().all()
            figures = _figures(connection, [row["id"] for row in rows[:limit]])
        talks = tuple(Talk(**row, **figures.get(row["id"], {})) for row in rows[:limit])
        if len(rows) > limit:
            return Page(talks, (talks[-1].updated_at, talks[-1].id))
        if end is None:
            return Page(talks, None)
        return Page(talks, (end.updated_at, end.id), end.updated_at)

    def choices(self, bot: str) -> Choices:
        """Channels and languages of all, and the releases that answered lately."""
        mine = (conversations.c.bot == bot) & conversations.c.deleted_at.is_(None)
        lately = _ordered(select(conversations.c.id).where(mine)).limit(LOOKED).subquery()
        found = select(messages.c.release).join(lately, lately.c.id == messages.c.conversation_id)
        with self._database.read() as connection:
            columns = (conversations.c.channel, conversations.c.language)
            channels, languages = (
                tuple(sorted(v for v in connection.scalars(select(c).where(mine).distinct()) if v))
                for c in columns
            )
            releases = connection.scalars(found.distinct())
            return Choices(channels, languages, tuple(sorted(one for one in releases if one)))

    def find(self, bot: str, id: str) -> Talk | None:
        query = select(*COLUMNS).where(
            conversations.c.id == id,
            conversations.c.bot == bot,
            conversations.c.deleted_at.is_(None),
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            return Talk(**row, **_figures(connection, [id]).get(id, {}))

    def messages(self, ids: Sequence[str]) -> dict[str, list[Told]]:
        """All messages of these conversations, by conversation, in the order in which they were made."""
        of_them = messages.c.conversation_id.in_(ids)
        query = select(*MESSAGE).where(of_them).order_by(messages.c.conversation_id, messages.c.seq)
        rated = select(feedback).join(messages, messages.c.id == feedback.c.message_id)
        rated = rated.where(of_them).order_by(feedback.c.id)
        judged = select(reviews.c.message_id, reviews.c.id).where(
            reviews.c.conversation_id.in_(ids)
        )
        with self._database.read() as connection:
            said: dict[str, list[Said]] = {}
            for row in connection.execute(rated):
                values = (row.rater, row.thumb, row.score, row.comment, row.correction)
                said.setdefault(row.message_id, []).append(Said(*values, row.updated_at))
            review = {row.message_id: row.id for row in connection.execute(judged)}
            found: dict[str, list[Told]] = {}
            for one in connection.execute(query).mappings():
                message = MessageRecord.of(dict(one))
                told = Told(message, tuple(said.get(message.id, ())), review.get(message.id))
                found.setdefault(message.conversation_id, []).append(told)
        return found


def _window(bot: str, wanted: Wanted, after: tuple[str, str] | None) -> list[ColumnElement[bool]]:
    """What one index finds."""
    found = [conversations.c.bot == bot]
    if wanted.since:
        found.append(conversations.c.updated_at >= wanted.since)
    if wanted.until:
        found.append(conversations.c.updated_at < wanted.until)
    if after is not None:
        found.append(tuple_(*PLACE) < tuple_(*after))
    return found


def _ordered(query: Select[Any]) -> Select[Any]:
    return query.order_by(*(column.desc() for column in PLACE))


def _matching(bot: str, wanted: Wanted) -> list[ColumnElement[bool]]:
    table = conversations.c
    found: list[ColumnElement[bool]] = [table.deleted_at.is_(None)]
    mine = messages.c.conversation_id == table.id
    if wanted.channel:
        found.append(table.channel == wanted.channel)
    if wanted.language:
        found.append(table.language == wanted.language)
    if wanted.route is not None:
        found.append(exists().where(mine, messages.c.route == wanted.route))
    if wanted.release:
        found.append(exists().where(mine, messages.c.release == wanted.release))
    if wanted.thumb is not None:  # rated are few: found once, not for each conversation
        rated = select(messages.c.conversation_id).join(
            feedback, feedback.c.message_id == messages.c.id
        )
        rated = rated.where(feedback.c.bot == bot, feedback.c.thumb == wanted.thumb)
        found.append(table.id.in_(rated))
    if wanted.person is not None:
        took = table.id.in_(select(handovers.c.conversation_id).where(handovers.c.bot == bot))
        found.append(took if wanted.person else ~took)
    if wanted.text:
        said = exists().where(mine, messages.c.content.icontains(wanted.text, autoescape=True))
        found.append(or_(table.title.icontains(wanted.text, autoescape=True), said))
    return found


def _figures(connection: Any, ids: Sequence[str]) -> Mapping[str, dict[str, Any]]:
    """Of conversations on a page."""
    if not ids:
        return {}
    counted = select(messages.c.conversation_id, messages.c.route, func.count())
    counted = counted.where(messages.c.conversation_id.in_(ids))
    counted = counted.group_by(messages.c.conversation_id, messages.c.route)
    found: dict[str, dict[str, Any]] = {}
    for id, route, count in connection.execute(counted):
        about = found.setdefault(id, {"messages": 0, "routes": ()})
        about["messages"] += count
        about["routes"] = (*about["routes"], route) if route else about["routes"]
    rated = select(messages.c.conversation_id, *map(_thumbs, ("up", "down")))
    rated = rated.join(messages, messages.c.id == feedback.c.message_id)
    rated = rated.where(messages.c.conversation_id.in_(ids)).group_by(messages.c.conversation_id)
    for id, ups, downs in connection.execute(rated):
        found[id] |= {"ups": int(ups), "downs": int(downs)}
    state = select(handovers.c.conversation_id, handovers.c.state)
    state = state.where(handovers.c.conversation_id.in_(ids)).order_by(handovers.c.revision)
    for id, one in connection.execute(state):
        found.setdefault(id, {})["person"] = one
    return found


def _thumbs(thumb: str) -> ColumnElement[int]:
    return func.sum(case((feedback.c.thumb == thumb, 1), else_=0))
