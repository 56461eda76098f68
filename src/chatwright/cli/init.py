"""`chatwright init`: a new bot folder. Purpose and scope come first: everything else reads them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from chatwright.cli.show import Json, Screen
from chatwright.core.errors import WrongUse
from chatwright.core.files import write_atomic
from chatwright.spec import load_spec
from chatwright.spec.load import FILE

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
OWN = "[training]\nminutes = 3.0\n"
NONE = '[model]\nkind = "retrieval"\n'
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
    as_json: Json = False,
) -> None:
    """Make a new bot folder, asking for purpose and scope where they are not given."""
    screen = Screen(as_json)
    if (folder / FILE).exists():
        raise WrongUse(f"{folder / FILE} exists already.", "Edit it, or choose another folder.")
    if sys.stdin.isatty() and not as_json:
        screen.say("Two questions first; everything can be changed later in bot.toml.")
        purpose = purpose or typer.prompt("What is the bot for", default=PURPOSE)
        topics = topics or typer.prompt("What does it answer (comma separated)", default="")
        declines = declines or typer.prompt("What does it decline (comma separated)", default="")
    name = re.sub(r"[^a-z0-9_-]+", "-", folder.resolve().name.lower()).strip("-_") or "bot"
    if hosted and retrieval:
        raise WrongUse("A bot has a hosted model or none.", "Give --hosted or --retrieval.")
    text = render(name, title or name, purpose or PURPOSE, _split(topics), _split(declines), hosted)
    text = text.replace(OWN, NONE) if retrieval else text
    write_atomic(folder / FILE, text)
    for part in ("data", "knowledge", "tests"):
        (folder / part).mkdir(exist_ok=True)
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


def render(
    name: str, title: str, purpose: str, topics: list[str], declines: list[str], hosted: str
) -> str:
    """The text of a bot.toml."""
    lines = [
        "# Every key that may stand here, with its default, is in docs/bot-toml.md.",
        "",
        "[bot]",
        f"name = {_quote(name)}",
        f"title = {_quote(title)}",
        f"purpose = {_quote(purpose)}",
        "",
        "[scope]",
        f"topics = {_list(topics)}",
        f"declines = {_list(declines)}",
        "",
    ]
    if hosted:
        said = instructions(purpose, topics, declines)
        lines += ["[model]", 'kind = "hosted"', f"hosted_model = {_quote(hosted)}"]
        lines += [f"system_prompt = {_quote(said)}", ""]
    else:
        lines += [OWN]
    return "\n".join(lines)


def instructions(purpose: str, topics: Sequence[str], declines: Sequence[str]) -> str:
    """What a hosted model is told first, which has not learned its task."""
    said = purpose + (f" You answer about: {', '.join(topics)}." if topics else "")
    return said + (f" You politely decline: {', '.join(declines)}." if declines else "")


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML basic string


def _list(items: list[str]) -> str:
    return "[" + ", ".join(map(_quote, items)) + "]"


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
