"""Which answers differ most between two releases, for people to read side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, zip_longest

from chatwright.evaluation.items import Answer

SHOWN = 10
LOOKED_AT = 400  # characters of an answer that likeness is judged by


@dataclass(frozen=True, slots=True)
class Change:
    """One question that the two releases answer differently. Scores: 1 is right; None, not judged."""

    suite: str
    id: str
    question: str
    expected: str
    current: str
    current_route: str
    current_score: float | None
    candidate: str
    candidate_route: str
    candidate_score: float | None

    @property
    def gain(self) -> float:
        if self.current_score is None or self.candidate_score is None:
            return 0.0
        return self.candidate_score - self.current_score


def changed(
    candidate: Sequence[Answer], current: Sequence[Answer], most: int = SHOWN
) -> tuple[Change, ...]:
    """The most changed answers: lost and won ones in turn, then those that only read differently."""
    before = {(one.suite, one.id): one for one in current}
    found = [
        _change(then, now)
        for now in candidate
        if (then := before.get((now.suite, now.id))) is not None
        and (" ".join(then.answer.split()), then.route) != (" ".join(now.answer.split()), now.route)
    ]
    ranked = sorted(found, key=lambda one: (-round(abs(one.gain), 2), _alike(one), one.id))
    lost = [one for one in ranked if one.gain < 0]
    won = [one for one in ranked if one.gain > 0]
    in_turn = [one for one in chain(*zip_longest(lost, won)) if one is not None]
    return tuple([*in_turn, *(one for one in ranked if one.gain == 0)][:most])


def _change(then: Answer, now: Answer) -> Change:
    return Change(
        now.suite,
        now.id,
        now.question,
        now.expected,
        then.answer,
        then.route,
        None if math.isnan(then.score) else then.score,
        now.answer,
        now.route,
        None if math.isnan(now.score) else now.score,
    )


def _alike(one: Change) -> float:
    matcher = SequenceMatcher(None, one.current[:LOOKED_AT], one.candidate[:LOOKED_AT], False)
    return round(matcher.quick_ratio(), 2)
