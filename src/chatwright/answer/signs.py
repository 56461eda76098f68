"""What a router knows of a question, as numbers by name: the same in calibration and in serving.

SIGNS[kind]              the names, in order, that the confidence of a kind of candidate is made of
row(kind, signs)         those numbers as a row; a number that is not there is 0
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from chatwright.core.types import Usage
from chatwright.knowledge.curated import Match
from chatwright.knowledge.search import Found

Kind = Literal["curated", "standard", "quoted", "generated"]
KINDS: tuple[Kind, ...] = ("curated", "standard", "quoted", "generated")

QUESTION = ("follow_up", "words")
SEARCHED = ("found", "coverage", "margin", "missing", "bm25", "cosine", "cosine_margin")
DRAFTED = (
    *("drafted", "declined", "mean", "least", "cut", "lacking", "chosen", "unchosen"),
    *("is_standard", "expected", "agrees"),
)
CURATED = ("likeness", "ahead", "alike", "exact")
REVIEWED = "reviewed"  # the reply says what a reviewer accepted
KNOWN = "known"  # log odds that the likeliest standard reply is right, from the matching alone

SIGNS: Mapping[Kind, tuple[str, ...]] = {
    "curated": (*CURATED, "words"),
    "standard": (KNOWN, *QUESTION, *SEARCHED, *DRAFTED, REVIEWED),
    "quoted": (KNOWN, *QUESTION, *SEARCHED, *DRAFTED, "supports"),
    "generated": (KNOWN, *QUESTION, *SEARCHED, *DRAFTED, REVIEWED),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What the model wrote. `mean`, `least`: log probabilities of its tokens in nats; None without them."""

    text: str
    declined: bool
    usage: Usage
    cut: bool = False
    left_out: int = 0
    mean: float | None = None
    least: float | None = None
    chosen: float | None = None  # how likely the known reply is that it began with


def row(kind: Kind, signs: Mapping[str, float]) -> list[float]:
    return [signs.get(name, 0.0) for name in SIGNS[kind]]


def of_question(words: int, follow_up: bool) -> dict[str, float]:
    return {"follow_up": float(follow_up), "words": math.log1p(words)}


def of_search(found: Found | None) -> dict[str, float]:
    if found is None or not found.hits:
        return {}
    seen = found.features
    return {
        "found": 1.0,
        "coverage": seen.coverage,
        "margin": seen.margin,
        "missing": seen.unknown / max(1, seen.words),
        "bm25": seen.bm25_first / math.sqrt(max(1, seen.words)),
        "cosine": seen.cosine,
        "cosine_margin": seen.cosine - seen.cosine_second,
    }


def of_matches(matches: list[Match]) -> dict[str, float]:
    if not matches:
        return {}
    best = matches[0]
    return {
        "likeness": best.likeness,
        "ahead": best.margin,
        "alike": best.cosine or 0.0,
        "exact": float(best.exact),
    }


def of_draft(
    draft: Draft | None, lacking: int, agrees: float, expected: float | None
) -> dict[str, float]:
    """`agrees`: how far it says what the likeliest standard reply says; `expected`: how likely that reply was
    which it is to the letter, None where it is none."""
    if draft is None:
        return {}
    return {
        "drafted": 1.0,
        "declined": float(draft.declined),
        "mean": draft.mean or 0.0,
        "least": draft.least or 0.0,
        "cut": float(draft.cut),
        "lacking": min(3.0, float(lacking)),
        "chosen": 0.0 if draft.chosen is None else math.log(draft.chosen / (1.001 - draft.chosen)),
        "unchosen": float(draft.chosen is None),
        "is_standard": float(expected is not None),
        "expected": 0.0 if expected is None else math.log(expected + 1e-4),
        "agrees": agrees,
    }
