"""Texts as vectors: the weighted mean of the model's own token embeddings. Not a trained embedder.

Smooth inverse frequency (Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence
Embeddings", ICLR 2017): rare tokens count more, and the direction that all texts share is taken out.
A release keeps no counts, so a token's frequency is that of its class: the ids of a byte-pair
vocabulary are in the order of their frequency, about as Zipf's law has it. The order of words is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open

from chatwright.core.errors import ReleaseError

Rows = npt.NDArray[np.float32]

NAMES = ("embed_tokens.weight", "wte.weight")
COMMON = 1e-3  # the paper's a: tokens of this frequency count half
SHIFT = 2.7  # Zipf-Mandelbrot


@dataclass(frozen=True, slots=True)
class Embedding:
    """A weighted row per token [V, D]."""

    table_VD: Rows

    @classmethod
    def load(cls, folder: Path) -> Embedding:
        """From the weights in `folder`. Raises `ReleaseError` when they have no embedding we can read."""
        table = _read(folder)
        share_V = 1.0 / (np.arange(len(table)) + SHIFT)
        share_V /= share_V.sum()
        centred = table - share_V @ table
        # The first principal direction of frequent tokens: what all texts have in common.
        _, directions = np.linalg.eigh((centred * share_V[:, None]).T @ centred)
        common = directions[:, -1:]
        centred -= (centred @ common) @ common.T
        weight_V = COMMON / (COMMON + share_V)
        return cls((centred * weight_V[:, None]).astype(np.float32))

    def rows(self, texts: Sequence[Sequence[int]]) -> Rows:
        """A unit row for each list of ids [n, D]; zeros where there is no token."""
        found = np.zeros((len(texts), self.table_VD.shape[1]), np.float32)
        for row, ids in zip(found, texts, strict=True):
            if ids:
                row += self.table_VD[np.asarray(ids)].mean(0)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Rows = found / np.maximum(lengths, 1e-12)
        return unit


def _read(folder: Path) -> npt.NDArray[np.float64]:
    try:
        for path in sorted(folder.glob("*.safetensors")):
            with safe_open(path, "numpy") as tensors:
                for name in tensors.keys():  # noqa: SIM118
                    if name.endswith(NAMES):
                        return np.asarray(tensors.get_tensor(name), np.float64)
    except (OSError, TypeError, SafetensorError) as error:
        raise ReleaseError(
            f"The embedding in {folder} cannot be read ({error}).", "Restore the release."
        ) from error
    raise ReleaseError(f"The weights in {folder} have no embedding.", "Restore the release.")
