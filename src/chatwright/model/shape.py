"""Shape: what determines a Decoder's parameters. Plain values, so that serving can read it without torch.

The defaults are Qwen3's layout, which is what we train from scratch (DECISIONS.md, "layout"); the other
values are what the families of pretrained models differ in (`families`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes, and the parts that families choose differently."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    kv_heads: int
    head_size: int
    hidden: int
    context: int
    rope_theta: float = 10_000.0
    epsilon: float = 1e-6
    family: str = "qwen3"  # whose names its folder has
    norm: Literal["rms", "layer"] = "rms"
    positions: Literal["rotary", "learned"] = "rotary"
    mlp: Literal["gated", "plain"] = "gated"
    qkv_bias: bool = False
    out_bias: bool = False  # of attention's output
    mlp_bias: bool = False
    qk_norm: bool = True
    tied: bool = True
    # Llama 3's stretched rotary positions: factor, low and high frequency factor, original context.
    rope_scaling: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "rope_scaling", tuple(self.rope_scaling))  # JSON has lists

    @property
    def body(self) -> int:
        """Parameters outside the embedding (of words, of positions) and the head."""
        d, k, f = self.width, self.head_size, self.hidden
        gates, norm = 1 + (self.mlp == "gated"), d * (1 + (self.norm == "layer"))
        inside = k * (self.heads + 2 * self.kv_heads)
        attention = d * inside + self.heads * k * d + 2 * k * self.qk_norm
        biases = inside * self.qkv_bias + d * self.out_bias + (gates * f + d) * self.mlp_bias
        return self.layers * (attention + (gates + 1) * d * f + 2 * norm + biases) + norm

    @property
    def parameters(self) -> int:
        rows = self.vocabulary * (2 - self.tied)
        rows += self.context * (self.positions == "learned")
        return self.body + rows * self.width

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)
