"""Finds out who asks: by key, by login, by visitor's cookie, or as somebody at this machine.

Decides nothing about what they may do; `access.py` does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from chatwright.server import cookies, passes, visitor
from chatwright.server.caller import ALL, OF_ROLE, UNLIMITED, Caller
from chatwright.server.errors import Problem
from chatwright.server.hosts import host_name, is_loopback
from chatwright.server.keyring import Keyring
from chatwright.server.proxies import network
from chatwright.server.rules import WRITES
from chatwright.server.testers import COOKIE, Testers
from chatwright.spec import Spec
from chatwright.store import Sessions
from chatwright.store.accounts import AccountRecord
from chatwright.store.allowances import Allowance
from chatwright.store.keys import KeyRecord
from chatwright.store.secret import Secret
from chatwright.store.staging import owner_behind
from chatwright.store.visitors import visitor_id

# Marks that proxies leave. One that leaves none and rewrites Host cannot be told from this machine.
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


@dataclass
class Doors:
    """The ways into one server. `host` is asked at each request: where it listens is decided late."""

    spec: Spec
    host: Callable[[], str]
    keyring: Keyring
    sessions: Sessions
    secret: Secret
    clock: Callable[[], float]
    testers: Testers
    passes: passes.Passes

    async def machine(self, scope: Scope, headers: Headers) -> Caller:
        """Who asks `/v1` and what machines watch: a key, or anybody where no key is needed."""
        if (key := await self._key(headers)) is not None:
            return key
        if not await self.open(headers):
            raise key_required()
        counted, limits = self._address(scope, self._allowance())
        return Caller("anonymous", "anonymous", None, ALL, limits, f"anonymous:{counted}")

    def anybody(self, scope: Scope) -> Caller:
        """Whoever opens what is open to everybody: nobody known, counted by address."""
        counted, limits = self._address(scope, self._allowance())
        return Caller("anonymous", "anonymous", limits=limits, counted=f"anybody:{counted}")

    async def page(self, scope: Scope, headers: Headers) -> tuple[Caller, str | None]:
        """Who asks the page's API; and the cookie that a new visitor is to get."""
        if (key := await self._key(headers)) is not None:
            return key, None
        found = cookie_parser(headers.get("cookie", ""))
        if (shown := headers.get(passes.HEADER)) is not None:
            return self._framed(scope, headers, shown, found), None
        writes = scope["method"] in WRITES
        if writes:
            cookies.check_page(headers, self.spec.server.allow_origins)
        login = found.get(cookies.session_name(scope))
        if (account := await self.session(login)) is not None:
            assert login is not None
            if writes:
                cookies.check_csrf(headers, self.csrf(login))
            return self.account(account), None
        link = await self.testers.find(found.get(COOKIE, ""))
        if link is None and not self.visited(headers):
            raise login_required()
        caller, cookie = self._visitor(scope, found.get(visitor.COOKIE, ""))
        if link is not None:
            caller = replace(caller, id=owner_behind(link.id, caller.id.partition(":")[2]))
        return caller, cookie

    def local(self, headers: Headers) -> bool:
        """Whether a request comes from this machine, as far as can be told: bound to loopback, asked
        by a name of it, and no proxy has left its mark."""
        return (
            is_loopback(self.host())
            and is_loopback(host_name(headers.get("host", "")))
            and not any(name in headers for name in FORWARDED)
        )

    async def open(self, headers: Headers) -> bool:
        """Whether `/v1` answers without a key."""
        wanted = self.spec.access.keys
        if wanted != "auto":
            return wanted == "off"
        return self.local(headers) and not await self.keyring.any()

    def visited(self, headers: Headers) -> bool:
        """Whether the page answers without a login."""
        wanted = self.spec.access.visitors
        return self.local(headers) if wanted == "auto" else wanted

    async def session(self, cookie: str | None) -> AccountRecord | None:
        """Whose login a cookie is."""
        if cookie is None or not cookies.TOKEN.fullmatch(cookie):
            return None
        return await asyncio.to_thread(
            self.sessions.find, self.digest(cookie), self.spec.bot.name, self.clock()
        )

    def digest(self, cookie: str) -> str:
        """What the store keeps of a login's cookie."""
        return self.secret.mac("session", cookie)

    def csrf(self, cookie: str) -> str:
        """The token that writes with this cookie carry: no other site's page can read it."""
        return self.secret.mac("csrf", cookie)

    def account(self, record: AccountRecord) -> Caller:
        owner = f"account:{record.id}"
        scopes = OF_ROLE[record.role]
        return Caller(
            "account", owner, record.role, scopes, self._allowance(), owner, name=record.name
        )

    def _framed(self, scope: Scope, headers: Headers, shown: str, found: dict[str, str]) -> Caller:
        """The visitor of a widget, by their pass alone: a login or a cookie that comes along is not theirs."""
        cookies.check_page(
            headers
        )  # reading too: the frame's page is ours, and nobody else asks so
        if shown == passes.IN_COOKIE:
            shown = found.get(passes.cookie_name(scope), "")
        known = self.passes.read(shown)
        if known is None:
            raise Problem(401, "This visit has ended. Open the chat again.", code="widget_session")
        caller, _ = self._visitor(scope, "")
        return replace(caller, id=known.owner, site=known.origin)

    def _visitor(self, scope: Scope, token: str) -> tuple[Caller, str | None]:
        known = cookies.TOKEN.fullmatch(token) is not None
        token = token if known else cookies.new_token()
        limits = self.spec.limits
        counted, allowance = self._address(
            scope, Allowance(limits.visitor_writes_per_minute, streams=limits.streams)
        )
        caller = Caller(
            "visitor",
            visitor_id(token),
            "visitor",
            OF_ROLE["visitor"],
            allowance,
            f"visitors:{counted}",
        )
        if known:
            return caller, None
        return caller, cookies.written(visitor.COOKIE, token, scope, visitor.YEAR)

    def _allowance(self) -> Allowance:
        values = self.spec.limits.model_dump(exclude={"visitor_writes_per_minute"})
        return Allowance(**values)

    def _address(self, scope: Scope, allowance: Allowance) -> tuple[str, Allowance]:
        """A keyed hash of the client's address, and what it may use: this machine's own has no limit."""
        client = scope.get("client")
        host = client[0] if client else ""
        hashed = self.secret.mac("address", network(host))[:32]
        return hashed, UNLIMITED if is_loopback(host) else allowance

    async def _key(self, headers: Headers) -> Caller | None:
        """The caller whose key is shown, in either header; None where no key is shown, or none is
        needed and this one is unknown: many clients insist on sending some."""
        shown = shown_keys(headers)
        if not shown:
            return None
        record = await self.keyring.find(shown.pop()) if len(shown) == 1 else None
        if record is None or record.state != "live":
            if await self.open(headers):
                return None
            raise bad_key(record)
        self.keyring.use(record)
        return self._of_key(record)

    def _of_key(self, record: KeyRecord) -> Caller:
        own = {name: value for name, value in asdict(record.limits).items() if value is not None}
        limits = Allowance(**asdict(self._allowance()) | own)
        owner = f"key:{record.id}"
        scopes = frozenset(record.scopes)
        return Caller("key", owner, None, scopes, limits, owner, record.bot, record.name)


def shown_keys(headers: Headers) -> set[str]:
    """The different keys in a request. Other kinds of Authorization are not ours: a proxy's, say."""
    bearers = [value.partition(" ") for value in headers.getlist("authorization")]
    shown = {rest.strip() for kind, _, rest in bearers if kind.lower() == "bearer"}
    return (shown | {value.strip() for value in headers.getlist("x-api-key")}) - {""}


CHALLENGE = {"www-authenticate": "Bearer"}


def key_required() -> Problem:
    return Problem(
        401,
        "This needs an API key: send it as `Authorization: Bearer KEY`. "
        "`chatwright key create` makes one.",
        code="invalid_api_key",
        headers=CHALLENGE,
    )


def bad_key(record: KeyRecord | None) -> Problem:
    """Whoever has the whole of a key may know what became of it; others learn nothing."""
    state = "not one of this bot" if record is None else record.state
    return Problem(
        401,
        f"This API key is {state}. `chatwright key create` makes one.",
        code="invalid_api_key",
        headers=CHALLENGE,
    )


def login_required() -> Problem:
    return Problem(401, "Log in first: this bot is not open to visitors.", code="login_required")
