"""What people may ask of an owner: find somebody, a copy of everything, to be forgotten; and what is kept.

It is the page's bot's store. That somebody looked stands in the audit log, without the words that were sought.
An erasure begins here and is finished by a process of its own, which trains where somebody was learned.
"""

from __future__ import annotations

import asyncio
import json

from fastapi import APIRouter
from starlette.responses import Response

from chatwright.answer.people import archive
from chatwright.core.errors import Conflict, DataError
from chatwright.core.files import pretty_json
from chatwright.data import erasure
from chatwright.improve.erasing import Erasing
from chatwright.improve.erasure_journal import open_erasures
from chatwright.improve.erasure_proof import held
from chatwright.improve.reached import Theirs
from chatwright.server.caller import Who
from chatwright.server.console.privacy_types import (
    Begun,
    Erase,
    ErasureList,
    ErasureValue,
    Find,
    Found,
    PersonExport,
    PersonValue,
    PrivacyValue,
    Proof,
    ProofValue,
)
from chatwright.server.errors import WRITING, Problem
from chatwright.server.services import Services, Shared
from chatwright.server.workshop import Work
from chatwright.store.kept import Kept

router = APIRouter(prefix="/api/console/privacy", responses=WRITING, tags=["console"])
SHOWN = 50  # people
DONE = 50  # erasures that are finished
KIND = "erase"  # of the work that finishes them
FILE = {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}


@router.get("")
async def privacy(services: Shared) -> PrivacyValue:
    """What is kept, how long, and who agreed to what. Needs: the scope `admin`."""

    def work() -> PrivacyValue:
        people = services.people
        limits, bot = people.spec.privacy, people.spec.bot.name
        kept = Kept(services.database)
        agreed = len(people.consenting())
        return PrivacyValue(
            retention_days=limits.retention_days,
            log_days=limits.log_days,
            consent=people.consent_text,
            consent_version=people.consent_version if people.consent_text else "",
            people=kept.people(bot),
            conversations=kept.conversations(bot),
            older=kept.older(bot, limits.retention_days),
            consenting=agreed,
            declined=max(0, kept.answered(bot) - agreed),
            erased=kept.erased(),
            waiting=len(open_erasures(people.spec)),
        )

    return await asyncio.to_thread(work)


@router.post("/find")
async def find(body: Find, services: Shared, caller: Who) -> Found:
    """People by a conversation's id, their own id, or words that they wrote or read. Needs: the scope
    `admin`."""

    def work() -> Found:
        rows, text = services.people.rows, body.text.strip()
        known = [one for one in (text, f"visitor:{text}") if rows.known(one)]
        if not known and (owner := rows.owner_of(text)) is not None:
            known = [owner]
        found = rows.owners(owners=known) if known else rows.owners(text)
        if known and not found:  # known by a consent or a rating alone
            found = [{"owner": known[0], "conversations": 0, "first": None, "last": None}]
        services.people.audit.add("person.searched", caller.id, "", found=len(found))
        names = _accounts(services)
        shown = [
            PersonValue(
                id=row["owner"],
                name=names.get(row["owner"], ""),
                conversations=row["conversations"],
                first=row["first"],
                last=row["last"],
            )
            for row in found[:SHOWN]
        ]
        return Found(people=shown, total=len(found))

    return await asyncio.to_thread(work)


@router.post("/export", response_class=Response, responses={200: FILE})
async def export(body: PersonExport, services: Shared, caller: Who) -> Response:
    """Everything that is kept of a person, as a file. Needs: the scope `admin`."""

    def work() -> bytes:
        found = services.people.export(body.person, caller.id)
        return archive(found) if body.format == "zip" else pretty_json(found).encode()

    content = await asyncio.to_thread(work)
    kind = "application/zip" if body.format == "zip" else "application/json"
    headers = {"content-disposition": f'attachment; filename="person.{body.format}"'}
    return Response(content, media_type=kind, headers=headers)


@router.get("/erasures")
async def erasures(services: Shared) -> ErasureList:
    """Those that are open, oldest first; and the newest that are finished. Needs: the scope `admin`."""

    def work() -> ErasureList:
        spec = services.people.spec
        waiting = [
            ErasureValue.model_validate(
                {name: getattr(one, name) for name in ErasureValue.OF} | {"open": True}
            )
            for one in open_erasures(spec)
        ]
        return ErasureList(
            open=waiting,
            done=_done(services),
            work=services.workshop.running(spec),
            last=next(iter(services.workshop.all(spec, (KIND,), 1)), None),
        )

    return await asyncio.to_thread(work)


@router.post("/erase", status_code=202)
async def erase(body: Erase, services: Shared, caller: Who) -> Begun:
    """Forget a person: everything of an id, or every conversation that mentions one of the names, addresses and
    numbers. It cannot be undone. Needs: the scope `admin`."""

    def work() -> Begun:
        spec = services.people.spec
        erasing = Erasing(spec, services.database, services.doors.secret)
        try:
            journal = erasing.begin(body.who, keep_serving=body.keep_serving)
        except DataError as error:
            raise Problem(400, str(error), code="invalid_value", param="who") from None
        services.people.audit.add(
            "person.erasing", caller.id, journal.owners[0] if len(journal.owners) == 1 else ""
        )
        return Begun(erasure=journal.id, work=_finish(services, caller.id))

    return await asyncio.to_thread(work)


@router.post("/finish", status_code=202)
async def finish(services: Shared, caller: Who) -> Begun:
    """Go on with the erasures that are open: a server does so by itself, when nothing else runs. Needs: the
    scope `admin`."""
    work = await asyncio.to_thread(_finish, services, caller.id)
    return Begun(erasure=None, work=work)


@router.post("/proof")
async def proof(body: Proof, services: Shared, caller: Who) -> ProofValue:
    """Look for a person in every file that was made and every row. Needs: the scope `admin`."""

    def work() -> ProofValue:
        spec = services.people.spec
        erased = erasure.load(spec.made) if body.named else None
        theirs = Theirs(names=erased.name) if erased else None
        found = held(spec, services.database, body.who, theirs)
        services.people.audit.add("person.proved", caller.id, "", clean=found.clean)
        sources = dict(erasure.sources(spec, erased)) if erased else {}
        return ProofValue(**found.about(), sources=sources)

    return await asyncio.to_thread(work)


def _finish(services: Services, by: str) -> Work | None:
    """The process that does it; None where there is nothing to do, or while other work runs: then a server
    does it later."""
    spec = services.people.spec
    if not open_erasures(spec):
        return None
    try:
        return services.workshop.start(
            spec, KIND, ["person", "finish", "--bot", str(spec.folder)], by=by
        )
    except Conflict as error:
        if error.code != "busy":
            raise
        return None


def _done(services: Services) -> list[ErasureValue]:
    folder = services.people.spec.made / "erased" / "done"
    found = []
    for path in folder.glob("*.json"):
        try:
            about = json.loads(path.read_text("utf-8"))
            found.append(ErasureValue.model_validate(about | {"open": False, "steps": []}))
        except (OSError, ValueError):
            continue
    return sorted(found, key=lambda one: one.at, reverse=True)[:DONE]


def _accounts(services: Services) -> dict[str, str]:
    found = services.accounts.all(services.doors.spec.bot.name)
    return {f"account:{one.id}": one.name for one in found}
