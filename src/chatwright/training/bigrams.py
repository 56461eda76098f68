"""What follows what, learned from counts of the whole data before the first step.

A short training sees a part of the data, and spends its first minute on what counting says at once:
which token follows which. Here the embedding and the last MLP learn it from the table of all pairs; a
step is a pass over all of the data and costs what a batch of a few thousand tokens costs. All other
weights stand still. Heads are laid afterwards (`initial.induction`), in the lengths that embeddings
have by then; the other way round the circuit did not survive (DECISIONS.md).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from chatwright.model.decoder import Decoder, Layer
from chatwright.tokenizer import Rendered
from chatwright.training.optim import Optimizer, Rates
from chatwright.training.schedule import rate

STEPS = 30
OTHERS = 0.3  # weight of pairs whose second token is no target: a user's words are language too
RATES = Rates(embedding=0.006)
DECAY = 0.5
PART = 1024  # rows of the table at once: more are waited for from memory
MOST = 8192  # entries of a vocabulary: the table is as large as their square


def learn_bigrams(
    decoder: Decoder, conversations: Sequence[Rendered], begin: int, steps: int = STEPS
) -> None:
    """Teach `decoder` the pairs of `conversations`; no pair reaches over the token `begin`.

    Does nothing with a vocabulary above `MOST`. Under `Trainer.autocast` its products are the training's.
    """
    if decoder.shape.vocabulary > MOST:
        return
    device = decoder.model.embed_tokens.weight.device
    counts = _counts(conversations, begin, decoder.shape.vocabulary).to(device)
    firsts = counts.sum(1).nonzero().flatten()
    if not len(firsts):
        return
    counts = counts[firsts] / counts.sum()
    last: Layer = [module for module in decoder.modules() if isinstance(module, Layer)][-1]
    learning = nn.ModuleDict(
        {
            "embed_tokens": decoder.model.embed_tokens,
            "before": last.post_attention_layernorm,
            "mlp": last.mlp,
            "norm": decoder.model.norm,
        }
    )
    optimizer = Optimizer(learning, RATES)
    for index in range(steps):
        for part, shares in zip(firsts.split(PART), counts.split(PART), strict=True):
            x = F.embedding(part, decoder.model.embed_tokens.weight)
            x = x + last.mlp(last.post_attention_layernorm(x))
            scores = decoder.logits(decoder.model.norm(x)).float().log_softmax(-1)
            (shares * scores).sum().neg().backward()
        optimizer.step(rate(index, steps, 0.0, DECAY))


def _counts(conversations: Sequence[Rendered], begin: int, vocabulary: int) -> Tensor:
    """How often token j follows token i: [V, V]."""
    table = np.zeros(vocabulary * vocabulary, np.float32)
    for start in range(0, len(conversations), 10_000):
        part = conversations[start : start + 10_000]
        ids = np.concatenate([np.asarray(one.ids, np.int64) for one in part])
        learn = np.concatenate([np.asarray(one.learn, bool) for one in part])
        weight = np.where(learn[1:], 1.0, OTHERS)
        weight[ids[1:] == begin] = 0.0
        pairs = ids[:-1] * vocabulary + ids[1:]
        table += np.bincount(pairs, weight, vocabulary * vocabulary).astype(np.float32)
    return torch.from_numpy(table).view(vocabulary, vocabulary)
