"""The library's bot on frozen cases and on fresh ones: by itself, by search alone, at settings of the dial."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from answers_bots import Given, Question, ask, figures, keys, made, show
from machine import ROOT

from chatwright.answer import Bot, open_bot
from chatwright.core.progress import Silent
from chatwright.core.types import Reply, gather
from chatwright.evaluation.cases import Case, load_cases
from chatwright.evaluation.routed import ready, routed
from chatwright.knowledge.embedder import open_embedder

SETS = {
    "frozen": ROOT / "examples" / "library" / "tests" / "cases.jsonl",
    "fresh": Path(__file__).with_name("library_fresh.jsonl"),
}
DIALS = (0.02, 0.05, 0.1, 0.15, 0.2, 1.0)


async def library(keep: Path, shared: Path, values: dict[str, Any]) -> dict[str, Any]:
    spec, release, dataset = made("library", keep, shared, values)
    embedder = open_embedder(spec)
    ready(spec, Silent(), embedder)
    bot = open_bot(release, spec, acts=False)
    await bot.start()
    try:
        found = await routed(bot, dataset, Silent(), embedder)
        tried = found.figures
        ece, count = tried["expected_calibration_error"], tried["questions"]
        print(f"calibrated: ECE {ece}, Brier {tried['brier']} on {count} development questions")
        rows: dict[str, dict[str, list[Given]]] = {}
        default = spec.answers.tolerated_wrong
        for part, path in SETS.items():
            questions = [_question(case) for case in load_cases(path)]
            dials = [default, *(dial for dial in DIALS if dial != default)]
            rows[part] = await ask(bot, found.calibration, questions, dials)
        rows["pooled"] = {way: rows["frozen"][way] + rows["fresh"][way] for way in rows["fresh"]}
        for part, by_way in rows.items():
            show(f"library, {part}", by_way)
        times = await one_by_one(found.bot, load_cases(SETS["fresh"]))
    finally:
        await bot.close()
    p50, p95 = np.percentile(times, [50, 95])
    print(f"one at a time: {p50:.0f} ms an answer, p95 {p95:.0f} ms, n = {len(times)}")
    result = {
        "library_dial": default,
        "answer_ms_p50": round(p50, 1),
        "answer_ms_p95": round(p95, 1),
    }
    result["answer_ms_p95_n"] = len(times)
    chosen = figures(rows["pooled"][f"chatwright, dial at {default:g}"])
    for figure in ("right", "wrong", "oos_refused"):
        result |= keys(f"library_{figure}", chosen[figure])
    return result


def _question(case: Case) -> Question:
    def right(reply: Reply) -> float:
        return float(not case.problems(reply.text, reply.route))

    return Question(case.conversation, right if case.in_scope else None)


async def one_by_one(bot: Bot, cases: Sequence[Case]) -> list[float]:
    """Milliseconds of each, after a few to warm up."""
    took = []
    for case in [*cases[:5], *cases]:
        begun = time.perf_counter()
        await gather(bot.reply(case.conversation))
        took.append((time.perf_counter() - begun) * 1000)
    return took[5:]
