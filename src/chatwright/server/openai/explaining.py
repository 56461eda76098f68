"""The header by which an answer is asked why: `X-Chatwright-Explain: true`, of those who look after the bot."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header

from chatwright.server.caller import Who
from chatwright.server.errors import Problem
from chatwright.store.keys import Scope

NEEDED: Scope = "review"
VALUES = {"true": True, "false": False}
HEADER = Header(
    description=f"Tell why this is the answer, as `chatwright`; takes the scope `{NEEDED}`",
    json_schema_extra={"enum": list(VALUES)},
)


async def _explained(caller: Who, x_chatwright_explain: Annotated[str, HEADER] = "false") -> bool:
    """Whether it is asked for. Raises a 403 where the caller may not: an answer without it would look as if
    there was nothing to tell."""
    asked = VALUES.get(x_chatwright_explain.strip().lower())
    if asked is None:
        raise Problem(
            400,
            "X-Chatwright-Explain is true or false.",
            param="x-chatwright-explain",
            code="invalid_value",
        )
    if asked and NEEDED not in caller.scopes:
        raise Problem(
            403,
            f"X-Chatwright-Explain takes the scope {NEEDED!r}, which the key does not have. Leave the header "
            "out, or ask the bot's owner.",
            code="insufficient_scope",
        )
    return asked


Explained = Annotated[bool, Depends(_explained)]
