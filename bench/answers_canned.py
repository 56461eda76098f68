"""Bots whose answers are all known: CLINC150, one for each of 150 intents; and small talk in one persona.

Of CLINC150 nothing that is out of scope is seen before the test (the matching alone is `answers_clinc.py`). Of
small talk, phrasings are held out; right is the answer that was meant, and "of the persona" any of its answers.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import answers_clinc
import numpy as np
from answers_bots import WAYS, Given, Question, ask, figures, keys, made, show, shown, sure
from machine import table

from chatwright.answer import open_bot
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation, Message
from chatwright.evaluation.metrics import bootstrap, share
from chatwright.evaluation.openset import auroc
from chatwright.evaluation.routed import routed
from chatwright.knowledge.embedder import open_embedder

BOT = '[bot]\nname = "bench-clinc"\npurpose = "Gives canned answers."\n[privacy]\nplaceholders = false\n'
BOT += '[model]\nkind = "retrieval"\n'  # each answer stands ready: nothing need be written
EACH = 3  # every third question of the test is asked of whole bots
Pairs = list[tuple[str, str]]  # questions with their reply; "": there is none


async def tried(
    name: str, keep: Path, shared: Path, values: dict[str, Any], asked: Pairs
) -> tuple[dict[str, list[Given]], dict[str, Any], set[str]]:
    """By way and dial; figures of confidence; every answer of the data. Without `asked`, what was held out."""
    spec, release, dataset = made(name, keep, shared, values)
    told = {one.messages[-1].content.strip() for s in ("train", "dev") for one in dataset.split(s)}  # type: ignore[arg-type]
    held_out = [one.messages for one in dataset.split(dataset.held_out)]
    asked = asked or [(one[-2].content, one[-1].content.strip()) for one in held_out]
    questions = [Question(Conversation((Message("user", q),)), _right(reply)) for q, reply in asked]
    bot = open_bot(release, spec, acts=False)
    await bot.start()
    try:
        found = await routed(bot, dataset, Silent(), open_embedder(spec))
        ways = WAYS[spec.model.kind == "retrieval" :]
        dials = (spec.answers.tolerated_wrong, 0.02, 1.0)
        rows = await ask(bot, found.calibration, questions, dials, ways)
    finally:
        await bot.close()
    show(f"{name}, {len(told)} answers", rows)
    return rows, sure(name, rows["chatwright, dial at 1"], found.calibration), told


def _right(text: str) -> Any:
    return (lambda reply: float(reply.text.strip() == text)) if text else None


async def chitchat(keep: Path, shared: Path, values: dict[str, Any]) -> dict[str, Any]:
    rows, result, told = await tried("chitchat", keep, shared, values, [])
    own = {
        way: share(sum(g.text in told for g in given), len(given)) for way, given in rows.items()
    }
    print(
        "\n"
        + table(
            ["an answer of the persona, to the letter", ""], [[w, shown(f)] for w, f in own.items()]
        )
    )
    for key, way in (("persona", "chatwright, dial at 1"), ("persona_default", list(own)[-3])):
        result |= keys(f"chitchat_{key}", own[way])
    return result | keys("chitchat_right", figures(rows["chatwright, dial at 1"])["right"])


async def clinc(keep: Path, shared: Path, model: Path | None) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, one in answers_clinc.compared(shared, model).items():
        end = {"chatwright, semantic": "", "chatwright": "_default", "LinearSVC": "_svc"}[name]
        area = one["auroc"]
        values |= keys(f"clinc_accuracy{end}", one["accuracy"])
        values |= keys(f"clinc_auroc{end}", {"share": area["value"], **area})
        values |= {
            f"clinc_coverage_2pct{end}": one["coverage_at_2"],
            f"clinc_coverage_2pct{end}_n": sum(area["n"]),
        }
        values |= {f"clinc_ece{end}": one["calibration_error"], f"clinc_ece{end}_n": sum(area["n"])}
    data = json.loads(gzip.decompress((shared / "clinc150" / "data_full.json.gz").read_bytes()))
    names = sorted({intent for _, intent in data["train"]})
    # A number is a fact: two of these replies never say the same.
    reply = {
        one: f"You want {one.replace('_', ' ')}: see page {1000 + at}."
        for at, one in enumerate(names)
    }
    folder = keep / "clinc"
    if not (folder / "bot.toml").exists():
        (folder / "data").mkdir(parents=True)
        rows = [
            {"prompt": text, "completion": reply[one]} for text, one in data["train"] + data["val"]
        ]
        (folder / "data" / "asked.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
        (folder / "bot.toml").write_text(BOT)
    asked = [(text, reply[one]) for text, one in data["test"][::EACH]]
    asked += [(text, "") for text, _ in data["oos_test"]]
    meaning = {"knowledge": {"embedder": str(model or "auto")}}
    by_way, about, _ = await tried("clinc", keep, shared, meaning, asked)
    values |= {key.replace("clinc_", "clinc_bot_"): value for key, value in about.items()}
    sayings = by_way["chatwright, dial at 1"]
    values |= keys("clinc_bot_accuracy", figures(sayings)["right"])
    return values | keys("clinc_bot_auroc", area_of(sayings))


def area_of(given: Sequence[Given]) -> dict[str, Any]:
    """How often a question with an answer is surer than one without."""
    at = {
        kind: np.array([g.confidence for g in given if g.inside is kind]) for kind in (True, False)
    }
    n, whole = len(at[True]), len(given)

    def area(chosen: Any) -> float:
        rows = np.array(chosen)
        return auroc(at[True][rows[rows < n]], at[False][rows[rows >= n] - n])

    found = round(auroc(at[True], at[False]), 4)
    return {"share": found, "interval": bootstrap(whole, area, 200), "n": [n, whole - n]}
