"""Where training begins: with what would otherwise take most of a short one to find out.

`spectral`: words that ask for the same replies close together, near those replies. Random embeddings
spend most of a short training on finding out which words go together. Counting says it at once: how
much more often than by chance does a token of a reply follow a token of its question (positive
pointwise mutual information, shrunk where counts are small)? The leading singular vectors of that
matrix, those of question and reply added, are the start. Levy and Goldberg (2014) show that trained
word vectors factorise such a matrix anyway.

`induction`: a circuit that copies. Transformers learn late, and then suddenly, to repeat what followed
the last time (Olsson et al. 2022, arXiv 2209.11895): one head notes for every token the one before it,
a head in the next layer looks for the token whose note is the current token. How both heads look is
known, so they are laid, small enough that training changes what it likes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from chatwright.model.decoder import Attention, Decoder
from chatwright.tokenizer import Rendered

EXCHANGES = 30_000  # enough for stable counts; bounds time and memory
TOKENS = 64  # of a question and of a reply that are counted
SCALE = 0.02  # root mean square of a trained row's start, as for random ones
NOISE = 0.3  # of the random start that stays, so that unseen tokens differ
SHRINK = 2.0
SHARED = 0.5  # of every embedding's length points in one direction: what "always" is written with
FAST = 4  # rotary pairs by which a position is found; they turn most from one token to the next
SLOW = 0.006  # radians a token: pairs that turn less can compare tokens that stand far apart
NOTE, COPY = 0.5, 1.0  # what the two heads write, in lengths of an embedding
STIR = 0.01  # of a random start that stays, so that no two dimensions are equal


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


def induction(decoder: Decoder, seed: int) -> None:
    """Lay the copying circuit into the first heads of the first two layers, and the direction that it
    needs into the embedding. Nothing happens where there is a single layer."""
    if decoder.shape.layers < 2:
        return
    generator = torch.Generator().manual_seed(seed)
    width, size = decoder.shape.width, decoder.shape.head_size
    axes = torch.linalg.qr(torch.randn(width, width, generator=generator))[0].t()
    count = min(size, (width - 1) // 2)
    always, token, note = axes[0], axes[1 : 1 + count], axes[1 + count : 1 + 2 * count]
    with torch.no_grad():
        embedding = decoder.model.embed_tokens.weight
        length = _share(embedding, always.to(embedding.device))
        # Of a normalised token's length sqrt(width), this much is within `token`.
        unit = length / math.sqrt(width * (1 - SHARED**2) * count / width)
        before, again = [m for m in decoder.modules() if isinstance(m, Attention)][:2]
        here, previous = _positions(decoder.model.frequency.cpu(), size)
        _lay(before, here[:, None] * always, previous[:, None] * always, token, note * NOTE * unit)
        slow = (decoder.model.frequency.cpu() < SLOW).nonzero().flatten()[: count // 2]
        places = torch.cat((slow, slow + size // 2))
        mix = torch.linalg.qr(torch.randn(count, count, generator=generator))[0][: len(places)]
        asks, offers = torch.zeros(size, width), torch.zeros(size, width)
        asks[places], offers[places] = mix @ token, mix @ note
        _lay(again, asks, offers, token, token * COPY * unit)


def _share(embedding: Tensor, always: Tensor) -> float:
    """Let every row point to `always` to the same extent; returns the rows' mean length, which stays.

    Head and embedding are one matrix, so this adds the same to all logits and changes no probability.
    """
    length = embedding.norm(dim=1, keepdim=True)
    rest = embedding - (embedding @ always).unsqueeze(1) * always
    rest *= length * math.sqrt(1 - SHARED**2) / rest.norm(dim=1, keepdim=True).clamp_min(1e-8)
    embedding.copy_(rest + SHARED * length.mean() * always)
    return float(length.mean())


def _positions(frequency: Tensor, size: int) -> tuple[Tensor, Tensor]:
    """Query and key [K] that agree most, after rotation, where the key stands one token earlier."""
    query, key = torch.zeros(size), torch.zeros(size)
    query[:FAST] = 1.0
    key[:FAST], key[size // 2 : size // 2 + FAST] = frequency[:FAST].cos(), frequency[:FAST].sin()
    return query, key


def _lay(attention: Attention, query: Tensor, key: Tensor, value: Tensor, out: Tensor) -> None:
    """Overwrite the first head: query and key [K, D], value and out [at most K, D]."""
    size, device = attention.head_size, attention.q_proj.weight.device
    attention.q_proj.weight[:size].mul_(STIR).add_(query.to(device))
    attention.k_proj.weight[:size].mul_(STIR).add_(key.to(device))
    attention.v_proj.weight[: len(value)] = value.to(device)
    attention.o_proj.weight[:, : len(out)] = out.t().to(device)
