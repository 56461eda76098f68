"""The estimate against peaks that were measured, and what is said when it does not fit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tests.tiny import Tiny
from tests.training.test_parts import planned

from chatwright.data.batches import Packing
from chatwright.model.decoder import Shape
from chatwright.model.lora import Lora
from chatwright.training import memory
from chatwright.training.memory import TooBig, check, estimate, parallel_for
from chatwright.training.optim import Rates
from chatwright.training.recipe import Recipe

ROOT = Path(__file__).resolve().parents[2]
CPU = torch.device("cpu")
SHAPE = Shape(1024, 256, 6, 4, 4, 64, 704, 512)

# A process of its own, whose peak is its own. Two steps, all tokens targets.
MEASURE = """
import json, sys
from pathlib import Path
import torch
from chatwright.data.batches import Batch
from chatwright.training.recipe import Recipe
from chatwright.training.trainer import Trainer

recipe = Recipe.from_dict(json.loads(sys.argv[1]))
rows, size = recipe.packing.batch_tokens // recipe.packing.context, recipe.packing.context
ids = torch.randint(0, recipe.shape.vocabulary, (rows, size))
at = torch.arange(rows * size).view(rows, size)[:, :-1].reshape(-1)
positions = torch.arange(size).expand(rows, size).contiguous()
batch = Batch(ids, positions, at, ids.flatten()[at + 1], (size,) * rows)
def status(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) * 1024
torch.ones(200, 200) @ torch.ones(200, 200)
Path("/proc/self/clear_refs").write_text("5")  # the peak of what was imported does not count
before = status("VmRSS")
trainer = Trainer(recipe, torch.device("cpu"))
for index in range(2):
    trainer.step([batch], index)
print(status("VmHWM") - before)
"""


def recipe_of(shape: Shape = SHAPE, tokens: int = 4096, **changes: object) -> Recipe:
    made = Recipe(
        dataset="d",
        tokenizer="t",
        shape=shape,
        packing=Packing(shape.context, shape.context, tokens, 0.0),
        rates=Rates(),
        steps=10,
        warmup=0.0,
        decay=0.0,
        seed=0,
        precision="fp32",
        compiled=False,
        threads=1,
        initial="random",
    )
    return replace(made, **changes)


def measured(recipe: Recipe) -> float:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, json.dumps(recipe.to_dict())],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"},
    )
    return float(done.stdout)


@pytest.mark.parametrize(
    "recipe",
    [
        pytest.param(recipe_of(), id="activations", marks=pytest.mark.soak),
        pytest.param(recipe_of(recompute=True), id="recomputed", marks=pytest.mark.soak),
        pytest.param(recipe_of(micro_batch=512), id="in parts", marks=pytest.mark.soak),
        pytest.param(
            recipe_of(replace(SHAPE, vocabulary=8192), 2048), id="logits", marks=pytest.mark.soak
        ),
        pytest.param(
            recipe_of(replace(SHAPE, width=512, heads=8, kv_heads=8, hidden=1408), 512),
            id="weights",
            marks=pytest.mark.soak,
        ),
        pytest.param(
            replace(
                recipe_of(replace(SHAPE, width=512, heads=8, kv_heads=8, hidden=1408), 512),
                lora=Lora(),
            ),
            id="lora",
        ),
    ],
)
def test_the_estimate_is_within_a_third(recipe: Recipe) -> None:
    expected, peak = estimate(recipe, targets=1.0).total, measured(recipe)
    print(f"estimated {expected / 1e6:.0f} MB, measured {peak / 1e6:.0f} MB: {expected / peak:.2f}")
    assert 0.7 < expected / peak < 1.33


def test_too_big_is_said_with_what_would_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = recipe_of(tokens=65_536)
    needs = estimate(recipe, 0.6).total
    monkeypatch.setattr(memory, "available", lambda _: needs * 0.8)
    with pytest.raises(TooBig) as error:
        check(recipe, 0.6, CPU, 1, "ddp")
    assert f"needs about {needs / 1e9:.1f} GB of memory" in error.value.problem
    assert f"{needs * 0.8 / 1e9:.1f} GB are free" in error.value.problem
    assert "micro_batch = 512" in error.value.next_step
    assert "checkpoint_activations = true" in error.value.next_step
    monkeypatch.setattr(memory, "available", lambda _: 1e6)
    with pytest.raises(TooBig, match="smaller \\[model\\] size"):
        check(recipe, 0.6, CPU, 1, "ddp")
    monkeypatch.setattr(memory, "available", lambda _: needs * 1.2)
    check(recipe, 0.6, CPU, 1, "ddp")
    small_one = recipe_of(tokens=512)
    with pytest.raises(TooBig):  # so many of them on one machine
        check(small_one, 0.6, CPU, int(2 * needs / estimate(small_one, 0.6).total), "ddp")


def test_going_on_with_less_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = replace(SHAPE, width=512, heads=8, kv_heads=8, hidden=1408)
    recipe = replace(recipe_of(wide, 512), initial="base")
    needs = estimate(recipe, 0.6).total
    assert estimate(replace(recipe, lora=Lora()), 0.6).total < needs
    monkeypatch.setattr(memory, "available", lambda _: needs)
    with pytest.raises(TooBig) as error:
        check(recipe, 0.6, CPU, 1, "ddp")
    assert 'method = "lora"' in error.value.next_step


def test_what_does_not_fit_beside_each_process_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = recipe_of(tokens=512)
    monkeypatch.setattr(memory, "available", lambda _: 100e9)
    assert parallel_for(recipe, 0.6, CPU, 2) == "ddp"
    monkeypatch.setattr(memory, "available", lambda _: 2 * estimate(recipe, 0.6, 2).total)
    assert parallel_for(recipe, 0.6, CPU, 2) == "fsdp"


def test_what_this_machine_has() -> None:
    free = memory.available(CPU)
    assert 50e6 < free < 1e14
    block = torch.ones(100_000_000 // 4)
    assert memory.available(CPU) < free + 50e6  # others may free some
    assert block.numel()


def test_training_is_refused_before_it_begins(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "available", lambda _: 20e6)
    with pytest.raises(TooBig, match="needs about 0\\.\\d GB"):
        planned(tiny, monkeypatch, minutes=1.0)
