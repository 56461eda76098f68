"""`/consent` on a channel: whether what somebody says there may be learned from.

The question is the page's ([privacy] consent), and so are its versions and the record of an answer. What is
said besides, bot.toml says; where it says nothing, the command is a message like any other.
"""

from __future__ import annotations

import asyncio

from chatwright.answer.people import People
from chatwright.channels.splitting import split
from chatwright.channels.writing import Writing
from chatwright.store import channel_outbox as outbox
from chatwright.store.channel_events import Chat

COMMAND = "/consent"
ANSWERS = {"yes": True, "no": False}


class Asking:
    """Asks on channels, and hears the answers. A yes counts once the text that it is said to was sent to that
    chat, in the version that is in force; until then the text is the answer to it. A no always counts."""

    def __init__(self, people: People, writing: Writing) -> None:
        self._people = people
        self._writing = writing

    def meant(self, said: str) -> bool:
        """Whether this is no message, but the command."""
        words = said.lower().split()
        if not words or words[0] != COMMAND or not self._people.asks_on_channels:
            return False
        return len(words) == 1 or (len(words) == 2 and words[1] in ANSWERS)

    async def answer(self, chat: Chat, said: str, limit: int, key: str) -> tuple[str, str]:
        """What to say to it, and the key under which to send that; `limit`: characters in one message there.
        An answer is recorded, and once where it comes again."""
        people, words = self._people, said.lower().split()
        granted = ANSWERS.get(words[1]) if len(words) == 2 else None
        question = f"{people.consent_text}\n\n{people.spec.privacy.consent_how.strip()}"
        asked = f"consent.{people.consent_version}"
        if granted:
            last = len(split(question, limit)) - 1
            if not await self._writing.do(lambda c: outbox.arrived(c, chat.id, asked, last)):
                granted = None
        if granted is None:
            return question, f"{asked}.{key}"
        known = await asyncio.to_thread(people.consent, chat.owner)
        if known is None or known.granted != granted:
            await asyncio.to_thread(people.agree, chat.owner, granted, chat.channel)
        privacy = people.spec.privacy
        return (privacy.consent_given if granted else privacy.consent_withdrawn), key
