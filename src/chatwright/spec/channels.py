"""`[channels.NAME]`: where people write to the bot besides its page.

Secrets never stand here. A channel's name says which variables of the environment hold them:
`[channels.telegram]` reads TELEGRAM_BOT_TOKEN, and `[channels.sales]` with `kind = "telegram"` SALES_BOT_TOKEN.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from chatwright.spec.section import Section

ChannelKind = Literal["telegram", "webhook", "slack", "whatsapp", "messenger"]
KINDS: tuple[str, ...] = get_args(ChannelKind)
NAME = r"^[a-z][a-z0-9_]{0,30}$"
PLACES = frozenset({"web", "widget", "api", "v1", "test", "staging", "temporary"})  # are taken
Prompt = Annotated[str, Field(min_length=1, max_length=75)]
# What only some kinds have; the others belong to all.
OWN: dict[str, tuple[str, ...]] = {
    "telegram": ("listen",),
    "webhook": ("url", "private"),
    "slack": ("listen", "prompts"),
    "whatsapp": ("account", "template"),
    "messenger": ("account",),
}


class ChannelOptions(Section):
    """One channel. `kind` may be left out where the table is called like one."""

    kind: ChannelKind  # whose it is
    base_url: str = ""  # of the vendor's API; empty: the vendor's own
    on_uncertain: Literal["resend", "skip"] = "resend"  # a message that may have been sent, or not
    feedback: bool = True  # buttons below answers, or reactions to them, are feedback
    sends_at_once: int = Field(1, ge=1, le=16)  # a kill may double as many messages
    listen: bool = False  # fetches its events itself (Telegram getUpdates, Slack Socket Mode)
    url: str = ""  # webhook: where answers are posted
    private: bool = False  # webhook: that address may be within one's own network
    account: str = ""  # the id of the WhatsApp number, of the Messenger page
    template: str = ""  # WhatsApp: "name/language", sent with the text where the window is closed
    prompts: tuple[Prompt, ...] = ()  # Slack: what an assistant pane proposes to ask

    @field_validator("base_url", "url")
    @classmethod
    def _is_of_the_web(cls, url: str) -> str:
        place = urlsplit(url)
        if url and (place.scheme not in ("http", "https") or not place.hostname):
            raise ValueError('an address begins with "https://" or "http://"')
        if place.username is not None or place.password is not None:
            raise ValueError("a name or password does not belong in it")
        return url.rstrip("/")

    @field_validator("template")
    @classmethod
    def _names_a_language(cls, template: str) -> str:
        if template and not re.fullmatch(r"[a-z0-9_]+/[A-Za-z_]{2,8}", template):
            raise ValueError('a template is a name and a language, as "answer_ready/en_US"')
        return template

    @model_validator(mode="after")
    def _fits_its_kind(self) -> ChannelOptions:
        some = {name for names in OWN.values() for name in names} - set(OWN[self.kind])
        # By value, and not by what was given: a spec is also validated from all of its values.
        usual = type(self).model_fields
        if wrong := sorted(name for name in some if getattr(self, name) != usual[name].default):
            raise ValueError(f'"{wrong[0]}" does not belong to a channel of the kind "{self.kind}"')
        if self.kind == "webhook" and not self.url:
            raise ValueError('a webhook needs "url": where answers are posted')
        return self


Channels = dict[str, ChannelOptions]


def with_kinds(channels: Any) -> Any:
    """A table that is called like a kind is one of that kind."""
    if not isinstance(channels, dict):
        return channels
    return {
        name: {"kind": name, **options} if isinstance(options, dict) and name in KINDS else options
        for name, options in channels.items()
    }
