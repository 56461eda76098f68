"""`chatwright upgrade`: the store's tables forward to this version, or back towards an older one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.cli.show import Folder, Json, Screen
from chatwright.cli.store import store_of
from chatwright.core.errors import WrongUse
from chatwright.spec import Spec, load_spec
from chatwright.store import upgrading
from chatwright.store.backup import note, where
from chatwright.store.schema import Look

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command(epilog="Example: chatwright upgrade mybot --check")
def upgrade(
    folder: Folder = Path(),
    back: Annotated[
        int, typer.Option(min=0, help="Take so many steps back, for an older chatwright.")
    ] = 0,
    check: Annotated[
        bool, typer.Option("--check", help="Only say what would be done; ends with 1 if anything.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring the store to the shape of this version, after a backup; of two at once, one waits.

    A server does the same when it starts, without a backup. What was half done is mended where nothing
    can be lost by it, and explained where not.
    """
    screen = Screen(as_json)
    spec = load_spec(folder)
    if check and back:
        raise WrongUse("--check and --back do not go together.", "Give one of them.")
    if check:
        _check(screen, spec)
        return

    def waiting() -> None:
        screen.say("Another upgrade is under way; waiting for it to end.")

    place, copies = store_of(spec), spec.made / "backups"
    done = (
        upgrading.back(place, copies, back, waiting)
        if back
        else upgrading.upgrade(place, copies, waiting)
    )
    if done.backup is not None:
        note(spec.made)
        screen.say(f"A backup of how it was: {done.backup}")
    if done.repaired:
        screen.say(f"Mended: {done.repaired}.")
    verb = "taken back" if back else "taken"
    screen.say(
        f"{where(place)}: step {done.before} -> {done.after}; "
        + (f"{verb}: {', '.join(done.steps)}." if done.steps else "nothing was to be done.")
    )
    if back:
        screen.say("Install the older chatwright now: this one goes forward again when it starts.")
    screen.result(
        {
            "before": done.before,
            "after": done.after,
            "steps": list(done.steps),
            "repaired": done.repaired,
            "backup": str(done.backup) if done.backup else None,
        }
    )


def _check(screen: Screen, spec: Spec) -> None:
    found = upgrading.seen(store_of(spec))
    for line in _told(found):
        screen.say(line)
    values: dict[str, Any] = {
        "done": found.done,
        "known": found.known,
        "pending": list(found.pending),
        "whole": found.whole,
        "missing": list(found.missing),
        "extra": list(found.extra),
    }
    screen.result(values)
    if found.newer or found.pending or not found.whole:
        raise typer.Exit(1)


def _told(found: Look) -> list[str]:
    if found.newer:
        return [f"A newer chatwright wrote the store: step {found.done}, known are {found.known}."]
    lines = [f"The store is at step {found.done} of {found.known}."]
    if found.pending:
        lines.append(f"To be taken: {', '.join(found.pending)}.")
    if not found.whole:
        lines.append("Its tables are not those of that step: it is half upgraded.")
        lines += [f"  missing: {one}" for one in found.missing]
        lines += [f"  there already: {one}" for one in found.extra]
    return lines
