"""Keeps a vendor's pace: so many messages a second in all, and so many in one chat."""

from __future__ import annotations

import asyncio
import time

FORGET = 4096  # chats, after which those whose turn is past are forgotten


class Pace:
    """Rates in messages a second; 0 is without a limit. Evenly spaced: bursts are what vendors refuse."""

    def __init__(self, per_second: float, per_chat: float) -> None:
        self._between = 1.0 / per_second if per_second else 0.0
        self._in_chat = 1.0 / per_chat if per_chat else 0.0
        self._next = 0.0
        self._chats: dict[str, float] = {}

    def chat_in(self, chat: str) -> float:
        """Seconds until a message to `chat` may go."""
        return max(self._chats.get(chat, 0.0) - time.monotonic(), 0.0)

    async def wait(self, chat: str) -> None:
        """Take the next slot of all, and return when it has come."""
        at = time.monotonic()
        slot = max(at, self._next)
        self._next = slot + self._between
        if self._in_chat:
            self._chats[chat] = slot + self._in_chat
            if len(self._chats) > FORGET:
                self._chats = {one: until for one, until in self._chats.items() if until > at}
        if slot > at:
            await asyncio.sleep(slot - at)
