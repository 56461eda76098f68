"""Who asks: the value that the access layer leaves in a request, and what handlers take from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request

from chatwright.store.accounts import Role
from chatwright.store.allowances import Allowance
from chatwright.store.keys import SCOPES, Scope

Scopes = frozenset[Scope]
ALL: Scopes = frozenset(SCOPES)
OF_ROLE: dict[Role, Scopes] = {
    "owner": ALL,
    "editor": frozenset({"chat", "models", "embeddings", "feedback", "review", "curate"}),
    "reviewer": frozenset({"chat", "models", "feedback", "review"}),
    "visitor": frozenset({"chat", "feedback"}),
}
UNLIMITED = Allowance()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request. `id` is the owner of what they make, in the store."""

    kind: Literal["anonymous", "visitor", "key", "account"]
    id: str
    role: Role | None = None
    scopes: Scopes = frozenset()
    limits: Allowance = UNLIMITED
    counted: str = ""  # whose allowance is used; visitors have that of their address
    bot: str | None = None  # the one that a key is of; None: all that are served
    name: str = ""  # of an account
    site: str = ""  # where the widget stands that they use

    def sees(self, bot: str) -> bool:
        """Whether that bot exists for this caller."""
        return self.bot is None or self.bot == bot


NOBODY = Caller("anonymous", "anonymous")


async def _caller(request: Request) -> Caller:
    caller = request.state.caller
    assert isinstance(caller, Caller)
    return caller


Who = Annotated[Caller, Depends(_caller)]
