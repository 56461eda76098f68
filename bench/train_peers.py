"""chatwright, a nanoGPT-style loop and `transformers.Trainer`, side by side: when does each reach a loss?

    python bench/train.py --peers [--data sgd] [--peer-seconds 600] [--keep FOLDER] [--portion 540]

All train on the same cores and threads, the same conversations in the same rows with the same labels and
tokenizer (learned once), with the same number of parameters (within 3%) and in the same precision. How each
is set up: `train_contestants.py`. A peer gets the best of three learning rates (`--search-seconds` each;
where the best is the highest or lowest, the next one too) and is compiled where that makes its steps
faster. Its number of steps is set before it starts, from the speed of some, so that its schedule ends
with its time.

Time is wall time of training; batches and chatwright's start from counts are part of it. Not in anyone's time:
reading data, the tokenizer, measuring the speed, compiling the peers, the search for their rates,
evaluation. What chatwright's own plan spends on measuring is shown apart.

Loss is assistant bits per byte in fp32: on a fixed sample of `sgd/dev` along the way, on all of it at the
end. A peer's loss at its end is the target. chatwright's schedule needs to know its end too, so it is not
one curve that is looked up: it trains with several budgets (`--fractions` of the peer's), and the whole
time of the shortest training that reaches the target counts. Interpolated between budgets is shown
beside it. That is done once with `--peer-seconds`, and `--repeats` times with `--repeat-seconds` and other
seeds; the ratios in the last line are medians of those. `--also 300 1200` trains chatwright with its own choice
of size.

Finished pieces stay in `--keep`, named by what determines them and the last commit of `src` and `bench`.
With `--portion` a run ends with exit code 3 after that many seconds, also within a training; the same
command goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice, pairwise, zip_longest
from pathlib import Path
from typing import Any

import machine
import torch
from train_clock import Clock
from train_contestants import Contestant, HuggingFace, Layout, Loop, Ours
from train_data import DATA, Lines, Measure, bot_folder, evaluated
from train_figures import Shelf, chart, reached
from train_share import share

from chatwright.core.progress import Silent
from chatwright.data.batches import Batch, Packing, packing_for
from chatwright.data.dataset import build
from chatwright.model import sizes
from chatwright.spec import Spec, load_spec
from chatwright.training import hardware
from chatwright.training.corpus import prepare
from chatwright.training.plan import BATCH_TOKENS, plan
from chatwright.training.recipe import Recipe

PEERS = {Loop.name: Loop, HuggingFace.name: HuggingFace}
KEYS = {Loop.name: "time_vs_nanogpt", HuggingFace.name: "time_vs_hf_trainer"}
SAME = "as the peers"
TRIALS = 4  # timed steps of each length of rows
MOST_RATES = 6
UNFINISHED = 3


class Unfinished(Exception):
    """The portion is over; what is done is kept."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One training. `rate` is of peers, `size` of ours."""

    what: str
    seconds: float
    seed: int
    rate: float = 0.0
    size: str = ""
    whole: bool = True  # measured on everything at its end, not on the sample alone


class Race:
    """The trainings, each done once or found on the shelf."""

    def __init__(self, arguments: argparse.Namespace, keep: Path) -> None:
        self.arguments = arguments
        self.began = time.monotonic()
        self.hardware = hardware.inspect()
        width, layers, hidden = map(int, arguments.shape.split("x"))
        sizes.SIZES[SAME] = (width, layers, hidden)
        self.folder = keep / f"bot-{arguments.data}"
        if not (self.folder / "bot.toml").exists():
            shutil.rmtree(self.folder, ignore_errors=True)
            bot_folder(arguments.data, arguments.shared, self.folder)
        spec = self.spec(1.0, 0, "auto")
        dataset = build(spec, Lines())
        self.corpus = prepare(spec, dataset)
        self.packing = packing_for(self.corpus.lengths, spec.model.context, BATCH_TOKENS)
        width, layers = map(int, arguments.peer_shape.split("x"))
        vocabulary = self.corpus.tokenizer.padded
        self.layout = Layout(vocabulary, width, layers, spec.model.context)
        self.ours = sizes.shape_for(SAME, vocabulary, spec.model.context)
        if not 0.97 < self.ours.parameters / self.layout.parameters < 1.03:
            raise SystemExit("FAILED: the models differ in size; see --shape and --peer-shape.")
        found, self.about = evaluated(spec, dataset)
        apart = max(1, len(found) // arguments.sample)
        self.whole = Measure.of(found, self.corpus.tokenizer, spec.model.context)
        self.sample = Measure.of(found[::apart], self.corpus.tokenizer, spec.model.context)
        self._peers: dict[str, Loop | HuggingFace] = {}
        self.shelf = Shelf(keep, self.common())

    def common(self) -> dict[str, Any]:
        """What determines every piece."""
        return {
            "data": self.corpus.dataset.id,
            "tokenizer": self.corpus.tokenizer_hash,
            "layout": asdict(self.layout),
            "ours": asdict(self.ours),
            "packing": asdict(self.packing),
            "threads": self.hardware.threads,
            "precision": self.hardware.precision,
            "looks": [self.arguments.looks, self.arguments.sample],
            "commit": machine.commit("src", "bench"),
        }

    def spec(self, seconds: float, seed: int, size: str) -> Spec:
        training = {"minutes": seconds / 60, "seed": seed}
        return load_spec(self.folder, {"training": training, "model": {"size": size}})

    @property
    def over(self) -> bool:
        portion = self.arguments.portion
        return bool(portion) and time.monotonic() - self.began > portion

    def result(self, piece: Piece) -> dict[str, Any]:
        """The finished training, done now if need be."""
        found = self.shelf.find(asdict(piece))
        if found is not None:
            return found
        if self.over:
            raise Unfinished
        print(f"{piece.what}, {piece.seconds:g} s, seed {piece.seed}", end=" ", flush=True)
        speed = flops()
        values = self.train(piece, self.shelf.workplace(asdict(piece)))
        values["gflops"] = [speed, flops()]
        print(
            f"rate {piece.rate:g}: {values['loss']:.4f} after {values['seconds']:.1f} s", flush=True
        )
        shutil.rmtree(self.shelf.workplace(asdict(piece)))
        return self.shelf.keep(asdict(piece), values)

    def train(self, piece: Piece, place: Path) -> dict[str, Any]:
        """One training, from where it was left; raises `Unfinished` where the portion ends before it."""
        note_file = place / "note.json"
        note = json.loads(note_file.read_text()) if note_file.exists() else self.plan(piece, place)
        contestant, packing = self.contestant(piece, place, note)
        done, steps, curve = note["done"], note["steps"], note["curve"]
        clock = Clock(note["seconds"])
        count = self.arguments.looks
        looks = {round(steps * (n + 1) / count) for n in range(count)}

        def after(index: int) -> bool:
            clock.stop()
            if index in looks or index == steps:
                value = self.sample.bits_per_byte(contestant.decoder)
                curve.append((round(clock.seconds, 2), round(value, 4)))
            if self.over and index < steps:
                note.update(done=index, seconds=clock.seconds)
                return True
            clock.start()
            return False

        stream = self.corpus.stream(packing, piece.seed)
        contestant.run(islice(stream, done, steps), done, clock, after)
        if note["done"] > done:
            note_file.write_text(json.dumps(note))
            raise Unfinished
        seconds, loss = curve[-1]
        if piece.whole:
            loss = round(self.whole.bits_per_byte(contestant.decoder), 4)
        kept = {key: note[key] for key in ("steps", "curve", "planning", "parameters", "compiled")}
        return {"seconds": seconds, "loss": loss, **kept}

    def plan(self, piece: Piece, place: Path) -> dict[str, Any]:
        """Minutes become steps, for everybody; what `train` needs to go on."""
        began = time.monotonic()
        note: dict[str, Any] = {"done": 0, "seconds": 0.0, "curve": [], "recipe": None}
        if piece.what in PEERS:
            peer = self.peer(piece.what)
            note["steps"] = max(10, round(piece.seconds / self.pace(peer, place)))
            note["parameters"], note["compiled"] = self.layout.parameters, peer.compiled
        else:
            spec = self.spec(piece.seconds, piece.seed, piece.size)
            recipe = plan(spec, self.corpus, self.hardware, Silent(), began).recipe
            note["recipe"], note["steps"] = recipe.to_dict(), recipe.steps
            note["parameters"], note["compiled"] = recipe.shape.parameters, recipe.compiled
        note["planning"] = round(time.monotonic() - began, 2)
        return note

    def contestant(
        self, piece: Piece, place: Path, note: dict[str, Any]
    ) -> tuple[Contestant, Packing]:
        """Ready to begin, or to go on."""
        if piece.what not in PEERS:
            recipe = Recipe.from_dict(note["recipe"])
            return Ours(recipe, self.corpus, place), recipe.packing
        peer = self.peer(piece.what)
        peer.settle(piece.seed, piece.rate, note["steps"], place)
        return peer, self.packing

    def peer(self, name: str) -> Loop | HuggingFace:
        """Compiled or not, whichever is faster; decided once."""
        if name not in self._peers:
            torch.set_num_threads(self.hardware.threads)
            piece = {"what": f"pace-{name}"}
            paces = self.shelf.find(piece)
            if paces is None:
                place = self.shelf.workplace(piece)
                paces = {"plain": self.pace(self.built(name, False), place)}
                if self.hardware.compiler:
                    paces["compiled"] = self.pace(self.built(name, True), place)
                paces = self.shelf.keep(piece, paces)
                print(name, *(f"{k} {v * 1000:.0f} ms" for k, v in paces.items() if k in KINDS))
            compiled = paces.get("compiled", float("inf")) < paces["plain"]
            self._peers[name] = self.built(name, compiled)
            if compiled:
                self.pace(self._peers[name], self.shelf.workplace(piece))
        return self._peers[name]

    def built(self, name: str, compiled: bool) -> Loop | HuggingFace:
        return PEERS[name](self.layout, compiled, self.hardware.precision == "bf16")

    def pace(self, peer: Loop | HuggingFace, place: Path) -> float:
        """Seconds per step: the median of each length of rows, as often as it occurs."""
        rows: dict[torch.Size, list[Batch]] = {}
        for batch in islice(self.corpus.stream(self.packing, 0), 200):
            rows.setdefault(batch.ids_BT.shape, []).append(batch)
        trial = [some[n % len(some)] for some in rows.values() for n in range(2 + TRIALS)]
        peer.settle(0, 1e-4, len(trial), place)
        clock = Clock()
        ends = [0.0]

        def after(_: int) -> bool:
            ends.append(clock.seconds)
            return False

        peer.run(iter(trial), 0, clock, after)
        times = [after - before for before, after in pairwise(ends)]
        share = Counter({shape: len(some) / 200 for shape, some in rows.items()})
        by_kind = (times[n : n + 2 + TRIALS] for n in range(0, len(times), 2 + TRIALS))
        return sum(
            share[shape] * statistics.median(kind[2:])
            for shape, kind in zip(rows, by_kind, strict=True)
        )

    def rate(self, name: str) -> float:
        """The best of three learning rates, or of more where the best is at their edge."""
        losses: dict[float, float] = {}
        wanted = sorted(self.arguments.rates)
        while True:
            for rate in wanted:
                piece = Piece(name, self.arguments.search_seconds, 0, rate, whole=False)
                losses[rate] = self.result(piece)["loss"]
            best = min(losses, key=losses.__getitem__)
            inside = min(losses) < best < max(losses)
            if inside or len(losses) >= MOST_RATES:
                return best
            wanted = [best * 2 if best == max(losses) else best / 2]

    def heat(self, seconds: float, seed: int) -> dict[str, Any]:
        """Every peer once, and ours with every budget: when did ours reach what they did?"""
        fractions = self.arguments.fractions
        ours = [Piece("chatwright", seconds * f, seed, size=SAME) for f in fractions]
        peers = [Piece(name, seconds, seed, self.rate(name)) for name in PEERS]
        for pair in zip_longest(ours, peers):  # in turn: the machine may change its speed
            for piece in filter(None, pair):
                self.result(piece)
        mine = [self.result(piece) for piece in ours]
        theirs = {piece.what: self.result(piece) for piece in peers}
        points = [(run["seconds"], run["loss"]) for run in mine]
        ratios = {}
        for name, run in theirs.items():
            first, between = reached(points, run["loss"])
            ratios[name] = [t / run["seconds"] if t is not None else None for t in (first, between)]
        return {"ours": mine, "peers": theirs, "ratios": ratios}


KINDS = ("plain", "compiled")


def flops() -> float:
    """GFLOP/s of a square product, to see whether the machine changed between two pieces."""
    a = torch.randn(1024, 1024)
    times = []
    for _ in range(6):
        began = time.perf_counter()
        torch.mm(a, a)
        times.append(time.perf_counter() - began)
    return round(2 * 1024**3 / statistics.median(times) / 1e9, 1)


def races(race: Race) -> Iterator[dict[str, Any]]:
    arguments = race.arguments
    yield race.heat(arguments.peer_seconds, 0)
    for seed in range(1, arguments.repeats + 1):
        yield race.heat(arguments.repeat_seconds, seed)


def shares(race: Race) -> dict[str, Any]:
    """The share of matrix products, for the recipe of the comparison."""
    piece = {"what": "share"}
    found = race.shelf.find(piece)
    if found is None:
        if race.over:
            raise Unfinished
        spec = race.spec(race.arguments.peer_seconds * race.arguments.fractions[0], 0, SAME)
        recipe = plan(spec, race.corpus, race.hardware, Silent()).recipe
        found = race.shelf.keep(piece, share(recipe, race.corpus))
    return {key: value for key, value in found.items() if key.startswith(("matmul", "seconds"))}


def show(heats: list[dict[str, Any]]) -> None:
    """A table of all trainings, and the curves of the first heat."""
    head = [
        "training",
        "parameters",
        "steps",
        "ms a step",
        "seconds",
        "bits per byte",
        "rate",
        "GFLOP/s",
    ]
    rows: list[list[object]] = []
    for number, heat in enumerate(heats):
        for run in [*heat["ours"], *heat["peers"].values()]:
            piece = run["piece"]
            name = f"{piece['what']}{', compiled' if run['compiled'] else ''}, heat {number}"
            speed = "-".join(f"{value:.0f}" for value in run["gflops"])
            pace = f"{run['seconds'] / run['steps'] * 1000:.0f}"
            cells = [f"{run['seconds']:.1f}", f"{run['loss']:.4f}", f"{piece['rate']:g}", speed]
            rows.append([name, f"{run['parameters']:,}", run["steps"], pace, *cells])
    print(machine.table(head, rows))
    curves = {name: run["curve"] for name, run in heats[0]["peers"].items()}
    ends = [(run["seconds"], run["loss"]) for run in heats[0]["ours"]]
    print(
        "\nSample of the evaluation data along each peer's training; chatwright: whole trainings.\n"
    )
    print(*chart({"chatwright": ends, **curves}), sep="\n")


def summary(race: Race, heats: list[dict[str, Any]]) -> dict[str, Any]:
    """Ratios are medians over the repeats, or the long heat's where there are none."""
    long, *short = heats
    values: dict[str, Any] = {"data": race.arguments.data, "n": len(race.whole.rows)}
    for name, key in KEYS.items():
        for place, kind in enumerate(("", "_interpolated")):
            found = [heat["ratios"][name][place] for heat in (short or heats)]
            known = [ratio for ratio in found if ratio is not None]
            # A repeat in which no budget reached the target is worse than all that did.
            middle = statistics.median([*known, *[float("inf")] * (len(found) - len(known))])
            values[key + kind] = round(middle, 4) if middle < float("inf") else None
            values[f"{key}{kind}_each"] = [r and round(r, 4) for r in found]
            once = long["ratios"][name][place]
            values[f"{key}{kind}_{race.arguments.peer_seconds:g}s"] = once and round(once, 4)
        values[f"target_{name}"] = long["peers"][name]["loss"]
        values[f"rate_{name}"] = long["peers"][name]["piece"]["rate"]
    return values


def compare(race: Race) -> dict[str, Any]:
    heats = list(races(race))
    also = {}
    for seconds in race.arguments.also:
        run = race.result(Piece("chatwright", seconds, 0, size="auto"))
        also[f"bpb_{seconds:g}s"], also[f"train_seconds_{seconds:g}s"] = run["loss"], run["seconds"]
        also[f"parameters_{seconds:g}s"] = run["parameters"]
    shared = shares(race)
    show(heats)
    planning = max(run["planning"] for heat in heats for run in heat["ours"])
    print(
        f"\n{race.about}; chatwright measured the machine for at most {planning:g} s, not counted."
    )
    return {**summary(race, heats), **also, **shared, **settings(race)}


def settings(race: Race) -> dict[str, Any]:
    arguments = race.arguments
    return {
        "parameters": race.ours.parameters,
        "parameters_peers": race.layout.parameters,
        "peer_seconds": arguments.peer_seconds,
        "repeats": arguments.repeats,
        "repeat_seconds": arguments.repeat_seconds,
        "fractions": arguments.fractions,
        "threads": race.hardware.threads,
    }


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", choices=DATA, default="sgd")
    parser.add_argument("--shared", type=Path, default=machine.ROOT.parent / "shared" / "data")
    parser.add_argument("--peer-seconds", type=float, default=600)
    parser.add_argument("--fractions", type=float, nargs="+", default=[0.1, 0.15, 0.2, 0.25, 0.3])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--repeat-seconds", type=float, default=180)
    parser.add_argument("--rates", type=float, nargs=3, default=[5e-4, 1e-3, 2e-3])
    parser.add_argument("--search-seconds", type=float, default=60)
    parser.add_argument("--also", type=float, nargs="*", default=[], help="e.g. 300 1200")
    parser.add_argument("--looks", type=int, default=12, help="points of a curve")
    parser.add_argument("--sample", type=int, default=150, help="conversations of the sample")
    parser.add_argument("--shape", default="256x4x512", help="ours: width, layers, hidden width")
    parser.add_argument("--peer-shape", default="256x3", help="GPT-2's: width, layers")
    parser.add_argument(
        "--keep", type=Path, help="folder of finished pieces; none: nothing is kept"
    )
    parser.add_argument("--portion", type=float, default=0, help="seconds, then exit code 3")
    return parser.parse_args()


def main() -> None:
    os.environ["HF_HUB_OFFLINE"] = "1"
    arguments = parsed()
    print(machine.header("transformers", "accelerate"))
    with tempfile.TemporaryDirectory() as temporary:
        race = Race(arguments, arguments.keep or Path(temporary))
        try:
            print(json.dumps(compare(race)))
        except Unfinished:
            print(
                json.dumps(
                    {"unfinished": True, "kept": len(list(race.shelf.folder.glob("*.json")))}
                )
            )
            sys.exit(UNFINISHED)


if __name__ == "__main__":
    main()
