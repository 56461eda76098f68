"""What a model trained from scratch in a given time reaches on conversations it has not seen.

    python bench/train.py [--data sgd|taskmaster4|library] [--seconds 300] [--shared ../shared/data]
    python bench/train.py --peers ...       # side by side with others: bench/train_peers.py

Makes a bot folder from the data and trains and packs it through the functions that `chatwright up`
calls. Then takes assistant bits per byte on all conversations of the evaluation file (`sgd`: the dev
file, every row of it; the others have none, so a share of the data that training never sees), each
from its own start: nats of the assistants' content tokens, end token left out, / ln 2 / bytes of that
content. Three times: in torch, and through the engine of a packed release, int8 and fp32.

Ends with 1 and the reason when the shared data is not there.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

import machine
from train_data import DATA, Lines, Measure, bot_folder, evaluated

from chatwright.core.progress import Silent
from chatwright.core.types import Conversation
from chatwright.engine.open import open_local
from chatwright.evaluation.candidate import Trained, release_of, train_bot
from chatwright.evaluation.suites import run_loss
from chatwright.model import weights
from chatwright.release.manifest import Release
from chatwright.spec import Spec, load_spec
from chatwright.tokenizer import Tokenizer
from chatwright.training.corpus import prepare

PEERS = Path(__file__).with_name("train_peers.py")


async def through_engine(
    spec: Spec, release: Release, conversations: list[Conversation]
) -> dict[str, Any]:
    """The evaluation's own suite, through the engine of a release."""
    engine = open_local(release, release.spec_in(spec), prefix_cache=False)
    await engine.start()
    try:
        return await run_loss(
            engine.score, engine.tokenizer, engine.context, conversations, Silent()
        )
    finally:
        await engine.close()


def trained_tokens(spec: Spec, trained: Trained) -> int:
    """Tokens of all rows that the run read, padding included."""
    recipe = trained.run.recipe
    corpus = prepare(spec, trained.dataset)
    stream = corpus.stream(recipe.packing, recipe.seed)
    return sum(batch.tokens for batch in islice(stream, recipe.steps))


def measure(spec: Spec) -> dict[str, Any]:
    """Train, pack twice, measure three times."""
    progress = Lines()
    began = time.monotonic()
    trained = train_bot(spec, progress)
    whole = time.monotonic() - began
    served = release_of(spec, trained, progress)
    plain = spec.model_copy(update={"engine": spec.engine.model_copy(update={"precision": "fp32"})})
    exact = release_of(plain, trained, progress)
    conversations, about = evaluated(spec, trained.dataset)
    progress.start("Measuring")
    tokenizer = Tokenizer.load(trained.run.model)
    exactly = Measure.of(conversations, tokenizer, spec.model.context)
    reference = exactly.bits_per_byte(weights.load(trained.run.model))
    engine = asyncio.run(through_engine(spec, served, conversations))
    engine_fp32 = asyncio.run(through_engine(plain, exact, conversations))
    if not engine["bytes"] == engine_fp32["bytes"] == exactly.content:
        raise SystemExit("FAILED: torch and the engines were measured on different bytes.")
    done = trained.run.done or {}
    return {
        "trained": trained,
        "about": about,
        "whole": whole,
        "seconds": done["seconds"],
        "steps": done["steps"],
        "tokens": trained_tokens(spec, trained),
        "torch": reference,
        "served": engine,
        "precision": spec.engine.precision,
        "fp32": engine_fp32,
    }


def show(found: dict[str, Any], budget: float) -> None:
    shape = found["trained"].run.recipe.shape
    print(
        f"\n{shape.layers} layers of width {shape.width}, {shape.body / 1e6:.2f} M parameters in the "
        f"body, {shape.parameters / 1e6:.2f} M in all; {found['steps']:,} steps in "
        f"{found['seconds']:.1f} s of training; budget {budget:g} s; with reading, cleaning, "
        f"tokenizer and measuring the machine {found['whole']:.1f} s.\n"
        f"{found['about']}; {found['served']['bytes']:,} bytes of content; "
        f"{found['served']['cut']} longer than the context, measured as far as it goes.\n"
    )
    if found["seconds"] > budget:
        print("The training took longer than its budget: was the machine quiet?\n")
    rows: list[list[object]] = [["torch, fp32", f"{found['torch']:.4f}", "", "", ""]]
    for name, values in (
        (f"engine, {found['precision']} (served)", found["served"]),
        ("engine, fp32", found["fp32"]),
    ):
        value, interval = values["bits_per_byte"], values["interval"] or ("", "")
        away = f"{(value / found['torch'] - 1) * 100:+.2f}%"
        rows.append([name, f"{value:.4f}", *interval, away])
    head = ["assistant bits per byte", "", "95% from", "to", "to torch"]
    print(machine.table(head, rows))


def summary(found: dict[str, Any], arguments: argparse.Namespace) -> dict[str, Any]:
    served, shape = found["served"], found["trained"].run.recipe.shape
    return {
        "data": arguments.data,
        f"bpb_{arguments.seconds:g}s": served["bits_per_byte"],
        "interval": served["interval"],
        "n": served["conversations"],
        "precision": found["precision"],
        "bpb_torch": round(found["torch"], 4),
        "bpb_engine_fp32": found["fp32"]["bits_per_byte"],
        "perplexity": served["perplexity"],
        "train_seconds": found["seconds"],
        "steps": found["steps"],
        "tokens_per_second": round(found["tokens"] / found["seconds"]),
        "body_parameters": shape.body,
        "parameters": shape.parameters,
        "seed": arguments.seed,
    }


def main() -> None:
    if "--peers" in sys.argv:  # a program of its own, for it needs what this one does not
        rest = [word for word in sys.argv[1:] if word != "--peers"]
        os.execv(sys.executable, [sys.executable, str(PEERS), *rest])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", choices=DATA, default="sgd")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--shared", type=Path, default=machine.ROOT.parent / "shared" / "data")
    parser.add_argument("--size", default="auto")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    print(machine.header())
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "bot"
        bot_folder(arguments.data, arguments.shared, folder)
        training = {"minutes": arguments.seconds / 60, "seed": arguments.seed}
        spec = load_spec(folder, {"training": training, "model": {"size": arguments.size}})
        found = measure(spec)
        show(found, arguments.seconds)
        print(json.dumps(summary(found, arguments)))


if __name__ == "__main__":
    main()
