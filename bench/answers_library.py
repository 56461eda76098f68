"""The library's bot on its frozen cases and on fresh ones, by itself, by search alone, and at settings of the dial."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from answers_bots import WAYS, Given, asked_by, figures, keys, made, show
from machine import ROOT

from chatwright.answer import Bot, open_bot
from chatwright.core.progress import Silent
from chatwright.core.types import gather
from chatwright.evaluation.cases import Case, load_cases
from chatwright.evaluation.routed import ready, routed
from chatwright.evaluation.suites import run_cases
from chatwright.knowledge.embedder import open_embedder

SETS = {
    "frozen": ROOT / "examples" / "library" / "tests" / "cases.jsonl",
    "fresh": Path(__file__).with_name("library_fresh.jsonl"),
}
DIALS = (0.02, 0.05, 0.1, 0.15, 0.2, 1.0)


async def library(keep: Path, shared: Path, minutes: float) -> dict[str, Any]:
    bot_made = made("library", keep, shared, minutes)
    spec = bot_made.spec
    embedder = open_embedder(spec)
    ready(spec, Silent(), embedder)
    bot = open_bot(bot_made.release, spec, acts=False)
    await bot.start()
    try:
        found = await routed(bot, bot_made.dataset, Silent(), embedder)
        tried = found.figures
        ece, count = tried["expected_calibration_error"], tried["questions"]
        print(f"calibrated: ECE {ece}, Brier {tried['brier']} on {count} development questions")
        sets = {name: load_cases(path) for name, path in SETS.items()}
        default = spec.answers.tolerated_wrong
        ways = [(way, default) for way in WAYS] + [("chatwright", dial) for dial in DIALS]
        rows: dict[str, dict[str, list[Given]]] = {part: {} for part in sets}
        for way, dial in dict.fromkeys(ways):
            who = asked_by(bot, way, found.calibration, dial)
            name = way if way != "chatwright" else f"chatwright, dial at {dial:g}"
            for part, cases in sets.items():
                rows[part][name] = await judged(who, cases)
        names = list(rows["fresh"])
        rows["pooled"] = {
            name: [one for part in sets for one in rows[part][name]] for name in names
        }
        for part, by_way in rows.items():
            show(f"library, {part}", by_way)
        times = await one_by_one(found.bot, sets["fresh"])
    finally:
        await bot.close()
    chosen = figures(rows["pooled"][f"chatwright, dial at {default:g}"])
    p50, p95 = np.percentile(times, [50, 95])
    print(f"one at a time: {p50:.0f} ms an answer, p95 {p95:.0f} ms, n = {len(times)}")
    result = {"library_dial": default, "answer_ms_p95": round(float(p95), 1)}
    result |= {"answer_ms_p95_n": len(times), "answer_ms_p50": round(float(p50), 1)}
    for figure in ("right", "wrong", "oos_refused"):
        result |= keys(f"library_{figure}", chosen[figure])
    return result


async def judged(who: Bot, cases: Sequence[Case]) -> list[Given]:
    found = await run_cases(who, cases, None, Silent())
    return [
        Given(one["expected"] != "refused", one["route"] != "refused", one["passed"])
        for one in found["results"]
    ]


async def one_by_one(bot: Bot, cases: Sequence[Case]) -> list[float]:
    """Milliseconds of each, after a few to warm up."""
    took = []
    for case in [*cases[:5], *cases]:
        begun = time.perf_counter()
        await gather(bot.reply(case.conversation))
        took.append((time.perf_counter() - begun) * 1000)
    return took[5:]
