"""Orders in a coffee bar: what a reply names that nobody named, with and without the grounding check.

An entity error is a drink, an ingredient, a size or a way of making one (`NAMED`, of the frequent words of
the data), or a hard fact (`answer/facts.py`), in a reply, that stands nowhere in the conversation before it.
People's replies are counted too: what is on the menu, or how long it takes, they know from elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from answers_bots import ALONE, Question, ask, made, sure
from machine import table

from chatwright.answer import Bot, open_bot
from chatwright.answer.grounding import Ground
from chatwright.answer.likeness import likely_same
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation, Reply
from chatwright.data.dataset import Dataset
from chatwright.evaluation.metrics import bootstrap
from chatwright.evaluation.routed import routed
from chatwright.knowledge.embedder import open_embedder

NAMES = (
    "latte mocha cortado cappuccino cappucino macchiato americano espresso steamer tea chai matcha"
    " oolong oat almond soy coconut milk chocolate vanilla caramel hazelnut honey sugar sweetener syrup"
    " sauce strawberry peppermint lavender rose ginger cream foam drizzle cinnamon herbal breakfast earl"
    " grey green white black peach mint small medium large tall short single double triple quadruple"
    " iced hot cold warm decaf decaffeinated nonfat whole skim"
)
NAMED = frozenset(NAMES.split())
ASKED = 300  # conversations, every reply of each
Turns = Sequence[
    tuple[str, Conversation, str]
]  # conversation, what was said before, the logged reply


def words(text: str) -> set[str]:
    found = set(re.findall(r"[a-z]+", text.lower()))
    return found | {one.removesuffix("s") for one in found}


def errors(before: Conversation, reply: str) -> int:
    """How much `reply` names that stands nowhere in `before`."""
    said = "\n".join(message.content for message in before.messages)
    facts = [fact for fact in Ground([said]).lacking(reply) if fact.kind != "name"]
    return len(words(reply) & NAMED - words(said)) + len(facts)


def per_100(turns: Turns, replies: Sequence[str | None]) -> dict[str, Any]:
    """Errors per 100 answers that were given, by bootstrap over conversations."""
    groups: dict[str, list[int]] = defaultdict(list)
    for (name, before, _), reply in zip(turns, replies, strict=True):
        if reply is not None:
            groups[name].append(errors(before, reply))
    rows = list(groups.values())

    def rate(chosen: Sequence[int]) -> float:
        given = [count for at in chosen for count in rows[at]]
        return 100 * sum(given) / max(1, len(given))

    low, high = bootstrap(len(rows), rate)
    n = sum(map(len, rows))
    return {"": round(rate(range(len(rows))), 2), "_n": n, "_low": low, "_high": high}


def _question(before: Conversation, logged: str) -> Question:
    def right(reply: Reply) -> float:
        return likely_same(reply.text, logged)

    return Question(before, right)


async def taskmaster(keep: Path, shared: Path, training: dict[str, Any]) -> dict[str, Any]:
    spec, release, dataset = made("taskmaster4", keep, shared, training)
    turns = held_out(dataset)
    questions = [_question(before, logged) for _, before, logged in turns]
    bot = open_bot(release, spec, acts=False)
    await bot.start()
    replies: dict[str, Sequence[str | None]] = {"people": [logged for _, _, logged in turns]}
    dials, default = (
        (spec.answers.tolerated_wrong, 1.0),
        f"dial at {spec.answers.tolerated_wrong:g}",
    )
    try:
        found = await routed(bot, dataset, Silent(), open_embedder(spec))
        for check in ("off", "retry"):
            ways = [ALONE] if check == "off" else ["retrieval alone"]
            rows = await ask(
                checked(bot, check), found.calibration, questions, dials, [*ways, "chatwright"]
            )
            for way, given in rows.items():
                replies[f"{way}, check {check}"] = [one.text for one in given]
    finally:
        await bot.close()
    rates = {name: per_100(turns, given) for name, given in replies.items()}
    lines = [
        [way, f"{v['_n'] / len(turns):.0%}", v[""], v["_low"], v["_high"], v["_n"]]
        for way, v in rates.items()
    ]
    head = ["taskmaster4", "answered", "entity errors per 100 answers", "95% from", "to", "n"]
    print("\n" + table(head, lines), flush=True)
    print(f"the dial holds for what is written: {found.calibration.judged}")
    result = sure("taskmaster", rows["chatwright, dial at 1"], found.calibration)
    named = {"people": "people", "model": f"{ALONE}, check off"}
    named |= {way: f"chatwright, {default}, check {way}" for way in ("off", "retry")}
    for key, name in named.items():
        result |= {f"entity_errors_{key}{end}": value for end, value in rates[name].items()}
    return result


def held_out(dataset: Dataset) -> Turns:
    return [
        (one.id, one.before(at), one.messages[at].content)
        for one in dataset.split(dataset.held_out)[:ASKED]
        for at in range(1, len(one.messages))
        if one.messages[at].role == "assistant" and one.messages[at - 1].role == "user"
    ]


def checked(bot: Bot, check: str) -> Bot:
    """The same bot with the grounding check set to `check`."""
    answers = bot.spec.answers.model_copy(update={"grounding": check})
    spec = bot.spec.model_copy(update={"answers": answers})
    ids = bot.release_id, bot.promoted_id
    return Bot(spec, bot.engine, *ids, bot.redactor, bot.guard, bot.router, bot.skills)
