"""The tldr pages as a bot without a model: is a quotation from the right page, and how sure is the bot of it?

Search itself is `knowledge.py`'s. The bot is calibrated once on questions that rules draft from its pages, for
nobody has asked anything yet, and once on 500 descriptions that people wrote; then 1,500 others are asked: as
they stand on the pages, and ("held out") with descriptions and their commands taken from the pages first.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from answers_bots import Question, ask, show, sure

import knowledge
from chatwright.answer import open_bot
from chatwright.core.progress import Silent
from chatwright.core.types import Reply
from chatwright.evaluation import tried
from chatwright.evaluation.calibrate import calibrate
from chatwright.evaluation.routed import questions_of, ready
from chatwright.knowledge.embedder import open_embedder
from chatwright.release.pack import pack_retrieval
from chatwright.spec import load_spec

BOT = '[bot]\nname = "bench-tldr"\npurpose = "Explains commands."\n[model]\nkind = "retrieval"\n'
LEARNED, MEASURED = 500, 1500


async def tldr(keep: Path, shared: Path, passages: int) -> dict[str, Any]:
    pages = knowledge.pages_in(shared)
    questions = knowledge.questions_of(pages, LEARNED + MEASURED, seed=1)
    values: dict[str, Any] = {}
    if passages:
        values |= knowledge.quality(pages, questions, keep / "tldr-search", "")
        values |= knowledge.a_folder(pages, keep / "tldr-folder")
        values |= knowledge.large(pages, questions[:500], passages, keep / "tldr-large")
    for end, corpus in (("", pages), (", held out", knowledge.held_out(pages, questions))):
        values |= await as_bot(keep / f"tldr{end}", end, pages, corpus, questions)
    return values


async def as_bot(
    folder: Path,
    end: str,
    pages: knowledge.Pages,
    corpus: knowledge.Pages,
    questions: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    written(folder, corpus)
    spec = load_spec(folder)
    ready(spec, Silent(), open_embedder(spec))
    bot = open_bot(pack_retrieval(spec), spec, acts=False)
    assert bot.router is not None and bot.router.live is not None
    search = bot.router.live.current()
    assert search is not None
    asked = [_question(name, line) for name, line in questions[LEARNED:]]
    logged = [_logged(pages, name, line) for name, line in questions[:LEARNED]]
    values: dict[str, Any] = {}
    for kind, known in (("drafted", questions_of(search)), ("logged", logged)):
        calibration = await calibrate(bot, None, Silent(), drafted=known)
        dials = (spec.answers.tolerated_wrong, 0.02, 1.0)
        rows = await ask(bot, calibration, asked, dials, ["chatwright"])
        show(f"tldr{end}, calibrated on {kind}", rows)
        name = f"tldr_{kind}{end.replace(', ', '_').replace(' ', '_')}"
        values |= sure(name, rows["chatwright, dial at 1"], calibration)
    await bot.close()
    return values


def written(folder: Path, corpus: knowledge.Pages) -> None:
    for name, text in corpus.items():
        path = folder / "knowledge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "bot.toml").write_text(BOT)


def _question(page: str, line: str) -> Question:
    def right(reply: Reply) -> float:
        return float(any(source.uri == page for source in reply.sources))

    return Question(tried.asked(knowledge.plain(line)), right)


def _logged(pages: knowledge.Pages, page: str, line: str) -> tried.Question:
    """With the command that stands below the description."""
    below = pages[page].partition(f"- {line}")[2].lstrip(":\n ")
    return tried.Question(tried.asked(knowledge.plain(line)), below.partition("\n")[0], page)
