"""Exchanges that a client of the API tells of, so that feedback has something to refer to.

Replies on /v1 are not kept. A client that has feedback on one sends what was said along, and it is kept as a
conversation of the channel "api" that belongs to the client's key: read, exported, erased and learned from
under the rules of every other conversation. The same exchange sent again is the same conversation.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from chatwright.core.types import Message
from chatwright.store.database import Database
from chatwright.store.feedback import CLIENT, Rated, rate
from chatwright.store.records import FeedbackRecord
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import conversations, messages

TITLE = 60  # characters


class Exchanges:
    """Feedback with what it is about, in one piece: both are kept, or neither."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rate(
        self,
        bot: str,
        owner: str,
        said: FeedbackRecord,
        asked: Sequence[Message],
        answer: str,
        *,
        deployment: str | None,
        release: str | None,
        most: int = 0,
    ) -> Rated | None:
        """`asked` ends with the message that `answer` answers; of both, what users and assistant said is kept.
        None when nothing is said about an exchange that is not kept: there is nothing to take back.

        Raises `TooMuch` as `Feedbacks.put` does.
        """
        turn_id = _identity(bot, owner, asked, answer, deployment)
        with self._database.write() as connection:  # alone: the same exchange at once is one
            known = _known(connection, owner, turn_id)
            if known is None and said.empty:
                return None
            if known is None:
                known = _kept(connection, bot, owner, asked, answer, turn_id, deployment, release)
            return rate(connection, known, owner, said, most=most)


def _identity(
    bot: str, owner: str, asked: Sequence[Message], answer: str, deployment: str | None
) -> str:
    told = [bot, owner, deployment, answer, *([one.role, one.content] for one in asked)]
    return "told-" + hashlib.sha256(json.dumps(told).encode()).hexdigest()[:40]


def _known(connection: Connection, owner: str, turn_id: str) -> str | None:
    query = (
        select(messages.c.id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(
            messages.c.turn_id == turn_id,
            conversations.c.owner == owner,
            conversations.c.deleted_at.is_(None),
        )
    )
    found: str | None = connection.execute(query).scalar()
    return found


def _kept(
    connection: Connection,
    bot: str,
    owner: str,
    asked: Sequence[Message],
    answer: str,
    turn_id: str,
    deployment: str | None,
    release: str | None,
) -> str:
    """Write the conversation; the id of the answer."""
    talk, time = new_id(), now()
    parent: str | None = None
    title = " ".join(asked[-1].content.split())
    title = title if len(title) <= TITLE else title[: TITLE - 1].rstrip() + "…"
    row = {"id": talk, "bot": bot, "owner": owner, "channel": CLIENT, "title": title}
    connection.execute(conversations.insert().values(**row, created_at=time, updated_at=time))
    said = [one for one in asked if one.role in ("user", "assistant")]
    for place, one in enumerate((*said, Message("assistant", answer)), start=1):
        last = place > len(said)
        values: dict[str, Any] = {
            "id": new_id(),
            "conversation_id": talk,
            "parent_id": parent,
            "role": one.role,
            "content": one.content,
            "status": "done",
            "created_at": time,
            "seq": place,
            "sources": [],
            "left_out": 0,
            "stopping": 0,
            "turn_id": turn_id if last else None,
            "deployment": deployment if last else None,
            "release": release if last else None,
        }
        connection.execute(messages.insert().values(values))
        parent = values["id"]
    assert parent is not None
    return parent
