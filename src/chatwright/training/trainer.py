"""The loop: batch in, step out; checkpoints that survive anything; the same result when resumed."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import torch

from chatwright.core.errors import ChatwrightError
from chatwright.core.progress import Progress
from chatwright.data.batches import Batch
from chatwright.model import weights
from chatwright.model.adopted import Adopted
from chatwright.model.decoder import Decoder
from chatwright.model.foreign import Foreign
from chatwright.training.bigrams import learn_bigrams
from chatwright.training.corpus import Corpus
from chatwright.training.initial import induction, spectral
from chatwright.training.objectives import OBJECTIVES, bits_per_byte
from chatwright.training.optim import Optimizer
from chatwright.training.recipe import Recipe
from chatwright.training.run import Run
from chatwright.training.schedule import rate

DEVELOPMENT_TIMES = 6  # how often the development loss is taken in a run
LOG_EVERY = 5


class Stopped(ChatwrightError):
    """Training was asked to stop; a checkpoint of the last step is on disk."""


class Trainer:
    """A decoder, its optimizer and one step. Knows nothing of files or clocks."""

    def __init__(self, recipe: Recipe, device: torch.device, base: Adopted | None = None) -> None:
        """With the weights of `base`; else random ones, which do for measuring and for a checkpoint."""
        torch.set_num_threads(recipe.threads)
        self.recipe, self.device = recipe, device
        self.decoder: Decoder | Foreign
        if base is None:
            self.decoder = Decoder(recipe.shape)
            self.decoder.initialise(torch.Generator().manual_seed(recipe.seed))
        else:
            self.decoder = base.load()  # no dropout, so that a resumed run is the same
        self.decoder.to(device)
        self.optimizer = Optimizer(self.decoder, recipe.rates, recipe.shape.head_size)
        self._objective = OBJECTIVES[recipe.objective]
        if recipe.compiled and isinstance(self.decoder, Decoder):
            # In place: parameter names, and so checkpoints, stay the same.
            self.decoder.model.compile()

    def begin(self, corpus: Corpus) -> int:
        """Give the weights their start; returns the number of the first step."""
        if self.recipe.initial == "counts":
            assert isinstance(self.decoder, Decoder)
            tokenizer, seed = corpus.tokenizer, self.recipe.seed
            spectral(self.decoder, corpus.train, tokenizer.special - tokenizer.silent, seed)
            learn_bigrams(self.decoder, corpus.train, tokenizer.begin)
            induction(self.decoder, seed)
        return 0

    def step(self, micro: Sequence[Batch], index: int) -> float:
        """Learn from micro-batches as step `index`; returns the loss, in nats per target token."""
        recipe = self.recipe
        weight = sum(batch.weight for batch in micro)
        total = 0.0
        for batch in micro:
            with self.autocast():
                loss = self._objective(self.decoder, self._placed(batch)) / weight
            loss.backward()
            total += loss.item()
        self.optimizer.step(rate(index, recipe.steps, recipe.warmup, recipe.decay))
        return total

    def _placed(self, batch: Batch) -> Batch:
        """Compiled code wants the same shapes in every step: the mask dense."""
        batch = batch.to(self.device)
        return batch.masked() if self.recipe.compiled and batch.mask_B1TT is None else batch

    def autocast(self) -> torch.autocast:
        enabled = self.recipe.precision == "bf16"
        return torch.autocast(self.device.type, torch.bfloat16, enabled=enabled)

    def development(self, corpus: Corpus) -> float:
        """Assistant bits per byte on the development sample."""
        tokenizer = corpus.tokenizer
        with self.autocast():
            return bits_per_byte(
                self.decoder,
                (self._placed(b) for b in corpus.dev_batches(self.recipe.packing)),
                frozenset({tokenizer.end, tokenizer.refuse}),
                corpus.dev_bytes,
            )


def train(
    run: Run,
    corpus: Corpus,
    device: torch.device,
    progress: Progress,
    *,
    checkpoint_every: int,
) -> dict[str, Any]:
    """Execute the run's recipe from where it stands to its end; returns the summary in `done.json`.

    Raises `Stopped` after SIGINT or SIGTERM, with a checkpoint written.
    """
    if (done := run.done) is not None:
        return done
    recipe = run.recipe
    trainer = Trainer(recipe, device, corpus.base)
    first = _resume(run, trainer) or trainer.begin(corpus)
    stream = corpus.stream(recipe.packing, recipe.seed)
    watch = max(1, recipe.steps // DEVELOPMENT_TIMES)
    began = time.monotonic()
    progress.start("Training", recipe.steps)
    with _stop_requests() as stop:
        for index, batch in enumerate(islice(stream, first, recipe.steps), first):
            loss = trainer.step([batch], index)
            row: dict[str, Any] = {"step": index + 1, "loss": round(loss, 4)}
            row["seconds"] = round(time.monotonic() - began, 2)
            if (index + 1) % watch == 0 or index + 1 == recipe.steps:
                row["dev_bits_per_byte"] = round(trainer.development(corpus), 4)
            if len(row) > 3 or (index + 1) % LOG_EVERY == 0:
                run.log(row)
            progress.advance(index + 1, f"loss {loss:.2f}")
            if stop or (index + 1) % checkpoint_every == 0:
                run.save(index + 1, trainer.decoder.state_dict(), trainer.optimizer.state())
            if stop:
                raise Stopped(
                    f"Training stopped after step {index + 1} of {recipe.steps}.",
                    "Run the same command to go on from there.",
                )
    progress.stop()
    _export(trainer.decoder, corpus, run)
    if corpus.chooser is not None:
        corpus.chooser.save(run.model)
    metrics = run.metrics()
    summary = {
        "steps": recipe.steps,
        "tokens": recipe.steps * recipe.packing.batch_tokens,
        "seconds": round(time.monotonic() - began, 1),
        "resumed_at": first,
        "dev_bits_per_byte": metrics[-1].get("dev_bits_per_byte") if metrics else None,
    }
    run.finish(summary)
    return summary


def _export(decoder: Decoder | Foreign, corpus: Corpus, run: Run) -> None:
    if isinstance(decoder, Foreign):
        weights.save_foreign(decoder, corpus.tokenizer, run.model)
    else:
        weights.save(decoder, corpus.tokenizer, run.model)


def _resume(run: Run, trainer: Trainer) -> int:
    saved = run.latest()
    if saved is None:
        return 0
    step, model, optimizer = saved
    trainer.decoder.load_state_dict(model)
    trainer.optimizer.restore(optimizer)
    return step


@contextmanager
def _stop_requests() -> Iterator[list[int]]:
    """While inside, SIGINT and SIGTERM are noted in the list instead of ending the process."""
    asked: list[int] = []
    before = {
        number: signal.signal(number, lambda n, _frame: asked.append(n))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
