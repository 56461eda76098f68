"""Too little of something: data for a row, time for a warm-up. It is said, and what there is is used."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tests import tiny as small
from tests.tiny import Tiny
from tests.training.test_parts import planned

from chatwright.core.progress import Silent
from chatwright.training.loop import train
from chatwright.training.run import Run


def test_data_shorter_than_one_context(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two conversations of some 30 tokens, rows of 256: every step sees both, and learns them."""
    few = sorted(tiny.corpus.train, key=len)[:2]
    corpus = replace(tiny.corpus, train=few)
    assert corpus.tokens < small.CONTEXT
    said = planned(replace(tiny, corpus=corpus), monkeypatch, minutes=1.0).describe(corpus)
    assert any(
        "less than one batch" in line and "every step sees all of them" in line for line in said
    )
    run = Run.create(tmp_path, small.recipe_for(corpus, 30))
    done = train(run, corpus, torch.device("cpu"), Silent(), checkpoint_every=100)
    losses = [row["loss"] for row in run.metrics()]
    assert done["steps"] == 30
    assert all(map(math.isfinite, losses))
    assert losses[-1] < losses[0] / 2


def test_a_budget_too_small_for_a_warm_up(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = planned(tiny, monkeypatch, seconds=1.0, minutes=0.05)
    assert made.recipe.steps == 10
    said = made.describe(tiny.corpus)
    assert any("too small for a warm-up: 10 steps" in line for line in said)
    enough = planned(tiny, monkeypatch, minutes=2.0).describe(tiny.corpus)
    assert not any("warm-up" in line or "less than one batch" in line for line in enough)
    run = Run.create(tmp_path, small.recipe_for(tiny.corpus, 10))
    done = train(run, tiny.corpus, torch.device("cpu"), Silent(), checkpoint_every=100)
    assert done["steps"] == 10
    assert math.isfinite(done["dev_bits_per_byte"])
