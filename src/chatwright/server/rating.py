"""Rating a reply, whichever door it comes through: who may rate what, how often, and what is counted."""

from __future__ import annotations

import asyncio

from chatwright.core.errors import NotFound
from chatwright.server.caller import Caller
from chatwright.server.services import Services
from chatwright.store.feedback import Rated
from chatwright.store.records import FeedbackRecord
from chatwright.store.staging import link_of

NOTHING = FeedbackRecord(None, "", "")


async def rate(services: Services, caller: Caller, message_id: str, said: FeedbackRecord) -> Rated:
    """Whoever may review rates any reply of the bot, everybody else those to themselves. Raises `NotFound`
    for any other, and for one that was erased."""
    reviews = "review" in caller.scopes and caller.kind in ("account", "key")
    rated = await asyncio.to_thread(
        services.feedbacks.put,
        message_id,
        caller.id,
        said,
        any_of=(caller.bot or services.first) if reviews else None,
        most=most(services, caller),
    )
    if rated is None:
        raise no_message()
    if link_of(caller.id) is None:  # testers are not counted with those who use it
        services.metrics.rated(rated)
    return rated


def most(services: Services, caller: Caller) -> int:
    """Replies that the caller may newly rate in a day; 0: as many as they like."""
    settings = services.deployed.current().spec.feedback
    return settings.per_key_per_day if caller.kind == "key" else settings.per_rater_per_day


def no_message() -> NotFound:
    return NotFound("There is no such message.", "Load the conversation again.")
