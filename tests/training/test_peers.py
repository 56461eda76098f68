"""The parts of `bench/train.py --peers` that decide whether it is fair; no timings."""

from __future__ import annotations

import importlib
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from bench.train_figures import Shelf, chart, reached
from tests.tiny import CONTEXT, Tiny, recipe_for, shape

from chatwright.core.pieces import Pieces
from chatwright.data.batches import Batch, Packing
from chatwright.training.trainer import Trainer

BENCH = Path(__file__).resolve().parents[2] / "bench"
NOTHING = -100


def test_the_shortest_training_that_reaches_the_target_counts() -> None:
    runs = [(120.0, 0.9), (60.0, 1.1), (240.0, 0.8)]
    first, between = reached(runs, 1.0)
    assert first == 120.0
    assert between == pytest.approx(60 * math.sqrt(2))  # half of the way, in the logarithm of time
    assert reached(runs, 1.2) == (60.0, None)
    assert reached(runs, 0.7) == (None, None)
    assert reached([(60.0, 1.1), (120.0, 0.9)], 0.9) == (120.0, pytest.approx(120.0))
    # A longer run that happens to be worse does not undo a shorter one.
    assert reached([(60.0, 1.1), (90.0, 0.95), (120.0, 1.05)], 1.0)[0] == 90.0


def test_a_chart_has_each_curve_in_its_place() -> None:
    lines = chart({"ours": [(10, 1.0), (100, 0.5)], "theirs": [(10, 2.0), (100, 1.5)]}, 21, 4)
    assert lines[0] == " 2.000 |t"
    assert lines[1] == " 1.500 |" + " " * 20 + "t"
    assert lines[2] == " 1.000 |o"
    assert lines[3] == " 0.500 |" + " " * 20 + "o"
    assert lines[4].split() == ["10", "s", "100", "s"]
    assert not chart({"ours": []})


def test_a_piece_is_found_again_by_all_that_determines_it(tmp_path: Path) -> None:
    piece = {"what": "nanogpt", "seconds": 60.0, "rate": 1e-3}
    shelf = Shelf(tmp_path, {"commit": "abc"})
    assert shelf.find(piece) is None
    shelf.keep(piece, {"loss": 1.0})
    assert (shelf.find(piece) or {})["loss"] == 1.0
    assert shelf.find({**piece, "rate": 2e-3}) is None
    assert Shelf(tmp_path, {"commit": "abd"}).find(piece) is None


@pytest.fixture
def peers(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(BENCH)
    return importlib.import_module("train_contestants")


@pytest.fixture
def batch(tiny: Tiny) -> Batch:
    return next(tiny.corpus.stream(Packing(CONTEXT, CONTEXT, 512, 0.0), 0))


@pytest.mark.parametrize("name", ["Loop", "HuggingFace"])
@torch.no_grad()
def test_peers_have_the_size_they_say_and_see_no_other_conversation(
    tiny: Tiny, peers: Any, batch: Batch, tmp_path: Path, name: str
) -> None:
    layout = peers.Layout(tiny.corpus.tokenizer.padded, 64, 2, CONTEXT)
    peer = getattr(peers, name)(layout, compiled=False, bf16=False)
    assert sum(p.numel() for p in peer.net.parameters()) == layout.parameters
    if name == "Loop":
        peer.net.start(0)
    begin, length = batch.pieces[:2]
    assert begin + length <= CONTEXT
    assert batch.positions_BT[0, begin : begin + 2].tolist() == [0, 1], "two in the first row"
    at = torch.arange(begin, begin + length)
    packed = peer.decoder.model(batch.ids_BT, batch.positions_BT, batch.sees, at)
    ids = batch.ids_BT[:1, begin : begin + length]
    positions = torch.arange(length).unsqueeze(0)
    by_itself = peer.decoder.model(ids, positions, Pieces((length,)), torch.arange(length))
    torch.testing.assert_close(packed, by_itself, atol=1e-5, rtol=1e-5)
    assert peer.decoder.logits(packed).shape == (length, layout.vocabulary)


@torch.no_grad()
def test_peers_learn_what_ours_learns(tiny: Tiny, peers: Any, batch: Batch) -> None:
    """Each loss is the mean over our targets, whatever the library makes of labels."""
    layout = peers.Layout(tiny.corpus.tokenizer.padded, 64, 2, CONTEXT)
    loop, theirs = (cls(layout, False, False) for cls in (peers.Loop, peers.HuggingFace))
    loop.net.start(0)
    mask = batch.masked().mask_B1TT
    args = batch.ids_BT, batch.positions_BT, mask, peers.labels_of(batch, 0)
    (row,) = peers.Rows(iter([batch]))
    for peer, loss in ((loop, loop.net(*args)), (theirs, theirs.net(**row).loss)):
        hidden = peer.decoder.model(batch.ids_BT, batch.positions_BT, batch.sees, batch.at_N)
        wanted = torch.nn.functional.cross_entropy(peer.decoder.logits(hidden), batch.targets_N)
        torch.testing.assert_close(loss, wanted, atol=1e-4, rtol=1e-4)
    assert int((peers.labels_of(batch, 1) != NOTHING).sum()) == len(batch.targets_N)


def test_the_loop_warms_up_and_ends_at_a_tenth(peers: Any, tmp_path: Path) -> None:
    loop = peers.Loop(peers.Layout(64, 64, 1, 32), False, False)
    loop.settle(0, 1e-3, 100, tmp_path)
    factors = [loop.factor(index) for index in range(100)]
    assert factors[0] < factors[1] < factors[2] < factors[3] == pytest.approx(1.0, abs=0.01)
    assert factors[-1] == pytest.approx(0.1, abs=0.01)
    assert replace(peers.Layout(64, 64, 1, 32), width=128).heads == 2


def test_every_product_of_a_step_is_taken_down(
    tiny: Tiny, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many operations as the shapes say: forward, and twice that backward."""
    monkeypatch.syspath_prepend(BENCH)
    share = importlib.import_module("train_share")
    s = shape(tiny.corpus.tokenizer.padded, kv_heads=4)
    trainer = Trainer(recipe_for(tiny.corpus, 10, shape=s), torch.device("cpu"))
    calls = share.taken_down(trainer, batch, 0)
    t, n, d = batch.tokens, len(batch.targets_N), s.width
    wide = s.heads * s.head_size
    qkv, rest = 3 * d * wide, wide * d + 3 * d * s.hidden
    forward = s.layers * t * qkv + ((s.layers - 1) * t + n) * rest + n * d * s.vocabulary
    made = sum(a.numel() * b.shape[1] for _, (a, b), _ in calls["model"])
    assert made == 3 * forward
    assert len(calls["attention"]) == 2 * s.layers * len(batch.pieces)
    assert calls["optimizer"]
    assert share.seconds(calls["model"]) > 0
    assert trainer.optimizer.step.__func__ is type(trainer.optimizer).step
