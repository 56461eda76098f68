"""`chatwright curated import|export`: curated answers as a spreadsheet."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from chatwright.cli.curated import AUTHOR, app, curator_of
from chatwright.cli.show import Bot, Json, Screen
from chatwright.core.errors import DataError, WrongUse
from chatwright.core.files import write_atomic
from chatwright.knowledge.importing import Report, take
from chatwright.knowledge.sheets import read_rows, written
from chatwright.spec import load_spec

SHOWN = 20  # rows that are refused, and questions that are gone

__all__ = ["app"]


@app.command("import", epilog="Example: chatwright curated import faq.xlsx --dry-run --bot mybot")
def import_answers(
    file: Annotated[Path, typer.Argument(help="A .csv, .tsv, .xlsx or .qna file.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Remove the answers that have no row in the file.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Change nothing when a row is refused.")
    ] = False,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Take answers from a spreadsheet with the columns question and answer, a row per question.

    Rows with the same answer_id, or without one the same answer, are one answer. `rollback` undoes it.
    """
    screen, spec = Screen(as_json), load_spec(bot)
    if not file.is_file():
        raise DataError(f"{file} is no file.", "Name a .csv, .tsv, .xlsx or .qna file.")
    with curator_of(spec) as curator:
        report = take(
            curator, read_rows(file), AUTHOR, replacing=replace, trying=dry_run, strict=strict
        )
    _say(screen, report, dry_run)
    values = asdict(report) | {"dry_run": dry_run}
    del values["due"]
    screen.result(values)


def _say(screen: Screen, report: Report, trying: bool) -> None:
    for bad in report.refused[:SHOWN]:
        screen.say(f"Row {bad.number} is refused: {bad.reason}.  {bad.question[:80]}".rstrip())
    if len(report.refused) > SHOWN:
        screen.say(f"... and {len(report.refused) - SHOWN:,} more rows are refused.")
    for question in report.fewer[:SHOWN]:
        screen.say(f"Has no answer any more: {question}")
    counts = {
        "added": len(report.added),
        "changed": len(report.changed),
        "unchanged": report.unchanged,
        "removed": len(report.retired),
        "rows refused": len(report.refused),
        "questions fewer": len(report.fewer),
    }
    said = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    screen.say(f"{report.rows:,} rows: {said or 'nothing to do'}.")
    if trying:
        screen.say("Nothing was changed: this was a dry run.")
    elif report.revision is not None:
        screen.say(f"Revision {report.revision}; `chatwright curated rollback` undoes it.")


@app.command(epilog="Example: chatwright curated export answers.xlsx --bot mybot")
def export(
    file: Annotated[Path, typer.Argument(help="Where to: a .csv or .xlsx file.")],
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Write all answers that were not removed into a spreadsheet, which `import` takes again."""
    screen, spec = Screen(as_json), load_spec(bot)
    format = file.suffix.lower().removeprefix(".")
    if format not in ("csv", "xlsx"):
        raise WrongUse(f"{file} is neither .csv nor .xlsx.", "Give it one of these endings.")
    if file.exists():
        raise WrongUse(f"{file} is there already.", "Name another file.")
    with curator_of(spec) as curator:
        _, found = curator.rows.active(spec.bot.name)
    write_atomic(file, written(found, cast(Literal["csv", "xlsx"], format)))
    screen.say(f"{file}: {len(found):,} answers.")
    screen.result({"file": str(file), "answers": len(found)})
