"""The widget on the console: which sites show it, how it looks, and whether sites can vouch for their users."""

from __future__ import annotations

import os
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from chatwright.server.errors import WRITING
from chatwright.server.services import Shared
from chatwright.store.secret import SHORTEST

router = APIRouter(prefix="/api/console/widget", tags=["console"], responses=WRITING)


class WidgetSetup(BaseModel):
    """`[widget]` as the server reads it. `identity`: whether the secret for users of a site is there."""

    origins: list[str]
    accent: str
    theme: Literal["auto", "light", "dark"]
    position: Literal["end", "start"]
    label: str
    greeting: str
    invitation: str
    invitation_seconds: float
    invitation_paths: list[str]
    ask_consent: bool
    share_messages: bool
    identity: Literal["off", "ready", "missing"]
    identity_secret_env: str
    title: str


@router.get("")
async def widget(services: Shared) -> WidgetSetup:
    """The page shows it together with the script tag."""
    spec = services.doors.spec
    values = spec.widget.model_dump(mode="json")
    return WidgetSetup(
        **values,
        identity=_identity(spec.widget.identity_secret_env),
        title=spec.bot.title or spec.bot.name,
    )


def _identity(variable: str) -> Literal["off", "ready", "missing"]:
    if not variable:
        return "off"
    return "ready" if len(os.environ.get(variable, "")) >= SHORTEST else "missing"
