"""What a step minimises. An objective is a function of (decoder, batch); the loop knows no more.

It returns a sum, and `Batch.weight` says of how much: the loop divides by the weight of the whole step,
however that is spread over micro-batches and processes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import torch
from torch import Tensor
from torch.nn import functional as F

from chatwright.data.batches import Batch
from chatwright.model.decoder import Decoder
from chatwright.model.foreign import Foreign

Objective = Callable[[Decoder | Foreign, Batch], Tensor]


def assistant(decoder: Decoder | Foreign, batch: Batch) -> Tensor:
    """Nats of all targets. Logits, and the last layer, are made only where there is a target."""
    hidden = decoder.model(batch.ids_BT, batch.positions_BT, batch.sees, batch.at_N)
    logits = decoder.logits(hidden)
    return F.cross_entropy(logits.float(), batch.targets_N, reduction="sum")


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
    nats = 0.0
    skip = torch.tensor(sorted(without))
    for batch in batches:
        hidden = decoder.model(batch.ids_BT, batch.positions_BT, batch.sees, batch.at_N)
        logits = decoder.logits(hidden).float()
        each = F.cross_entropy(logits, batch.targets_N, reduction="none")
        nats += float(each[~torch.isin(batch.targets_N, skip.to(batch.targets_N.device))].sum())
    return nats / math.log(2) / max(content_bytes, 1)


OBJECTIVES: dict[str, Objective] = {"assistant": assistant}
