"""Human evaluation: making panels, inviting, how far raters are, results, and their files.

What raters see is `panel_api.py`, what votes mean `improve/panel_results.py`; contestants answer in a child
process (`making_panels.py`). A link is told once, when its rater is invited.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from chatwright.core.errors import ChatwrightError, Conflict, WrongUse
from chatwright.evaluation.cases import load_cases
from chatwright.improve.panel_results import Results, results
from chatwright.improve.panel_sheets import results_csv, votes_csv
from chatwright.improve.panels import invite_all
from chatwright.release.registry import Registry
from chatwright.server.caller import Who
from chatwright.server.console.panels_types import (
    NewPanel,
    PanelChoices,
    PanelInvitation,
    PanelLink,
    PanelLinks,
    PanelList,
    PanelMaking,
    PanelPage,
    PanelRater,
    PanelRemark,
    PanelResults,
    PanelValue,
    ReleaseChoice,
)
from chatwright.server.errors import WRITING
from chatwright.server.making_panels import FOLDER, Making, Order
from chatwright.server.services import Services, Shared
from chatwright.server.which import Named
from chatwright.spec import Spec
from chatwright.store.panel_records import PanelItem, PanelRecord, VoteRecord
from chatwright.store.panels import Panels

REMARKS = 200
BINARY = {"schema": {"type": "string", "format": "binary"}}
CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": BINARY}, "description": "The file"}
}

router = APIRouter(prefix="/api/console/panels", responses=WRITING, tags=["console"])


class Desk:
    """The panels of one bot."""

    def __init__(self, services: Services, bot: str) -> None:
        self.bot, self.services = bot, services
        self.panels: Panels = services.rooms[bot].panels
        self.audit = services.people.audit

    @property
    def spec(self) -> Spec:
        return self.services.bots[self.bot].current().spec

    def find(self, id: str) -> PanelRecord:
        return self.panels.find(self.bot, id)

    def results(
        self, record: PanelRecord, without: Sequence[str] = (), keep: bool = False
    ) -> Results:
        parts = (self.panels.items(record.id), self.panels.raters(record.id))
        return results(record, *parts, self.panels.votes(record.id), without=without, keep=keep)


async def _desk(services: Shared, bot: Named) -> Desk:
    return Desk(services, bot)


Held = Annotated[Desk, Depends(_desk)]
Without = Annotated[
    list[str], Query(max_length=50, description="Raters to leave out, by id; may be given again")
]


@router.get("")
async def panels(desk: Held) -> PanelList:
    """All of them, and those that are being made. Needs: the scope `review`."""

    def work() -> PanelList:
        found = [_value(desk, one) for one in desk.panels.all(desk.bot)]
        making = desk.services.making_panels.all(desk.spec)
        return PanelList(panels=found, making=[_making(one) for one in making])

    return await asyncio.to_thread(work)


@router.post("", status_code=202)
async def make(body: NewPanel, desk: Held, caller: Who) -> PanelMaking:
    """Has all contestants answer, in a process of its own: it stands among `making` until it is done. 409
    `panel_making` while another one is being made. Needs: the scope `curate`."""
    order = await asyncio.to_thread(_order, desk, body)
    made = desk.services.making_panels.start(desk.spec, order)
    await asyncio.to_thread(
        desk.audit.add, "panel.asked", caller.id, making=made.id, questions=body.questions
    )
    return _making(made)


@router.get("/choices")
async def choices(desk: Held) -> PanelChoices:
    """What a new one can be made of. Needs: the scope `review`."""

    def work() -> PanelChoices:
        registry = Registry(desk.spec)
        current, bad = registry.deployment(), registry.quarantined()
        now = current.release if current else ""
        releases = [
            ReleaseChoice(
                id=one.id, created_at=str(one.manifest["created_at"]), current=one.id == now
            )
            for one in registry.releases()[::-1]
            if one.id not in bad
        ]
        try:
            cases = len(load_cases(desk.spec.path(desk.spec.evaluation.cases)))
        except ChatwrightError:
            cases = 0
        return PanelChoices(releases=releases, cases=cases)

    return await asyncio.to_thread(work)


@router.delete("/making/{id}", status_code=204)
async def stop_making(id: str, desk: Held, caller: Who) -> Response:
    """Stops what is being made, or takes away what failed. Needs: the scope `curate`."""
    await asyncio.to_thread(desk.services.making_panels.end, desk.spec, id)
    await asyncio.to_thread(desk.audit.add, "panel.making.ended", caller.id, making=id)
    return Response(status_code=204)


@router.get("/{id}")
async def panel(id: str, desk: Held) -> PanelPage:
    """One with its raters, and how far each is. Needs: the scope `review`."""

    def work() -> PanelPage:
        record = desk.find(id)
        votes = [one for one in desk.panels.votes(record.id) if one.voted_at is not None]
        raters = []
        for one in desk.panels.raters(record.id):
            own = [vote.voted_at for vote in votes if vote.rater_id == one.id and vote.voted_at]
            raters.append(
                PanelRater.from_record(one, len(own), record.per_rater, max(own, default=None))
            )
        return PanelPage(panel=_value(desk, record), raters=raters)

    return await asyncio.to_thread(work)


@router.post("/{id}/raters", status_code=201)
async def invite(id: str, body: PanelInvitation, desk: Held, caller: Who) -> PanelLinks:
    """A secret link for each, told this once. Needs: the scope `curate`."""

    def work() -> PanelLinks:
        record = desk.find(id)
        links = []
        for rater, token in invite_all(desk.panels, record, body.names, days=body.days):
            desk.audit.add("panel.invited", caller.id, panel=record.id, rater=rater.id)
            links.append(
                PanelLink(
                    id=rater.id, name=rater.name, path=f"/panel/{token}",
                    expires_at=rater.expires_at,
                )
            )  # fmt: skip
        return PanelLinks(links=links)

    return await asyncio.to_thread(work)


@router.delete("/{id}/raters/{rater}", status_code=204)
async def revoke(id: str, rater: str, desk: Held, caller: Who) -> Response:
    """Ends a rater's link at once; the votes stay. Needs: the scope `curate`."""

    def work() -> None:
        record = desk.find(id)
        ended = desk.panels.revoke(record.id, rater)
        desk.audit.add("panel.revoked", caller.id, panel=record.id, rater=ended.id)

    await asyncio.to_thread(work)
    return Response(status_code=204)


@router.get("/{id}/results")
async def panel_results(
    id: str,
    desk: Held,
    without: Without = [],  # noqa: B006 - FastAPI's way to take a list
    keep_all: bool = False,
) -> PanelResults:
    """Who wins and how sure that is, whether raters agree, and whom not to believe. `keep_all`: also those who
    failed controls. Needs: the scope `review`."""

    def work() -> PanelResults:
        record = desk.find(id)
        found = desk.results(record, without, keep_all)
        return PanelResults.of(found, _remarks(desk, record))

    return await asyncio.to_thread(work)


@router.get("/{id}/export", response_class=Response, responses=CSV)
async def export(
    id: str,
    desk: Held,
    caller: Who,
    what: Literal["votes", "results"] = "votes",
    without: Without = [],  # noqa: B006
) -> Response:
    """Every vote, or the figures, for a spreadsheet. Needs: the scope `curate`."""

    def work() -> bytes:
        record = desk.find(id)
        desk.audit.add("panel.exported", caller.id, panel=record.id, what=what)
        if what == "results":
            return results_csv(desk.results(record, without))
        parts = (desk.panels.items(record.id), desk.panels.raters(record.id))
        return votes_csv(record, *parts, desk.panels.votes(record.id))

    headers = {"content-disposition": f'attachment; filename="{what}.csv"'}
    headers["cache-control"] = "no-store"
    return Response(
        await asyncio.to_thread(work), media_type="text/csv; charset=utf-8", headers=headers
    )


@router.post("/{id}/close")
async def close(id: str, desk: Held, caller: Who) -> PanelValue:
    """Takes no more votes; the results stay. Needs: the scope `curate`."""

    def work() -> PanelValue:
        record = desk.find(id)
        desk.panels.close(record.id)
        desk.audit.add("panel.closed", caller.id, panel=record.id)
        return _value(desk, desk.find(record.id))

    return await asyncio.to_thread(work)


@router.delete("/{id}", status_code=204)
async def delete(id: str, desk: Held, caller: Who) -> Response:
    """Deletes it with its answers, raters and votes, for good. Needs: the scope `admin`."""

    def work() -> None:
        record = desk.find(id)
        desk.panels.delete(record.id)
        desk.audit.add("panel.deleted", caller.id, panel=record.id)

    await asyncio.to_thread(work)
    return Response(status_code=204)


def _making(one: Making) -> PanelMaking:
    return PanelMaking.model_validate(one, from_attributes=True)


def _value(desk: Desk, record: PanelRecord) -> PanelValue:
    items = desk.panels.items(record.id)
    controls = sum(one.control for one in items)
    return PanelValue.of(
        record,
        items=len(items) - controls,
        controls_made=controls,
        votes=sum(one.voted_at is not None for one in desk.panels.votes(record.id)),
        raters=len(desk.panels.raters(record.id)),
    )


def _remarks(desk: Desk, record: PanelRecord) -> list[PanelRemark]:
    items = {one.id: one for one in desk.panels.items(record.id)}
    names = {one.id: one.name for one in desk.panels.raters(record.id)}
    said = [one for one in desk.panels.votes(record.id) if one.comment and one.item_id in items]
    said.sort(key=lambda one: one.voted_at or "", reverse=True)
    return [
        PanelRemark(
            rater=names[one.rater_id],
            question=items[one.item_id].question,
            preferred=_preferred(items[one.item_id], one),
            comment=one.comment,
        )
        for one in said[:REMARKS]
    ]


def _preferred(item: PanelItem, vote: VoteRecord) -> str:
    if vote.score is not None:
        return str(vote.score)
    side = {"first": item.answers[0], "second": item.answers[-1]}.get(vote.side or "")
    return side.contestant if side is not None else vote.side or ""


def _order(desk: Desk, body: NewPanel) -> Order:
    """The line that makes it. Raises `WrongUse`, and `Conflict` for a name that is taken."""
    if any(one.name == body.name for one in desk.panels.all(desk.bot)):
        raise Conflict(f"There is a panel called {body.name!r} already.", "Choose another name.")
    who = [*body.contestants, *(one.name for one in body.answers)]
    if len(who) < (2 if body.kind == "pairs" else 1) or len(set(who)) < len(who):
        raise WrongUse(
            "Pairs take two different contestants, ratings take one.", "Choose whose answers."
        )
    typed = [" ".join(one.split()) for one in body.typed]
    if body.questions == "typed" and not any(typed):
        raise WrongUse("There are no questions.", "Write some, a line each.")
    files = [(f"{one.name}.jsonl", _lines(one.rows)) for one in body.answers]
    words = [f"--kind={body.kind}", f"--most={body.most}", f"--per-rater={body.per_rater}"]
    words += [f"--contestant={one}" for one in body.contestants]
    words += [f"--contestant={FOLDER}/{name}" for name, _ in files]
    if body.questions == "typed":
        files.append(("typed questions.txt", "\n".join(typed)))
        words.append(f"--questions={FOLDER}/typed questions.txt")
    else:
        words.append(f"--questions={body.questions}")
    if body.controls:
        files.append(("own controls.jsonl", _lines(body.controls)))
        words.append(f"--controls-file={FOLDER}/own controls.jsonl")
    for option, wanted in (("controls", body.controls_each), ("repeats", body.repeats)):
        words += [] if wanted is None else [f"--{option}={wanted}"]
    words += [f"--instructions={body.instructions}"] if body.instructions.strip() else []
    return Order(body.name, (*words, "--", body.name), tuple(files))


def _lines(rows: Sequence[Any]) -> str:
    return "".join(json.dumps(one.model_dump(), ensure_ascii=False) + "\n" for one in rows)
