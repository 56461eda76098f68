"""`chatwright import`: copy files into a bot's data folder once they have been read to their end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from chatwright.cli.show import Json, Screen
from chatwright.core.errors import DataError
from chatwright.core.files import replace_atomic, sha256_file
from chatwright.core.types import Conversation
from chatwright.data import readers
from chatwright.data.clean import clean, steps
from chatwright.data.readers.source import SUFFIXES
from chatwright.spec import load_spec

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command("import", epilog="Example: chatwright import chats.jsonl faq.csv --bot mybot")
def import_files(
    files: Annotated[list[Path], typer.Argument(help="Files, or folders of files.")],
    bot: Annotated[Path, typer.Option(help="The bot folder.")] = Path(),
    format_name: Annotated[
        str | None, typer.Option("--format", help="Do not detect the format; use this one.")
    ] = None,
    evaluation: Annotated[
        bool, typer.Option(help="Keep these conversations for evaluation only.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check conversations and copy the files, unchanged, into the bot's data folder."""
    screen = Screen(as_json)
    spec = load_spec(bot)
    target = spec.path(spec.data.evaluation if evaluation else spec.data.paths[0])
    through = steps(spec.data, spec.bot.languages)
    found = []
    for path in readers.files(files):
        name = format_name or readers.detect(path)
        counts: Counter[str] = Counter()
        screen.start(f"Reading {path.name} as {name}")
        for row in readers.read(path, path.name, name):
            kept = clean(row, through) if isinstance(row, Conversation) else row.reason
            counts["kept" if isinstance(kept, Conversation) else kept] += 1
            screen.advance(counts.total(), f"{counts.total():,} rows")
        screen.stop()
        kept_rows = counts.pop("kept", 0)
        if not kept_rows:
            why = (
                ", ".join(f"{reason}: {n}" for reason, n in counts.most_common(3)) or "it is empty"
            )
            raise DataError(f"Nothing in {path} can be used ({why}).", "Nothing was imported.")
        found.append((path, name, kept_rows, counts))
    if not found:
        raise DataError(
            f"No data files in {', '.join(map(str, files))}.",
            f"Files end in {' '.join(SUFFIXES)}.",
        )
    for path, name, kept_rows, counts in found:
        placed = _copy(path, target)
        screen.say(f"{path.name}: {name}, {kept_rows:,} conversations -> {placed}")
        for reason, n in counts.most_common():
            screen.say(f"  {n:,} rows will be left out: {reason}")
    screen.result(
        {
            "files": [
                {"file": str(path), "format": name, "conversations": n, "rejected": dict(counts)}
                for path, name, n, counts in found
            ]
        }
    )


def _copy(path: Path, target: Path) -> Path:
    """Copy `path` below `target`; an equal file is not copied twice, another of its name is kept."""
    place = target / path.name
    number = 2
    while place.exists():
        if sha256_file(place) == sha256_file(path):
            return place
        first, dot, rest = path.name.partition(".")
        place = target / f"{first}-{number}{dot}{rest}"
        number += 1
    replace_atomic(place, lambda temporary: temporary.write_bytes(path.read_bytes()))
    return place
