"""What a step minimises. An objective is a function of (decoder, batch); the loop knows no more.

It returns a sum, and `Batch.weight` says of how much: the loop divides by the weight of the whole step,
however that is spread over micro-batches and processes.

Those on judged replies are TRL's formulas (1.16; `tests/training/test_objectives.py` compares). A reply's
log probability is the sum over its tokens, its end token among them, as there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor
from torch.nn import functional as F

from chatwright.data.batches import Batch
from chatwright.model.decoder import Decoder
from chatwright.model.foreign import Foreign

ROUND = 64
Objective = Callable[[Decoder | Foreign, Batch], Tensor]


@dataclass(frozen=True, slots=True)
class Preference:
    """How judged replies are learned from. `supervised` weighs the good ones' own nats per token."""

    beta: float
    smoothing: float = 0.0  # DPO: the share of pairs taken to be judged the wrong way round
    good: float = 1.0  # KTO: weights of good and bad rows
    bad: float = 1.0
    supervised: float = 0.0


def nats(decoder: Decoder | Foreign, batch: Batch) -> Tensor:
    """Of each target: [N]. Logits, and the last layer, are made only where there is a target."""
    at_N, targets_N, count = batch.at_N, batch.targets_N, batch.at_N.numel()
    if torch.is_autocast_enabled("cpu") and at_N.device.type == "cpu":
        # oneDNN makes and keeps a program for every shape of a product in bfloat16, and N is another one in
        # each step: what fills it up costs less, and gigabytes are not kept (DECISIONS.md).
        more = -count % ROUND
        at_N, targets_N = F.pad(at_N, (0, more)), F.pad(targets_N, (0, more))
    hidden = decoder.model(batch.ids_BT, batch.positions_BT, batch.sees, at_N)
    logits = decoder.logits(hidden)
    return F.cross_entropy(logits.float(), targets_N, reduction="none")[:count]


def targets(decoder: Decoder | Foreign, batch: Batch) -> Tensor:
    """Nats of all targets."""
    return nats(decoder, batch).sum()


def log_probabilities(nats_N: Tensor, batch: Batch) -> Tensor:
    """Of each sequence of a batch of judged replies: [S]."""
    assert batch.sequence_N is not None and batch.good_P is not None
    total = nats_N.new_zeros(2 * batch.good_P.numel())
    return total.index_add(0, batch.sequence_N, -nats_N)


def dpo(p: Preference, decoder: Decoder, batch: Batch) -> Tensor:
    """Direct preference optimisation (arXiv 2305.18290), a sum over pairs (chosen, rejected).

    TRL's `sigmoid`; with smoothing its `robust` (arXiv 2403.00409), which is the same without.
    """
    nats_N, gained_P2 = _gained(decoder, batch)
    margin = p.beta * (gained_P2[:, 0] - gained_P2[:, 1])
    right, wrong = F.logsigmoid(margin), F.logsigmoid(-margin)
    loss = (p.smoothing * wrong - (1 - p.smoothing) * right) / (1 - 2 * p.smoothing)
    return loss.sum() + _supervised(p, nats_N, batch)


def kto(p: Preference, decoder: Decoder, batch: Batch) -> Tensor:
    """Kahneman-Tversky optimisation (arXiv 2402.01306), a sum over rows (reply, another row's reply).

    How far the model went from its start is estimated from the mismatched replies; not below 0, and
    no gradient goes through it.
    """
    assert batch.good_P is not None
    nats_N, gained_P2 = _gained(decoder, batch)
    drift = gained_P2[:, 1].detach().mean().clamp(min=0)
    sign = batch.good_P.to(drift.dtype) * 2 - 1
    weight = torch.where(batch.good_P, p.good, p.bad)
    loss = 1 - torch.sigmoid(p.beta * sign * (gained_P2[:, 0] - drift))
    return (weight * loss).sum() + _supervised(p, nats_N, batch)


def _gained(decoder: Decoder | Foreign, batch: Batch) -> tuple[Tensor, Tensor]:
    """Nats of the targets, and by how much each sequence became likelier than at the start: [P, 2]."""
    assert batch.reference_S is not None
    nats_N = nats(decoder, batch)
    return nats_N, (log_probabilities(nats_N, batch) - batch.reference_S).view(-1, 2)


def _supervised(p: Preference, nats_N: Tensor, batch: Batch) -> Tensor:
    """Nats per token of the good replies, once for every pair or row: what TRL calls `sft`."""
    assert batch.good_P is not None and batch.sequence_N is not None
    if not p.supervised:
        return nats_N.new_zeros(())
    good = batch.good_P[batch.sequence_N // 2] & (batch.sequence_N % 2 == 0)
    mean = (nats_N * good).sum() / good.sum().clamp(min=1)
    return p.supervised * batch.good_P.numel() * mean


def objective(name: str, preference: Preference | None) -> Objective:
    """The objective that a recipe names."""
    if preference is None:
        return {"assistant": targets, "text": targets}[name]
    return partial({"dpo": dpo, "kto": kto}[name], preference)


@torch.no_grad()
def reference(decoder: Decoder | Foreign, batch: Batch) -> Tensor:
    """What `decoder`, at its start, gives each sequence of a batch of judged replies: [S]."""
    return log_probabilities(nats(decoder, batch), batch).cpu()


@torch.no_grad()
def bits_per_byte(
    decoder: Decoder | Foreign,
    batches: Iterable[Batch],
    without: frozenset[int],
    content_bytes: int,
) -> float:
    """Assistant bits per byte: nats of the content tokens / ln 2 / bytes of that content.

    `without` are ids that are not content (the end token, the refusal token).
    """
    total = 0.0
    skip = torch.tensor(sorted(without))
    for batch in batches:
        each = nats(decoder, batch)
        total += float(each[~torch.isin(batch.targets_N, skip.to(batch.targets_N.device))].sum())
    return total / math.log(2) / max(content_bytes, 1)
