"""`[widget]`: the chat on other people's sites. Which sites, how it looks there, what they learn of it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from chatwright.spec.origins import exact
from chatwright.spec.section import Section
from chatwright.spec.skills import VARIABLE


class Widget(Section):
    """Sites that may show the chat in a frame. What is said of looks, a site's own script tag may say
    otherwise; what is said of safety, it may not."""

    origins: tuple[str, ...] = ()  # empty: the widget is off
    accent: str = Field("#1d5c4b", pattern=r"^#[0-9a-fA-F]{6}$")
    theme: Literal["auto", "light", "dark"] = "auto"
    position: Literal["end", "start"] = "end"  # of the line: right where one reads from the left
    label: str = Field("", max_length=40)  # beside the button's icon; empty: the icon alone
    greeting: str = Field("", max_length=500)  # empty: [bot] greeting
    invitation: str = Field("", max_length=200)  # shown beside the button by itself; empty: never
    invitation_seconds: float = Field(15.0, ge=0)
    invitation_paths: tuple[str, ...] = ()  # only there; "*" is anything; empty: everywhere
    ask_consent: bool = True  # before the first message, where [privacy] consent has a text
    share_messages: bool = False  # the site may read along
    identity_secret_env: str = ""  # variable with the secret by which a site vouches for its users

    @field_validator("origins")
    @classmethod
    def _origins_are_exact(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        return exact(origins)

    @field_validator("invitation_paths")
    @classmethod
    def _paths_are_paths(cls, paths: tuple[str, ...]) -> tuple[str, ...]:
        for path in paths:
            if not path.startswith(("/", "*")):
                raise ValueError('a path begins with "/", like "/prices/*"')
        return paths

    @field_validator("identity_secret_env")
    @classmethod
    def _secret_is_elsewhere(cls, variable: str) -> str:
        if variable and not VARIABLE.fullmatch(variable):
            raise ValueError('it names a variable of the environment, like "WIDGET_SECRET"')
        return variable
