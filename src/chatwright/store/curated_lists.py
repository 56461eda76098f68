"""Which reviewed answers a list shows, and in which order: conditions for a query, and no query."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, select

from chatwright.store.stamps import now, stamp
from chatwright.store.tables import curated_answers as answers
from chatwright.store.tables import curated_questions as questions

Which = Literal["", "active", "retired", "expired", "expiring", "coming"]  # empty: all
Sort = Literal["changed", "question", "text", "expires"]
SOON = timedelta(days=30)  # within which an answer that ends is "expiring"


def listed(bot: str, state: Which) -> ColumnElement[bool]:
    """Answers in a state; those that are over, end soon or have not begun are active ones."""
    if state in ("", "active", "retired"):
        return of_bot(bot, state)
    at = now()
    soon = stamp(datetime.fromisoformat(at) + SOON)
    when = {
        "expired": answers.c.expires_at <= at,
        "expiring": and_(answers.c.expires_at > at, answers.c.expires_at <= soon),
        "coming": answers.c.starts_at > at,
    }
    return and_(of_bot(bot, "active"), when[state])


def ordered(bot: str, sort: Sort, descending: bool) -> list[ColumnElement[Any]]:
    """What was changed last comes first, and what ends first; the id decides between equals."""
    first = (
        select(questions.c.question)
        .where(
            questions.c.bot == bot, questions.c.answer_id == answers.c.id, questions.c.place == 0
        )
        .scalar_subquery()
    )
    if sort == "changed":
        changed = answers.c.revision if descending else answers.c.revision.desc()
        return [changed, answers.c.id]
    columns: dict[str, ColumnElement[Any]] = {"question": first, "text": answers.c.text}
    column = columns.get(sort, answers.c.expires_at)
    by: ColumnElement[Any] = func.lower(column) if sort != "expires" else column
    empty = [answers.c.expires_at.is_(None)] if sort == "expires" else []
    return [*empty, by.desc() if descending else by, answers.c.id]


def of_bot(bot: str, state: str = "") -> ColumnElement[bool]:
    return and_(answers.c.bot == bot, answers.c.state == state) if state else answers.c.bot == bot
