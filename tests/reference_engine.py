"""A plain torch engine as oracle: greedy, no cache, no batching, nothing but the definition.

It shares the Decoder's weights with the engine under test and none of its code: the arithmetic below is
written again, from the papers, so that a mistake in the Decoder would show as well.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from chatwright.core.types import Conversation
from chatwright.tokenizer import Chooser, Tokenizer
from chatwright.tokenizer.chooser import SURE


@dataclass(frozen=True)
class Drawn:
    """What the oracle wrote, and by how much the best logit led the second at each token."""

    ids: list[int]
    margins: list[float]
    finish: str


class ReferenceEngine:
    def __init__(self, folder: Path) -> None:
        self.config = json.loads((folder / "config.json").read_text())
        self.w = load_file(folder / "model.safetensors")
        self.tokenizer = Tokenizer.load(folder)
        self.chooser = Chooser.load(folder)

    @torch.no_grad()
    def logits(self, ids: list[int]) -> Tensor:
        """[T] -> [T, V]."""
        embedding = self.w["model.embed_tokens.weight"]
        x = embedding[torch.tensor(ids)]
        for layer in range(self.config["num_hidden_layers"]):
            at = f"model.layers.{layer}."
            x = x + self._attention(self._norm(x, at + "input_layernorm"), at + "self_attn.")
            h = self._norm(x, at + "post_attention_layernorm")
            gate = h @ self.w[at + "mlp.gate_proj.weight"].T
            up = h @ self.w[at + "mlp.up_proj.weight"].T
            x = x + (gate * gate.sigmoid() * up) @ self.w[at + "mlp.down_proj.weight"].T
        return self._norm(x, "model.norm") @ embedding.T

    def _norm(self, x: Tensor, name: str) -> Tensor:
        square = (x * x).mean(-1, keepdim=True)
        return x / (square + self.config["rms_norm_eps"]).sqrt() * self.w[name + ".weight"]

    def _attention(self, x: Tensor, at: str) -> Tensor:
        length, size = len(x), self.config["head_dim"]
        heads, shared = self.config["num_attention_heads"], self.config["num_key_value_heads"]
        q = (x @ self.w[at + "q_proj.weight"].T).view(length, heads, size)
        k = (x @ self.w[at + "k_proj.weight"].T).view(length, shared, size)
        v = (x @ self.w[at + "v_proj.weight"].T).view(length, shared, size)
        q = self._turned(self._norm(q, at + "q_norm"))
        k = self._turned(self._norm(k, at + "k_norm"))
        later = torch.ones(length, length, dtype=torch.bool).triu(1)
        out = []
        for head in range(heads):
            group = head * shared // heads
            scores = (q[:, head] @ k[:, group].T / size**0.5).masked_fill(later, float("-inf"))
            out.append(scores.softmax(-1) @ v[:, group])
        return torch.cat(out, -1) @ self.w[at + "o_proj.weight"].T

    def _turned(self, x: Tensor) -> Tensor:
        """Rotary positions as complex numbers: component i with component i + K/2."""
        half = x.shape[-1] // 2
        frequency = self.config["rope_theta"] ** (-torch.arange(half) / half)
        angle = torch.arange(len(x)).unsqueeze(1) * frequency
        turn = torch.polar(torch.ones_like(angle), angle).unsqueeze(1)
        turned = torch.complex(x[..., :half], x[..., half:]) * turn
        return torch.cat((turned.real, turned.imag), -1)

    def write(self, conversation: Conversation, max_tokens: int) -> Drawn:
        """Greedy, until the end token or `max_tokens`; the end token is among the ids."""
        ids = self.tokenizer.render(conversation, open_reply=True).ids
        start, margins = len(ids), []
        if self.chooser is not None and conversation.messages[-1].role == "user":
            number, probability = self.chooser.choose(conversation.messages)
            ids = ids + (self.tokenizer.opening(number) if probability >= SURE else [])
        while len(ids) - start < max_tokens:
            best = self.logits(ids)[-1].topk(2)
            margins.append(float(best.values[0] - best.values[1]))
            ids = [*ids, int(best.indices[0])]
            if ids[-1] == self.tokenizer.end:
                return Drawn(ids[start:], margins, "stop")
        return Drawn(ids[start:], margins, "length")

    def log_probabilities(self, ids: list[int]) -> list[float]:
        """Of each id but the first."""
        every = self.logits(ids).log_softmax(-1)
        return [float(every[i, following]) for i, following in enumerate(ids[1:])]
