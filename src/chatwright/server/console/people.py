"""Accounts: who may log in, and as what; invitations; one's own logins. They are the page's bot's.

An invited person makes the account with a password of their own (`server/invited.py`).
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from chatwright.core.errors import NotFound
from chatwright.server import cookies
from chatwright.server.caller import Who
from chatwright.server.errors import WRITING
from chatwright.server.services import Services, Shared
from chatwright.server.web_types import Asked
from chatwright.store.accounts import AccountRecord, Role
from chatwright.store.invitations import Invitation
from chatwright.store.sessions import SessionRecord
from chatwright.store.stamps import stamp

PURPOSE = "invitation"  # of the hash of a link's token
LONGEST = 30  # days

router = APIRouter(prefix="/api/console/people", responses=WRITING, tags=["console"])


class AccountValue(BaseModel):
    """An account. `seen_at`: its newest login was last used, to five minutes; null: it has none."""

    id: str
    name: str
    role: Role
    created_at: str
    disabled_at: str | None
    sessions: int
    seen_at: str | None
    you: bool


class InvitationValue(BaseModel):
    """An invitation that nobody has taken up yet. `by` is an account's name, or ""."""

    id: str
    role: Role
    by: str
    created_at: str
    ends_at: str


class PeopleValue(BaseModel):
    """By name."""

    accounts: list[AccountValue]
    invitations: list[InvitationValue]


class NewInvitation(Asked):
    """`days` in which the link is good."""

    role: Role
    days: Annotated[float, Field(gt=0, le=LONGEST)] = 7


class MadeInvitation(BaseModel):
    """The token of the link, /invitation#TOKEN, which is never shown again."""

    token: str
    invitation: InvitationValue


class AccountChange(Asked):
    """What is to be another; null stays."""

    role: Role | None = None
    disabled: bool | None = None


class SessionTime(BaseModel):
    """A login of one's own."""

    began_at: str
    seen_at: str
    current: bool


class MyAccount(BaseModel):
    """One's own account."""

    name: str
    role: Role
    sessions: list[SessionTime]


class SessionsEnded(BaseModel):
    """How many logins ended."""

    sessions: int


def _wall(services: Services, moment: float) -> str:
    """A moment of the store's clock as a time that people read."""
    ago = services.doors.clock() - moment
    return stamp(datetime.fromtimestamp(time.time() - ago, UTC))


def _bot(services: Services) -> str:
    return services.doors.spec.bot.name


@router.get("")
async def people(services: Shared, caller: Who) -> PeopleValue:
    """Needs: the scope `admin`."""

    def work() -> PeopleValue:
        clock, bot = services.doors.clock(), _bot(services)
        logins: dict[str, list[SessionRecord]] = defaultdict(list)
        for one in services.doors.sessions.living(bot, clock):
            logins[one.account_id].append(one)
        records = services.accounts.all(bot)
        names = {f"account:{one.id}": one.name for one in records}
        return PeopleValue(
            accounts=[_account(services, one, logins[one.id], caller.id) for one in records],
            invitations=[
                _invitation(services, one, names) for one in services.invitations.all(bot, clock)
            ],
        )

    return await asyncio.to_thread(work)


def _account(
    services: Services, record: AccountRecord, logins: list[SessionRecord], caller: str
) -> AccountValue:
    return AccountValue(
        id=record.id,
        name=record.name,
        role=record.role,
        created_at=record.created_at,
        disabled_at=record.disabled_at,
        sessions=len(logins),
        seen_at=_wall(services, max(one.seen for one in logins)) if logins else None,
        you=caller == f"account:{record.id}",
    )


def _invitation(services: Services, one: Invitation, names: dict[str, str]) -> InvitationValue:
    return InvitationValue(
        id=one.id,
        role=one.role,
        by=names.get(one.author, ""),
        created_at=one.created_at,
        ends_at=_wall(services, one.ends),
    )


@router.post("/invitations", status_code=201)
async def invite(body: NewInvitation, services: Shared, caller: Who) -> MadeInvitation:
    """Needs: the scope `admin`."""

    def work() -> MadeInvitation:
        doors, token = services.doors, cookies.new_token()
        ends = doors.clock() + body.days * 86_400
        made = services.invitations.create(
            _bot(services), body.role, caller.id, doors.secret.mac(PURPOSE, token), ends
        )
        services.people.audit.add("account.invited", caller.id, "", role=body.role)
        names = {caller.id: caller.name}
        return MadeInvitation(token=token, invitation=_invitation(services, made, names))

    return await asyncio.to_thread(work)


@router.delete("/invitations/{id}", status_code=204)
async def uninvite(id: str, services: Shared, caller: Who) -> Response:
    """The link is good for nothing from now on. Needs: the scope `admin`."""
    gone = await asyncio.to_thread(services.invitations.cancel, _bot(services), id)
    if not gone:
        raise NotFound("There is no such invitation.", "Perhaps it was taken up: load the list.")
    await asyncio.to_thread(services.people.audit.add, "account.uninvited", caller.id)
    return Response(status_code=204)


@router.get("/me")
async def me(request: Request, services: Shared, caller: Who) -> MyAccount:
    """Needs: a login."""
    mine = _digest(services, request)

    def work() -> MyAccount:
        own = caller.id.removeprefix("account:")
        found = services.doors.sessions.living(_bot(services), services.doors.clock())
        assert caller.role is not None, "an account has a role"
        return MyAccount(
            name=caller.name,
            role=caller.role,
            sessions=[
                SessionTime(
                    began_at=_wall(services, one.began),
                    seen_at=_wall(services, one.seen),
                    current=one.digest == mine,
                )
                for one in found
                if one.account_id == own
            ],
        )

    return await asyncio.to_thread(work)


@router.delete("/me/sessions")
async def end_mine(request: Request, services: Shared, caller: Who) -> SessionsEnded:
    """Log out everywhere else. Needs: a login."""
    own = caller.id.removeprefix("account:")
    but = _digest(services, request)
    count = await asyncio.to_thread(services.doors.sessions.end_all, own, but)
    return SessionsEnded(sessions=count)


@router.patch("/{id}")
async def change(id: str, body: AccountChange, services: Shared, caller: Who) -> AccountValue:
    """409 `last_owner` for what would leave the bot without an owner. Needs: the scope `admin`."""

    def work() -> AccountValue:
        bot = _bot(services)
        record = services.accounts.change(bot, id, role=body.role, disabled=body.disabled)
        audit, subject = services.people.audit, f"account:{record.id}"
        if body.role is not None:
            audit.add("account.role", caller.id, subject, role=record.role)
        if body.disabled is not None:
            action = "account.disabled" if body.disabled else "account.enabled"
            audit.add(action, caller.id, subject)
        found = services.doors.sessions.living(bot, services.doors.clock())
        logins = [one for one in found if one.account_id == id]
        return _account(services, record, logins, caller.id)

    return await asyncio.to_thread(work)


@router.delete("/{id}/sessions")
async def end_sessions(id: str, services: Shared, caller: Who) -> SessionsEnded:
    """Log somebody out everywhere. Needs: the scope `admin`."""

    def work() -> SessionsEnded:
        if id not in {one.id for one in services.accounts.all(_bot(services))}:
            raise NotFound("There is no such account.", "Load the list again.")
        count = services.doors.sessions.end_all(id)
        services.people.audit.add("account.loggedout", caller.id, f"account:{id}", sessions=count)
        return SessionsEnded(sessions=count)

    return await asyncio.to_thread(work)


def _digest(services: Services, request: Request) -> str:
    return services.doors.digest(request.cookies[cookies.session_name(request.scope)])
