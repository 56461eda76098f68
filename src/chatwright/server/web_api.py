"""The web app's own API: conversations, turns that run on when nobody listens, feedback.

Each handler names the owner in every call below it; another's id is answered like none at all. All but
the one for explanations, which is for those who look after the bot.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from starlette.responses import Response

from chatwright.answer.turn import TurnEvent
from chatwright.core.errors import NotFound
from chatwright.server.caller import Who
from chatwright.server.errors import WRITING, Problem
from chatwright.server.events import STREAM, EventStream, frame
from chatwright.server.explained_types import ExplanationValue
from chatwright.server.rating import NOTHING, no_message, rate
from chatwright.server.services import Shared
from chatwright.server.visitor import Owner
from chatwright.server.web_types import (
    BotCard,
    ConversationList,
    ConversationSummary,
    ConversationValue,
    Feedback,
    MessageValue,
    NewConversation,
    NewTurn,
    Nothing,
    PlaceValue,
    Rename,
    TurnStarted,
)
from chatwright.store.attachments import Attached
from chatwright.store.canaries import STAGING
from chatwright.store.conversations import TEMPORARY
from chatwright.store.staging import link_of
from chatwright.store.turns import Kept

router = APIRouter(prefix="/api", responses=WRITING)


def _no_conversation() -> NotFound:
    return NotFound("There is no such conversation.", "Start a new one.")


@router.get("/bot")
async def bot(services: Shared, owner: Owner) -> BotCard:
    return BotCard.of(services.deployed.bot_for(owner), owner)


@router.get("/conversations")
async def conversations(
    services: Shared, owner: Owner, search: Annotated[str, Query(max_length=200)] = ""
) -> ConversationList:
    name = services.deployed.current().spec.bot.name
    found = await asyncio.to_thread(services.conversations.all, name, owner, search)
    lines = [ConversationSummary.of(one) for one in found]
    if search and lines:
        ids = [one.id for one in lines]
        places = await asyncio.to_thread(services.conversations.places, owner, ids, search)
        for line in lines:
            if (place := places.get(line.id)) is not None:
                line.found = PlaceValue.model_validate(place, from_attributes=True)
    return ConversationList(conversations=lines)


@router.post("/conversations", status_code=201)
async def create(body: NewConversation, services: Shared, caller: Who) -> ConversationSummary:
    name = services.deployed.current().spec.bot.name
    usual = "widget" if caller.site else "web"
    channel = TEMPORARY if body.temporary else STAGING if link_of(caller.id) else usual
    return ConversationSummary.of(
        await asyncio.to_thread(services.conversations.create, name, caller.id, channel)
    )


@router.get("/conversations/{id}")
async def conversation(id: str, services: Shared, owner: Owner) -> ConversationValue:
    found = await asyncio.to_thread(services.conversations.find, id, owner)
    if found is None:
        raise _no_conversation()
    # The hand-over first: what happens in between comes again with the events, and is not missed.
    handover = await asyncio.to_thread(services.handovers.of, id, owner)
    messages = await asyncio.to_thread(services.conversations.messages, id, owner)
    attached = await asyncio.to_thread(services.attachments.of, id, owner)
    return ConversationValue.whole(found, messages, handover, attached)


@router.patch("/conversations/{id}")
async def rename(id: str, body: Rename, services: Shared, owner: Owner) -> ConversationSummary:
    change = services.conversations.change
    found = await asyncio.to_thread(change, id, owner, title=body.title, pinned=body.pinned)
    if found is None:
        raise _no_conversation()
    return ConversationSummary.of(found)


@router.delete("/conversations/{id}", status_code=204)
async def delete(id: str, services: Shared, owner: Owner) -> Response:
    if not await asyncio.to_thread(services.conversations.delete, id, owner):
        raise _no_conversation()
    services.turns.stop_conversation(id, owner)
    return Response(status_code=204)


@router.post("/conversations/{id}/turns", status_code=202)
async def start(id: str, body: NewTurn, services: Shared, owner: Owner) -> TurnStarted:
    services.refuse_when_draining()
    if body.content is None and (body.attachments or body.attachments_of is not None):
        raise Problem(400, "Attachments go with a message: send content.", code="invalid_value")
    texts = [Attached(one.name, one.content) for one in body.attachments]
    said = (body.content, body.parent_id, texts, body.attachments_of)
    turn = await services.turns.start(owner, id, *said)
    if isinstance(turn, Kept):
        services.live.nudge()
        said_now = MessageValue.of(turn.user_message, turn.attached)
        return TurnStarted(turn_id=None, user_message=said_now, message=None)
    # As it was begun: by now the turn may be further, and its events shall tell that in order.
    return TurnStarted(
        turn_id=turn.id,
        user_message=MessageValue.of(turn.user_message, turn.attached),
        message=MessageValue.of(turn.begun),
    )


@router.get("/turns/{turn_id}/events", response_model=None, responses={200: STREAM})
async def events(
    turn_id: str,
    services: Shared,
    owner: Owner,
    after: Annotated[int, Query(ge=0)] = 0,
    last_event_id: Annotated[str, Header()] = "",
) -> EventStream:
    # A browser that reconnects by itself sends the header, and the address as it was at first.
    seen = int(last_event_id) if last_event_id.isdecimal() and len(last_event_id) < 10 else after
    found = await services.turns.events(turn_id, owner, seen)
    if found is None:
        raise _no_turn()
    return EventStream(
        _frames(found),
        closing=services.closing,
        farewell=lambda why: frame(why.body() | {"message": None}, "error"),
    )


@router.post("/turns/{turn_id}/stop", status_code=202)
async def stop(turn_id: str, services: Shared, owner: Owner) -> Nothing:
    if not await services.turns.stop(turn_id, owner):
        raise _no_turn()
    return Nothing()


@router.put("/messages/{id}/feedback")
async def feedback(id: str, body: Feedback, services: Shared, caller: Who) -> Feedback:
    """One's own, or anybody's for reviewers and up; saying nothing takes it back."""
    return Feedback.of((await rate(services, caller, id, body.record())).said)


@router.delete("/messages/{id}/feedback", status_code=204)
async def no_feedback(id: str, services: Shared, caller: Who) -> Response:
    await rate(services, caller, id, NOTHING)
    return Response(status_code=204)


@router.get("/messages/{id}/explanation")
async def explanation(id: str, services: Shared, owner: Owner) -> ExplanationValue:
    """Why a reply was given, whoever asked: for reviewers and up."""
    name = services.deployed.current().spec.bot.name
    row = await asyncio.to_thread(services.explanations.find, id, name)
    if row is None:
        raise no_message()
    agreed = await asyncio.to_thread(services.people.trainable, row.owner, row.created_at)
    return ExplanationValue.of(row, texts=agreed or row.owner == owner)


def _no_turn() -> NotFound:
    return NotFound("There is no such turn.", "Load the conversation.")


async def _frames(events: AsyncIterator[TurnEvent]) -> AsyncGenerator[bytes, None]:
    yield b""  # sends the status: the page shall know that it is connected before anything happens
    async for event in events:
        yield frame(_data(event), event.name, event.id)


def _data(event: TurnEvent) -> dict[str, Any]:
    if event.name == "delta":
        return {"text": event.text}
    message = MessageValue.of(event.message).model_dump()
    if event.name == "route":
        return {name: message[name] for name in ("route", "sources", "left_out")}
    if event.name == "done":
        return message
    failed = Problem(503, event.message.error or "The reply failed.", code="turn_failed")
    return failed.body() | {"message": message}
