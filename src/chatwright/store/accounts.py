"""Accounts of people who work on a bot, and the one-time token with which the first is made.

Hashes of passwords come in and go out; `passwords.py` makes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, select, update

from chatwright.core.errors import Conflict, NotFound, WrongUse
from chatwright.store.database import Database
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import accounts, owner_tokens, sessions

Role = Literal["owner", "editor", "reviewer", "visitor"]
ROLES: tuple[Role, ...] = get_args(Role)
NAME = re.compile(r"[\w.@+-]{1,100}")


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account; `password` is a hash."""

    id: str
    bot: str
    name: str
    role: Role
    password: str
    created_at: str
    disabled_at: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> AccountRecord:
        return cls(**row)


def account_name(name: str) -> str:
    """The one spelling of a name; raises `WrongUse` when it cannot be one."""
    text = name.strip().casefold()
    if not NAME.fullmatch(text):
        raise WrongUse(
            "An account's name has letters, digits and . _ @ + - alone.", "Choose another."
        )
    return text


class Accounts:
    """Make, find, list, disable and change accounts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, bot: str, name: str, role: Role, password: str) -> AccountRecord:
        """A new account; raises `WrongUse` when the name is taken."""
        with self._database.write() as connection:
            return insert_account(connection, bot, account_name(name), role, password)

    def all(self, bot: str) -> list[AccountRecord]:
        query = select(accounts).where(accounts.c.bot == bot).order_by(accounts.c.name)
        with self._database.read() as connection:
            return [AccountRecord.of(dict(row)) for row in connection.execute(query).mappings()]

    def find(self, bot: str, name: str) -> AccountRecord | None:
        """The account of that name, unless it is disabled."""
        query = select(accounts).where(
            accounts.c.bot == bot,
            accounts.c.name == name.strip().casefold(),
            accounts.c.disabled_at.is_(None),
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return AccountRecord.of(dict(row)) if row else None

    def has_owner(self, bot: str) -> bool:
        with self._database.read() as connection:
            return _has_owner(connection, bot)

    def disable(self, bot: str, name: str) -> AccountRecord:
        """Log the account out everywhere, for good. Its name stays taken."""
        return self._change(bot, name, disabled_at=now())

    def set_password(self, bot: str, name: str, password: str) -> AccountRecord:
        """Change the hash, and end all sessions: whoever knew the old password is out."""
        return self._change(bot, name, password=password)

    def _change(self, bot: str, name: str, **values: str) -> AccountRecord:
        spelled = account_name(name)
        change = update(accounts).where(accounts.c.bot == bot, accounts.c.name == spelled)
        with self._database.write() as connection:
            row = connection.execute(change.values(**values).returning(accounts)).mappings().first()
            if row is None:
                raise NotFound(f"There is no account {spelled}.", "`chatwright account list`")
            connection.execute(delete(sessions).where(sessions.c.account_id == row["id"]))
        return AccountRecord.of(dict(row))

    def change(
        self, bot: str, id: str, *, role: Role | None = None, disabled: bool | None = None
    ) -> AccountRecord:
        """Another role; no login any more, or again. Who is disabled is logged out everywhere.

        Raises `Conflict` for what would leave the bot without an owner, and `NotFound`.
        """
        with (
            self._database.write() as connection
        ):  # alone: two owners cannot both be the last but one
            rows = connection.execute(select(accounts).where(accounts.c.bot == bot)).mappings()
            known = {row["id"]: AccountRecord.of(dict(row)) for row in rows}
            if id not in known:
                raise NotFound("There is no such account.", "Load the list again.")
            before = known[id]
            gone = before.disabled_at if disabled is None else (now() if disabled else None)
            after = replace(before, role=role or before.role, disabled_at=gone)
            known[id] = after
            if _owns(before) and not any(_owns(one) for one in known.values()):
                raise Conflict(
                    f"{before.name} is the last owner.",
                    "Make somebody else an owner first.",
                    code="last_owner",
                )
            values = {"role": after.role, "disabled_at": after.disabled_at}
            connection.execute(update(accounts).where(accounts.c.id == id).values(**values))
            if after.disabled_at:
                connection.execute(delete(sessions).where(sessions.c.account_id == id))
        return after

    # --- the first owner --------------------------------------------------------------------------

    def invite_owner(self, bot: str, digest: str, ends: float) -> None:
        """Let whoever has the token of `digest` become the owner, until `ends` on the store's clock."""
        with self._database.write() as connection:
            row = {"digest": digest, "bot": bot, "ends": ends}
            connection.execute(owner_tokens.insert().values(row))

    def invited(self, bot: str, digest: str, at: float) -> bool:
        """Whether a token is good at this moment; uses nothing up."""
        good = _token(bot, digest, at)
        with self._database.read() as connection:
            return connection.execute(select(owner_tokens.c.bot).where(good)).first() is not None

    def claim(
        self, bot: str, digest: str, name: str, password: str, at: float
    ) -> AccountRecord | None:
        """The owner's account, for a token; None when it is unknown, used or over, or an owner exists."""
        use = delete(owner_tokens).where(_token(bot, digest, at))
        with self._database.write() as connection:
            if connection.execute(use).rowcount != 1 or _has_owner(connection, bot):
                return None
            connection.execute(delete(owner_tokens).where(owner_tokens.c.bot == bot))
            return insert_account(connection, bot, account_name(name), "owner", password)


def _token(bot: str, digest: str, at: float) -> ColumnElement[bool]:
    return and_(
        owner_tokens.c.bot == bot, owner_tokens.c.digest == digest, owner_tokens.c.ends > at
    )


def insert_account(
    connection: Connection, bot: str, name: str, role: Role, password: str
) -> AccountRecord:
    taken = select(accounts.c.id).where(accounts.c.bot == bot, accounts.c.name == name)
    if connection.execute(taken).first() is not None:
        raise WrongUse(f"There is an account {name} already.", "Choose another name.")
    record = AccountRecord(new_id(), bot, name, role, password, now(), None)
    values = {field: getattr(record, field) for field in AccountRecord.__dataclass_fields__}
    connection.execute(accounts.insert().values(values))
    return record


def _owns(record: AccountRecord) -> bool:
    return record.role == "owner" and record.disabled_at is None


def is_owner(connection: Connection, bot: str, id: str) -> bool:
    """Whether that account is an owner's, and not disabled."""
    mine = (accounts.c.id == id) & (accounts.c.bot == bot)
    row = connection.execute(select(accounts).where(mine)).mappings().first()
    return row is not None and _owns(AccountRecord.of(dict(row)))


def _has_owner(connection: Connection, bot: str) -> bool:
    living = exists().where(
        accounts.c.bot == bot, accounts.c.role == "owner", accounts.c.disabled_at.is_(None)
    )
    return bool(connection.execute(select(living)).scalar())
