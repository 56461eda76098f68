"""`chatwright import`: copy files into a bot's data folder once they have been read to their end."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from chatwright.cli.show import Json, Screen
from chatwright.core.errors import DataError, WrongUse
from chatwright.core.files import replace_atomic, sha256_file
from chatwright.core.types import Conversation
from chatwright.data import documents, readers
from chatwright.data.clean import clean, steps
from chatwright.data.readers.columns import ALIASES
from chatwright.data.readers.encoding import NAMES
from chatwright.data.readers.sheets import is_parquet, is_workbook
from chatwright.data.readers.source import SUFFIXES, Asked, Source
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
    column: Annotated[
        list[str] | None, typer.Option(help="What a table's column holds, as question=NAME.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check conversations and copy the files, unchanged, into the bot's data folder.

    Documents (.md .txt .html .pdf .docx) go to its knowledge folder.
    """
    screen = Screen(as_json)
    spec = load_spec(bot)
    target = spec.path(spec.data.evaluation if evaluation else spec.data.paths[0])
    through = steps(spec.data.max_message_chars)
    asked = Asked(columns=_columns(column or []))
    found, papers = [], []
    for path in readers.files(files, SUFFIXES + documents.SUFFIXES):
        if not format_name and documents.is_document(path):
            papers.append((path, documents.characters(path)))
            continue
        name = format_name or readers.detect(path)
        counts: Counter[str] = Counter()
        screen.start(f"Reading {path.name} as {name}")
        for row in readers.read(path, path.name, name, asked):
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
    if not found and not papers:
        raise DataError(
            f"No data files in {', '.join(map(str, files))}.",
            f"Files end in {' '.join(SUFFIXES + documents.SUFFIXES)}.",
        )
    for path, name, kept_rows, counts in found:
        placed = _copy(path, target)
        how = f"{name}{_encoding(path)}"
        screen.say(f"{path.name}: {how}, {kept_rows:,} conversations -> {placed}")
        for reason, n in counts.most_common():
            screen.say(f"  {n:,} rows will be left out: {reason}")
    for path, size in papers:
        placed = _copy(path, spec.path("knowledge"))
        screen.say(f"{path.name}: a document of {size:,} characters -> {placed}")
    screen.result(_summary(found, papers))


def _summary(
    found: list[tuple[Path, str, int, Counter[str]]], papers: list[tuple[Path, int]]
) -> dict[str, object]:
    return {
        "files": [
            {"file": str(path), "format": name, "conversations": n, "rejected": dict(counts)}
            for path, name, n, counts in found
        ],
        "documents": [{"file": str(path), "characters": size} for path, size in papers],
    }


def _columns(said: list[str]) -> dict[str, str]:
    columns = dict(part.partition("=")[::2] for part in said)
    for role, name in columns.items():
        if role not in ALIASES or not name:
            raise WrongUse(
                f'--column "{role}={name}" does not say what a column holds.',
                f"Write ROLE=NAME, where ROLE is one of {', '.join(ALIASES)}.",
            )
    return columns


def _encoding(path: Path) -> str:
    """What to say of a file's encoding: nothing where it is UTF-8."""
    source = Source(path, path.name)
    if is_parquet(source) or is_workbook(source) or source.encoding.startswith("utf-8"):
        return ""
    return f" in {NAMES.get(source.encoding, source.encoding)}"


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
    replace_atomic(place, lambda temporary: shutil.copyfile(path, temporary))
    return place
