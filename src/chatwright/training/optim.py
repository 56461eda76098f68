"""Muon for matrices, AdamW for the rest, in one optimizer with one flat, saveable state.

Muon (Jordan et al., 2024) replaces the momentum of a matrix by the nearest orthogonal one, found by
Newton-Schulz iterations. torch.optim.Muon computes these in bfloat16 one matrix at a time; here they
run in fp32 and over all matrices of one shape at once, which on a CPU is several times faster.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from chatwright.training.distributed import part, whole

# Quintic coefficients by step, fitted so that few iterations suffice (Polar Express, arXiv 2505.16932).
COEFFICIENTS = (
    (8.156554524902461, -22.48329292557795, 15.878769915207462),
    (4.042929935166739, -2.808917465908714, 0.5000178451051316),
    (3.8916678022926607, -2.772484153217685, 0.5060648178503393),
    (3.285753657755655, -2.3681294933425376, 0.46449024233003106),
    (2.3465413258596377, -1.7097828382687081, 0.42323551169305323),
)


# A row for each word or position: the embeddings, an untied head. LoRA's two: published rates are AdamW's.
TABLE, LORA = re.compile(r"embed_|lm_head"), re.compile(r"\.lora_[AB]$")


@dataclass(frozen=True, slots=True)
class Rates:
    """Learning rates and decay at full strength; the schedule scales all of them."""

    matrices: float = 0.015
    embedding: float = 0.003
    rest: float = 0.006
    momentum: float = 0.95
    beta1: float = 0.9
    beta2: float = 0.95
    epsilon: float = 1e-8
    weight_decay: float = 0.1  # on matrices only, decoupled
    iterations: int = 3  # DECISIONS.md, "Muon's iterations"
    muon: bool = True  # else AdamW for matrices too, as for weights that AdamW has made


def orthogonal(momentum_NRC: Tensor, iterations: int) -> Tensor:
    """The nearest orthogonal matrix of each of N, approximately; spectral norms end in about [0.7, 1.2]."""
    x = momentum_NRC
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.transpose(-1, -2)
    x = x / (x.norm(dim=(-2, -1), keepdim=True) * 1.01 + 1e-7)
    for a, b, c in COEFFICIENTS[:iterations]:
        gram = x @ x.transpose(-1, -2)
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x.transpose(-1, -2) if tall else x


class Optimizer:
    """Steps a model's parameters; `state()` and `restore()` make resume exact."""

    def __init__(self, model: nn.Module, rates: Rates, head: int = 0) -> None:
        self.rates = rates
        self.steps = 0
        by_shape: dict[tuple[int, ...], list[tuple[str, Tensor]]] = defaultdict(list)
        self._rest: list[tuple[str, Tensor]] = []
        for name, parameter in model.named_parameters():
            if not parameter.requires_grad:
                continue
            if rates.muon and _is_matrix(name, parameter):
                by_shape[(*parameter.shape, _by_head(name))].append((name, parameter))
            else:
                self._rest.append((name, parameter))
        self._groups = [by_shape[shape] for shape in sorted(by_shape)]
        self._head = head
        self._momentum = [torch.zeros_like(_stack(p for _, p in group)) for group in self._groups]
        self._first = [torch.zeros_like(p) for _, p in self._rest]
        self._second = [torch.zeros_like(p) for _, p in self._rest]

    @torch.no_grad()
    def step(self, factor: float) -> None:
        """One update with every rate scaled by `factor`; gradients are cleared."""
        self.steps += 1
        for group, momentum in zip(self._groups, self._momentum, strict=True):
            self._matrices([p for _, p in group], momentum, factor, _by_head(group[0][0]))
        for (name, p), first, second in zip(self._rest, self._first, self._second, strict=True):
            self._adam(name, p, first, second, factor)

    def _matrices(
        self, parameters: list[Tensor], momentum: Tensor, factor: float, by_head: int
    ) -> None:
        r = self.rates
        gradient = _stack(_gradient(p) for p in parameters)
        momentum.lerp_(gradient, 1 - r.momentum)
        # Nesterov; of whole matrices, where processes keep parts of them.
        update = self._direction(whole(gradient.lerp(momentum, r.momentum)), by_head)
        rows, columns = update.shape[-2:]
        rate = r.matrices * factor * max(1.0, rows / columns) ** 0.5
        for p, direction in zip(parameters, update, strict=True):
            p.mul_(1 - r.matrices * factor * r.weight_decay).sub_(part(direction, p), alpha=rate)
            p.grad = None

    def _direction(self, momentum_NRC: Tensor, by_head: int) -> Tensor:
        """Orthogonal; attention's matrices head by head, which is cheaper (DECISIONS.md)."""
        if not by_head or not self._head:
            return orthogonal(momentum_NRC, self.rates.iterations)
        x = momentum_NRC if by_head == 1 else momentum_NRC.transpose(1, 2)
        heads = x.reshape(-1, self._head, x.shape[2])
        x = orthogonal(heads, self.rates.iterations).view(x.shape)
        return x if by_head == 1 else x.transpose(1, 2)

    def _adam(self, name: str, p: Tensor, first: Tensor, second: Tensor, factor: float) -> None:
        r = self.rates
        gradient = _gradient(p)
        first.lerp_(gradient, 1 - r.beta1)
        second.mul_(r.beta2).addcmul_(gradient, gradient, value=1 - r.beta2)
        unbiased = (1 - r.beta2**self.steps) ** 0.5
        scale = second.sqrt().add_(r.epsilon * unbiased)
        matrix, table = _is_matrix(name, p), p.ndim == 2 and TABLE.search(name)
        rate = (r.matrices if matrix else r.embedding if table else r.rest) * factor
        if matrix:
            p.mul_(1 - rate * r.weight_decay)
        p.addcdiv_(first, scale, value=-rate * unbiased / (1 - r.beta1**self.steps))
        p.grad = None

    def state(self) -> dict[str, Tensor]:
        """Every tensor that the next step depends on, by name."""
        out = {"steps": torch.tensor(self.steps)}
        for group, momentum in zip(self._groups, self._momentum, strict=True):
            out |= {f"momentum.{name}": m for (name, _), m in zip(group, momentum, strict=True)}
        for (name, _), first, second in zip(self._rest, self._first, self._second, strict=True):
            out[f"first.{name}"], out[f"second.{name}"] = first, second
        return out

    def restore(self, state: dict[str, Tensor]) -> None:
        mine = self.state()
        assert mine.keys() == state.keys(), "the checkpoint belongs to another model"
        self.steps = int(state["steps"])
        for name, tensor in mine.items():
            if name != "steps":
                tensor.copy_(part(state[name].to(tensor.device), tensor))


def _is_matrix(name: str, p: Tensor) -> bool:
    return p.ndim == 2 and not TABLE.search(name) and not LORA.search(name)


def _by_head(name: str) -> int:
    """1: rows of the matrix are heads one after another, 2: its columns are, 0: neither."""
    if name.endswith(("q_proj.weight", "k_proj.weight", "v_proj.weight")):
        return 1
    return 2 if name.endswith("o_proj.weight") else 0


def _stack(tensors: Iterable[Tensor]) -> Tensor:
    return torch.stack(list(tensors))


def _gradient(p: Tensor) -> Tensor:
    return p.grad if p.grad is not None else torch.zeros_like(p)
