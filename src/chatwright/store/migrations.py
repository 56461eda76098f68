"""Numbered steps that bring a database to the present shape, and the ledger of those taken.

A step is never changed once released: a new one is added at the end, and says what to run rather than
using `tables.py`, which describes the present and not that step's time. Its way back, or why there is none,
stands in `steps_back.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, func, inspect, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from chatwright.core.errors import ChatwrightError
from chatwright.store.channel_tables import channels_step
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


def _access(connection: Connection) -> None:
    for statement in (
        """CREATE TABLE keys (
            id TEXT PRIMARY KEY, bot TEXT NOT NULL, name TEXT NOT NULL, prefix TEXT NOT NULL,
            digest TEXT NOT NULL UNIQUE, scopes JSON NOT NULL, created_at TEXT NOT NULL,
            expires_at TEXT, revoked_at TEXT, used_at TEXT, requests_per_minute INTEGER,
            tokens_per_minute INTEGER, tokens_per_day BIGINT, streams INTEGER)""",
        "CREATE INDEX keys_prefix ON keys (prefix)",
        """CREATE TABLE accounts (
            id TEXT PRIMARY KEY, bot TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
            password TEXT NOT NULL, created_at TEXT NOT NULL, disabled_at TEXT,
            UNIQUE (bot, name))""",
        """CREATE TABLE sessions (
            digest TEXT NOT NULL PRIMARY KEY,
            account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
            began FLOAT NOT NULL, seen FLOAT NOT NULL)""",
        "CREATE INDEX sessions_account ON sessions (account_id)",
        """CREATE TABLE owner_tokens (
            digest TEXT NOT NULL PRIMARY KEY, bot TEXT NOT NULL, ends FLOAT NOT NULL)""",
        """CREATE TABLE attempts (
            holder TEXT NOT NULL PRIMARY KEY, failures INTEGER NOT NULL, last FLOAT NOT NULL,
            until FLOAT NOT NULL)""",
        """CREATE TABLE allowances (
            holder TEXT NOT NULL PRIMARY KEY, at FLOAT NOT NULL, requests FLOAT NOT NULL,
            tokens FLOAT NOT NULL, day_at FLOAT NOT NULL, day_tokens BIGINT NOT NULL)""",
        """CREATE TABLE running (
            holder TEXT NOT NULL, process TEXT NOT NULL, requests INTEGER NOT NULL,
            at FLOAT NOT NULL, PRIMARY KEY (holder, process))""",
        "CREATE TABLE clocks (boot TEXT NOT NULL PRIMARY KEY, shift FLOAT NOT NULL)",
    ):
        connection.exec_driver_sql(statement)


def _privacy(connection: Connection) -> None:
    for statement in (
        """CREATE TABLE consents (
            id TEXT PRIMARY KEY, bot TEXT NOT NULL, owner TEXT NOT NULL, granted INTEGER NOT NULL,
            version TEXT NOT NULL, at TEXT NOT NULL)""",
        "CREATE INDEX consents_owner ON consents (owner, bot, at)",
        "CREATE TABLE tombstones (mac TEXT NOT NULL PRIMARY KEY, at TEXT NOT NULL)",
        """CREATE TABLE audit (
            number INTEGER PRIMARY KEY, at TEXT NOT NULL, action TEXT NOT NULL, actor TEXT NOT NULL,
            subject TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL, mac TEXT NOT NULL)""",
        "ALTER TABLE messages ADD COLUMN mark TEXT",
    ):
        connection.exec_driver_sql(statement)


def _processes(connection: Connection) -> None:
    for statement in (
        """CREATE TABLE processes (
            id TEXT PRIMARY KEY, beats INTEGER NOT NULL, started_at TEXT NOT NULL)""",
        "ALTER TABLE messages ADD COLUMN process TEXT",
        "ALTER TABLE messages ADD COLUMN stopping INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX messages_turn ON messages (turn_id)",
    ):
        connection.exec_driver_sql(statement)


def _curated(connection: Connection) -> None:
    for statement in (
        """CREATE TABLE curated_answers (
            bot TEXT NOT NULL, id TEXT NOT NULL, text TEXT NOT NULL, note TEXT NOT NULL,
            links JSON NOT NULL, starts_at TEXT, expires_at TEXT, state TEXT NOT NULL,
            origin TEXT, owner TEXT, author TEXT NOT NULL, created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (bot, id))""",
        "CREATE INDEX curated_owner ON curated_answers (owner) WHERE owner IS NOT NULL",
        """CREATE TABLE curated_questions (
            bot TEXT NOT NULL, answer_id TEXT NOT NULL, place INTEGER NOT NULL,
            question TEXT NOT NULL, digest TEXT NOT NULL, live INTEGER NOT NULL,
            PRIMARY KEY (bot, answer_id, place),
            FOREIGN KEY (bot, answer_id) REFERENCES curated_answers (bot, id) ON DELETE CASCADE)""",
        "CREATE UNIQUE INDEX curated_live ON curated_questions (bot, digest) WHERE live = 1",
        """CREATE TABLE curated_revisions (
            bot TEXT NOT NULL, number INTEGER NOT NULL, content TEXT NOT NULL, at TEXT NOT NULL,
            author TEXT NOT NULL, action TEXT NOT NULL, answers INTEGER NOT NULL,
            PRIMARY KEY (bot, number))""",
        """CREATE TABLE curated_changes (
            bot TEXT NOT NULL, number INTEGER NOT NULL, answer_id TEXT NOT NULL,
            before JSON, after JSON, PRIMARY KEY (bot, number, answer_id))""",
        "CREATE INDEX curated_history ON curated_changes (bot, answer_id)",
    ):
        connection.exec_driver_sql(statement)


def _shared_knowledge(connection: Connection) -> None:
    for statement in (
        """CREATE TABLE knowledge_states (
            bot TEXT NOT NULL PRIMARY KEY, revision BIGINT NOT NULL, shape TEXT NOT NULL,
            current TEXT, held TEXT, watcher TEXT, until FLOAT NOT NULL)""",
        """CREATE TABLE knowledge_documents (
            bot TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, characters INTEGER NOT NULL,
            PRIMARY KEY (bot, id))""",
        """CREATE TABLE knowledge_passages (
            bot TEXT NOT NULL, document TEXT NOT NULL, place INTEGER NOT NULL,
            begins INTEGER NOT NULL, ends INTEGER NOT NULL, page INTEGER NOT NULL,
            headings JSON NOT NULL, text TEXT NOT NULL, PRIMARY KEY (bot, document, place))""",
        """CREATE TABLE knowledge_snapshots (
            bot TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, made TEXT NOT NULL,
            documents INTEGER NOT NULL, PRIMARY KEY (bot, id))""",
        """CREATE TABLE knowledge_members (
            bot TEXT NOT NULL, snapshot TEXT NOT NULL, name TEXT NOT NULL, label TEXT NOT NULL,
            document TEXT NOT NULL, PRIMARY KEY (bot, snapshot, name))""",
        "CREATE INDEX knowledge_members_document ON knowledge_members (bot, document)",
    ):
        connection.exec_driver_sql(statement)


def _explanations(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE messages ADD COLUMN explanation JSON")


def _raters(connection: Connection) -> None:
    """Feedback of several people on one message, with what the message was; weak signals."""
    of_message = "SELECT {} FROM messages m JOIN conversations c ON c.id = m.conversation_id"
    of_message = f"({of_message} WHERE m.id = feedback.message_id)"
    for statement in (
        "ALTER TABLE feedback RENAME COLUMN owner TO rater",
        "ALTER TABLE feedback ADD COLUMN score FLOAT",
        "ALTER TABLE feedback ADD COLUMN bot TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE feedback ADD COLUMN channel TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE feedback ADD COLUMN deployment TEXT",
        "ALTER TABLE feedback ADD COLUMN route TEXT",
        "ALTER TABLE feedback ADD COLUMN confidence FLOAT",
        f"""UPDATE feedback SET bot = {of_message.format("c.bot")},
            channel = {of_message.format("c.channel")},
            deployment = {of_message.format("m.deployment")},
            route = {of_message.format("m.route")},
            confidence = {of_message.format("m.confidence")}""",
        "CREATE INDEX feedback_rater ON feedback (rater, created_at)",
        "CREATE INDEX feedback_bot ON feedback (bot, id)",
        """CREATE TABLE signals (
            id TEXT PRIMARY KEY, bot TEXT NOT NULL,
            message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            owner TEXT NOT NULL, kind TEXT NOT NULL, strength FLOAT NOT NULL,
            detail JSON NOT NULL, at TEXT NOT NULL, UNIQUE (message_id, kind))""",
        "CREATE INDEX signals_bot ON signals (bot, id)",
        "CREATE INDEX signals_owner ON signals (owner)",
    ):
        connection.exec_driver_sql(statement)


def _reviews(connection: Connection) -> None:
    for statement in (
        """CREATE TABLE reviews (
            id TEXT PRIMARY KEY, bot TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE,
            conversation_id TEXT NOT NULL, owner TEXT NOT NULL, state TEXT NOT NULL,
            revision INTEGER NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
            reviewer TEXT NOT NULL, decided_at TEXT, trained INTEGER NOT NULL, content JSON)""",
        "CREATE INDEX reviews_state ON reviews (bot, state)",
        "CREATE INDEX reviews_owner ON reviews (owner)",
        """CREATE TABLE review_cases (
            id TEXT PRIMARY KEY,
            review_id TEXT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
            bot TEXT NOT NULL, question TEXT NOT NULL, held INTEGER NOT NULL,
            origin TEXT NOT NULL, owner TEXT NOT NULL)""",
        "CREATE INDEX review_cases_review ON review_cases (review_id)",
        """CREATE TABLE review_steps (
            id TEXT PRIMARY KEY, bot TEXT NOT NULL,
            review_id TEXT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
            at TEXT NOT NULL, author TEXT NOT NULL, action TEXT NOT NULL, state TEXT NOT NULL,
            revision INTEGER NOT NULL, reason TEXT NOT NULL)""",
        "CREATE INDEX review_steps_review ON review_steps (review_id)",
    ):
        connection.exec_driver_sql(statement)


def _panels(connection: Connection) -> None:
    for statement in (
        """CREATE TABLE panels (
            id TEXT PRIMARY KEY, bot TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
            instructions TEXT NOT NULL, contestants JSON NOT NULL, seed BIGINT NOT NULL,
            per_rater INTEGER NOT NULL, controls INTEGER NOT NULL, repeats INTEGER NOT NULL,
            notes JSON NOT NULL, created_at TEXT NOT NULL, closed_at TEXT, UNIQUE (bot, name))""",
        """CREATE TABLE panel_items (
            id TEXT PRIMARY KEY,
            panel_id TEXT NOT NULL REFERENCES panels (id) ON DELETE CASCADE,
            place INTEGER NOT NULL, question TEXT NOT NULL, history JSON NOT NULL,
            answers JSON NOT NULL, control INTEGER NOT NULL, topic TEXT NOT NULL,
            origin TEXT REFERENCES messages (id) ON DELETE CASCADE, owner TEXT,
            UNIQUE (panel_id, place))""",
        "CREATE INDEX panel_items_origin ON panel_items (origin) WHERE origin IS NOT NULL",
        """CREATE TABLE panel_raters (
            id TEXT PRIMARY KEY,
            panel_id TEXT NOT NULL REFERENCES panels (id) ON DELETE CASCADE,
            name TEXT NOT NULL, person TEXT, prefix TEXT NOT NULL, digest TEXT NOT NULL UNIQUE,
            created_at TEXT NOT NULL, expires_at TEXT, revoked_at TEXT)""",
        "CREATE INDEX panel_raters_prefix ON panel_raters (prefix)",
        """CREATE TABLE panel_votes (
            rater_id TEXT NOT NULL REFERENCES panel_raters (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            item_id TEXT NOT NULL REFERENCES panel_items (id) ON DELETE CASCADE,
            repeated INTEGER NOT NULL, swapped INTEGER NOT NULL, shown_at TEXT NOT NULL,
            voted_at TEXT, choice TEXT, score INTEGER, comment TEXT NOT NULL, seconds FLOAT,
            PRIMARY KEY (rater_id, place))""",
        "CREATE INDEX panel_votes_item ON panel_votes (item_id)",
        """CREATE TABLE panel_judgements (
            item_id TEXT NOT NULL REFERENCES panel_items (id) ON DELETE CASCADE,
            model TEXT NOT NULL, forward TEXT NOT NULL, backward TEXT NOT NULL,
            reason TEXT NOT NULL, prompt_tokens INTEGER NOT NULL,
            completion_tokens INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (item_id, model))""",
    ):
        connection.exec_driver_sql(statement)


def _canaries(connection: Connection) -> None:
    for statement in (
        """CREATE TABLE canaries (
            id TEXT PRIMARY KEY, bot TEXT NOT NULL, release TEXT NOT NULL, deployment TEXT NOT NULL,
            calibration TEXT, against TEXT NOT NULL, salt TEXT NOT NULL, steps JSON NOT NULL,
            settings JSON NOT NULL, author TEXT NOT NULL, began TEXT NOT NULL, ended TEXT,
            state TEXT NOT NULL, reason TEXT NOT NULL)""",
        "CREATE UNIQUE INDEX canaries_running ON canaries (bot) WHERE ended IS NULL",
        """CREATE TABLE staging_links (
            id TEXT PRIMARY KEY, bot TEXT NOT NULL, release TEXT NOT NULL, deployment TEXT NOT NULL,
            calibration TEXT, digest TEXT NOT NULL UNIQUE, tasks JSON NOT NULL, author TEXT NOT NULL,
            created_at TEXT NOT NULL, expires_at TEXT NOT NULL, revoked_at TEXT)""",
        """CREATE TABLE staging_ticks (
            link TEXT NOT NULL REFERENCES staging_links (id) ON DELETE CASCADE,
            owner TEXT NOT NULL, task INTEGER NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (link, owner, task))""",
        "CREATE INDEX messages_release ON messages (release, created_at)",
    ):
        connection.exec_driver_sql(statement)


def _console(connection: Connection) -> None:
    """Figures over time, and invitations."""
    for statement in (
        """CREATE TABLE figures (
            bot TEXT NOT NULL, hour INTEGER NOT NULL, measure TEXT NOT NULL, word TEXT NOT NULL,
            bucket INTEGER NOT NULL, count BIGINT NOT NULL, total BIGINT NOT NULL,
            PRIMARY KEY (bot, hour, measure, word, bucket))""",
        """CREATE TABLE api_counts (
            bot TEXT NOT NULL, minute INTEGER NOT NULL, status TEXT NOT NULL,
            replies BIGINT NOT NULL, read BIGINT NOT NULL, written BIGINT NOT NULL,
            PRIMARY KEY (bot, minute, status))""",
        """CREATE TABLE samples (
            minute INTEGER NOT NULL, process TEXT NOT NULL, machine TEXT NOT NULL,
            cpu FLOAT NOT NULL, memory FLOAT NOT NULL, resident BIGINT NOT NULL, gpu FLOAT,
            gpu_memory FLOAT, running INTEGER NOT NULL, disk FLOAT NOT NULL,
            PRIMARY KEY (minute, process))""",
        """CREATE TABLE invitations (
            digest TEXT NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, bot TEXT NOT NULL,
            role TEXT NOT NULL, author TEXT NOT NULL, created_at TEXT NOT NULL,
            ends FLOAT NOT NULL)""",
    ):
        connection.exec_driver_sql(statement)


def _inbox(connection: Connection) -> None:
    """What a person of the team writes in a conversation, and who has it; lists of all conversations."""
    for statement in (
        "ALTER TABLE messages ADD COLUMN author TEXT",
        "ALTER TABLE messages ADD COLUMN writer TEXT",
        "ALTER TABLE conversations ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE conversations ADD COLUMN language TEXT",
        "CREATE INDEX conversations_bot ON conversations (bot, updated_at, id)",
        "CREATE INDEX messages_route ON messages (conversation_id, route, release)",
        """CREATE TABLE handovers (
            id TEXT PRIMARY KEY,
            conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            bot TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, message_id TEXT,
            wanted_at TEXT, taken_by TEXT NOT NULL, name TEXT NOT NULL, taken_at TEXT,
            ended_at TEXT, ended TEXT, revision INTEGER NOT NULL, answer_key TEXT NOT NULL,
            answer_id TEXT)""",
        "CREATE UNIQUE INDEX handovers_open ON handovers (conversation_id) WHERE ended_at IS NULL",
        "CREATE INDEX handovers_conversation ON handovers (conversation_id)",
        "CREATE INDEX handovers_bot ON handovers (bot, ended_at)",
        """CREATE TABLE handover_notes (
            id TEXT PRIMARY KEY,
            conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            author TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL)""",
        "CREATE INDEX handover_notes_conversation ON handover_notes (conversation_id)",
        """CREATE TABLE inbox_seen (
            who TEXT NOT NULL,
            conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL, PRIMARY KEY (who, conversation_id))""",
        "CREATE INDEX inbox_seen_conversation ON inbox_seen (conversation_id)",
        "CREATE TABLE teammates (who TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL)",
    ):
        connection.exec_driver_sql(statement)


def _chats(connection: Connection) -> None:
    """What people attach to a message, links to a conversation that they share, and pins."""
    for statement in (
        "ALTER TABLE conversations ADD COLUMN pinned_at TEXT",
        """CREATE TABLE attachments (
            message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            place INTEGER NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL,
            PRIMARY KEY (message_id, place))""",
        """CREATE TABLE shares (
            id TEXT PRIMARY KEY,
            conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            digest TEXT NOT NULL UNIQUE, title TEXT NOT NULL, message_ids JSON NOT NULL,
            created_at TEXT NOT NULL, expires_at TEXT NOT NULL)""",
        "CREATE INDEX shares_conversation ON shares (conversation_id)",
    ):
        connection.exec_driver_sql(statement)


def _leases(connection: Connection) -> None:
    """Who does a scheduled job, until when, and when it was done last."""
    connection.exec_driver_sql(
        """CREATE TABLE leases (
            name TEXT NOT NULL PRIMARY KEY, holder TEXT, fence BIGINT NOT NULL,
            until FLOAT NOT NULL, done FLOAT NOT NULL)"""
    )


# What both databases say where something is there that a step makes, or is not that it needs.
HALF = ("already exists", "duplicate column", "no such table", "no such column", "does not exist")

Step = Callable[[Connection], None]
STEPS: tuple[Step, ...] = (
    _conversations_and_feedback,
    _access,
    _privacy,
    _processes,
    _curated,
    _shared_knowledge,
    _explanations,
    _raters,
    _reviews,
    _panels,
    _canaries,
    _console,
    _inbox,
    _chats,
    _leases,
    channels_step,
)


def name_of(step: Step) -> str:
    """As it stands in the ledger."""
    return step.__name__.strip("_")


def migrate(connection: Connection, steps: tuple[Step, ...] = STEPS) -> None:
    """Take the steps that are missing, within the transaction of `connection`.

    Raises `ChatwrightError` when the database was made by a newer version, or its tables are not those of
    the steps that it has taken.
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
        try:
            step(connection)
        except (OperationalError, ProgrammingError) as error:
            if not any(one in str(error.orig) for one in HALF):
                raise
            raise ChatwrightError(
                f"The store is half upgraded: step {number} ({name_of(step)}) cannot be taken.",
                "`chatwright upgrade --check` says what is wrong; without --check it mends what it can.",
            ) from error
        row = {"number": number, "name": name_of(step), "applied_at": now()}
        connection.execute(ledger.insert().values(row))
