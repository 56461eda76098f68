"""Why replies were given as they were: read for whoever looks after the bot, whoever asked.

Written with the turn's outcome (`turns.py`), and gone with the message. Whoever shows it must look at the
owner's consent first: what was weighed may hold words of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from chatwright.core.types import Mark, Route
from chatwright.store.database import Database
from chatwright.store.tables import BY_BOT, conversations, messages


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """A reply that is not being written any more, without its words. `explanation` is None where nothing was
    chosen: the model's words were passed on, or a rule spoke."""

    id: str
    owner: str
    created_at: str
    route: Route | None
    confidence: float | None
    mark: Mark | None
    sources: tuple[Mapping[str, str], ...]
    release: str | None
    deployment: str | None
    explanation: Mapping[str, Any] | None


class Explanations:
    """Of all owners' replies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, message_id: str, bot: str) -> ExplainedRow | None:
        """None for what is no reply of this bot, is still being written, or is in a deleted conversation."""
        names = [name for name in ExplainedRow.__dataclass_fields__ if name != "owner"]
        query = (
            select(conversations.c.owner, *(messages.c[name] for name in names))
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(
                messages.c.id == message_id,
                messages.c.role == "assistant",
                BY_BOT,
                messages.c.status != "running",
                conversations.c.bot == bot,
                conversations.c.deleted_at.is_(None),
            )
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else ExplainedRow(**{**row, "sources": tuple(row["sources"])})
