"""Everybody's conversations with a bot, for those who look after it: a list with filters, and each whole.

What is shown is what is stored. That somebody read a conversation, searched for words or took a copy is in the
audit log; the words are not.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import AsyncGenerator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from chatwright.core.errors import WrongUse
from chatwright.core.types import Route
from chatwright.server.console.inbox import AtDesk, Desk
from chatwright.server.console.inbox_types import (
    TalkChoices,
    TalkPage,
    TalkSummary,
    WholeTalk,
    shown,
)
from chatwright.server.errors import WRITING
from chatwright.store.records import HandoverRecord, Thumb
from chatwright.store.talks import Talk, Told, Wanted

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Day = Annotated[str, Query(max_length=24, pattern=r"^(\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?)?$")]
Word = Annotated[str, Query(max_length=100)]
LINES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}
}
EXPORTED = 100  # conversations that are read at once

router = APIRouter(prefix="/api/console/conversations", responses=WRITING, tags=["console"])


async def _wanted(
    since: Annotated[Day, Query(description="a day, or a moment: that went on from then on")] = "",
    until: Annotated[Day, Query(description="a day, which counts, or a moment")] = "",
    channel: Word = "",
    language: Word = "",
    route: Route | None = None,
    release: Word = "",
    thumb: Thumb | None = None,
    person: Annotated[Literal["yes", "no"] | None, Query()] = None,
    text: Annotated[str, Query(max_length=200)] = "",
) -> Wanted:
    # The whole of the last day: every moment of it sorts before this.
    end = f"{until}T~" if DAY.fullmatch(until) else until
    took = None if person is None else person == "yes"
    return Wanted(since, end, channel, language, route, release, thumb, took, text)


Filtered = Annotated[Wanted, Depends(_wanted)]


@router.get("")
async def conversations(
    desk: AtDesk,
    wanted: Filtered,
    cursor: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> TalkPage:
    """The latest first. A page looks through a bounded number of them: it may be short and yet
    have a next one. Needs: the scope `review`."""
    after = _place(cursor) if cursor else None
    page = await asyncio.to_thread(desk.services.talks.page, desk.bot, wanted, after, limit)
    if wanted.text and not cursor:
        await desk.audit("conversations.searched", found=len(page.talks))
    return TalkPage(
        conversations=[TalkSummary.of(talk) for talk in page.talks],
        next=None if page.after is None else _cursor(page.after),
        reached=page.reached,
    )


@router.get("/choices")
async def choices(desk: AtDesk) -> TalkChoices:
    """What there is to filter by. Needs: the scope `review`."""
    found = await asyncio.to_thread(desk.services.talks.choices, desk.bot)
    return TalkChoices(
        channels=list(found.channels),
        languages=list(found.languages),
        releases=list(found.releases),
    )


@router.get("/export", response_model=None, responses=LINES)
async def export(desk: AtDesk, wanted: Filtered) -> StreamingResponse:
    """All that the filters leave, a conversation a line (JSONL), latest first. Needs: the scope `review`."""
    await desk.audit("conversations.exported", filters=len(wanted.used))
    head = {"content-disposition": 'attachment; filename="conversations.jsonl"'}
    return StreamingResponse(_lines(desk, wanted), media_type="application/x-ndjson", headers=head)


@router.get("/{id}")
async def conversation(id: str, desk: AtDesk) -> WholeTalk:
    """One conversation, whole; that it was read is in the audit log. Needs: the scope `review`."""
    found = await desk.whole(id)
    if desk.services.readers.new(desk.who, id):
        await desk.audit("conversation.read", id)
    return found


async def _lines(desk: Desk, wanted: Wanted) -> AsyncGenerator[bytes, None]:
    talks, inbox, after = desk.services.talks, desk.services.inbox, None
    while True:
        page = await asyncio.to_thread(talks.page, desk.bot, wanted, after, EXPORTED)
        ids = [talk.id for talk in page.talks]
        told = await asyncio.to_thread(talks.messages, ids)
        for talk in page.talks:
            kept = talk.person is not None
            handovers = await asyncio.to_thread(inbox.handovers, talk.id) if kept else []
            line = _line(talk, told.get(talk.id, []), handovers)
            yield (json.dumps(line, ensure_ascii=False) + "\n").encode()
        if page.after is None:
            return
        after = page.after


def _line(talk: Talk, told: list[Told], handovers: list[HandoverRecord]) -> dict[str, Any]:
    kept = ("id", "channel", "language", "title", "created_at", "updated_at")
    return {
        **{name: getattr(talk, name) for name in kept},
        "visitor": shown(talk.owner),
        "messages": [_message(one) for one in told],
        "handovers": [
            {"reason": one.reason, "state": one.state, "since": one.since, "ended": one.ended}
            for one in handovers
        ],
    }


def _message(told: Told) -> dict[str, Any]:
    message = told.message
    names = (
        *("id", "parent_id", "role", "content", "author", "created_at", "status"),
        *("route", "confidence", "mark", "release", "deployment"),
    )
    return {
        **{name: getattr(message, name) for name in names},
        "sources": [dict(source) for source in message.sources],
        "feedback": [
            {
                "rater": shown(said.rater),
                "thumb": said.thumb,
                "score": said.score,
                "comment": said.comment,
                "correction": said.correction,
            }
            for said in told.said
        ],
    }


def _cursor(place: tuple[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _place(cursor: str) -> tuple[str, str]:
    try:
        time, id = json.loads(base64.urlsafe_b64decode(cursor))
        return str(time), str(id)
    except ValueError:
        raise WrongUse("This is no place in the list.", "Begin with the first page.") from None
