"""The tables of what people do with their own conversations: attach a text, share a link. `migrations.py`
makes them; types and times are as in `tables.py`."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, Table, Text

from chatwright.store.tables import metadata

attachments = Table(
    "attachments",
    metadata,
    Column("message_id", Text, primary_key=True),  # the user's message that it came with
    Column("place", Integer, primary_key=True, autoincrement=False),  # from 0
    Column("name", Text, nullable=False),
    Column("content", Text, nullable=False),
)

# What a link shows is no copy: the ids of messages, which never change once they are whole. So whatever
# erases or prunes a conversation reaches every link to it.
shares = Table(
    "shares",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation_id", Text, nullable=False),
    Column("digest", Text, nullable=False),  # of the secret in the link
    Column("title", Text, nullable=False),
    Column("message_ids", JSON, nullable=False),  # one path of the tree, root first
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),  # one that is revoked is gone
)
