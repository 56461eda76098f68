"""A training gives way while an answer is made, learns the same to the bit, and ends all the same."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tests import tiny as small
from tests.tiny import Tiny

from chatwright.core.live import Mark
from chatwright.core.pieces import Pieces
from chatwright.model.decoder import Decoder
from chatwright.model.sizes import shape_for
from chatwright.training import hardware
from chatwright.training.trainer import Trainer
from chatwright.training.yielding import Yielding, attach

CPU = torch.device("cpu")


def test_it_waits_until_the_answer_is_there(tmp_path: Path) -> None:
    mark, pause = Mark(tmp_path), Yielding(tmp_path, most=1.0)
    time.sleep(0.3)  # of work: what it may wait is a share of the time
    mark.enter()
    threading.Timer(0.1, mark.leave).start()
    began = time.monotonic()
    pause()
    assert 0.08 < time.monotonic() - began < 2
    assert 0.08 < pause.paused < 2
    pause()
    time.sleep(0.01)
    began = time.monotonic()
    pause()
    assert time.monotonic() - began < 0.05


def test_traffic_without_end_leaves_it_its_share(tmp_path: Path) -> None:
    mark, pause = Mark(tmp_path), Yielding(tmp_path, most=0.5)
    mark.enter()
    began, worked = time.monotonic(), 0.0
    while time.monotonic() - began < 0.5:
        start = time.monotonic()
        time.sleep(0.01)
        worked += time.monotonic() - start
        pause()
    assert worked > 0.3 * (time.monotonic() - began)
    assert 0.3 < pause.share < 0.6


def test_without_a_server_nobody_waits(tmp_path: Path) -> None:
    pause = Yielding(tmp_path)
    time.sleep(0.01)
    pause()
    assert pause.paused == 0 and pause.told() == ""


def test_weights_are_the_same_to_the_bit(tiny: Tiny) -> None:
    """With and without pauses, which also happen between layers, forwards and backwards."""
    recipe = replace(small.recipe_for(tiny.corpus, 3), micro_batch=256)
    seen: list[int] = []
    made = []
    for pause in (lambda: None, lambda: seen.append(1)):
        trainer = Trainer(recipe, CPU, pause=pause)
        trainer.begin(tiny.corpus)
        stream = trainer.stream(tiny.corpus)
        for index in range(3):
            trainer.step([next(stream)], index)
        made.append(trainer.state()[0])
    assert all(torch.equal(made[0][name], made[1][name]) for name in made[0])
    assert len(seen) > 3 * 4 * 2 * recipe.shape.layers  # steps, micro-batches, both ways


@pytest.mark.filterwarnings("ignore:The .grad attribute:UserWarning")  # the compiler looks for it
@pytest.mark.parametrize("compiled", [False, True])
def test_layers_pass_values_as_they_are(compiled: bool) -> None:
    """Compiled too: attention is not, there."""
    if compiled and not hardware.inspect().compiler:
        pytest.skip("no C++ compiler")
    torch.manual_seed(0)
    decoder = Decoder(shape_for("nano", 64, 32))
    ids, pieces = torch.arange(32).view(1, 32), Pieces((20, 12))
    expected = decoder(ids, None, pieces)
    calls: list[int] = []
    attach(decoder, lambda: calls.append(1))
    if compiled:
        decoder.model.compile()
    layers = len(decoder.model.layers)
    with torch.no_grad():
        torch.testing.assert_close(decoder(ids, None, pieces), expected)
    assert len(calls) == layers
    found = decoder(ids, None, pieces)
    assert len(calls) == 2 * layers
    found.sum().backward()
    assert len(calls) == 3 * layers
    for lengths in ((32,), (1, 31), (4, 4, 24), (2,) * 16):  # none of them is compiled for
        decoder(ids, None, Pieces(lengths))
    torch.testing.assert_close(decoder(ids, None, pieces), expected)
