"""Fits the confidence of a bot that is served anew when its knowledge has changed, beside the answers it gives.

The standard replies stay as they are; what is asked again is how good the passages are that are found now. One
question at a time, so that live answers are not slowed; until it is done the calibration before is in force.
The test cases are asked as well, and what no longer passes is told.
"""

from __future__ import annotations

import asyncio
import logging

from chatwright.answer import Bot, Deployed
from chatwright.answer.open import calibrations
from chatwright.core.errors import ChatwrightError
from chatwright.core.files import alone, busy
from chatwright.core.progress import Silent
from chatwright.data.dataset import Dataset, load
from chatwright.evaluation.cases import load_cases
from chatwright.evaluation.routed import routed
from chatwright.evaluation.suites import run_cases
from chatwright.release.registry import Deployment, Registry
from chatwright.spec import Spec

EVERY = 2.0  # seconds between two looks
SETTLED = 10.0  # seconds for which the knowledge stays the same before it is worth the work
QUESTIONS = 300

log = logging.getLogger(__name__)


async def recalibrate(deployed: Deployed, spec: Spec) -> None:
    """Look until cancelled. What fails is told once, and tried again when the knowledge changes again."""
    tried: str | None = None
    seen, since = None, 0.0
    clock = asyncio.get_running_loop().time
    while True:
        await asyncio.sleep(EVERY)
        router = deployed.current().router
        if router is None or router.live is None or not router.calibration.logistics:
            continue
        snapshot = router.live.seen
        if snapshot != seen:
            seen, since = snapshot, clock()
        known = router.calibration.about.get("snapshot")
        if snapshot in (None, known, tried) or clock() - since < SETTLED or deployed.leased():
            continue
        folder = calibrations(spec)
        folder.mkdir(parents=True, exist_ok=True)
        if busy(folder):  # another process does it, and all will serve what it promotes
            continue
        tried = snapshot
        try:
            with alone(folder):
                await _again(deployed, spec)
        except ChatwrightError as error:
            log.error("The bot could not be calibrated for its new knowledge: %s", error)


async def _again(deployed: Deployed, spec: Spec) -> None:
    with deployed.lease(live=False) as bot:
        before = bot.router
        assert before is not None
        dataset = await asyncio.to_thread(_dataset, spec, bot.release_id)
        found = await routed(
            bot,
            dataset,
            Silent(),
            before.embedder,
            again=before.calibration,
            most=QUESTIONS,
            at_once=1,
        )
        after = found.bot.router
        assert after is not None
        await _ask_cases(found.bot, spec)
        deployment = Deployment(bot.release_id, calibration=found.calibration.id)
        if deployed.current() is not bot:  # another release was promoted meanwhile
            return
        bot.rerouted(after, deployment.id)
        release = await asyncio.to_thread(Registry(spec).release, bot.release_id)
        await asyncio.to_thread(
            lambda: Registry(spec).promote(
                release, "the knowledge changed", calibration=found.calibration.id
            )
        )
        log.info(
            "calibrated for knowledge %s: %.0f%% of known questions are answered",
            after.snapshot,
            100 * found.figures["coverage"],
        )


async def _ask_cases(bot: Bot, spec: Spec) -> None:
    cases = load_cases(spec.path(spec.evaluation.cases))
    if not cases:
        return
    results = await run_cases(bot, cases, None, Silent())
    failed = [row["id"] for row in results["results"] if not row["passed"]]
    log.info("test cases: %d of %d pass", len(cases) - len(failed), len(cases))
    if failed:
        log.warning("test cases that do not pass: %s", ", ".join(failed[:20]))


def _dataset(spec: Spec, release: str) -> Dataset | None:
    identity = Registry(spec).release(release).manifest.get("dataset")
    folder = spec.made / "datasets" / str(identity)
    return load(folder) if identity and (folder / "dataset.json").exists() else None
