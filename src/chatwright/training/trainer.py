"""One step, and the measure of a model: batch in, weights changed. Knows nothing of files or clocks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from chatwright.data.batches import Batch
from chatwright.model import lora, weights
from chatwright.model.adopted import Adopted
from chatwright.model.decoder import Decoder
from chatwright.model.foreign import Foreign
from chatwright.training.bigrams import learn_bigrams
from chatwright.training.corpus import Corpus
from chatwright.training.distributed import ALONE, World, reshard, whole
from chatwright.training.divergence import Health
from chatwright.training.initial import induction, spectral
from chatwright.training.objectives import bits_per_byte, objective, reference
from chatwright.training.optim import Optimizer
from chatwright.training.recipe import Recipe
from chatwright.training.schedule import rate
from chatwright.training.shares import shares
from chatwright.training.start import Start
from chatwright.training.yielding import Pause, attach


class Trainer:
    """A decoder, its optimizer and one step; in each of the processes of `world`, if there are several."""

    def __init__(
        self,
        recipe: Recipe,
        device: torch.device,
        world: World = ALONE,
        start: Start | None = None,
        base: Adopted | None = None,
        pause: Pause = lambda: None,
    ) -> None:
        """With the weights of `start` or `base`; else random ones, which do for measuring.

        `pause` is called where waiting does no harm.
        """
        torch.set_num_threads(max(1, recipe.threads // world.here))
        self.recipe, self.device, self.world, self._pause = recipe, device, world, pause
        self.decoder: Decoder | Foreign
        if start is not None:
            self.decoder = weights.load(Path(start.folder)).train()
        elif base is not None:
            self.decoder = base.load()  # no dropout, so that a resumed run is the same
        else:
            self.decoder = Decoder(recipe.shape)
            self.decoder.initialise(torch.Generator().manual_seed(recipe.seed))
        if recipe.lora is not None:
            assert isinstance(self.decoder, Decoder)
            lora.lay(self.decoder, recipe.lora, recipe.seed)
        self.decoder.to(device)
        self._objective = objective(recipe.objective, recipe.preference)
        if recipe.recompute:
            recompute(self.decoder)
        if recipe.compiled and isinstance(self.decoder, Decoder):
            # In place: parameter names, and so checkpoints, stay the same.
            for module in self.decoder.model.layers if world.sharded else (self.decoder.model,):
                module.compile()
        if device.type == "cpu" and isinstance(self.decoder, Decoder):
            attach(self.decoder, pause)
        self._make_optimizer()

    @property
    def body(self) -> nn.Module:
        """What is cut into parts where several processes share one model."""
        return self.decoder.model if isinstance(self.decoder, Decoder) else self.decoder.inner

    def _make_optimizer(self) -> None:
        self.optimizer = Optimizer(self.decoder, self.recipe.rates, self.recipe.shape.head_size)
        self.health = Health(self.decoder, self.world)

    def begin(self, corpus: Corpus) -> int:
        """Give the weights their start; returns the number of the first step."""
        if self.recipe.initial == "counts":
            assert isinstance(self.decoder, Decoder)
            tokenizer, seed = corpus.tokenizer, self.recipe.seed
            spectral(self.decoder, corpus.train, tokenizer.special - tokenizer.silent, seed)
            with self.autocast():
                learn_bigrams(self.decoder, corpus.train, tokenizer.begin)
            induction(self.decoder, seed)
        return 0

    def stream(self, corpus: Corpus) -> Iterator[Batch]:
        """Training batches; asked for before the first step, while the weights are those of the start."""
        recipe, references = self.recipe, {}
        if (judged := corpus.judged) is not None:
            needed = dict.fromkeys(islice(judged.order(recipe.seed), recipe.steps))
            with self.autocast():
                references = {
                    index: reference(self.decoder, self._placed(judged.batch(index)))
                    for index in needed
                }
        return corpus.stream(recipe.packing, recipe.seed, references)

    def load(self, model: dict[str, Tensor], optimizer: dict[str, Tensor]) -> None:
        """Go on from a checkpoint; before `spread`."""
        lora.restore(self.decoder, model)
        self.optimizer.restore(optimizer)

    def spread(self) -> None:
        """Let all processes go on from the first one's state; with FSDP each keeps its part of it."""
        if self.world.size == 1:
            return
        state = self.optimizer.state()
        self.world.share(dict(self.decoder.named_parameters()))
        self.world.share(state)
        if self.world.sharded:
            self.world.cut(self.body)
            self._make_optimizer()  # of the parts
        self.optimizer.restore(state)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        """Model and optimizer as one process would have them. All processes must ask together."""
        states = lora.trained(self.decoder), self.optimizer.state()
        model, optimizer = (
            {name: whole(t.detach()) for name, t in state.items()} for state in states
        )
        return model, optimizer

    def step(self, micro: Sequence[Batch], index: int) -> float:
        """`learn`, and wait for the loss."""
        return float(self.learn(micro, index))

    def learn(self, micro: Sequence[Batch], index: int) -> Tensor:
        """Learn from batches as step `index`; returns the loss [], in nats per target token.

        Each process gives all batches of the step and computes its rows. Raises `NotFinite` before a
        weight is changed on a CPU; elsewhere `health.check` does, for nothing waits for the device here.
        """
        weight = sum(batch.weight for batch in micro)
        total = torch.zeros((), device=self.device)
        for share in shares(micro, self.world.rank, self.world.size, self.recipe.micro_batch):
            self._pause()
            with self.autocast():
                loss = self._objective(self.decoder, self._placed(share.batch)) / weight
            (loss if share.counts == 1.0 else loss * share.counts).backward()
            total += loss.detach() * share.counts
        self.world.total_gradients(self.decoder.parameters())
        self.world.total([total])
        self._pause()
        self.health.note(index, total)
        if self.device.type == "cpu":
            self.health.check()
        self.optimizer.step(self.factor(index))
        return total

    def factor(self, index: int) -> float:
        """On every learning rate, at step `index`."""
        recipe = self.recipe
        return rate(index, recipe.steps, recipe.warmup, recipe.decay)

    @torch.no_grad()
    def worst_row(self, batch: Batch) -> tuple[int, float]:
        """The row with the highest loss, or the first whose loss is no number, and that loss."""
        losses = []
        for number in range(len(batch.ids_BT)):
            row = batch.rows(number, number + 1)
            with self.autocast():
                loss = self._objective(self.decoder, self._placed(row))
            losses.append(float(loss) / max(row.weight, 1))
        bad = [number for number, loss in enumerate(losses) if not math.isfinite(loss)]
        worst = bad[0] if bad else max(range(len(losses)), key=losses.__getitem__)
        return worst, losses[worst]

    def _placed(self, batch: Batch) -> Batch:
        """A GPU's compiled code wants the same shapes in every step: the mask dense."""
        batch = batch.to(self.device)
        dense = self.recipe.compiled and self.device.type != "cpu"
        return batch.masked() if dense and batch.mask_B1TT is None else batch

    def autocast(self) -> torch.autocast:
        enabled = self.recipe.precision == "bf16"
        return torch.autocast(self.device.type, torch.bfloat16, enabled=enabled)

    def development(self, corpus: Corpus, *, old: bool = False) -> float | None:
        """Bits per byte on the development sample, or on that of what the start learned from; None where
        there is none."""
        if not (corpus.old if old else corpus.dev):
            return None
        tokenizer = corpus.tokenizer
        with self.autocast():
            figure = bits_per_byte(
                self.decoder,
                (self._placed(b) for b in corpus.dev_batches(self.recipe.packing, old=old)),
                tokenizer.special - frozenset(tokenizer.replies.values()),
                corpus.old_bytes if old else corpus.dev_bytes,
            )
        reshard(self.body)
        return figure


def recompute(decoder: Decoder | Foreign) -> None:
    """Let every layer keep its input alone and compute the rest again in the backward pass.

    Same gradients, a third more time, a fraction of the memory (arXiv 1604.06174).
    """
    if isinstance(decoder, Foreign):
        decoder.inner.gradient_checkpointing_enable({"use_reentrant": False})
        return
    for layer in decoder.model.layers:
        layer.forward = partial(checkpoint, layer.forward, use_reentrant=False)
