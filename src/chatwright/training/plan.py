"""From a budget to a Recipe: choose the size, measure this machine, fix the number of steps.

Minutes are turned into steps here, before step 1. After that nothing reads the clock, so the same
recipe gives the same weights however busy the machine is.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace
from itertools import islice

import torch

from chatwright.core.errors import SpecError
from chatwright.core.progress import Progress
from chatwright.data.batches import Packing, packing_for
from chatwright.model.decoder import Decoder
from chatwright.model.sizes import auto_size, shape_for
from chatwright.spec import Spec
from chatwright.training import memory
from chatwright.training.bigrams import STEPS, learn_bigrams
from chatwright.training.corpus import JUDGED_TOKENS, Corpus
from chatwright.training.distributed import ALONE, Parallel, World
from chatwright.training.evidence import told
from chatwright.training.forecast import USUAL, forecast
from chatwright.training.hardware import Hardware
from chatwright.training.methods import lora_of, passes, settings
from chatwright.training.recipe import Recipe
from chatwright.training.trainer import Trainer

BATCH_TOKENS = 2048
WARMUP, DECAY = 0.03, 0.6
COMPILE_FROM_MINUTES = 6.0  # compiling takes 35 to 60 s the first time, and gains a quarter
LEAST = 0.5  # of the budget goes into steps, however long what comes before them takes
FEW = 150  # steps that teach next to nothing
MARGIN = 1.1  # on the fastest steps: checkpoints, development loss, a breath of other work


@dataclass(frozen=True, slots=True)
class Plan:
    """A recipe and what it is expected to take."""

    recipe: Recipe
    seconds: float
    epochs: float
    forecast: float | None = None  # development bits per byte; None where no rule is known

    def describe(self, corpus: Corpus) -> list[str]:
        """What was derived, for people."""
        shape, packing = self.recipe.shape, self.recipe.packing
        lines = [
            f"{len(corpus.train):,} conversations, {corpus.tokens:,} tokens, "
            f"vocabulary {shape.vocabulary:,}, {len(corpus.tokenizer.known):,} known replies",
            f"Decoder: {shape.layers} layers of width {shape.width}, "
            f"{shape.parameters / 1e6:.1f} M parameters, context {shape.context:,} tokens",
            f"{self.recipe.steps:,} steps of about {packing.batch_tokens:,} tokens "
            f"({self.epochs:.1f} passes over the data), {self.recipe.precision}, "
            f"{'compiled' if self.recipe.compiled else 'not compiled'}, "
            f"about {self.seconds / 60:.1f} minutes",
        ]
        if self.forecast is not None:
            near = (
                f"within {USUAL:g}"
                if self.recipe.steps >= FEW
                else "but so few steps are hard to tell"
            )
            lines.append(
                f"Expected: {self.forecast:.2f} bits per byte of what assistants say in development "
                f"conversations, {near}"
            )
        if corpus.knowledge is not None:
            lines.append(told(corpus.grounded))
        lines += [f"left out: {n:,} conversations. {why}" for why, n in corpus.left_out.items()]
        if corpus.judged is not None:
            good, bad = corpus.judged.counts
            kind = "pairs" if not bad else f"replies judged good, {bad:,} judged bad"
            lines[0] = f"{good:,} {kind}; {corpus.judged.left_out:,} too long for the context"
        if self.recipe.steps * self.recipe.warmup < 1:
            lines.append(
                f"The budget is too small for a warm-up: {self.recipe.steps} steps are done without one."
            )
        if corpus.tokens < packing.batch_tokens:
            lines.append(
                f"The data fill less than one batch ({corpus.tokens:,} of {packing.batch_tokens:,} tokens): "
                "every step sees all of them."
            )
        if self.recipe.steps < FEW and self.epochs < 1:
            lines.append(
                "That is too few steps to learn from: give it more time (--minutes), or a machine that "
                "is not busy with something else."
            )
        return lines


def plan(
    spec: Spec,
    corpus: Corpus,
    hardware: Hardware,
    progress: Progress,
    began: float | None = None,
    world: World = ALONE,
) -> Plan:
    """Derive everything that the spec leaves open. The budget runs from `began` (`time.monotonic`).

    Raises `TooBig` when the training would not fit into memory. With several processes one of them
    measures its share of a step; what they say to each other is not counted.
    """
    began = time.monotonic() if began is None else began
    budget = spec.training.minutes * 60
    # Batches of judged replies differ in shape; compiled LoRA is not tried yet.
    plain = corpus.judged is None and lora_of(spec.training) is None
    compiled = plain and _compile(spec, hardware)
    progress.start("Measuring this machine")
    size = spec.model.size
    if size == "auto" and corpus.shape is None:
        probe = _recipe(spec, corpus, hardware, "tiny", compiled=False)
        seconds = _seconds_per_step(probe, corpus, hardware, trials=2)
        flops = 6 * probe.shape.body * probe.packing.batch_tokens / seconds * budget
        if spec.training.tokens:
            flops = 6 * probe.shape.body * spec.training.tokens
        size = auto_size(flops)
    recipe = _recipe(spec, corpus, hardware, size, compiled)
    fits(spec, recipe, corpus, hardware, world)
    seconds = _seconds_per_step(recipe, corpus, hardware, trials=4, processes=world.size) * MARGIN
    if corpus.judged is not None:  # the references: read once, which takes a third of a step
        seconds *= 4 / 3
    fixed = spec.training.tokens // recipe.packing.batch_tokens
    starting = 0.0 if fixed else _seconds_to_begin(recipe, corpus, hardware)
    per_epoch = corpus.per_epoch(recipe.packing, recipe.seed)
    most = passes(spec.training, corpus.shape is not None)
    limit = round(most * per_epoch) if most else sys.maxsize

    def steps() -> int:
        left = budget - (time.monotonic() - began) - starting
        return max(min(fixed or int(max(left, budget * LEAST) / seconds), limit), 10)

    # Counting takes a second or so, which the steps planned after it make up for.
    expected = forecast(replace(recipe, steps=steps()), corpus)
    recipe = replace(recipe, steps=steps())
    progress.stop()
    return Plan(recipe, recipe.steps * seconds, recipe.steps / per_epoch, expected)


def fits(spec: Spec, recipe: Recipe, corpus: Corpus, hardware: Hardware, world: World) -> Parallel:
    """How processes share the model. Raises `TooBig` when it would not fit into memory."""
    place, wanted = hardware.place, spec.training.parallel
    targets = sum(map(sum, (one.learn for one in corpus.train))) / max(corpus.tokens, 1)
    if corpus.judged is not None and (world.size > 1 or recipe.micro_batch):
        raise SpecError(  # its batches are pairs and groups, which rows do not cut
            f'method = "{spec.training.method}" computes whole batches in one process.',
            "Start it without torchrun, and without [training] micro_batch.",
        )
    if corpus.base is not None and corpus.base.foreign:
        if recipe.lora is not None:
            raise SpecError(
                f"LoRA is not known here for a {corpus.base.shape.family}.",
                'Train it whole: method = "supervised" and lora_rank = 0.',
            )
        wanted = "ddp"
    if recipe.lora is not None:  # its additions are small, and what they are added to is not cut
        wanted = "ddp"
    if wanted == "auto":
        wanted = memory.parallel_for(recipe, targets, place, world.here)
    memory.check(recipe, targets, place, world.here, wanted)
    return wanted


def _recipe(spec: Spec, corpus: Corpus, hardware: Hardware, size: str, compiled: bool) -> Recipe:
    shape = corpus.shape or shape_for(size, corpus.tokenizer.padded, corpus.context)
    return Recipe(
        dataset=corpus.dataset.id,
        tokenizer=corpus.tokenizer_hash,
        shape=shape,
        packing=_packing(spec, corpus),
        steps=0,
        warmup=WARMUP,
        decay=DECAY,
        seed=spec.training.seed,
        precision=hardware.precision,
        compiled=compiled,
        threads=hardware.threads,
        keep=spec.training.keep,
        patience=spec.training.patience,
        micro_batch=spec.training.micro_batch,
        recompute=spec.training.checkpoint_activations,
        **settings(spec, corpus),
    )


def _packing(spec: Spec, corpus: Corpus) -> Packing:
    """Text fills rows of the whole context; judged replies are grouped already."""
    if corpus.judged is not None:
        return Packing(corpus.context, corpus.context, max(JUDGED_TOKENS, corpus.context), 0.0)
    if spec.training.method == "pretraining":
        return Packing(corpus.context, corpus.context, max(BATCH_TOKENS, corpus.context), 0.0)
    packing = packing_for(corpus.lengths, corpus.context, BATCH_TOKENS)
    # A base knows far positions, and its template may not let conversations be chained.
    return packing if corpus.base is None else replace(packing, chained=0.0)


def _compile(spec: Spec, hardware: Hardware) -> bool:
    wanted = spec.training.compile
    if wanted == "auto":
        long = spec.training.minutes >= COMPILE_FROM_MINUTES
        return hardware.compiler and (long or hardware.device != "cpu")
    return wanted == "always" and hardware.compiler


def _seconds_per_step(
    recipe: Recipe, corpus: Corpus, hardware: Hardware, trials: int, processes: int = 1
) -> float:
    """Time real steps on a throw-away model: the mean over short and long rows as they occur.

    Of each kind the fastest: what else the machine does for a moment shall not shorten all of the
    training. Work that stays makes the training take longer than its budget instead.
    """
    trainer = Trainer(replace(recipe, steps=1000), torch.device(hardware.device))
    stream = corpus.stream(recipe.packing, recipe.seed)
    kinds: dict[int, list[float]] = {}
    share: dict[int, int] = {}
    for batch in islice(stream, 400):
        length = batch.ids_BT.shape[1]
        share[length] = share.get(length, 0) + 1
        times = kinds.setdefault(length, [])
        if len(times) <= trials:  # the first of each kind warms up, or compiles
            mine = batch.rows(0, -(-len(batch.ids_BT) // processes)) if processes > 1 else batch
            began = time.monotonic()
            trainer.step([mine], 0)
            times.append(time.monotonic() - began)
        elif all(len(times) > trials for times in kinds.values()) and sum(share.values()) > 60:
            break
    total = sum(share.values())
    return sum(share[length] / total * min(times[1:] or times) for length, times in kinds.items())


def _seconds_to_begin(recipe: Recipe, corpus: Corpus, hardware: Hardware) -> float:
    """What the long part of `Trainer.begin` will take, from two of its steps."""
    if recipe.initial != "counts":
        return 0.0
    trainer = Trainer(recipe, torch.device(hardware.device))
    decoder = trainer.decoder
    assert isinstance(decoder, Decoder)
    taken = []
    for steps in (0, 2):
        began = time.monotonic()
        with trainer.autocast():
            learn_bigrams(decoder, corpus.train, corpus.tokenizer.begin, steps)
        taken.append(time.monotonic() - began)
    return taken[0] + (taken[1] - taken[0]) / 2 * STEPS
