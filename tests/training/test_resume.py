"""Whatever interrupts a training, the weights in the end are those of one that nothing interrupted."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from tests import tiny as small
from tests.tiny import Tiny

from chatwright.core.errors import StorageFull
from chatwright.core.progress import Silent
from chatwright.training import run as running
from chatwright.training.loop import Stopped, train
from chatwright.training.run import Run

STEPS = 24
CPU = torch.device("cpu")


class At(Silent):
    """Does something when a step is finished."""

    def __init__(self, step: int, act: Callable[[], object]) -> None:
        self.step, self.act = step, act

    def advance(self, done: int, note: str = "") -> None:
        if done == self.step:
            self.act()


class Crash(BaseException):
    """Ends the loop from inside, as if the process had."""


def crash() -> None:
    raise Crash


def new_run(tiny: Tiny, folder: Path) -> Run:
    return Run.create(folder, small.recipe_for(tiny.corpus, STEPS))


def weights_of(run: Run) -> bytes:
    return (run.model / "model.safetensors").read_bytes()


def finish(tiny: Tiny, run: Run) -> bytes:
    train(run, tiny.corpus, CPU, Silent(), checkpoint_every=5)
    return weights_of(run)


@pytest.fixture(scope="module")
def whole(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The weights of the training that nothing interrupted, without any checkpoint."""
    run = new_run(tiny, tmp_path_factory.mktemp("whole"))
    summary = train(run, tiny.corpus, CPU, Silent(), checkpoint_every=1000)
    assert summary["resumed_at"] == 0
    return weights_of(run)


def test_the_same_recipe_gives_the_same_weights(tiny: Tiny, whole: bytes, tmp_path: Path) -> None:
    assert finish(tiny, new_run(tiny, tmp_path)) == whole


@pytest.mark.parametrize("step", [3, 5, 11, 23])
def test_resumed_equals_uninterrupted(tiny: Tiny, whole: bytes, tmp_path: Path, step: int) -> None:
    run = new_run(tiny, tmp_path)
    with pytest.raises(Crash):
        train(run, tiny.corpus, CPU, At(step, crash), checkpoint_every=5)
    assert run.done is None
    assert finish(tiny, run) == whole
    assert run.done is not None
    assert run.done["resumed_at"] == (step - 1) // 5 * 5
    assert [row["step"] for row in run.metrics()] == sorted({r["step"] for r in run.metrics()})
    assert not list(run.folder.glob("*checkpoint-*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_a_checkpoint(
    tiny: Tiny, whole: bytes, tmp_path: Path, number: signal.Signals
) -> None:
    run = new_run(tiny, tmp_path)
    before = signal.getsignal(number)
    with pytest.raises(
        Stopped, match=r"stopped after step 7 of 24\. Run the same command"
    ) as error:
        train(
            run, tiny.corpus, CPU, At(7, lambda: os.kill(os.getpid(), number)), checkpoint_every=100
        )
    assert error.value.exit_code == 1
    assert signal.getsignal(number) is before
    saved = run.latest()
    assert saved is not None
    assert saved.step == 7
    assert finish(tiny, run) == whole


def test_a_torn_checkpoint_is_never_loaded(tiny: Tiny, whole: bytes, tmp_path: Path) -> None:
    run = new_run(tiny, tmp_path)
    with pytest.raises(Crash):
        train(run, tiny.corpus, CPU, At(22, crash), checkpoint_every=5)
    older, newer = sorted(run.folder.glob("checkpoint-*"))
    assert newer.name.endswith("20")
    state = newer / "optimizer.safetensors"
    content = state.read_bytes()
    for broken in (content[:-1], content[: len(content) // 2], b"", content[:-5] + b"xxxxx"):
        state.write_bytes(broken)
        assert _latest(run) == 15
    state.unlink()
    assert _latest(run) == 15
    state.write_bytes(content)
    assert _latest(run) == 20
    manifest = newer / "checkpoint.json"
    for text in ("", "{}", "[]", manifest.read_text()[:40]):
        kept, _ = manifest.read_text(), manifest.write_text(text)
        assert _latest(run) == 15
        manifest.write_text(kept)
    manifest.unlink()
    (older / "model.safetensors").write_bytes(b"")
    assert run.latest() is None
    assert finish(tiny, run) == whole


def _latest(run: Run) -> int:
    found = run.latest()
    assert found is not None
    return found.step


def test_a_full_disk_loses_nothing(
    tiny: Tiny, whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = new_run(tiny, tmp_path)
    real, calls = running.write_tensors, 0

    def filling(tensors: dict[str, torch.Tensor], path: Path) -> None:
        nonlocal calls
        calls += "00000010" in path.parent.name
        if calls == 2:  # in the middle of the second checkpoint
            path.write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        real(tensors, path)

    with monkeypatch.context() as full:
        full.setattr(running, "write_tensors", filling)
        with pytest.raises(StorageFull, match="checkpoint-00000010"):
            train(run, tiny.corpus, CPU, Silent(), checkpoint_every=5)
    assert _latest(run) == 5
    assert [p.name for p in run.folder.glob("*checkpoint*")] == ["checkpoint-00000005"]
    assert finish(tiny, run) == whole


def test_a_torn_log_line_is_left_out(tiny: Tiny, tmp_path: Path) -> None:
    run = new_run(tiny, tmp_path)
    run.log({"step": 5, "loss": 2.0})
    run.log({"step": 10, "loss": 1.0})
    with (run.folder / "metrics.jsonl").open("a") as file:
        file.write('{"step": 15, "lo')
    assert [row["step"] for row in run.metrics()] == [5, 10]
    run.log({"step": 15, "loss": 0.5})
    run.log({"step": 20, "loss": 0.5})
    assert [row["step"] for row in run.metrics()][-1] == 20
