"""`chatwright restore`: the store as a backup has it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from chatwright.cli.erasing import people_of
from chatwright.cli.show import Folder, Json, Screen
from chatwright.cli.store import store_of
from chatwright.core.errors import WrongUse
from chatwright.spec import load_spec
from chatwright.store import backup as copies

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command(epilog="Example: chatwright restore /backups/monday.db mybot --yes")
def restore(
    file: Annotated[Path, typer.Argument(help="What `chatwright backup` wrote.")],
    folder: Folder = Path(),
    yes: Annotated[
        bool, typer.Option("--yes", help="Replace what is there without asking.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Replace conversations and feedback by a backup's; what was said since then is gone from the store."""
    screen = Screen(as_json)
    spec = load_spec(folder)
    place = store_of(spec)
    if not yes:
        if screen.machine or not screen.console.is_terminal:
            raise WrongUse("This replaces what is in the store.", "Add --yes to do it.")
        typer.confirm(f"Replace what is in {copies.where(place)}?", abort=True)
    started = time.monotonic()
    kept = copies.restore(place, file)
    with people_of(spec) as people:
        back = people.sweep()
    seconds = time.monotonic() - started
    screen.say(f"{file} -> {copies.where(place)} in {seconds:.1f} s.")
    if kept is not None:
        screen.say(f"What was there before is in {kept}.")
    if back.conversations:
        screen.say(
            f"Of people who were erased since then {back.conversations} conversations were removed."
        )
    values = {"seconds": round(seconds, 3), "kept": str(kept) if kept else None}
    screen.result(values | {"erased_again": back.conversations})
