"""A verdict: what the gate says of a candidate, as values, as JSON, and in sentences. Judges nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from chatwright.core.errors import DataError
from chatwright.evaluation.changes import Change
from chatwright.evaluation.items import MEASURES, Scale

FORMAT = 1

Outcome = Literal["better", "not worse", "worse", "not enough evidence"]
# Of a row besides: a guardrail is worse or shows no sign of it; what is not judged says why.
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
    p: float | None = None  # that it is not worse, one-sided
    adjusted: float | None = None  # the same after Holm's correction
    note: str = ""

    @property
    def scale(self) -> Scale:
        return MEASURES[self.metric].scale


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
    about: dict[str, Any] = field(default_factory=dict)
    folder: str = ""  # of verdict.json and verdict.html, where they were written

    @property
    def promotable(self) -> bool:
        return self.verdict in ("better", "not worse")

    def to_dict(self) -> dict[str, Any]:
        """For `verdict.json` and `--json`; no value is anything that JSON cannot say."""
        values = {"format": FORMAT, **asdict(self), "promotable": self.promotable}
        del values["folder"]
        return values

    def short(self) -> dict[str, Any]:
        """For the history: the verdict, and why."""
        return {
            "verdict": self.verdict,
            "against": self.current,
            "reasons": list(self.reasons),
            "needed": self.needed,
        }


def read_verdict(path: Path) -> Verdict:
    """The verdict in a `verdict.json`. Raises `DataError` when it cannot be read."""
    try:
        values = json.loads(path.read_text("utf-8"))
        if values.pop("format") != FORMAT:
            raise ValueError("another format")
        values.pop("promotable")
        rows = [
            Row(**{**row, "interval": tuple(row["interval"]) if row["interval"] else None})
            for row in values.pop("rows")
        ]
        changes = [Change(**change) for change in values.pop("changed")]
        values |= {name: tuple(values[name]) for name in ("reasons", "broken", "open")}
        found = Verdict(**values, rows=tuple(rows), changed=tuple(changes))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{path} cannot be read ({type(error).__name__}).", "Run `chatwright gate` again."
        ) from error
    return replace(found, folder=str(path.parent))


# --- in words -----------------------------------------------------------------------------------------


def level(row: Row, value: float | None) -> str:
    """A value of a row's metric, for people."""
    if value is None or not math.isfinite(value):
        return ""
    if row.scale == "time":
        return f"{value:,.0f} ms"
    return f"{value:.3f}" if row.scale == "bits" else f"{100 * value:.1f}%"


def change(row: Row, gain: float | None, sign: bool = True) -> str:
    """A gain in the metric's own direction: more wrong answers are `+2.0 points`, though worse."""
    if gain is None or not math.isfinite(gain):
        return ""
    up = gain if MEASURES[row.metric].higher_is_better else -gain
    if row.scale == "time":
        return f"{100 * math.expm1(up):+.0f}%"
    plus = "+" if sign else ""
    return f"{up:{plus}.3f}" if row.scale == "bits" else f"{100 * up:{plus}.1f}"


def between(row: Row) -> str:
    """The interval of the change, the lower end first."""
    if row.interval is None:
        return ""
    ends = row.interval if MEASURES[row.metric].higher_is_better else row.interval[::-1]
    return " to ".join(change(row, end) for end in ends)


def unit(row: Row) -> str:
    return {"time": "", "bits": " bits", "share": " points", "text": " points"}[row.scale]


def tolerated(row: Row) -> str:
    """The margin in words."""
    if row.margin is None:
        return ""
    if row.scale == "time":
        return f"{100 * math.expm1(row.margin):.0f}%"
    return f"{row.margin:g}" if row.scale == "bits" else f"{100 * row.margin:g}"


def titled(row: Row) -> str:
    return f"{row.title} ({row.slice})" if row.slice else row.title


def missing(row: Row) -> str:
    """Why a metric could not be judged that ought to have been."""
    return f"{titled(row)}: not judged, because {row.note}."


def sentence(row: Row) -> str:
    """A row in one sentence."""
    if row.gain is None or row.current is None:
        return missing(row) if row.note else f"{titled(row)}: not measured."
    said = f"{titled(row)}: {level(row, row.candidate)} against {level(row, row.current)}"
    if row.interval is not None:
        said += f", a change of {change(row, row.gain)}{unit(row)} (interval {between(row)})"
    why = f" ({row.note})" if row.note else ""
    return f"{said}, n = {row.n:,}; {tolerated(row)}{unit(row)} tolerated: {row.found}{why}."


def lines(verdict: Verdict) -> Iterable[str]:
    """The verdict for a terminal."""
    yield f"{verdict.candidate} against {verdict.current}: {verdict.verdict}."
    yield from verdict.reasons
    if verdict.needed:
        what = MEASURES[verdict.primary].title.lower()
        yield f"About {verdict.needed:,} more items ({what}) would probably settle it."
    if verdict.open:
        yield f"Must pass, and neither does: {', '.join(verdict.open[:10])}."
