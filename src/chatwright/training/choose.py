"""Learns the Chooser: a softmax over known replies, its features embedded, in seconds.

A pure function of the conversations and the seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from chatwright.core.types import Conversation, Message
from chatwright.tokenizer.chooser import SAID, Chooser, features

WIDTH = 96
PASSES = 6
EXCHANGES = 100_000  # at most; bounds time and memory
FEATURES = 100_000  # the most frequent of those that occur at least twice
BATCH = 128
RATE = 0.02  # of features; replies learn at half of it
FOLLOWED = 0.02  # of the exchanges, from which on words said before are learned
LEFT_OUT = 0.2  # of the features of a question, anew each time (DECISIONS.md, "the chooser")


def learn(
    conversations: Iterable[Conversation], replies: Sequence[str], seed: int
) -> Chooser | None:
    """A Chooser of `replies`, learned from every exchange that ends in one of them."""
    number = {text: n for n, text in enumerate(replies)}
    asked: list[list[str]] = []
    wanted: list[int] = []
    followed = 0
    for messages, text in _exchanges(conversations):
        if text in number and len(asked) < EXCHANGES:
            asked.append(features(messages))
            wanted.append(number[text])
            followed += sum(message.role == "user" for message in messages) > 1
    if not asked:
        return None
    counts = Counter(name for found in asked for name in dict.fromkeys(found))
    follows = followed >= FOLLOWED * len(asked)
    often = [
        name
        for name, n in counts.most_common(FEATURES)
        if n > 1 and (follows or not name.startswith(SAID))
    ]
    names = {name: row for row, name in enumerate(often)}
    rows = [torch.tensor([names[f] for f in found if f in names]).long() for found in asked]
    table, answers = _fit(rows, torch.tensor(wanted), len(names), len(replies), seed)
    return Chooser(names, table.numpy(), answers.numpy(), follows)


def _exchanges(
    conversations: Iterable[Conversation],
) -> Iterable[tuple[Sequence[Message], str]]:
    for conversation in conversations:
        for index, message in enumerate(conversation.messages):
            if index and message.role == "assistant":
                yield conversation.messages[:index], message.content


def _fit(
    rows: list[Tensor], wanted_N: Tensor, size: int, replies: int, seed: int
) -> tuple[Tensor, Tensor]:
    """Features [F, D] and replies [K, D] that minimise cross entropy."""
    generator = torch.Generator().manual_seed(seed)
    table = nn.Parameter(0.1 * torch.randn(size, WIDTH, generator=generator))
    answers = nn.Parameter(0.02 * torch.randn(replies, WIDTH, generator=generator))
    optimizers = [
        torch.optim.SparseAdam([table], lr=RATE),
        torch.optim.Adam([answers], lr=RATE / 2),
    ]
    batch = min(BATCH, len(rows))
    per_pass = len(rows) // batch
    for step in range(PASSES * per_pass):
        if step % per_pass == 0:
            order = torch.randperm(len(rows), generator=generator)
        index = step % per_pass * batch
        chosen = order[index : index + batch]
        asked = _asked(table, [rows[n] for n in chosen.tolist()], generator)
        F.cross_entropy(asked @ answers.t(), wanted_N[chosen]).backward()
        for optimizer, rate in zip(optimizers, (RATE, RATE / 2), strict=True):
            optimizer.param_groups[0]["lr"] = rate * (1 - step / (PASSES * per_pass))
            optimizer.step()
            optimizer.zero_grad()
    return table.detach(), answers.detach()


def _asked(table_FD: Tensor, rows: list[Tensor], generator: torch.Generator) -> Tensor:
    """[B, D]: the sum of each question's features, some left out, over the root of their number."""
    flat = torch.cat(rows)
    question = torch.repeat_interleave(torch.tensor([len(row) for row in rows]))
    kept = torch.rand(len(flat), generator=generator) >= LEFT_OUT
    flat, question = flat[kept], question[kept]
    number = torch.bincount(question, minlength=len(rows)).clamp_min(1)
    found = F.embedding(flat, table_FD, sparse=True)
    total = torch.zeros(len(rows), table_FD.shape[1]).index_add(0, question, found)
    return total / number.sqrt().unsqueeze(1)
