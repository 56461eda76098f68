"""A release -> the bot that answers for it: engine, router, and values hidden as they were in its data."""

from __future__ import annotations

from pathlib import Path

from chatwright.answer.bot import Bot
from chatwright.answer.calibration import Calibration
from chatwright.answer.guard import Guard, begin_public
from chatwright.answer.router import Router
from chatwright.answer.skills import Skills
from chatwright.answer.webhooks import Webhooks
from chatwright.data.hiding import Hiding
from chatwright.engine.open import open_engine
from chatwright.knowledge.curated import Curated
from chatwright.knowledge.evidence import Shown
from chatwright.knowledge.live import Live
from chatwright.knowledge.meaning import open_embedder
from chatwright.knowledge.shared import shared_of
from chatwright.release.manifest import Release
from chatwright.release.registry import Deployment
from chatwright.spec import Spec
from chatwright.store import Database


def open_bot(
    release: Release,
    spec: Spec,
    deployment: Deployment | None = None,
    *,
    store: Database | None = None,
    prefix_cache: bool = True,
    acts: bool = True,
) -> Bot:
    """The bot of `release`, its engine not started. `spec` gives what a release does not fix.

    Without a `deployment` it is that of the release alone. One that does not act (`acts`) says what it would
    say, and calls no webhook. Raises `ReleaseError`, and `DataError` when
    values cannot be hidden as the release asks for.
    """
    in_force = release.spec_in(spec)
    redactor = Hiding.load(release.hiding).redactor() if release.hiding else None
    engine = open_engine(release, in_force, prefix_cache=prefix_cache)
    deployed = deployment or Deployment(release.id)
    guard = Guard(in_force, begin_public(in_force))
    router = _router(release, in_force, deployed, store)
    skills = Skills(in_force, Webhooks(in_force.webhook) if acts else None)
    shown = Shown() if release.hosted else Shown.of(release.evidence)
    return Bot(in_force, engine, release.id, deployed.id, redactor, guard, router, skills, shown)


def _router(
    release: Release, spec: Spec, deployment: Deployment, store: Database | None
) -> Router | None:
    """None where only the model may answer."""
    if set(spec.answers.routes) == {"generated"} and spec.answers.tolerated_wrong == 1:
        return None
    embedder = open_embedder(spec)
    calibration = None
    if deployment.calibration:
        calibration = Calibration.load(calibrations(spec) / deployment.calibration, embedder)
    live = curated = None
    if "retrieved" in spec.answers.routes:
        shared = shared_of(store, spec) if store is not None else None
        live = Live(spec, embedder, shared=shared)
    if store is not None and "curated" in spec.answers.routes:
        curated = Curated(store, spec.bot.name, embedder)
    return Router(spec, calibration, curated, live, release.id, embedder)


def calibrations(spec: Spec) -> Path:
    """Where they are kept, by id."""
    return spec.made / "calibrations"


def calibration_of(spec: Spec, release: str) -> str | None:
    """The id of the one last made for a release."""
    try:
        return (calibrations(spec) / f"of-{release}").read_text().strip() or None
    except OSError:
        return None
