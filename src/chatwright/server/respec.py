"""Follows bot.toml: what may change while a server runs is in force within seconds, whoever saved it.

That is what is shown beside answers, limits, who may come in, consent and retention, prices, and when the bot
is improved. What shapes answers belongs to a release, and what the server listens to and starts with waits for
the next start: neither is touched here. A file that cannot be read changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from chatwright.core.errors import ChatwrightError
from chatwright.release.manifest import SHOWN
from chatwright.server.services import Services
from chatwright.spec import Spec, load_spec
from chatwright.spec.load import FILE

EVERY = 2.0  # seconds between two looks
# Tables that count as they stand in the file; the others as they were when the server started.
LIVE = ("limits", "access", "widget", "privacy", "feedback", "improve", "prices")

log = logging.getLogger(__name__)


def fresh(spec: Spec) -> Spec:
    """`spec` with those of its values that may change meanwhile as bot.toml has them now; `spec` itself where
    that cannot be read."""
    try:
        return merged(spec, load_spec(spec.folder))
    except (ChatwrightError, OSError):
        return spec


def merged(spec: Spec, now: Spec) -> Spec:
    """`spec`, and of `now` what may change while a server runs."""
    shown = {name: getattr(now.bot, name) for name in SHOWN}
    live = {name: getattr(now, name) for name in LIVE}
    return spec.model_copy(update={**live, "bot": spec.bot.model_copy(update=shown)})


def adopt(services: Services, name: str, now: Spec) -> None:
    """Have `now` be in force for that bot, as far as it can while the server runs. On the loop's thread."""
    deployed = services.bots[name]
    for bot in (deployed.current(), *filter(None, map(deployed.beside, deployed.candidates()))):
        bot.spec = bot.guard.spec = merged(bot.spec, now)
    reviewer, people = services.reviewers[name], services.reviewers[name].people
    reviewer.spec, people.spec = merged(reviewer.spec, now), merged(people.spec, now)
    services.gaps[name].version = people.consent_version if people.consent_text else ""
    if name == services.first:
        services.doors.spec = merged(services.doors.spec, now)
        services.people.spec = merged(services.people.spec, now)


async def respec(services: Services, name: str, every: float = EVERY) -> None:
    """Look until cancelled."""
    path = services.bots[name].current().spec.path(FILE)
    seen = await asyncio.to_thread(_stamp, path)
    while True:
        await asyncio.sleep(every)
        found = await asyncio.to_thread(_stamp, path)
        if found == seen:
            continue
        seen = found
        try:
            now = await asyncio.to_thread(load_spec, path.parent)
        except (ChatwrightError, OSError) as error:
            log.error("The changed settings are not in force: %s", error)
            continue
        if now.bot.name != name:
            log.error("The bot's name changed to %s: that takes a new start.", now.bot.name)
            continue
        adopt(services, name, now)
        log.info("the settings of %s were changed", name)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_ino
