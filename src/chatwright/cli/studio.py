"""`chatwright studio`: make a bot in the browser, from an empty folder to a served one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chatwright.cli import serve as serving
from chatwright.cli.show import Json, Screen
from chatwright.server.hosts import is_loopback
from chatwright.spec import load_spec
from chatwright.spec.load import FILE
from chatwright.spec.outline import Outline, begin, name_for

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
PURPOSE = "Answers questions from the people who write to us."


@app.command(epilog="Example: chatwright studio mybot")
def studio(
    folder: Annotated[
        Path, typer.Argument(help="The bot folder; it may be empty, or not be there yet.")
    ] = Path(),
    host: serving.Host = None,
    port: serving.Port = None,
    as_json: Json = False,
) -> None:
    """Make a bot in the browser: from an empty folder to a served one, on the address that serves it then.

    Nobody but the owner, with the token that is printed, can do anything there. A bot that is made already is
    served as `serve` does.
    """
    screen = Screen(as_json)
    if not (folder / FILE).exists():
        name = name_for(folder)
        folder.mkdir(parents=True, exist_ok=True)
        begin(folder, Outline(name, name, PURPOSE))
    spec = load_spec(folder, serving.listen(host=host, port=port))
    if not is_loopback(spec.server.host):
        screen.say(
            "This listens to other machines, too: the owner's token is all that keeps them out."
        )
    serving.run(spec, screen, guide=True)
