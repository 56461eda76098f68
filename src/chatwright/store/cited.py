"""How many replies rested on a document of late. It counts; whose replies they are is not told."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from chatwright.store.asked import MOST
from chatwright.store.database import Database
from chatwright.store.stamps import stamp
from chatwright.store.tables import conversations, messages

DAYS = 30


def cited(database: Database, bot: str, days: int = DAYS) -> Counter[str]:
    """Replies by the name of each document that they showed as a source, of the newest `MOST` replies."""
    since = stamp(datetime.now(UTC) - timedelta(days=days))
    query = (
        select(messages.c.sources)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(
            conversations.c.bot == bot,
            conversations.c.deleted_at.is_(None),
            messages.c.role == "assistant",
            messages.c.created_at >= since,
        )
        .order_by(messages.c.created_at.desc())
        .limit(MOST)
    )
    found = Counter[str]()
    with database.read() as connection:
        for row in connection.execute(query):
            found.update({str(one["uri"]).partition("#page=")[0] for one in row.sources})
    return found
