"""What people asked and how it was answered, for whoever mends the answers. It reads and counts, no more."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from chatwright.core.types import Mark, Route
from chatwright.store.canaries import STAGING
from chatwright.store.database import Database
from chatwright.store.tables import BY_BOT, conversations, feedback, messages

MOST = 20_000  # newest replies that are looked at


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A question and what became of it. `disliked` by somebody. `length`: characters of the reply."""

    owner: str
    at: str
    question: str
    route: Route | None
    confidence: float | None
    mark: Mark | None
    disliked: bool
    length: int = 0


@dataclass(frozen=True, slots=True)
class PhrasedRow:
    """A question in the words of `owner`, with the reply `message_id` to it, as the bot itself gave it. `first`
    in its conversation, so that it says by itself what is asked."""

    message_id: str
    owner: str
    at: str
    question: str
    answer: str
    first: bool
    refused: bool = False


class Asked:
    """Questions of all owners of one bot: whoever shows them must look at consent first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def since(self, bot: str, at: str, *, staging: bool = False) -> list[AskedRow]:
        """Replies that were made since then and are whole, the newest first; no deleted conversation's, and
        those to invited testers of a candidate with `staging` alone."""
        said = messages.alias("said")
        down = (
            select(func.count())
            .select_from(feedback)
            .where(feedback.c.message_id == messages.c.id, feedback.c.thumb == "down")
            .scalar_subquery()
        )
        query = (
            select(conversations.c.owner, messages.c.created_at, said.c.content)
            .add_columns(messages.c.route, messages.c.confidence, messages.c.mark, down)
            .add_columns(func.length(messages.c.content))
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .join(said, said.c.id == messages.c.parent_id)
            .where(
                conversations.c.bot == bot,
                conversations.c.deleted_at.is_(None),
                messages.c.role == "assistant",
                BY_BOT,
                messages.c.status == "done",
                messages.c.created_at >= at,
                conversations.c.channel == STAGING
                if staging
                else conversations.c.channel != STAGING,
            )
            .order_by(messages.c.created_at.desc(), messages.c.id.desc())
            .limit(MOST)
        )
        with self._database.read() as connection:
            return [
                AskedRow(owner, made, question, route, sure, mark, disliked > 0, length)
                for owner, made, question, route, sure, mark, disliked, length in connection.execute(
                    query
                )
            ]

    def phrased(self, bot: str, most: int = MOST) -> list[PhrasedRow]:
        """The newest questions that were answered, with the replies to them; no deleted conversation's."""
        said = messages.alias("said")
        query = (
            select(messages.c.id, conversations.c.owner, messages.c.created_at)
            .add_columns(said.c.content, messages.c.content.label("answer"), said.c.parent_id)
            .add_columns(messages.c.route)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .join(said, said.c.id == messages.c.parent_id)
            .where(
                conversations.c.bot == bot,
                conversations.c.deleted_at.is_(None),
                messages.c.role == "assistant",
                BY_BOT,
                messages.c.status == "done",
                messages.c.mark.is_(None),
            )
            .order_by(messages.c.created_at.desc(), messages.c.id.desc())
            .limit(most)
        )
        with self._database.read() as connection:
            return [
                PhrasedRow(id, owner, at, question, answer, parent is None, route == "refused")
                for id, owner, at, question, answer, parent, route in connection.execute(query)
            ]
