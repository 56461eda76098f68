"""The layer that every request meets before anything reads its body: who asks, may they, how much.

Nothing is open that `rules.py` does not say is. `/v1` and what machines watch take an API key; the
page's API takes a login's cookie, a visitor's, or a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatwright.core.errors import ChatwrightError
from chatwright.server import cookies
from chatwright.server.caller import NOBODY, Caller, Who
from chatwright.server.doors import Doors, login_required
from chatwright.server.errors import WORDS, Problem, problem
from chatwright.server.meter import Meter, Visit, visiting
from chatwright.server.overload import Overload
from chatwright.server.rules import PAGE, WRITES, Rule, rules_at

__all__ = ["Access", "Caller", "Who"]


@dataclass(slots=True)
class Entry:
    """A request that was let in: its caller, a cookie to give out, and what it counts as."""

    caller: Caller
    cookie: str | None = None
    visit: Visit | None = None

    def sending(self, send: Send) -> Send:
        """`send`, which adds to the answer's headers what the caller is to know."""
        if self.cookie is None and self.visit is None:
            return send
        told = {} if self.visit is None else self.visit.headers()

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(told)
                if self.cookie is not None:
                    headers.append("set-cookie", self.cookie)
            await send(message)

        return adding


class Access:
    """Calls `app` with the caller in the request's state, and `page` for the page's own files.

    Whatever has no rule is answered here, and never reaches `app`: so a route that somebody forgot
    to give one is closed, not open.
    """

    def __init__(self, app: ASGIApp, doors: Doors, meter: Meter, page: ASGIApp) -> None:
        self._app = app
        self._page = page
        self._overload = Overload()
        self._doors = doors
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # nothing here speaks it
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        methods = rules_at(scope["path"])
        rule = methods.get(scope["method"])
        if rule is not None and rule.need == "page":
            await self._page(scope, receive, send)
            return
        try:
            entry = await self._admit(scope, methods, rule)
        except (Problem, ChatwrightError) as error:
            await problem(error).response()(scope, receive, send)
            return
        scope.setdefault("state", {})["caller"] = entry.caller
        token = visiting.set(entry.visit)
        try:
            await self._app(scope, receive, entry.sending(send))
        finally:
            visiting.reset(token)
            if entry.visit is not None:
                entry.visit.leave()
                self._overload.ended(scope["state"].get("full", False))

    async def _admit(self, scope: Scope, methods: Mapping[str, Rule], rule: Rule | None) -> Entry:
        """Let a request in, or raise the answer that it gets instead."""
        headers = Headers(scope=scope)
        path, cookie = scope["path"], None
        of_page = path == "/api" or path.startswith("/api/")
        if rule is not None and rule.need == "public":
            if of_page and scope["method"] in WRITES:
                cookies.check_page(headers)
            if not rule.metered:
                return Entry(NOBODY)
            return await self._metered(self._doors.anybody(scope), None, rule)
        if of_page:
            caller, cookie = await self._doors.page(scope, headers)
        else:
            caller = await self._doors.machine(scope, headers)
        if rule is None:
            raise _nothing(methods)
        if rule.need == "account":
            if caller.kind != "account":
                raise login_required()
        elif rule.need not in caller.scopes:
            raise _forbidden(rule.need)
        if not rule.metered:
            return Entry(caller, cookie)
        return await self._metered(caller, cookie, rule)

    async def _metered(self, caller: Caller, cookie: str | None, rule: Rule) -> Entry:
        self._overload.check()
        visit = await self._meter.admit(caller.counted, caller.limits, rule.requests)
        return Entry(caller, cookie, visit)


def _nothing(methods: Mapping[str, Rule]) -> Problem:
    known = bool(methods) and methods is not PAGE
    status = 405 if known else 404
    message, code = WORDS[status]
    allowed = {"allow": ", ".join(sorted(methods))} if known else {}
    return Problem(status, message, code=code, headers=allowed)


def _forbidden(scope: str) -> Problem:
    return Problem(
        403,
        f"This takes the scope {scope!r}, which the key or the role does not have. "
        "Ask the bot's owner.",
        code="insufficient_scope",
    )
