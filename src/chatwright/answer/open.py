"""A release -> the bot that answers for it: its engine, and values hidden as they were in its data."""

from __future__ import annotations

from chatwright.answer.bot import Bot
from chatwright.answer.guard import Guard, begin_public
from chatwright.answer.skills import Skills
from chatwright.answer.webhooks import Webhooks
from chatwright.data.hiding import Hiding
from chatwright.engine.open import open_engine
from chatwright.release.manifest import Release
from chatwright.release.registry import Deployment
from chatwright.spec import Spec


def open_bot(
    release: Release,
    spec: Spec,
    deployment: Deployment | None = None,
    *,
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
    skills = Skills(in_force, Webhooks(in_force.webhook) if acts else None)
    return Bot(in_force, engine, release.id, deployed.id, redactor, guard, skills)
