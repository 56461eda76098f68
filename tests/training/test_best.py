"""The model that is released is the best on development data, and a training that gets worse ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from tests import tiny as small
from tests.tiny import Tiny

from chatwright.core.progress import Silent
from chatwright.training import loop
from chatwright.training.loop import train
from chatwright.training.run import Run
from chatwright.training.trainer import Trainer

CPU = torch.device("cpu")
STEPS = 24  # measured at 4, 8, 12, 16, 20, 24


class Crash(BaseException):
    """Ends the loop from inside, as if the process had."""


class Until(Silent):
    def __init__(self, step: int) -> None:
        self.step = step

    def advance(self, done: int, note: str = "") -> None:
        if done == self.step:
            raise Crash


class Measured:
    """Development figures as a test wants them, by step; keeps the weights that were measured."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, figures: Sequence[float]) -> None:
        self.weights: dict[int, dict[str, torch.Tensor]] = {}
        measured = self

        def development(trainer: Trainer, _: object) -> float:
            step = trainer.optimizer.steps
            state = trainer.state()[0]
            measured.weights[step] = {name: t.clone() for name, t in state.items()}
            return figures[step // (STEPS // 6) - 1]

        monkeypatch.setattr(loop.Trainer, "development", development)


def new_run(tiny: Tiny, folder: Path, **changes: Any) -> Run:
    return Run.create(folder, small.recipe_for(tiny.corpus, STEPS, **changes))


def finish(tiny: Tiny, run: Run) -> dict[str, Any]:
    return train(run, tiny.corpus, CPU, Silent(), checkpoint_every=5)


def released(run: Run) -> dict[str, torch.Tensor]:
    return load_file(run.model / "model.safetensors")


def same(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


WORSE = (3.0, 2.0, 1.0, 1.1, 1.2, 1.3)


@pytest.mark.parametrize(("keep", "step"), [("best", 12), ("last", 24)])
def test_what_is_kept(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep: str, step: int
) -> None:
    measured = Measured(monkeypatch, WORSE)
    run = new_run(tiny, tmp_path, keep=keep)
    done = finish(tiny, run)
    assert (done["kept_step"], done["steps"], done["last_dev_bits_per_byte"]) == (step, 24, 1.3)
    assert done["dev_bits_per_byte"] == WORSE[step // 4 - 1]
    assert same(released(run), measured.weights[step])
    assert not same(measured.weights[12], measured.weights[24])
    assert not list(run.folder.glob("*best*"))


@pytest.mark.parametrize(("patience", "steps"), [(0, 24), (1, 16), (2, 20), (3, 24)])
def test_patience(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patience: int, steps: int
) -> None:
    Measured(monkeypatch, WORSE)
    done = finish(tiny, new_run(tiny, tmp_path, patience=patience))
    assert (done["steps"], done["planned_steps"], done["kept_step"]) == (steps, 24, 12)


@pytest.mark.parametrize("step", [11, 13, 14, 19])
def test_resumed_it_keeps_and_stops_the_same(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Also where the best is of a later step than the checkpoint it goes on from (13, 14)."""
    Measured(monkeypatch, WORSE)
    whole, cut = (new_run(tiny, tmp_path / name, patience=2) for name in ("whole", "cut"))
    expected = finish(tiny, whole)
    with pytest.raises(Crash):
        train(cut, tiny.corpus, CPU, Until(step), checkpoint_every=5)
    best = cut.best()
    assert best is not None
    assert best.step == min(12, step // 4 * 4)
    assert len(list(cut.folder.glob("checkpoint-*"))) == min(2, (step - 1) // 5)
    done = finish(tiny, cut)
    for name in ("steps", "kept_step", "dev_bits_per_byte"):
        assert done[name] == expected[name]
    assert same(released(cut), released(whole))


def test_it_stops_where_it_stopped_before(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted after the step that was its last, with a checkpoint of that step."""
    Measured(monkeypatch, WORSE)
    run = new_run(tiny, tmp_path, patience=2)
    with monkeypatch.context() as dying:
        dying.setattr(Run, "finish", lambda *_: (_ for _ in ()).throw(Crash))
        with pytest.raises(Crash):
            train(run, tiny.corpus, CPU, Silent(), checkpoint_every=20)
    saved = run.latest()
    assert saved is not None
    assert saved.step == 20
    done = finish(tiny, run)
    assert (done["steps"], done["resumed_at"], done["kept_step"]) == (20, 20, 12)


def test_a_spoilt_best_is_not_released(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = Measured(monkeypatch, WORSE)
    run = new_run(tiny, tmp_path)
    with pytest.raises(Crash):
        train(run, tiny.corpus, CPU, Until(14), checkpoint_every=5)
    (folder,) = run.folder.glob("best-*")
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-1])
    assert run.best() is None
    done = finish(tiny, run)
    assert done["kept_step"] == 12, "measured again from step 10 on"
    assert same(released(run), measured.weights[12])


def test_without_development_data_the_last_is_kept(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No figure is not a figure of zero, which nothing would ever beat."""
    corpus = replace(tiny.corpus, dev=[], dev_bytes=0)
    run = new_run(tiny, tmp_path, patience=1)
    done = train(run, corpus, CPU, Silent(), checkpoint_every=5)
    assert (done["steps"], done["kept_step"], done["dev_bits_per_byte"]) == (24, 24, None)
