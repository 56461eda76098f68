"""Finds weak signals in conversations: asked again, asked in other words, handed to a person, refused.

    notice(database, spec)   -> how many are new

Cheap, and idempotent: a reply has a signal of a kind once. That two questions mean the same is seen by
likeness of their words, and that they name the same facts ("on Monday", "on Tuesday" are two questions).
Each signal is on the reply that it speaks against.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise

from chatwright.answer.facts import facts
from chatwright.knowledge.gaps import GUARDED
from chatwright.knowledge.grams import words
from chatwright.knowledge.variants import Variants
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.signals import Happened, Seen, Signals
from chatwright.store.stamps import stamp

DAYS = 30  # of conversations that went on since then
REPHRASED = 0.4  # likeness of a question with the one before it
REGENERATED, ESCALATED, REFUSED = 0.6, 0.7, 0.5  # strengths
LONGEST = 1_000  # characters of a question that are looked at

Like = Callable[[str, str], float]


def notice(database: Database, spec: Spec, days: int = DAYS) -> int:
    """Look through conversations that went on in the last `days`; how many signals are new."""
    since = stamp(datetime.now(UTC) - timedelta(days=days))
    kept, bot = Signals(database), spec.bot.name
    languages = spec.bot.languages

    def like(one: str, other: str) -> float:
        return likeness(one, other, languages)

    talks = groupby(kept.happened(bot, since), key=lambda one: one.conversation_id)
    return kept.add(bot, (seen for _, talk in talks for seen in signs(list(talk), like)))


def likeness(one: str, other: str, languages: tuple[str, ...] = ("en",)) -> float:
    """Of two questions, 0 to 1; 0 where one names a time, number, day or place on the net that the other
    does not."""
    one, other = one[:LONGEST], other[:LONGEST]
    if not set(words(one)) & set(words(other)):
        return 0.0
    found = [{fact.keys for fact in facts(text, languages, names=False)} for text in (one, other)]
    if found[0] != found[1]:
        return 0.0
    near = Variants([one], [""]).nearest(other, 1)
    return near[0].likeness if near else 0.0


def signs(talk: Sequence[Happened], like: Like) -> Iterator[Seen]:
    """Those of one conversation, whose messages come in their order."""
    by_id = {one.id: one for one in talk}
    children: dict[str | None, list[Happened]] = defaultdict(list)
    for one in talk:
        children[one.parent_id].append(one)
    for below in children.values():
        yield from _again(below)
        yield from _in_other_words(below, children, by_id, like)
    for one in talk:
        if one.role == "assistant" and one.status == "done":
            yield from _given_up(one, by_id)


def _again(siblings: Sequence[Happened]) -> Iterator[Seen]:
    """All replies to a message but the last: another one was asked for."""
    replies = [one for one in siblings if one.role == "assistant" and one.status == "done"]
    for one, later in pairwise(replies):
        yield Seen(
            one.id, one.owner, "regenerated", REGENERATED, {"by": later.id}, later.created_at
        )


def _in_other_words(
    siblings: Sequence[Happened],
    children: dict[str | None, list[Happened]],
    by_id: dict[str, Happened],
    like: Like,
) -> Iterator[Seen]:
    """The reply before a question that is like the one it answered; and that to a question that was edited."""
    asked = [one for one in siblings if one.role == "user"]
    for one in asked:
        reply = by_id.get(one.parent_id or "")
        before = by_id.get(reply.parent_id or "") if reply is not None else None
        if reply is not None and before is not None and reply.role == "assistant":
            yield from _rephrased(reply, before, one, like)
    for one, edited in pairwise(asked):
        for reply in children[one.id][-1:]:
            if reply.role == "assistant" and reply.status == "done":
                yield from _rephrased(reply, one, edited, like)


def _rephrased(reply: Happened, before: Happened, asked: Happened, like: Like) -> Iterator[Seen]:
    if reply.mark == "clarify":
        return  # it asked back: saying it again is the answer
    near = like(before.content, asked.content)
    if near >= REPHRASED:
        strength = round(min(1.0, near), 3)
        yield Seen(reply.id, reply.owner, "rephrased", strength, {"by": asked.id}, asked.created_at)


def _given_up(reply: Happened, by_id: dict[str, Happened]) -> Iterator[Seen]:
    refused = reply.route == "refused" and reply.mark not in GUARDED
    if refused:
        yield Seen(reply.id, reply.owner, "refused", REFUSED, {}, reply.created_at)
    if reply.mark == "handover":
        asked = by_id.get(reply.parent_id or "")
        failed = by_id.get(asked.parent_id or "") if asked is not None else None
        blamed = failed or (reply if refused else None)
        if blamed is not None:
            detail = {"by": reply.id}
            yield Seen(blamed.id, blamed.owner, "escalated", ESCALATED, detail, reply.created_at)
    elif reply.given_up:
        yield Seen(reply.id, reply.owner, "escalated", ESCALATED, {"by": "page"}, reply.created_at)
