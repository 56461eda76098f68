"""How much memory a training will take, before it starts, and what would take less.

An estimate from the shapes: weights, gradients, optimizer state, what the forward pass keeps for the
backward one, logits, the counts of the start. Against measured peaks on a CPU it is within a third
(tests/training/test_memory.py); on a GPU it is untried.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from chatwright.core.errors import ChatwrightError
from chatwright.model.lora import Lora
from chatwright.training.bigrams import MOST
from chatwright.training.distributed import Parallel
from chatwright.training.recipe import Recipe

FLOAT = 4  # bytes
LOGITS = 3  # tables [targets, vocabulary] at once: logits, log softmax, gradient
COUNTS = 5  # tables [vocabulary, vocabulary] at once, while the start is learned
ALIVE = 2.5  # times what one layer keeps, while it is computed again and differentiated
COMPILER = 600e6  # what torch.compile and its programs take
SAFE = 0.9  # of what is free; the rest is for allocators and everybody else


class TooBig(ChatwrightError):
    """The training would not fit into memory."""


@dataclass(frozen=True, slots=True)
class Need:
    """Bytes by what they are for, in one process."""

    weights: float
    gradients: float
    optimizer: float
    activations: float
    logits: float
    start: float
    compiler: float

    @property
    def total(self) -> float:
        """At the worst moment: the start, when the counts are learned, is over before the first step."""
        step = self.gradients + self.optimizer + self.activations + self.logits
        return self.weights + self.compiler + max(step, self.start)


def estimate(
    recipe: Recipe,
    targets: float,
    processes: int = 1,
    parallel: Parallel = "ddp",
) -> Need:
    """What one of `processes` needs. `targets` is the share of tokens that carry loss."""
    s, packing = recipe.shape, recipe.packing
    tokens = max(packing.batch_tokens / processes, packing.context)
    if recipe.micro_batch:
        tokens = max(min(tokens, recipe.micro_batch), packing.context)
    queries, keys = s.heads * s.head_size, s.kv_heads * s.head_size
    # Numbers that a layer keeps for each token: norms and inputs of products, heads before and after
    # norm and rotation, gate, up and their product.
    layer = 8 * s.width + 7 * (queries + keys) + 5 * s.hidden
    # With recomputation: what enters each layer, and one layer at a time with the gradients of it.
    kept = s.layers * s.width + ALIVE * layer if recipe.recompute else s.layers * layer
    half = 0.6 if recipe.precision == "bf16" else 1.0  # norms and sums stay in fp32
    cut = processes if parallel == "fsdp" else 1
    joined = (
        0.0 if recipe.recompute else 0.75
    )  # q, k, v and gate, up are products of joined weights
    trained = 1.0
    if (
        recipe.lora is not None
    ):  # each matrix is made from two parts, and kept for the backward pass
        trained, joined = recipe.lora.parameters(s) / s.parameters, joined + 1.0
    matrices, rest = s.body * trained, s.vocabulary * s.width * trained
    largest = 2 * s.layers * s.hidden * s.width * trained  # gate and up: one group of Muon's
    counts = recipe.initial == "counts" and s.vocabulary <= MOST
    return Need(
        weights=FLOAT * s.parameters / cut,
        gradients=FLOAT * (matrices + rest) / cut,
        optimizer=FLOAT * ((matrices + 2 * rest) / cut + 3 * largest),
        activations=FLOAT * (kept * tokens * half + joined * s.body),
        logits=FLOAT * LOGITS * targets * tokens * s.vocabulary,
        start=FLOAT * COUNTS * s.vocabulary**2 if counts else 0.0,
        compiler=COMPILER if recipe.compiled else 0.0,
    )


def available(device: torch.device) -> float:
    """Bytes that a training may still take on this machine, or in this container."""
    if device.type == "cuda":
        return float(torch.cuda.mem_get_info(device)[0])
    free = _field(Path("/proc/meminfo"), "MemAvailable:")
    limits = [
        (2**10 * free) if free else float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    ]
    limit, used = (
        _number(Path("/sys/fs/cgroup") / name) for name in ("memory.max", "memory.current")
    )
    if limit is not None and used is not None:
        cache = _field(Path("/sys/fs/cgroup/memory.stat"), "inactive_file") or 0.0
        limits.append(limit - used + cache)
    return min(limits)


def check(
    recipe: Recipe, targets: float, device: torch.device, processes: int, parallel: Parallel
) -> None:
    """Raise `TooBig` when it will not fit, naming what would.

    On a CPU the processes of this machine share its memory.
    """
    together = 1 if device.type == "cuda" else processes

    def total(changed: Recipe, way: Parallel) -> float:
        return estimate(changed, targets, processes, way).total * together

    have = available(device)
    needs = total(recipe, parallel)
    if needs <= SAFE * have:
        return
    fits = [
        f"{name} ({total(changed, way) / 1e9:.1f} GB)"
        for name, changed, way in _smaller(recipe, processes)
        if total(changed, way) <= SAFE * have
    ]
    raise TooBig(
        f"This training needs about {needs / 1e9:.1f} GB of memory, and {have / 1e9:.1f} GB are free.",
        f"By the same estimate these would fit: {'; '.join(fits)}."
        if fits
        else "Choose a smaller [model] size or context.",
    )


def parallel_for(recipe: Recipe, targets: float, device: torch.device, processes: int) -> Parallel:
    """ "ddp" where a whole model fits beside every process, else "fsdp"."""
    together = 1 if device.type == "cuda" else processes
    needs = estimate(recipe, targets, processes).total * together
    return "ddp" if needs <= SAFE * available(device) else "fsdp"


def _smaller(recipe: Recipe, processes: int) -> list[tuple[str, Recipe, Parallel]]:
    """Ways to need less that leave the model as it is, the cheapest in time first."""
    context = recipe.packing.context
    ways: list[tuple[str, Recipe, Parallel]] = [
        (f"[training] micro_batch = {context}", replace(recipe, micro_batch=context), "ddp"),
        ("[training] checkpoint_activations = true", replace(recipe, recompute=True), "ddp"),
        ("both of them", replace(recipe, micro_batch=context, recompute=True), "ddp"),
    ]
    if recipe.lora is None and recipe.initial in ("start", "base"):
        small = replace(recipe, lora=Lora(), micro_batch=context)
        ways += [('[training] method = "lora"', replace(recipe, lora=Lora()), "ddp")]
        ways += [('method = "lora" and micro_batch', small, "ddp")]
    if processes > 1 and recipe.lora is None:
        ways.append(('[training] parallel = "fsdp"', recipe, "fsdp"))
    return ways


def _field(path: Path, name: str) -> float | None:
    for line in path.read_text().splitlines() if path.exists() else []:
        if line.startswith(name):
            return float(line.split()[1])
    return None


def _number(path: Path) -> float | None:
    text = path.read_text().strip() if path.exists() else ""
    return float(text) if text.isdigit() else None
