"""Who trains in `train_peers.py`, and how each is set up. Nothing here measures or compares.

- `Ours`: what `chatwright train` does, step by step: `training.plan`'s recipe, `Trainer.begin`, `Trainer.step`.
- `Loop`: GPT-2's layout in plain torch and a loop as in nanoGPT: AdamW (0.9, 0.95), weight decay 0.1 on
  what has two dimensions, 3% warm-up, cosine to a tenth, gradients clipped at 1.0, no dropout.
- `HuggingFace`: `GPT2LMHeadModel`, SDPA, without dropout, which short runs do not want, and
  `transformers.Trainer` as it comes (fused AdamW, linear to zero, clipped at 1.0), with 3% warm-up, no
  logging, saving or progress bar.

All get the same `Batch` objects: the same conversations in the same rows, with positions from each
conversation's start. Where ours splits attention by conversation, the peers get the same as a mask
(made by `Batch.masked`, as ours on a GPU), the only way that either library offers. Labels are the same: the
assistants' words and ends.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset
from train_clock import Clock
from transformers import (
    GPT2Config,
    GPT2LMHeadModel,
    Trainer,
    TrainerCallback,
    TrainingArguments,
)

from chatwright.core.pieces import Pieces
from chatwright.data.batches import Batch
from chatwright.training import trainer
from chatwright.training.corpus import Corpus
from chatwright.training.recipe import Recipe

WARMUP = 0.03  # of the steps; ours has as much
NOTHING = -100  # the label of what is no target
STATE = "state.pt"
After = Callable[[int], bool]  # told how many steps are done; True: stop here


@dataclass(frozen=True, slots=True)
class Layout:
    """GPT-2's: heads of 64, a hidden width of four times `width`."""

    vocabulary: int
    width: int
    layers: int
    context: int

    @property
    def heads(self) -> int:
        return self.width // 64

    @property
    def parameters(self) -> int:
        d = self.width
        return self.layers * (12 * d * d + 13 * d) + (self.vocabulary + self.context) * d + 2 * d


class Contestant(Protocol):
    """A model in training. `run` starts the clock; on `stop` by `after` it leaves its state in `folder`."""

    @property
    def decoder(self) -> Any:
        """What is measured: `model` and `logits` as our Decoder has them, not compiled."""

    def run(self, batches: Iterator[Batch], first: int, clock: Clock, after: After) -> None: ...


def labels_of(batch: Batch, shift: int) -> Tensor:
    """[B, T]: targets, `NOTHING` elsewhere. `shift` 0: beside the position that predicts; 1: at their own."""
    flat = torch.full((batch.ids_BT.numel(),), NOTHING)
    flat[batch.at_N + shift] = batch.targets_N
    return flat.view_as(batch.ids_BT)


class Ours:
    """chatwright."""

    def __init__(self, recipe: Recipe, corpus: Corpus, folder: Path) -> None:
        self.trainer = trainer.Trainer(recipe, torch.device("cpu"))
        self._corpus, self._folder = corpus, folder

    @property
    def decoder(self) -> Any:
        """A copy is not compiled, and so not compiled anew for what is measured."""
        compiled = self.trainer.recipe.compiled
        return copy.deepcopy(self.trainer.decoder) if compiled else self.trainer.decoder

    def run(self, batches: Iterator[Batch], first: int, clock: Clock, after: After) -> None:
        if first:
            model, optimizer = torch.load(self._folder / STATE, weights_only=True)
            self.trainer.decoder.load_state_dict(model)
            self.trainer.optimizer.restore(optimizer)
        clock.start()
        if not first:
            self.trainer.begin(self._corpus)  # the start from counts is part of the time
        for index, batch in enumerate(batches, first):
            self.trainer.step([batch], index)
            if after(index + 1):
                state = self.trainer.decoder.state_dict(), self.trainer.optimizer.state()
                torch.save(state, self._folder / STATE)
                return


class Block(nn.Module):
    def __init__(self, layout: Layout) -> None:
        super().__init__()
        d, self.heads = layout.width, layout.heads
        self.ln_1, self.ln_2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.c_attn, self.c_proj = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.c_fc, self.c_out = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)

    def forward(self, x_BTD: Tensor, mask_B1TT: Tensor) -> Tensor:
        b, t, d = x_BTD.shape
        qkv = self.c_attn(self.ln_1(x_BTD)).view(b, t, 3, self.heads, d // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask_B1TT)
        x = x_BTD + self.c_proj(y.transpose(1, 2).reshape(b, t, d))
        return x + self.c_out(F.gelu(self.c_fc(self.ln_2(x))))


class GPT(nn.Module):
    """GPT-2's layout, with nanoGPT's start: normal(0, 0.02), residual outputs scaled down, head tied."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self.layers = layout.layers
        self.wte = nn.Embedding(layout.vocabulary, layout.width)
        self.wpe = nn.Embedding(layout.context, layout.width)
        self.h = nn.ModuleList(Block(layout) for _ in range(layout.layers))
        self.ln_f = nn.LayerNorm(layout.width)

    def start(self, seed: int) -> None:
        generator = torch.Generator().manual_seed(seed)
        for name, p in self.named_parameters():
            if p.ndim == 2:
                residual = name.endswith(("c_proj.weight", "c_out.weight"))
                std = 0.02 / math.sqrt(2 * self.layers) if residual else 0.02
                nn.init.normal_(p, std=std, generator=generator)
            else:
                nn.init.constant_(p, float("ln_" in name and name.endswith("weight")))

    def hidden(self, ids_BT: Tensor, positions_BT: Tensor, mask_B1TT: Tensor) -> Tensor:
        x = self.wte(ids_BT) + self.wpe(positions_BT)
        for block in self.h:
            x = block(x, mask_B1TT)
        return self.ln_f(x)

    def forward(self, ids: Tensor, positions: Tensor, mask: Tensor, labels_BT: Tensor) -> Tensor:
        logits = self.logits(self.hidden(ids, positions, mask))
        return F.cross_entropy(logits.flatten(0, 1), labels_BT.flatten(), ignore_index=NOTHING)

    def logits(self, hidden: Tensor) -> Tensor:
        return F.linear(hidden, self.wte.weight)


class Measured:
    """A peer as `bits_per_byte` takes it: `hidden` makes [B, T, D] from ids, positions and mask."""

    def __init__(
        self, hidden: Callable[[Tensor, Tensor, Tensor], Tensor], logits: Callable[[Tensor], Tensor]
    ) -> None:
        self._hidden, self.logits = hidden, logits

    def model(self, ids_BT: Tensor, positions_BT: Tensor, sees: Pieces, at_N: Tensor) -> Tensor:
        batch = Batch(ids_BT, positions_BT, at_N, at_N, sees.lengths).masked()
        assert batch.mask_B1TT is not None
        return self._hidden(ids_BT, positions_BT, batch.mask_B1TT).flatten(0, 1)[at_N]


class Loop:
    """The nanoGPT-style loop. One object for all its runs, so that what was compiled stays so."""

    name = "nanogpt"

    def __init__(self, layout: Layout, compiled: bool, bf16: bool) -> None:
        self.net, self.compiled, self._bf16 = GPT(layout), compiled, bf16
        self.decoder = Measured(self.net.hidden, self.net.logits)
        if compiled:
            self.net.compile(dynamic=False)

    def settle(self, seed: int, rate: float, steps: int, folder: Path) -> None:
        """Begin anew."""
        self.net.start(seed)
        self._rate, self._steps, self._folder = rate, steps, folder
        parameters = list(self.net.parameters())
        groups = [
            {"params": [p for p in parameters if p.ndim >= 2], "weight_decay": 0.1},
            {"params": [p for p in parameters if p.ndim < 2], "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95), fused=True)

    def factor(self, index: int) -> float:
        warmup = max(1, round(WARMUP * self._steps))
        if index < warmup:
            return (index + 1) / (warmup + 1)
        done = (index - warmup) / max(1, self._steps - warmup)
        return 0.1 + 0.45 * (1 + math.cos(math.pi * done))

    def run(self, batches: Iterator[Batch], first: int, clock: Clock, after: After) -> None:
        if first:
            model, optimizer = torch.load(self._folder / STATE, weights_only=True)
            self.net.load_state_dict(model)
            self.optimizer.load_state_dict(optimizer)
        clock.start()
        for index, batch in enumerate(batches, first):
            self._step(batch, index)
            if after(index + 1):
                state = self.net.state_dict(), self.optimizer.state_dict()
                torch.save(state, self._folder / STATE)
                return

    def _step(self, batch: Batch, index: int) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = self._rate * self.factor(index)
        masked = batch.masked()
        with torch.autocast("cpu", torch.bfloat16, enabled=self._bf16):
            loss = self.net(batch.ids_BT, batch.positions_BT, masked.mask_B1TT, labels_of(batch, 0))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)


class Rows(IterableDataset[dict[str, Tensor]]):
    """Whole batches, as `GPT2LMHeadModel.forward` takes them."""

    def __init__(self, batches: Iterator[Batch]) -> None:
        self._batches = batches

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        for batch in self._batches:
            mask = batch.masked().mask_B1TT
            assert mask is not None
            yield {
                "input_ids": batch.ids_BT,
                "position_ids": batch.positions_BT,
                "attention_mask": mask,
                "labels": labels_of(batch, 1),  # the model shifts them itself
            }


class Watch(TrainerCallback):
    """Starts the clock where training begins, and asks after every step whether to go on."""

    def __init__(self, clock: Clock, after: After) -> None:
        self._clock, self._after = clock, after

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._clock.start()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if self._after(state.global_step):
            control.should_training_stop = control.should_save = True


class AsTheyAre(Trainer):
    """A Trainer whose dataset yields whole batches."""

    def get_train_dataloader(self) -> DataLoader[Any]:
        loader = DataLoader(self.train_dataset, batch_size=1, collate_fn=lambda rows: rows[0])
        return self.accelerator.prepare(loader)


class HuggingFace:
    """`transformers.Trainer` on a `GPT2LMHeadModel`. One object for all its runs, as `Loop`."""

    name = "hf_trainer"

    def __init__(self, layout: Layout, compiled: bool, bf16: bool) -> None:
        self._config = GPT2Config(
            vocab_size=layout.vocabulary,
            n_positions=layout.context,
            n_embd=layout.width,
            n_layer=layout.layers,
            n_head=layout.heads,
            resid_pdrop=0.0,
            embd_pdrop=0.0,
            attn_pdrop=0.0,
            use_cache=False,
            bos_token_id=None,
            eos_token_id=None,
            attn_implementation="sdpa",
        )
        self.net, self.compiled, self._bf16 = GPT2LMHeadModel(self._config), compiled, bf16
        self.decoder = Measured(self._hidden, self.net.lm_head)
        if compiled:
            self.net.compile(dynamic=False)

    def _hidden(self, ids: Tensor, positions: Tensor, mask: Tensor) -> Tensor:
        body = self.net.transformer
        return body(ids, position_ids=positions, attention_mask=mask).last_hidden_state

    def settle(self, seed: int, rate: float, steps: int, folder: Path) -> None:
        """Begin anew."""
        torch.manual_seed(seed)
        self.net.load_state_dict(GPT2LMHeadModel(self._config).state_dict())
        self._folder = folder
        self._arguments = TrainingArguments(
            output_dir=str(folder),
            max_steps=steps,
            per_device_train_batch_size=1,  # a batch of the dataset is a whole one
            learning_rate=rate,
            warmup_steps=WARMUP,
            bf16=self._bf16,
            use_cpu=True,
            seed=seed,
            logging_strategy="no",
            save_strategy="no",
            report_to=[],
            disable_tqdm=True,
            remove_unused_columns=False,
            ignore_data_skip=True,
        )

    def run(self, batches: Iterator[Batch], first: int, clock: Clock, after: After) -> None:
        runner = AsTheyAre(
            model=self.net,
            args=self._arguments,
            train_dataset=Rows(batches),
            callbacks=[Watch(clock, after)],
        )
        left = self._folder / f"checkpoint-{first}"
        runner.train(resume_from_checkpoint=str(left) if first else None)
