"""Every kind of caller there is, as the headers of a request; and every route that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from chatwright.server import cookies
from chatwright.server.services import Services
from chatwright.store import Database, Keys
from chatwright.store.accounts import ROLES, AccountRecord, Role
from chatwright.store.keys import SCOPES, make_key
from chatwright.store.passwords import hash_password

Headers = dict[str, str]
PAST = "2020-01-01T00:00:00.000Z"
PASSWORD = "correct horse battery"
HASHED = hash_password(PASSWORD)


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path of all routes, those of included routers as well."""
    for route in iter_route_contexts(app.routes):
        for method in sorted(route.methods or ()):
            yield method, str(route.path)


def bearer(key: str) -> Headers:
    return {"authorization": f"Bearer {key}"}


def visitor() -> Headers:
    """A visitor with a cookie of their own."""
    return {"cookie": f"chatwright_visitor={cookies.new_token()}"}


def logged_in(services: Services, account: AccountRecord) -> Headers:
    """A new session of an account, with the token for writes."""
    doors, cookie = services.doors, cookies.new_token()
    doors.sessions.begin(account.id, doors.digest(cookie), doors.clock())
    return {"cookie": f"chatwright_session={cookie}", cookies.CSRF: doors.csrf(cookie)}


@dataclass
class Callers:
    """By name, what makes the headers of one request of theirs."""

    services: Services
    keys: Keys

    def all(self) -> dict[str, Callable[[], Headers]]:
        made: dict[str, Callable[[], Headers]] = {
            "anonymous": dict,
            "visitor": visitor,
            "unknown key": lambda: bearer(make_key()),
            "nonsense key": lambda: bearer("none"),
            "ended session": lambda: {"cookie": f"chatwright_session={cookies.new_token()}"},
        }
        for scope in SCOPES:
            _, key = self.keys.create("library", scope, [scope])
            made[f"key {scope}"] = lambda key=key: bearer(key)
            made[f"x-api-key {scope}"] = lambda key=key: {"x-api-key": key}
        _, other = self.keys.create("other", "of another bot", SCOPES)
        _, expired = self.keys.create("library", "expired", SCOPES, expires_at=PAST)
        ended, revoked = self.keys.create("library", "revoked", SCOPES)
        self.keys.revoke("library", ended.id)
        made["other bot's key"] = lambda: bearer(other)
        made["expired key"] = lambda: bearer(expired)
        made["revoked key"] = lambda: bearer(revoked)
        for role in ROLES:
            account = self.account(role)
            made[f"account {role}"] = lambda account=account: logged_in(self.services, account)
        gone = self.account("owner", "gone")
        headers = logged_in(self.services, gone)
        self.services.accounts.disable("library", "gone")
        made["disabled account"] = lambda: headers
        foreign = self.services.accounts.create("other", "foreign", "owner", HASHED)
        made["other bot's account"] = lambda: logged_in(self.services, foreign)
        return made

    def account(self, role: Role, name: str = "") -> AccountRecord:
        return self.services.accounts.create("library", name or role, role, HASHED)


def callers(services: Services, database: Database) -> Callers:
    return Callers(services, Keys(database))
