"""`chatwright doctor`: what this machine and a bot folder lack, with the line that mends it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from chatwright import __version__
from chatwright.cli import check_bot, check_machine, check_store
from chatwright.cli.check_certificate import certificates
from chatwright.cli.checks import Finding
from chatwright.cli.show import Folder, Json, Screen
from chatwright.core.errors import ChatwrightError
from chatwright.spec import load_spec

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
MARK = {"ok": "ok", "note": "--", "problem": "!!"}


@app.command(epilog="Example: chatwright doctor mybot")
def doctor(
    folder: Folder = Path(),
    address: Annotated[
        str, typer.Option(help="The address that people open: its certificate is looked at too.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Check this machine and a bot folder; ends with 1 when something must be mended.

    Changes nothing. What it may find, and what mends it: docs/doctor.md.
    """
    screen = Screen(as_json)
    findings = list(found(folder, address))
    for one in findings:
        hint = f"  -> {one.hint}" if one.hint else ""
        screen.say(f"{MARK[one.state]}  {one.what}{hint}")
    rows = [one.to_dict() for one in findings]
    screen.result({"version": __version__, "findings": rows})
    if any(one.state == "problem" for one in findings):
        raise typer.Exit(1)


def found(folder: Path, address: str = "") -> Iterator[Finding]:
    yield from check_machine.machine()
    try:
        spec = load_spec(folder)
    except ChatwrightError as error:
        yield Finding("problem", "spec", error.problem, error.next_step)
        return
    yield from check_bot.bot(spec)
    yield from certificates(spec, address)
    yield from check_machine.room(spec)
    yield from check_store.store(spec)
