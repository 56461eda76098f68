"""A turn that another process makes, read through the store: its text as often as that is saved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from chatwright.answer.turn import FINAL, ROUTE, STEP, TurnEvent, ending
from chatwright.core.errors import ChatwrightError
from chatwright.store.records import MessageRecord
from chatwright.store.turns import TurnLog

LOOK = 0.5  # seconds between two looks; the text is saved every second (`store.processes.BEAT`)


async def follow(
    log: TurnLog, message: MessageRecord, owner: str, after: int = 0
) -> AsyncIterator[TurnEvent]:
    """The events that follow number `after` of the turn that makes `message`; ends as it does.

    Numbered as by its own process. Ends without a final event when the turn is deleted.
    """
    assert message.turn_id is not None
    position, found = after, message
    while True:
        seen, text = position // STEP, found.content
        if len(text) > seen:
            position = STEP * len(text)
            yield TurnEvent(position, "delta", text[seen:], found)
        if found.status != "running":
            break
        await asyncio.sleep(LOOK)
        try:
            again = await asyncio.to_thread(log.find, message.turn_id, owner)
        except ChatwrightError:
            continue  # the store is away for a moment, and the reader has waited until now as well
        if again is None:
            return
        found = again
    end = STEP * len(found.content)
    if found.route is not None and end + ROUTE > position:
        yield TurnEvent(end + ROUTE, "route", "", found)
    if end + FINAL > position:
        yield TurnEvent(end + FINAL, ending(found), "", found)
