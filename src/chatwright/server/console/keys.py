"""API keys: make, list, revoke. A key is shown once, when it is made; for a while revoking can be undone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from chatwright.server.caller import Who
from chatwright.server.console.which import OfBot
from chatwright.server.errors import WRITING
from chatwright.server.limits import Text
from chatwright.server.services import Shared
from chatwright.server.web_types import Asked
from chatwright.store.keys import EVERYDAY, SCOPES, KeyRecord, OwnLimits, Scope
from chatwright.store.stamps import stamp

UNDO = timedelta(minutes=15)
MOST = 2**31 - 1

router = APIRouter(prefix="/api/console/keys", responses=WRITING, tags=["console"])
Limit = Annotated[int | None, Field(ge=0, le=MOST, description="null: as [limits]; 0: none")]


class KeyLimits(Asked):
    """What a key may use, instead of what [limits] says."""

    requests_per_minute: Limit = None
    tokens_per_minute: Limit = None
    tokens_per_day: Annotated[int | None, Field(ge=0, le=2**53)] = None
    streams: Limit = None


class KeyValue(BaseModel):
    """A key without its secret. `undo_until`: a revocation can be taken back until then."""

    id: str
    name: str
    prefix: str
    scopes: list[Scope]
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    used_at: str | None
    state: Literal["live", "expired", "revoked"]
    limits: KeyLimits
    undo_until: str | None

    @classmethod
    def of(cls, record: KeyRecord) -> KeyValue:
        until = None
        if record.revoked_at is not None:
            until = stamp(datetime.fromisoformat(record.revoked_at) + UNDO)
        names = ("id", "name", "prefix", "created_at", "expires_at", "revoked_at", "used_at")
        return cls(
            **{name: getattr(record, name) for name in names},
            scopes=list(record.scopes),
            state=record.state,
            limits=KeyLimits.model_validate(record.limits, from_attributes=True),
            undo_until=until,
        )


class KeyList(BaseModel):
    """The newest first, those that are over included. `needed`: whether the API asks for a key."""

    keys: list[KeyValue]
    scopes: list[Scope]
    everyday: list[Scope]
    limits: KeyLimits
    needed: Literal["auto", "required", "off"]


class NewKey(Asked):
    """`days` until it ends; null: never."""

    name: Annotated[Text, Field(min_length=1, max_length=100, pattern=r"\S")]
    scopes: Annotated[list[Scope], Field(min_length=1)]
    days: Annotated[float | None, Field(gt=0, le=36_500)] = None
    limits: KeyLimits = KeyLimits()


class MadeKey(BaseModel):
    """A new key, and its text, which is never shown again."""

    text: str
    key: KeyValue


@router.get("")
async def keys(services: Shared, spec: OfBot) -> KeyList:
    """Needs: the scope `admin`."""
    found = await asyncio.to_thread(services.keys.all, spec.bot.name)
    limits = services.doors.spec.limits
    return KeyList(
        keys=[KeyValue.of(one) for one in found],
        scopes=list(SCOPES),
        everyday=list(EVERYDAY),
        limits=KeyLimits(
            requests_per_minute=limits.requests_per_minute,
            tokens_per_minute=limits.tokens_per_minute,
            tokens_per_day=limits.tokens_per_day,
            streams=limits.streams,
        ),
        needed=services.doors.spec.access.keys,
    )


@router.post("", status_code=201)
async def create(body: NewKey, services: Shared, spec: OfBot, caller: Who) -> MadeKey:
    """Needs: the scope `admin`."""

    def work() -> MadeKey:
        ends = None if body.days is None else stamp(datetime.now(UTC) + timedelta(days=body.days))
        record, text = services.keys.create(
            spec.bot.name,
            body.name.strip(),
            body.scopes,
            expires_at=ends,
            limits=OwnLimits(**body.limits.model_dump()),
        )
        services.people.audit.add(
            "key.created", caller.id, f"key:{record.id}", scopes=len(record.scopes)
        )
        return MadeKey(text=text, key=KeyValue.of(record))

    return await asyncio.to_thread(work)


@router.delete("/{id}")
async def revoke(id: str, services: Shared, spec: OfBot, caller: Who) -> KeyValue:
    """End a key; servers refuse it within two seconds. Needs: the scope `admin`."""

    def work() -> KeyValue:
        record = services.keys.revoke(spec.bot.name, id)
        services.people.audit.add("key.revoked", caller.id, f"key:{record.id}")
        return KeyValue.of(record)

    return await asyncio.to_thread(work)


@router.post("/{id}/restore")
async def restore(id: str, services: Shared, spec: OfBot, caller: Who) -> KeyValue:
    """Take back a revocation of the last quarter of an hour. Needs: the scope `admin`."""

    def work() -> KeyValue:
        record = services.keys.restore(spec.bot.name, id, UNDO)
        services.people.audit.add("key.restored", caller.id, f"key:{record.id}")
        return KeyValue.of(record)

    return await asyncio.to_thread(work)
