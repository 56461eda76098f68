"""The tables of conversations that a person of the team takes part in. `migrations.py` makes them.

Apart from `tables.py` for its length alone; types and times are as there. All of it goes with its conversation.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from chatwright.store.tables import metadata

handovers = Table(
    "handovers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation_id", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("state", Text, nullable=False),  # "wanted", "taken" or "ended"
    Column("reason", Text, nullable=False),
    Column("message_id", Text),  # the reply that handed over
    Column("wanted_at", Text),  # null: nobody asked, one of the team took it
    Column("taken_by", Text, nullable=False),  # "account:...", "key:...", or empty
    Column("name", Text, nullable=False),  # what the visitor calls them
    Column("taken_at", Text),
    Column("ended_at", Text),
    Column("ended", Text),  # "handed_back", "closed" or "left"
    Column("revision", Integer, nullable=False),  # grows over all of a conversation's
    Column(
        "answer_key", Text, nullable=False
    ),  # of the last answer: the same one is not sent twice
    Column("answer_id", Text),
)

handover_notes = Table(
    "handover_notes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation_id", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
)

inbox_seen = Table(
    "inbox_seen",
    metadata,
    Column("who", Text, primary_key=True),
    Column("conversation_id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),  # of the newest message that they have seen
)

teammates = Table(
    "teammates",
    metadata,
    Column("who", Text, primary_key=True),
    Column("name", Text, nullable=False),  # as visitors see it
)
