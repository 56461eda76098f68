"""`chatwright channel simulate`: the places besides the page where people write to the bot."""

from __future__ import annotations

import typer

from chatwright.cli import simulating

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=simulating.EPILOG,
)


@app.callback()
def channel() -> None:
    """Where people write to the bot besides its page."""


app.command("simulate", epilog=simulating.EPILOG)(simulating.simulate)
