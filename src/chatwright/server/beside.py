"""Runs what is to run beside the bot that is served: the candidate of a canary, and those of staging links.

Follows the store, so that all processes do the same: starts and ends candidates, says who gets which, looks at
the figures, and ends a canary that is worse. Whatever goes wrong with a candidate, the others are answered as
before. It answers nothing itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chatwright.answer import Bot, Deployed, open_bot
from chatwright.answer.deployed import Chunks
from chatwright.core.errors import (
    ChatwrightError,
    ContextTooLong,
    EngineError,
    NotFound,
    StoreUnavailable,
    Unsupported,
    WrongUse,
)
from chatwright.improve.arms import Arms, chooses
from chatwright.improve.canary import Rules, Verdict, judge, next_step
from chatwright.release.manifest import read, verify
from chatwright.release.registry import Deployment, Registry
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.canaries import Canaries, CanaryRecord, State
from chatwright.store.staging import KIND, Staging, StagingLink, link_of

EVERY = 1.0  # seconds between two looks at what shall run
LOOK = 10.0  # seconds between two looks at the figures and the files
MOST = 3  # candidates at once: each has an engine
CALLERS = (ContextTooLong, Unsupported, WrongUse, NotFound)  # errors that are no fault of a bot

TESTERS = f"{KIND}:"  # how their names begin
Wanted = CanaryRecord | StagingLink
Opens = Callable[[Wanted], tuple[Bot, Path | None]]
log = logging.getLogger(__name__)


async def beside(
    services: Services, spec: Spec, store: Database, opens: Opens | None = None
) -> None:
    """Look every second, until cancelled. `opens` makes the bot of a candidate, and names its folder."""
    work = Beside(services, spec, store, opens or opener(spec, store))
    heard = True
    try:
        while True:
            try:
                await work.look()
                heard = True
            except StoreUnavailable as error:
                if heard:
                    log.warning("Candidates stay as they are: %s", error)
                heard = False
            except ChatwrightError as error:
                log.error("Candidates could not be looked after: %s", error)
            await asyncio.sleep(EVERY)
    finally:
        await work.end()


def opener(spec: Spec, store: Database) -> Opens:
    """Opens releases of this bot, each file checked."""

    def opened(wanted: Wanted) -> tuple[Bot, Path | None]:
        release = Registry(spec).usable(wanted.release)
        deployment = Deployment(release.id, calibration=wanted.calibration)
        return open_bot(release, spec, deployment, store=store), release.folder

    return opened


class Beside:
    """What runs beside one bot, in this process."""

    def __init__(self, services: Services, spec: Spec, store: Database, opens: Opens) -> None:
        self._deployed: Deployed = services.bots[spec.bot.name]
        self._figures = services.metrics.canary
        self._audit = services.people.audit
        self._spec, self._opens = spec, opens
        self._registry = Registry(spec)
        self._canaries, self._staging = Canaries(store), Staging(store)
        self._record: CanaryRecord | None = None
        self._links: dict[str, StagingLink] = {}
        self._refused: set[str] = set()  # deployments that could not be started, of links
        self._watch: _Watch | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        # From the first request on, whether there is a candidate or not: a tester gets no other bot, also
        # when the link was made just now. It costs others two comparisons.
        self._deployed.chooser = self.choose

    async def look(self) -> None:
        """Do what is to be done now."""
        name = self._spec.bot.name
        record = await asyncio.to_thread(self._canaries.running, name)
        links = {one.id: one for one in await asyncio.to_thread(self._staging.live, name)}
        self._links = links
        if record is not None:
            record = await self._still(record)
        wanted: dict[str, Wanted] = {one.deployment: one for one in links.values()}
        if record is not None:
            wanted[record.deployment] = record
        self._leave(set(wanted))
        for deployment, one in list(wanted.items())[-MOST:]:
            await self._start(deployment, one)
        running = record is not None and self._deployed.beside(record.deployment) is not None
        self._follow(record if running else None)
        if self._record is not None and self._watch is not None:
            await self._guard(self._record, self._watch)

    async def end(self) -> None:
        self._deployed.observer = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def choose(self, person: str) -> Bot | None:
        """Which candidate answers `person`; see `Chooser`."""
        if person.startswith(TESTERS):
            return self._of_link(link_of(person) or "")
        record = self._record
        if record is None or not chooses(record.salt, record.share, person):
            return None
        bot = self._deployed.beside(record.deployment)
        return bot if bot is not None and bot.engine.health() == "ready" else None

    def _of_link(self, id: str) -> Bot:
        link, bot = self._links.get(id), None
        if link is not None and link.state != "live":
            raise NotFound("This link has ended.", "Ask whoever sent it for a new one.")
        if link is not None:
            current = self._deployed.current()
            bot = self._deployed.beside(link.deployment)
            if bot is None and current.release_id == link.release:  # it was promoted meanwhile
                bot = current
        if bot is None or bot.engine.health() != "ready":
            raise EngineError("The candidate is not ready.", "Try again in a moment.")
        return bot

    # --- starting and ending ----------------------------------------------------------------------

    async def _still(self, record: CanaryRecord) -> CanaryRecord | None:
        """`record`, unless what is served by now makes an end of it."""
        current = await asyncio.to_thread(self._registry.deployment)
        if current is None or current.release == record.against:
            return record
        if current.release == record.release:
            await self._finish(record, "promoted", "it was promoted")
        else:
            await self._finish(record, "stopped", "another release was promoted")
        return None

    def _leave(self, wanted: set[str]) -> None:
        """End candidates that nobody wants, beside everything else; one that is promoted is served instead."""
        served = self._registry.current_id()
        for deployment in self._deployed.candidates():
            if deployment == served:
                self._beside(self._adopt(deployment))
            elif deployment not in wanted:
                self._beside(self._deployed.unstage(deployment))

    async def _adopt(self, deployment: str) -> None:
        await self._deployed.adopt(deployment)

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start(self, deployment: str, wanted: Wanted) -> None:
        served = self._deployed.current().release_id == wanted.release
        if served or self._deployed.beside(deployment) or deployment in self._refused:
            return
        try:
            bot, folder = await asyncio.to_thread(self._opens, wanted)
            await self._deployed.stage(bot)
            await asyncio.to_thread(bot.guard.warm)
        except ChatwrightError as error:
            log.error("candidate %s cannot be started: %s", wanted.release, error)
            if isinstance(wanted, CanaryRecord):
                await self._finish(wanted, "failed", f"It could not be started: {error}")
            else:
                self._refused.add(deployment)
            return
        log.info("candidate %s runs beside", wanted.release)
        if isinstance(wanted, CanaryRecord):
            self._watch = _Watch(wanted, folder)

    def _follow(self, record: CanaryRecord | None) -> None:
        """From now on this canary counts, or none."""
        if record is not None and (self._watch is None or self._watch.id != record.id):
            self._watch = _Watch(record, None)
        self._record = record
        self._deployed.observer = None if record is None else self.observe
        self._figures.share.set(0.0 if record is None else record.share)

    async def _finish(self, record: CanaryRecord, state: State, reason: str) -> None:
        self._record = None  # first of all: nobody more is sent there
        if await asyncio.to_thread(self._canaries.end, record.id, state, reason):
            log.warning("canary of %s ended (%s): %s", record.release, state, reason)
            detail = {"release": record.release, "state": state}
            await asyncio.to_thread(lambda: self._audit.add("canary.ended", "system", **detail))

    # --- looking ----------------------------------------------------------------------------------

    async def _guard(self, record: CanaryRecord, watch: _Watch) -> None:
        """End the canary where it must."""
        bot = self._deployed.beside(record.deployment)
        if bot is None or bot.engine.health() != "ready":
            await self._finish(record, "failed", "Its engine died.")
            return
        clock = asyncio.get_running_loop().time()
        if clock < watch.due:
            return
        watch.due = clock + LOOK
        try:
            await asyncio.to_thread(watch.check)
        except ChatwrightError as error:
            await self._finish(record, "rolled_back", str(error))
            return
        time = datetime.now(UTC)
        verdict = await asyncio.to_thread(watch.judge, self._canaries, record, time)
        self._figures.look((row.rule, row.evidence) for row in verdict.rows)
        if verdict.action == "rollback":
            await self._finish(record, "rolled_back", verdict.reason)
            return
        plan = self._spec.canary
        share = next_step(record.steps, watch.plan, plan.step_days, time)
        if share is not None:
            count = len(record.steps)
            if await asyncio.to_thread(self._canaries.grow, record.id, share, count):
                log.info("canary of %s: its share is %.0f%% now", record.release, 100 * share)

    async def observe(self, bot: Bot, chunks: Chunks, person: str, kept: bool) -> Chunks:
        """Count a reply as it passes; see `Observer`. Testers of a link are in no figure."""
        record, watch = self._record, self._watch
        if record is None or watch is None or link_of(person) is not None:
            async with aclosing(chunks):
                async for chunk in chunks:
                    yield chunk
            return
        mine = bot.release_id == record.release
        count = self._figures.reply("candidate" if mine else "current")
        status, route = "stopped", None
        try:
            async with aclosing(chunks):
                async for chunk in chunks:
                    route = chunk.route or route
                    if chunk.finish_reason is not None:
                        status = "refused" if route == "refused" else "done"
                    yield chunk
        except Exception as error:
            status = "stopped" if isinstance(error, CALLERS) else "failed"
            raise
        finally:
            count(status)
            if mine and not kept and status != "stopped":
                watch.unkept(status == "failed")


class _Watch:
    """What this process knows of a running canary between two looks."""

    def __init__(self, record: CanaryRecord, folder: Path | None) -> None:
        self.id = record.id
        self.due = 0.0
        self.plan: tuple[float, ...] = tuple(record.settings.get("steps", ()))
        self._rules = Rules(**record.settings["rules"])
        self._arms = Arms(record.salt, self._rules.limits)
        self._folder = folder
        self._stamps = _stamps(folder)
        self._replies = self._failed = 0  # of those that the store does not keep

    def unkept(self, failed: bool) -> None:
        self._replies += 1
        self._failed += failed

    def check(self) -> None:
        """Raise `ReleaseError` where files of the candidate are gone or changed, though it still runs."""
        if self._folder is not None and (stamps := _stamps(self._folder)) != self._stamps:
            verify(self._folder)
            self._stamps = stamps

    def judge(self, canaries: Canaries, record: CanaryRecord, time: datetime) -> Verdict:
        releases = (record.release, record.against)
        rows = canaries.seen(record.bot, releases, self._arms.since or record.began)
        self._arms.look(rows, record.steps, time)
        totals = canaries.totals(record.bot, releases, record.began)
        replies, failed = totals.get(record.release, (0, 0))
        return judge(self._arms, (replies + self._replies, failed + self._failed), self._rules)


def _stamps(folder: Path | None) -> dict[str, tuple[int, int]]:
    """Size and time of each file of a release: cheap enough to look at while it runs."""
    if folder is None:
        return {}
    found = {}
    for name in ("release.json", *_files(folder)):
        try:
            about = (folder / name).stat()
        except OSError:
            continue
        found[name] = (about.st_size, about.st_mtime_ns)
    return found


def _files(folder: Path) -> list[str]:
    try:
        return sorted(read(folder).manifest["files"])
    except ChatwrightError:
        return []
