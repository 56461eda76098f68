"""`chatwright erase`: a person is left out from now on; where their text still stands is said."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chatwright.cli.show import Json, Screen
from chatwright.data import erasure
from chatwright.release.registry import Registry
from chatwright.spec import load_spec

SHOWN = 10  # rows of a file

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command(epilog='Example: chatwright erase "anna@example.org" "Anna Lind" --bot mybot')
def erase(
    who: Annotated[
        list[str] | None,
        typer.Argument(
            help="Names, addresses, numbers or ids of a person; asked for if not given."
        ),
    ] = None,
    bot: Annotated[Path, typer.Option(help="The bot folder.")] = Path(),
    as_json: Json = False,
) -> None:
    """Leave every row that names a person out of all imports and builds from now on.

    What you give is not kept, only a keyed hash of it (in .chatwright/erased). Your own files are not
    changed: those that still hold the text are listed, with rows counted from 0.
    """
    screen = Screen(as_json)
    spec = load_spec(bot)
    for one in who or [typer.prompt("Whom (kept nowhere)", err=True)]:
        erasure.erase(spec.made, one)
    erased = erasure.load(spec.made)
    assert erased is not None, "the tombstone was just written"
    screen.say("Erased: from now on imports and builds leave these rows out, with that reason.")
    screen.start("Looking for the text")
    sources = dict(erasure.sources(spec, erased))
    held = erasure.datasets(spec.made, erased)
    releases = [r.id for r in Registry(spec).releases() if r.manifest.get("dataset")]
    screen.stop()
    if sources:
        screen.say(
            "Your files still hold the text. Take it out of them, and of where they came from:"
        )
    for name, places in sources.items():
        more = f" and {len(places) - SHOWN:,} more" if len(places) > SHOWN else ""
        screen.say(f"  {name}: row {', '.join(map(str, places[:SHOWN]))}{more}")
    if held:
        screen.say(
            "Delete what was built from them, and what was trained on that (runs, tokenizers):"
        )
    for name in held:
        screen.say(f"  {spec.made / 'datasets' / name}")
    if releases:
        screen.say(
            f"Releases made before may have learned it, and are still there: {', '.join(releases)}. "
            f"Make a new one with `chatwright up {bot}`, then delete theirs in {spec.made / 'releases'}."
        )
    screen.say("Not looked into: visitors' own conversations with the bot, which they can delete.")
    screen.result({"sources": sources, "datasets": held, "releases": releases})
