"""The kinds of channels that there are, and how a table of bot.toml becomes one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chatwright.channels.channel import Channel, NotSet
from chatwright.channels.telegram import telegram
from chatwright.channels.webhook import webhook
from chatwright.spec.channels import ChannelKind, ChannelOptions

Make = Callable[[str, ChannelOptions, Mapping[str, str]], Channel]
KINDS: dict[ChannelKind, Make] = {"telegram": telegram, "webhook": webhook}


def make(name: str, options: ChannelOptions, environ: Mapping[str, str]) -> Channel:
    """The channel `name`. Raises `NotSet` where a secret is missing."""
    if (known := KINDS.get(options.kind)) is None:
        raise NotSet(f"This version has no channel of the kind {options.kind}.", "Upgrade.")
    return known(name, options, environ)
