"""`chatwright init`: a new bot folder. Purpose and scope come first: everything else reads them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from chatwright.cli.show import Json, Screen
from chatwright.core.errors import WrongUse
from chatwright.spec import load_spec
from chatwright.spec.load import FILE
from chatwright.spec.outline import Outline, begin, name_for
from chatwright.spec.template import TEMPLATES, begin_from

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
KINDS = "; ".join(f"{name}: {about}" for name, about in TEMPLATES.items())
PURPOSE = "Answers questions from the people who write to us."


@app.command(epilog="Example: chatwright init mybot --purpose 'Answers visitors of our museum'")
def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    purpose: Annotated[str, typer.Option(help="What the bot is for, in one sentence.")] = "",
    topics: Annotated[str, typer.Option(help="What it answers, comma separated.")] = "",
    declines: Annotated[str, typer.Option(help="What it declines, comma separated.")] = "",
    title: Annotated[str, typer.Option(help="The name that people see.")] = "",
    retrieval: Annotated[
        bool, typer.Option(help="No model: answer from the documents in knowledge/ alone.")
    ] = False,
    hosted: Annotated[
        str, typer.Option(help="Use this hosted model instead of training one, e.g. gpt-4o-mini.")
    ] = "",
    template: Annotated[
        str, typer.Option(help=f"A whole bot to begin with, data and tests included. {KINDS}.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Make a new bot folder, asking for purpose and scope where they are not given."""
    screen = Screen(as_json)
    if (folder / FILE).exists():
        raise WrongUse(f"{folder / FILE} exists already.", "Edit it, or choose another folder.")
    name = name_for(folder)
    if template:
        if purpose or topics or declines or retrieval or hosted:
            raise WrongUse(
                "A template brings its own purpose, scope and model.",
                "Leave the other options out, and edit bot.toml afterwards.",
            )
        _copied(folder, template, name, title, screen)
        return
    if sys.stdin.isatty() and not as_json:
        screen.say("Two questions first; everything can be changed later in bot.toml.")
        purpose = purpose or typer.prompt("What is the bot for", default=PURPOSE)
        topics = topics or typer.prompt("What does it answer (comma separated)", default="")
        declines = declines or typer.prompt("What does it decline (comma separated)", default="")
    if hosted and retrieval:
        raise WrongUse("A bot has a hosted model or none.", "Give --hosted or --retrieval.")
    begin(
        folder,
        Outline(
            name,
            title or name,
            purpose or PURPOSE,
            tuple(_split(topics)),
            tuple(_split(declines)),
            hosted=hosted,
            retrieval=retrieval,
        ),
    )
    load_spec(folder)
    screen.say(f"Made {folder}/ with {FILE}, data/, knowledge/ and tests/.")
    if retrieval:
        screen.say(f"Next: put documents into {folder / 'knowledge'}, then chatwright up {folder}")
    else:
        screen.say(f"Next: chatwright import FILE --bot {folder}, then chatwright up {folder}")
        screen.say(
            f"No conversations yet? Documents in {folder / 'knowledge'} are enough to begin with."
        )
    screen.result({"folder": str(folder), "name": name})


def _copied(folder: Path, template: str, name: str, title: str, screen: Screen) -> None:
    begin_from(folder, template, name, title)
    load_spec(folder)
    screen.say(f"Made {folder}/ from the template {template}. Its words are yours to replace.")
    screen.say(f"Next: chatwright up {folder}")
    screen.result({"folder": str(folder), "name": name, "template": template})


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
