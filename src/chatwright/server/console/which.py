"""Which bot a page of the console is about: the query parameter `bot`, or the page's own."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from chatwright.core.errors import NotFound
from chatwright.server.caller import Who
from chatwright.server.services import Shared
from chatwright.spec import Spec


async def _of_bot(
    services: Shared,
    caller: Who,
    bot: Annotated[
        str, Query(max_length=200, description="its name; the first when left out")
    ] = "",
) -> Spec:
    name = bot or services.first
    if name not in services.bots or not caller.sees(name):
        raise NotFound("There is no such bot here.", "Choose one of those that are served.")
    return services.bots[name].current().spec


OfBot = Annotated[Spec, Depends(_of_bot)]
"""The spec of that bot as it is served; what bot.toml says by now, `load_spec` reads from its folder."""
