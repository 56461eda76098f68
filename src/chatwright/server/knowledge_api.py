"""What the console shows of the knowledge: where it has gaps. For reviewers and up."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from chatwright.knowledge import Index, Search, Snapshots
from chatwright.knowledge.gaps import Report
from chatwright.knowledge.sync import index_file
from chatwright.server.services import Services, Shared
from chatwright.server.which import Named

router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])


class NearestValue(BaseModel):
    """A document that is nearest to what was asked."""

    name: str
    title: str
    coverage: float


class GapValue(BaseModel):
    """Questions that mean about the same, and what to do about them."""

    count: int
    refused: int
    disliked: int
    unsure: int
    last_at: str
    examples: list[str]
    documents: list[NearestValue]
    todo: Literal["curate", "document", "scope"]
    advice: str


class GapReport(BaseModel):
    """The first of `total` gaps. `unquoted` more questions are in none: who asked them may not be quoted."""

    since: str
    questions: int
    answered_well: int
    unquoted: int
    gaps: list[GapValue]
    total: int


@router.get("/gaps")
async def gaps(
    services: Shared,
    bot: Named,
    days: Annotated[int, Query(ge=1, le=3650)] = 30,
    most: Annotated[int, Query(ge=1, le=500)] = 50,
) -> GapReport:
    """What was refused, disliked, or answered with little confidence, the most frequent first. Needs: the
    scope `review`."""
    report = await asyncio.to_thread(_report, services, bot, days, most)
    return GapReport.model_validate(report, from_attributes=True)


def _report(services: Services, bot: str, days: int, most: int) -> Report:
    """With the search that the running bot has open, where it searches; else with one that is opened."""
    running, found = services.bots[bot].current(), services.gaps[bot]
    live = running.router.live if running.router else None
    if live is not None:
        return found.report(days, live.current(), most)
    path = index_file(running.spec)
    if not path.exists():
        return found.report(days, None, most)
    index = Index(path)
    try:
        known = Snapshots(index).current_id() is not None
        languages = running.spec.bot.languages
        search = Search.current(index, languages=languages) if known else None
        return found.report(days, search, most)
    finally:
        index.close()
