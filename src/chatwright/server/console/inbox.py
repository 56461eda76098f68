"""Conversations that a person is asked for or has taken over: list, take over, answer, note, hand back.

Whoever has the scope `review` takes part. What they do is in the audit log, without a word of what was said;
the visitor's side is `handover_api.py`, and what is stored `store/handovers.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query
from starlette.responses import Response

from chatwright.answer import suggesting
from chatwright.answer.record import branch, conversation_of
from chatwright.core.errors import ChatwrightError, NotFound
from chatwright.core.types import Conversation
from chatwright.server.caller import Caller, Who
from chatwright.server.console.inbox_types import (
    Answer,
    Answered,
    CannedValue,
    DraftValue,
    End,
    HandoverEnded,
    InboxItem,
    InboxList,
    InboxMe,
    NewNote,
    NoteValue,
    ReplySuggestions,
    SeenUpTo,
    Take,
    TeamHandover,
    TeamMessage,
    WholeTalk,
)
from chatwright.server.console.talks import whole
from chatwright.server.errors import WRITING
from chatwright.server.events import STREAM, EventStream, frame
from chatwright.server.handover_api import LIFE
from chatwright.server.live import States, digest
from chatwright.server.services import Services, Shared
from chatwright.server.web_types import SourceValue
from chatwright.store.stamps import stamp
from chatwright.store.talks import Told

ENDED_DAYS = 7  # for which those that ended are listed

router = APIRouter(prefix="/api/console/inbox", responses=WRITING, tags=["console"])


@dataclass(frozen=True, slots=True)
class Desk:
    """The caller at the inbox of one bot."""

    services: Services
    bot: str
    caller: Caller

    @property
    def who(self) -> str:
        return self.caller.id

    async def audit(self, action: str, subject: str = "", **detail: int | str) -> None:
        log = self.services.people.audit
        await asyncio.to_thread(lambda: log.add(action, self.who, subject, **detail))

    async def whole(self, id: str) -> WholeTalk:
        return await asyncio.to_thread(whole, self.services, self.bot, id, self.who)


async def _desk(
    services: Shared, caller: Who, bot: Annotated[str, Query(max_length=100)] = ""
) -> Desk:
    name = bot or caller.bot or services.first
    if name not in services.bots or not caller.sees(name):
        raise NotFound("There is no such bot here.", "Choose one of those that are served.")
    return Desk(services, name, caller)


AtDesk = Annotated[Desk, Depends(_desk)]


@router.get("")
async def inbox(desk: AtDesk, ended: bool = False) -> InboxList:
    """Wanted first, whoever waits longest first; with `ended`, those of the last days that ended. Needs: the
    scope `review`."""
    since = stamp(datetime.now(UTC) - timedelta(days=ENDED_DAYS)) if ended else None

    def read() -> InboxList:
        kept = desk.services.inbox
        rows = kept.rows(desk.bot, desk.who, ended_since=since)
        return InboxList(
            conversations=[InboxItem.of(row, desk.who) for row in rows],
            wanted=kept.wanted([desk.bot]),
            me=desk.who,
            name=desk.services.handovers.name(desk.who),
        )

    return await asyncio.to_thread(read)


@router.get("/events", response_model=None, responses={200: STREAM})
async def events(desk: AtDesk, last_event_id: Annotated[str, Header()] = "") -> EventStream:
    """`changed` whenever the list or a conversation in it is different: {"conversations": [ids], "wanted":
    how many}. Needs: the scope `review`."""
    return EventStream(
        _frames(desk, last_event_id),
        closing=desk.services.closing,
        farewell=lambda why: frame(why.body(), "error"),
    )


async def _frames(desk: Desk, seen: str) -> AsyncGenerator[bytes, None]:
    live, ends = desk.services.live, asyncio.get_running_loop().time() + LIFE
    known: States | None = None
    with live.team(desk.caller) as event:
        while True:
            event.clear()
            states = await asyncio.to_thread(desk.services.inbox.states, [desk.bot])
            if known is None:
                yield b""  # sends the status
            if states != known and (known is not None or digest(states) != seen):
                before = known or {}
                ids = [id for id in {**before, **states} if before.get(id) != states.get(id)]
                wanted = sum(state[1] == "wanted" for state in states.values())
                told = {"conversations": ids, "wanted": wanted}
                yield frame(told, "changed", digest(states))
            known = states
            try:
                async with asyncio.timeout_at(ends):
                    await event.wait()
            except TimeoutError:
                return


@router.put("/me")
async def me(body: InboxMe, desk: AtDesk) -> InboxMe:
    """The name under which visitors read what the caller writes from now on. Needs: the scope `review`."""
    name = " ".join(body.name.split())
    await asyncio.to_thread(desk.services.handovers.call, desk.who, name)
    await desk.audit("inbox.named", desk.who)
    desk.services.live.nudge()
    return InboxMe(name=name)


@router.get("/{id}")
async def conversation(id: str, desk: AtDesk) -> WholeTalk:
    """One conversation, whole; that it was read is in the audit log. Needs: the scope `review`."""
    found = await desk.whole(id)
    mine = any(one.taken_by == desk.who for one in found.handovers)
    if not mine and desk.services.readers.new(desk.who, id):
        await desk.audit("conversation.read", id)
    return found


@router.post("/{id}/take")
async def take(id: str, body: Take, desk: AtDesk) -> TeamHandover:
    """The caller has the conversation from now on. 409 `taken` where a colleague has it, unless `instead_of`
    names them. Needs: the scope `review`."""
    services = desk.services
    talk = await asyncio.to_thread(services.talks.find, desk.bot, id)
    found = await asyncio.to_thread(
        services.handovers.take, desk.bot, id, desk.who, body.instead_of
    )
    if talk is not None:
        services.turns.stop_conversation(id, talk.owner)
    await desk.audit("handover.taken", id, reason=found.reason)
    services.live.nudge()
    return TeamHandover.by(found, desk.who)


@router.post("/{id}/answer")
async def answer(id: str, body: Answer, desk: AtDesk) -> Answered:
    """Says something in a conversation that the caller has; 409 `not_taken` where they do not. Needs: the scope
    `review`."""
    services = desk.services
    said = await asyncio.to_thread(
        services.handovers.answer, desk.bot, id, desk.who, body.content, body.key
    )
    await desk.audit("handover.answered", id)
    talk = await asyncio.to_thread(services.talks.find, desk.bot, id)
    trouble = ""
    if talk is not None:
        try:
            await services.outlets.deliver(talk, said)
        except ChatwrightError as error:
            trouble = str(error)
    services.live.nudge()
    return Answered(message=TeamMessage.told(Told(said)), trouble=trouble)


@router.post("/{id}/end")
async def end(id: str, body: End, desk: AtDesk) -> HandoverEnded:
    """The bot answers again. 409 `ended` where it does already, `taken` where a colleague has the conversation.
    Needs: the scope `review`."""
    services = desk.services
    talk = await asyncio.to_thread(services.talks.find, desk.bot, id)
    found, unanswered = await asyncio.to_thread(
        services.handovers.end, desk.bot, id, desk.who, body.how
    )
    await desk.audit("handover.ended", id, how=body.how)
    answering = body.answer and unanswered is not None and talk is not None
    if answering and desk.bot == services.first:
        assert talk is not None
        with contextlib.suppress(ChatwrightError):  # it is handed back all the same
            services.refuse_when_draining()
            await services.turns.start(talk.owner, id, None, unanswered)
    services.live.nudge()
    return HandoverEnded(handover=TeamHandover.by(found, desk.who), answering=answering)


@router.post("/{id}/notes", status_code=201)
async def note(id: str, body: NewNote, desk: AtDesk) -> NoteValue:
    """A note that only the team reads. Needs: the scope `review`."""
    made = await asyncio.to_thread(desk.services.inbox.note, desk.bot, id, desk.who, body.text)
    await desk.audit("handover.noted", id)
    desk.services.live.nudge()
    return NoteValue.by(made, desk.who)


@router.delete("/{id}/notes/{note}", status_code=204)
async def unnote(id: str, note: str, desk: AtDesk) -> Response:
    """Takes back a note of one's own. Needs: the scope `review`."""
    await asyncio.to_thread(desk.services.inbox.unnote, desk.bot, id, desk.who, note)
    await desk.audit("handover.unnoted", id)
    desk.services.live.nudge()
    return Response(status_code=204)


@router.put("/{id}/seen", status_code=204)
async def seen(id: str, body: SeenUpTo, desk: AtDesk) -> Response:
    """The caller has seen the messages up to this one. Needs: the scope `review`."""
    await asyncio.to_thread(desk.services.inbox.see, desk.bot, id, desk.who, body.seq)
    return Response(status_code=204)


@router.get("/{id}/suggestions")
async def suggestions(id: str, desk: AtDesk) -> ReplySuggestions:
    """Reviewed answers to questions like the visitor's last one. Needs: the scope `review`."""
    asked = await _asked(desk, id)
    question = asked.messages[-1].content
    found = await suggesting.near(desk.services.bots[desk.bot].current(), question)
    return ReplySuggestions(
        question=question,
        answers=[CannedValue.model_validate(one, from_attributes=True) for one in found],
    )


@router.post("/{id}/draft")
async def draft(id: str, desk: AtDesk) -> DraftValue:
    """What the bot would say to the visitor's last message; it is said to nobody. Needs: the scope `review`."""
    desk.services.refuse_when_draining()
    asked = await _asked(desk, id)
    with desk.services.bots[desk.bot].lease() as bot:
        made = await suggesting.draft(bot, asked)
    return DraftValue(
        text=made.text,
        route=made.route,
        confidence=made.confidence,
        sources=[SourceValue(**asdict(source)) for source in made.sources],
    )


async def _asked(desk: Desk, id: str) -> Conversation:
    """What leads to the visitor's last message."""
    talk = await asyncio.to_thread(desk.services.talks.find, desk.bot, id)
    found = await asyncio.to_thread(desk.services.talks.messages, [id]) if talk else {}
    told = [one.message for one in found.get(id, [])]
    last = next((one for one in reversed(told) if one.role == "user"), None)
    if last is None:
        raise NotFound("Nothing was asked there.", "Load the list again.")
    return conversation_of(id, branch(told, last))
