"""The optimizer's arithmetic, the schedule, the recipe's hash, and how a budget becomes steps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from tests import tiny as small
from tests.tiny import Tiny

from chatwright.core.progress import Silent
from chatwright.data.batches import Packing
from chatwright.model.decoder import Decoder
from chatwright.model.shape import Shape
from chatwright.training import plan as planning
from chatwright.training.hardware import Hardware
from chatwright.training.optim import Optimizer, Rates, orthogonal
from chatwright.training.recipe import Recipe
from chatwright.training.schedule import rate

MACHINE = Hardware("cpu", 1, compiler=False, precision="fp32")


@pytest.mark.parametrize("size", [(48, 48), (64, 24), (24, 64)])
def test_orthogonal_is_near_uv(size: tuple[int, int]) -> None:
    """In the SVD's own basis the result is a diagonal of about ones: the right matrix."""
    generator = torch.Generator().manual_seed(0)
    u, _, vh = torch.linalg.svd(torch.randn(3, *size, generator=generator), full_matrices=False)
    spectrum = torch.logspace(
        0, -2, min(size)
    )  # a hundredfold between the largest and the smallest
    matrix = u * spectrum @ vh
    made = u.mT @ orthogonal(matrix, 5) @ vh.mT
    diagonal = made.diagonal(dim1=-2, dim2=-1)
    assert float(diagonal.min()) > 0.65
    assert float(diagonal.max()) < 1.25
    assert float((made - torch.diag_embed(diagonal)).abs().max()) < 1e-3
    torch.testing.assert_close(
        orthogonal(matrix * 1e4, 5), orthogonal(matrix, 5), atol=1e-3, rtol=0
    )


def test_heads_are_orthogonal_each_for_itself() -> None:
    """Every head of q, k, v (rows) and o (columns) moves in a direction of its own."""
    shape = small.shape(64)
    decoder = Decoder(shape)
    optimizer = Optimizer(decoder, Rates(weight_decay=0.0), shape.head_size)
    before = {n: p.detach().clone() for n, p in decoder.named_parameters()}
    generator = torch.Generator().manual_seed(1)
    for p in decoder.parameters():
        p.grad = torch.randn(p.shape, generator=generator)
    gradients = {n: p.grad.clone() for n, p in decoder.named_parameters() if p.grad is not None}
    optimizer.step(1.0)
    rates = optimizer.rates
    for part, heads in (
        ("q_proj", shape.heads),
        ("v_proj", shape.kv_heads),
        ("o_proj", shape.heads),
    ):
        name = f"model.layers.1.self_attn.{part}.weight"
        moved = decoder.get_parameter(name).detach() - before[name]
        gradient, across = gradients[name], 1 if part == "o_proj" else 0
        scale = rates.matrices * max(1, moved.shape[0] / moved.shape[1]) ** 0.5
        for mine, given in zip(
            moved.chunk(heads, across), gradient.chunk(heads, across), strict=True
        ):
            wanted = -scale * orthogonal(given[None], rates.iterations)[0]
            torch.testing.assert_close(mine, wanted, atol=1e-5, rtol=1e-3)


def test_a_gradient_of_nothing_moves_nothing() -> None:
    assert not orthogonal(torch.zeros(2, 8, 8), 5).any()


def test_one_step_is_what_the_papers_say() -> None:
    """First step: Nesterov leaves the gradient's direction to Muon, and AdamW moves by its rate."""
    decoder = Decoder(small.shape(64))
    decoder.initialise(torch.Generator().manual_seed(0))
    rates = Rates(weight_decay=0.0)
    optimizer = Optimizer(decoder, rates)
    generator = torch.Generator().manual_seed(1)
    before = {n: p.detach().clone() for n, p in decoder.named_parameters()}
    for p in decoder.parameters():
        p.grad = torch.randn(p.shape, generator=generator)
    gradients = {n: p.grad.clone() for n, p in decoder.named_parameters() if p.grad is not None}
    optimizer.step(0.5)
    for name, p in decoder.named_parameters():
        moved = p.detach() - before[name]
        if p.ndim == 2 and "embed" not in name:
            expected = -orthogonal(gradients[name][None], rates.iterations)[0]
            expected *= 0.5 * rates.matrices * max(1, p.shape[0] / p.shape[1]) ** 0.5
        else:
            rate = rates.embedding if "embed" in name else rates.rest
            expected = -0.5 * rate * gradients[name].sign()
        torch.testing.assert_close(moved, expected, atol=1e-5, rtol=1e-3)
        assert p.grad is None


def test_the_state_is_all_there_is() -> None:
    def trained(state: dict[str, torch.Tensor] | None, start: int) -> tuple[Decoder, Optimizer]:
        decoder = Decoder(small.shape(64))
        decoder.initialise(torch.Generator().manual_seed(0))
        optimizer = Optimizer(decoder, Rates())
        if state is not None:
            decoder.load_state_dict({k[2:]: v for k, v in state.items() if k.startswith("m/")})
            optimizer.restore({k[2:]: v for k, v in state.items() if k.startswith("o/")})
        for step in range(start, start + 3):
            for p in decoder.parameters():
                p.grad = torch.full_like(p, float(step + 1)) * p.detach().cos()
            optimizer.step(0.5)
        return decoder, optimizer

    decoder, optimizer = trained(None, 0)
    state = {f"m/{k}": v.clone() for k, v in decoder.state_dict().items()}
    state |= {f"o/{k}": v.clone() for k, v in optimizer.state().items()}
    again, _ = trained(state, 3)
    for step in range(3, 6):
        for p in decoder.parameters():
            p.grad = torch.full_like(p, float(step + 1)) * p.detach().cos()
        optimizer.step(0.5)
    for a, b in zip(decoder.parameters(), again.parameters(), strict=True):
        assert torch.equal(a, b)


def test_the_schedule_rises_stays_and_falls_to_zero() -> None:
    rates = [rate(step, 200, 0.05, 0.5) for step in range(200)]
    assert rates[0] == pytest.approx(0.05)
    assert rates[:10] == sorted(rates[:10])
    assert set(rates[10:99]) == {1.0}
    assert rates[100:] == sorted(rates[100:], reverse=True)
    assert 0 < rates[-1] < 0.01
    assert rate(0, 1, 0.03, 0.6) > 0
    assert {rate(step, 10, 0.0, 0.0) for step in range(10)} == {1.0}


def fixed() -> Recipe:
    return Recipe(
        dataset="d",
        tokenizer="t",
        shape=Shape(512, 64, 2, 4, 2, 32, 128, 256),
        packing=Packing(128, 256, 1024, 0.1),
        rates=Rates(),
        steps=10,
        warmup=0.03,
        decay=0.6,
        seed=0,
        precision="fp32",
        compiled=False,
        threads=1,
    )


def test_a_recipe_keeps_its_name() -> None:
    """A change here makes every run of every user new: raise `training.VERSION` and know why."""
    assert fixed().id == "3ece33e535a9"
    assert Recipe.from_dict(fixed().to_dict()) == fixed()


@pytest.mark.parametrize(
    "change", [{"seed": 1}, {"steps": 11}, {"threads": 2}, {"rates": Rates(momentum=0.9)}]
)
def test_whatever_determines_a_training_is_in_its_name(change: dict[str, Any]) -> None:
    assert replace(fixed(), **change).id != fixed().id


def planned(
    tiny: Tiny,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float = 0.1,
    to_begin: float = 0.0,
    **training: Any,
) -> planning.Plan:
    monkeypatch.setattr(planning, "_seconds_per_step", lambda *_, **__: seconds)
    monkeypatch.setattr(planning, "_seconds_to_begin", lambda *_: to_begin)
    spec = tiny.spec.model_copy(
        update={
            "training": tiny.spec.training.model_copy(update=training),
            "model": tiny.spec.model.model_copy(update={"size": "nano"}),
        }
    )
    return planning.plan(spec, tiny.corpus, MACHINE, Silent())


def test_minutes_become_steps(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    made = planned(tiny, monkeypatch, minutes=2.0)
    # What the forecast takes is not given to steps.
    assert made.recipe.steps == pytest.approx(2 * 60 / (0.1 * planning.MARGIN), rel=0.03)
    assert made.seconds <= 2 * 60
    slower = planned(tiny, monkeypatch, seconds=1.0, minutes=2.0)
    assert slower.recipe.steps == pytest.approx(made.recipe.steps / 10, abs=4)


def test_what_comes_before_takes_half_of_the_budget_at_most(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = planned(tiny, monkeypatch, to_begin=1000.0, minutes=2.0)
    assert made.recipe.steps == pytest.approx(60 / (0.1 * planning.MARGIN), abs=5)


def test_too_few_steps_are_said(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning.Corpus, "per_epoch", lambda *_: 300)
    few, enough = (planned(tiny, monkeypatch, minutes=m).describe(tiny.corpus) for m in (0.1, 2.0))
    assert "too few steps" in few[-1]
    assert not any("too few steps" in line for line in enough)


def test_tokens_and_epochs_are_kept_to(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    made = planned(tiny, monkeypatch, tokens=100 * planning.BATCH_TOKENS)
    assert made.recipe.steps == 100
    capped = planned(tiny, monkeypatch, minutes=100.0, epochs=2.0)
    assert capped.epochs == pytest.approx(2.0, rel=0.1)
    assert planned(tiny, monkeypatch, minutes=0.001).recipe.steps == 10


def test_more_budget_is_a_larger_model(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "_seconds_per_step", lambda *_, **__: 0.1)
    found = []
    for minutes in (0.01, 3.0, 600.0):
        training = tiny.spec.training.model_copy(update={"minutes": minutes})
        spec = tiny.spec.model_copy(update={"training": training})
        recipe = planning.plan(spec, tiny.corpus, MACHINE, Silent()).recipe
        found.append(recipe.shape.parameters)
    assert found == sorted(set(found))


def test_the_plan_says_what_it_derived(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    said = " ".join(planned(tiny, monkeypatch, minutes=2.0).describe(tiny.corpus))
    for part in ("conversations", "context 256 tokens", "fp32", "not compiled", "minutes", "steps"):
        assert part in said


def test_loss_goes_down(tiny: Tiny) -> None:
    rows = tiny.run.metrics()
    assert rows[0]["loss"] > 3 * rows[-1]["loss"]
    watched = [row["dev_bits_per_byte"] for row in rows if "dev_bits_per_byte" in row]
    assert len(watched) >= 6
    assert watched[-1] < 0.5 * watched[0]
    assert tiny.run.done
    assert tiny.run.done["dev_bits_per_byte"] == watched[-1]
