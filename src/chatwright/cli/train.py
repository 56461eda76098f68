"""`chatwright train`: the bot's own model, from its data, within a budget."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.cli.show import Folder, Json, Screen, plot
from chatwright.core.errors import WrongUse
from chatwright.evaluation.candidate import Trained, plan_bot, release_of, train_bot
from chatwright.evaluation.evaluate import evaluate
from chatwright.evaluation.findings import foretold, forgot
from chatwright.evaluation.report import summary_lines
from chatwright.spec import load_spec
from chatwright.training.distributed import is_first
from chatwright.training.history import FORECAST

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command(epilog="Example: chatwright train mybot --minutes 10")
def train(
    folder: Folder = Path(),
    minutes: Annotated[float | None, typer.Option(help="Training time.")] = None,
    size: Annotated[str | None, typer.Option(help="Model size; auto derives it.")] = None,
    seed: Annotated[int | None, typer.Option(help="Random seed.")] = None,
    method: Annotated[
        str | None, typer.Option(help="supervised, lora, dpo, kto or pretraining.")
    ] = None,
    continue_from: Annotated[
        str | None, typer.Option(help="Start from: current, a release, a run, a model folder.")
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Only say what would be trained, and how long it takes."),
    ] = False,
    release: Annotated[
        bool, typer.Option("--release", help="Make a release of it, and evaluate it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Train the bot's model, or go on with a training that was interrupted."""
    screen = Screen(as_json)
    spec = load_spec(folder, overrides(minutes, size, seed, method, continue_from))
    if spec.model.kind == "hosted":
        raise WrongUse("This bot uses a hosted model: there is nothing to train.", "Use `up`.")
    if spec.model.kind == "retrieval":
        raise WrongUse(
            "This bot answers from its documents alone: there is nothing to train.",
            'Use `up`; or take kind = "retrieval" out of [model], and import conversations.',
        )
    if dry_run:
        planned = plan_bot(spec, screen)
        for line in planned["lines"]:
            screen.say(line)
        screen.result(planned)
        return
    trained = train_bot(spec, screen, serve=release)
    if not is_first():  # of several processes one talks
        return
    show(screen, trained)
    about = trained.about()
    curve = about.pop("curve")
    values = {**about, "model": str(trained.run.model)}
    if release:
        made = release_of(spec, trained, screen)
        told = about | {"curve": curve}
        report = evaluate(spec, made, trained.dataset, screen, told)
        for line in summary_lines(report.values):
            screen.say(line)
        values |= {"release": made.id, "report": str(report.folder / "report.json")}
    screen.result(values)


def overrides(
    minutes: float | None,
    size: str | None,
    seed: int | None,
    method: str | None = None,
    continue_from: str | None = None,
) -> dict[str, dict[str, Any]]:
    """What the command line changes in the spec."""
    given = {"minutes": minutes, "seed": seed, "method": method, "continue_from": continue_from}
    training = {key: value for key, value in given.items() if value is not None}
    return {"training": training, **({"model": {"size": size}} if size else {})}


def show(screen: Screen, trained: Trained) -> None:
    """The loss curve and where the run ended."""
    rows = trained.run.metrics()
    for line in plot([row["loss"] for row in rows]):
        screen.say(line)
    done = trained.run.done or {}
    figure = done.get("dev_bits_per_byte")
    loss = f"{figure} bits per byte of what assistants say" if figure else "not measured"
    screen.say(
        f"{done.get('steps', 0):,} steps in {done.get('seconds', 0) / 60:.1f} minutes; development loss {loss}"
    )
    for line in (foretold({**done, FORECAST: trained.run.forecast}), forgot(done)):
        if line:
            screen.say(line)
