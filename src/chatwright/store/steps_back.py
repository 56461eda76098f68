"""The way back of each step of `migrations.py`: what undoes it, or why nothing does.

A step without a line here fails a test. What a step added is lost on its way back; a backup is made before.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete

from chatwright.core.errors import WrongUse
from chatwright.store.migrations import STEPS, Step, name_of
from chatwright.store.tables import ledger

# Statements in their order; or a sentence that says why there is no way back.
Back = tuple[str, ...] | str


def _without(*tables: str) -> tuple[str, ...]:
    """Tables that are referred to come after those that refer to them."""
    return tuple(f"DROP TABLE {table}" for table in tables)


def _narrower(table: str, *columns: str) -> tuple[str, ...]:
    return tuple(f"ALTER TABLE {table} DROP COLUMN {column}" for column in columns)


BACK: dict[str, Back] = {
    "conversations_and_feedback": "it made the first tables: before it there was no store",
    "access": _without(
        "clocks",
        "running",
        "allowances",
        "attempts",
        "owner_tokens",
        "sessions",
        "accounts",
        "keys",
    ),
    "privacy": "the log of who did what and the marks of erased people would be gone, "
    "and an erased person could come back with the next backup",
    "processes": (
        "DROP INDEX messages_turn",
        *_narrower("messages", "stopping", "process"),
        *_without("processes"),
    ),
    "curated": _without(
        "curated_changes", "curated_revisions", "curated_questions", "curated_answers"
    ),
    "shared_knowledge": _without(
        "knowledge_members",
        "knowledge_snapshots",
        "knowledge_passages",
        "knowledge_documents",
        "knowledge_states",
    ),
    "explanations": _narrower("messages", "explanation"),
    "raters": (
        *_without("signals"),
        "DROP INDEX feedback_bot",
        "DROP INDEX feedback_rater",
        *_narrower("feedback", "confidence", "route", "deployment", "channel", "bot", "score"),
        "ALTER TABLE feedback RENAME COLUMN rater TO owner",
    ),
    "reviews": _without("review_steps", "review_cases", "reviews"),
    "panels": _without("panel_judgements", "panel_votes", "panel_raters", "panel_items", "panels"),
    "canaries": (
        "DROP INDEX messages_release",
        *_without("staging_ticks", "staging_links", "canaries"),
    ),
    "console": _without("invitations", "samples", "api_counts", "figures"),
    "inbox": (
        *_without("teammates", "inbox_seen", "handover_notes", "handovers"),
        "DROP INDEX messages_route",
        "DROP INDEX conversations_bot",
        *_narrower("conversations", "language", "revision"),
        *_narrower("messages", "writer", "author"),
    ),
    "chats": (*_without("shares", "attachments"), *_narrower("conversations", "pinned_at")),
    "leases": _without("leases"),
    "channels_step": _without(
        "channel_states", "channel_messages", "channel_outbox", "channel_events", "channel_chats"
    ),
}


def take_back(connection: Connection, done: int, count: int) -> list[str]:
    """Undo the last `count` of `done` steps within the transaction of `connection`; their names, last first.

    Raises `WrongUse`, before anything is changed, where one of them has no way back.
    """
    names = last_names(done, count)
    for name in names:
        for statement in ways_back(name):
            connection.exec_driver_sql(statement)
        connection.execute(delete(ledger).where(ledger.c.name == name))
    return names


def last_names(done: int, count: int, steps: tuple[Step, ...] = STEPS) -> list[str]:
    """Of the last `count` steps of `done`, the last first. Raises as `take_back`."""
    if not 0 < count <= done:
        raise WrongUse(
            f"{count} steps cannot be taken back: the store has taken {done}.",
            "`chatwright upgrade --check` lists them.",
        )
    names = [name_of(step) for step in reversed(steps[done - count : done])]
    for place, name in enumerate(names):
        back = BACK[name]
        if isinstance(back, str):
            most = f"At most --back {place} is possible." if place else "Restore a backup instead."
            raise WrongUse(f"The step {name!r} has no way back: {back}.", most)
    return names


def ways_back(name: str) -> Sequence[str]:
    """The statements of a step that has a way back."""
    found = BACK[name]
    assert not isinstance(found, str), f"{name} has no way back"
    return found
