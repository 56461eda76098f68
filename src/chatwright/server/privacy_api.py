"""What a visitor may ask for: to be asked before anything is learned, a copy of everything, to be forgotten.

Each route is about the caller's own data and no one else's; there is none here for other people's.
Owners of a bot use `chatwright person`.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from chatwright.answer.people import archive
from chatwright.server.errors import WRITING, Problem
from chatwright.server.services import Shared
from chatwright.server.visitor import COOKIE, Owner
from chatwright.server.web_types import Asked
from chatwright.store.consent import ConsentRecord

router = APIRouter(prefix="/api/privacy", responses=WRITING, tags=["privacy"])


class ConsentValue(BaseModel):
    """An answer to the question whether turns may be learned from."""

    granted: bool
    version: str
    at: str

    @classmethod
    def of(cls, record: ConsentRecord | None) -> ConsentValue | None:
        return None if record is None else cls.model_validate(record, from_attributes=True)


class PrivacyCard(BaseModel):
    """What the page shows: the question (empty: nobody is asked), the caller's answer, and how long
    things stay."""

    person: str
    text: str
    version: str
    consent: ConsentValue | None
    retention_days: int


class NewConsent(Asked):
    """`version` is that of the text that was shown."""

    granted: bool
    version: str


class Forgotten(BaseModel):
    """How much was removed, by what it was; and what still holds something, by where."""

    removed: dict[str, int]
    left: dict[str, list[str]]


@router.get("")
async def privacy(services: Shared, owner: Owner) -> PrivacyCard:
    """Needs: the caller's own visitor cookie or account."""
    people = services.people
    consent = await asyncio.to_thread(people.consent, owner)
    return PrivacyCard(
        person=owner,
        text=people.consent_text,
        version=people.consent_version,
        consent=ConsentValue.of(consent),
        retention_days=people.spec.privacy.retention_days,
    )


@router.put("/consent")
async def consent(body: NewConsent, services: Shared, owner: Owner) -> ConsentValue:
    """Needs: the caller's own visitor cookie or account; a write from the same site."""
    people = services.people
    if body.granted and not people.consent_text:
        raise Problem(400, "This bot does not ask for consent.", code="invalid_value")
    if body.granted and body.version != people.consent_version:
        raise Problem(
            409, "The text has changed since it was shown. Show it again.", code="consent_changed"
        )
    record = await asyncio.to_thread(people.agree, owner, body.granted)
    return ConsentValue(granted=record.granted, version=record.version, at=record.at)


@router.get("/export", response_class=Response)
async def export(
    services: Shared, owner: Owner, format: Annotated[Literal["zip", "json"], Query()] = "zip"
) -> Response:
    """Needs: the caller's own visitor cookie or account."""
    found = await asyncio.to_thread(services.people.export, owner, owner)
    if format == "json":
        return JSONResponse(found, headers=_named("person.json"))
    packed = await asyncio.to_thread(archive, found)
    return Response(packed, media_type="application/zip", headers=_named("person.zip"))


@router.delete("")
async def forget(services: Shared, owner: Owner, response: Response) -> Forgotten:
    """Needs: the caller's own visitor cookie or account; a write from the same site."""
    turns = services.turns.forget(owner)
    erased = await asyncio.to_thread(services.people.erase, owner, owner)
    services.turns.forget(owner)  # one that was begun while its owner was erased
    response.delete_cookie(COOKIE)
    about = erased.about()
    if turns:
        about["removed"]["turns"] = turns
    return Forgotten(**about)


def _named(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
