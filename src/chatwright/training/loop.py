"""The loop: step after step to the end of a recipe; the same result when resumed.

It measures, keeps the best weights, writes checkpoints, stops when asked or when nothing gets better,
and says why when numbers cease to be numbers. Only the first of several processes writes and talks.
"""

from __future__ import annotations

import math
import signal
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import islice
from typing import Any

import torch

from chatwright.core.errors import ChatwrightError
from chatwright.core.files import alone
from chatwright.core.progress import Progress
from chatwright.data.batches import Batch
from chatwright.model import lora, weights
from chatwright.model.decoder import Decoder
from chatwright.model.foreign import Foreign
from chatwright.training import sample
from chatwright.training.ahead import ahead
from chatwright.training.corpus import Corpus
from chatwright.training.distributed import ALONE, World, reshard
from chatwright.training.divergence import Alarm, Diverged, NotFinite, explain
from chatwright.training.follow import Follow
from chatwright.training.history import DEVELOPMENT
from chatwright.training.past import forgetting
from chatwright.training.run import Run
from chatwright.training.trainer import Trainer
from chatwright.training.yielding import Yielding

DEVELOPMENT_TIMES = 6  # how often the development loss is taken in a run
LOG_EVERY = 5


class Stopped(ChatwrightError):
    """Training was asked to stop; a checkpoint of the last step is on disk."""


def train(
    run: Run,
    corpus: Corpus,
    device: torch.device,
    progress: Progress,
    *,
    checkpoint_every: int,
    world: World = ALONE,
    log_to: Sequence[str] = (),
) -> dict[str, Any]:
    """Execute the run's recipe from where it stands to its end; returns the summary in `done.json`.

    Raises `Stopped` after SIGINT or SIGTERM, with a checkpoint written, and `Diverged`. A second
    training of the same run at the same time waits for the first.
    """
    with alone(run.folder) if world.first else nullcontext():
        finished = (
            world.agree(int(run.done is not None)) if world.size > 1 else run.done is not None
        )
        if not finished:
            _Loop(run, corpus, device, progress, checkpoint_every, world, log_to).go()
    world.any(False)  # nobody reads the result before it is written
    done = run.done
    assert done is not None
    return done


class _Loop:
    """What one execution holds together: trainer, run, what is told, and the best so far."""

    def __init__(
        self,
        run: Run,
        corpus: Corpus,
        device: torch.device,
        progress: Progress,
        checkpoint_every: int,
        world: World,
        log_to: Sequence[str],
    ) -> None:
        self.run, self.corpus, self.world = run, corpus, world
        self.recipe = run.recipe
        self.progress, self.checkpoint_every = progress, checkpoint_every
        self.watch = max(1, self.recipe.steps // DEVELOPMENT_TIMES)
        if corpus.start is not None:
            corpus.start.check()
        self.pause = Yielding(run.folder.parent.parent)  # the bot's .chatwright
        self.trainer = Trainer(self.recipe, device, world, corpus.start, corpus.base, self.pause)
        # Before a checkpoint is loaded: what the start knew, and what it says of judged replies.
        self.remembered = self.trainer.development(corpus, old=True) if corpus.old else None
        self.stream = self.trainer.stream(corpus)
        self.first = self.looked = self._begin()
        # On a CPU the loss costs nothing to read; elsewhere it waits for the device, and with several
        # processes what one of them is asked has to be agreed on.
        self.every = 1 if device.type == "cpu" and world.size == 1 else LOG_EVERY
        self.follow = Follow(
            run, progress, device, self.first, log_to if world.first else (), self.pause
        )
        self.alarm = Alarm()
        self.prompt = sample.opening(corpus.dev)
        self._find_best()

    def _begin(self) -> int:
        """Weights and optimizer as they stood, or as they start; the number of the first step."""
        saved = self.run.latest() if self.world.first else None
        step = self.world.agree(saved.step if saved else 0)
        if saved is not None:
            self.trainer.load(saved.model, saved.optimizer)
        elif not step:
            self.trainer.begin(self.corpus)
        self.trainer.spread()
        return step

    def _find_best(self) -> None:
        """The best on disk may be of a later step than the checkpoint: it will be measured again."""
        best = self.run.best() if self.world.first else None
        self.best_step = self.world.agree(best.step if best else 0)
        self.best = float(best.about["figure"]) if best else math.inf

    def go(self) -> None:
        recipe, device = self.recipe, self.trainer.device
        # It may have been interrupted after its last step, before it could say so.
        end = self.first if self._enough(self.first) else recipe.steps
        batches = islice(self.stream, self.first, end)
        self.progress.start("Training", recipe.steps)
        step = self.first
        try:
            with _stop_requests() as stop, _built(batches, device) as built:
                tokens = 0
                for index, batch in enumerate(built, self.first):
                    step, tokens = index + 1, tokens + batch.tokens
                    loss = self.trainer.learn([batch], index)
                    read = step % self.every == 0 or step == recipe.steps
                    if not read and not self._measures(step):
                        continue
                    self.trainer.health.check()
                    self._read(step, float(loss), tokens)
                    tokens = 0
                    self._checkpoint(step, bool(stop))
                    if self._enough(step):
                        break
        except NotFinite as found:
            raise self._explained(found) from found
        except Diverged as error:
            self._note_divergence({"step": step, "why": error.problem})
            raise
        finally:
            self.follow.close()
        self._finish(step)

    def _measures(self, step: int) -> bool:
        steps = self.recipe.steps
        return step == steps or (step % self.watch == 0 and step + self.watch // 2 <= steps)

    def _read(self, step: int, loss: float, tokens: int) -> None:
        """Log what is due, and look at how it goes."""
        row: dict[str, Any] = {"step": step, "loss": round(loss, 4)}
        if self._measures(step) and (figure := self.trainer.development(self.corpus)) is not None:
            row[DEVELOPMENT] = round(figure, 4)
            if self.prompt:
                row["sample"] = self._sample()
            self._keep_best(step, figure)
        if self.world.first:
            if len(row) > 2 or step % LOG_EVERY == 0:
                self.follow.log(row)
            self.follow.step(step, loss, tokens)
        self.alarm.note(step, loss)

    def _sample(self) -> str:
        """Question and answer as they are now, on one line."""
        trainer, tokenizer = self.trainer, self.corpus.tokenizer
        with trainer.autocast():
            said = sample.reply(trainer.decoder, tokenizer, self.prompt, trainer.device)
        reshard(trainer.body)
        return " ".join(f"{tokenizer.decode(self.prompt)} -> {said}".split())

    def _keep_best(self, step: int, figure: float) -> None:
        better = (
            self.world.agree(int(figure < self.best)) if self.world.size > 1 else figure < self.best
        )
        if better:
            self.best, self.best_step = figure, step
            model, _ = self.trainer.state()
            if self.world.first:
                self.run.save_best(step, figure, model)

    def _enough(self, step: int) -> bool:
        """Whether `patience` measurements have brought nothing better."""
        patience = self.recipe.patience
        if not patience or not self._measures(step) or not self.best_step:
            return False
        return step // self.watch - self.best_step // self.watch >= patience

    def _checkpoint(self, step: int, stop: bool) -> None:
        """Write one if it is due. None while the loss is suspiciously high: the last good one stays.

        Raises `Stopped` when one of the processes was asked to.
        """
        asked = self.world.any(stop) if self.world.size > 1 else stop
        due = step // self.checkpoint_every > self.looked // self.checkpoint_every
        self.looked = step
        if asked or (due and self.alarm.since is None):
            model, optimizer = self.trainer.state()
            if self.world.first:
                self.run.save(step, model, optimizer)
        if asked:
            raise Stopped(
                f"Training stopped after step {step} of {self.recipe.steps}.",
                "Run the same command to go on from there.",
            )

    def _explained(self, found: NotFinite) -> Diverged:
        """What is known of a step that came to no number: rates, parameter, row."""
        trainer, rates = self.trainer, self.recipe.rates
        factor = trainer.factor(found.index)
        each = [(n, getattr(rates, n) * factor) for n in ("matrices", "embedding", "rest")]
        text = "Its rows were not looked at."
        # With parts of weights this would need all processes; on a GPU the weights are spoilt by now.
        if trainer.device.type == "cpu" and not self.world.sharded and not self.corpus.judged:
            stream = self.corpus.stream(self.recipe.packing, self.recipe.seed)
            batch: Batch = next(islice(stream, found.index, None))
            row, loss = trainer.worst_row(batch)
            words = self.corpus.tokenizer.decode(batch.ids_BT[row].tolist())[:80]
            rows = len(batch.ids_BT)
            text = f'Of its {rows} rows, row {row} has the highest loss ({loss:.3g}): "{words}...".'
        error = explain(found, each, text)
        self._note_divergence(
            {"step": found.index + 1, "why": error.problem, "parameters": list(found.parameters)}
        )
        return error

    def _note_divergence(self, about: dict[str, Any]) -> None:
        if self.world.first:
            self.run.diverge(about)

    def _finish(self, step: int) -> None:
        """Save what is released, and the summary that says that the run is done."""
        recipe, trainer = self.recipe, self.trainer
        last, _ = trainer.state()
        if not self.world.first:
            return
        if told := self.pause.told():
            self.progress.say(told)
        best = self.run.best() if recipe.keep == "best" else None
        kept = best.step if best is not None else step
        if kept != step:
            self.progress.say(
                f"Step {kept:,} of {step:,} was best on development data: it is kept."
            )
        if self.world.sharded:
            trainer.decoder = Decoder(recipe.shape)
        lora.restore(trainer.decoder, best.model if best is not None else last)
        self._export()
        figures = {row["step"]: row.get(DEVELOPMENT) for row in self.run.metrics()}
        summary: dict[str, Any] = {
            "steps": step,
            "planned_steps": recipe.steps,
            "tokens": step * recipe.packing.batch_tokens,
            "seconds": round(self.follow.seconds, 1),
            "paused_seconds": round(self.pause.paused, 1),
            "resumed_at": self.first,
            "processes": self.world.size,
            "kept_step": kept,
            DEVELOPMENT: figures.get(kept),
            "last_dev_bits_per_byte": figures.get(step),
        }
        if self.corpus.past is not None:
            still = trainer.development(self.corpus, old=True)
            summary["forgetting"] = forgetting(self.remembered, still, self.corpus.past)
        self.run.finish(summary)

    def _export(self) -> None:
        """The trained model as a folder; what LoRA added beside it, and merged into it."""
        corpus, run, decoder = self.corpus, self.run, self.trainer.decoder
        if isinstance(decoder, Foreign):
            weights.save_foreign(decoder, corpus.tokenizer, run.model)
            return
        if (added := self.recipe.lora) is not None:
            began = corpus.start or corpus.base
            if began is not None and decoder.shape.family != "gpt2":  # whose names differ
                lora.save(decoder, added, run.adapter, str(began.folder))
            lora.merge(decoder)
        weights.save(decoder, corpus.tokenizer, run.model)
        if corpus.chooser is not None:
            corpus.chooser.save(run.model)


def _built(
    batches: Iterator[Batch], device: torch.device
) -> AbstractContextManager[Iterator[Batch]]:
    """Batches as they are asked for; for a GPU made ahead, in memory that it can copy from by itself."""
    return nullcontext(batches) if device.type == "cpu" else ahead(b.pinned() for b in batches)


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
