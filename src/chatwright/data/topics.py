"""What people ask about: texts grouped by the words they share, and the spec's scope held against them.

TF-IDF and spherical k-means (Dhillon and Modha, 2001) in numpy, for a sample of a few thousand texts.
It goes by words alone: "sofa" and "couch" have nothing in common here, so its figures are a first look.
Chinese and Japanese have no spaces: runs of one script are words there, long ones in pairs of characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chatwright.data.tables import Tables

Matrix = npt.NDArray[np.float32]

FEATURES = 4_096
COMMON, FEW = (
    0.2,
    100,
)  # a word in more texts than this share of many, or half of few, tells nothing
LEAST = 0.5  # weight of a word that is wanted though nearly all texts have it
STEM = 5  # letters: "renew", "renewal" and "renewing" are one
COMPOUND = 9  # letters from which a word is also looked at inside: "Öffnungszeiten"
ROUNDS, TRIES, SEED = 25, 8, 0
FAR = 0.1  # cosine to the centre; below it a text belongs to no group
NEAR = 0.09  # cosine of a row to a topic of the scope; below it the row is not about it
FEEDBACK = (10, 40, 120)  # rows whose words are added to a topic's own, in rounds (Rocchio, 1971)
NAMED = 3  # words in a name

_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = "\u3041-\u3096\u309d\u309e"  # endings and particles, seldom a topic
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
_UNSPACED = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
WORD = re.compile(
    rf"[{_HAN}]+|[{_KATAKANA}]{{2,}}|[{_UNSPACED}]{{2,}}"
    rf"|<\w+>|[^\W\d_{_HAN}{_KANA}{_KATAKANA}{_UNSPACED}]{{3,}}"
)
HAN, UNSPACED, HAS_KANA = (re.compile(f"[{c}]") for c in (_HAN, _UNSPACED, _KANA + _KATAKANA))
STOP = Tables(Path(__file__).with_suffix(".toml")).words("STOP")


def words(text: str) -> list[str]:
    """The words of `text` that can tell a topic, in small letters."""
    found: list[str] = []
    kana = HAS_KANA.search(text) is not None
    for word in WORD.findall(text.lower()):
        if HAN.match(word):
            found += [word] if len(word) <= (4 if kana else 2) else _grams(word, 2)
        elif UNSPACED.match(word):
            found += _grams(word, 4)
        elif word[0] != "<":
            found.append(word)
    return [word for word in found if word not in STOP]


def _grams(word: str, size: int) -> list[str]:
    return [word[at : at + size] for at in range(max(1, len(word) - size + 1))]


def _features(word: str) -> list[str]:
    if HAN.match(word):
        return [word, *(_grams(word, 2) if len(word) > 2 else [])]
    inner = _grams(word[1:], STEM) if len(word) >= COMPOUND else []
    return [word[:STEM], *inner]


@dataclass(frozen=True, slots=True)
class Space:
    """A vocabulary with its weights: texts -> unit rows of an [n, features] matrix."""

    place: Mapping[str, int]
    weight_F: Matrix

    def rows(self, texts: Sequence[Mapping[str, float]]) -> Matrix:
        """`texts` as words with their weights; a text of unknown words is a row of zeros."""
        matrix = np.zeros((len(texts), len(self.place)), dtype=np.float32)
        for row, text in enumerate(texts):
            for word, weight in text.items():
                for feature in _features(word):
                    if (at := self.place.get(feature)) is not None:
                        matrix[row, at] += weight
        return _unit(np.log1p(matrix) * self.weight_F)


def space(texts: Sequence[Mapping[str, float]], wanted: Iterable[str] = ()) -> Space:
    """The vocabulary of `texts`: what stands in at least two of them and in not too many.

    `wanted` words stay however common they are: all of a coffee shop's guests say "order".
    """
    often = Counter[str]()
    for text in texts:
        often.update({feature for word in text for feature in _features(word)})
    most = max(COMMON * len(texts), min(len(texts) / 2, FEW))
    stays = {feature for word in wanted for feature in _features(word)}
    ranked = [(f, n) for f, n in often.most_common() if n >= 2 and (n <= most or f in stays)]
    known = ranked[:FEATURES]
    weights = np.array([max(np.log(len(texts) / n), LEAST) for _, n in known], dtype=np.float32)
    return Space({feature: at for at, (feature, _) in enumerate(known)}, weights)


def _unit(matrix: Matrix) -> Matrix:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(lengths, 1e-9), dtype=np.float32)


def groups(matrix: Matrix, k: int) -> npt.NDArray[np.int64]:
    """The group of each row, 0 to k - 1, by spherical k-means; -1 for rows near to none."""
    usable = np.flatnonzero(matrix.any(axis=1))
    found = np.full(len(matrix), -1, dtype=np.int64)
    if not len(usable):
        return found
    rows = matrix[usable]
    centres = _first_centres(rows, min(k, len(rows)))
    own = np.zeros(len(rows), dtype=np.int64)
    for _ in range(ROUNDS):
        likeness = rows @ centres.T
        before, own = own, likeness.argmax(axis=1)
        for group in range(len(centres)):
            inside = rows[own == group]
            if len(inside):
                centres[group] = inside.sum(axis=0)
            else:  # begins again at the row that is served worst
                centres[group] = rows[likeness.max(axis=1).argmin()]
        centres = _unit(centres)
        if np.array_equal(own, before):
            break
    found[usable] = np.where((rows @ centres.T).max(axis=1) >= FAR, own, -1)
    return found


def _first_centres(rows: Matrix, k: int) -> Matrix:
    """Greedy k-means++ (Arthur and Vassilvitskii, 2007): each next centre is the best of some that are
    likely to be far from those before it."""
    random = np.random.default_rng(SEED)
    centres = [rows[random.integers(len(rows))]]
    distance = np.maximum(1 - rows @ centres[0], 0)
    while len(centres) < k and (total := distance.sum()) > 0:
        drawn = random.choice(len(rows), size=TRIES, p=distance / total)
        after = np.minimum(distance[:, None], np.maximum(1 - rows @ rows[drawn].T, 0))
        best = after.sum(axis=0).argmin()
        centres.append(rows[drawn[best]])
        distance = after[:, best]
    return np.stack(centres)


def name(inside: Sequence[Mapping[str, float]], often: Mapping[str, int], n: int) -> str:
    """The words that a group has and the rest has not, the most telling first.

    `often` counts the texts with each word, over all `n` of them.
    """
    own = Counter(word for text in inside for word in text)
    size, rest = len(inside), n - len(inside)

    def telling(word: str) -> float:
        within = own[word] / size
        outside = (often[word] - own[word] + 0.5) / (rest + 1)
        return float(within * np.log((within + 1e-3) / (outside + 1e-3)))

    chosen: list[str] = []
    for word in sorted(own, key=lambda word: (-telling(word), word)):
        if own[word] > 1 and not any(_same(word, other) for other in chosen):
            chosen.append(word)
        if len(chosen) == NAMED:
            break
    return ", ".join(chosen) or "(various)"


def _same(word: str, other: str) -> bool:
    return word[:STEM] == other[:STEM] or word in other or other in word


def scope(matrix: Matrix, topics: Matrix) -> tuple[npt.NDArray[np.int64], Matrix]:
    """(the topic of each row or -1, the likeness [rows, topics]).

    A topic in bot.toml is a few words; the rows nearest to it lend it theirs.
    """
    if not len(topics) or not len(matrix):
        return np.full(len(matrix), -1, dtype=np.int64), np.zeros(
            (len(matrix), len(topics)), np.float32
        )
    likeness = matrix @ topics.T
    for most in FEEDBACK:
        wider = topics.copy()
        claimed = np.where(likeness.max(axis=1) >= NEAR, likeness.argmax(axis=1), -1)
        for at in range(len(topics)):
            best = np.argsort(-likeness[:, at], kind="stable")[:most]
            best = best[claimed[best] == at]  # not what another topic has more claim to
            if len(best):
                wider[at] += _unit(matrix[best].mean(axis=0, keepdims=True))[0]
        likeness = matrix @ _unit(wider).T
    return np.where(likeness.max(axis=1) >= NEAR, likeness.argmax(axis=1), -1), likeness
