"""Canaries of one bot as its owner handles them: start, look, stop, promote; whoever asks, in the same way.

Starts nothing that answers: a running server takes up what is in the store (`server.beside`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from chatwright.answer.open import calibration_of
from chatwright.core.errors import Conflict, ReleaseError, WrongUse
from chatwright.improve.arms import Arms
from chatwright.improve.canary import Baseline, Rules, Verdict, baseline, judge
from chatwright.release.manifest import Release
from chatwright.release.registry import Deployment, Registry
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.audit import AuditLog
from chatwright.store.canaries import Canaries, CanaryRecord, Seen, found_one
from chatwright.store.staging import Staging
from chatwright.store.stamps import stamp

BEFORE = 28  # days of traffic from which the rates are taken
CANDIDATES = 3  # at once; a server runs no more beside what is served


class Trials:
    """`actor`, everywhere: who asks, for the log."""

    def __init__(self, spec: Spec, database: Database, audit: AuditLog) -> None:
        self._spec, self._audit = spec, audit
        self._registry, self._canaries = Registry(spec), Canaries(database)

    def start(self, release: str, share: float | None, actor: str) -> tuple[CanaryRecord, Baseline]:
        """Let `release` answer a share of the people; without one it grows by `[canary] steps`.

        Raises `WrongUse` for a share above a half, `ReleaseError` and `Conflict`.
        """
        spec = self._spec
        wanted = spec.canary.share if share is None else share
        if not 0 < wanted <= 0.5:
            raise WrongUse(f"{wanted:g} is no share.", "Give one of at most half, like 0.05.")
        served, found = two(self._registry, release)
        calibration = calibration_of(spec, found.id)
        deployment = Deployment(found.id, calibration=calibration)
        known = self.traffic(served.id)
        rules = Rules.of(spec.canary, known)
        steps = [] if share is not None else [one for one in spec.canary.steps if one > wanted]
        record = self._canaries.start(
            spec.bot.name,
            found.id,
            deployment.id,
            served.id,
            wanted,
            {"rules": rules.value(), "steps": steps},
            calibration=calibration,
            author=actor,
        )
        self._audit.add("canary.started", actor, "", release=record.release)
        return record, known

    def newest(self) -> CanaryRecord | None:
        """The one that runs, or the last one."""
        found = self._canaries.all(self._spec.bot.name)
        return found[0] if found else None

    def stop(self, reason: str, actor: str) -> CanaryRecord:
        """From the next request on everybody gets what is served. Raises `NotFound` where none runs."""
        record = found_one(self._canaries.running(self._spec.bot.name))
        self._canaries.end(record.id, "stopped", reason or "by hand")
        self._audit.add("canary.ended", actor, "", release=record.release, state="stopped")
        return self._canaries.find(record.id) or record

    def promote(
        self, reason: str, actor: str, *, force: bool = False
    ) -> tuple[Deployment, Verdict]:
        """Serve the candidate to everybody. Raises `Conflict` (`not_enough_evidence`) where it is not shown to
        be good enough, unless forced for a reason."""
        record = found_one(self._canaries.running(self._spec.bot.name))
        verdict = self.verdict(record)
        if verdict.action != "enough" and not force:
            raise Conflict(
                f"The verdict is {verdict.action!r}: {verdict.reason}.",
                "Wait, or promote it all the same with --force and a --reason.",
                code="not_enough_evidence",
            )
        if force and not reason.strip():
            raise WrongUse("--force needs a reason.", "Say why with --reason.")
        found = self._registry.usable(record.release)
        why = f"canary: {reason or verdict.reason}" + " (forced)" * (verdict.action != "enough")
        deployment = self._registry.promote(found, why, calibration=record.calibration, by=actor)
        self._canaries.end(record.id, "promoted", why)
        self._audit.add(
            "canary.ended", actor, "", release=record.release, state="promoted", forced=force
        )
        return deployment, verdict

    def traffic(self, release: str) -> Baseline:
        """What the last days of what is served were like."""
        until = datetime.now(UTC)
        since = until - timedelta(days=BEFORE)
        rows = self._canaries.seen(self._spec.bot.name, (release,), stamp(since))
        return baseline(rows, since, until)

    def verdict(self, record: CanaryRecord) -> Verdict:
        """As it stands now, or stood at its end; with intervals."""
        return self._judged(record, self._seen(record), _end(record), self._totals(record))

    def course(self, record: CanaryRecord, points: int) -> list[tuple[str, Verdict]]:
        """The verdict at `points` evenly spaced times from its start to now; the intervals hold at all of them
        together, since they hold however often one looks."""
        rows, began = self._seen(record), datetime.fromisoformat(record.began)
        pace = (_end(record) - began) / points
        times = [began + pace * (at + 1) for at in range(points)]
        totals = self._totals(record)
        return [(stamp(time), self._judged(record, rows, time, totals)) for time in times]

    def days(self, record: CanaryRecord) -> list[dict[str, Any]]:
        """Counts by day and arm."""
        rows = self._canaries.days(record.bot, (record.release, record.against), record.began)
        for row in rows:
            row["arm"] = "candidate" if row["release"] == record.release else "current"
        return rows

    def _seen(self, record: CanaryRecord) -> list[Seen]:
        releases = (record.release, record.against)
        return list(self._canaries.seen(record.bot, releases, record.began))

    def _totals(self, record: CanaryRecord) -> tuple[int, int]:
        releases = (record.release, record.against)
        totals = self._canaries.totals(record.bot, releases, record.began)
        return totals.get(record.release, (0, 0))

    def _judged(
        self,
        record: CanaryRecord,
        rows: Sequence[Seen],
        until: datetime,
        totals: tuple[int, int],
    ) -> Verdict:
        rules = Rules(**record.settings["rules"])
        arms = Arms(record.salt, rules.limits)
        arms.look((row for row in rows if row.at <= stamp(until)), record.steps, until)
        return judge(arms, totals, rules, intervals=True)


def two(registry: Registry, release: str) -> tuple[Release, Release]:
    """What is served, and another release that may be. Raises `ReleaseError` and `WrongUse`."""
    current = registry.current()
    if current is None:
        raise ReleaseError(
            "Nothing is served yet that a candidate could be compared with.",
            "Use `chatwright release promote ID`.",
        )
    found = registry.usable(release)
    if found.id == current[1].id:
        raise WrongUse(f"Release {found.id} is served already.", "Name another one.")
    return current[1], found


def check_room(staging: Staging, canaries: Canaries, spec: Spec, deployment: str) -> None:
    """Each candidate that runs costs the memory of an engine. Raises `Conflict` (`too_many_candidates`)."""
    name = spec.bot.name
    running = canaries.running(name)
    known = {one.deployment for one in staging.live(name)} | {deployment}
    known |= {running.deployment} if running is not None else set()
    if len(known) > CANDIDATES:
        raise Conflict(
            f"{CANDIDATES} candidates run already beside what is served.",
            "Revoke a link (`chatwright staging list`), or stop the canary.",
            code="too_many_candidates",
        )


def _end(record: CanaryRecord) -> datetime:
    return datetime.fromisoformat(record.ended) if record.ended else datetime.now(UTC)
