"""`chatwright feedback list|raters|export`: what people say about replies, and whom to believe."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.answer.people import People
from chatwright.cli.show import Bot, Json, Screen
from chatwright.cli.store import opened
from chatwright.core.files import write_atomic
from chatwright.improve.heard import feedback_row, listen, rater_rows, readable
from chatwright.improve.screening import EXPLAINED
from chatwright.spec import Spec, load_spec
from chatwright.store import Database
from chatwright.store.records import FeedbackItem
from chatwright.store.secret import find_secret

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright feedback list --bot mybot",
    help="What people say about replies: listed with what speaks against it, and as JSON lines.",
)
WIDTH = 60  # characters of a text in a table
HIDDEN = "(has not agreed to be read)"

Flagged = Annotated[bool, typer.Option("--flagged", help="Only what something speaks against.")]
Rater = Annotated[str | None, typer.Option(help="Only what this rater said.")]
Most = Annotated[int, typer.Option("--most", min=1, help="The newest so many.")]


@app.command("list", epilog="Example: chatwright feedback list --bot mybot --flagged")
def listed(
    bot: Bot,
    rater: Rater = None,
    flagged: Flagged = False,
    most: Most = 50,
    machine: Json = False,
) -> None:
    """Show feedback, the newest first, and what speaks against each piece of it."""
    screen, spec = Screen(machine), load_spec(bot)
    with opened(spec) as database:
        heard = listen(database, spec)
        wanted = _wanted(heard.items, rater, flagged)[::-1][:most]
        rows = [feedback_row(item, may) for item, may in _readable(wanted, spec, database)]
    screen.rows(
        ("when", "said", "question", "answer", "better", "rater", "flags"),
        [
            (
                row["updated_at"][:16].replace("T", " "),
                _said(row),
                *(_short(row[name]) for name in ("question", "answer", "correction")),
                row["rater"][:20],
                " ".join(row["flags"]),
            )
            for row in rows
        ],
    )
    for flag in sorted({flag for row in rows for flag in row["flags"]} & EXPLAINED.keys()):
        screen.say(f"{flag}: {EXPLAINED[flag]}")
    counts = Counter(signal.kind for signal in heard.signals)
    screen.say(
        f"{len(heard.items)} pieces of feedback of {heard.raters} raters, {len(heard.pairs)} preferences; "
        f"weak signals: {', '.join(f'{n} {kind}' for kind, n in sorted(counts.items())) or 'none'}."
    )
    screen.say(heard.alarm)
    screen.result({"feedback": rows, "signals": dict(counts), "alarm": heard.alarm})


@app.command("raters", epilog="Example: chatwright feedback raters --bot mybot")
def raters(bot: Bot, machine: Json = False) -> None:
    """Show who says how much, and who looks suspicious and why."""
    screen, spec = Screen(machine), load_spec(bot)
    with opened(spec) as database:
        heard = listen(database, spec)
    rows = rater_rows(heard)
    screen.rows(
        ("rater", "said", "up", "down", "corrections", "looks suspicious"),
        [
            (r["rater"], r["said"], r["up"], r["down"], r["corrections"], "; ".join(r["reasons"]))
            for r in rows
        ],
        whole=("rater",),
    )
    screen.say(heard.alarm or f"None of {heard.raters} raters looks suspicious.")
    screen.result({"raters": rows, "alarm": heard.alarm})


@app.command("export", epilog="Example: chatwright feedback export feedback.jsonl --bot mybot")
def export(
    bot: Bot,
    file: Annotated[Path | None, typer.Argument(help="Where to; by default it is printed.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also of people who have not agreed, without their words.")
    ] = False,
    machine: Json = False,
) -> None:
    """Write feedback as JSON lines, one object a piece; of people who agreed that they are learned from."""
    screen, spec = Screen(machine), load_spec(bot)
    with opened(spec) as database:
        found = _readable(listen(database, spec).items, spec, database)
        rows = [feedback_row(item, may) for item, may in found if may or everything]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    left = len(found) - len(rows)
    if file is None:
        if not machine:
            typer.echo(lines, nl=False)
    else:
        write_atomic(file, lines)
        screen.say(f"{len(rows)} pieces of feedback in {file}.")
    if left:
        typer.echo(f"{left} are left out: the people have not agreed (--all).", err=True)
    whole = {"feedback": rows} if file is None else {"file": str(file), "written": len(rows)}
    screen.result({**whole, "left_out": left})


def _wanted(items: Sequence[FeedbackItem], rater: str | None, flagged: bool) -> list[FeedbackItem]:
    return [
        item
        for item in items
        if (rater is None or item.rater == rater) and (item.flags or not flagged)
    ]


def _readable(
    items: Sequence[FeedbackItem], spec: Spec, database: Database
) -> list[tuple[FeedbackItem, bool]]:
    """Each with whether its words may be read."""
    people = People(spec, database, find_secret(spec.made))
    return [(item, readable(item, people)) for item in items]


def _said(row: dict[str, Any]) -> str:
    parts = [row["thumb"] or "", "" if row["score"] is None else f"{row['score']:g}"]
    return " ".join(part for part in parts if part) or "-"


def _short(text: str | None) -> str:
    if text is None:
        return HIDDEN
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"
