"""Where the embedding begins: words that ask for the same replies close together, near those replies.

Random embeddings spend most of a short training on finding out which words go together. Counting
says it at once: how much more often than by chance does a token of a reply follow a token of its
question (positive pointwise mutual information, shrunk where counts are small)? The leading singular
vectors of that matrix, those of question and reply added, are the start. Levy and Goldberg (2014)
show that trained word vectors factorise such a matrix anyway.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from chatwright.model.decoder import Decoder
from chatwright.tokenizer import Rendered

EXCHANGES = 30_000  # enough for stable counts; bounds time and memory
TOKENS = 64  # of a question and of a reply that are counted
SCALE = 0.02  # root mean square of a trained row's start, as for random ones
NOISE = 0.3  # of the random start that stays, so that unseen tokens differ
SHRINK = 2.0


def spectral(
    decoder: Decoder, conversations: Sequence[Rendered], structure: frozenset[int], seed: int
) -> None:
    """Overwrite the embedding [V, D] with the spectral start plus `NOISE` of what it was.

    `structure` are ids that say nothing (role and end tokens).
    """
    vocabulary, width = decoder.shape.vocabulary, decoder.shape.width
    counts = _counts(conversations, structure, vocabulary)
    if counts is None:
        return
    generator = torch.Generator().manual_seed(seed)
    left, values, right = _leading(_information(counts), width, generator)
    rows = (left + right) * values.sqrt()
    norm = rows.norm(dim=1, keepdim=True)
    rows = rows / (norm + 0.1 * norm.mean()) * SCALE * math.sqrt(width)
    turn = torch.linalg.qr(torch.randn(width, width, generator=generator))[0]
    with torch.no_grad():
        weight = decoder.model.embed_tokens.weight
        start = (rows @ turn).to(weight.device)  # turned: no column stands out
        weight.mul_(NOISE)[:, : start.shape[1]].add_(start)


def _counts(
    conversations: Sequence[Rendered], structure: frozenset[int], vocabulary: int
) -> Tensor | None:
    """How often a reply with token j follows a question with token i: sparse [V, V]."""
    pairs, taken = [], 0
    for conversation in conversations:
        for asked, said in _exchanges(conversation):
            a = np.fromiter(set(asked[-TOKENS:]) - structure, dtype=np.int64)
            b = np.fromiter(set(said[:TOKENS]) - structure, dtype=np.int64)
            pairs.append((a[:, None] * vocabulary + b[None, :]).reshape(-1))
            taken += 1
        if taken >= EXCHANGES:
            break
    cells, times = np.unique(np.concatenate(pairs or [np.empty(0, np.int64)]), return_counts=True)
    if not len(cells):
        return None
    at = torch.from_numpy(np.stack((cells // vocabulary, cells % vocabulary)))
    counted = torch.from_numpy(times.astype(np.float32))
    return torch.sparse_coo_tensor(
        at, counted, (vocabulary, vocabulary), is_coalesced=True, check_invariants=False
    )


def _exchanges(conversation: Rendered) -> Iterator[tuple[list[int], list[int]]]:
    """(what was said before, reply) for every run of targets."""
    asked: list[int] = []
    said: list[int] = []
    for token, target in zip(conversation.ids, conversation.learn, strict=True):
        if said and not target:
            yield asked, said
            asked, said = [], []
        (said if target else asked).append(token)
    if said:
        yield asked, said


def _information(counts: Tensor) -> Tensor:
    """Positive pointwise mutual information, times n / (n + SHRINK): sparse [V, V]."""
    at, n = counts.indices(), counts.values()
    asked = torch.zeros(counts.shape[0]).index_add_(0, at[0], n)
    said = torch.zeros(counts.shape[1]).index_add_(0, at[1], n)
    more = (n * n.sum() / (asked[at[0]] * said[at[1]])).log().clamp_min(0)
    return torch.sparse_coo_tensor(
        at, more * n / (n + SHRINK), counts.shape, is_coalesced=True, check_invariants=False
    )


def _leading(
    matrix: Tensor, rank: int, generator: torch.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """The `rank` leading singular vectors and values, by a randomised range finder (arXiv 0909.4061)."""
    turned = matrix.t().coalesce()
    basis = torch.linalg.qr(matrix @ torch.randn(matrix.shape[1], rank, generator=generator))[0]
    for _ in range(3):
        basis = torch.linalg.qr(matrix @ torch.linalg.qr(turned @ basis)[0])[0]
    right, values, left = torch.linalg.svd(turned @ basis, full_matrices=False)
    return basis @ left.t(), values, right
