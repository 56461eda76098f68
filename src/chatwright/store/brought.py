"""Conversations that somebody brings along in a file: kept for them to read and go on with, for nothing else.

Whoever writes such a file can write any answer into it. So none of it is learned from, reviewed, counted or
shared: it belongs to no bot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from chatwright.core.errors import WrongUse
from chatwright.store.conversations import IMPORTED, NO_BOT
from chatwright.store.database import Database
from chatwright.store.records import ConversationRecord
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import conversations, messages


@dataclass(frozen=True, slots=True)
class Brought:
    """A message of the file; `id` and `parent_id` are names within the file alone."""

    id: str
    parent_id: str | None
    role: Literal["user", "assistant"]
    content: str


def bring(
    database: Database, owner: str, title: str, said: Sequence[Brought]
) -> ConversationRecord:
    """A new conversation of `owner` with these messages, parents before children.

    Raises `WrongUse` where they are no tree of questions and answers in turn.
    """
    time = now()
    record = ConversationRecord(new_id(), title, time, time, IMPORTED)
    row = {"id": record.id, "bot": NO_BOT, "owner": owner, "channel": IMPORTED, "title": title}
    made = _rows(record.id, said, time)
    with database.write(shared=True) as connection:
        connection.execute(conversations.insert().values(**row, created_at=time, updated_at=time))
        for values in made:
            connection.execute(messages.insert().values(values))
    return record


def _rows(conversation_id: str, said: Sequence[Brought], time: str) -> list[dict[str, Any]]:
    ids: dict[str, tuple[str, str]] = {}  # its id here, and its role
    rows: list[dict[str, Any]] = []
    for seq, one in enumerate(said, start=1):
        above = ids.get(one.parent_id) if one.parent_id is not None else ("", "")
        if above is None or one.id in ids or above[1] == one.role:
            raise WrongUse(
                f"Message {seq} of the file does not follow from those before it.",
                "Import a file that an export of this page made.",
            )
        ids[one.id] = (new_id(), one.role)
        rows.append(
            {
                "id": ids[one.id][0],
                "conversation_id": conversation_id,
                "parent_id": above[0] or None,
                "role": one.role,
                "content": one.content,
                "status": "done",
                "created_at": time,
                "seq": seq,
                "sources": [],
                "left_out": 0,
                "stopping": 0,
            }
        )
    return rows
