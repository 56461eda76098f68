"""Numbers that are none: the step, the parameter and the row are named; no checkpoint holds one."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from tests import tiny as small
from tests.tiny import Tiny
from torch import Tensor

from chatwright.core.progress import Silent
from chatwright.data.batches import Batch
from chatwright.model.decoder import Decoder
from chatwright.training import divergence, objectives, trainer
from chatwright.training.distributed import ALONE
from chatwright.training.divergence import Alarm, Diverged, Health, NotFinite
from chatwright.training.loop import train
from chatwright.training.run import Run

CPU = torch.device("cpu")
NAME = "model.layers.1.mlp.up_proj.weight"


def run_with(tiny: Tiny, folder: Path, objective: Any, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(trainer, "objective", lambda *_: objective)
    return Run.create(folder, small.recipe_for(tiny.corpus, 24))


def at_step(number: int, spoil: Any) -> Any:
    """The usual objective; `spoil` changes what it gives at that step."""
    calls: list[int] = []

    def objective(decoder: Decoder, batch: Batch) -> Tensor:
        calls.append(1)
        loss = objectives.targets(decoder, batch)
        return spoil(decoder, loss) if len(calls) == number else loss

    return objective


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_loss_that_is_no_number(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: float
) -> None:
    run = run_with(tiny, tmp_path, at_step(13, lambda _, loss: loss * bad), monkeypatch)
    with pytest.raises(Diverged, match=r"at step 13: the loss is no finite number") as error:
        train(run, tiny.corpus, CPU, Silent(), checkpoint_every=4)
    assert "rate = 0.5" in error.value.next_step
    assert "matrices 0.01" in error.value.problem  # the rate at that step
    assert "rows, row " in error.value.problem
    saved = run.latest()
    assert saved is not None
    assert saved.step == 12
    assert all(bool(t.isfinite().all()) for s in saved.states.values() for t in s.values())
    assert run.state == "diverged"
    assert run.diverged is not None
    assert run.diverged["step"] == 13


def test_a_gradient_that_is_no_number(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loss is fine; one parameter's gradient is not, and it is named."""

    def spoil(decoder: Decoder, loss: Tensor) -> Tensor:
        decoder.get_parameter(NAME).register_hook(
            lambda g: g.index_fill(0, torch.tensor(3), math.inf)
        )
        return loss

    run = run_with(tiny, tmp_path, at_step(6, spoil), monkeypatch)
    with pytest.raises(Diverged, match=f"step 6: a gradient is no finite number.*{NAME}"):
        train(run, tiny.corpus, CPU, Silent(), checkpoint_every=2)
    saved = run.latest()
    assert saved is not None
    assert saved.step == 4
    assert json.loads((run.folder / "diverged.json").read_text())["parameters"] == [NAME]
    monkeypatch.undo()
    train(run, tiny.corpus, CPU, Silent(), checkpoint_every=2)  # what was wrong is gone: it goes on
    assert run.state == "done"
    assert run.diverged is None


def test_large_is_not_infinite() -> None:
    """The length of this gradient overflows; no element does."""
    decoder = Decoder(small.shape(64))
    for p in decoder.parameters():
        p.grad = torch.full_like(p, 1e30)
    health = Health(decoder, ALONE)
    health.note(0, torch.tensor(1.0))
    health.check()
    decoder.get_parameter(NAME).grad = torch.full_like(decoder.get_parameter(NAME), math.nan)
    health.note(1, torch.tensor(1.0))
    health.note(2, torch.tensor(math.nan))  # the first one counts
    with pytest.raises(NotFinite) as error:
        health.check()
    assert error.value.args == (1, 1.0, (NAME,))


def test_a_loss_that_runs_away() -> None:
    alarm = Alarm()
    for step in range(1, 101):
        alarm.note(step, 2.0 + 0.3 * (step % 3))
    alarm.note(101, 9.0)
    assert alarm.since == 101
    alarm.note(102, 2.0)
    assert alarm.since is None, "one bad batch is an accident"
    with pytest.raises(Diverged, match=r"since step 103 .* median was 2\.\d+ before"):
        for step in range(103, 103 + divergence.LONG + 1):
            alarm.note(step, 9.0)
    assert step == 103 + divergence.LONG


def test_a_usual_training_alarms_nobody(tiny: Tiny) -> None:
    alarm = Alarm()
    for row in tiny.run.metrics():
        alarm.note(row["step"], row["loss"])
        assert alarm.since is None


def test_no_checkpoint_while_the_loss_runs_away(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rates that are far too high: what is kept is from before."""
    monkeypatch.setattr(divergence, "LONG", 30)
    calls: list[int] = []

    def objective(decoder: Decoder, batch: Batch) -> Tensor:
        calls.append(1)
        loss = objectives.targets(decoder, batch)
        return loss if len(calls) <= 40 else loss + 19 * loss.detach()

    monkeypatch.setattr(trainer, "objective", lambda *_: objective)
    run = Run.create(tmp_path, small.recipe_for(tiny.corpus, 90))
    with pytest.raises(Diverged, match="ran away: since step 41"):
        train(run, tiny.corpus, CPU, Silent(), checkpoint_every=5)
    saved = run.latest()
    assert saved is not None
    assert saved.step == 40
