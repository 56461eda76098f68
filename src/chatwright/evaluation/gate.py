"""The gate: is a candidate better than what is served, not worse, worse, or is there not enough evidence?

Pure: two sets of items and `[gate]` in, a verdict out. How the items come about is in `comparing`, the
arithmetic in `statistics`. The rule is stated in docs/gate.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from chatwright.evaluation.items import Items
from chatwright.spec.spec import Gate

Outcome = Literal["better", "not worse", "worse", "not enough evidence"]
# Of a row besides: "held" and "broken" (must-pass), "no sign of harm" (a guardrail), "shown" (not judged).
Found = Literal[
    "better",
    "not worse",
    "worse",
    "not enough evidence",
    "no sign of harm",
    "shown",
    "too few",
    "not applicable",
    "missing",
]
Role = Literal["primary", "guardrail", "slice", "shown"]


@dataclass(frozen=True, slots=True)
class Row:
    """One metric (or one slice of it), both releases. `gain` and its interval: positive is better, in the
    metric's own unit; of times the logarithm of the ratio."""

    metric: str
    title: str
    role: Role
    found: Found
    slice: str = ""
    n: int = 0  # items
    clusters: int = 0  # conversations
    current: float | None = None
    candidate: float | None = None
    gain: float | None = None
    interval: tuple[float, float] | None = None
    margin: float | None = None
    p: float | None = None  # that it is not harmed, one-sided
    adjusted: float | None = None  # the same after Holm's correction
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One question that the two releases answer differently."""

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


@dataclass(frozen=True)
class Verdict:
    """What the gate says. `promotable`: better or not worse. `needed`: how many more conversations (of the
    primary metric) would probably be enough; None where that is not what is lacking."""

    candidate: str
    current: str
    verdict: Outcome
    reasons: tuple[str, ...]
    primary: str
    rows: tuple[Row, ...] = ()
    needed: int | None = None
    broken: tuple[str, ...] = ()  # must-pass items that are lost
    open: tuple[str, ...] = ()  # must-pass items that neither passes
    changed: tuple[Change, ...] = ()
    about: dict[str, Any] | None = None
    folder: str = ""  # of verdict.json and verdict.html, where they were written

    @property
    def promotable(self) -> bool:
        return self.verdict in ("better", "not worse")

    def to_dict(self) -> dict[str, Any]:
        """For JSON: `verdict.json`, `--json`, the history."""
        raise NotImplementedError


def judge(candidate: Items, current: Items, settings: Gate, seeds: Sequence[Items] = ()) -> Verdict:
    """Compare `candidate` with `current`.

    `seeds` are the same training with other seeds, measured on the same items: the candidate is then judged
    by its own figures and by those of all of them, whichever are less favourable.
    """
    raise NotImplementedError
