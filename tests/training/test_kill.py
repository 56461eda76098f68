"""`kill -9`, also inside a checkpoint: the weights in the end are those of a run that nobody killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from tests import tiny as small
from tests.tiny import Tiny
from tests.training.kills import WAYS

from chatwright.core.progress import Silent
from chatwright.training.loop import train
from chatwright.training.run import Run

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("kills", "steps", "seed"), [(5, 40, 0), pytest.param(20, 160, 1, marks=pytest.mark.soak)]
)
def test_killed_equals_uninterrupted(
    tiny: Tiny, tmp_path: Path, kills: int, steps: int, seed: int
) -> None:
    plain = Run.create(tmp_path / "plain", small.recipe_for(tiny.corpus, steps))
    train(plain, tiny.corpus, torch.device("cpu"), Silent(), checkpoint_every=1000)
    line = [tmp_path / "killed", tiny.corpus.dataset.folder, tiny.spec.folder, steps, kills, seed]
    done = subprocess.run(
        [sys.executable, "-m", "tests.training.kills", *map(str, line)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
    )
    print(done.stdout)
    assert done.returncode == 0, done.stderr
    *killed, end = [row.split(" | ") for row in done.stdout.splitlines() if " | " in row]
    assert len(killed) == kills, done.stderr
    assert {row[0] for row in killed} == {str(-signal.SIGKILL)}
    assert end[0] == "0", done.stderr
    for way in WAYS:
        hit = [row for row in killed if row[1].endswith(way)]
        assert len(hit) == kills // len(WAYS)
        if "inside" in way or "name" in way:
            assert all(row[3:] for row in hit), f"no half checkpoint was left {way}"
    run = Run(tmp_path / "killed" / plain.folder.name)
    assert run.done is not None
    assert run.done["resumed_at"] > 0
    weights = [(one.model / "model.safetensors").read_bytes() for one in (run, plain)]
    assert weights[0] == weights[1]
