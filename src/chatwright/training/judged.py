"""Judged replies as batches: pairs of a better and a worse reply (DPO), or replies with a thumb (KTO).

Each pair, or row, becomes two sequences of which only the last reply is a target. For a row the second
one is its prompt with the reply of another row of its batch, as TRL makes them: how far the model
drifts is estimated on these. So which rows make a batch is fixed once, and the order of batches alone
changes from pass to pass: what the starting weights say of every sequence is computed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from chatwright.core.types import Conversation, Message
from chatwright.data.batches import ROW_STEP, Batch, Row, laid
from chatwright.tokenizer import Rendered, Tokenizer

LEAST = 4  # pairs or rows in a batch, however long; the drift of a single one says nothing
EVEN = 4 / 3  # at most so much more weight for one kind of thumb than for the other (TRL's advice)


class Reply(NamedTuple):
    """A reply to a prompt, as tokens, and how it was judged."""

    prompt: list[int]
    ids: list[int]
    good: bool = True

    def after(self, prompt: list[int], context: int) -> Rendered:
        """The reply behind `prompt`, another one perhaps; cut where it does not fit."""
        ids = prompt + self.ids
        learn = [False] * len(prompt) + [True] * len(self.ids)
        return Rendered(ids[:context], learn[:context])


@dataclass(frozen=True, slots=True)
class Judged:
    """Groups of judged replies, a batch each. `left_out` had no room for prompt and reply."""

    groups: list[list[Rendered]]  # two sequences for each pair or row, one after another
    verdicts: list[list[bool]]
    left_out: int
    pad: int
    length: int  # of a batch's rows: the longest sequence, rounded up

    def __len__(self) -> int:
        return len(self.groups)

    @property
    def sequences(self) -> list[Rendered]:
        return [sequence for group in self.groups for sequence in group]

    @property
    def counts(self) -> tuple[int, int]:
        """(good, bad); of pairs, each is good."""
        every = [good for group in self.verdicts for good in group]
        return sum(every), len(every) - sum(every)

    def batch(self, index: int) -> Batch:
        """Group `index`, without references."""
        group = self.groups[index]
        sizes = torch.tensor([sum(sequence.learn) for sequence in group])
        return replace(
            laid(_rows(group, self.length), self.length, self.pad),
            sequence_N=torch.arange(len(group)).repeat_interleave(sizes),
            good_P=torch.tensor(self.verdicts[index]),
        )

    def order(self, seed: int) -> Iterator[int]:
        """Groups without end, each pass in an order of its own."""
        epoch = 0
        while True:
            yield from np.random.default_rng((seed, epoch)).permutation(len(self)).tolist()
            epoch += 1

    def stream(self, seed: int, references: Mapping[int, Tensor] | None) -> Iterator[Batch]:
        """Batches in that order; `references` None, zeros, is for measuring how long a step takes."""
        for index in self.order(seed):
            zeros = torch.zeros(len(self.groups[index]))
            yield replace(
                self.batch(index), reference_S=zeros if references is None else references[index]
            )


def pairs(
    conversations: Iterable[Conversation], tokenizer: Tokenizer, context: int, size: int, seed: int
) -> Judged:
    """Of conversations that have a `rejected` reply: (chosen, rejected)."""
    found, left_out = [], 0
    for conversation in conversations:
        if conversation.rejected is None:
            continue
        two = [_reply(c, tokenizer, context) for c in _both(conversation)]
        if two[0] is None or two[1] is None:
            left_out += 1
            continue
        found.append((two[0], two[1]))
    groups = [
        [reply.after(reply.prompt, context) for pair in group for reply in pair]
        for group in _grouped(found, size, seed)
    ]
    verdicts = [[True] * (len(group) // 2) for group in groups]
    return _judged(groups, verdicts, left_out, tokenizer.pad)


def thumbs(
    conversations: Iterable[Conversation], tokenizer: Tokenizer, context: int, size: int, seed: int
) -> Judged:
    """Of conversations that have a `label`, and both sides of those with a `rejected` reply."""
    found, left_out = [], 0
    for conversation in conversations:
        for one in _both(conversation) if conversation.rejected is not None else [conversation]:
            if one.label is None:
                continue
            reply = _reply(one, tokenizer, context)
            if reply is None:
                left_out += 1
            else:
                found.append((reply, reply))
    groups, verdicts = [], []
    for group in _grouped(found, size, seed):
        rows = [reply for reply, _ in group]
        others = [rows[-1], *rows[:-1]]
        two = [(a, b) for a, b in zip(rows, others, strict=True)]
        groups.append([r.after(row.prompt, context) for row, other in two for r in (row, other)])
        verdicts.append([row.good for row in rows])
    return _judged(groups, verdicts, left_out, tokenizer.pad)


def _judged(
    groups: list[list[Rendered]], verdicts: list[list[bool]], left_out: int, pad: int
) -> Judged:
    longest = max((len(sequence) for group in groups for sequence in group), default=1)
    return Judged(groups, verdicts, left_out, pad, -(-longest // ROW_STEP) * ROW_STEP)


def weights(good: int, bad: int) -> tuple[float, float]:
    """(w+, w-), the smaller one 1, so that (w+ n+) : (w- n-) lies within 1:1 and 4:3 (TRL)."""
    if not good or not bad:
        return 1.0, 1.0
    ratio = good / bad
    return max(1.0, 1 / ratio), max(1.0, ratio / EVEN)


def _both(conversation: Conversation) -> list[Conversation]:
    """The conversation with its better and with its worse last reply, labelled."""
    assert conversation.rejected is not None
    worse = Message("assistant", conversation.rejected)
    bad = replace(conversation, messages=(*conversation.messages[:-1], worse))
    return [replace(conversation, label=True), replace(bad, label=False)]


def _reply(conversation: Conversation, tokenizer: Tokenizer, context: int) -> Reply | None:
    """The last reply behind as much of the conversation as fits; None where nothing does."""
    whole = list(conversation.messages)
    if not whole or whole[-1].role != "assistant":
        return None
    turns = [n for n, message in enumerate(whole[:-1]) if message.role == "user"] or [0]
    for start in (0, *turns):
        messages = tuple(whole[start:])
        prompt = tokenizer.render(Conversation(messages[:-1]), open_reply=True).ids
        ids = tokenizer.render(Conversation(messages)).ids
        if len(ids) <= context:
            return Reply(prompt, ids[len(prompt) :], conversation.label is not False)
    return None


def _grouped(
    found: list[tuple[Reply, Reply]], size: int, seed: int
) -> list[list[tuple[Reply, Reply]]]:
    """Shuffled once, at least `LEAST` together and then as many as stay below `size` tokens."""
    groups: list[list[tuple[Reply, Reply]]] = []
    tokens = size
    for index in np.random.default_rng(seed).permutation(len(found)).tolist():
        length = sum(len(reply.prompt) + len(reply.ids) for reply in found[index])
        if not groups or (len(groups[-1]) >= LEAST and tokens + length > size):
            groups.append([])
            tokens = 0
        groups[-1].append(found[index])
        tokens += length
    if len(groups) > 1 and len(groups[-1]) < LEAST:
        rest = groups.pop()
        groups[-1] += rest
    return groups


def _rows(group: list[Rendered], length: int) -> list[Row]:
    """In their order, so that targets come sequence by sequence."""
    rows: list[Row] = []
    room = 0
    for sequence in group:
        if len(sequence) > room:
            rows.append([])
            room = length
        rows[-1].append(sequence)
        room -= len(sequence)
    return rows
