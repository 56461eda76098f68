"""What people said about replies, for those who look after a bot: the list, the raters, and who looks
suspicious.

It decides nothing (`reviews_api.py`), and takes no feedback (`web_api.py`, `openai/feedback.py`). Words are
shown of people who agreed that they are read.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from chatwright.core.types import Route
from chatwright.improve.heard import feedback_row, listen, rater_rows, readable
from chatwright.server.services import Shared
from chatwright.server.which import Named
from chatwright.store.records import FeedbackItem

MOST = 2**31 - 1
Said = Literal["", "up", "down", "score", "comment", "correction", "flagged"]

router = APIRouter(prefix="/api/feedback", tags=["reviews"])


class FeedbackRow(BaseModel):
    """What one rater said about one reply. Texts are null where they may not be read."""

    id: str
    message_id: str
    conversation_id: str
    rater: str
    channel: str
    thumb: Literal["up", "down"] | None
    score: float | None
    comment: str | None
    correction: str | None
    question: str | None
    answer: str | None
    route: Route | None
    confidence: float | None
    release: str | None
    updated_at: str
    flags: list[str]
    readable: bool


class FeedbackRows(BaseModel):
    """A page of it, the newest first; `total` of it there is. `raters` are all who said something; `alarm`
    names suspicious ones in a sentence, or is empty."""

    feedback: list[FeedbackRow]
    total: int
    raters: int
    alarm: str


class FeedbackRater(BaseModel):
    """What one rater said, in figures; `reasons` say why they look suspicious, `along` with whom."""

    rater: str
    said: int
    up: int
    down: int
    corrections: int
    reasons: list[str]
    score: float
    along: list[str]


class RaterList(BaseModel):
    """Suspicious ones first, then who said most."""

    raters: list[FeedbackRater]
    total: int
    alarm: str


@router.get("")
async def feedback(
    services: Shared,
    bot: Named,
    said: Said = "",
    rater: Annotated[str, Query(max_length=200)] = "",
    search: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=MOST)] = 0,
) -> FeedbackRows:
    """What was said, with what speaks against it. Needs: the scope `review`."""
    reviewer = services.reviewers[bot]

    def work() -> FeedbackRows:
        heard = listen(reviewer.database, reviewer.spec)
        found = [one for one in reversed(heard.items) if _is(one, said, rater)]
        if search:  # never by words that may not be read
            words = search.casefold()
            found = [one for one in found if words in _words(one)]
            found = [one for one in found if readable(one, reviewer.people)]
        page = found[offset : offset + limit]
        rows = [feedback_row(one, readable(one, reviewer.people)) for one in page]
        return FeedbackRows(
            feedback=[FeedbackRow.model_validate(row) for row in rows],
            total=len(found),
            raters=heard.raters,
            alarm=heard.alarm,
        )

    return await asyncio.to_thread(work)


@router.get("/raters")
async def raters(
    services: Shared,
    bot: Named,
    suspicious: bool = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=MOST)] = 0,
) -> RaterList:
    """Who says how much, and whom not to believe. Needs: the scope `review`."""
    reviewer = services.reviewers[bot]

    def work() -> RaterList:
        heard = listen(reviewer.database, reviewer.spec)
        rows = [row for row in rater_rows(heard) if row["reasons"] or not suspicious]
        page = rows[offset : offset + limit]
        values = [FeedbackRater.model_validate(row) for row in page]
        return RaterList(raters=values, total=len(rows), alarm=heard.alarm)

    return await asyncio.to_thread(work)


def _is(item: FeedbackItem, said: Said, rater: str) -> bool:
    if rater and item.rater != rater:
        return False
    match said:
        case "up" | "down":
            return item.thumb == said
        case "score":
            return item.score is not None
        case "comment":
            return bool(item.comment)
        case "correction":
            return bool(item.correction)
        case "flagged":
            return bool(item.flags)
        case _:
            return True


def _words(item: FeedbackItem) -> str:
    return "\n".join((item.question, item.answer, item.comment, item.correction)).casefold()
