"""`chatwright improve`: what reviewers accepted becomes a model that the gate has compared, or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.answer.people import People
from chatwright.cli.show import Folder, Json, Screen
from chatwright.cli.store import opened
from chatwright.core.errors import WrongUse
from chatwright.improve import schedule
from chatwright.improve.cycle import Asked, dry, improve
from chatwright.improve.journal import Journal, last
from chatwright.spec import Spec, load_spec
from chatwright.store.leases import VARIABLE, Leases, read_lease
from chatwright.store.review_records import Accepted
from chatwright.store.reviews import Reviews
from chatwright.store.secret import find_secret

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
METHODS = ("auto", "scratch", "continue")
POLITE = 19  # nice: it takes what live answers leave


@app.command("improve", epilog="Example: chatwright improve mybot --dry-run")
def improve_bot(
    folder: Folder = Path(),
    without: Annotated[
        list[str] | None,
        typer.Option("--without-rater", help="Learn nothing from this rater; may be repeated."),
    ] = None,
    method: Annotated[str, typer.Option(help="auto, scratch or continue.")] = "",
    minutes: Annotated[float, typer.Option(help="Training time.")] = 0.0,
    seeds: Annotated[int, typer.Option(help="Trainings that the gate compares.")] = 0,
    promote: Annotated[
        bool, typer.Option("--promote/--no-promote", help="Serve what passes the gate.")
    ] = True,
    force: Annotated[bool, typer.Option("--force", help="Promote what the gate refuses.")] = False,
    reason: Annotated[str, typer.Option(help="Why it is forced; kept in the history.")] = "",
    wait: Annotated[bool, typer.Option("--wait", help="Wait for one that runs already.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what is learned.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Show the last one, by steps.")] = False,
    scheduled: Annotated[bool, typer.Option("--scheduled", hidden=True)] = False,
    as_json: Json = False,
) -> None:
    """Harvest accepted corrections, train, evaluate, and serve the result if the gate lets it through.

    A run that was interrupted goes on where it was. What is served changes at the very end, or not at all.
    """
    screen = Screen(as_json)
    spec = load_spec(folder)
    if method and method not in METHODS:
        raise WrongUse(f"--method is one of {', '.join(METHODS)}.", "")
    if minutes < 0 or not 0 <= seeds <= 9:
        raise WrongUse("--minutes is above 0, and --seeds from 1 to 9.", "")
    if status:
        return _status(spec, screen)
    raters = (*spec.improve.without_raters, *(without or ()))
    if dry_run:
        return _dry(spec, raters, screen)
    os.nice(POLITE)
    asked = Asked(
        method=method,
        minutes=minutes,
        seeds=seeds or (spec.improve.seeds if scheduled else 1),
        promote=promote,
        force=force,
        reason=reason,
        wait=wait,
        scheduled=scheduled,
        without=raters,
    )
    try:
        outcome = improve(
            spec, lambda: _accepted(spec, raters), screen, asked, permit=lambda: _permit(spec)
        )
    finally:
        screen.stop()
    screen.result(outcome.to_dict())
    return None


def _accepted(spec: Spec, without: tuple[str, ...]) -> list[Accepted]:
    """What training may take now: consent is asked for again each time."""
    with opened(spec) as database:
        version = People(spec, database, find_secret(spec.made)).consent_version
        return Reviews(database).accepted(spec.bot.name, without, version=version)


@contextmanager
def _permit(spec: Spec) -> Iterator[None]:
    """Where a server started this: as long as that one is the one to do it."""
    given = os.environ.get(VARIABLE)
    if given is None:
        yield
        return
    with opened(spec) as database, Leases(database).guarded(read_lease(given)):
        yield


def _dry(spec: Spec, raters: tuple[str, ...], screen: Screen) -> None:
    found, said = dry(spec, _accepted(spec, raters))
    for line in said:
        screen.say(line)
    for row in found.rows:
        screen.say(f"  {row['question']} -> {row['messages'][-1]['content']}")
    rows = [{"review": row["id"], "question": row["question"]} for row in found.rows]
    counts = {"harvest": found.id, "rows": rows, "superseded": len(found.superseded)}
    screen.result({"state": "dry run", **counts, "outdone": [list(pair) for pair in found.outdone]})


def _status(spec: Spec, screen: Screen) -> None:
    found, due = last(spec.made), schedule.due_at(spec)
    if found is None:
        screen.say(
            "This bot was never improved. `chatwright improve --dry-run` shows what is learned."
        )
    else:
        _show(found, screen)
    if spec.improve.every:
        screen.say(
            f"every {spec.improve.every}, by a running server; next: {due or 'when it starts'}"
        )
    screen.result({"last": found.values if found else None, "due": due})


def _show(journal: Journal, screen: Screen) -> None:
    values = journal.values
    screen.say(f"{values['id']}: {values['state']}, begun {values['started_at']}")
    if values["why"]:
        screen.say(values["why"])
    rows = [
        [step, _seconds(one), _result(one)]
        for step, one in sorted(values["steps"].items(), key=lambda item: item[1]["ended"])
    ]
    screen.rows(["step", "seconds", "result"], rows)


def _seconds(step: dict[str, Any]) -> str:
    began, ended = (datetime.fromisoformat(step[name]) for name in ("began", "ended"))
    return f"{(ended - began).total_seconds():.1f}"


def _result(step: dict[str, Any]) -> str:
    names = ("harvest", "dataset", "run", "release", "calibration", "verdict", "deployment")
    return " ".join(str(step[name]) for name in names if step.get(name))
