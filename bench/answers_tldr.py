"""The tldr pages as a bot without a model: is a quotation from the right page, and how sure is the bot of it?

Search against bm25s and FTS5 is `knowledge.py`'s. The bot is calibrated once from questions that rules draft from
its pages (nobody has asked anything yet), once from descriptions that people wrote, of pages that are not asked
for. Asked are other descriptions, as they stand on the pages, and with the description and its command taken
from the pages first: then the right page is one that is about the command.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import knowledge
from answers_bots import Given, asked_by, keys, show
from answers_sure import Asked, report

from chatwright.answer import Bot, open_bot
from chatwright.core.progress import Silent
from chatwright.evaluation.calibrate import calibrate
from chatwright.evaluation.routed import questions_of, ready
from chatwright.evaluation.suites import answer_all
from chatwright.evaluation.tried import Question, asked
from chatwright.knowledge.embedder import open_embedder
from chatwright.release.pack import pack_retrieval
from chatwright.spec import Spec, load_spec

BOT = """[bot]
name = "bench-tldr"
purpose = "Explains commands."
[model]
kind = "retrieval"
[privacy]
placeholders = false
"""
LEARNED, MEASURED = 500, 1500


def spec_of(pages: knowledge.Pages, folder: Path) -> Spec:
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in pages.items():
        path = folder / "knowledge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "bot.toml").write_text(BOT)
    return load_spec(folder)


def logged(pages: knowledge.Pages, questions: Sequence[tuple[str, str]]) -> list[Question]:
    """With the command that stands below the description."""
    found = []
    for name, line in questions:
        below = pages[name].partition(f"- {line}")[2].lstrip(":\n ")
        found.append(Question(asked(knowledge.plain(line)), below.partition("\n")[0], name))
    return found


async def tldr(keep: Path, shared: Path, passages: int) -> dict[str, Any]:
    pages = knowledge.pages_in(shared)
    questions = knowledge.questions_of(pages, 2000, seed=1)
    values = knowledge.quality(pages, questions, keep / "tldr-search", "")
    values |= knowledge.a_folder(pages, keep / "tldr-folder")
    values |= knowledge.large(pages, questions[:500], passages, keep / "tldr-large")
    learned, measured = questions[:LEARNED], questions[LEARNED : LEARNED + MEASURED]
    ways = {"": pages, "_held_out": knowledge.held_out(pages, [*learned, *measured])}
    for end, corpus in ways.items():
        spec = spec_of(corpus, keep / f"tldr{end}")
        ready(spec, Silent(), open_embedder(spec))
        bot = open_bot(pack_retrieval(spec), spec, acts=False)
        await bot.start()
        try:
            for name, drafts in (("drafted", []), ("logged", logged(pages, learned))):
                values |= await one(f"{name}{end}", bot, drafts, measured)
        finally:
            await bot.close()
    return values


async def one(
    name: str, bot: Bot, drafts: Sequence[Question], measured: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    assert bot.router is not None and bot.router.live is not None
    search = bot.router.live.current()
    assert search is not None
    drafts = drafts or questions_of(search)
    calibration = await calibrate(bot, None, Silent(), drafted=drafts)
    rows, sure = {}, list[Asked]()
    texts = [asked(knowledge.plain(line)) for _, line in measured]
    for dial in (0.02, bot.spec.answers.tolerated_wrong, 1.0):
        who = asked_by(bot, "chatwright", calibration, dial)
        given = [found.reply for found in await answer_all(who, texts, Silent())]
        right = [
            any(source.uri == page for source in reply.sources)
            for reply, (page, _) in zip(given, measured, strict=True)
        ]
        rows[f"chatwright, dial at {dial:g}"] = [
            Given(True, reply.route != "refused", good)
            for reply, good in zip(given, right, strict=True)
        ]
        sure = [
            Asked((reply.confidence or 0.0) if reply.route != "refused" else 0.0, float(good))
            for reply, good in zip(given, right, strict=True)
        ]
    show(f"tldr, calibrated on {len(drafts)} {name}", rows)
    about = report(f"tldr, {name}", sure, calibration)
    return {f"tldr_{name}_{key}": about[key] for key in ("ece", "ece_n", "ece_low", "ece_high")}
