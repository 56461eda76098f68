"""The visitor's side of a hand-over: asking for a person, going back to the bot, and what is new.

Each handler names the owner; another's conversation is answered like none at all. The team's side is
`console/inbox.py`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Header, Query
from starlette.responses import Response

from chatwright.answer.record import branch, conversation_of
from chatwright.core.errors import Conflict, NotFound
from chatwright.server.caller import Caller, Who
from chatwright.server.errors import WRITING
from chatwright.server.events import STREAM, EventStream, frame
from chatwright.server.services import Services, Shared
from chatwright.server.visitor import Owner
from chatwright.server.web_types import HandoverValue, MessageValue
from chatwright.store.inbox import News
from chatwright.store.records import HandoverRecord, MessageRecord

LIFE = 600.0  # seconds for which a stream lasts: who may read it is asked again then
CURSOR = re.compile(r"(\d{1,9})\.(\d{1,9})")

router = APIRouter(prefix="/api/conversations", responses=WRITING)


@router.post("/{id}/handover")
async def ask(id: str, services: Shared, owner: Owner) -> HandoverValue:
    """A person shall come; until then the bot goes on. Asking again changes nothing. 409 `no_people` where
    nobody comes."""
    bot = services.deployed.current()
    if not bot.spec.guard.handover:
        raise Conflict("Nobody can come here.", "Go on with the bot.", code="no_people")
    found, new = await asyncio.to_thread(services.handovers.ask, id, owner)
    if new:
        services.live.nudge()
        told = await asyncio.to_thread(services.conversations.messages, id, owner)
        newest = max(told, key=lambda message: message.seq, default=None)
        bot.skills.ask_for_person(conversation_of(id, branch(told, newest)))
    return HandoverValue.of(found)


@router.delete("/{id}/handover", status_code=204)
async def leave(id: str, services: Shared, owner: Owner) -> Response:
    """On with the bot, whether a person came or not."""
    await asyncio.to_thread(services.handovers.leave, id, owner)
    services.live.nudge()
    return Response(status_code=204)


@router.get("/{id}/events", response_model=None, responses={200: STREAM})
async def events(
    id: str,
    services: Shared,
    caller: Who,
    after: Annotated[str, Query(max_length=30)] = "",
    last_event_id: Annotated[str, Header()] = "",
) -> EventStream:
    """What is new in a conversation: `message` (a message that came, or ended), `handover` (it came to another
    state), `gone` (the conversation was deleted). `after`: the `cursor` of the conversation, or the id of an
    event; without it everything is told. A message may be told twice."""
    # A browser that reconnects by itself sends the header, and the address as it was at first.
    known = CURSOR.fullmatch(last_event_id) or CURSOR.fullmatch(after)
    place = (int(known[1]), int(known[2])) if known else (0, 0)
    return EventStream(
        _frames(services, caller, id, *place),
        closing=services.closing,
        farewell=lambda why: frame(why.body(), "error"),
    )


async def _frames(
    services: Services, caller: Caller, id: str, seq: int, revision: int
) -> AsyncGenerator[bytes, None]:
    ends = asyncio.get_running_loop().time() + LIFE
    story, first = _Story(seq, revision), True
    with services.live.conversation(id, caller) as event:
        while True:
            event.clear()
            found = await asyncio.to_thread(services.inbox.news, id, caller.id, story.seq)
            if found is None and first:
                raise NotFound("There is no such conversation.", "Start a new one.")
            if first:
                yield b""  # sends the status
            if found is None:
                yield frame({}, "gone")
                return
            first = False
            for piece in story.told(found):
                yield piece
            try:
                async with asyncio.timeout_at(ends):
                    await event.wait()
            except TimeoutError:
                return


class _Story:
    """What one reader was told. `seq` and `revision` are the place up to which nothing comes again."""

    def __init__(self, seq: int, revision: int) -> None:
        self.seq, self.revision = seq, revision
        self._sent: dict[str, tuple[int, str]] = {}  # messages beyond: place and state

    def told(self, news: News) -> list[bytes]:
        """The events for what the reader does not know."""
        if news.handover is not None and news.handover.state == "ended":  # after the last words
            return [*self._messages(news.messages), *self._handover(news.handover)]
        return [*self._handover(news.handover), *self._messages(news.messages)]

    def _messages(self, messages: tuple[MessageRecord, ...]) -> list[bytes]:
        pieces, ended = list[bytes](), True
        for message in messages:
            ended = ended and message.status != "running"
            self.seq = message.seq if ended else self.seq
            if self._sent.get(message.id) != (message.seq, message.status):
                self._sent[message.id] = (message.seq, message.status)
                value = MessageValue.of(message).model_dump()
                pieces.append(frame(value, "message", self._cursor()))
        self._sent = {id: told for id, told in self._sent.items() if told[0] > self.seq}
        return pieces

    def _handover(self, handover: HandoverRecord | None) -> list[bytes]:
        if handover is None or handover.revision <= self.revision:
            return []
        self.revision = handover.revision
        return [frame(HandoverValue.of(handover).model_dump(), "handover", self._cursor())]

    def _cursor(self) -> str:
        return f"{self.seq}.{self.revision}"
