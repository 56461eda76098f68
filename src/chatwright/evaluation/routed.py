"""The deployment around a release: knowledge that is up to date, a calibration, and what its routes come to.

A calibration lies in `.chatwright/calibrations/<id>`, and `of-<release>` names the one last made for a release.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatwright.answer import Bot
from chatwright.answer.calibration import Calibration, brier, expected_error
from chatwright.answer.open import calibrations
from chatwright.answer.router import Router
from chatwright.answer.signs import KINDS
from chatwright.core.files import sha256_tree, storage, write_atomic
from chatwright.core.progress import Progress
from chatwright.core.types import Embedder
from chatwright.data.dataset import Dataset
from chatwright.data.documents import owners_files
from chatwright.evaluation.calibrate import calibrate
from chatwright.evaluation.metrics import share
from chatwright.evaluation.tried import Question, asked
from chatwright.knowledge.index import Index
from chatwright.knowledge.questions import drafted
from chatwright.knowledge.search import Search
from chatwright.knowledge.snapshots import Snapshots
from chatwright.knowledge.sync import index_file, sync
from chatwright.release.registry import Registry
from chatwright.spec import Spec

DIALS = (0.01, 0.02, 0.05, 0.1)
BANDS = 10
FEW = 10  # documents: twice the folds of `calibrate`
DRAFTED = 400  # questions from the documents, where there are no conversations


@dataclass(frozen=True, slots=True)
class Routed:
    """A bot with its router, and what was measured while it was fitted."""

    bot: Bot
    calibration: Calibration
    figures: dict[str, Any]


def ready(spec: Spec, progress: Progress, embedder: Embedder | None = None) -> str | None:
    """Read what changed in the knowledge; the snapshot that is current, None where there are no documents."""
    path = index_file(spec)
    if not path.exists() and not spec.knowledge.urls and not any(owners_files(spec)):
        return None
    with closing(Index(path)) as index:
        deployed = Registry(spec).deployment()
        needed = {deployed.knowledge} if deployed and deployed.knowledge else set()
        progress.start("Reading the knowledge")
        done = sync(spec, index, embedder=embedder, needed=needed, progress=progress)
        progress.stop()
        for name, why in done.problems.items():
            progress.say(f"knowledge: {name}: {why}")
        return Snapshots(index).current_id()


async def routed(
    bot: Bot,
    dataset: Dataset | None,
    progress: Progress,
    embedder: Embedder | None = None,
    **settings: Any,
) -> Routed:
    """`bot`, whose engine runs, with a calibration that is made now and kept. `settings`: see `calibrate`."""
    assert bot.router is not None
    search = bot.router.live.current() if bot.router.live else None
    instead = questions_of(search) if dataset is None and search is not None else []
    found = await calibrate(bot, dataset, progress, embedder=embedder, drafted=instead, **settings)
    kept = keep(bot.spec, bot.release_id, found)
    old = bot.router
    router = Router(bot.spec, kept, old.curated, old.live, bot.release_id, old.embedder)
    return Routed(bot.routed(router), kept, figures(kept, bot.spec.answers.tolerated_wrong))


def questions_of(search: Search) -> list[Question]:
    """What may be asked of these documents, with what they say to it.

    A document's questions are judged by what was learned from others, as a new one's would be. Of a few
    documents hardly anything would be left to learn from: then it is answers that are kept apart.
    """
    found = drafted(search, seed=0, n=DRAFTED)
    few = len({one.document for one in found}) < FEW
    return [
        Question(
            asked(one.question),
            one.answer,
            f"{one.document}: {one.answer}" if few else one.document,
            one.document,
        )
        for one in found
    ]


def keep(spec: Spec, release: str, calibration: Calibration) -> Calibration:
    """Write it, if it is not there, and note it as the one of this release."""
    folder = calibrations(spec)
    with storage(folder):
        folder.mkdir(parents=True, exist_ok=True)
        workplace = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
        try:
            calibration.save(workplace)
            identity = sha256_tree(workplace)[:12]
            final = folder / identity
            if not final.exists():
                workplace.chmod(0o755)
                workplace.rename(final)
        finally:
            shutil.rmtree(workplace, ignore_errors=True)
        write_atomic(folder / f"of-{release}", identity + "\n")
    return Calibration(
        calibration.logistics,
        calibration.tried,
        calibration.judged,
        calibration.about,
        calibration.standard,
        identity,
    )


def figures(calibration: Calibration, tolerated: float) -> dict[str, Any]:
    """What the report tells: how well confidence fits, and what each setting of the dial would answer."""
    tried = calibration.tried
    answered = [one for one in tried if one.confidence > 0]
    return {
        "questions": len(tried),
        "judged": calibration.judged,
        "kinds": [kind for kind in KINDS if kind in calibration.logistics],
        "standard_replies": calibration.about.get("replies", 0),
        "expected_calibration_error": round(expected_error(answered), 4) if answered else None,
        "brier": round(brier(answered), 4) if answered else None,
        "tolerated_wrong": tolerated,
        "threshold": round(calibration.threshold(tolerated), 4),
        "coverage": round(calibration.coverage(tolerated), 4),
        "dial": [
            {
                "tolerated_wrong": dial,
                "threshold": round(calibration.threshold(dial), 4),
                "coverage": round(calibration.coverage(dial), 4),
            }
            for dial in DIALS
        ],
        "reliability": reliability(calibration),
    }


def reliability(calibration: Calibration) -> list[dict[str, Any]]:
    """Bands of equal width: how sure answers were, and how many of them were right, with their interval."""
    bands = []
    for number in range(BANDS):
        low, high = number / BANDS, (number + 1) / BANDS
        inside = [
            one
            for one in calibration.tried
            if one.confidence > 0 and low <= one.confidence < high + (number == BANDS - 1)
        ]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            right = share(round(sum(one.right for one in inside)), len(inside))
            bands.append({"from": low, "to": high, "confidence": round(mean, 4), **right})
    return bands
