"""Taking up an invitation: who has the link makes an account of their own, in the role that it gives."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from chatwright.server.console.people import PURPOSE
from chatwright.server.errors import WRITING, Problem
from chatwright.server.limits import Text
from chatwright.server.login import Login, SessionValue, begin_session, of_address, patience
from chatwright.server.services import Services, Shared
from chatwright.server.web_types import Asked
from chatwright.store.accounts import Role, account_name

router = APIRouter(prefix="/api/invitation", responses=WRITING, tags=["invitation"])
Token = Annotated[Text, Field(max_length=200)]


class InvitationToken(Asked):
    """The part of the link behind #, which no server sees before."""

    token: Token


class Invited(BaseModel):
    """What the link is for."""

    role: Role
    bot: str


class NewMember(Login):
    """The link's token, and what the account is to have."""

    token: Token


@router.post("")
async def look(body: InvitationToken, request: Request, services: Shared) -> Invited:
    """What an invitation is for; 401 where it is not good."""
    await patience(services, of_address(services, request))
    doors = services.doors
    found = await asyncio.to_thread(
        services.invitations.find, doors.spec.bot.name, _digest(services, body.token), doors.clock()
    )
    if found is None:
        raise _not_good()
    who = doors.spec.bot
    return Invited(role=found.role, bot=who.title or who.name)


@router.post("/account", status_code=201)
async def accept(
    body: NewMember, request: Request, response: Response, services: Shared
) -> SessionValue:
    """Make the account, and log in. The link is good for nothing afterwards."""
    doors, bot = services.doors, services.doors.spec.bot.name
    await patience(services, of_address(services, request))
    digest, name = _digest(services, body.token), account_name(body.name)
    good = await asyncio.to_thread(services.invitations.find, bot, digest, doors.clock())
    if good is None:  # before a password is hashed, which costs work
        raise _not_good()
    hashed = await services.hashing.hash(body.password)
    account = await asyncio.to_thread(
        services.invitations.accept, bot, digest, name, hashed, doors.clock()
    )
    if account is None:
        raise _not_good()
    who = f"account:{account.id}"
    await asyncio.to_thread(
        services.people.audit.add, "account.joined", who, who, role=account.role
    )
    return await begin_session(services, request, response, account)


def _digest(services: Services, token: str) -> str:
    return services.doors.secret.mac(PURPOSE, token)


def _not_good() -> Problem:
    return Problem(
        401,
        "This invitation is unknown, used or too old. Ask whoever sent it for a new one.",
        code="invalid_token",
    )
