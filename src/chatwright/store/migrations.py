"""Numbered steps that bring a database to the present shape, and the ledger of those taken.

Only forward. A step is never changed once released: a new one is added at the end, and says what
to run rather than using `tables.py`, which describes the present and not that step's time.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, func, inspect, select

from chatwright.core.errors import ChatwrightError
from chatwright.store.stamps import now
from chatwright.store.tables import ledger


def _conversations_and_feedback(connection: Connection) -> None:
    for statement in (
        """CREATE TABLE conversations (
            id TEXT PRIMARY KEY, bot TEXT NOT NULL, owner TEXT NOT NULL, channel TEXT NOT NULL,
            title TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
            deleted_at TEXT)""",
        "CREATE INDEX conversations_owner ON conversations (owner, bot, updated_at)",
        """CREATE TABLE messages (
            id TEXT PRIMARY KEY,
            conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            parent_id TEXT REFERENCES messages (id) ON DELETE CASCADE,
            role TEXT NOT NULL, content TEXT NOT NULL, status TEXT NOT NULL,
            created_at TEXT NOT NULL, seq INTEGER NOT NULL,
            route TEXT, confidence FLOAT, sources JSON NOT NULL, left_out INTEGER NOT NULL,
            finish_reason TEXT, prompt_tokens INTEGER, completion_tokens INTEGER,
            first_token_ms INTEGER, total_ms INTEGER, release TEXT, deployment TEXT,
            turn_id TEXT, error TEXT,
            UNIQUE (conversation_id, seq))""",
        "CREATE INDEX messages_parent ON messages (parent_id)",
        "CREATE INDEX messages_running ON messages (id) WHERE status = 'running'",
        """CREATE TABLE feedback (
            id TEXT PRIMARY KEY,
            message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            owner TEXT NOT NULL, thumb TEXT, comment TEXT NOT NULL, correction TEXT NOT NULL,
            release TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
            UNIQUE (message_id, owner))""",
    ):
        connection.exec_driver_sql(statement)


Step = Callable[[Connection], None]
STEPS: tuple[Step, ...] = (_conversations_and_feedback,)


def migrate(connection: Connection, steps: tuple[Step, ...] = STEPS) -> None:
    """Take the steps that are missing, within the transaction of `connection`.

    Raises `ChatwrightError` when the database was made by a newer version.
    """
    if not inspect(connection).has_table(ledger.name):
        ledger.create(connection)
    done = connection.execute(select(func.max(ledger.c.number))).scalar() or 0
    if done > len(steps):
        raise ChatwrightError(
            f"A newer chatwright wrote the store (step {done}; this one knows {len(steps)}).",
            "Update chatwright, or use the store that belongs to this version.",
        )
    for number, step in enumerate(steps[done:], start=done + 1):
        step(connection)
        row = {"number": number, "name": step.__name__.strip("_"), "applied_at": now()}
        connection.execute(ledger.insert().values(row))
