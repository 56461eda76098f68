"""The bots that are served here and that the caller may look after."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from chatwright.core.errors import NotFound
from chatwright.server.caller import Who
from chatwright.server.services import Shared

router = APIRouter(prefix="/api/console/bots", tags=["console"])


class BotName(BaseModel):
    """What the chooser shows."""

    name: str
    title: str


class BotNames(BaseModel):
    """The page's own first."""

    bots: list[BotName]


@router.get("")
async def bots(services: Shared, caller: Who) -> BotNames:
    """All that are served and that the caller sees. Needs: the scope `review`."""
    found = []
    for name, deployed in services.bots.items():
        if caller.sees(name):
            title = deployed.current().spec.bot.title or name
            found.append(BotName(name=name, title=title))
    return BotNames(bots=found)


async def _named(
    services: Shared,
    caller: Who,
    bot: Annotated[str, Query(max_length=200, description="empty: the page's own")] = "",
) -> str:
    name = bot or services.first
    if name not in services.bots or not caller.sees(name):
        raise NotFound(f"The bot {name!r} is not served here.", "Name one that the console lists.")
    return name


# The bot that a request of the console is about; 404 where the caller does not see it.
Named = Annotated[str, Depends(_named)]
