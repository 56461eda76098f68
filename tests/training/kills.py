"""Kills a training with SIGKILL, again and again, and lets it end. A program: see test_kill.py.

    python -m tests.training.kills RUNS DATASET BOT STEPS KILLS SEED

Each attempt is a fork that goes on from what the last one left. It is killed at a random step: when the
step is done, half-way through a file of its checkpoint, just before the checkpoint gets its name, or at
a random moment. A line per kill says which, and what the folder held then.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch
from tests import tiny as small

from chatwright.core.progress import Silent
from chatwright.data.dataset import load
from chatwright.training import run as running
from chatwright.training.corpus import Corpus, prepare
from chatwright.training.loop import train
from chatwright.training.run import Run

EVERY = 3  # steps to a checkpoint


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Until(Silent):
    """Dies when a step is done, before its checkpoint; or gets something ready to die in it."""

    def __init__(self, step: int, act: Callable[[], None]) -> None:
        self.step, self.act, self.acted = step, act, False

    def advance(self, done: int, note: str = "") -> None:
        if done >= self.step and not self.acted:
            self.acted = True
            self.act()


def in_a_file(name: str) -> None:
    """The next file called so is written to a half, and that is the end."""
    real = running.write_tensors

    def half(tensors: dict[str, torch.Tensor], path: Path) -> None:
        real(tensors, path)
        if path.name == name:
            os.truncate(path, path.stat().st_size // 2)
            die()

    running.write_tensors = half


def before_its_name() -> None:
    sys.addaudithook(
        lambda event, args: die() if event == "os.rename" and ".partial" in str(args) else None
    )


def soon() -> None:
    """At a moment that nothing here chooses."""
    victim = os.getpid()
    if not os.fork():
        time.sleep(random.uniform(0, 0.02))
        os.kill(victim, signal.SIGKILL)
        os._exit(0)


WAYS: dict[str, Callable[[], None]] = {
    "when the step was done": die,
    "inside model.safetensors": lambda: in_a_file("model.safetensors"),
    "inside optimizer.safetensors": lambda: in_a_file("optimizer.safetensors"),
    "before the checkpoint had its name": before_its_name,
    "at any moment": soon,
}


def attempt(run: Run, corpus: Corpus, step: int, way: str) -> int:
    child = os.fork()  # each try is a process of its own; torch is imported once
    if not child:
        progress = Until(step, WAYS[way]) if way else Silent()
        train(run, corpus, torch.device("cpu"), progress, checkpoint_every=EVERY)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(runs: str, dataset: str, bot: str, steps: str, kills: str, seed: str) -> None:
    random.seed(int(seed))
    corpus = prepare(small.spec_for(Path(bot)), load(Path(dataset)))
    run = Run.create(Path(runs), small.recipe_for(corpus, int(steps)))
    places = sorted(random.sample(range(5, int(steps) - 15), int(kills)))
    ways = [list(WAYS)[n % len(WAYS)] for n in range(len(places))]
    random.shuffle(ways)
    for place, way in zip(places, ways, strict=True):
        code = attempt(run, corpus, place, way)
        saved, torn = run.latest(), [p.name for p in run.folder.glob(".*.partial")]
        print(code, f"step {place} {way}", saved.step if saved else 0, *torn, sep=" | ", flush=True)
    code = attempt(run, corpus, 0, "")
    print(code, "to the end", int(steps), sep=" | ", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
