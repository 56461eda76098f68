"""Releases from the page: what there is, evaluating, asking the gate, promoting, rolling back, and letting a
candidate answer beside what is served. What takes long is a child process (`server.workshop`)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from chatwright.answer.open import calibration_of
from chatwright.core.errors import Conflict, NotFound, WrongUse
from chatwright.improve.canary import WORDS, Rules, forecast
from chatwright.improve.trials import Trials, check_room
from chatwright.release.registry import Deployment, Registry
from chatwright.server.caller import Who
from chatwright.server.console.release_pages import Shelf, page_of
from chatwright.server.console.releases_types import (
    CanaryAsked,
    CanaryDay,
    CanaryState,
    CanaryValue,
    CoursePoint,
    LinkList,
    NewLink,
    PromoteAsked,
    ReleasesValue,
    ReleaseValue,
    RollbackAsked,
    RolledBack,
    RuleValue,
    StagingAsked,
    TesterLink,
    Why,
)
from chatwright.server.console.which import OfBot
from chatwright.server.errors import WRITING
from chatwright.server.services import Services, Shared
from chatwright.server.workshop import Work
from chatwright.spec import Spec
from chatwright.store.canaries import Canaries, CanaryRecord
from chatwright.store.staging import StagingLink
from chatwright.store.stamps import stamp

router = APIRouter(prefix="/api/console/releases", responses=WRITING, tags=["console"])

POINTS = 16  # of a canary's course
# The report is a page of its own that loads nothing and runs nothing; this keeps it so.
REPORT_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


@router.get("")
async def releases(services: Shared, spec: OfBot) -> ReleasesValue:
    """Needs: the scope `review`."""

    def look() -> ReleasesValue:
        shelf = _shelf(services, spec)
        return ReleasesValue(
            served=shelf.served,
            deployment=shelf.deployment,
            before=shelf.before(),
            releases=shelf.rows(),
            history=shelf.events(_names(services)),
            work=services.workshop.running(spec),
        )

    return await asyncio.to_thread(look)


@router.post("/rollback")
async def rollback(body: RollbackAsked, services: Shared, spec: OfBot, caller: Who) -> RolledBack:
    """Serve again what was served before the last promotion. 409 `moved` where something else is served by now.
    Needs: the scope `admin`."""

    def work() -> RolledBack:
        registry = Registry(spec)
        if registry.current_id() != body.serving:
            raise Conflict(
                "Something else is served by now.", "Load the page again first.", code="moved"
            )
        deployment, found = registry.rollback(body.reason, by=caller.id)
        services.people.audit.add("release.rolledback", caller.id, "", release=found.id)
        return RolledBack(release=found.id, deployment=deployment.id)

    return await asyncio.to_thread(work)


@router.get("/canary")
async def canary(services: Shared, spec: OfBot) -> CanaryState:
    """The canary that runs, or the last one, with its course. Needs: the scope `review`."""

    def look() -> CanaryState:
        trials = _trials(services, spec)
        record = trials.newest()
        return CanaryState(canary=_canary(trials, record, _names(services)) if record else None)

    return await asyncio.to_thread(look)


@router.post("/canary", status_code=201)
async def start_canary(
    body: CanaryAsked, services: Shared, spec: OfBot, caller: Who
) -> CanaryState:
    """409 `canary_running`. Needs: the scope `admin`."""

    def work() -> CanaryState:
        trials = _trials(services, spec)
        record, _ = trials.start(_whole(services, spec, body.release), body.share, caller.id)
        return CanaryState(canary=_canary(trials, record, _names(services)))

    return await asyncio.to_thread(work)


@router.post("/canary/stop")
async def stop_canary(body: Why, services: Shared, spec: OfBot, caller: Who) -> CanaryState:
    """From the next request on everybody gets what is served. Needs: the scope `admin`."""

    def work() -> CanaryState:
        trials = _trials(services, spec)
        record = trials.stop(body.reason, caller.id)
        return CanaryState(canary=_canary(trials, record, _names(services)))

    return await asyncio.to_thread(work)


@router.post("/canary/promote")
async def promote_canary(
    body: PromoteAsked, services: Shared, spec: OfBot, caller: Who
) -> RolledBack:
    """Serve the candidate to everybody. 409 `not_enough_evidence`, unless forced for a reason. Needs: the scope
    `admin`."""

    def work() -> RolledBack:
        _explained(body)
        deployment, _ = _trials(services, spec).promote(body.reason, caller.id, force=body.force)
        return RolledBack(release=deployment.release, deployment=deployment.id)

    return await asyncio.to_thread(work)


@router.get("/staging")
async def links(services: Shared, spec: OfBot) -> LinkList:
    """Needs: the scope `review`."""
    found = await asyncio.to_thread(services.staging.all, spec.bot.name)
    return LinkList(links=[TesterLink.model_validate(_link(one)) for one in found])


@router.delete("/staging/{link}")
async def revoke(link: str, services: Shared, spec: OfBot, caller: Who) -> TesterLink:
    """End a link for good. Needs: the scope `admin`."""

    def work() -> TesterLink:
        found = services.staging.revoke(spec.bot.name, link)
        services.people.audit.add("staging.revoked", caller.id, "", release=found.release)
        return TesterLink.model_validate(_link(found))

    return await asyncio.to_thread(work)


@router.get("/{id}")
async def release(id: str, services: Shared, spec: OfBot) -> ReleaseValue:
    """One release; its files are checked. Needs: the scope `review`."""
    return await asyncio.to_thread(lambda: _shelf(services, spec).value(id))


@router.get("/{id}/report.html", response_class=HTMLResponse)
async def report(id: str, request: Request, services: Shared, spec: OfBot) -> Response:
    """The sealed report as a page of its own; nothing in it can run. Needs: the scope `review`."""

    def look() -> str:
        try:
            return page_of(_shelf(services, spec).find(id)).read_text("utf-8")
        except OSError:
            raise NotFound("This release has no report.", "Evaluate it first.") from None

    text = await asyncio.to_thread(look)
    request.state.headers["content-security-policy"] = REPORT_POLICY
    return HTMLResponse(text, headers={"cache-control": "no-store"})


@router.post("/{id}/evaluate", status_code=202)
async def evaluate(id: str, services: Shared, spec: OfBot, caller: Who) -> Work:
    """Measure it through the engine that serves it. 409 `busy`. Needs: the scope `admin`."""
    arguments = ["evaluate", str(spec.folder), "--release"]
    return await _start(services, spec, caller, "evaluate", id, arguments)


@router.post("/{id}/gate", status_code=202)
async def gate(id: str, services: Shared, spec: OfBot, caller: Who) -> Work:
    """Compare it with what is served. 409 `busy`. Needs: the scope `admin`."""
    arguments = ["gate", "--bot", str(spec.folder), "--"]
    return await _start(services, spec, caller, "gate", id, arguments)


@router.post("/{id}/promote", status_code=202)
async def promote(id: str, body: PromoteAsked, services: Shared, spec: OfBot, caller: Who) -> Work:
    """Serve it, if the gate lets it through; or `force`, for a reason that is kept. 409 `busy`. Needs the scope
    `admin`."""
    _explained(body)
    arguments = ["release", "promote", "--bot", str(spec.folder), f"--by={caller.id}"]
    arguments += [f"--reason={body.reason}"] if body.reason.strip() else []
    arguments += ["--force"] if body.force else []
    return await _start(services, spec, caller, "promote", id, [*arguments, "--"])


@router.post("/{id}/staging", status_code=201)
async def invite(
    id: str, body: StagingAsked, services: Shared, spec: OfBot, caller: Who
) -> NewLink:
    """A link behind which testers talk to it; its path is shown once. 409 `too_many_candidates`. Needs: the
    scope `admin`."""

    def work() -> NewLink:
        found = Registry(spec).usable(_whole(services, spec, id))
        calibration = calibration_of(spec, found.id)
        deployment = Deployment(found.id, calibration=calibration)
        check_room(services.staging, _canaries(services), spec, deployment.id)
        link, token = services.staging.create(
            spec.bot.name,
            found.id,
            deployment.id,
            [one for one in body.tasks if one.strip()],
            stamp(datetime.now(UTC) + timedelta(days=body.days)),
            calibration=calibration,
            author=caller.id,
        )
        services.people.audit.add("staging.created", caller.id, "", release=found.id)
        return NewLink(**_link(link), path=f"/staging/{token}")

    return await asyncio.to_thread(work)


# --- parts ----------------------------------------------------------------------------------------


async def _start(
    services: Services, spec: Spec, caller: Who, kind: str, id: str, arguments: Sequence[str]
) -> Work:
    """A verb on a release that is there; its id comes last."""

    def begin() -> Work:
        whole = _whole(services, spec, id)
        work = services.workshop.start(spec, kind, [*arguments, whole], by=caller.id, about=whole)
        services.people.audit.add(
            "work.started", caller.id, "", bot=spec.bot.name, kind=kind, work=work.id, release=whole
        )
        return work

    return await asyncio.to_thread(begin)


def _explained(asked: PromoteAsked) -> None:
    if asked.force and not asked.reason.strip():
        raise WrongUse("What the gate refuses is promoted for a reason.", "Say why.")


def _whole(services: Services, spec: Spec, id: str) -> str:
    """The id of a release that is there: no beginning of one, and nothing else."""
    return _shelf(services, spec).find(id).id


def _canaries(services: Services) -> Canaries:
    return Canaries(services.database)


def _shelf(services: Services, spec: Spec) -> Shelf:
    running = _canaries(services).running(spec.bot.name)
    return Shelf(spec, running.release if running else None)


def _trials(services: Services, spec: Spec) -> Trials:
    return Trials(spec, services.database, services.people.audit)


def _names(services: Services) -> dict[str, str]:
    """Accounts by their ids."""
    found = services.accounts.all(services.doors.spec.bot.name)
    return {f"account:{one.id}": one.name for one in found} | {one.id: one.name for one in found}


def _link(link: StagingLink) -> dict[str, Any]:
    names = ("id", "release", "created_at", "expires_at")
    return {name: getattr(link, name) for name in names} | {
        "state": link.state,
        "tasks": list(link.tasks),
    }


def _canary(trials: Trials, record: CanaryRecord, names: dict[str, str]) -> CanaryValue:
    verdict = trials.verdict(record)
    rows = [
        RuleValue(
            rule=row.rule,
            title=WORDS[row.rule],
            current=row.current,
            candidate=row.candidate,
            people_current=row.people[0],
            people_candidate=row.people[1],
            low=row.interval[0] if row.interval else None,
            high=row.interval[1] if row.interval else None,
            to_alarm=min(row.evidence, 1.0),
            to_enough=min(row.fine, 1.0),
            alarm=row.alarm,
        )
        for row in verdict.rows
    ]
    course = [
        CoursePoint(time=time, rule=row.rule, low=row.interval[0], high=row.interval[1])
        for time, seen in (trials.course(record, POINTS) if verdict.people else ())
        for row in seen.rows
        if row.interval is not None
    ]
    names_of_day = CanaryDay.model_fields
    return CanaryValue(
        id=record.id,
        release=record.release,
        against=record.against,
        share=record.share,
        state=record.state,
        reason=record.reason,
        began=record.began,
        ended=record.ended,
        by=names.get(record.author, "") or record.author,
        action=verdict.action,
        why=verdict.reason,
        people=verdict.people,
        rules=rows,
        course=course,
        days=[
            CanaryDay.model_validate({name: row[name] for name in names_of_day})
            for row in trials.days(record)
        ],
        forecast=_forecast(trials, record),
    )


def _forecast(trials: Trials, record: CanaryRecord) -> list[str]:
    """How long it takes with this traffic; nothing where it is over."""
    if record.ended is not None:
        return []
    known = trials.traffic(record.against)
    if not known.replies:
        return ["Nothing was logged yet from which to tell how long it takes."]
    said = []
    for one in forecast(known, Rules(**record.settings["rules"]), record.share):
        days = asdict(one)
        worse, fine = days["alarm_days"], days["enough_days"]
        said.append(
            f"{WORDS[one.metric]}: ten points worse is found out in "
            f"{'more days than there will be' if worse is None else f'{worse:g} days'}; not worse: "
            f"{'cannot be shown' if fine is None else f'{fine:g} days'}"
        )
    return said
