"""What a person of the team may say, made when they ask: reviewed answers, and the bot's own draft.

Nothing is recorded, no webhook is called and no task is gone on with: a person reads it, and says it or not.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from chatwright.answer.bot import Bot
from chatwright.core.types import Conversation, Route, Source
from chatwright.knowledge.curated import Match

NEAR = 0.15  # likeness; a person chooses, so that a far one does little harm
MOST = 5


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the bot would have said. `confidence` is None where nothing was weighed."""

    text: str
    route: Route
    confidence: float | None
    sources: tuple[Source, ...] = ()


async def near(bot: Bot, question: str) -> list[Match]:
    """Curated answers to questions like this one, the nearest first."""
    if bot.router is None or bot.router.curated is None or not question.strip():
        return []
    found = await asyncio.to_thread(bot.router.curated.match, question, None, MOST)
    return [match for match in found if match.likeness >= NEAR]


async def draft(bot: Bot, conversation: Conversation) -> Suggested:
    """Raises as `Bot.reply` does."""
    sampling = bot.spec.answers.sampling()
    look = None if bot.router is None else await bot.look(conversation)
    if look is None:
        written = await bot.draft(conversation, sampling)
        return Suggested(written.text, "refused" if written.declined else "generated", None)
    decision = await bot.decide(look, conversation, sampling)
    if decision.route == "refused":
        for one in decision.candidates:  # the bot is too unsure to say it; a person may know better
            if not one.declined and one.text.strip():
                return Suggested(one.text, "refused", one.confidence, one.sources)
    return Suggested(decision.text, decision.route, decision.confidence, decision.sources)
