"""Recipe: everything that determines a training, frozen before step 1 and hashed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from chatwright.core.files import sha256_json
from chatwright.data.batches import Packing
from chatwright.model.lora import Lora
from chatwright.model.shape import Shape
from chatwright.training import VERSION
from chatwright.training.objectives import Preference
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
    initial: Literal["counts", "random", "start", "base"] = "counts"  # `Trainer.begin`
    base: str = ""  # identity of the pretrained base
    start: str = ""  # hash of the weights that it starts from
    lora: Lora | None = None
    preference: Preference | None = None  # of judged replies
    documents: str = ""  # hash of the texts that are learned besides the dataset's
    replay: float = 0.0  # share of the rows of the dataset `replayed` that are learned again
    replayed: str = ""
    only_new: bool = (
        False  # of the dataset's own rows, those that the start knows come by `replay` alone
    )
    evidence: str = ""  # names the passages before replies (`training.evidence`)
    keep: Literal["best", "last"] = "best"  # which weights are released
    patience: int = 0  # measurements without a better one before it stops; 0: never
    micro_batch: int = 0  # tokens computed at once; 0: the whole batch
    recompute: bool = False  # a layer's activations in the backward pass, instead of keeping them
    version: int = VERSION

    @property
    def id(self) -> str:
        values = asdict(self)
        if not self.evidence:  # as it was before there was any
            del values["evidence"]
        if not self.only_new:
            del values["only_new"]
        return sha256_json(values)[:12]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Recipe:
        nested: dict[str, Any] = {
            "shape": Shape(**values["shape"]),
            "packing": Packing(**values["packing"]),
            "rates": Rates(**values["rates"]),
        }
        if lora := values.get("lora"):
            nested["lora"] = Lora(**{**lora, "targets": tuple(lora["targets"])})
        if preference := values.get("preference"):
            nested["preference"] = Preference(**preference)
        return cls(**{**values, **nested})
