"""`chatwright audit show|verify`: the log of who did what to whose data."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.cli.erasing import people_of
from chatwright.cli.show import Bot, Json, Screen
from chatwright.spec import load_spec

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright audit verify --bot mybot",
)


@app.command(epilog="Example: chatwright audit show --last 20 --bot mybot")
def show(
    person: Annotated[str, typer.Option(help="Only what this person did, or was done to.")] = "",
    last: Annotated[int, typer.Option(min=1, help="At most so many, the newest.")] = 50,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Show the newest events. Persons stand there under pseudonyms; nothing that anybody said does."""
    screen = Screen(as_json)
    with people_of(load_spec(bot)) as people:
        rows = list(people.audit.rows(person))[-last:]
    head = ("number", "at", "action", "actor", "subject", "detail")
    if rows:
        screen.rows(
            head,
            [[getattr(row, name) for name in head] for row in rows],
            whole=("actor", "subject"),
        )
    else:
        screen.say("No events.")
    shown: list[dict[str, Any]] = [asdict(row) for row in rows]
    screen.result({"events": shown})


@app.command(epilog="Example: chatwright audit verify --bot mybot")
def verify(
    since: Annotated[str, typer.Option(help="The head that an earlier `verify` printed.")] = "",
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Check that no event was changed, removed or added by others; ends with 1 and says which.

    Note the head somewhere else: with --since it proves that nothing before it was touched, even by
    somebody who has the server's secret and replaced the log.
    """
    screen = Screen(as_json)
    with people_of(load_spec(bot)) as people:
        faults, head = people.audit.verify(since), people.audit.head()
    for fault in faults:
        screen.say(fault)
    if not faults:
        screen.say(f"The log is whole. Head: {head}")
    screen.result({"whole": not faults, "faults": faults, "head": head})
    if faults:
        raise typer.Exit(1)
