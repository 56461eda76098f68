"""Any other causal language model, by `transformers` (the extra `hf`), behind the Decoder's protocol.

For families that the Decoder does not compute. It is trained and saved by the same loop; it is not
converted, so the engine here cannot serve it, which is said before training. Never runs code that comes
with a model, and reads safetensors only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from chatwright.core.pieces import Pieces
from chatwright.model.decoder import Sees
from chatwright.model.shape import Shape

try:  # an extra; whoever installed it pays for the import
    import transformers
except ImportError:
    transformers = None

CLOSE = 1e-3  # logits that we put together ourselves, against the model's own


class Foreign(nn.Module):
    """`inner` is transformers' model; see `Decoder` for what the methods take and return."""

    def __init__(self, inner: Any, shape: Shape) -> None:
        super().__init__()
        self.inner, self.shape = inner, shape

    def model(
        self, ids_BT: Tensor, positions_BT: Tensor, sees: Sees, at_N: Tensor | None = None
    ) -> Tensor:
        mask = _dense(sees, ids_BT) if isinstance(sees, Pieces) else sees
        if mask is not None and mask.dtype == torch.bool:
            hides = torch.finfo(self.inner.dtype).min
            mask = torch.zeros(mask.shape, device=mask.device).masked_fill(~mask, hides)
        hidden = self.inner.base_model(
            input_ids=ids_BT, position_ids=positions_BT, attention_mask=mask, use_cache=False
        ).last_hidden_state
        return hidden if at_N is None else hidden.flatten(0, 1)[at_N]

    def logits(self, hidden: Tensor) -> Tensor:
        return self.inner.get_output_embeddings()(hidden)

    def forward(
        self, ids_BT: Tensor, positions_BT: Tensor | None = None, sees: Sees = None
    ) -> Tensor:
        if positions_BT is None:
            positions_BT = torch.arange(ids_BT.shape[1], device=ids_BT.device).expand_as(ids_BT)
        return self.logits(self.model(ids_BT, positions_BT, sees))


def _dense(pieces: Pieces, ids_BT: Tensor) -> Tensor:
    """Which position sees which, [B, 1, T, T]."""
    lengths = torch.tensor(pieces.lengths, device=ids_BT.device)
    piece_BT = torch.arange(len(lengths), device=ids_BT.device).repeat_interleave(lengths)
    piece_BT = piece_BT.view_as(ids_BT)
    return torch.eq(piece_BT.unsqueeze(2), piece_BT.unsqueeze(1)).tril().unsqueeze(1)


def load(folder: Path, shape: Shape) -> Foreign:
    """The model in `folder`, in fp32. Raises `ValueError` where it cannot be computed as the loop needs it."""
    if transformers is None:
        raise ValueError(
            f"a {shape.family} needs transformers: pip install 'chatwright[hf]', or name a GPT-2, Llama, "
            "Mistral, Qwen2 or Qwen3"
        )
    inner, found = transformers.AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=torch.float32,
        use_safetensors=True,
        trust_remote_code=False,
        local_files_only=True,
        output_loading_info=True,
    )
    if absent := sorted(found["missing_keys"]) or sorted(found["mismatched_keys"]):
        raise ValueError(f"{absent[0]} is missing or has other sizes")  # it would be random instead
    made = Foreign(inner.eval(), shape)
    ids, pieces = torch.arange(8)[None] % shape.vocabulary, (5, 3)
    positions = torch.cat([torch.arange(n) for n in pieces])[None]
    with torch.no_grad():
        packed = made(ids, positions, Pieces(pieces))
        alone = [inner(part).logits for part in ids.split(pieces, 1)]
    if not torch.allclose(packed, torch.cat(alone, 1), atol=CLOSE):
        raise ValueError(f"a {shape.family} scales its logits, or attends, in a way not known here")
    return made
