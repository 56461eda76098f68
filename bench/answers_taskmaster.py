"""Orders in a coffee bar: what a reply names that nobody named, with and without the grounding check.

An entity error is a drink, an ingredient, a size or a way of making one (`NAMED`, from the frequent words of the
data), or a hard fact (`answer/facts.py`), in a reply, that stands nowhere in the conversation before it. People's
own replies are counted the same way: what is on the menu, or how long it takes, they know from elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from answers_bots import asked_by, made
from answers_sure import Asked, report
from machine import table

from chatwright.answer import Bot, open_bot
from chatwright.answer.grounding import Ground
from chatwright.answer.likeness import likely_same
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation
from chatwright.evaluation.metrics import bootstrap, share
from chatwright.evaluation.routed import routed
from chatwright.evaluation.suites import answer_all
from chatwright.knowledge.embedder import open_embedder

NAMED = frozenset(
    """latte mocha cortado cappuccino cappucino macchiato americano espresso steamer tea chai matcha oolong chocolate
    oat almond soy coconut milk vanilla caramel hazelnut honey sugar sweetener syrup sauce strawberry peppermint
    lavender rose ginger cream foam drizzle cinnamon herbal breakfast earl grey green white black peach mint
    small medium large tall short single double triple quadruple iced hot cold warm decaf decaffeinated
    nonfat whole skim lactose""".split()  # fmt: skip
)
ASKED = 400  # conversations, every reply of each
ROUNDS = 500
Turns = Sequence[
    tuple[str, Conversation, str]
]  # conversation, what was said before, the logged reply


def words(text: str) -> set[str]:
    found = set(re.findall(r"[a-z]+", text.lower()))
    return found | {one.removesuffix("s") for one in found}


def errors(before: Conversation, reply: str) -> list[str]:
    """What `reply` names that stands nowhere in `before`."""
    said = "\n".join(message.content for message in before.messages)
    named = words(reply) & NAMED - words(said)
    facts = [fact.text for fact in Ground([said]).lacking(reply) if fact.kind != "name"]
    return sorted(named) + facts


def per_100(turns: Turns, replies: Sequence[str | None]) -> dict[str, Any]:
    """Errors per 100 answers given, and answers with any; by bootstrap over conversations."""
    by_conversation: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for (name, before, _), reply in zip(turns, replies, strict=True):
        if reply is not None:
            by_conversation[name].append((len(errors(before, reply)), True))
    groups = list(by_conversation.values())

    def rate(chosen: Sequence[int]) -> float:
        rows = [row for at in chosen for row in groups[at]]
        return 100 * sum(count for count, _ in rows) / max(1, len(rows))

    given = [row for group in groups for row in group]
    return {
        "rate": round(rate(range(len(groups))), 2),
        "interval": bootstrap(len(groups), rate, ROUNDS),
        "n": len(given),
        "answers": share(sum(count > 0 for count, _ in given), len(given)),
        "answered": len(given) / len(turns),
    }


async def taskmaster(keep: Path, shared: Path, minutes: float) -> dict[str, Any]:
    bot_made = made("taskmaster4", keep, shared, minutes)
    spec, dataset = bot_made.spec, bot_made.dataset
    turns = [
        (one.id, one.before(at), one.messages[at].content)
        for one in dataset.split(dataset.held_out)[:ASKED]
        for at in range(1, len(one.messages))
        if one.messages[at].role == "assistant" and one.messages[at - 1].role == "user"
    ]
    bot = open_bot(bot_made.release, spec, acts=False)
    await bot.start()
    try:
        found = await routed(bot, dataset, Silent(), open_embedder(spec))
        given: dict[str, list[str | None]] = {"people": [reply for _, _, reply in turns]}
        default = spec.answers.tolerated_wrong
        given["model alone"], _ = await said(
            asked_by(bot, "model alone", found.calibration, 1), turns
        )
        for way in ("retrieval alone", "chatwright"):
            for check in ("off", "retry") if way == "chatwright" else ("retry",):
                asked = grounded(bot, check)
                for dial in (default, 1.0):
                    who = asked_by(asked, way, found.calibration, dial)
                    name = f"{way}, dial at {dial:g}"
                    name += f", grounding {check}" if way == "chatwright" else ""
                    given[name], sure = await said(who, turns)
    finally:
        await bot.close()
    rates = {name: per_100(turns, replies) for name, replies in given.items()}
    lines = [
        [
            name,
            f"{one['answered']:.0%}",
            one["rate"],
            one["interval"],
            one["answers"]["share"],
            one["n"],
        ]
        for name, one in rates.items()
    ]
    head = [
        "taskmaster4",
        "answered",
        "entity errors per 100 answers",
        "95%",
        "answers with one",
        "n",
    ]
    print("\n" + table(head, lines), flush=True)
    print(f"free conversation, not held to the dial: {not found.calibration.judged}")
    report("taskmaster4, right as the calibration judges", sure, found.calibration)
    result: dict[str, Any] = {}
    for key, name in (
        ("people", "people"),
        ("model", "model alone"),
        ("off", f"chatwright, dial at {default:g}, grounding off"),
        ("on", f"chatwright, dial at {default:g}, grounding retry"),
    ):
        one = rates[name]
        low, high = one["interval"]
        result |= {f"entity_errors_{key}": one["rate"], f"entity_errors_{key}_n": one["n"]}
        result |= {f"entity_errors_{key}_low": low, f"entity_errors_{key}_high": high}
    return result


def grounded(bot: Bot, check: str) -> Bot:
    answers = bot.spec.answers.model_copy(update={"grounding": check})
    spec = bot.spec.model_copy(update={"answers": answers})
    return Bot(
        spec,
        bot.engine,
        bot.release_id,
        bot.promoted_id,
        bot.redactor,
        bot.guard,
        bot.router,
        bot.skills,
    )


async def said(who: Bot, turns: Turns) -> tuple[list[str | None], list[Asked]]:
    """Each reply, None where it was refused; and how sure it was."""
    given = [
        one.reply for one in await answer_all(who, [before for _, before, _ in turns], Silent())
    ]
    replies = [None if one.route == "refused" else one.text.strip() for one in given]
    sure = [
        Asked((one.confidence or 0.0) if reply else 0.0, likely_same(reply or "", logged))
        for one, reply, (_, _, logged) in zip(given, replies, turns, strict=True)
    ]
    return replies, sure
