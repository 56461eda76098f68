"""How far predicted and reached bits per byte are apart, with the rule fitted on other data.

    python bench/size_rule.py --keep DIR [--shared ../shared/data] [--no-train]

Trains the example, `chitchat`, `taskmaster4` and `sgd` with fixed tokens (an hour on 2 idle cores), through
the functions that `chatwright train` calls; what stands in --keep is not trained again, and every finished
run there counts. Then fits LOOKS and BEYOND of `training/forecast.py` on three sets and predicts the
fourth, for each of them, and once on all: that line holds the constants.

Of runs with fewer steps than `plan.FEW` the plan says itself that they teach next to nothing. They are
fitted, and their errors are stated apart.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import machine
import numpy as np
from train_data import Lines, bot_folder

from chatwright.core.progress import Silent
from chatwright.data.dataset import build
from chatwright.evaluation.candidate import train_bot
from chatwright.model.sizes import SIZES, shape_for
from chatwright.spec import Spec, load_spec
from chatwright.training.corpus import prepare
from chatwright.training.forecast import SCALE_BY_SIZE, Counts, counted, reached
from chatwright.training.history import histories
from chatwright.training.plan import BATCH_TOKENS, FEW
from chatwright.training.run import Run

SETS = ("library", "chitchat", "taskmaster4", "sgd")
POINTS = [
    *((size, tokens) for size in ("nano", "tiny") for tokens in (250_000, 1_000_000)),
    ("nano", 62_500),
    ("nano", 500_000),
]
LONG = {"sgd": [("tiny", 6_107_136)]}  # a quarter of an hour
LOOKS, BEYOND = np.geomspace(4, 64, 65), np.geomspace(0.05, 1, 121)


@dataclass(frozen=True, slots=True)
class Point:
    """A finished run, and the counts that predict it."""

    data: str
    size: str
    body: int
    steps: int
    passes: float
    counts: Counts
    reached: float

    @property
    def few(self) -> bool:
        return self.steps < FEW


def bot(keep: Path, data: str, shared: Path, size: str, tokens: int) -> Spec:
    folder = keep / data
    if not (folder / "bot.toml").exists():
        bot_folder(data, shared, folder)
    training = {"tokens": tokens, "minutes": 60, "compile": "never"}
    return load_spec(folder, {"training": training, "model": {"size": size}})


def points(keep: Path, data: str, shared: Path, train: bool) -> list[Point]:
    """Every finished run on the dataset as it is read now, after those of `POINTS` were trained."""
    spec = bot(keep, data, shared, "nano", BATCH_TOKENS)
    dataset = build(spec, Silent())
    corpus = prepare(spec, dataset)
    there = finished(spec, dataset.id, corpus.tokenizer_hash)
    for size, tokens in [*POINTS, *LONG.get(data, [])] if train else []:
        body = shape_for(size, corpus.tokenizer.padded, corpus.context).body
        if (body, tokens // BATCH_TOKENS) not in {
            (r.recipe.shape.body, r.recipe.steps) for r in there
        }:
            train_bot(bot(keep, data, shared, size, tokens), Lines())
    found = []
    for run in finished(spec, dataset.id, corpus.tokenizer_hash):
        recipe, shape = run.recipe, run.recipe.shape
        names = (
            n for n, size in SIZES.items() if size == (shape.width, shape.layers, shape.hidden)
        )
        passes = recipe.steps / corpus.per_epoch(recipe.packing, recipe.seed)
        counts = counted(recipe, corpus)
        figure = float((run.done or {})["dev_bits_per_byte"])
        name = next(names, "other")
        found.append(Point(data, name, shape.body, recipe.steps, passes, counts, figure))
        print(f"{data} {name} {recipe.steps} steps: {figure}", flush=True)
    return sorted(found, key=lambda p: (p.size, p.steps))


def finished(spec: Spec, dataset: str, tokenizer: str) -> list[Run]:
    runs = [Run(history.folder) for history in histories(spec.made / "runs") if history.done]
    recipes = ((run, run.recipe) for run in runs)
    return [
        r for r, recipe in recipes if (recipe.dataset, recipe.tokenizer) == (dataset, tokenizer)
    ]


def fit(found: list[Point]) -> tuple[float, float]:
    """LOOKS and BEYOND with the least squares in bits per byte; each set weighs the same."""
    y_N = np.array([p.reached for p in found])
    weight_N = np.array([1 / sum(q.data == p.data for q in found) for p in found])
    best = (np.inf, 0.0, 0.0)
    for looks in LOOKS.tolist():
        none_N = np.array([reached(p.body, p.counts, looks, 0.0) for p in found])
        scale_N = np.array([(p.body / 1e6) ** SCALE_BY_SIZE for p in found])
        g_N = none_N / scale_N
        for beyond in BEYOND.tolist():
            error = float(weight_N @ (scale_N * g_N**2 / (g_N + beyond) - y_N) ** 2)
            best = min(best, (error, looks, beyond))
    return best[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=machine.ROOT.parent / "shared" / "data")
    parser.add_argument("--no-train", action="store_true", help="only what stands in --keep")
    arguments = parser.parse_args()
    print(machine.header())
    found = [
        p for s in SETS for p in points(arguments.keep, s, arguments.shared, not arguments.no_train)
    ]
    rows: list[list[object]] = []
    summary: dict[str, float] = {}
    whole = fit(found)
    for name in SETS:
        others = fit([p for p in found if p.data != name])
        own = [p for p in found if p.data == name]
        errors = [(p, reached(p.body, p.counts, *others) - p.reached) for p in own]
        for point, error in errors:
            every = reached(point.body, point.counts, *whole)
            cells = (point.reached, point.reached + error, error, every - point.reached)
            about = [f"{point.passes:.1f}", *(f"{cell:.3f}" for cell in cells)]
            rows.append([f"{name}, {point.size}", point.steps, *about])
        fitted = ", ".join(f"{value:.3g}" for value in others)
        print(f"without {name}: LOOKS, BEYOND = {fitted}")
        for key, few in (("", False), ("_few", True)):
            part = [abs(error) for point, error in errors if point.few == few]
            summary[f"size_rule_error_{name}{key}"] = round(max(part), 4) if part else 0.0
    print("on all: LOOKS, BEYOND =", ", ".join(f"{value:.3g}" for value in whole))
    head = ["data, size", "steps", "passes", "reached", "predicted", "error", "fitted on all"]
    print(machine.table(head, rows))
    print(json.dumps({**summary, "n": len(found), "few_steps": FEW}))


if __name__ == "__main__":
    main()
