"""The tables as queries see them. `migrations.py` makes them; a test keeps the two in step.

Only types that SQLite and PostgreSQL both have. Times are ISO 8601 text, ids are UUIDv7 text.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, Integer, MetaData, Table, Text

metadata = MetaData()

ledger = Table(
    "migrations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("applied_at", Text, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bot", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("deleted_at", Text),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation_id", Text, nullable=False),
    Column("parent_id", Text),
    Column("role", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("seq", Integer, nullable=False),  # order within the conversation, free of any clock
    Column("route", Text),
    Column("confidence", Float),
    Column("sources", JSON, nullable=False),
    Column("left_out", Integer, nullable=False),
    Column("finish_reason", Text),
    Column("prompt_tokens", Integer),
    Column("completion_tokens", Integer),
    Column("first_token_ms", Integer),
    Column("total_ms", Integer),
    Column("release", Text),
    Column("deployment", Text),
    Column("turn_id", Text),
    Column("error", Text),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Text, primary_key=True),
    Column("message_id", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("thumb", Text),
    Column("comment", Text, nullable=False),
    Column("correction", Text, nullable=False),
    Column("release", Text),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
)
