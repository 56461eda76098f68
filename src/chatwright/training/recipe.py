"""Recipe: everything that determines a training, frozen before step 1 and hashed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from chatwright.core.files import sha256_json
from chatwright.data.batches import Packing
from chatwright.model.decoder import Shape
from chatwright.training import VERSION
from chatwright.training.optim import Rates


@dataclass(frozen=True, slots=True)
class Recipe:
    """A training. Two equal recipes on one machine give bit-equal weights."""

    dataset: str  # id
    tokenizer: str  # sha256 of tokenizer.json
    shape: Shape
    packing: Packing
    rates: Rates
    steps: int
    warmup: float
    decay: float
    seed: int
    precision: Literal["fp32", "bf16"]
    compiled: bool
    threads: int
    objective: str = "assistant"
    initial: Literal["counts", "random"] = "counts"  # `Trainer.begin`
    keep: Literal["best", "last"] = "best"  # which weights are released
    patience: int = 0  # measurements without a better one before it stops; 0: never
    micro_batch: int = 0  # tokens computed at once; 0: the whole batch
    recompute: bool = False  # a layer's activations in the backward pass, instead of keeping them
    version: int = VERSION

    @property
    def id(self) -> str:
        return sha256_json(asdict(self))[:12]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Recipe:
        nested = {
            "shape": Shape(**values["shape"]),
            "packing": Packing(**values["packing"]),
            "rates": Rates(**values["rates"]),
        }
        return cls(**{**values, **nested})
