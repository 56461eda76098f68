"""The part of an erasure that needs torch: a release trained without somebody, and the gate's word on it."""

from __future__ import annotations

from chatwright.answer.people import People
from chatwright.core.progress import Progress
from chatwright.evaluation.candidate import release_of, train_bot
from chatwright.evaluation.comparing import compare
from chatwright.evaluation.evaluate import evaluate
from chatwright.improve.harvest import harvest
from chatwright.release.manifest import Release
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.reviews import Reviews
from chatwright.store.secret import find_secret

WORSE = "worse"


def make(spec: Spec, database: Database, progress: Progress) -> Release:
    """Harvest what may still be learned, train, pack, evaluate."""
    people = People(spec, database, find_secret(spec.made))
    version, without = people.consent_version, spec.improve.without_raters
    harvest(spec, Reviews(database).accepted(spec.bot.name, without, version=version))
    trained = train_bot(spec, progress, serve=True)
    release = release_of(spec, trained, progress)
    evaluate(spec, release, trained.dataset, progress, trained.about())
    return release


def judge(spec: Spec, candidate: Release, before: Release, progress: Progress) -> tuple[bool, str]:
    """Whether the candidate may be served: it need not be better, nor prove that it is not worse, only not be
    worse as far as can be told. Somebody asked to be forgotten, and that is reason enough."""
    verdict = compare(spec, candidate, before, progress)
    why = f"{verdict.verdict}: {'; '.join(verdict.reasons)}".strip(": ")
    return verdict.verdict != WORSE and not verdict.broken, why
