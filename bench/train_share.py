"""Which share of a training step is the machine's own time for its matrix products.

The products of a step are taken down as they are called, with the very operands, then called again by
themselves. Attention is one fused call, softmax included. Products of the optimizer (Muon's iterations)
are stated apart, for they are a cost and not a use.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from chatwright.data.batches import Batch
from chatwright.training.corpus import Corpus
from chatwright.training.recipe import Recipe
from chatwright.training.trainer import Trainer

aten = torch.ops.aten
PRODUCTS = {aten.mm.default, aten.addmm.default, aten.bmm.default, aten.baddbmm.default}
ATTENTION = {
    aten._scaled_dot_product_flash_attention_for_cpu.default,
    aten._scaled_dot_product_flash_attention_for_cpu_backward.default,
}
KINDS = ("model", "attention", "optimizer")
BATCHES, TIMES = 8, 3
Call = tuple[Any, tuple[Any, ...], dict[str, Any]]


class Record(TorchDispatchMode):
    """Keeps every matrix product: of the model, of attention, and of the optimizer while `optimizing`."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: dict[str, list[Call]] = defaultdict(list)
        self.optimizing = False

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        if func in ATTENTION:
            self.calls["attention"].append((func, args, kwargs))
        elif func in PRODUCTS:
            self.calls["optimizer" if self.optimizing else "model"].append((func, args, kwargs))
        return func(*args, **kwargs)


def share(recipe: Recipe, corpus: Corpus) -> dict[str, float]:
    """Shares of a step's time, medians over batches of `recipe`; fp32, on a machine that is idle otherwise."""
    recipe = replace(recipe, steps=1000)
    trainer = Trainer(recipe, torch.device("cpu"))
    # What the compiler fuses is no product; those are the same, and are seen where nothing is compiled.
    plain = Trainer(replace(recipe, compiled=False), torch.device("cpu"))
    stream = corpus.stream(recipe.packing, recipe.seed)
    for batch in islice(stream, BATCHES):
        trainer.step([batch], 0)  # both lengths of rows are warm, or compiled, after these
    found: dict[str, list[float]] = defaultdict(list)
    for index in range(BATCHES):
        began = time.perf_counter()
        batch = next(stream)
        trainer.step([batch], index)
        whole = time.perf_counter() - began
        calls = taken_down(plain, batch, index)
        model, attention, optimizer = (seconds(calls[kind]) for kind in KINDS)
        found["seconds_per_step"].append(whole)
        found["matmul_share"].append((model + attention) / whole)
        found["matmul_share_without_attention"].append(model / whole)
        found["matmul_share_with_optimizer"].append((model + attention + optimizer) / whole)
    return {name: round(statistics.median(values), 4) for name, values in found.items()}


def taken_down(trainer: Trainer, batch: Batch, index: int) -> dict[str, list[Call]]:
    """The products of one step."""
    step = trainer.optimizer.step
    with Record() as record:
        trainer.optimizer.step = marked(record, step)  # type: ignore[method-assign]
        trainer.step([batch], index)
    trainer.optimizer.step = step  # type: ignore[method-assign]
    return record.calls


def marked(record: Record, step: Callable[[float], None]) -> Callable[[float], None]:
    def optimize(factor: float) -> None:
        record.optimizing = True
        step(factor)
        record.optimizing = False

    return optimize


@torch.no_grad()
def seconds(calls: list[Call]) -> float:
    """The least of some times, for whatever comes between makes it longer."""
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        for func, args, kwargs in calls:
            func(*args, **kwargs)
        times.append(time.perf_counter() - began)
    return min(times)
