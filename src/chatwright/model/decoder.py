"""The Decoder: a causal transformer, small enough to train on a CPU.

By default in Qwen3's layout (why: DECISIONS.md, "layout"); `Shape` says where Llama, Mistral, Qwen2
and GPT-2 differ, and `families` knows their names on disk, so that a saved folder loads with
`AutoModelForCausalLM`, converts to GGUF and runs in vLLM. Parameter names in here are always Qwen3's.
It is not a framework: no generation, no cache; serving runs the converted model.

Shape letters: B rows, T tokens, D width, H query heads, G key/value heads, K head size, F hidden
width of the MLP, V vocabulary.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from chatwright.core.pieces import Pieces
from chatwright.model.shape import Shape

# Which positions see which: all before them (None), a mask [B, 1, T, T], or pieces.
Sees = Tensor | Pieces | None


class RMSNorm(nn.Module):
    """Scale to unit root mean square, then by a learned weight (arXiv 1910.07467)."""

    def __init__(self, size: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


# Cosines and sines [B, T, K] by which heads turn with the position; None where positions are learned.
Turn = tuple[Tensor, Tensor] | None


def rotate(x_BHTK: Tensor, turn: Turn) -> Tensor:
    """Rotary positions in Hugging Face's half-split layout (arXiv 2104.09864)."""
    if turn is None:
        return x_BHTK
    cos_BTK, sin_BTK = turn
    a, b = x_BHTK.chunk(2, dim=-1)
    return x_BHTK * cos_BTK.unsqueeze(1) + torch.cat((-b, a), dim=-1) * sin_BTK.unsqueeze(1)


def frequencies(shape: Shape) -> Tensor:
    """Radians a token of each pair of a head's components: [K / 2].

    Llama 3 turns the slow ones slower still, for contexts longer than it was first trained on
    (as transformers' `rope_type = "llama3"`).
    """
    k = shape.head_size
    pairs = torch.arange(0, k, 2, dtype=torch.float32, device="cpu")
    frequency = shape.rope_theta ** (-pairs / k)
    if not shape.rope_scaling:
        return frequency
    factor, low, high, context = shape.rope_scaling
    turns = context * frequency / (2 * math.pi)  # within the original context
    keep = ((turns - low) / (high - low)).clamp(0, 1)
    return frequency * (keep + (1 - keep) / factor)


def joint(x: Tensor, *parts: nn.Linear) -> Tensor:
    """`parts` of `x` side by side, in one product: at this width a call costs more than the copy."""
    weight = torch.cat([part.weight for part in parts])
    first = cast("Tensor | None", parts[0].bias)
    bias = None if first is None else torch.cat([part.bias for part in parts])
    return F.linear(x, weight, bias)


NORMS: dict[str, type[RMSNorm] | type[nn.LayerNorm]] = {"rms": RMSNorm, "layer": nn.LayerNorm}


def norm(shape: Shape) -> nn.Module:
    return NORMS[shape.norm](shape.width, shape.epsilon)


class Attention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        d, k, bias = shape.width, shape.head_size, shape.qkv_bias
        self.heads, self.kv_heads, self.head_size = shape.heads, shape.kv_heads, k
        self.q_proj = nn.Linear(d, shape.heads * k, bias=bias)
        self.k_proj = nn.Linear(d, shape.kv_heads * k, bias=bias)
        self.v_proj = nn.Linear(d, shape.kv_heads * k, bias=bias)
        self.o_proj = nn.Linear(shape.heads * k, d, bias=shape.out_bias)
        self.pause: Callable[[], None] | None = None  # see `attend_apart`
        self.q_norm = RMSNorm(k, shape.epsilon) if shape.qk_norm else nn.Identity()
        self.k_norm = RMSNorm(k, shape.epsilon) if shape.qk_norm else nn.Identity()

    def forward(self, x_BTD: Tensor, turn: Turn, sees: Sees) -> Tensor:
        """What the heads found, before `o_proj`: [B, T, H * K]."""
        b, t, _ = x_BTD.shape
        sizes = [n * self.head_size for n in (self.heads, self.kv_heads, self.kv_heads)]
        q, k, v = joint(x_BTD, self.q_proj, self.k_proj, self.v_proj).split(sizes, dim=-1)
        q = self.q_norm(q.view(b, t, self.heads, self.head_size)).transpose(1, 2)
        k = self.k_norm(k.view(b, t, self.kv_heads, self.head_size)).transpose(1, 2)
        v = v.view(b, t, self.kv_heads, self.head_size).transpose(1, 2)
        q, k = rotate(q, turn), rotate(k, turn)
        y = (
            attend_apart(q, k, v, sees, self.pause)
            if isinstance(sees, Pieces)
            else attend(q, k, v, sees)
        )
        return y.transpose(1, 2).reshape(b, t, self.heads * self.head_size)


def attend(q_BHTK: Tensor, k: Tensor, v: Tensor, sees: Tensor | None) -> Tensor:
    """Scaled dot products: [B, H, T, K]; `k` and `v` may have fewer heads."""
    if q_BHTK.device.type == "cpu" and torch.is_autocast_enabled("cpu"):
        # Backwards, a CPU's bfloat16 kernel takes 2.6 times as long as the one in fp32 (DECISIONS.md).
        with torch.autocast("cpu", enabled=False):
            return attend(q_BHTK.float(), k.float(), v.float(), sees)
    several = q_BHTK.shape[1] != k.shape[1]
    return F.scaled_dot_product_attention(
        q_BHTK, k, v, attn_mask=sees, is_causal=sees is None, enable_gqa=several
    )


@torch.compiler.disable  # type: ignore[untyped-decorator]
def attend_apart(
    q_BHTK: Tensor, k: Tensor, v: Tensor, pieces: Pieces, pause: Callable[[], None] | None
) -> Tensor:
    """`attend` within each piece; then `pause` is called, and on the way back again.

    A CPU computes what a mask hides: pieces by themselves cost half (DECISIONS.md). Their lengths are others in
    each step, so this is not compiled where the rest is.
    """
    parts = (x.transpose(0, 1).flatten(1, 2)[None].split(pieces.lengths, 2) for x in (q_BHTK, k, v))
    y = torch.cat([attend(a, b, c, None) for a, b, c in zip(*parts, strict=True)], 2)
    if pause is not None:
        pause()
        if y.requires_grad:
            y.register_hook(lambda _gradient: pause())
    return y[0].unflatten(1, (q_BHTK.shape[0], q_BHTK.shape[2])).transpose(0, 1)


class Gated(nn.Module):
    """SwiGLU (arXiv 2002.05202)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        d, f, bias = shape.width, shape.hidden, shape.mlp_bias
        self.gate_proj = nn.Linear(d, f, bias=bias)
        self.up_proj = nn.Linear(d, f, bias=bias)
        self.down_proj = nn.Linear(f, d, bias=bias)

    def forward(self, x: Tensor) -> Tensor:
        gate, up = joint(x, self.gate_proj, self.up_proj).chunk(2, dim=-1)
        return self.down_proj(F.silu(gate) * up)


class Plain(nn.Module):
    """GPT-2's: two matrices with a GELU between them, as its tanh approximation."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.up_proj = nn.Linear(shape.width, shape.hidden, bias=shape.mlp_bias)
        self.down_proj = nn.Linear(shape.hidden, shape.width, bias=shape.mlp_bias)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(F.gelu(self.up_proj(x), approximate="tanh"))


MLPS: dict[str, type[Gated] | type[Plain]] = {"gated": Gated, "plain": Plain}


class Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.self_attn = Attention(shape)
        self.mlp = MLPS[shape.mlp](shape)
        self.input_layernorm = norm(shape)
        self.post_attention_layernorm = norm(shape)

    def forward(self, x: Tensor, turn: Turn, sees: Sees, at_N: Tensor | None = None) -> Tensor:
        """[B, T, D] -> [B, T, D]; with `at_N`, flat positions, only there: [N, D]."""
        found = self.self_attn(self.input_layernorm(x), turn, sees)
        if at_N is not None:
            x, found = x.flatten(0, 1)[at_N], found.flatten(0, 1)[at_N]
        x = x + self.self_attn.o_proj(found)
        return x + self.mlp(self.post_attention_layernorm(x))


class Body(nn.Module):
    """Everything but the output head: ids to final hidden states."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.width)
        learned = shape.positions == "learned"
        self.embed_positions = nn.Embedding(shape.context, shape.width) if learned else None
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = norm(shape)
        self.frequency: Tensor
        self.register_buffer("frequency", frequencies(shape), persistent=False)

    def embed(self, ids_BT: Tensor, positions_BT: Tensor) -> tuple[Tensor, Turn]:
        """What the first layer takes: [B, T, D], and by how much heads turn."""
        x = self.embed_tokens(ids_BT)
        if self.embed_positions is not None:
            return x + self.embed_positions(positions_BT), None
        angle = positions_BT.unsqueeze(-1).float() * self.frequency
        angle = torch.cat((angle, angle), dim=-1)
        return x, (angle.cos(), angle.sin())

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
        x, turn = self.embed(ids_BT, positions_BT)
        last = len(self.layers) - 1
        for index, layer in enumerate(self.layers):
            x = layer(x, turn, sees, at_N if index == last else None)
        return self.norm(x)


class Decoder(nn.Module):
    """`Body` plus the head, which shares the embedding's weights unless the shape is untied."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.model = Body(shape)
        untied = None if shape.tied else nn.Linear(shape.width, shape.vocabulary, bias=False)
        self.lm_head = untied

    def initialise(self, generator: torch.Generator) -> None:
        """Normal(0, 0.02) embeddings, fan-in scaled matrices, residual outputs at zero.

        Zero outputs make each layer start as the identity (DECISIONS.md, "optimizer").
        """
        for name, parameter in self.named_parameters():
            if name.endswith("bias"):
                nn.init.zeros_(parameter)
            elif parameter.ndim < 2:
                nn.init.ones_(parameter)
            elif name.endswith(("o_proj.weight", "down_proj.weight")):
                nn.init.zeros_(parameter)
            elif "embed_" in name:
                nn.init.normal_(parameter, std=0.02, generator=generator)
            else:
                std = parameter.shape[1] ** -0.5
                nn.init.normal_(parameter, std=std, generator=generator)

    def logits(self, hidden: Tensor) -> Tensor:
        """[..., D] -> [..., V]."""
        head = self.model.embed_tokens if self.lm_head is None else self.lm_head
        return F.linear(hidden, head.weight)

    def forward(
        self, ids_BT: Tensor, positions_BT: Tensor | None = None, sees: Sees = None
    ) -> Tensor:
        """[B, T] -> logits [B, T, V]. Without `sees`, plain causal attention."""
        if positions_BT is None:
            positions_BT = torch.arange(ids_BT.shape[1], device=ids_BT.device).expand_as(ids_BT)
        return self.logits(self.model(ids_BT, positions_BT, sees))
