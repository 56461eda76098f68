"""The audit log: browse it, take a copy, and find out whether its chain holds. Of the page's bot's store."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from chatwright.server.caller import Who
from chatwright.server.errors import WRITING
from chatwright.server.limits import Text
from chatwright.server.services import Services, Shared
from chatwright.server.web_types import Asked
from chatwright.store.audit import AuditRow

router = APIRouter(prefix="/api/console/audit", responses=WRITING, tags=["console"])
DAY = r"^(\d{4}-\d\d-\d\d)?$"
FILE = {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}


class AuditValue(BaseModel):
    """One event. `actor_name` and `subject_name` are those of accounts, where the pseudonym is one's."""

    number: int
    at: str
    action: str
    actor: str
    subject: str
    actor_name: str
    subject_name: str
    detail: dict[str, str | int | bool | None]


class AuditPage(BaseModel):
    """The newest first. `next`: ask with `before` that for what follows; null: there is no more."""

    rows: list[AuditValue]
    next: int | None
    actions: list[str]


class Head(Asked):
    """What an earlier check gave as its head, or nothing."""

    head: Annotated[Text, Field(max_length=100)] = ""


class Verified(BaseModel):
    """`faults` are sentences. Keep the `head` elsewhere: a later check can be held to it."""

    whole: bool
    faults: list[str]
    head: str
    rows: int


@router.get("")
async def audit(
    services: Shared,
    action: Annotated[str, Query(max_length=80, description="how it begins")] = "",
    person: Annotated[
        str, Query(max_length=200, description="an account's name, an id, or a pseudonym")
    ] = "",
    since: Annotated[str, Query(pattern=DAY)] = "",
    until: Annotated[str, Query(pattern=DAY)] = "",
    before: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> AuditPage:
    """Needs: the scope `admin`."""

    def work() -> AuditPage:
        log, names = services.people.audit, _names(services)
        rows = log.page(
            limit + 1,
            before=before,
            action=action,
            person=_pseudonym(services, person, names),
            since=since,
            until=until,
        )
        more = len(rows) > limit
        shown = rows[:limit]
        return AuditPage(
            rows=[_value(row, names) for row in shown],
            next=shown[-1].number if more else None,
            actions=log.actions(),
        )

    return await asyncio.to_thread(work)


@router.post("/verify")
async def verify(body: Head, services: Shared) -> Verified:
    """Look at every row. Needs: the scope `admin`."""

    def work() -> Verified:
        log = services.people.audit
        faults, head = log.verify(body.head), log.head()
        return Verified(
            whole=not faults, faults=faults, head=head, rows=int(head.partition(":")[0] or 0)
        )

    return await asyncio.to_thread(work)


@router.get("/export", response_class=Response, responses={200: FILE})
async def export(services: Shared, caller: Who) -> Response:
    """All rows as JSON lines, with the hashes that make the chain. Needs: the scope `admin`."""

    def work() -> str:
        services.people.audit.add("audit.exported", caller.id)
        return "".join(_lines(services))

    content = await asyncio.to_thread(work)
    headers = {"content-disposition": 'attachment; filename="audit.jsonl"'}
    return Response(content, media_type="application/x-ndjson", headers=headers)


def _lines(services: Services) -> Iterator[str]:
    for row in services.people.audit.rows():
        yield json.dumps(asdict(row), ensure_ascii=False) + "\n"


def _names(services: Services) -> dict[str, str]:
    """Pseudonym -> name, of accounts. Other people keep theirs."""
    log = services.people.audit
    found = services.accounts.all(services.doors.spec.bot.name)
    return {log.pseudonym(f"account:{one.id}"): one.name for one in found}


def _pseudonym(services: Services, person: str, names: dict[str, str]) -> str:
    text = person.strip()
    if not text or "~" in text:
        return text
    for pseudonym, name in names.items():
        if name == text.casefold():
            return pseudonym
    return services.people.audit.pseudonym(text)


def _value(row: AuditRow, names: dict[str, str]) -> AuditValue:
    return AuditValue(
        number=row.number,
        at=row.at,
        action=row.action,
        actor=row.actor,
        subject=row.subject,
        actor_name=names.get(row.actor, ""),
        subject_name=names.get(row.subject, ""),
        detail=json.loads(row.detail),
    )
