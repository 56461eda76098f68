"""The bots of `bench/answers.py`: made as `chatwright up` makes them, asked in three ways, and judged.

Confidence is of the answer that would be given. The dial is checked on questions that a calibration never saw.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from machine import table
from train_data import Lines, bot_folder

from chatwright.answer import Bot
from chatwright.answer.calibration import Calibration, Tried, brier, expected_error
from chatwright.answer.router import Router
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation, Reply
from chatwright.data.dataset import Dataset, build, load
from chatwright.evaluation.candidate import release_of, train_bot
from chatwright.evaluation.metrics import share
from chatwright.evaluation.routed import reliability
from chatwright.evaluation.suites import answer_all
from chatwright.release.manifest import Release
from chatwright.release.pack import pack_retrieval
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec

ALONE = "model alone"
WAYS = (ALONE, "retrieval alone", "chatwright")
DIALS = (0.01, 0.02, 0.05, 0.1, 0.15)
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Question:
    """`right`: how right a reply is, 0 to 1. None: it has no answer here, and is to be declined."""

    conversation: Conversation
    right: Callable[[Reply], float] | None


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a question. `text` None: it was declined."""

    text: str | None
    confidence: float
    right: float
    inside: bool


def made(
    name: str, keep: Path, shared: Path, values: dict[str, Any]
) -> tuple[Spec, Release, Dataset]:
    """The bot on the data called `name`; trained as it says where it does not lie in `keep`."""
    folder = keep / name
    if not (folder / "bot.toml").exists():
        bot_folder(name, shared, folder)
    spec = load_spec(folder, values)
    if spec.model.kind == "retrieval":
        return spec, pack_retrieval(spec), build(spec, Lines())
    if there := Registry(spec).releases():
        return spec, there[-1], load(spec.made / "datasets" / there[-1].manifest["dataset"])
    trained = train_bot(spec, Lines())
    return spec, release_of(spec, trained, Lines()), trained.dataset


def asked_by(bot: Bot, way: str, calibration: Calibration, dial: float) -> Bot:
    """`bot`, calibrated, at a setting of the dial; or the model alone; or what is found alone."""
    assert bot.router is not None
    if way == ALONE:
        return bot.routed(None)
    values: dict[str, Any] = {"tolerated_wrong": dial}
    if way == "retrieval alone":
        values["routes"] = ("retrieved",)
    answers = bot.spec.answers.model_copy(update=values)
    spec = bot.spec.model_copy(update={"answers": answers})
    return bot.routed(
        Router(spec, calibration, None, bot.router.live, bot.release_id, bot.router.embedder)
    )


async def ask(
    bot: Bot,
    calibration: Calibration,
    questions: Sequence[Question],
    dials: Sequence[float],
    ways: Sequence[str] = WAYS,
) -> dict[str, list[Given]]:
    """By way and setting of the dial, which the model alone has not."""
    found: dict[str, list[Given]] = {}
    for way, dial in ((way, dial) for way in ways for dial in dials):
        name = way if way == ALONE else f"{way}, dial at {dial:g}"
        if name not in found:
            who = asked_by(bot, way, calibration, dial)
            replies = await answer_all(who, [one.conversation for one in questions], Silent())
            pairs = zip(questions, replies, strict=True)
            found[name] = [_given(one, reply.reply) for one, reply in pairs]
    return found


def _given(question: Question, reply: Reply) -> Given:
    said, inside = reply.route != "refused", question.right is not None
    right = question.right(reply) if question.right else 0.0
    return Given(
        reply.text.strip() if said else None,
        (reply.confidence or 0.0) if said else 0.0,
        right if said else 0.0,
        inside,
    )


def figures(given: Sequence[Given]) -> dict[str, dict[str, Any]]:
    """right: of questions that have an answer; wrong: said and not right, of all questions and of those that
    were answered; oos_refused: of questions without an answer."""
    inside, said = [g for g in given if g.inside], [g for g in given if g.text is not None]
    outside = [g for g in given if not g.inside]
    wrong = round(sum(1 - one.right for one in said))
    return {
        "right": share(round(sum(one.right for one in inside)), len(inside)),
        "wrong": share(wrong, len(given)),
        "wrong_said": share(wrong, len(said)),
        "oos_refused": share(sum(one.text is None for one in outside), len(outside)),
    }


def show(name: str, rows: dict[str, list[Given]]) -> None:
    head = [name, "in scope, right", "wrong, of all", "wrong, of answers", "out of scope, refused"]
    lines = [[way, *map(shown, figures(given).values())] for way, given in rows.items()]
    print("\n" + table(head, lines), flush=True)


def sure(name: str, given: Sequence[Given], calibration: Calibration) -> dict[str, Any]:
    """Whether the bot, its dial at 1, is as sure as it is right, and whether the dial holds: the interval of
    the share of wrong answers reaches down to what is tolerated."""
    tried = [Tried(one.confidence, one.right, inside=one.inside) for one in given]
    said = [one for one in tried if one.confidence > 0]
    rng = random.Random(0)
    errors = sorted(expected_error(rng.choices(said, k=len(said))) for _ in range(ROUNDS))
    error, low, high = expected_error(said), errors[ROUNDS // 40], errors[-ROUNDS // 40]
    print(
        f"\n{name}, n = {len(said):,} of {len(given):,}: ECE {error:.3f} ({low:.3f} to {high:.3f}),",
        end=" ",
    )
    print(f"Brier {brier(said):.3f}")
    bands = [
        [f"{b['from']:.1f} to {b['to']:.1f}", f"{b['confidence']:.3f}", shown(b), b["n"]]
        for b in reliability(Calibration({}, tuple(tried)))
    ]
    print(table(["sure", "mean", "right", "n"], bands))
    lines = []
    for dial in DIALS:
        least = calibration.threshold(dial)
        answered = [one for one in given if one.confidence >= least]
        known = share(sum(g.inside for g in answered), sum(g.inside for g in given))
        wrong = share(round(sum(1 - one.right for one in answered)), len(answered))
        holds = "yes" if not answered or wrong["interval"][0] <= dial else "NO"
        lines.append([f"{dial:.0%}", f"{least:.3f}", shown(known), shown(wrong), holds])
    print(table(["dial", "threshold", "of known answered", "of answers wrong", "holds"], lines))
    values = {"": error, "_low": low, "_high": high}
    return {f"{name}_ece{end}": round(value, 4) for end, value in values.items()} | {
        f"{name}_ece_n": len(said),
        f"{name}_brier": round(brier(said), 4),
        f"{name}_dial_holds": all(line[-1] == "yes" for line in lines),
    }


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
