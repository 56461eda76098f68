"""Invitations: a one-time link with which somebody makes their own account, in the role that an owner gave.

The token is in the link alone; here is its keyed hash. Times are seconds on the store's clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, delete, select

from chatwright.store.accounts import AccountRecord, Role, account_name, insert_account, is_owner
from chatwright.store.console_tables import invitations
from chatwright.store.database import Database
from chatwright.store.stamps import new_id, now

ACCOUNT = "account:"  # how an author's name begins who is one


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation without its secret."""

    id: str
    bot: str
    role: Role
    author: str
    created_at: str
    ends: float

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Invitation:
        return cls(**{name: row[name] for name in cls.__dataclass_fields__})


class Invitations:
    """Make, list, cancel and take up invitations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, bot: str, role: Role, author: str, digest: str, ends: float) -> Invitation:
        made = Invitation(new_id(), bot, role, author, now(), ends)
        values = {name: getattr(made, name) for name in Invitation.__dataclass_fields__}
        with self._database.write() as connection:
            connection.execute(invitations.insert().values(**values, digest=digest))
        return made

    def all(self, bot: str, at: float) -> list[Invitation]:
        """Those that are good at this moment, the newest first."""
        query = select(invitations).where(invitations.c.bot == bot, invitations.c.ends > at)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(invitations.c.id.desc())).mappings()
            return [Invitation.of(dict(row)) for row in rows]

    def cancel(self, bot: str, id: str) -> bool:
        gone = delete(invitations).where(invitations.c.bot == bot, invitations.c.id == id)
        with self._database.write() as connection:
            return connection.execute(gone).rowcount == 1

    def find(self, bot: str, digest: str, at: float) -> Invitation | None:
        """What a token is good for now; None: it is unknown, used, over, or whoever gave it is no owner."""
        with self._database.read() as connection:
            return _good(connection, bot, digest, at)

    def accept(
        self, bot: str, digest: str, name: str, password: str, at: float
    ) -> AccountRecord | None:
        """The account, for a token that is used up by it; None where it is not good. `password` is a hash.

        Raises `WrongUse` when the name is taken; then the token stays good.
        """
        with self._database.write() as connection:
            found = _good(connection, bot, digest, at)
            if found is None:
                return None
            connection.execute(delete(invitations).where(invitations.c.digest == digest))
            connection.execute(delete(invitations).where(invitations.c.ends <= at))
            return insert_account(connection, bot, account_name(name), found.role, password)


def _good(connection: Connection, bot: str, digest: str, at: float) -> Invitation | None:
    query = select(invitations).where(
        invitations.c.bot == bot, invitations.c.digest == digest, invitations.c.ends > at
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    found = Invitation.of(cast(Mapping[str, Any], row))
    if found.author.startswith(ACCOUNT) and not is_owner(
        connection, bot, found.author.removeprefix(ACCOUNT)
    ):
        return None
    return found
