"""Tokens in batches: conversations packed without padding, none of which sees another.

Rows have one of two lengths. Most conversations are packed into short rows, because attention over
a row costs its length squared; those that do not fit, and a share that is chained into one long
conversation on purpose, fill rows of the whole context. Chaining is what trains the far positions
and topic changes that real chats have (DECISIONS.md, "rows").

The order is a pure function of (seed, epoch), so a resumed run sees the same batches.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from chatwright.core.pieces import Pieces
from chatwright.data.repeats import one_pass
from chatwright.tokenizer import Rendered

ROW_STEP = 128
WHOLE = 12
MIXED = 2048  # conversations packed together, so that a batch holds long and short ones


@dataclass(frozen=True, slots=True)
class Packing:
    """How rows are made: lengths in tokens, tokens of a whole batch, share of chained rows.

    A known reply is learned `whole` times a pass and only named otherwise (`repeats`); 0: always.
    """

    short: int
    context: int
    batch_tokens: int
    chained: float
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """B rows of T tokens. `targets` pairs a flat position with the id that must follow it.

    `pieces` are the lengths of what the rows, one after another, consist of: conversations and
    padding, none of which sees another. `mask_B1TT` says the same, where a device wants it dense.

    Judged replies (`training.judged`) come as S sequences, two for each of P pairs or rows: `sequence_N`
    says whose a target is, `reference_S` what the starting weights give it (nats), `good_P` how it was
    judged.
    """

    ids_BT: Tensor
    positions_BT: Tensor
    at_N: Tensor
    targets_N: Tensor
    pieces: tuple[int, ...]
    mask_B1TT: Tensor | None = None
    sequence_N: Tensor | None = None
    reference_S: Tensor | None = None
    good_P: Tensor | None = None

    @property
    def sees(self) -> Tensor | Pieces:
        """Which positions see which, as the Decoder takes it."""
        return Pieces(self.pieces) if self.mask_B1TT is None else self.mask_B1TT

    @property
    def tokens(self) -> int:
        return self.ids_BT.numel()

    @property
    def weight(self) -> int:
        """What the sum that an objective returns is divided by, over the whole step."""
        return self.targets_N.numel() if self.good_P is None else self.good_P.numel()

    def rows(self, low: int, high: int) -> Batch:
        """The rows from `low` to below `high` as a batch of their own, without a mask."""
        size = self.ids_BT.shape[1]
        here = (self.at_N >= low * size) & (self.at_N < high * size)
        ends = np.cumsum(self.pieces)  # no piece reaches over the end of a row
        first, last = np.searchsorted(ends, (low * size, high * size), side="right")
        return replace(
            self,
            ids_BT=self.ids_BT[low:high],
            positions_BT=self.positions_BT[low:high],
            at_N=self.at_N[here] - low * size,
            targets_N=self.targets_N[here],
            pieces=self.pieces[first:last],
            mask_B1TT=None,
        )

    def pinned(self) -> Batch:
        """In memory that a GPU can copy from while it computes."""
        ids, positions, at, targets = (
            t.pin_memory() for t in (self.ids_BT, self.positions_BT, self.at_N, self.targets_N)
        )
        return replace(self, ids_BT=ids, positions_BT=positions, at_N=at, targets_N=targets)

    def to(self, device: torch.device) -> Batch:
        """On `device`; anywhere but on a CPU with a dense mask, which keeps shapes the same."""
        if device.type == "cpu":
            return self
        tensors = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "pieces"}
        there = {
            name: tensor.to(device, non_blocking=True)
            for name, tensor in tensors.items()
            if tensor is not None
        }
        return replace(self, **there).masked()

    def masked(self) -> Batch:
        ids = self.ids_BT
        numbers = torch.arange(len(self.pieces), device=ids.device)
        lengths = torch.tensor(self.pieces).to(ids.device, non_blocking=True)
        # Without its size, a GPU would be waited for to learn it.
        piece_BT = numbers.repeat_interleave(lengths, output_size=ids.numel()).view_as(ids)
        same = torch.eq(piece_BT.unsqueeze(2), piece_BT.unsqueeze(1))
        return replace(self, mask_B1TT=same.tril_().unsqueeze(1))


def packing_for(
    lengths: Sequence[int],
    context: int,
    batch_tokens: int,
    chained: float = 0.05,
    whole: int = WHOLE,
) -> Packing:
    """Short rows hold 95% of the conversations whole."""
    usual = int(np.quantile(np.asarray(lengths), 0.95)) if lengths else ROW_STEP
    short = -(-max(usual, 1) // ROW_STEP) * ROW_STEP
    return Packing(min(short, context), context, max(batch_tokens, context), chained, whole)


def windows(rendered: Rendered, context: int, starts: Sequence[int]) -> list[Rendered]:
    """Pieces of a conversation that fit `context`, each beginning at one of `starts` (its turns).

    A single turn longer than the context is cut at its end; nothing else is lost.
    """
    if len(rendered) <= context:
        return [rendered]
    begin, pieces, first = rendered.ids[0], [], 0
    bounds = [*starts, len(rendered)]
    for here, after in pairwise(bounds):
        if after - first > context - 1 and here > first:
            pieces.append((first, here))
            first = here
    pieces.append((first, len(rendered)))
    made = []
    for low, high in pieces:
        low = max(low, 1)
        high = min(high, low + context - 1)
        made.append(Rendered([begin, *rendered.ids[low:high]], [False, *rendered.learn[low:high]]))
    return [piece for piece in made if any(piece.learn)]


def batches(
    conversations: Sequence[Rendered],
    packing: Packing,
    seed: int,
    pad: int,
) -> Iterator[Batch]:
    """Batches without end, epoch after epoch."""
    epoch = 0
    while True:
        rng = np.random.default_rng((seed, epoch))
        groups = _epoch(conversations, packing, rng)
        order = rng.permutation(len(groups))
        for index in order:
            length, rows = groups[index]
            yield laid(rows, length, pad)
        epoch += 1


def once(conversations: Sequence[Rendered], packing: Packing, pad: int) -> Iterator[Batch]:
    """Every conversation exactly once, in rows of the whole context; for measuring."""
    rows = _pack(list(conversations), packing.context)
    count = max(1, packing.batch_tokens // packing.context)
    for first in range(0, len(rows), count):
        yield laid(rows[first : first + count], packing.context, pad)


def batches_per_epoch(conversations: Sequence[Rendered], packing: Packing, seed: int) -> int:
    return len(_epoch(conversations, packing, np.random.default_rng((seed, 0))))


Row = list[Rendered]


def _epoch(
    conversations: Sequence[Rendered],
    packing: Packing,
    rng: np.random.Generator,
) -> list[tuple[int, list[Row]]]:
    order = rng.permutation(len(conversations))
    chain_upto = int(len(order) * packing.chained) if packing.short < packing.context else 0
    chained = one_pass(conversations, order[:chain_upto], 0)
    rest = one_pass(conversations, order[chain_upto:], packing.whole)
    fits = [c for c in rest if len(c) <= packing.short]
    long = [c for c in rest if len(c) > packing.short] + _chain(chained, packing.context)
    long_rows, fits = _top_up(_pack(long, packing.context), fits, packing.context)
    portions = [fits[i : i + MIXED] for i in range(0, len(fits), MIXED)]
    short_rows = [row for portion in portions for row in _pack(portion, packing.short)]
    groups: list[tuple[int, list[Row]]] = []
    for length, packed in (
        (packing.short, short_rows),
        (packing.context, long_rows),
    ):
        rows = [packed[i] for i in rng.permutation(len(packed))]  # packing leaves them by length
        per_batch = max(1, packing.batch_tokens // length)
        # A last batch that is not full would weigh its few rows too much; they come again later.
        full = len(rows) // per_batch * per_batch or min(len(rows), per_batch)
        groups += [(length, rows[i : i + per_batch]) for i in range(0, full, per_batch)]
    return groups


def _chain(conversations: list[Rendered], context: int) -> list[Rendered]:
    """Join conversations into long ones: one begin token, then exchange after exchange."""
    made: list[Rendered] = []
    ids: list[int] = []
    learn: list[bool] = []
    for piece in conversations:
        if ids and len(ids) + len(piece) - 1 > context:
            made.append(Rendered(ids, learn))
            ids, learn = [], []
        skip = 1 if ids else 0
        ids = ids + piece.ids[skip:]
        learn = learn + piece.learn[skip:]
    if ids:
        made.append(Rendered(ids, learn))
    return made


class Room:
    """Rows by the room that is left in them: the tightest that holds a piece, in logarithmic time."""

    def __init__(self, rows: list[Row], length: int) -> None:
        self.rows = rows
        self._length = length
        self._by_room: dict[int, list[int]] = {}
        self._rooms: list[int] = []
        for index, row in enumerate(rows):
            self._note(length - sum(map(len, row)), index)

    def put(self, piece: Rendered, *, grow: bool) -> bool:
        """Put `piece` where it fits best; into a new row only if `grow`. Whether it was put."""
        at = bisect_left(self._rooms, len(piece))
        if at == len(self._rooms):
            if grow:
                self.rows.append([piece])
                self._note(self._length - len(piece), len(self.rows) - 1)
            return grow
        room = self._rooms[at]
        index = self._by_room[room].pop()
        if not self._by_room[room]:
            del self._by_room[room], self._rooms[at]
        self.rows[index].append(piece)
        self._note(room - len(piece), index)
        return True

    def _note(self, room: int, index: int) -> None:
        if room not in self._by_room:
            insort(self._rooms, room)
            self._by_room[room] = []
        self._by_room[room].append(index)


def _pack(conversations: list[Rendered], length: int) -> list[Row]:
    """Longest first, each into the tightest row: about 99% full on chats."""
    room = Room([], length)
    for piece in sorted(conversations, key=len, reverse=True):
        room.put(piece, grow=True)
    return room.rows


def _top_up(
    rows: list[Row], conversations: list[Rendered], length: int
) -> tuple[list[Row], list[Rendered]]:
    """Fill what is left in `rows`, which long conversations leave half empty; and what did not fit."""
    room = Room(rows, length)
    return room.rows, [piece for piece in conversations if not room.put(piece, grow=False)]


def laid(rows: list[Row], length: int, pad: int) -> Batch:
    """`rows` of pieces as a batch, each row `length` tokens long."""
    count = len(rows)
    ids = np.full((count, length), pad, dtype=np.int64)
    positions = np.zeros((count, length), dtype=np.int64)
    pieces: list[int] = []
    learn = np.zeros((count, length), dtype=bool)
    for r, row in enumerate(rows):
        at = 0
        for piece in row:
            end = at + len(piece)
            ids[r, at:end] = piece.ids
            positions[r, at:end] = np.arange(len(piece))
            pieces.append(len(piece))
            learn[r, at:end] = piece.learn
            at = end
        if at < length:
            pieces.append(length - at)
    flat = np.flatnonzero(learn.reshape(-1))  # never position 0 of a row: that is <|begin|>
    flat_ids = torch.from_numpy(ids.reshape(-1))
    return Batch(
        ids_BT=torch.from_numpy(ids),
        positions_BT=torch.from_numpy(positions),
        at_N=torch.from_numpy(flat - 1),
        targets_N=flat_ids[torch.from_numpy(flat)],
        pieces=tuple(pieces),
    )
