"""LoRA: low-rank additions to frozen matrices (arXiv 2106.09685), in PEFT's format on disk.

A matrix reads as frozen + scale * B @ A wherever the Decoder takes its `.weight`, so every product that
it fuses keeps working. What is saved of arithmetic is little; what is saved is the optimizer's memory
and the size of checkpoints. No dropout, no other variants: `load` refuses what it would not honour.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.utils import parametrize

from chatwright.core.errors import ReleaseError
from chatwright.core.files import pretty_json, replace_atomic, write_atomic
from chatwright.model.decoder import Decoder
from chatwright.model.shape import Shape
from chatwright.model.weights import write_tensors

CONFIG, TENSORS = "adapter_config.json", "adapter_model.safetensors"
PREFIX = "base_model.model."  # PEFT's, in front of the module's own name
TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
# What changes the arithmetic of an adapter beyond rank and alpha, and the values that mean "off".
OFF: tuple[Any, ...] = (None, False, "none", {}, [], "")
OTHERS = ("use_dora", "bias", "rank_pattern", "alpha_pattern", "modules_to_save", "fan_in_fan_out")


@dataclass(frozen=True, slots=True)
class Lora:
    """Rank and alpha of the addition, and the matrices that get one, by the last part of their names."""

    rank: int = 16
    alpha: float = 32.0
    targets: tuple[str, ...] = TARGETS

    @property
    def scale(self) -> float:
        return self.alpha / self.rank

    def parameters(self, shape: Shape) -> int:
        """How many are added to a Decoder of `shape`."""
        heads, keys = shape.heads * shape.head_size, shape.kv_heads * shape.head_size
        other = {"q_proj": heads, "k_proj": keys, "v_proj": keys, "o_proj": heads}
        sides = sum(shape.width + other.get(target, shape.hidden) for target in self.targets)
        return shape.layers * self.rank * sides


class Addition(nn.Module):
    """weight -> weight + scale * B @ A. A begins as PEFT's does, B at zero: at first nothing changes."""

    def __init__(self, weight: Tensor, lora: Lora, generator: torch.Generator) -> None:
        super().__init__()
        rows, columns = weight.shape
        bound = 1 / math.sqrt(columns)  # Kaiming's for a = sqrt(5)
        start = torch.empty(lora.rank, columns).uniform_(-bound, bound, generator=generator)
        self.lora_A = nn.Parameter(start.to(weight.device))
        self.lora_B = nn.Parameter(torch.zeros(rows, lora.rank, device=weight.device))
        self.scale = lora.scale

    def forward(self, weight: Tensor) -> Tensor:
        return torch.addmm(weight, self.lora_B, self.lora_A, alpha=self.scale)


def lay(decoder: Decoder, lora: Lora, seed: int = 0) -> None:
    """Freeze `decoder` and add to each of `lora.targets` what alone is trained from now on."""
    decoder.requires_grad_(False)
    generator = torch.Generator().manual_seed(seed)
    for name, module in list(decoder.named_modules()):
        if isinstance(module, nn.Linear) and name.rpartition(".")[2] in lora.targets:
            addition = Addition(module.weight, lora, generator)
            parametrize.register_parametrization(module, "weight", addition)


def merge(decoder: Decoder) -> None:
    """Make the additions part of the matrices; the decoder is a plain one again."""
    for module in list(decoder.modules()):
        if isinstance(module, nn.Linear) and parametrize.is_parametrized(module, "weight"):
            parametrize.remove_parametrizations(module, "weight", leave_parametrized=True)
    decoder.requires_grad_(True)


def trained(decoder: nn.Module) -> dict[str, Tensor]:
    """The parameters that training changes, by name: all of them, or those of the additions."""
    return {name: p for name, p in decoder.named_parameters() if p.requires_grad}


def restore(decoder: nn.Module, saved: dict[str, Tensor]) -> None:
    """The inverse of `trained`."""
    mine = trained(decoder)
    assert mine.keys() == saved.keys(), "the checkpoint belongs to another model"
    with torch.no_grad():
        for name, parameter in mine.items():
            parameter.copy_(saved[name])


def save(decoder: Decoder, lora: Lora, folder: Path, start: str) -> None:
    """Write the additions of `decoder` as PEFT does; `start` is the folder of the frozen model."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {}
    for name, addition in _additions(decoder).items():
        for part in ("lora_A", "lora_B"):
            tensor = getattr(addition, part).detach().cpu().contiguous()
            tensors[f"{PREFIX}{name}.{part}.weight"] = tensor
    replace_atomic(folder / TENSORS, lambda path: write_tensors(tensors, path))
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": start,
        "r": lora.rank,
        "lora_alpha": lora.alpha,
        "lora_dropout": 0.0,
        "target_modules": sorted(lora.targets),
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
    }
    write_atomic(folder / CONFIG, pretty_json(config))  # last: it says that the folder is whole


def load(decoder: Decoder, folder: Path) -> Lora:
    """Lay the adapter of `folder`, ours or PEFT's, on `decoder`.

    Raises `ReleaseError` where it does not fit, or does what this module does not.
    """
    try:
        config = json.loads((folder / CONFIG).read_text("utf-8"))
        saved = load_file(folder / TENSORS)
        lora = _understood(config, saved)
        lay(decoder, lora)
        found = {
            f"{PREFIX}{name}.{part}.weight": getattr(addition, part)
            for name, addition in _additions(decoder).items()
            for part in ("lora_A", "lora_B")
        }
        if strange := sorted(found.keys() ^ saved.keys()):
            raise ValueError(f"its matrices are not the model's: {strange[0]}")
        with torch.no_grad():
            for name, parameter in found.items():
                parameter.copy_(saved[name])
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise ReleaseError(
            f"The adapter in {folder} cannot be used ({error}).",
            f"It must be LoRA in PEFT's format ({CONFIG}, {TENSORS}), made on this very model.",
        ) from error
    return lora


def _additions(decoder: Decoder) -> dict[str, Addition]:
    end = ".parametrizations.weight.0"
    found = decoder.named_modules()
    return {n.removesuffix(end): module for n, module in found if isinstance(module, Addition)}


def _understood(config: dict[str, Any], saved: dict[str, Tensor]) -> Lora:
    """Rank, alpha and targets. PEFT may give the targets as a pattern, so the tensors' names count."""
    if config["peft_type"] != "LORA":
        raise ValueError(f"its kind is {config['peft_type']}, not LORA")
    for key in OTHERS:
        if config.get(key) not in OFF:
            raise ValueError(f'"{key}" is {config[key]!r}')
    rank, alpha = int(config["r"]), float(config["lora_alpha"])
    if config.get("use_rslora"):  # alpha / sqrt(r) there
        alpha *= math.sqrt(rank)
    return Lora(rank, alpha, tuple(sorted({name.split(".")[-3] for name in saved})))
