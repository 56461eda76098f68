"""LoRA against the real `peft`: what we write it loads, what it writes we read; only the additions learn."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from tests.tiny import Tiny, shape
from transformers import AutoModelForCausalLM

from chatwright.core.errors import ReleaseError
from chatwright.model import lora, weights
from chatwright.model.decoder import Decoder
from chatwright.model.lora import Lora
from chatwright.training.optim import Optimizer, Rates

# peft 0.21 asks transformers 5 for an attribute by its old name.
pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")
IDS = torch.randint(0, 300, (2, 24), generator=torch.Generator().manual_seed(5))


def decoder() -> Decoder:
    """Random throughout: outputs that begin at zero would hide what an addition does."""
    made = Decoder(shape(320))
    generator = torch.Generator().manual_seed(1)
    for parameter in made.parameters():
        torch.nn.init.normal_(parameter, std=0.2, generator=generator)
    return made


def stirred(made: Decoder, adapter: Lora) -> Decoder:
    """With additions that do something."""
    lora.lay(made, adapter, seed=2)
    generator = torch.Generator().manual_seed(3)
    for name, parameter in lora.trained(made).items():
        if name.endswith("lora_B"):
            torch.nn.init.normal_(parameter, std=0.1, generator=generator)
    return made


@torch.no_grad()
def logits(made: Decoder) -> torch.Tensor:
    return made(IDS)


def theirs(model: object) -> torch.Tensor:
    with torch.no_grad():
        return model(input_ids=IDS).logits  # type: ignore[operator, no-any-return]


@pytest.fixture
def base(tiny: Tiny, tmp_path: Path) -> Path:
    weights.save(decoder(), tiny.corpus.tokenizer, tmp_path / "base")
    return tmp_path / "base"


@pytest.mark.parametrize("targets", [lora.TARGETS, ("q_proj", "down_proj")])
def test_peft_loads_what_we_write(base: Path, tmp_path: Path, targets: tuple[str, ...]) -> None:
    adapter = Lora(4, 12.0, targets)
    made = stirred(decoder(), adapter)
    lora.save(made, adapter, tmp_path / "adapter", str(base))
    names = set(load_file(tmp_path / "adapter" / lora.TENSORS))
    assert "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight" in names
    assert len(names) == 2 * 2 * len(targets)
    plain = AutoModelForCausalLM.from_pretrained(base)
    before = theirs(plain)
    loaded = PeftModel.from_pretrained(plain, tmp_path / "adapter")
    torch.testing.assert_close(theirs(loaded), logits(made), atol=1e-4, rtol=1e-4)
    assert (theirs(loaded) - before).abs().max() > 0.1


@pytest.mark.parametrize("targets", ["all-linear", ["k_proj", "up_proj"]])
def test_we_read_what_peft_writes(base: Path, tmp_path: Path, targets: str | list[str]) -> None:
    config = LoraConfig(r=3, lora_alpha=5, target_modules=targets, use_rslora=True)
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(base), config)
    generator = torch.Generator().manual_seed(4)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.1, generator=generator)
    model.save_pretrained(tmp_path / "adapter")
    made = decoder()
    before = logits(made)
    found = lora.load(made, tmp_path / "adapter")
    assert found.rank == 3 and set(found.targets) == (
        set(lora.TARGETS) if targets == "all-linear" else set(targets)
    )
    torch.testing.assert_close(logits(made), theirs(model), atol=1e-4, rtol=1e-4)
    assert (logits(made) - before).abs().max() > 0.01


def test_merged_is_unmerged(base: Path) -> None:
    made = stirred(decoder(), Lora(8, 16.0))
    unmerged = logits(made)
    lora.merge(made)
    torch.testing.assert_close(logits(made), unmerged, atol=1e-5, rtol=1e-5)
    names = [name for name, _ in made.named_parameters()]
    assert sorted(names) == sorted(name for name, _ in decoder().named_parameters())
    assert all(parameter.requires_grad for parameter in made.parameters())


def test_at_first_nothing_changes() -> None:
    made = decoder()
    before = logits(made)
    lora.lay(made, Lora())
    assert torch.equal(logits(made), before)


def test_only_the_additions_learn() -> None:
    made = decoder()
    frozen = {name: p.clone() for name, p in made.named_parameters()}
    lora.lay(made, Lora(4, 8.0))
    optimizer = Optimizer(made, Rates())
    for step in range(2):
        made(IDS).square().mean().backward()
        got = {name for name, p in made.named_parameters() if p.grad is not None}
        assert got == set(lora.trained(made))
        optimizer.step(1.0 / (step + 1))
    assert all(re.search(r"\.lora_[AB]$", name) for name in lora.trained(made))
    assert {key.partition(".")[0] for key in optimizer.state()} == {"steps", "first", "second"}
    after = {
        n.replace("parametrizations.weight.original", "weight"): p
        for n, p in made.named_parameters()
    }
    assert all(torch.equal(after[name], p) for name, p in frozen.items())
    assert any(p.abs().max() > 0 for n, p in lora.trained(made).items() if n.endswith("lora_B"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"use_dora": True}, "use_dora"),
        ({"bias": "all"}, "bias"),
        ({"rank_pattern": {"q_proj": 2}}, "rank_pattern"),
        ({"peft_type": "IA3"}, "IA3"),
        ({"r": None}, "adapter"),
    ],
)
def test_what_would_not_be_honoured_is_refused(
    tmp_path: Path, change: dict[str, object], why: str
) -> None:
    made = stirred(decoder(), Lora(4, 8.0))
    lora.save(made, Lora(4, 8.0), tmp_path, "base")
    path = tmp_path / lora.CONFIG
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ReleaseError, match=why):
        lora.load(decoder(), tmp_path)


def test_an_adapter_of_another_model_is_refused(tmp_path: Path) -> None:
    made = stirred(decoder(), Lora(4, 8.0))
    lora.save(made, Lora(4, 8.0), tmp_path, "base")
    tensors = load_file(tmp_path / lora.TENSORS)
    key = next(key for key in tensors if "layers.1" in key)
    save_file(
        tensors | {key.replace("layers.1", "layers.9"): tensors[key].clone()},
        tmp_path / lora.TENSORS,
    )
    with pytest.raises(ReleaseError, match=r"layers\.9"):
        lora.load(decoder(), tmp_path)
    save_file({key: t[:, :2].contiguous() for key, t in tensors.items()}, tmp_path / lora.TENSORS)
    with pytest.raises(ReleaseError, match="cannot be used"):
        lora.load(decoder(), tmp_path)


def test_how_many_are_added() -> None:
    made, added = decoder(), Lora(4, 8.0)
    lora.lay(made, added)
    assert sum(p.numel() for p in lora.trained(made).values()) == added.parameters(made.shape)
