"""Evaluate a release: every suite through the engine that will serve it, into one report.

Evaluation enters async here, once. It needs no torch, so a bot on a hosted model is evaluated the same
way, less the suites that its engine cannot give (which the report names). Beside the report stand its items
(`items`), for comparisons.
"""

from __future__ import annotations

import asyncio
import json
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chatwright import __version__
from chatwright.answer import Bot, open_bot
from chatwright.answer.router import Router
from chatwright.core.files import pretty_json, sha256_json, write_atomic
from chatwright.core.progress import Progress
from chatwright.core.types import Conversation, Embedder
from chatwright.data.dataset import Dataset
from chatwright.engine.local import LocalEngine
from chatwright.engine.wordless import WordlessEngine
from chatwright.evaluation import itemize, safety, suites
from chatwright.evaluation.cases import Case, fingerprint, load_cases
from chatwright.evaluation.items import FILE, Answer, Item, Items, Kind, read_items, write_items
from chatwright.evaluation.lookup import Lookup
from chatwright.evaluation.report import render_html, warnings_of
from chatwright.evaluation.routed import ready, routed
from chatwright.knowledge.meaning import open_embedder
from chatwright.release.manifest import Release
from chatwright.release.pack import seal
from chatwright.release.registry import Deployment
from chatwright.spec import Spec

VERSION = 4  # of the suites; part of every report's key


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation's figures, and the folder where `report.json`, `report.html` and `items.jsonl` are."""

    folder: Path
    values: dict[str, Any]

    @property
    def html(self) -> Path:
        return self.folder / "report.html"

    def items(self) -> Items:
        """What was found, item by item. Raises `DataError` where the file is gone or torn."""
        return read_items(self.folder / FILE)


@dataclass(frozen=True, slots=True)
class _Work:
    """One evaluation to be done. `deployment`: served as this one says, with nothing fitted anew."""

    spec: Spec
    release: Release
    dataset: Dataset | None
    cases: list[Case]
    embedder: Embedder | None
    deployment: Deployment | None
    basis: str


def evaluate(
    spec: Spec,
    release: Release,
    dataset: Dataset | None,
    progress: Progress,
    training: dict[str, Any] | None = None,
    *,
    deployment: Deployment | None = None,
) -> Report:
    """The report of `release`, made now or found made before from the same inputs.

    `training` is what a run tells of itself (curve, seconds, parameters); it is shown, not judged. With a
    `deployment` of the release it is measured as it is served, on the held-out conversations of `dataset`,
    whichever that is: its calibration is not fitted anew, and the report is not sealed into the release.
    """
    work, folder = _planned(spec, release, dataset, progress, deployment)
    path = folder / "report.json"
    if not _done(folder):
        values, items = asyncio.run(_run(work, progress))
        values["training"] = training or {}
        values["warnings"] = warnings_of(values)
        write_items(folder / FILE, items)
        write_atomic(folder / "report.html", render_html(values))
        write_atomic(path, pretty_json(values))
    files = {name: (folder / name).read_text() for name in ("report.json", "report.html")}
    if deployment is None:
        seal(release, files)
    return Report(folder, json.loads(files["report.json"]))


def as_served(
    spec: Spec,
    release: Release,
    dataset: Dataset | None,
    progress: Progress,
    deployment: Deployment,
) -> Report:
    """The report of `release` under `deployment`, on the held-out conversations of `dataset`; the one that
    was made when it was evaluated itself, where that was the same."""
    _, folder = _planned(spec, release, dataset, progress, None)
    if _done(folder):
        values = json.loads((folder / "report.json").read_text())
        if values.get("deployment") == deployment.id:
            return Report(folder, values)
    return evaluate(spec, release, dataset, progress, deployment=deployment)


def _planned(
    spec: Spec,
    release: Release,
    dataset: Dataset | None,
    progress: Progress,
    deployment: Deployment | None,
) -> tuple[_Work, Path]:
    """What is to be done, and the folder named by all that it depends on."""
    cases_path = spec.path(spec.evaluation.cases)
    data = dataset.id if dataset else None
    embedder = open_embedder(spec)
    snapshot = ready(spec, progress, embedder)
    answers = spec.answers.model_dump(mode="json")
    asked = [data, fingerprint(cases_path), spec.evaluation.samples, safety.fingerprint()]
    basis = sha256_json([VERSION, *asked, snapshot, embedder.id if embedder else None])[:16]
    key = sha256_json([basis, release.id, answers, *([deployment.id] if deployment else [])])
    cases = load_cases(cases_path)
    folder = spec.made / "evaluations" / f"{release.id}-{key[:8]}"
    return _Work(spec, release, dataset, cases, embedder, deployment, basis), folder


def _done(folder: Path) -> bool:
    return (folder / "report.json").exists() and (folder / FILE).exists()


async def _run(work: _Work, progress: Progress) -> tuple[dict[str, Any], Items]:
    spec, release, dataset, cases = work.spec, work.release, work.dataset, work.cases
    # The loss needs every probability; and a "yes" in a test must not book a room.
    bot = open_bot(release, spec, work.deployment, prefix_cache=False, acts=False)
    engine = bot.engine
    progress.start("Starting the engine")
    await bot.start()
    try:
        values = _about(spec, release, dataset)
        logged = dataset.split(dataset.held_out) if dataset else []
        held_out = _taken(engine, logged, progress)
        values["loss"] = await _loss(engine, held_out, progress)
        model = bot.routed(None)
        taken = {c.id for c in held_out}
        sample = [c for c in _sample(spec, logged) if c.id in taken]
        values["text"] = await suites.run_replies(model, sample, progress)
        own = work.deployment is None
        lookup = Lookup(dataset.split("train"), bot.redactor) if dataset and cases and own else None
        values["alternatives"] = {}
        if work.deployment is not None:
            values["deployment"] = work.deployment.id
        elif bot.router is not None and not release.hosted:  # its calls may cost money
            found = await routed(bot, dataset, progress, work.embedder)
            values["routing"] = found.figures
            values["deployment"] = Deployment(release.id, calibration=found.calibration.id).id
            values["alternatives"] = await _alternatives(model, found.bot, cases, progress)
            bot = found.bot
        values["cases"] = await suites.run_cases(bot, cases, lookup, progress)
        asked = await suites.run_safety(bot, safety.prompts(), progress)
        values["safety"] = {kind: suites.of_kind(asked, kind) for kind in ("unsafe", "benign")}
    finally:
        await bot.close()
        progress.stop()
    return values, _items(work, values, held_out, sample, asked)


def _items(
    work: _Work,
    values: dict[str, Any],
    held_out: list[Conversation],
    sample: list[Conversation],
    asked: list[dict[str, Any]],
) -> Items:
    """What the suites found, item by item, beside how many there ought to be."""
    languages = work.spec.bot.languages
    slicing = itemize.Slicing(languages)
    items: list[Item] = []
    answers: list[Answer] = []
    for found, said in (
        itemize.of_cases(work.cases, values["cases"]["results"], slicing),
        itemize.of_replies(sample, values["text"].get("samples", []), slicing, languages),
        itemize.of_safety(safety.prompts(), asked),
    ):
        items += found
        answers += said
    items += itemize.of_loss(held_out, values["loss"].pop("rows", []), slicing)
    facts, copied = itemize.facts_due(sample, languages)
    kinds = [prompt.kind for prompt in safety.prompts()]
    due = {
        **dict.fromkeys(("cases", "wrong", "milliseconds"), len(work.cases)),
        "declined": sum(not case.in_scope for case in work.cases),
        "bits_per_byte": len(held_out),
        **dict.fromkeys(("chrf", "exact"), len(sample)),
        "facts": facts,
        "copied": copied,
        "unsafe": kinds.count("unsafe"),
        "benign": kinds.count("benign"),
    }
    release = work.release
    kind: Kind = "hosted" if release.hosted else "retrieval" if release.wordless else "local"
    taken = {c.id for c in held_out}
    logged = work.dataset.split(work.dataset.held_out) if work.dataset else []
    about = {
        "deployment": values["deployment"],
        "dataset": work.dataset.id if work.dataset else None,
        "left_out": [c.id for c in logged if c.id not in taken],
        "hides": release.hiding is not None,
    }
    return Items(release.id, kind, work.basis, due, tuple(items), tuple(answers), about)


async def _alternatives(
    model: Bot, bot: Bot, cases: list[Case], progress: Progress
) -> dict[str, Any]:
    """The same cases by the model alone, and by what is found alone."""
    assert bot.router is not None
    answers = bot.spec.answers.model_copy(update={"routes": ("retrieved",)})
    spec = bot.spec.model_copy(update={"answers": answers})
    router = Router(spec, bot.router.calibration, None, bot.router.live, bot.release_id)
    return {
        "model": _figures(await suites.run_cases(model, cases, None, progress)),
        "retrieval": _figures(await suites.run_cases(bot.routed(router), cases, None, progress)),
    }


def _figures(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("in_scope", "out_of_scope", "wrong")}


def _taken(
    engine: Any, conversations: list[Conversation], progress: Progress
) -> list[Conversation]:
    """Those that the model's template takes: a pretrained base's own may refuse an order of roles."""
    if not isinstance(engine, LocalEngine) or not engine.tokenizer.own_template:
        return conversations
    taken = [c for c in conversations if engine.tokenizer.takes(c)]
    if left_out := len(conversations) - len(taken):
        progress.say(
            f"left out: {left_out:,} held-out conversations that the template does not take"
        )
    return taken


async def _loss(engine: Any, held_out: list[Conversation], progress: Progress) -> dict[str, Any]:
    if not isinstance(engine, LocalEngine):
        why = "a hosted model does not give the probability of a given text"
        none = "this bot has no model, and answers from its documents alone"
        return {"not_applicable": none if isinstance(engine, WordlessEngine) else why}
    if not held_out:
        return {"not_applicable": "no conversations were held out"}
    return await suites.run_loss(engine.score, engine.tokenizer, engine.context, held_out, progress)


def _sample(spec: Spec, held_out: list[Conversation]) -> list[Conversation]:
    """The held-out conversations that end in a reply to a user, up to `samples`."""
    fit = [
        c
        for c in held_out
        if len(c.messages) > 1
        and c.messages[-1].role == "assistant"
        and c.messages[-2].role == "user"
    ]
    return sorted(fit, key=lambda c: c.id)[: spec.evaluation.samples]


def _about(spec: Spec, release: Release, dataset: Dataset | None) -> dict[str, Any]:
    return {
        "format": 1,
        "chatwright": __version__,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()} {platform.system()}, Python {platform.python_version()}",
        "bot": {"name": spec.bot.name, "title": spec.bot.title or spec.bot.name},
        "release": release.id,
        "deployment": Deployment(release.id).id,
        "engine": spec.engine.precision if release.weights else release.manifest["kind"],
        "dataset": {"id": dataset.id, "held_out": dataset.held_out, **dataset.counts}
        if dataset
        else None,
    }
