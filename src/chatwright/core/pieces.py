"""Which positions of a batch see which, as the lengths of what its rows consist of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pieces:
    """The lengths of what the rows one after another consist of; in a piece each position sees those before it.

    A class of its own, for compiled code would be made anew for every number of lengths in a tuple.
    """

    lengths: tuple[int, ...]
