"""Training from the page: what would be trained, starting it within a budget, watching it, comparing runs.

Every training is a child process (`server.workshop`); what it came to is read from its run's folder.
"""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query

from chatwright.core.errors import Conflict, WrongUse
from chatwright.improve import schedule
from chatwright.improve.journal import last as last_improvement
from chatwright.improve.journal import running as improving
from chatwright.release.registry import Registry
from chatwright.server.caller import Who
from chatwright.server.console.training_types import (
    Comparison,
    How,
    ImproveAsked,
    LoopValue,
    RunRow,
    RunValue,
    Sampled,
    TrainingAsked,
    TrainingValue,
)
from chatwright.server.console.which import OfBot
from chatwright.server.errors import WRITING
from chatwright.server.services import Services, Shared
from chatwright.server.workshop import Work
from chatwright.spec import Spec, load_spec
from chatwright.training.history import DEVELOPMENT, History, histories, history
from chatwright.training.outcome import differences, flat, parameters

router = APIRouter(prefix="/api/console/training", responses=WRITING, tags=["console"])

SHOWN = 100  # runs, the newest
POINTS = 400  # of a curve
SAMPLES = 20
RECENT = 20  # rows from which the speed of now is taken
ASKED = ("plan", "train", "improve-plan", "improve")  # kinds of work that are shown once ended
ON_TOP = ("continue", "lora", "dpo", "kto")  # they begin from a model that is there
WAYS: tuple[How, ...] = ("scratch", "continue", "lora", "dpo", "kto")


@router.get("")
async def state(services: Shared, spec: OfBot) -> TrainingValue:
    """Needs: the scope `review`."""
    return await asyncio.to_thread(_state, services, spec)


@router.post("/plan", status_code=202)
async def plan(body: TrainingAsked, services: Shared, spec: OfBot, caller: Who) -> Work:
    """Find out what would be trained: its result is the plan. 409 `busy`, `cannot_train`. Needs: the scope
    `admin`."""
    arguments = [*await asyncio.to_thread(_command, spec, body), "--dry-run"]
    return await _start(services, spec, caller, "plan", arguments, _about(body))


@router.post("/start", status_code=202)
async def start(body: TrainingAsked, services: Shared, spec: OfBot, caller: Who) -> Work:
    """Train, make a release of it and evaluate it; nothing is promoted. What was begun with the same settings
    is gone on with. 409 `busy`, `cannot_train`. Needs: the scope `admin`."""
    arguments = [*await asyncio.to_thread(_command, spec, body), "--release"]
    return await _start(services, spec, caller, "train", arguments, _about(body))


@router.post("/improve/plan", status_code=202)
async def improve_plan(services: Shared, spec: OfBot, caller: Who) -> Work:
    """Find out what a turn of the loop would learn; nothing is trained. Needs: the scope `admin`."""
    arguments = ["improve", str(spec.folder), "--dry-run"]
    return await _start(services, spec, caller, "improve-plan", arguments)


@router.post("/improve", status_code=202)
async def improve(body: ImproveAsked, services: Shared, spec: OfBot, caller: Who) -> Work:
    """Learn from what reviewers accepted; serve the result if the gate lets it through. Needs: the scope
    `admin`."""
    await asyncio.to_thread(_can_train, load_spec(spec.folder))
    arguments = ["improve", str(spec.folder), "--promote" if body.promote else "--no-promote"]
    arguments += ["--minutes", f"{body.minutes:g}"] if body.minutes else []
    return await _start(services, spec, caller, "improve", arguments)


@router.get("/runs/{id}")
async def run(id: str, spec: OfBot) -> RunValue:
    """Needs: the scope `review`."""

    def look() -> RunValue:
        return _value(history(spec.made / "runs", id), _packed(spec))

    return await asyncio.to_thread(look)


@router.get("/compare")
async def compare(
    spec: OfBot, run: Annotated[list[str], Query(min_length=2, max_length=6)]
) -> Comparison:
    """Two to six runs: their curves, and what their recipes differ in. Needs: the scope `review`."""

    def look() -> Comparison:
        found = [history(spec.made / "runs", one) for one in dict.fromkeys(run)]
        packed = _packed(spec)
        return Comparison(runs=[_value(one, packed) for one in found], different=differences(found))

    return await asyncio.to_thread(look)


async def _start(
    services: Services,
    spec: Spec,
    caller: Who,
    kind: str,
    arguments: Sequence[str],
    about: str = "",
) -> Work:
    def begin() -> Work:
        work = services.workshop.start(spec, kind, arguments, by=caller.id, about=about)
        services.people.audit.add(
            "work.started", caller.id, "", bot=spec.bot.name, kind=kind, work=work.id
        )
        return work

    return await asyncio.to_thread(begin)


def _about(asked: TrainingAsked) -> str:
    return f"{asked.how}, {asked.minutes:g} min"


def _command(spec: Spec, asked: TrainingAsked) -> list[str]:
    """The verb that does it, checked against what bot.toml says by now."""
    current = load_spec(spec.folder)
    _can_train(current)
    if asked.how not in _ways(current):
        raise WrongUse(
            "There is no model yet that this could begin from.", "Train one from scratch first."
        )
    arguments = ["train", str(spec.folder), "--minutes", f"{asked.minutes:g}"]
    if asked.how in ON_TOP:
        start = asked.start or "current"
        if asked.start:
            start = Registry(spec).usable(asked.start).id
        if current.model.kind != "pretrained" or asked.start:
            arguments += ["--continue-from", start]
    if asked.how in ("lora", "dpo", "kto"):
        arguments += ["--method", asked.how]
    if asked.seed is not None:
        arguments += ["--seed", str(asked.seed)]
    return arguments


def _can_train(spec: Spec) -> None:
    why, next_step = obstacle(spec)
    if why:
        raise Conflict(why, next_step, code="cannot_train")


def obstacle(spec: Spec) -> tuple[str, str]:
    """Why nothing can be trained here, and what would help; empty where it can."""
    if spec.model.kind == "hosted":
        return "This bot uses a hosted model: there is nothing to train.", ""
    if spec.model.kind == "retrieval":
        return (
            "This bot answers from its documents alone: there is nothing to train.",
            'Take kind = "retrieval" out of [model] in bot.toml, and import conversations.',
        )
    if importlib.util.find_spec("torch") is None:
        return (
            "This machine serves, and lacks what training takes.",
            "Install it and start the server again: pip install 'chatwright[train]'",
        )
    return "", ""


def _ways(spec: Spec) -> list[How]:
    """What a training may begin from."""
    deployed = Registry(spec).deployment()
    has_model = deployed is not None and any(
        one.id == deployed.release and one.weights for one in Registry(spec).listed()[0]
    )
    based = spec.model.kind == "pretrained"
    return [one for one in WAYS if one == "scratch" or has_model or (based and one == "lora")]


def _state(services: Services, spec: Spec) -> TrainingValue:
    current = load_spec(spec.folder)
    why, next_step = obstacle(current)
    packed = _packed(spec)
    runs = [_row(one, packed) for one in reversed(histories(spec.made / "runs")[-SHOWN:])]
    deployed = Registry(spec).deployment()
    asked = services.workshop.all(spec, ASKED, 1)
    newest = last_improvement(spec.made)
    return TrainingValue(
        can=not why,
        why=why,
        next_step=next_step,
        kind=current.model.kind,
        minutes=current.training.minutes,
        ways=_ways(current),
        served=deployed.release if deployed else None,
        runs=runs,
        running=next((one.id for one in runs if one.state == "running"), None),
        work=services.workshop.running(spec),
        last=services.workshop.find(spec, asked[0].id) if asked else None,
        improve=LoopValue(
            every=current.improve.every,
            due=schedule.due_at(spec),
            running=improving(spec.made),
            last=newest.values if newest else None,
        ),
    )


def _packed(spec: Spec) -> dict[str, str]:
    """Releases by the run that they were packed from; of several the newest."""
    found: dict[str, str] = {}
    for release in Registry(spec).listed()[0]:
        report = release.report or {}
        run = (report.get("training") or {}).get("run")
        if run:
            found[str(run)] = release.id
    return found


def _row(run: History, packed: dict[str, str], rows: list[dict[str, Any]] | None = None) -> RunRow:
    recipe, done = run.values, run.done or {}
    metrics = run.metrics() if rows is None else rows
    measured = [(one["step"], one[DEVELOPMENT]) for one in metrics if one.get(DEVELOPMENT)]
    best = min(measured, key=lambda point: point[1], default=None)
    newest = metrics[-1] if metrics else {}
    steps = int(done.get("steps", newest.get("step", 0)))
    return RunRow(
        id=run.id,
        began=run.began.isoformat(timespec="seconds"),
        method=str(recipe.get("objective", "")) + ("+lora" if recipe.get("lora") else ""),
        parameters=parameters(recipe["shape"]),
        steps=steps,
        planned_steps=recipe["steps"],
        tokens=steps * recipe["packing"]["batch_tokens"],
        seconds=done.get("seconds", newest.get("seconds")),
        loss=newest.get("loss"),
        development=done.get(DEVELOPMENT, measured[-1][1] if measured else None),
        forecast=run.forecast,
        best_step=best[0] if best else None,
        state=run.state,
        dataset=str(recipe.get("dataset", "")),
        release=packed.get(run.id),
    )


def _value(run: History, packed: dict[str, str]) -> RunValue:
    rows = run.metrics()
    row = _row(run, packed, rows)
    every = max(1, -(-len(rows) // POINTS))
    shown = [
        one
        for at, one in enumerate(rows)
        if at % every == 0 or one.get(DEVELOPMENT) is not None or at == len(rows) - 1
    ]
    done = run.done or {}
    return RunValue(
        row=row,
        step=[one["step"] for one in shown],
        loss=[one.get("loss") for one in shown],
        development=[one.get(DEVELOPMENT) for one in shown],
        seconds=[one.get("seconds") for one in shown],
        samples=[
            Sampled(step=one["step"], text=str(one["sample"])) for one in rows if one.get("sample")
        ][-SAMPLES:],
        tokens_per_second=rows[-1].get("tokens_per_second") if rows else None,
        eta=_eta(rows, row.planned_steps) if row.state == "running" else None,
        forgetting=done.get("forgetting"),
        diverged=run.diverged if row.state == "diverged" else None,
        recipe={
            name: value for name, value in flat(run.values).items() if value not in (None, "", 0.0)
        },
    )


def _eta(rows: list[dict[str, Any]], steps: int) -> float | None:
    """Seconds until the last step, at the speed of the last rows."""
    recent = rows[-RECENT:]
    if len(recent) < 2:
        return None
    before, now = recent[0], recent[-1]
    done = now["step"] - before["step"]
    if done <= 0 or "seconds" not in now or "seconds" not in before:
        return None
    each = float(now["seconds"] - before["seconds"]) / int(done)
    return round(each * (steps - int(now["step"])), 1)
