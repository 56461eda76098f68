"""Links that show a conversation to whoever has them: made by its owner alone, for a time, revocable.

Kept like staging links: the secret is shown once, and only its hash stays. A link shows the messages that were
there when it was made, and none that came later.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, select

from chatwright.core.errors import NotFound, WrongUse
from chatwright.store.attachments import attached_to
from chatwright.store.chat_tables import shares
from chatwright.store.conversations import SHAREABLE, owned
from chatwright.store.database import Database
from chatwright.store.records import MessageRecord
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import MESSAGE, conversations, messages

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 random bytes
MOST = 20  # live links of one conversation


@dataclass(frozen=True, slots=True)
class Share:
    """A link without its secret."""

    id: str
    title: str
    messages: int
    created_at: str
    expires_at: str

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Share:
        values = (row["id"], row["title"], len(row["message_ids"]))
        return cls(*values, row["created_at"], row["expires_at"])


@dataclass(frozen=True, slots=True)
class Shown:
    """What a link shows; `attached`: names of files by message, without their texts."""

    share: Share
    messages: tuple[MessageRecord, ...]
    attached: Mapping[str, tuple[str, ...]]


def digest_of(token: str) -> str:
    """No salt and no slow hash: 256 random bits cannot be guessed from their hash."""
    return hashlib.sha256(f"share {token}".encode()).hexdigest()


class Shares:
    """Make, list, revoke and open links."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self, conversation_id: str, owner: str, last: str, expires_at: str
    ) -> tuple[Share, str]:
        """A link to the path that ends with the message `last`, and its secret.

        Raises `NotFound` for a conversation or message that the owner does not have, `WrongUse` for one that
        cannot be shared: still being written, temporary, or imported, whose answers nobody can vouch for.
        """
        token, id = secrets.token_urlsafe(32), new_id()
        with self._database.write(shared=True) as connection:
            found = select(conversations.c.title, conversations.c.channel)
            talk = connection.execute(found.where(owned(conversation_id, owner))).first()
            if talk is None:
                raise NotFound("There is no such conversation.", "Start a new one.")
            if talk.channel not in SHAREABLE:
                raise WrongUse(
                    "This conversation cannot be shared.",
                    "A temporary one is not kept, and of an imported one nobody knows who wrote it.",
                )
            query = select(messages.c.id, messages.c.parent_id, messages.c.status)
            rows = connection.execute(query.where(messages.c.conversation_id == conversation_id))
            path = _path({row.id: (row.parent_id, row.status) for row in rows}, last)
            live = select(shares.c.id).where(
                shares.c.conversation_id == conversation_id, _live(now())
            )
            if len(connection.execute(live).all()) >= MOST:
                raise WrongUse(f"This conversation has {MOST} links already.", "Revoke one.")
            row: dict[str, Any] = {
                "id": id,
                "conversation_id": conversation_id,
                "digest": digest_of(token),
            }
            row |= {"title": talk.title, "message_ids": path, "created_at": now()}
            row |= {"expires_at": expires_at}
            connection.execute(shares.insert().values(row))
        return Share.of(row), token

    def all(self, conversation_id: str, owner: str) -> list[Share]:
        """The live links to a conversation of `owner`, the newest first."""
        query = (
            select(shares)
            .join(conversations, conversations.c.id == shares.c.conversation_id)
            .where(owned(conversation_id, owner), _live(now()))
            .order_by(shares.c.id.desc())
        )
        with self._database.read() as connection:
            return [Share.of(row) for row in connection.execute(query).mappings()]

    def revoke(self, conversation_id: str, id: str, owner: str) -> bool:
        """End a link at once; False where the owner has no such one."""
        mine = select(conversations.c.id).where(owned(conversation_id, owner))
        gone = delete(shares).where(shares.c.id == id, shares.c.conversation_id.in_(mine))
        with self._database.write(shared=True) as connection:
            return connection.execute(gone).rowcount == 1

    def open(self, token: str, bot: str) -> Shown | None:
        """What a link shows; None where it has ended, or never was."""
        if not TOKEN.fullmatch(token):
            return None
        query = (
            select(shares)
            .join(conversations, conversations.c.id == shares.c.conversation_id)
            .where(
                shares.c.digest == digest_of(token),
                conversations.c.bot == bot,
                conversations.c.deleted_at.is_(None),
                _live(now()),
            )
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            wanted = list(row["message_ids"])
            said = select(*MESSAGE).where(
                messages.c.conversation_id == row["conversation_id"], messages.c.id.in_(wanted)
            )
            found = [MessageRecord.of(dict(one)) for one in connection.execute(said).mappings()]
            names = {
                id: tuple(one.name for one in texts)
                for id, texts in attached_to(connection, wanted).items()
            }
        found.sort(key=lambda one: one.seq)
        return Shown(Share.of(row), tuple(found), names)


def _live(at: str) -> ColumnElement[bool]:
    return shares.c.expires_at > at


def _path(tree: Mapping[str, tuple[str | None, str]], last: str) -> list[str]:
    """From the root to `last`, all of it whole."""
    if last not in tree:
        raise NotFound("There is no such message.", "Load the conversation again.")
    path: list[str] = []
    at: str | None = last
    while at is not None:
        at_parent, status = tree[at]
        if status == "running":
            raise WrongUse("The last answer is still being written.", "Wait for its end.")
        path.append(at)
        at = at_parent
    return path[::-1]
