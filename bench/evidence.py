"""What training on evidence brings: one bot trained without and with passages, asked without and with them.

    python bench/evidence.py [--bot examples/library] [--minutes 3 | --tokens 400000] [--size auto]
    python bench/evidence.py --invented [--pointers on]

Both trainings have the same budget and size, one after the other, so with passages there are fewer passes
over the data. Cases are asked through the engine that serves, its chooser included, and once without it.
`--invented` makes a bot whose answers change with a name: 300 rooms in its documents, questions about 220 of
them in its data, and cases about 40 others, which only the documents know.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import tempfile
import time
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

from machine import ROOT, header, table

from chatwright.answer import Bot, open_bot
from chatwright.core.progress import Silent
from chatwright.core.types import Chunk, Conversation, Sampling
from chatwright.engine.local import LocalEngine
from chatwright.evaluation import suites
from chatwright.evaluation.candidate import release_of, train_bot
from chatwright.evaluation.cases import load_cases
from chatwright.knowledge import Search
from chatwright.knowledge.evidence import ROOM, evidence_for, insert, question_of
from chatwright.knowledge.sync import index_of, sync
from chatwright.spec import Spec, load_spec

SYLLABLES = "zel bor tam rin vok sha lum per dax gol mir ten hul bex cor fay nis wob jal kre"
TRAINED, ASKED, ROOMS = 220, 40, 300
ASKING = (
    (("What does the {n} Room cost?", "how much is the {n} room"), "The {n} Room costs ${p} an hour."),
    (("How many people fit into the {n} Room?", "{n} room seats"), "The {n} Room seats {s} people."),
    (("When does the {n} Room open?", "opening time {n} room"), "The {n} Room opens at {o} am."),
)  # fmt: skip


def invented(folder: Path, seed: int = 5) -> None:
    """Write the bot of invented rooms."""
    rng = random.Random(seed)
    names, syllables = set[str](), SYLLABLES.split()
    while len(names) < ROOMS:
        names.add("".join(rng.choices(syllables, k=rng.choice((2, 3)))).capitalize())
    rooms = [
        {"n": n, "p": rng.randint(5, 99), "s": rng.randint(4, 98), "o": rng.randint(6, 12)}
        for n in sorted(names)
    ]
    rng.shuffle(rooms)
    for part in ("knowledge", "data", "tests"):
        (folder / part).mkdir(parents=True)
    for at in range(0, ROOMS, 10):
        said = ["# Rooms"]
        for room in rooms[at : at + 10]:
            facts = " ".join(answer for _, answer in ASKING)
            said.append(f"## {room['n']} Room\n\n{facts.format(**room)}")
        (folder / "knowledge" / f"rooms-{at}.md").write_text("\n\n".join(said))
    rows, cases = [], []
    for number, room in enumerate(rooms[: TRAINED + ASKED]):
        for wordings, answer in ASKING:
            asked = [one.format(**room) for one in wordings]
            told = answer.format(**room)
            if number < TRAINED:
                rows += [{"question": one, "answer": told} for one in asked]
            else:
                must = [told.split(" ", 3)[3].rstrip(".")]
                cases.append({"id": f"c{len(cases)}", "question": rng.choice(asked), "must": must})
    rng.shuffle(rows)
    lines = ["question,answer", *(f"{row['question']},{row['answer']}" for row in rows)]
    (folder / "data" / "asked.csv").write_text("\n".join(lines))
    (folder / "tests" / "cases.jsonl").write_text("\n".join(map(json.dumps, cases)))
    head = '[bot]\nname = "rooms"\npurpose = "Tells about rooms."\n'
    (folder / "bot.toml").write_text(f"{head}[data]\nnear_duplicates = 0\n[model]\ncontext = 256\n")


class Shown:
    """The bot with passages behind each question."""

    def __init__(self, bot: Bot, search: Search) -> None:
        self._bot, self._search = bot, search

    def reply(
        self, conversation: Conversation, sampling: Sampling | None = None
    ) -> AsyncGenerator[Chunk, None]:
        engine, question = self._bot.engine, question_of(conversation)
        assert isinstance(engine, LocalEngine)
        tokenizer, found = engine.tokenizer, self._search.search(question)
        room = min(ROOM, engine.context // 4)
        passages = evidence_for(found, room, lambda text: len(tokenizer.encode(text)), question)
        takes = tokenizer.takes if tokenizer.own_template else None
        return self._bot.reply(insert(conversation, passages, takes), sampling)


async def asked(spec: Spec, bot: Bot) -> dict[str, Any]:
    """Shares of cases passed: {with or without passages, with or without the chooser}."""
    cases = load_cases(spec.path(spec.evaluation.cases))
    index = index_of(spec)
    sync(spec, index)
    shown = Shown(bot, Search.current(index, languages=spec.bot.languages))
    made = {}
    await bot.engine.start()
    try:
        for chooser in (True, False):
            if not chooser:
                object.__setattr__(bot.engine._model, "chooser", None)  # type: ignore[attr-defined]
            for name, who in (("asked alone", bot), ("with passages", shown)):
                found = await suites.run_cases(who, cases, None, Silent())
                kind = name if chooser else f"{name}, no chooser"
                made[kind] = {part: found[part] for part in ("in_scope", "out_of_scope")}
    finally:
        await bot.engine.close()
        index.close()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bot", type=Path, default=ROOT / "examples" / "library")
    parser.add_argument("--invented", action="store_true")
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--tokens", type=int, default=0)
    parser.add_argument("--size", default="auto")
    parser.add_argument("--pointers", default="auto")
    given = parser.parse_args()
    print(header())
    place = Path(tempfile.mkdtemp(prefix="evidence-")) / "bot"
    if given.invented:
        invented(place)
    else:
        shutil.copytree(given.bot, place, ignore=shutil.ignore_patterns(".chatwright"))
    results: dict[str, Any] = {}
    for evidence in (False, True):
        training = {"evidence": evidence, "minutes": given.minutes, "tokens": given.tokens}
        model = {"size": given.size, "pointers": given.pointers}
        spec = load_spec(place, {"training": training, "model": model})
        began = time.monotonic()
        trained = train_bot(spec, Silent())
        release = release_of(spec, trained, Silent())
        about, recipe = trained.about(), trained.run.recipe
        results["with evidence" if evidence else "without"] = {
            "seconds": round(time.monotonic() - began),
            "steps": about["steps"],
            "tokens": recipe.steps * recipe.packing.batch_tokens,
            "bits_per_byte": about.get("dev_bits_per_byte"),
            "cases": asyncio.run(asked(spec, open_bot(release, spec, prefix_cache=False))),
        }
    rows = [
        (name, kind, *(f"{part['passed']} of {part['n']}" for part in found.values()))
        for name, result in results.items()
        for kind, found in result["cases"].items()
    ]
    print(table(("trained", "asked", "in scope", "out of scope"), rows))
    print(json.dumps(results))


if __name__ == "__main__":
    main()
