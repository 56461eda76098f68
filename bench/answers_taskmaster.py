"""Orders in a coffee bar: what a reply names that nobody named, with and without the grounding check.

An entity error is a drink, an ingredient, a size or a way of making one (`NAMED`, of the frequent words of
the data), or a hard fact (`answer/facts.py`), in a reply, that stands nowhere in the conversation before it.
People's replies are counted too, for they name what is on the menu; where theirs named nothing new, nothing
new was called for, and what is named is wrong or out of place: this is what is compared.
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
from chatwright.answer.likeness import Judge
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation
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


def per_100(
    turns: Turns, replies: Sequence[str | None], counted: Sequence[bool] | None = None
) -> dict[str, Any]:
    """Errors per 100 answers that were given, by bootstrap over conversations."""
    groups: dict[str, list[int]] = defaultdict(list)
    for (name, before, _), reply, counts in zip(
        turns, replies, counted or [True] * len(turns), strict=True
    ):
        if reply is not None and counts:
            groups[name].append(errors(before, reply))
    rows = list(groups.values())

    def rate(chosen: Sequence[int]) -> float:
        given = [count for at in chosen for count in rows[at]]
        return 100 * sum(given) / max(1, len(given))

    low, high = (round(bound, 1) for bound in bootstrap(len(rows), rate))
    n = sum(map(len, rows))
    return {"": round(rate(range(len(rows))), 1), "_n": n, "_low": low, "_high": high}


def _question(before: Conversation, logged: str, judge: Judge) -> Question:
    return Question(before, lambda reply: judge.same(reply.text, logged))


async def taskmaster(keep: Path, shared: Path, values: dict[str, Any]) -> dict[str, Any]:
    spec, release, dataset = made("taskmaster4", keep, shared, values)
    turns = held_out(dataset)
    bot = open_bot(release, spec, acts=False)
    await bot.start()
    replies: dict[str, Sequence[str | None]] = {"people": [logged for _, _, logged in turns]}
    dials = (spec.answers.tolerated_wrong, 1.0)
    try:
        found = await routed(bot, dataset, Silent(), open_embedder(spec))
        standard = found.calibration.standard
        judge = Judge(standard.replies if standard else (), spec.bot.languages)
        questions = [_question(before, logged, judge) for _, before, logged in turns]
        for check in ("off", "retry"):
            ways = [ALONE] if check == "off" else ["retrieval alone"]
            rows = await ask(
                checked(bot, check), found.calibration, questions, dials, [*ways, "chatwright"]
            )
            for way, given in rows.items():
                replies[f"{way}, check {check}"] = [one.text for one in given]
    finally:
        await bot.close()
    plain = [errors(before, logged) == 0 for _, before, logged in turns]
    rates = {
        way: (per_100(turns, given), per_100(turns, given, plain)) for way, given in replies.items()
    }
    lines = [
        [way, f"{every['_n'] / len(turns):.0%}"]
        + [f"{v['']} ({v['_low']} to {v['_high']}), n = {v['_n']}" for v in (every, some)]
        for way, (every, some) in rates.items()
    ]
    head = [
        "taskmaster4, entity errors per 100 answers",
        "answered",
        "all",
        "nothing new was called for",
    ]
    print("\n" + table(head, lines), flush=True)
    print(f"what is written is held to the dial: {found.calibration.judged}")
    result = sure("taskmaster", rows["chatwright, dial at 1"], found.calibration)
    named = {
        "model": f"{ALONE}, check off",
        "default": f"chatwright, dial at {dials[0]:g}, check retry",
    }
    named |= {way: f"chatwright, dial at 1, check {way}" for way in ("off", "retry")}
    for key, name in named.items():
        for end, value in rates[name][1].items():
            result[f"entity_errors_{key}{end}"] = value
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
