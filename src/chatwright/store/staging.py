"""Staging links: a secret address behind which invited testers talk to a candidate, with a list of tasks.

Kept like keys: the secret is shown once, and only its hash stays. What testers say is in the conversations of
the channel "staging", whose owners begin with the link's id; it is in no live figure.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import delete, func, select, update

from chatwright.core.errors import NotFound
from chatwright.store.database import Database
from chatwright.store.loop_tables import staging_links, staging_ticks
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import BY_BOT, conversations, feedback, messages

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 random bytes
KIND = "staging"


@dataclass(frozen=True, slots=True)
class StagingLink:
    """A link without its secret."""

    id: str
    bot: str
    release: str
    deployment: str
    calibration: str | None
    tasks: tuple[str, ...]
    author: str
    created_at: str
    expires_at: str
    revoked_at: str | None

    @property
    def state(self) -> Literal["live", "expired", "revoked"]:
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at <= now() else "live"

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> StagingLink:
        values = {name: row[name] for name in cls.__dataclass_fields__}
        return cls(**values | {"tasks": tuple(row["tasks"])})


@dataclass(frozen=True, slots=True)
class Tick:
    """A tester did a task; `note`: what they say of it."""

    owner: str
    task: int  # from 0
    note: str
    at: str


def owner_behind(link: str, visitor: str) -> str:
    """The owner of what the visitor (a hash) makes behind the link."""
    return f"{KIND}:{link}:{visitor}"


def link_of(owner: str) -> str | None:
    """The id of the link behind which this owner is a tester; None for everybody else."""
    parts = owner.split(":")
    return parts[1] if parts[0] == KIND and len(parts) == 3 else None


def digest_of(token: str) -> str:
    """No salt and no slow hash: 256 random bits cannot be guessed from their hash."""
    return hashlib.sha256(f"staging {token}".encode()).hexdigest()


class Staging:
    """Make, find, list and revoke links, and keep what was ticked off."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        bot: str,
        release: str,
        deployment: str,
        tasks: Sequence[str],
        expires_at: str,
        *,
        calibration: str | None = None,
        author: str = "cli",
    ) -> tuple[StagingLink, str]:
        """A new link, and its secret, which nobody can find out again."""
        token = secrets.token_urlsafe(32)
        link = StagingLink(
            id=new_id(),
            bot=bot,
            release=release,
            deployment=deployment,
            calibration=calibration,
            tasks=tuple(tasks),
            author=author,
            created_at=now(),
            expires_at=expires_at,
            revoked_at=None,
        )
        values = asdict(link) | {"tasks": list(tasks), "digest": digest_of(token)}
        with self._database.write() as connection:
            connection.execute(staging_links.insert().values(values))
        return link, token

    def all(self, bot: str) -> list[StagingLink]:
        """Newest first, those that are over included."""
        query = select(staging_links).where(staging_links.c.bot == bot)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(staging_links.c.id.desc())).mappings()
            return [StagingLink.of(dict(row)) for row in rows]

    def live(self, bot: str) -> list[StagingLink]:
        """Those that open something now."""
        query = select(staging_links).where(
            staging_links.c.bot == bot,
            staging_links.c.revoked_at.is_(None),
            staging_links.c.expires_at > now(),
        )
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(staging_links.c.id)).mappings()
            return [StagingLink.of(dict(row)) for row in rows]

    def match(self, token: str, bot: str) -> StagingLink | None:
        """The link with this secret, whatever its state."""
        query = select(staging_links).where(
            staging_links.c.digest == digest_of(token), staging_links.c.bot == bot
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return StagingLink.of(dict(row)) if row else None

    def find(self, bot: str, which: str) -> StagingLink:
        """The link whose id begins or ends so. Raises `NotFound` when none, or more than one, does."""
        found = [one for one in self.all(bot) if which and _meant(one.id, which)]
        if len(found) != 1:
            problem = "There is no such link" if not found else f"{len(found)} links are called so"
            raise NotFound(f"{problem}: {which}.", "`chatwright staging list` shows them.")
        return found[0]

    def revoke(self, bot: str, which: str) -> StagingLink:
        """End a link for good."""
        link = self.find(bot, which)
        change = update(staging_links).where(
            staging_links.c.id == link.id, staging_links.c.revoked_at.is_(None)
        )
        with self._database.write() as connection:
            connection.execute(change.values(revoked_at=now()))
        return self.find(bot, link.id)

    def tick(self, link: str, owner: str, task: int, note: str = "", *, done: bool = True) -> None:
        """Note that a tester did a task, or did not after all."""
        mine = (
            staging_ticks.c.link == link,
            staging_ticks.c.owner == owner,
            staging_ticks.c.task == task,
        )
        with self._database.write() as connection:
            connection.execute(delete(staging_ticks).where(*mine))
            if done:
                row = {"link": link, "owner": owner, "task": task, "note": note, "at": now()}
                connection.execute(staging_ticks.insert().values(row))

    def ticks(self, link: str, owner: str | None = None) -> list[Tick]:
        """What was ticked off, of all testers or of one, task by task."""
        query = select(staging_ticks).where(staging_ticks.c.link == link)
        if owner is not None:
            query = query.where(staging_ticks.c.owner == owner)
        query = query.order_by(staging_ticks.c.task, staging_ticks.c.at)
        with self._database.read() as connection:
            rows = connection.execute(query).mappings()
            return [Tick(row["owner"], row["task"], row["note"], row["at"]) for row in rows]

    def sessions(self, link: str) -> list[dict[str, Any]]:
        """What each tester did: conversations, replies, refusals, thumbs."""
        mine = conversations.c.owner.startswith(f"{KIND}:{link}:", autoescape=True)
        rated = select(func.count()).select_from(feedback)
        rated = rated.where(feedback.c.message_id == messages.c.id)
        each = (
            select(
                conversations.c.owner,
                messages.c.conversation_id,
                messages.c.route,
                rated.where(feedback.c.thumb == "up").scalar_subquery().label("ups"),
                rated.where(feedback.c.thumb == "down").scalar_subquery().label("downs"),
            )
            .join(messages, messages.c.conversation_id == conversations.c.id)
            .where(
                mine, conversations.c.deleted_at.is_(None), messages.c.role == "assistant", BY_BOT
            )
            .order_by(messages.c.id)
        )
        found: dict[str, dict[str, Any]] = {}
        talks: dict[str, set[str]] = {}
        with self._database.read() as connection:
            for owner, talk, route, ups, downs in connection.execute(each):
                row = found.setdefault(owner, dict.fromkeys(COUNTS, 0) | {"owner": owner})
                talks.setdefault(owner, set()).add(talk)
                row["replies"] += 1
                row["refused"] += route == "refused"
                row["ups"] += ups
                row["downs"] += downs
        return [row | {"conversations": len(talks[owner])} for owner, row in found.items()]


COUNTS = ("conversations", "replies", "refused", "ups", "downs")


def _meant(id: str, which: str) -> bool:
    return id.startswith(which) or id.endswith(which)
