"""How what a person of the team writes reaches the visitor: one small protocol, implemented by each channel.

The message is in the store before it is delivered, so that nothing is lost when a channel fails: it is shown
there, and `deliver` may be called again for the same message. A channel recognises that by the message's id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from chatwright.core.errors import NotFound
from chatwright.store.records import MessageRecord
from chatwright.store.talks import Talk


class Outlet(Protocol):
    """One channel's way out."""

    async def deliver(self, conversation: Talk, message: MessageRecord) -> None:
        """Bring `message`, which `message.author` wrote, to the owner of `conversation`. Raises
        `ChatwrightError` where that fails; the same message may come again."""


class Outlets:
    """The ways out of all channels, by the name that conversations have of their channel."""

    def __init__(self, known: Mapping[str, Outlet]) -> None:
        self._known = dict(known)

    def add(self, channel: str, outlet: Outlet) -> None:
        self._known[channel] = outlet

    async def deliver(self, conversation: Talk, message: MessageRecord) -> None:
        """Raises `NotFound` for a channel that has none, and whatever the channel raises."""
        outlet = self._known.get(conversation.channel)
        if outlet is None:
            raise NotFound(
                f"Nothing can be sent on the channel {conversation.channel}.",
                "It is kept, and shown when the visitor comes back.",
            )
        await outlet.deliver(conversation, message)
