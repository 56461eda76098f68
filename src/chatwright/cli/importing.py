"""`chatwright import`: copy files into a bot's data folder once they have been read to their end."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from chatwright.cli.show import Json, Screen
from chatwright.core.errors import DataError, WrongUse
from chatwright.core.files import alone, flush_tree, put, sha256_tree, storage
from chatwright.core.types import Conversation
from chatwright.data import documents, erasure, readers
from chatwright.data.clean import clean, steps
from chatwright.data.readers.archive import is_archive
from chatwright.data.readers.asked import FILE, Told, remember
from chatwright.data.readers.columns import ALIASES
from chatwright.data.readers.encoding import NAMES
from chatwright.data.readers.sheets import is_parquet
from chatwright.data.readers.source import SUFFIXES, Asked, NeedsMe, Source
from chatwright.spec import Spec, load_spec

SHOWN = 20  # speakers to choose from
PART = ".part"  # of a copy that is not whole; names with a dot before them are not read as data
NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was read to its end: as what, and what became of its rows."""

    path: Path
    told: Told
    format: str
    kept: int
    left_out: Counter[str]


app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command("import", epilog="Example: chatwright import chats.jsonl faq.csv --bot mybot")
def import_files(
    files: Annotated[list[Path], typer.Argument(help="Files, or folders of files.")],
    bot: Annotated[Path, typer.Option(help="The bot folder.")] = Path(),
    format_name: Annotated[
        str | None, typer.Option("--format", help="Do not detect the format; use this one.")
    ] = None,
    me: Annotated[
        list[str] | None,
        typer.Option(help="Name or id the bot speaks as, in a chat export; may be repeated."),
    ] = None,
    date_order: Annotated[
        Literal["dmy", "mdy", "ymd"] | None,
        typer.Option(help="Order of day, month and year, where a chat export is unclear."),
    ] = None,
    gap_hours: Annotated[
        float, typer.Option(min=0.0, help="A longer silence in a chat begins a new conversation.")
    ] = Asked().gap_hours,
    column: Annotated[
        list[str] | None, typer.Option(help="What a table's column holds, as question=NAME.")
    ] = None,
    evaluation: Annotated[
        bool, typer.Option(help="Keep these conversations for evaluation only.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check conversations and copy the files, unchanged, into the bot's data folder.

    Documents (.md .txt .html .pdf .docx) go to its knowledge folder.
    """
    screen = Screen(as_json)
    spec = load_spec(bot)
    asked = Asked(tuple(me or ()), _columns(column or []), date_order or "", gap_hours)
    found: list[Checked] = []
    papers: list[tuple[Path, int]] = []
    for path in readers.files(files, SUFFIXES + documents.SUFFIXES):
        if not format_name and documents.is_document(path):
            papers.append((path, documents.characters(path)))
        else:
            found.append(_check(path, Told(format_name, asked), spec, screen))
    if not found and not papers:
        raise DataError(
            f"No data files in {', '.join(map(str, files))}.",
            f"Files end in {' '.join(SUFFIXES + documents.SUFFIXES)}.",
        )
    target = spec.path(spec.data.evaluation if evaluation else spec.data.paths[0])
    for one in found:
        placed = _copy(one.path, target, one.told)
        how = f"{one.format}{_encoding(one.path)}"
        screen.say(f"{one.path.name}: {how}, {one.kept:,} conversations -> {placed}")
        for reason, n in one.left_out.most_common():
            screen.say(f"  {n:,} rows will be left out: {reason}")
    for path, size in papers:
        placed = _copy(path, spec.path("knowledge"))
        screen.say(f"{path.name}: a document of {size:,} characters -> {placed}")
    screen.result(_summary(found, papers))


def _summary(found: list[Checked], papers: list[tuple[Path, int]]) -> dict[str, object]:
    return {
        "files": [
            {
                "file": str(one.path),
                "format": one.format,
                "conversations": one.kept,
                "rejected": dict(one.left_out),
            }
            for one in found
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
    """What to say of a file's encoding: nothing where it is UTF-8 or not text."""
    source = Source(path, path.name)
    if is_archive(source) or is_parquet(source):
        return ""
    encoding = source.encoding
    return "" if encoding.startswith("utf-8") else f" in {NAMES.get(encoding, encoding)}"


def _check(path: Path, told: Told, spec: Spec, screen: Screen) -> Checked:
    """Read `path` to its end, asking who the bot speaks as where that is needed and possible."""
    name = told.format or readers.detect(path)
    try:
        counts = _count(path, name, told.asked, spec, screen)
    except NeedsMe as need:
        screen.stop()
        if screen.machine or not sys.stdin.isatty():
            raise
        told = replace(told, asked=replace(told.asked, me=(_ask(need, screen),)))
        counts = _count(path, name, told.asked, spec, screen)
    kept = counts.pop("", 0)
    if not kept:
        why = ", ".join(f"{reason}: {n}" for reason, n in counts.most_common(3)) or "it is empty"
        raise DataError(f"Nothing in {path} can be used ({why}).", "Nothing was imported.")
    return Checked(path, told, name, kept, counts)


def _count(path: Path, name: str, asked: Asked, spec: Spec, screen: Screen) -> Counter[str]:
    """Rows by the reason for which they are left out; "" counts what is kept."""
    asked = replace(asked, me=asked.me or spec.data.me)
    through, erased = steps(spec.data, spec.bot.languages), erasure.load(spec.made)
    counts: Counter[str] = Counter()
    screen.start(f"Reading {path.name} as {name}")
    for row in readers.read(path, path.name, name, asked):
        kept = clean(row, through) if isinstance(row, Conversation) else row.reason
        if erased and erased.removed(row, through):
            kept = erasure.ERASED
        counts["" if isinstance(kept, Conversation) else kept] += 1
        screen.advance(counts.total(), f"{counts.total():,} rows")
    screen.stop()
    return counts


def _ask(need: NeedsMe, screen: Screen) -> str:
    screen.say(need.problem)
    speakers = need.speakers[:SHOWN]
    for number, (name, messages) in enumerate(speakers, 1):
        screen.say(f"  {number}  {name} ({messages:,} messages)")
    while True:
        chosen: int = typer.prompt("Number", type=int)
        if 1 <= chosen <= len(speakers):
            return speakers[chosen - 1][0]
        screen.say(f"Choose a number from 1 to {len(speakers)}.")


def _copy(path: Path, target: Path, told: Told = NOTHING_TOLD) -> Path:
    """Copy `path` below `target`, whole or not at all, and keep what was said about it.

    An equal file is not copied twice, another of its name is kept. What was said is written before the
    copy is in place: a file that is there is read as it was checked, whenever this was killed.
    """
    target.mkdir(parents=True, exist_ok=True)
    with storage(target), alone(target):
        for left in (*target.glob(f".*{PART}"), *target.glob(f".{FILE}.*")):
            _remove(left)  # of an import that was killed
        place = _place(path, target)
        part = place.with_name(f".{place.name}{PART}")
        try:
            if not place.exists():
                (shutil.copytree if path.is_dir() else shutil.copyfile)(path, part)
                flush_tree(part)
            remember(target, {place.name: told})
            if part.exists():
                put(part, place)
        finally:
            _remove(part)
    return place


def _place(path: Path, target: Path) -> Path:
    """Where an equal file is, or a free name."""
    name = (path.name or path.resolve().name).lstrip(".")  # hidden files are not read as data
    place = target / name
    number = 2
    while place.exists() and sha256_tree(place) != sha256_tree(path):
        first, dot, rest = name.partition(".")
        place = target / f"{first}-{number}{dot}{rest}"
        number += 1
    return place


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
