"""What the datasets were made of: figures, rows that were left out, what was hidden; new files, new builds.

Looking takes the scope `review`; uploading, importing and building take `curate`. Files that are there are
never changed. Importing and building are work of a child process (`work.py` tells of it).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import FileResponse, Response

from chatwright.core.errors import NotFound, WrongUse
from chatwright.core.types import Conversation
from chatwright.data import browsing, previewing
from chatwright.data.hiding import language
from chatwright.data.privacy import Redactor
from chatwright.data.readers import FORMATS
from chatwright.data.readers.columns import ALIASES
from chatwright.data.readers.source import SUFFIXES, Asked
from chatwright.data.reasons import kind_of
from chatwright.data.report import PAGE
from chatwright.release.registry import Registry
from chatwright.server.caller import Caller, Who
from chatwright.server.console import data_types as types
from chatwright.server.console.uploads import Uploads
from chatwright.server.console.which import OfBot
from chatwright.server.curated_api import FILE
from chatwright.server.errors import WRITING
from chatwright.server.limits import STREAMS
from chatwright.server.services import Services, Shared
from chatwright.server.workshop import Work
from chatwright.spec import Spec

ENDINGS = (*SUFFIXES, ".txt")
MOST = 2**31 - 1
Id = Annotated[str, Query(max_length=64)]
Word = Annotated[str, Query(max_length=300)]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=MOST)]
KINDS = ("import", "data")

router = APIRouter(prefix="/api/console/data", responses=WRITING, tags=["console"])


@router.get("")
async def datasets(services: Shared, spec: OfBot) -> types.BuiltList:
    """All that were built, the newest first. Needs: the scope `review`."""

    def work() -> types.BuiltList:
        used = _used(spec)
        found = [
            types.BuiltValue.model_validate(
                {name: getattr(one, name) for name in one.__slots__ if name != "folder"}
                | {"used": one.id == used}
            )
            for one in browsing.built(spec)
        ]
        return types.BuiltList(datasets=found, running=services.workshop.running(spec))

    return await asyncio.to_thread(work)


def _used(spec: Spec) -> str:
    current = Registry(spec).current()
    return str(current[1].manifest.get("dataset") or "") if current else ""


@router.get("/report")
async def report(spec: OfBot, dataset: Id) -> types.ReportValue:
    """A dataset in figures. Needs: the scope `review`."""
    return await asyncio.to_thread(_report, spec, dataset)


@router.get("/report.html", response_class=Response)
async def report_page(spec: OfBot, dataset: Id) -> Response:
    """The report as `chatwright data` writes it, as a file. Needs: the scope `review`."""
    path = await asyncio.to_thread(lambda: browsing.folder_of(spec, dataset) / PAGE)
    if not path.exists():
        raise NotFound("This dataset has no report yet.", "Build it again from the page.")
    return FileResponse(
        path,
        media_type="text/html",
        filename=f"data-{dataset}.html",
        headers={"cache-control": "no-store"},
    )


@router.get("/rejected")
async def rejected(
    spec: OfBot,
    dataset: Id,
    reason: Word = "",
    source: Word = "",
    search: Word = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> types.RejectList:
    """Rows that were left out, with why. Needs: the scope `review`."""

    def work() -> types.RejectList:
        folder = browsing.folder_of(spec, dataset)
        rows, total = browsing.rejected(folder, reason, source, search, limit, offset)
        hide = browsing.hide_in(spec, dataset)
        return types.RejectList(
            rows=[_reject(row, hide(row["excerpt"])) for row in rows], total=total
        )

    return await asyncio.to_thread(work)


@router.get("/row")
async def row(spec: OfBot, dataset: Id, id: Id) -> types.RowValue:
    """A conversation of a dataset, such as the one that stays of several. Needs: the scope `review`."""
    folder = await asyncio.to_thread(browsing.folder_of, spec, dataset)
    found = await asyncio.to_thread(browsing.kept_row, folder, id)
    if found is None:
        raise NotFound("This row is not in the dataset.", "It may be in an earlier one.")
    return types.row_value(found)


@router.get("/difference")
async def difference(spec: OfBot, before: Id, after: Id) -> types.DatasetDifference:
    """From one dataset to another. Needs: the scope `review`."""

    def work() -> types.DatasetDifference:
        old, new = browsing.folder_of(spec, before), browsing.folder_of(spec, after)
        found = browsing.differences(old, new)
        return types.DatasetDifference(
            before=before,
            after=after,
            same=found["same"],
            counts=found["counts"],
            rows={
                name: [types.row_value(one) for one in rows] for name, rows in found["rows"].items()
            },
            reasons=[
                types.ReasonChange(reason=reason, before=old, after=new)
                for reason, (old, new) in found["reasons"].items()
            ],
        )

    return await asyncio.to_thread(work)


@router.get("/files")
async def files(spec: OfBot) -> types.FileList:
    """What a dataset would be made of. Needs: the scope `review`."""
    found = await asyncio.to_thread(lambda: list(previewing.files(spec)))
    return types.FileList(
        files=[types.DataFileValue.model_validate(one) for one in found],
        formats=list(FORMATS),
        endings=list(ENDINGS),
        largest=STREAMS["/api/console/data/uploads"],
    )


@router.post("/uploads", status_code=201, openapi_extra=FILE)
async def upload(
    request: Request,
    spec: OfBot,
    caller: Who,
    name: Annotated[str, Query(min_length=1, max_length=2_000)],
) -> types.SentValue:
    """The body is the file, up to 200,000,000 bytes. It waits for an hour to be taken. 413, 507. Needs:
    the scope `curate`."""
    plain = name.replace("\\", "/").rpartition("/")[2] if "/" in name or "\\" in name else name
    if plain != name:
        raise WrongUse("A file of conversations lies in no folder.", "Send its name alone.")
    sent = await _uploads(spec).receive(request, name, caller.id, ENDINGS)
    return types.SentValue(id=sent.id, name=sent.name, size=sent.size)


@router.delete("/uploads/{id}", status_code=204)
async def discard(id: str, spec: OfBot, caller: Who) -> Response:
    """Needs: the scope `curate`."""
    await asyncio.to_thread(_uploads(spec).drop, id, caller.id)
    return Response(status_code=204)


@router.post("/preview")
async def preview(body: types.Reading, spec: OfBot, caller: Who) -> types.PreviewValue:
    """The first conversations of a file that waits, as which format, and what would be left out. Nothing
    is taken. Needs: the scope `curate`."""

    def work() -> types.PreviewValue:
        sent = _uploads(spec).find(body.upload, caller.id)
        found = previewing.preview(spec, sent.file, _format(body), _asked(body))
        return types.PreviewValue.of(found, kind_of, _hiding(spec, caller))

    return await asyncio.to_thread(work)


@router.post("/take", status_code=202)
async def take(body: types.Reading, services: Shared, spec: OfBot, caller: Who) -> Work:
    """Import a file that waits: it is read to its end and copied, unchanged. 409 `busy` while other work of the
    bot runs. Needs: the scope `curate`."""

    def work() -> Work:
        sent = _uploads(spec).find(body.upload, caller.id)
        sent.file.parent.touch()  # it waits on for another hour
        arguments = ["import", str(sent.file), "--bot", str(spec.folder), *_said(body)]
        return _start(services, spec, caller, "import", arguments, sent.name)

    return await asyncio.to_thread(work)


@router.post("/build", status_code=202)
async def build(services: Shared, spec: OfBot, caller: Who) -> Work:
    """Make a dataset of the files that are there: clean, leave out, split. 409 `busy`. Needs: the scope
    `curate`."""
    arguments = ["data", str(spec.folder), "--workers", "1"]
    return await asyncio.to_thread(_start, services, spec, caller, "data", arguments, "")


def _start(
    services: Services, spec: Spec, caller: Caller, kind: str, arguments: Sequence[str], about: str
) -> Work:
    work = services.workshop.start(spec, kind, arguments, by=caller.id, about=about)
    services.people.audit.add(
        "work.started", caller.id, "", bot=spec.bot.name, kind=kind, work=work.id
    )
    return work


def _uploads(spec: Spec) -> Uploads:
    return Uploads(spec, "data")


def _format(body: types.Reading) -> str:
    if body.format and body.format not in FORMATS:
        raise WrongUse(
            f'There is no format "{body.format}".', f"Choose one of {', '.join(FORMATS)}."
        )
    return body.format


def _asked(body: types.Reading) -> Asked:
    wrong = next((role for role in body.columns if role not in ALIASES), "")
    if wrong:
        raise WrongUse(f"No column holds {wrong!r}.", f"Choose one of {', '.join(ALIASES)}.")
    return Asked(tuple(body.me), dict(body.columns), body.date_order)


def _said(body: types.Reading) -> list[str]:
    """The same as options of `chatwright import`."""
    asked = _asked(body)
    options = ["--format", _format(body)] if body.format else []
    for name in asked.me:
        options += ["--me", name]
    for role, column in asked.columns.items():
        options += ["--column", f"{role}={column}"]
    if asked.date_order:
        options += ["--date-order", asked.date_order]
    return [*options, "--evaluation"] if body.evaluation else options


def _hiding(spec: Spec, caller: Caller) -> Any:
    """Owners see a file as it is; others see placeholders for what is personal."""
    if "admin" in caller.scopes:
        return lambda conversation: conversation
    settings = spec.privacy.model_copy(update={"placeholders": True})
    redactor = Redactor(settings, language=language(spec))

    def hide(conversation: Conversation) -> Conversation:
        return redactor.conversation(conversation)[0]

    return hide


def _reject(row: dict[str, Any], excerpt: str) -> types.RejectValue:
    detail = row.get("detail") or {}
    return types.RejectValue(
        reason=row["reason"],
        kind=row["kind"],
        source=row["provenance"]["source"],
        position=row["provenance"]["position"],
        excerpt=excerpt,
        kept=str(detail.get("kept", "")),
        likeness=detail.get("likeness"),
        like=str(detail.get("like", "")),
    )


def _report(spec: Spec, dataset: str) -> types.ReportValue:
    values = browsing.figures(spec, dataset)
    counts, sample = values["counts"], values["sample"]
    hidden = counts.get("redactions")
    return types.ReportValue(
        id=dataset,
        **{name: int(counts.get(name, 0)) for name in ("read", "train", "dev", "test", "judged")},
        warnings=values["warnings"],
        reasons=[
            types.ReasonValue(reason=reason, kind=kind_of(reason), rows=rows)
            for reason, rows in counts["rejected"].items()
        ],
        changed=counts.get("changed", {}),
        hidden=None
        if hidden is None
        else [
            types.HiddenValue(type=kind, count=n, examples=values["hidden"].get(kind, []))
            for kind, n in hidden.items()
        ],
        sources=[types.FileRows.model_validate(one) for one in values["sources"]],
        clusters=[
            types.ClusterValue(
                rows=one["rows"],
                kept=one["kept"]["said"],
                alike=[
                    types.AlikeValue(likeness=row["likeness"], said=row["said"])
                    for row in one["alike"]
                ],
            )
            for one in values.get("clusters", [])
        ],
        sampled=int(sample.get("rows", 0)),
        languages=sample.get("languages", {}).get("by_code", {}),
        topics=[
            types.TopicValue(name=one["topic"], rows=one["rows"], examples=one["examples"])
            for one in sample.get("scope", [])
        ],
        groups=[
            types.TopicValue(name=one["name"], rows=one["rows"], examples=one["examples"])
            for one in sample.get("groups", [])
        ],
        leaking=counts.get("overlap", {}).get("after", {}),
    )
