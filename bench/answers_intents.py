"""CLINC150: which canned answer, and whether any; the matching alone (`answers_clinc.py`), then whole bots.

As a bot each of the 150 intents has one canned reply. Nothing that is out of scope is seen before the test.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import answers_clinc
import numpy as np
from answers_bots import WAYS, Given, asked_by, figures, keys, made, show
from answers_sure import Asked, report
from machine import table

from chatwright.answer import open_bot
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation, Message
from chatwright.evaluation.metrics import bootstrap
from chatwright.evaluation.openset import auroc
from chatwright.evaluation.routed import routed
from chatwright.evaluation.suites import answer_all
from chatwright.knowledge.embedder import SentenceEmbedder, convert, open_embedder, packaged

BOT = '[bot]\nname = "bench-clinc"\npurpose = "Gives canned answers."\n[privacy]\nplaceholders = false\n'
EACH = 3  # every third question of the test is asked of whole bots


def answer(intent: str, names: list[str]) -> str:
    """A number is a fact: two of these replies never say the same."""
    return f"You asked for {intent.replace('_', ' ')}: see page {names.index(intent) + 1000}."


def folder_of(data: dict[str, Any], names: list[str], folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    rows = [
        {"messages": [{"role": "user", "content": text}, {"role": "assistant", "content": said}]}
        for split in ("train", "val")
        for text, intent in data[split]
        for said in (answer(intent, names),)
    ]
    (folder / "data" / "asked.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
    (folder / "bot.toml").write_text(BOT)


def matching(shared: Path, keep: Path, model: Path | None) -> dict[str, Any]:
    """`answers_clinc.py` with and, where there is a sentence model, without vectors."""
    source = model or packaged()
    embedder = SentenceEmbedder(convert(source, keep / "embedders")) if source else None
    data = answers_clinc.rows(shared, embedder)
    found = {"semantic": answers_clinc.ours(data, embedder)} if embedder else {}
    plain = {name: answers_clinc.replace(one, vectors=None) for name, one in data.items()}
    found |= {"default": answers_clinc.ours(plain, None), "LinearSVC": answers_clinc.peer(plain)}
    head = ["clinc150, the matching", "accuracy", "AUROC", "answered at 2% wrong", "ECE"]
    lines = [
        [n, v["accuracy"]["share"], v["auroc"]["value"], v["coverage_at_2"], v["calibration_error"]]
        for n, v in found.items()
    ]
    print("\n" + table(head, lines), flush=True)
    result: dict[str, Any] = {}
    for name, end in (("semantic", ""), ("default", "_default"), ("LinearSVC", "_svc")):
        if name in found:
            one, area = found[name], found[name]["auroc"]
            result |= keys(f"clinc_accuracy{end}", one["accuracy"])
            result |= {f"clinc_auroc{end}": area["value"], f"clinc_auroc{end}_n": area["n"]}
            result |= {f"clinc_auroc{end}_low": area["interval"][0]}
            result |= {f"clinc_auroc{end}_high": area["interval"][1]}
            result |= {f"clinc_coverage_2pct{end}": one["coverage_at_2"]}
            result |= {f"clinc_coverage_2pct{end}_n": sum(area["n"])}
            result |= {f"clinc_ece{end}": one["calibration_error"]}
    return result


async def intents(keep: Path, shared: Path, model: Path | None, minutes: float) -> dict[str, Any]:
    values = matching(shared, keep, model)
    data = json.loads(gzip.decompress((shared / "clinc150" / "data_full.json.gz").read_bytes()))
    names = sorted({intent for _, intent in data["train"]})
    if not (keep / "clinc" / "bot.toml").exists():
        folder_of(data, names, keep / "clinc")
    bot_made = made("clinc", keep, shared, minutes)
    spec = bot_made.spec
    truth = [(text, answer(intent, names)) for text, intent in data["test"][::EACH]]
    truth += [(text, "") for text, _ in data["oos_test"]]
    questions = [Conversation((Message("user", text),)) for text, _ in truth]
    bot = open_bot(bot_made.release, spec, acts=False)
    await bot.start()
    rows: dict[str, list[Given]] = {}
    sure: list[Asked] = []
    try:
        found = await routed(bot, bot_made.dataset, Silent(), open_embedder(spec))
        for way, dial in [(w, d) for d in (0.02, spec.answers.tolerated_wrong, 1.0) for w in WAYS]:
            name = way if way == "model alone" else f"{way}, dial at {dial:g}"
            if name in rows:
                continue
            who = asked_by(bot, way, found.calibration, dial)
            given = [one.reply for one in await answer_all(who, questions, Silent())]
            right = [one.text.strip() == said for one, (_, said) in zip(given, truth, strict=True)]
            rows[name] = [
                Given(bool(said), one.route != "refused", good)
                for one, good, (_, said) in zip(given, right, truth, strict=True)
            ]
            sure = [
                Asked((one.confidence or 0.0) if row.said else 0.0, float(row.right), row.inside)
                for one, row in zip(given, rows[name], strict=True)
            ]
    finally:
        await bot.close()
    show("clinc150, whole bots", rows)
    about = report("clinc150", sure, found.calibration)
    values |= keys("clinc_bot_right", figures(rows["chatwright, dial at 1"])["right"])
    values |= {f"clinc_bot_{key}": about[key] for key in ("ece", "ece_n", "ece_low", "ece_high")}
    return values | area_of(sure)


def area_of(sure: list[Asked]) -> dict[str, Any]:
    """How often a question with an answer is surer than one without."""
    known = np.array([one.confidence for one in sure if one.inside])
    unknown = np.array([one.confidence for one in sure if not one.inside])
    n = len(known)

    def area(chosen: Any) -> float:
        at = np.array(chosen)
        return auroc(known[at[at < n]], unknown[at[at >= n] - n])

    low, high = bootstrap(n + len(unknown), area, 200)
    return {
        "clinc_bot_auroc": round(auroc(known, unknown), 4),
        "clinc_bot_auroc_n": [n, len(unknown)],
        "clinc_bot_auroc_low": low,
        "clinc_bot_auroc_high": high,
    }
