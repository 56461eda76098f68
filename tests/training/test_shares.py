"""A step is the same step whoever computes its rows, and in however many turns."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
import torch
from tests import tiny as small
from tests.tiny import Tiny

from chatwright.data.batches import Batch
from chatwright.training.shares import shares
from chatwright.training.trainer import Trainer

CPU = torch.device("cpu")


def steps(tiny: Tiny, count: int = 12) -> list[Batch]:
    recipe = small.recipe_for(tiny.corpus, 20)
    return list(islice(tiny.corpus.stream(recipe.packing, 0), count))


def gradients(tiny: Tiny, batch: Batch, **changes: Any) -> dict[str, torch.Tensor]:
    """Of one step, caught before the optimizer uses them."""
    trainer = Trainer(small.recipe_for(tiny.corpus, 20, **changes), CPU)
    # A start at which gradients reach every matrix: outputs do not begin at zero here.
    for p in trainer.decoder.parameters():
        torch.nn.init.normal_(p, std=0.05, generator=torch.Generator().manual_seed(p.numel()))
    caught: dict[str, torch.Tensor] = {}

    def keep(factor: float) -> None:
        for name, p in trainer.decoder.named_parameters():
            assert p.grad is not None
            caught[name] = p.grad.clone()

    trainer.optimizer.step = keep
    trainer.learn([batch], 0)
    return caught


def apart(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> float:
    assert a.keys() == b.keys()
    return max(float((a[n] - b[n]).norm() / a[n].norm().clamp_min(1e-12)) for n in a)


@pytest.mark.parametrize("tokens", [128, 300, 512])
def test_accumulated_is_one_big_batch(tiny: Tiny, tokens: int) -> None:
    for batch in steps(tiny, 3):
        assert apart(gradients(tiny, batch), gradients(tiny, batch, micro_batch=tokens)) < 1e-5


def test_recomputed_activations_give_the_same_gradients(tiny: Tiny) -> None:
    batch = steps(tiny, 1)[0]
    kept, recomputed = gradients(tiny, batch), gradients(tiny, batch, recompute=True)
    assert all(torch.equal(kept[name], recomputed[name]) for name in kept)


@pytest.mark.parametrize(("size", "tokens"), [(1, 256), (2, 0), (3, 128), (16, 0)])
def test_every_row_is_computed_once(tiny: Tiny, size: int, tokens: int) -> None:
    for batch in steps(tiny):
        each = [list(shares([batch], rank, size, tokens)) for rank in range(size)]
        assert len({len(mine) for mine in each}) == 1, "one would wait for the others for ever"
        counted = [share.batch for mine in each for share in mine if share.counts]
        assert torch.equal(torch.cat([part.ids_BT for part in counted]), batch.ids_BT)
        assert torch.equal(torch.cat([part.targets_N for part in counted]), batch.targets_N)
        assert sum((part.pieces for part in counted), ()) == batch.pieces
        assert sum(part.weight for part in counted) == batch.weight
        rows = max(1, tokens // batch.ids_BT.shape[1]) if tokens else len(batch.ids_BT)
        assert all(len(part.ids_BT) <= rows for part in counted)


def test_a_part_is_the_batch_of_its_rows(tiny: Tiny) -> None:
    batch = steps(tiny, 1)[0]
    part = batch.rows(1, 3)
    whole, mine = batch.masked().mask_B1TT, part.masked().mask_B1TT
    assert whole is not None
    assert mine is not None
    assert torch.equal(mine, whole[1:3])
    at = part.ids_BT.flatten()[part.at_N + 1]
    assert torch.equal(at, part.targets_N)
