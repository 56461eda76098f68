"""The bots of `bench/answers.py`: made as `chatwright up` makes them, and three ways to ask each.

A bot that stands in the kept folder, trained, is used as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from machine import table
from train_data import Lines, bot_folder

from chatwright.answer import Bot
from chatwright.answer.calibration import Calibration
from chatwright.answer.router import Router
from chatwright.data.dataset import Dataset, load
from chatwright.evaluation.candidate import release_of, train_bot
from chatwright.evaluation.metrics import share
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec

WAYS = ("model alone", "retrieval alone", "chatwright")


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a question: whether it has an answer here, whether one was said, whether that is right."""

    inside: bool
    said: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A bot's folder, its release, and the data that it was trained on."""

    spec: Spec
    release: Release
    dataset: Dataset


def made(name: str, keep: Path, shared: Path, minutes: float) -> Made:
    """The bot on the data called `name`; trained for `minutes` where it is not there yet."""
    folder = keep / name
    if not (folder / "bot.toml").exists():
        bot_folder(name, shared, folder)
    spec = load_spec(folder, {"training": {"minutes": minutes}})
    if there := Registry(spec).releases():
        release = there[-1]
        data = spec.made / "datasets" / release.manifest["dataset"]
        return Made(spec, release, load(data))
    print(f"\n{name}: {minutes:g} minutes of training", flush=True)
    trained = train_bot(spec, Lines())
    return Made(spec, release_of(spec, trained, Lines()), trained.dataset)


def asked_by(bot: Bot, way: str, calibration: Calibration, tolerated: float) -> Bot:
    """`bot`, calibrated, at a setting of the dial; or the model alone; or what is found alone."""
    assert bot.router is not None
    if way == "model alone":
        return bot.routed(None)
    values: dict[str, Any] = {"tolerated_wrong": tolerated}
    if way == "retrieval alone":
        values["routes"] = ("retrieved",)
    answers = bot.spec.answers.model_copy(update=values)
    spec = bot.spec.model_copy(update={"answers": answers})
    return bot.routed(Router(spec, calibration, None, bot.router.live, bot.release_id))


def keys(name: str, figure: dict[str, Any]) -> dict[str, Any]:
    """A share with its n and interval, as the last line has them."""
    low, high = figure["interval"] or (None, None)
    return {
        name: figure["share"],
        f"{name}_n": figure["n"],
        f"{name}_low": low,
        f"{name}_high": high,
    }


def shown(figure: dict[str, Any]) -> str:
    if figure["share"] is None:
        return "-"
    low, high = figure["interval"]
    return f"{figure['share']:.1%} ({low:.1%} to {high:.1%})"


def figures(rows: Sequence[Given]) -> dict[str, dict[str, Any]]:
    """right: of questions that have an answer; wrong: said and not right, of all questions and of those that
    were answered; refused: of questions without an answer."""
    inside = [one for one in rows if one.inside]
    outside = [one for one in rows if not one.inside]
    said = [one for one in rows if one.said]
    wrong = sum(not one.right for one in said)
    return {
        "right": share(sum(one.said and one.right for one in inside), len(inside)),
        "wrong": share(wrong, len(rows)),
        "wrong_said": share(wrong, len(said)),
        "oos_refused": share(sum(not one.said for one in outside), len(outside)),
    }


def show(name: str, rows: dict[str, Sequence[Given]]) -> None:
    head = [name, "in scope, right", "wrong, of all", "wrong, of answers", "out of scope, refused"]
    lines = [[way, *map(shown, figures(given).values())] for way, given in rows.items()]
    print("\n" + table(head, lines), flush=True)
