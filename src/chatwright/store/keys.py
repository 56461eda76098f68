"""API keys: shown once when made, and kept as a hash. Says whose a key is, not what it may do now."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, and_, or_, select, update

from chatwright.core.errors import NotFound
from chatwright.store.database import Database
from chatwright.store.stamps import new_id, now, stamp
from chatwright.store.tables import keys

Scope = Literal["chat", "models", "embeddings", "feedback", "raw", "review", "curate", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
EVERYDAY: tuple[Scope, ...] = ("chat", "models", "embeddings")  # what a client program needs

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DIGITS = 43  # that 32 bytes take in base 62
SHOWN = 11  # of a key's characters are kept as they are; 35 digits (208 bits) remain secret
KEY = re.compile(rf"sk-[0-9A-Za-z]{{{DIGITS}}}")


@dataclass(frozen=True, slots=True)
class OwnLimits:
    """What a key may use; None is as `[limits]` says, 0 without a limit."""

    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    tokens_per_day: int | None = None
    streams: int | None = None


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key without its secret."""

    id: str
    bot: str
    name: str
    prefix: str
    scopes: tuple[Scope, ...]
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    used_at: str | None
    limits: OwnLimits

    @property
    def state(self) -> Literal["live", "expired", "revoked"]:
        if self.revoked_at is not None:
            return "revoked"
        expired = self.expires_at is not None and self.expires_at <= now()
        return "expired" if expired else "live"

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> KeyRecord:
        values = dict(row)
        del values["digest"]
        own = OwnLimits(**{name: values.pop(name) for name in OwnLimits.__dataclass_fields__})
        return cls(**values | {"scopes": tuple(values["scopes"]), "limits": own})


def make_key() -> str:
    """`sk-` and 32 random bytes in base 62."""
    number, digits = int.from_bytes(secrets.token_bytes(32)), ""
    for _ in range(DIGITS):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return f"sk-{digits}"


def digest_of(key: str) -> str:
    """No salt and no slow hash: 256 random bits cannot be guessed from their hash."""
    return hashlib.sha256(key.encode()).hexdigest()


class Keys:
    """Make, find, list and revoke keys."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        bot: str,
        name: str,
        scopes: Collection[Scope] = EVERYDAY,
        *,
        expires_at: str | None = None,
        limits: OwnLimits = OwnLimits(),
    ) -> tuple[KeyRecord, str]:
        """A new key, and its text, which nobody can find out again."""
        key = make_key()
        record = KeyRecord(
            id=new_id(),
            bot=bot,
            name=name,
            prefix=key[:SHOWN],
            scopes=tuple(scope for scope in SCOPES if scope in scopes),
            created_at=now(),
            expires_at=expires_at,
            revoked_at=None,
            used_at=None,
            limits=limits,
        )
        values = asdict(record) | asdict(limits) | {"digest": digest_of(key)}
        del values["limits"]
        with self._database.write() as connection:
            connection.execute(keys.insert().values(values))
        return record, key

    def all(self, bot: str) -> list[KeyRecord]:
        """Newest first, those that are over included."""
        query = select(keys).where(keys.c.bot == bot).order_by(keys.c.id.desc())
        with self._database.read() as connection:
            return [KeyRecord.of(dict(row)) for row in connection.execute(query).mappings()]

    def any(self, bots: Collection[str]) -> bool:
        """Whether one was ever made: revoking the last one opens nothing."""
        query = select(keys.c.id).where(keys.c.bot.in_(bots)).limit(1)
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def match(self, key: str, bots: Collection[str]) -> KeyRecord | None:
        """The record of `key`, whatever its state, if it is of one of `bots`."""
        digest = digest_of(key)
        query = select(keys).where(keys.c.prefix == key[:SHOWN], keys.c.bot.in_(bots))
        with self._database.read() as connection:
            rows = connection.execute(query).mappings().all()
        # Found by what is no secret; compared in a time that does not tell how much was right.
        found = [row for row in rows if hmac.compare_digest(row["digest"], digest)]
        return KeyRecord.of(dict(found[0])) if found else None

    def revoke(self, bot: str, which: str, at: str | None = None) -> KeyRecord:
        """End the key with this id or beginning: now, or at a time to come.

        Raises `NotFound` when none, or more than one, is meant.
        """
        with self._database.write() as connection:
            rows = connection.execute(select(keys).where(_meant(bot, which))).mappings().all()
            if len(rows) != 1:
                problem = "There is no such key" if not rows else f"{len(rows)} keys begin so"
                raise NotFound(f"{problem}: {which}.", "`chatwright key list` shows them.")
            (row,) = rows
            change = {"revoked_at": now()} if at is None else {"expires_at": at}
            if at is not None and row["expires_at"] is not None:
                change = {"expires_at": min(at, row["expires_at"])}
            connection.execute(update(keys).where(keys.c.id == row["id"]).values(**change))
        return KeyRecord.of({**row, **change})

    def restore(self, bot: str, id: str, within: timedelta) -> KeyRecord:
        """Take back a revocation that is no older than `within`. Raises `NotFound` where there is none."""
        since = stamp(datetime.now(UTC) - within)
        which = and_(keys.c.bot == bot, keys.c.id == id, keys.c.revoked_at >= since)
        change = update(keys).where(which).values(revoked_at=None).returning(keys)
        with self._database.write() as connection:
            row = connection.execute(change).mappings().first()
        if row is None:
            raise NotFound("This key cannot be brought back any more.", "Make a new one.")
        return KeyRecord.of(dict(row))

    def used(self, times: Mapping[str, str]) -> None:
        """Note when keys, by id, were last used."""
        with self._database.write() as connection:
            for id, time in times.items():
                connection.execute(update(keys).where(keys.c.id == id).values(used_at=time))


def _meant(bot: str, which: str) -> ColumnElement[bool]:
    alive = and_(keys.c.bot == bot, keys.c.revoked_at.is_(None))
    return and_(alive, or_(keys.c.id == which, keys.c.prefix.startswith(which, autoescape=True)))
