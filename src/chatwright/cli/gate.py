"""`chatwright gate`: a release against the one that is served, on the same questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.cli.show import Bot, Json, Screen
from chatwright.core.errors import ReleaseError
from chatwright.evaluation.comparing import compare
from chatwright.evaluation.verdicts import Row, Verdict, between, change, level, lines, titled
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
SHOWN = 3  # changed answers on a terminal; the page has the others
LONG = 160  # characters of an answer on a terminal


@app.command("gate", epilog="Example: chatwright gate 3f9c --bot mybot")
def gate(
    release: Annotated[str, typer.Argument(help="A release id, or its beginning.")],
    against: Annotated[
        str, typer.Option(help="The release to compare with; the one that is served when left out.")
    ] = "",
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Say whether a release is better, not worse or worse than what is served; ends with 1 where it should not
    be promoted."""
    screen = Screen(as_json)
    spec = load_spec(bot)
    registry = Registry(spec)
    candidate = registry.release(release)
    current = registry.release(against) if against else served(registry)
    verdict = asked(spec, candidate, current, screen)
    screen.result(as_values(spec, verdict))
    if not verdict.promotable:
        raise typer.Exit(1)


def served(registry: Registry) -> Release:
    """What is served now. Raises `ReleaseError` where nothing is."""
    current = registry.current()
    if current is None:
        raise ReleaseError(
            "Nothing is served yet, so there is nothing to compare with.",
            "Promote a release, or name one with --against.",
        )
    return current[1]


def asked(spec: Spec, candidate: Release, current: Release, screen: Screen) -> Verdict:
    """The verdict, shown."""
    verdict = compare(spec, candidate, current, screen)
    show(screen, verdict)
    return verdict


def show(screen: Screen, verdict: Verdict) -> None:
    screen.stop()
    judged = [row for row in verdict.rows if row.role != "slice" or row.found == "worse"]
    head = ("metric", "n", "in service", "candidate", "change", "interval", "found")
    screen.rows(head, [_line(row) for row in judged])
    for one in verdict.changed[:SHOWN]:
        screen.say(f"\n{one.question}")
        screen.say(f"  in service: {_short(one.current)} ({one.current_route})")
        screen.say(f"  candidate:  {_short(one.candidate)} ({one.candidate_route})")
    screen.say("")
    for line in lines(verdict):
        screen.say(line)
    screen.say(f"All of it: {Path(verdict.folder) / 'verdict.html'}")


def as_values(spec: Spec, verdict: Verdict) -> dict[str, Any]:
    return {**verdict.to_dict(), "report": str(Path(verdict.folder) / "verdict.json")}


def _line(row: Row) -> tuple[str, ...]:
    found = f"{row.found}: {row.note}" if row.note else row.found
    return (
        titled(row),
        f"{row.n:,}" if row.n else "",
        level(row, row.current),
        level(row, row.candidate),
        change(row, row.gain),
        between(row),
        found,
    )


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONG else flat[: LONG - 3] + "..."
