"""Who computes which rows of a step's batch: processes side by side, micro-batches one after another.

Every process builds the whole batch (a pure function of the recipe) and takes its rows, so nobody has
to send any, and the weight of the whole step is known everywhere. Sums stay what they are: only the
order in which they are added changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatwright.data.batches import Batch


@dataclass(frozen=True, slots=True)
class Share:
    """Rows to compute; `counts` is 0.0 where they stand in for none, that all take equally many turns."""

    batch: Batch
    counts: float = 1.0


def shares(step: Sequence[Batch], rank: int, size: int, micro_tokens: int) -> Iterator[Share]:
    """What process `rank` of `size` computes of `step`, at most `micro_tokens` (or a row) at once; 0: all.

    All processes get equally many shares: with FSDP each takes part in every gathering of weights.
    """
    for batch in step:
        rows, length = batch.ids_BT.shape
        if size == 1 and (not micro_tokens or batch.tokens <= micro_tokens):
            yield Share(batch)
            continue
        most = -(-rows // size)
        turns = -(-most // max(1, micro_tokens // length)) if micro_tokens else 1
        first, end = rows * rank // size, rows * (rank + 1) // size
        for turn in range(turns):
            low, high = (first + (end - first) * n // turns for n in (turn, turn + 1))
            yield Share(batch.rows(low, high)) if high > low else Share(batch.rows(0, 1), 0.0)
