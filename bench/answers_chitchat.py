"""Small talk in one persona: phrasings that were held out, answered in the persona's own words or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from answers_bots import WAYS, Given, asked_by, figures, keys, made, show, shown
from answers_sure import Asked, report
from machine import table

from chatwright.answer import open_bot
from chatwright.core.progress import Silent
from chatwright.evaluation.metrics import share
from chatwright.evaluation.routed import routed
from chatwright.evaluation.suites import answer_all
from chatwright.knowledge.embedder import open_embedder


async def chitchat(keep: Path, shared: Path, minutes: float) -> dict[str, Any]:
    bot_made = made("chitchat", keep, shared, minutes)
    spec, dataset = bot_made.spec, bot_made.dataset
    own = {
        one.messages[-1].content.strip()
        for split in ("train", "dev", "test")
        for one in dataset.rows(split)  # type: ignore[arg-type]
    }
    held_out = dataset.split(dataset.held_out)
    questions = [one.before(len(one.messages) - 1) for one in held_out]
    replies = [one.messages[-1].content.strip() for one in held_out]
    bot = open_bot(bot_made.release, spec, acts=False)
    await bot.start()
    rows: dict[str, list[Given]] = {}
    persona: dict[str, dict[str, Any]] = {}
    try:
        found = await routed(bot, dataset, Silent(), open_embedder(spec))
        for way, dial in [(w, d) for w in WAYS for d in (spec.answers.tolerated_wrong, 1.0)]:
            name = way if way == "model alone" else f"{way}, dial at {dial:g}"
            if name in rows:
                continue
            who = asked_by(bot, way, found.calibration, dial)
            given = [one.reply for one in await answer_all(who, questions, Silent())]
            said = [one.route != "refused" for one in given]
            right = [one.text.strip() == text for one, text in zip(given, replies, strict=True)]
            rows[name] = [Given(True, s, r) for s, r in zip(said, right, strict=True)]
            exact = sum(s and one.text.strip() in own for s, one in zip(said, given, strict=True))
            persona[name] = share(exact, len(given))
    finally:
        await bot.close()
    sure = [
        Asked((one.confidence or 0.0) if one.route != "refused" else 0.0, float(r))
        for one, r in zip(given, right, strict=True)
    ]
    show(f"chitchat, {len(own)} answers", rows)
    lines = [[name, shown(figure)] for name, figure in persona.items()]
    print("\n" + table(["answered with an answer of the persona, to the letter", "share"], lines))
    about = report("chitchat", sure, found.calibration)
    default = f"chatwright, dial at {spec.answers.tolerated_wrong:g}"
    result = keys("chitchat_persona", persona["chatwright, dial at 1"])
    result |= keys("chitchat_persona_default", persona[default])
    result |= keys("chitchat_right", figures(rows["chatwright, dial at 1"])["right"])
    return result | {"chitchat_ece": about["ece"], "chitchat_ece_n": about["ece_n"]}
