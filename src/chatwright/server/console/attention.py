"""What needs somebody today, as a short list: each look finds one kind of thing, or nothing.

A subject of the console adds its own look to `LOOKS`. Each is quick; one that fails costs the others nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from chatwright.core.errors import ChatwrightError
from chatwright.improve.erasure_journal import open_erasures
from chatwright.improve.journal import last
from chatwright.server.certificate import valid_until
from chatwright.server.console.overview_types import AttentionValue
from chatwright.server.drifting import last_look
from chatwright.server.machine import used
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store.kept import Kept

SOON = timedelta(days=14)
FULL = 0.9  # of the disk
WEEK = 7 * 24  # hours
ERRORS = 0.02  # of the replies of a day; fewer are a bad moment

Look = Callable[[Services, Spec], AttentionValue | None]
log = logging.getLogger(__name__)


def looks(services: Services, spec: Spec) -> list[AttentionValue]:
    """What all looks find, in their order."""
    found = []
    for one in LOOKS:
        try:
            item = one(services, spec)
        except (ChatwrightError, OSError, ValueError, KeyError) as error:
            log.warning("%s could not be looked for: %s", one.__name__, error)
            continue
        if item is not None:
            found.append(item)
    return found


def _counted(kind: str, count: int) -> AttentionValue | None:
    return AttentionValue.model_validate({"kind": kind, "count": count}) if count else None


def errors(services: Services, spec: Spec) -> AttentionValue | None:
    """Replies of the last day that failed, where those are more than a few."""
    whole = services.figures.series(spec.bot.name, 3600, 24, time.time()).total()
    failed = sum(n for key, n in whole.turns.items() if key[2] in ("failed", "interrupted"))
    return _counted("errors", failed) if failed > ERRORS * whole.turns.total() else None


def inbox(services: Services, spec: Spec) -> AttentionValue | None:
    """People who wait for one of the team."""
    return _counted("inbox", services.inbox.wanted([spec.bot.name]))


def reviews(services: Services, spec: Spec) -> AttentionValue | None:
    return _counted("reviews", Kept(services.database).reviews_waiting(spec.bot.name))


def gaps(services: Services, spec: Spec) -> AttentionValue | None:
    """Questions of the last seven days that were declined."""
    series = services.figures.series(spec.bot.name, 86_400, 7, time.time())
    turns = series.total().turns
    return _counted("gaps", sum(n for (_, route, _), n in turns.items() if route == "refused"))


def drift(_: Services, spec: Spec) -> AttentionValue | None:
    alarms = [name for name, row in last_look(spec).get("figures", {}).items() if row[2]]
    return AttentionValue(kind="drift", count=len(alarms), detail=alarms[0]) if alarms else None


def improvement(_: Services, spec: Spec) -> AttentionValue | None:
    """The newest improvement, where it did not come to its end or waits for somebody."""
    newest = last(spec.made)
    if newest is None:
        return None
    kinds = {
        "failed": "improve",
        "interrupted": "improve",
        "ready": "promote",
        "refused": "refused",
    }
    kind = kinds.get(newest.state)
    if kind is None:
        return None
    day = str(newest.values.get("ended_at") or newest.values["started_at"])[:10]
    if kind == "refused" and datetime.fromisoformat(day).date() < datetime.now(
        UTC
    ).date() - timedelta(days=7):
        return None
    return AttentionValue.model_validate({"kind": kind, "detail": day})


def keys(services: Services, spec: Spec) -> AttentionValue | None:
    return _counted("keys", Kept(services.database).keys_ending(spec.bot.name, SOON))


def answers(services: Services, spec: Spec) -> AttentionValue | None:
    return _counted("answers", Kept(services.database).answers_ending(spec.bot.name, SOON))


def certificate(services: Services, _: Spec) -> AttentionValue | None:
    """The server's certificate, two weeks before its end."""
    spec = services.doors.spec
    if not spec.server.tls_cert:
        return None
    ends = valid_until(spec.path(spec.server.tls_cert).read_text("ascii"))
    soon = ends is not None and ends < datetime.now(UTC) + SOON
    return AttentionValue(kind="certificate", detail=f"{ends:%Y-%m-%d}") if soon else None


def disk(services: Services, _: Spec) -> AttentionValue | None:
    share = used(services.people.spec.made)
    return AttentionValue(kind="disk", detail=f"{share:.2f}") if share > FULL else None


def erasures(services: Services, spec: Spec) -> AttentionValue | None:
    return _counted("erasures", len(open_erasures(spec)))


LOOKS: list[Look] = [
    inbox,
    disk,
    certificate,
    errors,
    erasures,
    improvement,
    reviews,
    drift,
    gaps,
    keys,
    answers,
]
