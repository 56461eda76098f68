"""`chatwright backup`: a copy of the store, made while it is in use."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from chatwright.cli.show import Folder, Json, Screen
from chatwright.cli.store import store_of
from chatwright.spec import load_spec
from chatwright.store import backup as copies

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command(epilog="Example: chatwright backup mybot --to /backups/monday.db")
def backup(
    folder: Folder = Path(),
    to: Annotated[
        Path | None,
        typer.Option(help="The new file; by default a dated one in .chatwright/backups."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Copy conversations and feedback to one file, while servers go on. The bot's files: copy the folder."""
    screen = Screen(as_json)
    spec = load_spec(folder)
    place = store_of(spec)
    file = to or spec.made / "backups" / time.strftime("store-%Y%m%dT%H%M%SZ.backup", time.gmtime())
    started = time.monotonic()
    copies.back_up(place, file)
    copies.note(spec.made)
    size, seconds = file.stat().st_size, time.monotonic() - started
    screen.say(f"{copies.where(place)} -> {file}: {size:,} bytes in {seconds:.1f} s, checked.")
    screen.result({"file": str(file), "bytes": size, "seconds": round(seconds, 3)})
