"""How big a Decoder should be: one dial, from which everything else is derived.

`auto` asks what the budget can feed. The table's figures are from runs on 2 cores; DECISIONS.md,
"size", has them.
"""

from __future__ import annotations

from chatwright.core.errors import SpecError
from chatwright.model.shape import Shape

# width, layers, hidden. Heads are 64 wide; parameters are of the body. Short budgets want width
# before depth: at 400 steps 2 layers of 256 beat 4 of 128 by a third (DECISIONS.md, "size").
SIZES: dict[str, tuple[int, int, int]] = {
    "nano": (128, 2, 384),  # 0.4 M
    "tiny": (256, 2, 512),  # 1.3 M
    "small": (256, 6, 704),  # 4.8 M
    "medium": (384, 8, 1024),  # 14 M
    "large": (512, 12, 1408),  # 39 M
}
HEAD = 64
# Multiply-adds of training (6 per parameter and token) from which the next size pays off.
FROM_FLOPS: dict[str, float] = {
    "nano": 0.0,
    "tiny": 5e11,
    "small": 1.2e14,
    "medium": 2e15,
    "large": 2e16,
}


def shape_for(size: str, vocabulary: int, context: int) -> Shape:
    """The Shape called `size`."""
    if size not in SIZES:
        raise SpecError(
            f'"model.size" is "{size}", which is not a size.',
            f"Use auto, or one of {', '.join(SIZES)}.",
        )
    width, layers, hidden = SIZES[size]
    heads = width // HEAD
    return Shape(vocabulary, width, layers, heads, heads, HEAD, hidden, context)


def auto_size(flops: float) -> str:
    """The largest size that a budget of `flops` (multiply-adds of training) feeds."""
    return [size for size, floor in FROM_FLOPS.items() if flops >= floor][-1]


def vocabulary_for(text_bytes: int) -> int:
    """Entries for a vocabulary learned from `text_bytes` of conversation.

    Few merges make long sequences, many make rare tokens that a short run never learns; between
    0.1 and 20 MB the optimum moved slowly (DECISIONS.md, "vocabulary").
    """
    if text_bytes < 200_000:
        return 1024
    if text_bytes < 2_000_000:
        return 2048
    return 4096
