"""Batches: nothing lost, nothing twice, nothing seen by another, and only assistants are learned from."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import numpy as np
import pytest
import torch
from tests.tiny import Tiny

from chatwright.core.types import Conversation
from chatwright.data.batches import Batch, Packing, batches, batches_per_epoch, packing_for, windows
from chatwright.tokenizer import Rendered

BEGIN, PAD = 1, 0


def made_up(lengths: list[int]) -> list[Rendered]:
    """Conversations told apart by their tokens: begin, then the own number over and over."""
    return [
        Rendered([BEGIN, *[2 + n] * (length - 1)], [False] + [i % 3 > 0 for i in range(length - 1)])
        for n, length in enumerate(lengths)
    ]


def realistic(count: int, seed: int = 0) -> list[int]:
    """Chats: most short, some very long (the shape of the Schema-Guided Dialogues' lengths)."""
    rng = np.random.default_rng(seed)
    return [int(n) for n in np.clip(rng.lognormal(5.2, 0.6, count), 8, 1024)]


def pieces(batch: Batch) -> list[tuple[int, ...]]:
    """The conversations of a batch, found by their positions: each starts again at 0."""
    found = []
    for ids, positions in zip(batch.ids_BT.tolist(), batch.positions_BT.tolist(), strict=True):
        starts = [i for i, p in enumerate(positions) if p == 0 and ids[i] != PAD]
        ends = [*starts[1:], sum(i != PAD for i in ids)]
        found += [tuple(ids[a:b]) for a, b in zip(starts, ends, strict=True)]
    return found


@pytest.mark.parametrize("count", [1, 7, 900])
def test_every_conversation_once_an_epoch(count: int) -> None:
    conversations = made_up(realistic(count))
    packing = packing_for([len(c) for c in conversations], 1024, 2048, chained=0.0)
    length = batches_per_epoch(conversations, packing, 3)
    stream = batches(conversations, packing, 3, PAD)
    epochs = [Counter(p for b in islice(stream, length) for p in pieces(b)) for _ in range(2)]
    every = {tuple(c.ids) for c in conversations}
    for epoch in epochs:
        assert set(epoch) <= every
        assert set(epoch.values()) == {1}
    # What a last, unfilled batch would have held is left to the next epoch: less than two batches.
    dropped = [sum(map(len, every - set(epoch))) for epoch in epochs]
    assert all(tokens <= 2 * packing.batch_tokens for tokens in dropped)
    if count < 900:
        assert set(epochs[0]) | set(epochs[1]) == every


def test_chaining_loses_no_token() -> None:
    conversations = made_up(realistic(400))
    packing = packing_for([len(c) for c in conversations], 1024, 2048, chained=0.3)
    length = batches_per_epoch(conversations, packing, 0)
    seen: Counter[int] = Counter()
    for batch in islice(batches(conversations, packing, 0, PAD), length):
        for piece in pieces(batch):
            assert len(piece) <= packing.context
            seen.update(piece[1:])
            assert BEGIN not in piece[1:]
    whole = {n: len(c) - 1 for n, c in enumerate(conversations, 2)}
    assert all(seen[n] in (0, size) for n, size in whole.items())
    assert sum(seen.values()) > 0.97 * sum(whole.values())


def test_rows_are_full() -> None:
    conversations = made_up(realistic(3000))
    packing = packing_for([len(c) for c in conversations], 1024, 2048)
    length = batches_per_epoch(conversations, packing, 0)
    used = total = 0
    for batch in islice(batches(conversations, packing, 0, PAD), length):
        used += int((batch.ids_BT != PAD).sum())
        total += batch.tokens
    assert used / total >= 0.97


def test_nobody_sees_another() -> None:
    conversations = made_up(realistic(60))
    packing = packing_for([len(c) for c in conversations], 1024, 2048, chained=0.0)
    for batch in islice(batches(conversations, packing, 0, PAD), 8):
        assert sum(batch.pieces) == batch.tokens
        dense = batch.masked().mask_B1TT
        assert dense is not None
        ids, mask = batch.ids_BT, dense[:, 0]
        row, query, key = mask.nonzero(as_tuple=True)
        assert (key <= query).all()
        # Equal numbers are one conversation; the begin tokens are told apart by where they stand.
        text = (ids[row, query] > BEGIN) & (ids[row, key] > BEGIN)
        assert torch.equal(ids[row, query][text], ids[row, key][text])
        distance = batch.positions_BT[row, query] - batch.positions_BT[row, key]
        real = ids[row, query] != PAD
        assert torch.equal((query - key)[real], distance[real])
        # and each sees all of its own past
        per_query = mask.sum(-1)[ids != PAD]
        assert torch.equal(per_query, batch.positions_BT[ids != PAD] + 1)


def test_targets_are_what_assistants_say(tiny: Tiny) -> None:
    tokenizer = tiny.corpus.tokenizer
    packing = Packing(128, 256, 1024, 0.1)
    length = batches_per_epoch(tiny.corpus.train, packing, 0)
    assistant = tokenizer.render(Conversation(()), open_reply=True).ids[-1]
    learned = 0
    for batch in islice(batches(tiny.corpus.train, packing, 0, tokenizer.pad), length):
        flat = batch.ids_BT.flatten().tolist()
        assert [flat[i + 1] for i in batch.at_N.tolist()] == batch.targets_N.tolist()
        speaker: str | None = None
        said = []
        for index, token in enumerate(flat):
            if token in tokenizer.special and token not in (
                tokenizer.end,
                *tokenizer.silent,
            ):
                speaker = "assistant" if token == assistant else None
            elif speaker:
                said.append(index - 1)
                speaker = None if token == tokenizer.end else speaker
        assert batch.at_N.tolist() == said
        learned += len(said)
    assert learned > 0.9 * sum(sum(r.learn) for r in tiny.corpus.train)


def test_the_order_depends_on_seed_and_epoch_alone() -> None:
    conversations = made_up(realistic(100))
    packing = packing_for([len(c) for c in conversations], 1024, 2048)

    def order(seed: int, first: int) -> list[list[int]]:
        return [
            b.ids_BT.flatten().tolist()
            for b in islice(batches(conversations, packing, seed, PAD), first, first + 5)
        ]

    assert order(0, 7) == order(0, 7)
    assert order(0, 0) != order(1, 0)
    length = batches_per_epoch(conversations, packing, 0)
    assert order(0, 0) != order(0, length)


def test_windows_cut_at_turns_and_lose_nothing() -> None:
    ids = [BEGIN, *range(10, 510)]
    rendered = Rendered(ids, [False] + [i % 2 == 0 for i in range(500)])
    starts = list(range(1, 501, 50))
    found = windows(rendered, 128, starts)
    assert all(len(piece) <= 128 and piece.ids[0] == BEGIN for piece in found)
    assert [i for piece in found for i in piece.ids[1:]] == ids[1:]
    assert [i for piece in found for i in piece.learn[1:]] == rendered.learn[1:]
    assert all((piece.ids[1] - 10) % 50 == 0 for piece in found)
