"""Trains the tiny bot in several processes; each way once. A program: see tests/training/test_distributed.py.

    torchrun --nproc-per-node 2 tests/sharing.py DATASET BOT FOLDER

Writes the weights of each way to FOLDER, and a line that says whether all processes agree to the bit.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

import torch
import torch.distributed as dist
from safetensors.torch import save_file
from tests import tiny as small

from chatwright.cli import main as cli
from chatwright.core.errors import ChatwrightError
from chatwright.core.progress import Silent
from chatwright.data.batches import Batch
from chatwright.data.dataset import load
from chatwright.training.corpus import prepare
from chatwright.training.distributed import World, together
from chatwright.training.loop import Stopped, train
from chatwright.training.run import Run
from chatwright.training.trainer import Trainer

STEPS = 20
WAYS = {
    "ddp": ("ddp", {}),
    "fsdp": ("fsdp", {}),
    "ddp in parts": ("ddp", {"micro_batch": 256}),
    "fsdp in parts, recomputed": ("fsdp", {"micro_batch": 256, "recompute": True}),
}


class Until(Silent):
    """Asks its own process to stop, once."""

    def advance(self, done: int, note: str = "") -> None:
        if done == 10:
            os.kill(os.getpid(), signal.SIGTERM)


def equal(state: dict[str, torch.Tensor]) -> bool:
    """Whether every process has these very bits."""
    for tensor in state.values():
        least, most = (tensor.double().clone() for _ in range(2))
        dist.all_reduce(least, dist.ReduceOp.MIN)
        dist.all_reduce(most, dist.ReduceOp.MAX)
        if not torch.equal(least, most):
            return False
    return True


def main(dataset: Path, bot: Path, folder: Path) -> None:
    corpus = prepare(small.spec_for(bot), load(dataset))
    cpu = torch.device("cpu")
    with together("cpu") as world:
        for name, (parallel, changes) in WAYS.items():
            recipe = small.recipe_for(corpus, STEPS, **changes)
            trainer = Trainer(recipe, cpu, world.sharing(parallel))
            if world.rank:  # what it begins with does not count: the first one's weights do
                torch.nn.init.ones_(trainer.decoder.model.embed_tokens.weight)
            else:
                trainer.begin(corpus)
            trainer.spread()
            stream = corpus.stream(recipe.packing, recipe.seed)
            losses = [trainer.step([next(stream)], index) for index in range(STEPS)]
            figure = trainer.development(corpus)
            model, optimizer = trainer.state()
            same = equal(model | optimizer | {"loss": torch.tensor([*losses, figure])})
            if world.first:
                print(name, same, f"{losses[-1]:.6f}", f"{figure:.6f}", sep=" | ", flush=True)
                save_file(model, folder / f"{name}.safetensors")
        interrupted(world.sharing("fsdp"), folder, corpus)


def interrupted(world: World, folder: Path, corpus: small.Corpus) -> None:
    """A run of which one process was asked to stop, whereupon both did."""
    recipe = small.recipe_for(corpus, 24)
    if world.first:
        Run.create(folder / "left", recipe)
    world.any(False)
    run = Run(folder / "left" / recipe.id)
    try:
        train(run, corpus, torch.device("cpu"), Until(), checkpoint_every=100, world=world)
    except Stopped as error:
        name = "left 1" if world.rank else "left"
        print(name, error.problem, sep=" | ", flush=True)


def fail(bot: str) -> None:
    """`chatwright train`, in which the second process fails at a step of its own."""
    learn = Trainer.learn

    def broken(self: Trainer, micro: Sequence[Batch], index: int) -> torch.Tensor:
        if self.world.rank == 1 and index == 7:
            raise ChatwrightError("The second one has had enough.", "Leave it.")
        return learn(self, micro, index)

    with mock.patch.object(Trainer, "learn", broken):
        cli(["train", bot, "--seed", "8"])


if __name__ == "__main__":
    if sys.argv[1] == "fail":
        fail(sys.argv[2])
    else:
        main(*map(Path, sys.argv[1:]))
