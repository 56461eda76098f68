"""Which of the served bots a request of the console is about: the parameter `bot`, else the key's, else the
page's.

One that a caller does not see is not there for them. It says nothing of what the caller may do (`rules.py`).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from chatwright.core.errors import NotFound
from chatwright.server.caller import Caller, Who
from chatwright.server.services import Services, Shared

Asked = Annotated[str, Query(max_length=64, description="A bot's name; empty: the first one's")]


def which(services: Services, caller: Caller, bot: str = "") -> str:
    """The bot's name; raises `NotFound`."""
    name = bot or caller.bot or services.first
    if name not in services.bots or not caller.sees(name):
        raise NotFound("There is no such bot here.", "Choose one of those that are shown.")
    return name


async def _which(services: Shared, caller: Who, bot: Asked = "") -> str:
    return which(services, caller, bot)


Named = Annotated[str, Depends(_which)]
