"""POST /v1/feedback: what a client's users say about replies that it got from /v1, which are not kept here.

    {"model": "library", "messages": [...], "answer": "...", "system_fingerprint": "...", "thumb": "down"}

The exchange comes along, or `message_id` names a reply that is kept. It takes a key, since whoever rates must
be known; who the client's own user is, only the client knows.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, model_validator
from starlette.responses import Response

from chatwright.core.errors import NotFound
from chatwright.server.caller import Caller, Who
from chatwright.server.doors import key_required
from chatwright.server.limits import CHARACTERS, MESSAGES, Text
from chatwright.server.openai.messages import ChatMessage, check_length
from chatwright.server.openai.models import find
from chatwright.server.rating import NOTHING, most, rate
from chatwright.server.services import Services, Shared
from chatwright.server.web_types import Feedback
from chatwright.store.feedback import Rated

router = APIRouter(prefix="/v1", tags=["feedback"])


class FeedbackRequest(Feedback):
    """The body of POST /v1/feedback: `message_id`, or `model`, `messages` and `answer`. An unknown key is a
    mistake here: this is no endpoint of OpenAI's. A thumb, score, comment and correction that are all
    left out take back what was said."""

    message_id: Annotated[Text, Field(max_length=100)] | None = None
    model: Text | None = None
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=MESSAGES)] | None = None
    answer: Annotated[Text, Field(max_length=CHARACTERS, pattern=r"\S")] | None = None
    system_fingerprint: Annotated[Text, Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def _is_about_something(self) -> FeedbackRequest:
        told = (self.model, self.messages, self.answer)
        if self.message_id is not None:
            if any(one is not None for one in (*told, self.system_fingerprint)):
                raise ValueError("name message_id, or send the exchange, not both")
            return self
        if any(one is None for one in told):
            raise ValueError("send model, messages and answer, or message_id")
        if self.messages is not None:
            check_length(message.text() for message in self.messages)
            if self.messages[-1].role != "user":
                raise ValueError("messages must end with the user's message that was answered")
        return self


class FeedbackValue(BaseModel):
    """`message_id` names the reply as it is kept now: for changing what was said, or taking it back."""

    object: Literal["feedback"] = "feedback"
    message_id: str
    feedback: Feedback | None


@router.post("/feedback")
async def create(
    body: FeedbackRequest, request: Request, services: Shared, caller: Who
) -> FeedbackValue:
    if caller.kind != "key":
        raise key_required()
    said = body.record()
    if body.message_id is not None:
        rated = await rate(services, caller, body.message_id, said)
    else:
        rated = await _told(body, request, services, caller)
    known = None if said.empty else Feedback.of(rated.said)
    return FeedbackValue(message_id=rated.message_id, feedback=known)


@router.delete("/feedback/{message_id}", status_code=204)
async def remove(message_id: str, services: Shared, caller: Who) -> Response:
    if caller.kind != "key":
        raise key_required()
    await rate(services, caller, message_id, NOTHING)
    return Response(status_code=204)


async def _told(
    body: FeedbackRequest, request: Request, services: Services, caller: Caller
) -> Rated:
    """Keep the exchange with what is said about it."""
    assert body.model is not None and body.messages is not None and body.answer is not None
    bot = find(services, request, body.model).current()
    deployment = body.system_fingerprint
    rated = await asyncio.to_thread(
        services.exchanges.rate,
        body.model,
        caller.id,
        body.record(),
        [message.message() for message in body.messages],
        body.answer,
        deployment=deployment,
        release=bot.release_id if deployment == bot.deployment_id else None,
        most=most(services, caller),
    )
    if rated is None:
        raise NotFound("Nothing is kept of this exchange.", "There is nothing to take back.")
    services.metrics.rated(rated)
    return rated
