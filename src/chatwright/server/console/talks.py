"""One conversation as the team sees it: all that is kept of it, whoever's it is. It writes nothing."""

from __future__ import annotations

from chatwright.core.errors import NotFound
from chatwright.server.console.inbox_types import (
    NoteValue,
    TalkSummary,
    TeamHandover,
    TeamMessage,
    WholeTalk,
)
from chatwright.server.services import Services


def whole(services: Services, bot: str, id: str, who: str) -> WholeTalk:
    """For the eyes of `who`. Raises `NotFound`."""
    talk = services.talks.find(bot, id)
    if talk is None:
        raise NotFound("There is no such conversation.", "Load the list again.")
    told = services.talks.messages([id]).get(id, [])
    handovers = [TeamHandover.by(one, who) for one in services.inbox.handovers(id)]
    there = handovers[-1] if handovers and handovers[-1].state != "ended" else None
    return WholeTalk(
        **TalkSummary.of(talk).model_dump(),
        tree=[TeamMessage.told(one) for one in told],
        handover=there,
        handovers=handovers,
        notes=[NoteValue.by(one, who) for one in services.inbox.notes(id)],
    )
