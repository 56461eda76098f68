"""The tables of channels: who writes from where, what came in, what is to go out; and the step that makes them.

Apart from `tables.py` for its length alone; types are as there. Seconds (Float) are those of `clock.py`.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Connection, Float, Integer, Table, Text

from chatwright.store.tables import metadata

channel_chats = Table(
    "channel_chats",
    metadata,
    Column("id", Text, primary_key=True),  # hash of the next four
    Column("channel", Text, nullable=False),
    Column("chat", Text, nullable=False),  # the vendor's names, as it wants them back
    Column("thread", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("owner", Text, nullable=False),  # the person's pseudonym, of their conversations
    Column("locale", Text, nullable=False),
    Column("conversation_id", Text),  # null: the next message begins one
    Column("disclosed_at", Text),  # when they were told that they talk to a machine
    Column("heard", Float, nullable=False),  # when the person wrote last
    Column("reply_to", Text, nullable=False),  # their last message, by the vendor's id
    Column("extra", JSON, nullable=False),
    Column("holder", Text, nullable=False),  # the process that works on its events
    Column("until", Float, nullable=False),
)

channel_events = Table(
    "channel_events",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("id", Text, primary_key=True),  # the vendor's: what comes again is known by it
    Column("place", Text, nullable=False),  # in order of arrival
    Column("chat_id", Text, nullable=False),
    Column("message_id", Text, nullable=False),  # that its text gets in the conversation
    Column("content", JSON(none_as_null=True)),  # null once it is done
    Column("state", Text, nullable=False),  # "queued", "done" or "dead"
    Column("attempts", Integer, nullable=False),
    Column("due", Float, nullable=False),
    Column("error", Text, nullable=False),
    Column("at", Text, nullable=False),
)

channel_outbox = Table(
    "channel_outbox",
    metadata,
    Column("id", Text, primary_key=True),  # the same for the same thing: it is queued once
    Column("place", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("message_id", Text),  # of the conversation; null: it stands in none
    Column("text", Text, nullable=False),  # empty once it was sent
    Column("rated", Integer, nullable=False),  # 1: it may be given a thumb
    Column("by_person", Integer, nullable=False),
    Column("state", Text, nullable=False),  # "queued", "sending", "uncertain", "sent" or "dead"
    Column("attempts", Integer, nullable=False),
    Column("due", Float, nullable=False),
    Column("error", Text, nullable=False),
    Column("at", Text, nullable=False),
)

channel_messages = Table(
    "channel_messages",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("vendor", Text, primary_key=True),  # what a message is called there
    Column("message_id", Text, nullable=False),
    Column("at", Text, nullable=False),
)

channel_states = Table(
    "channel_states",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("state", Text, nullable=False),  # "ready", "waiting" or "stopped"
    Column("reason", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("holder", Text, nullable=False),  # the process that sends
    Column("until", Float, nullable=False),
)


def channels_step(connection: Connection) -> None:
    """The step of `migrations.py`. Never changed: a later step changes what it made."""
    for statement in (
        """CREATE TABLE channel_chats (
            id TEXT PRIMARY KEY, channel TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL,
            person TEXT NOT NULL, owner TEXT NOT NULL, locale TEXT NOT NULL,
            conversation_id TEXT REFERENCES conversations (id) ON DELETE SET NULL,
            disclosed_at TEXT, heard FLOAT NOT NULL, reply_to TEXT NOT NULL, extra JSON NOT NULL,
            holder TEXT NOT NULL, until FLOAT NOT NULL)""",
        "CREATE INDEX channel_chats_owner ON channel_chats (owner)",
        "CREATE INDEX channel_chats_conversation ON channel_chats (conversation_id)",
        """CREATE TABLE channel_events (
            channel TEXT NOT NULL, id TEXT NOT NULL, place TEXT NOT NULL, chat_id TEXT NOT NULL,
            message_id TEXT NOT NULL, content JSON, state TEXT NOT NULL, attempts INTEGER NOT NULL,
            due FLOAT NOT NULL, error TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (channel, id))""",
        """CREATE INDEX channel_events_queued ON channel_events (chat_id, place)
            WHERE state = 'queued'""",
        "CREATE INDEX channel_events_chat ON channel_events (chat_id)",
        "CREATE INDEX channel_events_at ON channel_events (at)",
        """CREATE TABLE channel_outbox (
            id TEXT PRIMARY KEY, place TEXT NOT NULL, channel TEXT NOT NULL, chat_id TEXT NOT NULL,
            message_id TEXT, text TEXT NOT NULL, rated INTEGER NOT NULL,
            by_person INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
            due FLOAT NOT NULL, error TEXT NOT NULL, at TEXT NOT NULL)""",
        """CREATE INDEX channel_outbox_open ON channel_outbox (channel, chat_id, place)
            WHERE state IN ('queued', 'sending', 'uncertain')""",
        "CREATE INDEX channel_outbox_chat ON channel_outbox (chat_id)",
        "CREATE INDEX channel_outbox_message ON channel_outbox (message_id)",
        "CREATE INDEX channel_outbox_at ON channel_outbox (at)",
        """CREATE TABLE channel_messages (
            channel TEXT NOT NULL, vendor TEXT NOT NULL,
            message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            at TEXT NOT NULL, PRIMARY KEY (channel, vendor))""",
        "CREATE INDEX channel_messages_message ON channel_messages (message_id)",
        """CREATE TABLE channel_states (
            channel TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL, reason TEXT NOT NULL,
            since TEXT NOT NULL, holder TEXT NOT NULL, until FLOAT NOT NULL)""",
    ):
        connection.exec_driver_sql(statement)
