"""`chatwright evaluate`: a release measured through the engine that will serve it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.cli.show import Folder, Json, Screen
from chatwright.core.errors import ReleaseError, WrongUse
from chatwright.evaluation.cases import load_cases
from chatwright.evaluation.contest import Result as Contested
from chatwright.evaluation.contest import contest, verdict
from chatwright.evaluation.evaluate import Report, evaluate
from chatwright.evaluation.known import dataset_of
from chatwright.evaluation.report import summary_lines
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command("evaluate", epilog="Example: chatwright evaluate mybot --release 3f9c")
def evaluate_release(
    folder: Folder = Path(),
    release: Annotated[
        str, typer.Option(help="A release id, or its beginning; the newest when left out.")
    ] = "",
    compare: Annotated[
        list[str] | None,
        typer.Option(
            help="Side by side on the test cases: a release, weights, found, a rival of bot.toml, or all."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure a release: loss, text scores, acceptance cases; into report.json and report.html."""
    screen = Screen(as_json)
    spec = load_spec(folder)
    if compare:
        if release:
            raise WrongUse("--release and --compare do not go together.", "Name it in --compare.")
        side_by_side(spec, compare, screen)
        return
    registry = Registry(spec)
    found = registry.release(release) if release else newest(registry, spec)
    before = found.report or {}
    report = evaluate(spec, found, dataset_of(spec, found), screen, before.get("training"))
    show(screen, report)
    screen.result(figures(report))


def side_by_side(spec: Spec, names: list[str], screen: Screen) -> None:
    """A line for each contestant, and in words what own weights add."""
    results = contest(spec, names, load_cases(spec.path(spec.evaluation.cases)), screen)
    screen.rows(
        ["", "right", "in scope", "declined", "wrong", "ms p50", "ms p95", "per 1,000"],
        [_line(one) for one in results],
    )
    said = verdict(results)
    for sentence in said:
        screen.say(sentence)
    screen.result(
        {
            "contestants": [
                {"name": one.name, "kind": one.kind, **one.figures, "answers": list(one.answers)}
                for one in results
            ],
            "verdict": said,
        }
    )


def _line(result: Contested) -> list[str]:
    figures = result.figures

    def share(name: str) -> str:
        value = figures[name]["share"]
        return "-" if value is None else f"{100 * value:.1f}%"

    low, high = figures["right"]["interval"]
    return [
        result.name,
        f"{share('right')} ({100 * low:.0f} to {100 * high:.0f})",
        *(share(name) for name in ("in_scope", "out_of_scope", "wrong")),
        f"{figures['milliseconds_p50']:,.0f}",
        f"{figures['milliseconds_p95']:,.0f}",
        f"{figures['cost_per_1000']:,.4g}" if figures["priced"] else "-",
    ]


def newest(registry: Registry, spec: Spec) -> Release:
    """The release made last. Raises `ReleaseError` when there is none."""
    known = registry.releases()
    if not known:
        raise ReleaseError("This bot has no release yet.", f"Run `chatwright up {spec.folder}`.")
    return registry.release(known[-1].id)


def show(screen: Screen, report: Report) -> None:
    for line in summary_lines(report.values):
        screen.say(line)
    screen.say(f"Full report: {report.html}")


def figures(report: Report) -> dict[str, Any]:
    """The figures that scripts ask for, at the top level; everything else is in report.json."""
    values = report.values
    cases, loss, text = values.get("cases", {}), values.get("loss", {}), values.get("text", {})
    peer, routing = cases.get("lookup", {}), values.get("routing", {})
    return {
        "release": values["release"],
        "cases_in_scope_pass": cases.get("in_scope", {}).get("share"),
        "cases_out_of_scope_refused": cases.get("out_of_scope", {}).get("share"),
        "cases_in_scope": cases.get("in_scope"),
        "cases_out_of_scope": cases.get("out_of_scope"),
        "cases_wrong": cases.get("wrong"),
        "calibration_error": routing.get("expected_calibration_error"),
        "brier": routing.get("brier"),
        "coverage": routing.get("coverage"),
        "lookup_in_scope_pass": peer.get("in_scope", {}).get("share"),
        "lookup_out_of_scope_refused": peer.get("out_of_scope", {}).get("share"),
        "bits_per_byte": loss.get("bits_per_byte"),
        "perplexity": loss.get("perplexity"),
        "bleu": text.get("bleu"),
        "chrf": text.get("chrf"),
        "report": str(report.folder / "report.json"),
    }
