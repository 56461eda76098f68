"""The Decoder: a causal transformer in Qwen3's layout, small enough to train on a CPU.

Parameter names and config are Hugging Face's `Qwen3ForCausalLM`, so the saved folder loads with
`AutoModelForCausalLM`, converts to GGUF and runs in vLLM. Why Qwen3: DECISIONS.md, "layout".
It is not a framework: no generation, no cache; serving runs the converted model.

Shape letters: B rows, T tokens, D width, H query heads, G key/value heads, K head size, F hidden
width of the MLP, V vocabulary.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True, slots=True)
class Shape:
    """What determines a Decoder's parameters."""

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

    @property
    def body(self) -> int:
        """Parameters outside the embedding."""
        d, k = self.width, self.head_size
        attention = d * k * (self.heads + 2 * self.kv_heads) + self.heads * k * d + 2 * k
        return self.layers * (attention + 3 * d * self.hidden + 2 * d) + d

    @property
    def parameters(self) -> int:
        return self.body + self.vocabulary * self.width

    def config(self, begin: int, end: int, pad: int) -> dict[str, Any]:
        """Hugging Face's `config.json` for this shape."""
        return {
            "architectures": ["Qwen3ForCausalLM"],
            "model_type": "qwen3",
            "vocab_size": self.vocabulary,
            "hidden_size": self.width,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.kv_heads,
            "head_dim": self.head_size,
            "intermediate_size": self.hidden,
            "max_position_embeddings": self.context,
            "rope_theta": self.rope_theta,
            "rms_norm_eps": self.epsilon,
            "hidden_act": "silu",
            "attention_bias": False,
            "attention_dropout": 0.0,
            "tie_word_embeddings": True,
            "use_sliding_window": False,
            "initializer_range": 0.02,
            "torch_dtype": "float32",
            "bos_token_id": begin,
            "eos_token_id": end,
            "pad_token_id": pad,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Shape:
        theta = config.get("rope_theta") or config["rope_parameters"]["rope_theta"]
        return cls(
            vocabulary=config["vocab_size"],
            width=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            kv_heads=config["num_key_value_heads"],
            head_size=config["head_dim"],
            hidden=config["intermediate_size"],
            context=config["max_position_embeddings"],
            rope_theta=theta,
            epsilon=config["rms_norm_eps"],
        )

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


# Which positions see which: all before them (None), a mask [B, 1, T, T], or the lengths of the pieces
# that the rows one after another consist of: there each sees what is before it in its piece.
Sees = Tensor | tuple[int, ...] | None


class RMSNorm(nn.Module):
    """Scale to unit root mean square, then by a learned weight (arXiv 1910.07467)."""

    def __init__(self, size: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


def rotate(x_BHTK: Tensor, cos_BTK: Tensor, sin_BTK: Tensor) -> Tensor:
    """Rotary positions in Hugging Face's half-split layout (arXiv 2104.09864)."""
    a, b = x_BHTK.chunk(2, dim=-1)
    return x_BHTK * cos_BTK.unsqueeze(1) + torch.cat((-b, a), dim=-1) * sin_BTK.unsqueeze(1)


class Attention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        d, k = shape.width, shape.head_size
        self.heads, self.kv_heads, self.head_size = shape.heads, shape.kv_heads, k
        self.q_proj = nn.Linear(d, shape.heads * k, bias=False)
        self.k_proj = nn.Linear(d, shape.kv_heads * k, bias=False)
        self.v_proj = nn.Linear(d, shape.kv_heads * k, bias=False)
        self.o_proj = nn.Linear(shape.heads * k, d, bias=False)
        self.q_norm = RMSNorm(k, shape.epsilon)
        self.k_norm = RMSNorm(k, shape.epsilon)

    def forward(self, x_BTD: Tensor, cos: Tensor, sin: Tensor, sees: Sees) -> Tensor:
        """What the heads found, before `o_proj`: [B, T, H * K]."""
        b, t, _ = x_BTD.shape
        # One product instead of three: at this width the call costs more than the copy.
        weight = torch.cat((self.q_proj.weight, self.k_proj.weight, self.v_proj.weight))
        sizes = [n * self.head_size for n in (self.heads, self.kv_heads, self.kv_heads)]
        q, k, v = F.linear(x_BTD, weight).split(sizes, dim=-1)
        q = self.q_norm(q.view(b, t, self.heads, self.head_size)).transpose(1, 2)
        k = self.k_norm(k.view(b, t, self.kv_heads, self.head_size)).transpose(1, 2)
        v = v.view(b, t, self.kv_heads, self.head_size).transpose(1, 2)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        y = self._attend(q, k, v, sees)
        return y.transpose(1, 2).reshape(b, t, self.heads * self.head_size)

    def _attend(self, q_BHTK: Tensor, k: Tensor, v: Tensor, sees: Sees) -> Tensor:
        if isinstance(sees, tuple):
            # A CPU computes what a mask hides: pieces by themselves cost half (DECISIONS.md).
            parts = (x.transpose(0, 1).flatten(1, 2)[None].split(sees, 2) for x in (q_BHTK, k, v))
            alone = [self._attend(a, b, c, None) for a, b, c in zip(*parts, strict=True)]
            y = torch.cat(alone, 2)
            return y[0].unflatten(1, (q_BHTK.shape[0], q_BHTK.shape[2])).transpose(0, 1)
        several = self.heads != self.kv_heads
        return F.scaled_dot_product_attention(
            q_BHTK, k, v, attn_mask=sees, is_causal=sees is None, enable_gqa=several
        )


class MLP(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(shape.width, shape.hidden, bias=False)
        self.up_proj = nn.Linear(shape.width, shape.hidden, bias=False)
        self.down_proj = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        weight = torch.cat((self.gate_proj.weight, self.up_proj.weight))
        gate, up = F.linear(x, weight).chunk(2, dim=-1)
        return self.down_proj(F.silu(gate) * up)


class Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.self_attn = Attention(shape)
        self.mlp = MLP(shape)
        self.input_layernorm = RMSNorm(shape.width, shape.epsilon)
        self.post_attention_layernorm = RMSNorm(shape.width, shape.epsilon)

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, sees: Sees, at_N: Tensor | None = None
    ) -> Tensor:
        """[B, T, D] -> [B, T, D]; with `at_N`, flat positions, only there: [N, D]."""
        found = self.self_attn(self.input_layernorm(x), cos, sin, sees)
        if at_N is not None:
            x, found = x.flatten(0, 1)[at_N], found.flatten(0, 1)[at_N]
        x = x + self.self_attn.o_proj(found)
        return x + self.mlp(self.post_attention_layernorm(x))


class Body(nn.Module):
    """Everything but the output head: ids to final hidden states."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = RMSNorm(shape.width, shape.epsilon)
        k = shape.head_size
        frequency = shape.rope_theta ** (-torch.arange(0, k, 2, dtype=torch.float32) / k)
        self.frequency: Tensor
        self.register_buffer("frequency", frequency, persistent=False)

    def forward(
        self,
        ids_BT: Tensor,
        positions_BT: Tensor,
        sees: Sees,
        at_N: Tensor | None = None,
    ) -> Tensor:
        """Final hidden states [B, T, D]; with `at_N`, flat positions, only those: [N, D].

        What the last layer would make of the other positions is then never computed: at chat
        lengths half of all tokens are no targets.
        """
        angle = positions_BT.unsqueeze(-1).float() * self.frequency
        angle = torch.cat((angle, angle), dim=-1)
        cos, sin = angle.cos(), angle.sin()
        x = self.embed_tokens(ids_BT)
        last = len(self.layers) - 1
        for index, layer in enumerate(self.layers):
            x = layer(x, cos, sin, sees, at_N if index == last else None)
        return self.norm(x)


class Decoder(nn.Module):
    """`Body` plus the head, which shares the embedding's weights."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.model = Body(shape)

    def initialise(self, generator: torch.Generator) -> None:
        """Normal(0, 0.02) embeddings, fan-in scaled matrices, residual outputs at zero.

        Zero outputs make each layer start as the identity (DECISIONS.md, "optimizer").
        """
        for name, parameter in self.named_parameters():
            if parameter.ndim < 2:
                nn.init.ones_(parameter)
            elif name.endswith(("o_proj.weight", "down_proj.weight")):
                nn.init.zeros_(parameter)
            elif name.endswith("embed_tokens.weight"):
                nn.init.normal_(parameter, std=0.02, generator=generator)
            else:
                std = parameter.shape[1] ** -0.5
                nn.init.normal_(parameter, std=std, generator=generator)

    def logits(self, hidden: Tensor) -> Tensor:
        """[..., D] -> [..., V]."""
        return F.linear(hidden, self.model.embed_tokens.weight)

    def forward(
        self, ids_BT: Tensor, positions_BT: Tensor | None = None, sees: Sees = None
    ) -> Tensor:
        """[B, T] -> logits [B, T, V]. Without `sees`, plain causal attention."""
        if positions_BT is None:
            positions_BT = torch.arange(ids_BT.shape[1], device=ids_BT.device).expand_as(ids_BT)
        return self.logits(self.model(ids_BT, positions_BT, sees))
