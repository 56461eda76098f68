"""The tables as queries see them. `migrations.py` makes them; a test keeps the two in step.

Only types that SQLite and PostgreSQL both have. Times are ISO 8601 text, ids are UUIDv7 text.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Float, Integer, MetaData, Table, Text

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
    Column("pinned_at", Text),  # its owner keeps it at the top of the list
    Column("revision", Integer, nullable=False),  # grows with whatever is to be seen in it
    Column("language", Text),  # of its first message, where that tells; "en"
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
    Column("process", Text),  # the one that makes the reply, while it is running
    Column("stopping", Integer, nullable=False),  # 1: somebody wants the reply to end
    Column("mark", Text),  # what the guard did
    Column("explanation", JSON(none_as_null=True)),  # why it was answered like this
    Column(
        "author", Text
    ),  # a person's name as it is shown, empty for none; null: the bot or the user
    Column("writer", Text),  # who that person is: "account:...", "key:..."
)
# What a message is to whoever reads the conversation: without the explanation, some thousand characters, and
# without who of the team wrote it.
MESSAGE = tuple(column for column in messages.c if column.name not in ("explanation", "writer"))
BY_BOT = messages.c.author.is_(None)  # not by a person of the team

processes = Table(
    "processes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("beats", Integer, nullable=False),
    Column("started_at", Text, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Text, primary_key=True),
    Column("message_id", Text, nullable=False),
    Column(
        "rater", Text, nullable=False
    ),  # who says it; whose message it is, says the conversation
    Column("thumb", Text),
    Column("comment", Text, nullable=False),
    Column("correction", Text, nullable=False),
    Column("release", Text),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("score", Float),  # 0 to 1
    Column("bot", Text, nullable=False),  # from here on: as the message was when it was rated
    Column("channel", Text, nullable=False),
    Column("deployment", Text),
    Column("route", Text),
    Column("confidence", Float),
)

signals = Table(
    "signals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bot", Text, nullable=False),
    Column("message_id", Text, nullable=False),  # the reply that it speaks against
    Column("owner", Text, nullable=False),  # of the conversation
    Column("kind", Text, nullable=False),
    Column("strength", Float, nullable=False),  # 0 to 1
    Column("detail", JSON, nullable=False),
    Column("at", Text, nullable=False),
)

# --- who may use it, and how much -----------------------------------------------------------------
# Seconds (Float) are those of `clock.py`, which no change of the system's time moves.

keys = Table(
    "keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bot", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("prefix", Text, nullable=False),  # what is shown of it, and looked up
    Column("digest", Text, nullable=False),  # SHA-256 of the whole
    Column("scopes", JSON, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text),
    Column("revoked_at", Text),
    Column("used_at", Text),
    Column("requests_per_minute", Integer),  # null: as `[limits]` says
    Column("tokens_per_minute", Integer),
    Column("tokens_per_day", BigInteger),
    Column("streams", Integer),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bot", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # argon2id, with its salt and costs
    Column("created_at", Text, nullable=False),
    Column("disabled_at", Text),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True),  # keyed hash of the cookie
    Column("account_id", Text, nullable=False),
    Column("began", Float, nullable=False),
    Column("seen", Float, nullable=False),
)

owner_tokens = Table(
    "owner_tokens",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("bot", Text, nullable=False),
    Column("ends", Float, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("holder", Text, primary_key=True),  # keyed hash of a name, an address, or both
    Column("failures", Integer, nullable=False),
    Column("last", Float, nullable=False),
    Column("until", Float, nullable=False),
)

allowances = Table(
    "allowances",
    metadata,
    Column("holder", Text, primary_key=True),
    Column("at", Float, nullable=False),  # when the rest of the row was true
    Column("requests", Float, nullable=False),  # left of this minute's
    Column("tokens", Float, nullable=False),  # left of this minute's; below 0 is a debt
    Column("day_at", Float, nullable=False),
    Column("day_tokens", BigInteger, nullable=False),  # used since `day_at`
)

running = Table(
    "running",
    metadata,
    Column("holder", Text, primary_key=True),
    Column("process", Text, primary_key=True),
    Column("requests", Integer, nullable=False),  # that are being answered
    Column("at", Float, nullable=False),
)

clocks = Table(
    "clocks",
    metadata,
    Column("boot", Text, primary_key=True),
    Column("shift", Float, nullable=False),
)

# --- people's rights ------------------------------------------------------------------------------

consents = Table(
    "consents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bot", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("granted", Integer, nullable=False),  # 1 given, 0 withdrawn; the newest row counts
    Column("version", Text, nullable=False),  # of the text that was shown
    Column("at", Text, nullable=False),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("mac", Text, primary_key=True),  # keyed hash of an owner who was erased
    Column("at", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("actor", Text, nullable=False),  # pseudonyms
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),  # JSON of numbers and short words
    Column("previous", Text, nullable=False),  # the mac of the row before
    Column("mac", Text, nullable=False),
)

# --- reviewed answers -----------------------------------------------------------------------------

curated_answers = Table(
    "curated_answers",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("links", JSON, nullable=False),
    Column("starts_at", Text),
    Column("expires_at", Text),
    Column("state", Text, nullable=False),
    Column("origin", Text),  # the message from whose correction it was made
    Column("owner", Text),  # whose message that was; stays when the message goes
    Column(
        "author", Text, nullable=False
    ),  # who changed it last: "account:...", "key:..." or "cli"
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("revision", Integer, nullable=False),  # that changed it last
)

curated_questions = Table(
    "curated_questions",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("answer_id", Text, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("question", Text, nullable=False),
    Column("digest", Text, nullable=False),  # equal for questions that count as the same one
    Column(
        "live", Integer, nullable=False
    ),  # 1 while the answer is active: then `digest` is unique
)

curated_revisions = Table(
    "curated_revisions",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),  # hash of all that is active
    Column("at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("answers", Integer, nullable=False),  # how many it changed
)

curated_changes = Table(
    "curated_changes",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("answer_id", Text, primary_key=True),
    Column("before", JSON(none_as_null=True)),  # null: it was not there
    Column("after", JSON(none_as_null=True)),
)

# --- knowledge of which several machines have one copy each (PostgreSQL alone) ---------------------

knowledge_states = Table(
    "knowledge_states",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("revision", BigInteger, nullable=False),  # grows with every change
    Column("shape", Text, nullable=False),  # of passages: a copy of another shape cannot use them
    Column("current", Text),
    Column("held", Text),  # the snapshot that somebody went back to
    Column("watcher", Text),  # the process whose folder counts
    Column("until", Float, nullable=False),  # by the database's clock
)

knowledge_documents = Table(
    "knowledge_documents",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("characters", Integer, nullable=False),
)

knowledge_passages = Table(
    "knowledge_passages",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("document", Text, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("begins", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("headings", JSON, nullable=False),
    Column("text", Text, nullable=False),
)

knowledge_snapshots = Table(
    "knowledge_snapshots",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("place", Integer, nullable=False),  # in their order, the oldest first
    Column("made", Text, nullable=False),
    Column("documents", Integer, nullable=False),
)

knowledge_members = Table(
    "knowledge_members",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("snapshot", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("label", Text, nullable=False),
    Column("document", Text, nullable=False),
)
