"""The judge of a panel: a hosted model that says of every item what it prefers, and how far that is to be
believed.

What it has said of an item is kept, and not asked again. Questions that people asked are sent to it only where
`[judge] logged` says so: whoever runs that model reads them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from chatwright.core.errors import EngineError, SpecError, WrongUse
from chatwright.core.progress import Progress
from chatwright.core.types import Engine
from chatwright.engine.open import patience_of
from chatwright.engine.upstream import Upstream, UpstreamEngine
from chatwright.evaluation.judge import (
    Judged,
    Lengths,
    Pair,
    Trust,
    controlled,
    judge,
    majority,
    trust,
)
from chatwright.evaluation.ranking import Comparison, Ranking, fit
from chatwright.improve.panel_results import results
from chatwright.spec import Spec
from chatwright.spec.hosted import Judge
from chatwright.store.panel_records import JudgementRecord, PanelItem, PanelRecord
from chatwright.store.panels import Panels
from chatwright.store.stamps import now

OUTCOMES = {"first": 1.0, "second": 0.0, "tie": 0.5}
GIVING_UP = 3  # failures one after another


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An item that people and the judge see differently. Answers in the panel's own order."""

    item: str
    question: str
    contestants: tuple[str, ...]
    answers: tuple[str, ...]
    people: str
    judge: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judging:
    """What a judge said of a panel, what it cost, and how far it is to be believed. `steady`: the share of
    items where both orders gave one verdict; `first_shown`: how often it preferred what stood first."""

    model: str
    items: int
    asked: int
    failed: int
    without_verdict: int
    not_sent: int
    steady: float | None
    first_shown: float | None
    controls: int
    controls_passed: int
    ranking: Ranking | None
    lengths: tuple[Lengths, ...]
    trust: Trust
    disagreements: tuple[Disagreement, ...]
    prompt_tokens: int
    completion_tokens: int
    cost: float | None

    def values(self) -> dict[str, Any]:
        found = asdict(self)
        if found["ranking"] is not None:
            del found["ranking"]["covariance"]
        return found


def judge_of(spec: Spec, model: str = "") -> Engine:
    """The engine of `[judge]`, not started. Raises `SpecError` where none is named."""
    settings = spec.judge
    if not (model or settings.model):
        raise SpecError("No judge is named.", "Name a model in [judge] model, or with --model.")
    return UpstreamEngine(
        Upstream(
            settings.base_url,
            model or settings.model,
            settings.api_key_env,
            settings.provider,
            patience_of(spec.engine),
        )
    )


async def ask(
    engine: Engine,
    spec: Spec,
    panels: Panels,
    panel: PanelRecord,
    progress: Progress,
    *,
    model: str = "",
    most: int = 0,
) -> tuple[int, int]:
    """Have the panel's items judged that were not yet (`most` of them; 0: all). How many were, how many failed.

    Raises `WrongUse` for a panel of ratings, `EngineError` when nothing is answered any more.
    """
    if panel.kind != "pairs":
        raise WrongUse("The judge compares pairs; this panel has ratings.", "Make one of pairs.")
    name = model or spec.judge.model
    known = {one.item_id for one in panels.judgements(panel.id, name)}
    todo = [one for one in sendable(spec.judge, panels.items(panel.id)) if one.id not in known]
    todo = todo[:most] if most else todo
    if not todo:
        return 0, 0
    progress.start("Judging", len(todo))
    await engine.start()
    gate, done, failed, in_a_row = asyncio.Semaphore(spec.judge.at_once), 0, 0, 0
    last: EngineError | None = None

    async def one(item: PanelItem) -> None:
        nonlocal done, failed, in_a_row, last
        async with gate:
            if in_a_row >= GIVING_UP:
                return
            try:
                found = await judge(engine, _pair(item), spec.bot.purpose)
            except EngineError as error:
                failed, in_a_row, last = failed + 1, in_a_row + 1, error
                return
            record = _record(item, name, found)
            await asyncio.to_thread(panels.judge, record)
            done, in_a_row = done + 1, 0
            progress.advance(done)

    try:
        await asyncio.gather(*(one(item) for item in todo))
    finally:
        await engine.close()
        progress.stop()
    if last is not None and not done:
        raise last
    return done, failed


def sendable(settings: Judge, items: Sequence[PanelItem]) -> list[PanelItem]:
    """The items that may leave the house."""
    return [one for one in items if settings.logged or one.origin is None]


def judging(
    spec: Spec,
    panels: Panels,
    panel: PanelRecord,
    *,
    model: str = "",
    asked: int = 0,
    failed: int = 0,
    without: Collection[str] = (),
) -> Judging:
    """What the judge said until now, beside the people of the panel."""
    name = model or spec.judge.model
    items = panels.items(panel.id)
    by_id = {item.id: item for item in items}
    said = [one for one in panels.judgements(panel.id, name) if one.item_id in by_id]
    ended = [one for one in said if one.verdict != "none"]
    plain = [one for one in ended if not by_id[one.item_id].control]
    controls = [one for one in ended if by_id[one.item_id].control]
    rows = [_row(by_id[one.item_id], one) for one in plain]
    people = _people(panels, panel, items, without)
    names = sorted({name for row in rows for name in (row.first, row.second)})
    prompt, completion = (
        sum(one.prompt_tokens for one in said),
        sum(one.completion_tokens for one in said),
    )
    prices = spec.judge.input_price, spec.judge.output_price
    cost = (prompt * prices[0] + completion * prices[1]) / 1e6 if any(prices) else None
    return Judging(
        name,
        len(items),
        asked,
        failed,
        len(said) - len(ended),
        len(items) - len(sendable(spec.judge, items)),
        _share([one.forward == one.backward for one in ended]),
        _first_shown(ended),
        len(controls),
        sum(one.verdict == "first" for one in controls),
        fit(rows, ties="half") if rows else None,
        tuple(
            found
            for a, b in combinations(names, 2)
            if (found := controlled(rows, a, b)) is not None
        ),
        trust({one.item_id: one.verdict for one in plain}, people),
        tuple(
            _disagreement(by_id[one.item_id], one, people[one.item_id])
            for one in plain
            if people.get(one.item_id) and majority(people[one.item_id]) != one.verdict
        ),
        prompt,
        completion,
        cost,
    )


def _people(
    panels: Panels, panel: PanelRecord, items: Sequence[PanelItem], without: Collection[str]
) -> dict[str, list[str]]:
    """What each person who is believed said of each item."""
    votes = panels.votes(panel.id)
    found = results(panel, items, panels.raters(panel.id), votes, without=without)
    out = {one.id for one in found.raters if one.left_out}
    people: dict[str, list[str]] = {}
    for vote in votes:
        if vote.side is not None and not vote.repeated and vote.rater_id not in out:
            people.setdefault(vote.item_id, []).append(vote.side)
    return people


def _pair(item: PanelItem) -> Pair:
    first, second = item.answers
    return Pair(item.question, first.text, second.text, item.history)


def _record(item: PanelItem, model: str, found: Judged) -> JudgementRecord:
    return JudgementRecord(
        item.id,
        model,
        found.forward,
        found.backward,
        found.reason.replace("\0", ""),
        found.prompt_tokens,
        found.completion_tokens,
        now(),
    )


def _row(item: PanelItem, judgement: JudgementRecord) -> Comparison:
    first, second = item.answers
    return Comparison(
        first.contestant,
        second.contestant,
        OUTCOMES[judgement.verdict],
        float(len(first.text) - len(second.text)),
        item=item.id,
        rater=judgement.model,
    )


def _disagreement(
    item: PanelItem, judgement: JudgementRecord, people: Sequence[str]
) -> Disagreement:
    return Disagreement(
        item.id,
        item.question,
        tuple(answer.contestant for answer in item.answers),
        tuple(answer.text for answer in item.answers),
        majority(people),
        judgement.verdict,
        judgement.reason,
    )


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None


def _first_shown(ended: Sequence[JudgementRecord]) -> float | None:
    """How often the decided verdicts were for what stood first in the prompt."""
    forward = [one.forward == "first" for one in ended if one.forward != "tie"]
    backward = [one.backward == "second" for one in ended if one.backward != "tie"]
    return _share([*forward, *backward])
