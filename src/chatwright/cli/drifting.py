"""`chatwright drift`: whether people ask something else than before, and than the bot was trained for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from chatwright.answer.people import People
from chatwright.cli.show import Folder, Json, Screen
from chatwright.cli.store import opened
from chatwright.core.errors import WrongUse
from chatwright.improve.apart import Apart
from chatwright.improve.drift import WATCHED, Drift
from chatwright.improve.drifting import look
from chatwright.spec import load_spec
from chatwright.store.secret import find_secret

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command("drift", epilog="Example: chatwright drift mybot --since 2026-11-01")
def drift_of(
    folder: Folder = Path(),
    since: Annotated[
        str, typer.Option(help="The first watched day, as 2026-11-01; 30 days ago when left out.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Compare what people ask with what they asked before, day by day, and with the training data.

    Words of people who did not agree that they are read are counted, and not shown.
    """
    screen, spec = Screen(as_json), load_spec(folder)
    days = _days(since)
    screen.start("Reading what was asked")
    with opened(spec) as database:
        people = People(spec, database, find_secret(spec.made))
        version = people.consent_version if people.consent_text else ""
        found = look(spec, database, version, days)
    screen.stop()
    _show(screen, found)
    screen.result(found.about())


def _days(since: str) -> int:
    if not since:
        return WATCHED
    try:
        first = date.fromisoformat(since)
    except ValueError:
        raise WrongUse(f"{since!r} is no day.", "Write it as 2026-11-01.") from None
    days = (datetime.now(UTC).date() - first) // timedelta(days=1)
    if not 1 <= days <= 366:
        raise WrongUse(
            f"{since} is not within the last 366 days.", "Name a later day, before today."
        )
    return days


def _show(screen: Screen, found: Drift) -> None:
    screen.say(
        f"{found.questions:,} questions; {found.watched_days} days are watched against "
        f"{found.reference_days} before them."
    )
    if found.too_little:
        screen.say(f"Too little for alarms: {found.too_little}.")
    rows = [
        [
            one.name,
            one.reference,
            one.days[-1][1],
            f"{one.score} of {one.threshold}",
            one.alarm or "",
        ]
        for one in found.figures
    ]
    if rows:
        screen.rows(["figure", "before", "last day", "sum, limit", "alarm"], rows)
    for one in found.alarms:
        screen.say(
            f"ALARM {one.name} on {one.alarm}, unlike before since {one.since}: {one.title}."
        )
    if found.figures and not found.alarms:
        screen.say(
            f"No alarm. Without any change there is one in {found.alpha:.0%} of such reports at most."
        )
    _say_apart(screen, "The watched days from those before", found.recent)
    _say_apart(screen, "The watched days from the training data", found.training)
    for kind in found.kinds:
        more = f"{kind.count} questions, {kind.before} before, {kind.refused} refused"
        screen.say(f"- {'; '.join(kind.examples) or 'nobody who asked may be quoted'} ({more})")
    for name, why in found.not_applicable.items():
        screen.say(f"Not measured: {name}: {why}.")


def _say_apart(screen: Screen, what: str, one: Apart | None) -> None:
    if one is None:
        screen.say(f"{what}: too few different questions to tell apart.")
        return
    words = f"; telling words: {', '.join(one.telling)}" if one.telling else ""
    screen.say(f"{what}: AUC {one.auc:.2f} ({one.low:.2f} to {one.high:.2f}){words}.")
