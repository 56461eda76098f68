"""`chatwright run`: the trainings of a bot, listed, compared and drawn. Reads only; needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from chatwright.cli.show import Bot, Json, Screen, plot
from chatwright.core.files import write_atomic
from chatwright.core.page import Html, document, header, line_chart, section, tag
from chatwright.spec import Spec, load_spec
from chatwright.training.history import DEVELOPMENT, FORECAST, History, histories, history
from chatwright.training.outcome import differences, facts

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="List, compare and plot trainings.",
    epilog="Example: chatwright run list --bot mybot",
)
HEAD = ("run", "began", "method", "size", "steps", "tokens", "time", "dev", "due", "best", "state")
CURVES = (("loss", "Training loss, nats per token"), (DEVELOPMENT, "Development, bits per byte"))
Run = Annotated[str, typer.Argument(help="A run's id, or its beginning.")]


@app.command("list", epilog="Example: chatwright run list --bot mybot")
def list_runs(bot: Bot = Path(), as_json: Json = False) -> None:
    """All trainings of the bot, the oldest first."""
    screen = Screen(as_json)
    found = [facts(one) for one in histories(_runs(load_spec(bot)))]
    screen.rows(HEAD, [_short(one) for one in found], whole=("run", "steps", "state"))
    if not found:
        screen.say("No run yet: `chatwright train` makes one.")
    screen.result({"runs": found})


@app.command(epilog="Example: chatwright run compare 3f9c 81aa --bot mybot")
def compare(a: Run, b: Run, bot: Bot = Path(), as_json: Json = False) -> None:
    """What two recipes differ in, and their curves side by side."""
    screen = Screen(as_json)
    runs = _runs(load_spec(bot))
    both = history(runs, a), history(runs, b)
    different = differences(both)
    screen.rows(("recipe", *(one.id for one in both)), [[k, *v] for k, v in different.items()])
    screen.say("" if different else "Both have the same recipe.")
    told = [facts(one) for one in both]
    screen.rows(
        ("outcome", *(one.id for one in both)), [[k, *(_cell(t[k]) for t in told)] for k in told[0]]
    )
    for name, title in CURVES:
        screen.say(f"\n{title}")
        columns = [plot([y for _, y in one.curve(name)], width=36) for one in both]
        for left, right in zip(*columns, strict=False):
            screen.say(f"{left:<48}{right}")
    curves = {one.id: one.curve(DEVELOPMENT) for one in both}
    screen.result({"recipe": different, "outcome": told, "curves": curves})


@app.command("plot", epilog="Example: chatwright run plot 3f9c --bot mybot --html curves.html")
def plot_run(
    run: Run,
    bot: Bot = Path(),
    html: Annotated[Path | None, typer.Option(help="Write a page with the curves.")] = None,
    as_json: Json = False,
) -> None:
    """The curves of a training, in the terminal and as a page."""
    screen = Screen(as_json)
    spec = load_spec(bot)
    found = history(_runs(spec), run)
    for name, title in CURVES:
        lines = plot([y for _, y in found.curve(name)])
        screen.say(f"{title}, {found.id}" if lines else f"{title}: not measured twice yet")
        screen.draw(Text("\n".join(lines)))
    if html is not None:
        write_atomic(html, page(spec, found))
        screen.say(f"Written: {html}")
    screen.result({**facts(found), "curves": {name: found.curve(name) for name, _ in CURVES}})


def page(spec: Spec, run: History) -> str:
    """The curves as a page of its own."""
    told = facts(run)
    shown = [(name.replace("_", " "), value) for name, value in told.items() if name != "id"]
    lead = "Both over training steps, from left to right; lower is better."
    return document(
        f"Training {run.id}",
        header("A training of", spec.bot.title or spec.bot.name, [("run", run.id), *shown], lead),
        section("Curves", "", tag("div", _figures(run), class_="charts")),
    )


def _figures(run: History) -> Sequence[Html]:
    kinds = {"loss": "model", DEVELOPMENT: "lookup"}
    return [
        tag(
            "figure",
            tag("figcaption", title),
            line_chart(points, title, kinds[name], marks=name == DEVELOPMENT),
        )
        for name, title in CURVES
        if (points := run.curve(name))
    ]


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _short(facts: dict[str, Any]) -> list[str]:
    """A row that fits a terminal: dates without their year, large numbers in millions."""
    seconds, figure, expected = facts["seconds"], facts[DEVELOPMENT], facts[FORECAST]
    short = {
        "began": facts["began"][5:].replace("T", " "),
        "parameters": f"{facts['parameters'] / 1e6:.1f} M",
        "tokens": f"{facts['tokens'] / 1e6:.1f} M",
        "seconds": None if seconds is None else f"{seconds:,.0f} s",
        DEVELOPMENT: None if figure is None else f"{figure:.3f}",
        FORECAST: None if expected is None else f"{expected:.2f}",
    }
    return [_cell(value) for value in (facts | short).values()]


def _runs(spec: Spec) -> Path:
    return spec.made / "runs"
