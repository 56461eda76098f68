"""The kinds of channels that there are, and how a table of bot.toml becomes one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chatwright.channels.channel import Channel
from chatwright.channels.messenger import messenger
from chatwright.channels.slack import slack
from chatwright.channels.slack_socket import listening_slack
from chatwright.channels.telegram import telegram
from chatwright.channels.webhook import webhook
from chatwright.channels.whatsapp import whatsapp
from chatwright.spec.channels import ChannelKind, ChannelOptions

Make = Callable[[str, ChannelOptions, Mapping[str, str]], Channel]


def _slack(name: str, options: ChannelOptions, environ: Mapping[str, str]) -> Channel:
    return (listening_slack if options.listen else slack)(name, options, environ)


KINDS: dict[ChannelKind, Make] = {
    "messenger": messenger,
    "slack": _slack,
    "telegram": telegram,
    "webhook": webhook,
    "whatsapp": whatsapp,
}


def make(name: str, options: ChannelOptions, environ: Mapping[str, str]) -> Channel:
    """The channel `name`. Raises `NotSet` where a secret is missing."""
    return KINDS[options.kind](name, options, environ)
