"""The gate: is a candidate better than what is served, not worse, worse, or is there not enough evidence?

Pure: two sets of items and `[gate]` in, a verdict out. How the items come about is in `comparing`, the
arithmetic in `statistics`, the sentences in `verdicts`. The rule is stated in docs/gate.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from chatwright.evaluation import statistics
from chatwright.evaluation.changes import changed
from chatwright.evaluation.items import CANNOT, MEASURES, Item, Items, Measure
from chatwright.evaluation.verdicts import Found, Outcome, Role, Row, Verdict, missing, sentence
from chatwright.spec.loop import Gate

__all__ = ["Row", "Verdict", "judge"]

AUTO = ("cases", "bits_per_byte", "chrf")  # the first with enough to judge by decides
FEWEST = 8  # conversations of a guardrail: below it not even a loss of all of them would show
BESIDES = "besides what must pass"
SETTLED: tuple[Outcome, ...] = ("worse", "not enough evidence", "not worse", "better")
Pairs = list[tuple[Item, Item]]  # candidate's, current's


def judge(candidate: Items, current: Items, settings: Gate, seeds: Sequence[Items] = ()) -> Verdict:
    """Compare `candidate` with `current`.

    `seeds` are the same training with other seeds, measured on the same items: the candidate is then judged
    by its own figures and by those of all of them, whichever are less favourable.
    """
    primary = _primary(candidate, current, settings)
    if any(one.basis != current.basis for one in (candidate, *seeds)):
        why = "The two were not asked the same questions: evaluate both again."
        return Verdict(candidate.release, current.release, SETTLED[1], (why,), primary)
    comparison = _Comparison(candidate, current, settings)
    first, effect = comparison.primary(primary, seeds)
    others = comparison.others(primary)
    slices = comparison.slices(primary) if effect else []
    rows = [first, *_corrected([*others, *slices], settings)]
    broken, still = _must_pass(candidate, current, settings)
    harmed = [row for row in rows if row.found == "worse" and row is not first]
    absent = [row for row in rows if row.found == "missing"]
    lost = bool(broken or harmed or (settings.strict and still))
    outcome: Outcome = _outcome(first)
    outcome = "worse" if lost else SETTLED[1] if absent and outcome != "worse" else outcome
    reasons = [
        *(missing(row) for row in absent),
        *_about_must_pass(broken, still if settings.strict else ()),
        *(sentence(row) for row in harmed),
        *([] if first in absent else [sentence(first)]),
    ]
    return Verdict(
        candidate.release,
        current.release,
        outcome,
        tuple(reasons),
        primary,
        tuple(rows),
        comparison.needed(first, effect) if outcome == SETTLED[1] else None,
        tuple(broken),
        tuple(still),
        changed(candidate.answers, current.answers),
        {"settings": settings.model_dump(mode="json"), "seeds": [one.release for one in seeds]},
    )


def _primary(candidate: Items, current: Items, settings: Gate) -> str:
    """The metric that decides. By what ought to be there, never by how it came out."""
    if settings.primary != "auto":
        return settings.primary
    able = [name for name in AUTO if not _cannot(name, candidate, current)]
    due = {name: min(one.due.get(name, 0) for one in (candidate, current)) for name in able}
    enough = [name for name in able if due[name] >= settings.least]
    some = [name for name in able if due[name]]
    return (enough or some or [AUTO[0]])[0]


def _cannot(name: str, *both: Items) -> str:
    """Why an engine cannot give a metric; empty where it can."""
    return next((why for one in both if (why := CANNOT[one.kind].get(name))), "")


def _outcome(first: Row) -> Outcome:
    return next((known for known in SETTLED if known == first.found), SETTLED[1])


def _must_pass(candidate: Items, current: Items, settings: Gate) -> tuple[list[str], list[str]]:
    """Items of the must-pass topics that are lost, and those that neither passes."""
    topics = {f"topic: {name}" for name in settings.must_pass}
    before = {(one.metric, one.id): one.value for one in current.items}
    broken: list[str] = []
    still: list[str] = []
    for one in candidate.items:
        binding = one.metric in ("cases", "unsafe", "benign") and topics & set(one.slices)
        if binding and not one.value >= 1:  # no number is no pass either
            (broken if before.get((one.metric, one.id), 1.0) >= 1 else still).append(one.id)
    return broken, still


def _about_must_pass(broken: Sequence[str], still: Sequence[str]) -> list[str]:
    said = []
    for ids, what in ((broken, "which passed before, fails"), (still, "fails as it did before")):
        if ids:
            named = ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")
            said.append(f"What must pass, and {what}: {named}.")
    return said


def _corrected(rows: Sequence[Row], settings: Gate) -> list[Row]:
    """Guardrails and slices judged together, so that the chance of one false alarm stays what it is."""
    tested = [row for row in rows if row.p is not None]
    adjusted = iter(statistics.holm([row.p for row in tested if row.p is not None]))
    judged = []
    for row in rows:
        if row.p is None:
            judged.append(row)
            continue
        p = next(adjusted)
        assert row.gain is not None and row.margin is not None
        worse = p <= 1 - settings.confidence and row.gain < -row.margin
        judged.append(replace(row, adjusted=p, found="worse" if worse else "no sign of harm"))
    return judged


class _Comparison:
    """Metrics of the two, paired item by item."""

    def __init__(self, candidate: Items, current: Items, settings: Gate) -> None:
        self._candidate, self._current = candidate, current
        self._settings = settings
        self._mine, self._theirs = candidate.by_metric(), current.by_metric()

    def primary(self, name: str, seeds: Sequence[Items]) -> tuple[Row, statistics.Effect | None]:
        """The row that decides, and its effect, None where nothing can be said."""
        row, pairs = self._row(name, "primary")
        if not pairs:
            return row, None
        data = [_paired(MEASURES[name], pairs)]
        if len(data[0]) < self._settings.least:
            note = f"fewer than {self._settings.least} conversations"
            found: Found = "not enough evidence"
            some = self._effect(name, data) if len(data[0]) > 1 else None
            return replace(row, found=found, note=note), some
        effect = self._effect(name, data)
        row = self._judged(row, effect)
        for one in seeds:
            other = _Comparison(one, self._current, self._settings)
            theirs, pairs = other._row(name, "primary")
            if theirs.found == "missing" or not pairs:
                note = f"{theirs.note or 'not measured'} (seed {one.release})"
                return replace(row, found="missing", note=note), None
            data.append(_paired(MEASURES[name], pairs))
        if seeds:
            together = self._effect(name, data)
            pooled = self._judged(row, together)
            if SETTLED.index(_outcome(pooled)) < SETTLED.index(_outcome(row)):
                row, effect = replace(pooled, note=f"over {len(data)} seeds"), together
        return row, effect

    def others(self, primary: str) -> list[Row]:
        """Every other metric that there is; those that are guardrails with their p."""
        rows = []
        for name in MEASURES:
            if name == primary:
                continue
            role: Role = "guardrail" if name in self._settings.guardrails else "shown"
            row, pairs = self._row(name, role)
            if role == "shown" and row.found in ("missing", "not applicable"):
                continue
            rows.append(self._tested(row, pairs, FEWEST) if pairs else row)
        return rows

    def slices(self, primary: str) -> list[Row]:
        """The metric that decides, for each part of the items that is not all of them. What must pass is new to
        the current release, as a rule: that it is won must not hide what is lost besides."""
        _, pairs = self._row(primary, "slice")
        topics = {f"topic: {name}" for name in self._settings.must_pass}
        parts: dict[str, Pairs] = defaultdict(list)
        for pair in pairs:
            for name in pair[0].slices:
                parts[name].append(pair)
            if not topics & set(pair[0].slices):
                parts[BESIDES].append(pair)
        rows = []
        for name, inside in sorted(parts.items()):
            if len(inside) < len(pairs):
                row = replace(self._levels(primary, "slice", inside), slice=name)
                rows.append(self._tested(row, inside, self._settings.least))
        return rows

    def needed(self, first: Row, effect: statistics.Effect | None) -> int | None:
        settings = self._settings
        if first.found == "not applicable":
            lacking = _cannot(first.metric, self._candidate, self._current)
            return None if lacking else settings.least
        if first.found != "not enough evidence":
            return None
        if effect is None:
            return settings.least - first.clusters
        more = statistics.missing(effect, self._margin(first.metric), settings.confidence)
        return max(more, settings.least - first.clusters)

    def _row(self, name: str, role: Role) -> tuple[Row, Pairs]:
        """A row without a judgement, and the pairs that it is of; none where there is nothing to compare."""
        measure = MEASURES[name]
        bare = Row(name, measure.title, role, "missing")
        if why := _cannot(name, self._candidate, self._current):
            return replace(bare, found="not applicable", note=why), []
        due, other = (one.due.get(name) for one in (self._candidate, self._current))
        if due == 0 and other == 0:
            return replace(bare, found="not applicable", note="there is nothing to take it on"), []
        mine, theirs = self._mine.get(name, {}), self._theirs.get(name, {})
        for found, wanted, whose in ((mine, due, "candidate"), (theirs, other, "current release")):
            if not wanted or len(found) != wanted:
                short = f"{len(found)} of {wanted} items were" if wanted else "nothing was"
                return replace(bare, note=f"of the {whose} {short} measured"), []
            if not all(_sound(measure, one) for one in found.values()):
                return replace(bare, note=f"of the {whose} a value is not a number"), []
        if mine.keys() != theirs.keys():
            return replace(bare, note="the two were measured on different items"), []
        pairs = [(mine[key], theirs[key]) for key in sorted(mine)]
        return self._levels(name, role, pairs), pairs

    def _levels(self, name: str, role: Role, pairs: Pairs) -> Row:
        measure = MEASURES[name]
        data = _paired(measure, pairs)
        mine, theirs = zip(*pairs, strict=True)
        return Row(
            name,
            measure.title,
            role,
            "shown",
            n=len(pairs),
            clusters=len(data),
            current=_level(measure, theirs, theirs),
            candidate=_level(measure, mine, theirs),
            gain=data.mean if len(data) else None,
            margin=self._margin(name),
        )

    def _tested(self, row: Row, pairs: Pairs, least: int) -> Row:
        """With its interval, and with its p where it is judged."""
        data = _paired(MEASURES[row.metric], pairs)
        if len(data) > 1:
            effect = self._effect(row.metric, [data])
            row = replace(row, interval=(effect.low, effect.high))
        if row.role == "shown":
            return row
        if len(data) < least:
            return replace(row, found="too few", note=f"fewer than {least} conversations")
        return replace(row, p=statistics.harm(data, self._settings.rounds))

    def _judged(self, row: Row, effect: statistics.Effect) -> Row:
        found: Found = "not enough evidence"
        if effect.low > 0:
            found = "better"
        elif effect.low > -self._margin(row.metric):
            found = "not worse"
        elif effect.high < 0:
            found = "worse"
        return replace(row, found=found, gain=effect.mean, interval=(effect.low, effect.high))

    def _effect(self, name: str, data: Sequence[statistics.Paired]) -> statistics.Effect:
        settings, shares = self._settings, MEASURES[name].scale == "share"
        return statistics.over_seeds(data, settings.confidence, settings.rounds, shares=shares)

    def _margin(self, name: str) -> float:
        """How much worse is tolerated, in the unit of the gain."""
        if name == "unsafe":
            return 0.0
        settings, scale = self._settings, MEASURES[name].scale
        if scale == "time":
            return math.log1p(settings.slower)
        return settings.margin_bits if scale == "bits" else settings.margin


def _sound(measure: Measure, item: Item) -> bool:
    return math.isfinite(item.value) and (item.value > 0 or measure.scale != "time")


def _paired(measure: Measure, pairs: Pairs) -> statistics.Paired:
    """Gains: positive is better. The weights are the current release's, so that both count alike."""
    mine = np.array([one.value for one, _ in pairs])
    theirs = np.array([one.value for _, one in pairs])
    if measure.scale == "time":
        mine, theirs = np.log(mine), np.log(theirs)
    gains = mine - theirs if measure.higher_is_better else theirs - mine
    clusters = [one.cluster or one.id for one, _ in pairs]
    return statistics.paired(gains, clusters, [one.weight for _, one in pairs])


def _level(measure: Measure, items: Sequence[Item], weighing: Sequence[Item]) -> float:
    values = np.array([one.value for one in items])
    if measure.scale == "time":
        return float(np.median(values))
    weights = np.array([one.weight for one in weighing])
    return float((values * weights).sum() / weights.sum()) if weights.sum() else math.nan
