"""Logging in and out, a new password, and the first owner's account. Who is logged in: `doors.py`."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from chatwright.server import cookies
from chatwright.server.caller import Caller, Who
from chatwright.server.errors import WRITING, Problem
from chatwright.server.hosts import is_loopback
from chatwright.server.limits import Text
from chatwright.server.proxies import network
from chatwright.server.services import Services, Shared
from chatwright.server.web_types import Asked
from chatwright.store.accounts import AccountRecord, Role, account_name
from chatwright.store.keys import Scope
from chatwright.store.passwords import LONGEST
from chatwright.store.sessions import IDLE, Patience

INVITED = 3600.0  # seconds in which the first owner's token is good
TRIES = Patience(5)  # of one name from one address
TRIES_OF_ADDRESS = Patience(30)  # of any names
# Of one name from anywhere. Short, or anybody could keep its owner out.
TRIES_OF_NAME = Patience(100, first=60.0, longest=60.0)

Password = Annotated[Text, Field(max_length=LONGEST)]
Name = Annotated[Text, Field(max_length=200)]

router = APIRouter(prefix="/api", responses=WRITING)


class Login(Asked):
    """A name and its password."""

    name: Name
    password: Password


class NewOwner(Login):
    """The first owner: the token that the server printed, and what the account is to have."""

    token: Name


class NewPassword(Asked):
    """Another password."""

    current: Password
    new: Password


class SessionValue(BaseModel):
    """Who is logged in. `csrf` goes with every write, as the header x-csrf-token."""

    name: str | None = None
    role: Role | None = None
    scopes: list[Scope] = []
    csrf: str | None = None
    visitors: bool  # whether the page answers without a login


@router.get("/session")
async def session(request: Request, services: Shared) -> SessionValue:
    """Who is logged in; nobody is no error."""
    cookie = request.cookies.get(cookies.session_name(request.scope))
    account = await services.doors.session(cookie)
    if account is None or cookie is None:
        return SessionValue(visitors=services.doors.visited(request.headers))
    return _value(services, request, account, cookie)


@router.post("/session")
async def login(
    body: Login, request: Request, response: Response, services: Shared
) -> SessionValue:
    """Log in. A wrong name and a wrong password are the same, and take the same time."""
    account = await _checked(services, request, body.name, body.password)
    return await begin_session(services, request, response, account)


@router.delete("/session", status_code=204)
async def logout(request: Request, services: Shared) -> Response:
    name = cookies.session_name(request.scope)
    digest = services.doors.digest(request.cookies[name])
    await asyncio.to_thread(services.doors.sessions.end, digest)
    gone = cookies.written(name, "", request.scope, 0)
    return Response(status_code=204, headers={"set-cookie": gone})


@router.put("/password")
async def password(
    body: NewPassword, request: Request, response: Response, caller: Who, services: Shared
) -> SessionValue:
    """Change one's own password; every other session of the account ends."""
    account = await _checked(services, request, caller.name, body.current)
    hashed = await services.hashing.hash(body.new)
    await asyncio.to_thread(services.accounts.set_password, account.bot, account.name, hashed)
    return await begin_session(services, request, response, account)


@router.post("/owner", status_code=201)
async def owner(
    body: NewOwner, request: Request, response: Response, services: Shared
) -> SessionValue:
    """Make the first owner's account, once, with the token that the server printed at its start."""
    doors, bot = services.doors, services.doors.spec.bot.name
    await patience(services, of_address(services, request))
    digest, name = doors.secret.mac("owner", body.token), account_name(body.name)
    if not await asyncio.to_thread(services.accounts.invited, bot, digest, doors.clock()):
        raise _no_token()
    hashed = await services.hashing.hash(body.password)
    account = await asyncio.to_thread(
        services.accounts.claim, bot, digest, name, hashed, doors.clock()
    )
    if account is None:
        raise _no_token()
    return await begin_session(services, request, response, account)


def invite_owner(services: Services) -> str | None:
    """A token with which the first owner makes their account; None when there is an owner."""
    doors, bot = services.doors, services.doors.spec.bot.name
    if services.accounts.has_owner(bot):
        return None
    token = cookies.new_token()
    ends = doors.clock() + INVITED
    services.accounts.invite_owner(bot, doors.secret.mac("owner", token), ends)
    return token


async def _checked(services: Services, request: Request, name: str, password: str) -> AccountRecord:
    """The account, if that is its password. Failures count, and make the next try wait."""
    doors = services.doors
    spelled = name.strip().casefold()
    mine = {
        doors.secret.mac("tries of name", spelled): TRIES_OF_NAME,
        doors.secret.mac("tries", f"{_network(request)} {spelled}"): TRIES,
    }
    await patience(services, mine | of_address(services, request))
    account = await asyncio.to_thread(services.accounts.find, doors.spec.bot.name, spelled)
    right = await services.hashing.check(account.password if account else None, password)
    if account is None or not right:
        raise Problem(401, "That name and password do not fit. Try again.", code="invalid_login")
    await asyncio.to_thread(services.attempts.succeed, list(mine))
    return account


async def patience(services: Services, holders: dict[str, Patience]) -> None:
    wait = await asyncio.to_thread(services.attempts.begin, holders, services.doors.clock())
    if wait > 0:
        message = f"Too many wrong tries. Wait {wait:.0f} seconds, then try again."
        headers = {"retry-after": str(int(wait) + 1)}
        raise Problem(429, message, code="rate_limit_exceeded", headers=headers)


def _network(request: Request) -> str:
    return network(request.client.host if request.client else "")


def of_address(services: Services, request: Request) -> dict[str, Patience]:
    """The count of an address. This machine's own may be all the world's, behind a proxy."""
    address = _network(request)
    holder = services.doors.secret.mac("tries of address", address)
    return {} if is_loopback(address) else {holder: TRIES_OF_ADDRESS}


async def begin_session(
    services: Services, request: Request, response: Response, account: AccountRecord
) -> SessionValue:
    """A new session under a new cookie: one that somebody planted before is worth nothing."""
    doors, name = services.doors, cookies.session_name(request.scope)
    before, cookie = request.cookies.get(name), cookies.new_token()
    await asyncio.to_thread(
        doors.sessions.begin,
        account.id,
        doors.digest(cookie),
        doors.clock(),
        None if before is None else doors.digest(before),
    )
    set_cookie = cookies.written(name, cookie, request.scope, int(IDLE))
    response.headers.append("set-cookie", set_cookie)
    return _value(services, request, account, cookie)


def _value(
    services: Services, request: Request, account: AccountRecord, cookie: str
) -> SessionValue:
    caller: Caller = services.doors.account(account)
    return SessionValue(
        name=account.name,
        role=account.role,
        scopes=sorted(caller.scopes),
        csrf=services.doors.csrf(cookie),
        visitors=services.doors.visited(request.headers),
    )


def _no_token() -> Problem:
    return Problem(
        401,
        "This token is unknown, used or too old. Start the server again: it prints a new one "
        "while the bot has no owner.",
        code="invalid_token",
    )
