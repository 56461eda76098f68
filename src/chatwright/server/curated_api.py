"""Curated answers for those who look after a bot: list, write, retire, import, export, revisions, rollback.

They belong to the bot and to no person: whoever has the scope `review` reads all of them, with `curate` all may
be changed. Which bot's: `which.py`.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from chatwright.answer.decision import Asked
from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Message
from chatwright.knowledge.curating import Curator
from chatwright.knowledge.importing import Report, take
from chatwright.knowledge.sheets import read_rows, written
from chatwright.server.caller import Who
from chatwright.server.curated_types import (
    AnswerList,
    AnswerValue,
    ChangedAnswer,
    DifferenceList,
    DifferenceValue,
    ImportReport,
    NewAnswer,
    RevisionList,
    RevisionValue,
    Rollback,
    TrialValue,
)
from chatwright.server.errors import WRITING, Problem
from chatwright.server.services import Shared
from chatwright.server.which import Named
from chatwright.store.curated_lists import Sort, Which

MOST = 2**31 - 1
Number = Annotated[int, Path(ge=0, le=MOST)]
Offset = Annotated[int, Query(ge=0, le=MOST)]
Limit = Annotated[int, Query(ge=1, le=200)]
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BINARY = {"schema": {"type": "string", "format": "binary"}}
FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": BINARY}}}
SHEET: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": BINARY, MEDIA["xlsx"]: BINARY}, "description": "The file"}
}

router = APIRouter(prefix="/api/curated", responses=WRITING, tags=["curated"])


async def _curator(services: Shared, bot: Named) -> Curator:
    return services.curators[bot]


Curating = Annotated[Curator, Depends(_curator)]


@router.get("/answers")
async def answers(
    curator: Curating,
    search: Annotated[str, Query(max_length=200)] = "",
    state: Annotated[
        Which | Literal["all"],
        Query(description="expired, expiring (within 30 days) and coming are active ones as well"),
    ] = "active",
    limit: Limit = 50,
    offset: Offset = 0,
    sort: Annotated[
        Sort, Query(description="changed: the last first; expires: the first first")
    ] = ("changed"),
    descending: bool = False,
) -> AnswerList:
    """`descending` turns the order around. Needs: the scope `review`."""
    asked = "" if state == "all" else state
    page = (curator.bot, search, asked, limit, offset)
    found, total = await asyncio.to_thread(
        curator.rows.page, *page, sort=sort, descending=descending
    )
    newest = await asyncio.to_thread(curator.rows.revision, curator.bot)
    return AnswerList(
        answers=[AnswerValue.of(one) for one in found],
        total=total,
        revision=RevisionValue.of(newest) if newest else None,
    )


@router.post("/answers", status_code=201)
async def add(body: NewAnswer, curator: Curating, caller: Who) -> AnswerValue:
    """Needs: the scope `curate`. 409 where a question has an answer already."""
    made = await asyncio.to_thread(
        curator.add, body.writing(), caller.id, id=body.id, origin=body.origin
    )
    return AnswerValue.of(made)


@router.get("/answers/{id}")
async def answer(id: str, curator: Curating) -> AnswerValue:
    """Needs: the scope `review`."""
    return AnswerValue.of(await asyncio.to_thread(curator.rows.find, curator.bot, id))


@router.patch("/answers/{id}")
async def change(id: str, body: ChangedAnswer, curator: Curating, caller: Who) -> AnswerValue:
    """Fields that are left out stay as they are. `revision` is that of the answer as it was read: 409
    `stale_revision` when somebody changed it since. Needs: the scope `curate`."""
    made = await asyncio.to_thread(
        curator.change, id, body.writing(), caller.id, expected=body.revision
    )
    return AnswerValue.of(made)


@router.delete("/answers/{id}", status_code=204)
async def remove(
    id: str,
    curator: Curating,
    caller: Who,
    revision: Annotated[int | None, Query(ge=0, le=MOST)] = None,
    forget: bool = False,
) -> Response:
    """Retires it, which can be undone; with `forget` its text is deleted, also from the log of revisions.
    Needs: the scope `curate`."""
    if forget:
        await asyncio.to_thread(curator.forget, [id], caller.id)
    else:
        await asyncio.to_thread(curator.retire, id, caller.id, expected=revision)
    return Response(status_code=204)


@router.get("/trial")
async def trial(
    services: Shared, bot: Named, question: Annotated[str, Query(min_length=1, max_length=2_000)]
) -> TrialValue:
    """Which curated answer the question would get from the bot that is served now, how alike it is, and how
    sure of it the bot must be. It is asked as the first message of a conversation. Needs: the scope
    `review`."""
    router = services.bots[bot].current().router
    asked = Asked.of(Conversation((Message("user", question),)))
    if router is None or router.curated is None or asked is None:
        return TrialValue(given=None, confidence=0.0, needed=1.0, near=[])
    found = await asyncio.to_thread(router.trial, asked)
    return TrialValue.of(found)


@router.post("/import", openapi_extra=FILE)
async def import_answers(
    request: Request,
    curator: Curating,
    caller: Who,
    format: Literal["csv", "tsv", "xlsx", "qna"] = "csv",
    dry_run: bool = False,
    replace: bool = False,
    strict: bool = False,
) -> ImportReport:
    """The body is the file, up to 20,000,000 bytes. Every row is accounted for. Needs: the scope `curate`."""
    content = await request.body()

    def work() -> Report:
        with tempfile.TemporaryDirectory() as folder:
            file = FilePath(folder) / f"upload.{format}"
            file.write_bytes(content)
            try:
                return take(
                    curator,
                    read_rows(file),
                    caller.id,
                    replacing=replace,
                    trying=dry_run,
                    strict=strict,
                )
            except DataError as error:
                said = str(error).replace(str(file), "The file").replace(file.name, "The file")
                raise Problem(400, said, code="invalid_file") from error

    return ImportReport.of(await asyncio.to_thread(work), dry_run)


@router.get("/export", response_class=Response, responses=SHEET)
async def export(curator: Curating, format: Literal["csv", "xlsx"] = "csv") -> Response:
    """All that are not retired. Needs: the scope `review`."""

    def work() -> bytes:
        return written(curator.rows.active(curator.bot)[1], format)

    headers = {"content-disposition": f'attachment; filename="answers.{format}"'}
    headers["cache-control"] = "no-store"
    return Response(await asyncio.to_thread(work), media_type=MEDIA[format], headers=headers)


@router.get("/revisions")
async def revisions(
    curator: Curating,
    limit: Limit = 50,
    before: Annotated[int | None, Query(ge=0, le=MOST)] = None,
) -> RevisionList:
    """The newest first; `before`: those with a smaller number. Needs: the scope `review`."""
    found = await asyncio.to_thread(curator.rows.log, curator.bot, limit, before)
    return RevisionList(revisions=[RevisionValue.of(one) for one in found])


@router.get("/revisions/{number}")
async def revision(
    number: Number,
    curator: Curating,
    since: Annotated[int | None, Query(ge=0, le=MOST)] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> DifferenceList:
    """What is different at revision `number` from `since`, else from the one before.
    Needs: the scope `review`."""
    first = max(0, number - 1) if since is None else since
    found = await asyncio.to_thread(curator.rows.difference, curator.bot, first, number)
    return DifferenceList(
        first=first,
        last=number,
        total=len(found),
        answers=[DifferenceValue.of(one) for one in found[offset : offset + limit]],
    )


@router.post("/rollback")
async def rollback(body: Rollback, curator: Curating, caller: Who) -> RevisionValue:
    """Makes everything what it was, as a new revision. `revision` is the newest that the caller knows: 409
    `stale_revision` when there is a newer one. Needs: the scope `curate`."""
    made = await asyncio.to_thread(curator.rollback, body.to, caller.id, expected=body.revision)
    return RevisionValue.of(made)
