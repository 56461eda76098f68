"""Names of tensors on disk <-> names of the Decoder's parameters.

Qwen3, Qwen2, Llama and Mistral name them as we do. GPT-2 has other names, keeps its matrices the other
way round ([in, out], its `Conv1D`), and queries, keys and values in one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import torch
from torch import Tensor

# Masks and tables that older versions of transformers saved beside the weights.
LEFTOVERS = re.compile(r"(\.attn\.(bias|masked_bias)|\.rotary_emb\.inv_freq)$")
GPT2 = {
    "model.embed_tokens.": "wte.",
    "model.embed_positions.": "wpe.",
    "model.norm.": "ln_f.",
    "model.layers.": "h.",
    ".input_layernorm.": ".ln_1.",
    ".post_attention_layernorm.": ".ln_2.",
    ".self_attn.qkv.": ".attn.c_attn.",
    ".self_attn.o_proj.": ".attn.c_proj.",
    ".mlp.up_proj.": ".mlp.c_fc.",
    ".mlp.down_proj.": ".mlp.c_proj.",
}
PARTS = ("q_proj", "k_proj", "v_proj")
ROOT = "transformer."
TURNED = re.compile(r"\.(qkv|\w_proj|up_proj|down_proj)\.weight$")


def inward(family: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """A file's tensors under our names."""
    if family != "gpt2":
        return dict(tensors)
    out: dict[str, Tensor] = {}
    for theirs, tensor in tensors.items():
        name = theirs.removeprefix(ROOT)
        for ours, there in GPT2.items():
            at_start = not there.startswith(".")
            if name.startswith(there) if at_start else there in name:
                name = name.replace(there, ours, 1)
        pieces = tensor.chunk(3, dim=-1) if ".qkv." in name else (tensor,)
        for part, piece in zip(PARTS, pieces, strict=False):
            turned = piece.t() if TURNED.search(name) and piece.ndim == 2 else piece
            out[name.replace(".qkv.", f".{part}.")] = turned
    return out


def outward(family: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The Decoder's parameters under the names of `family`."""
    if family != "gpt2":
        return dict(tensors)
    out: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        if ".k_proj." in name or ".v_proj." in name:
            continue
        if ".q_proj." in name:
            parts = [tensors[name.replace("q_proj", part)] for part in PARTS]
            name, tensor = name.replace("q_proj", "qkv"), torch.cat(parts)
        tensor = tensor.t() if TURNED.search(name) else tensor
        for ours, there in GPT2.items():
            name = name.replace(ours, there)
        out[name if name.startswith("lm_head") else ROOT + name] = tensor
    return out
