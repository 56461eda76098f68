"""Two processes train what one trains: DDP and FSDP2, with real torchrun and gloo."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from tests import tiny as small
from tests.sharing import STEPS, WAYS
from tests.tiny import Tiny

from chatwright.core.progress import Silent
from chatwright.training.loop import train
from chatwright.training.run import Run
from chatwright.training.trainer import Trainer

ROOT = Path(__file__).resolve().parents[2]
CPU = torch.device("cpu")


def torchrun(*line: str | Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--nproc-per-node",
        "2",
        "--standalone",
    ]
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, *map(str, line)], stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=environment
    ) as process:
        try:
            out, err = process.communicate(timeout=240)
        except subprocess.TimeoutExpired:
            process.terminate()  # not kill: then its workers would stay
            raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


@pytest.fixture(scope="module")
def two(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    """What two processes left, and what they said."""
    folder = tmp_path_factory.mktemp("two")
    done = torchrun("tests/sharing.py", tiny.corpus.dataset.folder, tiny.spec.folder, folder)
    assert done.returncode == 0, done.stderr
    lines = [line.split(" | ") for line in done.stdout.splitlines() if " | " in line]
    return folder, {name: rest for name, *rest in lines}


@pytest.fixture(scope="module")
def one(tiny: Tiny) -> tuple[dict[str, torch.Tensor], float, float]:
    """Weights, last loss and development loss of one process with the same global batches."""
    recipe = small.recipe_for(tiny.corpus, STEPS)
    trainer = Trainer(recipe, CPU)
    trainer.begin(tiny.corpus)
    stream = tiny.corpus.stream(recipe.packing, recipe.seed)
    losses = [trainer.step([next(stream)], index) for index in range(STEPS)]
    figure = trainer.development(tiny.corpus)
    assert figure is not None
    return trainer.state()[0], losses[-1], figure


@pytest.mark.parametrize("way", WAYS)
def test_two_are_one(
    two: tuple[Path, dict[str, list[str]]],
    one: tuple[dict[str, torch.Tensor], float, float],
    way: str,
) -> None:
    folder, said = two
    weights, loss, figure = one
    same, their_loss, their_figure = said[way]
    assert same == "True", "the processes differ from each other"
    theirs = load_file(folder / f"{way}.safetensors")
    assert theirs.keys() == weights.keys()
    worst = max(float((theirs[n] - w).norm() / w.norm()) for n, w in weights.items())
    assert worst < 1e-4
    assert float(their_loss) == pytest.approx(loss, rel=1e-4)
    assert float(their_figure) == pytest.approx(figure, rel=1e-4)


def test_a_run_of_two_is_resumed_by_one(
    tiny: Tiny, two: tuple[Path, dict[str, list[str]]], tmp_path: Path
) -> None:
    """The checkpoint is that of one process: going on alone leads to nearly the same weights."""
    folder, said = two
    assert said["left"] == said["left 1"] == ["Training stopped after step 10 of 24."]
    recipe = small.recipe_for(tiny.corpus, 24)
    left = Run(folder / "left" / recipe.id)
    saved = left.latest()
    assert saved is not None
    assert saved.step == 10
    alone = Run.create(tmp_path, recipe)
    for run in (left, alone):
        train(run, tiny.corpus, CPU, Silent(), checkpoint_every=10)
    assert left.done is not None
    assert left.done["resumed_at"] == 10
    mine, theirs = (load_file(run.model / "model.safetensors") for run in (alone, left))
    worst = max(float((theirs[n] - w).norm() / w.norm()) for n, w in mine.items())
    assert 0 < worst < 1e-3


@pytest.mark.soak
def test_torchrun_trains_a_bot(lived: Path, tmp_path: Path) -> None:
    """The command itself: one process talks, both train, and the run says how many there were."""
    bot = copied(lived, tmp_path)
    done = torchrun("-m", "chatwright.cli", "train", bot, "--seed", "7", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["processes"] == 2
    assert (Path(said["model"]) / "model.safetensors").exists()


@pytest.mark.soak
def test_an_error_in_one_ends_all_with_one_message(lived: Path, tmp_path: Path) -> None:
    """The second process fails in the middle; the first, which waits for it, says nothing of its own."""
    bot = copied(lived, tmp_path)
    done = torchrun("tests/sharing.py", "fail", bot)
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if line.startswith("chatwright:")]
    assert lines == ["chatwright: The second one has had enough. Leave it."], done.stderr


def copied(lived: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(lived, tmp_path / "bot"))
