"""A server every figure of which has something to tell: for whoever asks for figures."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from chatwright.core.types import Usage
from chatwright.engine.writer import Load
from chatwright.improve.drifting import note
from chatwright.improve.journal import Journal
from chatwright.knowledge.sync import index_of, sync
from chatwright.server.drifting import show as show_drift
from chatwright.server.improving import show as show_improvement
from chatwright.server.services import Services
from chatwright.store.backup import note as note_backup


def furnish(services: Services) -> None:
    """Give it a knowledge, a journal, drift, and an engine that tells how much it has to do."""
    spec = services.deployed.current().spec
    (spec.folder / "knowledge").mkdir(exist_ok=True)
    (spec.folder / "knowledge" / "hours.md").write_text("# Hours\n\nWe open at nine.\n")
    index = index_of(spec)
    sync(spec, index)
    index.close()
    journal = Journal.begin(spec.made, "k", {})
    journal.done("gate", {"verdict": "better", "candidate": "r"}, "2026-01-01T00:00:00.000Z")
    journal.end("promoted")
    path = Path(note(spec))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"figures": {"new": [1.0, 4.0, None]}, "auc": {"before": 0.5}}))
    note_backup(spec.made)
    show_improvement(services.metrics.shared, [spec])
    show_drift(services.metrics.shared, [spec])
    services.deployed.current().engine.load = Load(1, 0.5, 0)  # type: ignore[attr-defined]


def stir(services: Services) -> None:
    """Let everything that is counted happen once."""
    metrics, name = services.metrics, services.first
    for status in ("200", "503"):
        metrics.http.labels("/v1/chat/completions", "POST", status).inc()
    for what in ("requests", "tokens", "streams", "day"):
        metrics.limited(what)
    for result in ("taken", "repeated", "dead"):
        metrics.channels.event("slack", result)
    for result in ("sent", "unavailable"):
        metrics.channels.sent("slack", result)
    metrics.channels.acked("slack", 0.01)
    metrics.channels.stands("slack", "ready")
    for ok in (True, False):
        metrics.synced(name)(ok)
    metrics.failed(RuntimeError("x"), "request")
    metrics.canary.share.set(0.05)
    metrics.canary.look([("broken", 0.1)])
    metrics.canary.reply("candidate")("done")
    figures = metrics._of[name]
    figures.finished("stop", Usage(10, 5, cached_tokens=4), 0.0, 0.1)
    figures.first.observe(0.2)
    figures.between.observe(0.02)
    for thumb in ("up", "down"):
        metrics._feedback.labels(thumb, "web", "generated", "r").inc()
    metrics._corrections.labels("web", "generated", "r").inc()
    metrics._marks.labels("blocked").inc()
    metrics._handovers.labels("asked").inc()
    for route in ("generated", "refused"):
        metrics._turns.labels("web", route, "done").inc()
        metrics._confidence.labels(route).observe(0.7)
    metrics._store_errors.labels("store").inc()
    metrics.transaction("read", 0.001, None)
    metrics.lag.labels("server").observe(0.001)


def known_figures(app: FastAPI, *, bases: bool = False) -> set[str]:
    """The names of all that is told; with `bases` those of families alone."""
    services: Services = app.state.services
    furnish(services)
    stir(services)
    # Of a scrape; of PostgreSQL.
    found = {"chatwright_processes", "chatwright_store_connections", "chatwright_channel_queue"}
    registries: tuple[CollectorRegistry, ...] = (services.metrics.registry, services.metrics.shared)
    for registry in registries:
        for family in registry.collect():
            found.add(family.name)
            if not bases:
                found.update(sample.name for sample in family.samples)
    return found
