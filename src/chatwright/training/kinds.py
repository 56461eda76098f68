"""Learns Pointers: which words are ordinary, and of what kinds values are, from how they are used.

Values that stand in the same surroundings are of a kind: "in _", "at _ pm", "the song _ by". Counts of
value and surrounding, their positive pointwise mutual information, its leading singular vectors, and
spherical k-means on those (as `data.topics` does for texts). No labels, no list of names, seconds. A
pure function of the conversations and the seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from chatwright.core.types import Conversation
from chatwright.data.topics import groups
from chatwright.tokenizer.pointers import Pointers, family, surroundings
from chatwright.tokenizer.values import Values

KINDS = 24
OFTEN = 5  # conversations in which a value stands that says what its kind is
SEEN = 20  # times that a surrounding occurs that counts
RANK = 48  # singular vectors
LOOKED_AT = 5_000  # conversations; bounds time and memory
PAYS = 0.2  # share of replies that repeat a value, from which pointers are worth their tokens

Found = tuple[str, list[str], int]  # value in small letters, surroundings, number of conversation


def repeating(values: Values, conversations: Sequence[Conversation]) -> float:
    """The share of replies that say a value which stood earlier in their conversation."""
    replies = repeats = 0
    for conversation in conversations:
        said: set[str] = set()
        for message in conversation.messages:
            text = message.content
            here = {text[start:end] for start, end in values.find(text)}
            if message.role == "assistant":
                replies, repeats = replies + 1, repeats + bool(here & said)
            said |= here
    return repeats / max(replies, 1)


def learn(conversations: Sequence[Conversation], seed: int) -> Pointers | None:
    """Pointers for a bot on `conversations`; None where there are too few values to tell kinds apart."""
    values = Values.learn(m.content for c in conversations for m in c.messages)
    found = _found(values, conversations[:LOOKED_AT])
    spread = Counter(value for value, _ in {(value, number) for value, _, number in found})
    names = {name: row for row, name in enumerate(_often(found))}
    often = {value: row for row, value in enumerate(v for v, n in spread.items() if n >= OFTEN)}
    if len(often) < 2 * KINDS or not names:
        return None
    counts = np.zeros((len(often), len(names)), np.float32)
    for value, around, _ in found:
        if (row := often.get(value)) is not None:
            np.add.at(counts[row], [names[name] for name in around if name in names], 1.0)
    kind_of, families = _kinds(list(often), counts, seed)
    kinds = {value: int(kind_of[row]) for value, row in often.items() if kind_of[row] >= 0}
    given = np.full((len(names), len(families)), 0.5, np.float32)
    alone = np.ones(len(families), np.float32)
    for row, kind in enumerate(kind_of):
        if kind >= 0:
            given[:, kind] += counts[row]
    for value, _, _ in found:
        if value in kinds:
            alone[kinds[value]] += 1
    given /= given.sum(1, keepdims=True)
    return Pointers(values, kinds, families, names, np.log(given), np.log(alone / alone.sum()))


def _kinds(
    often: list[str], counts: np.ndarray[tuple[int, int], np.dtype[np.float32]], seed: int
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], list[str]]:
    """The kind of each value, -1 for none, and the family of each kind.

    Families get kinds by the square roots of how often each of their values stands, at least one.
    """
    families = [family(value) for value in often]
    said = Counter[str]()
    for name, row in zip(families, counts, strict=True):
        said[name] += float(row.sum()) ** 0.5
    kind_of, made = np.full(len(often), -1, np.int64), list[str]()
    for name in sorted(said):
        rows = np.array([row for row, other in enumerate(families) if other == name])
        many = min(max(1, round(KINDS * said[name] / said.total())), len(rows))
        found = groups(_directions(counts[rows], seed), many)
        kind_of[rows] = np.where(found >= 0, found + len(made), -1)
        made += [name] * many
    return kind_of, made


def _found(values: Values, conversations: Sequence[Conversation]) -> list[Found]:
    found: list[Found] = []
    for number, conversation in enumerate(conversations):
        asked = ""
        for message in conversation.messages:
            text = message.content
            for start, end in values.find(text):
                around = surroundings(text, start, end, asked)
                found.append((text[start:end].casefold(), around, number))
            asked = text
    return found


def _often(found: list[Found]) -> list[str]:
    counts = Counter(name for _, around, _ in found for name in around)
    return [name for name, n in counts.items() if n >= SEEN]


def _directions(
    counts: np.ndarray[tuple[int, int], np.dtype[np.float32]], seed: int
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Unit rows [values, at most RANK]: the leading singular vectors of the shrunk information."""
    expected = counts.sum(1, keepdims=True) * counts.sum(0, keepdims=True) / max(counts.sum(), 1.0)
    with np.errstate(divide="ignore"):
        more = np.maximum(np.log(counts / np.maximum(expected, 1e-9)), 0.0)
    more *= counts / (counts + 2.0)
    rank = min(RANK, *more.shape)
    random = np.random.default_rng(seed).standard_normal((more.shape[1], rank)).astype(np.float32)
    basis = np.linalg.qr(more @ random)[0]
    for _ in range(3):  # a randomised range finder (arXiv 0909.4061)
        basis = np.linalg.qr(more @ (more.T @ basis))[0]
    left, length, _ = np.linalg.svd(basis.T @ more, full_matrices=False)
    rows = (basis @ left) * length
    return np.asarray(
        rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32
    )
