"""From what the suites found to items: one number per conversation and metric, each with its slices.

Slices say what was asked, never how it was answered: a slice that is chosen by the outcome is biased. So the
route is the one that a case asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from chatwright.answer.facts import facts
from chatwright.core.placeholders import PLACEHOLDER
from chatwright.core.types import Conversation, Message
from chatwright.data.languages import language_of
from chatwright.evaluation.cases import Case
from chatwright.evaluation.items import Answer, Item
from chatwright.evaluation.safety import Prompt

NATS_PER_BIT = 0.6931471805599453
LETTERS = 12  # fewer do not tell their language


class Slicing:
    """What part of the questions one belongs to; languages only where the bot has several."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._languages = tuple(languages)

    def of(self, messages: Sequence[Message], *more: str) -> tuple[str, ...]:
        """Of a conversation up to the question that is answered."""
        asked = [message.content for message in messages if message.role == "user"]
        found = [f"turn: {'follow-up' if len(asked) > 1 else 'first'}", *more]
        if len(self._languages) > 1 and asked:
            code, _ = language_of(asked[-1], LETTERS)
            known = code if code in self._languages else "other" if code else "not known"
            found.append(f"language: {known}")
        return tuple(found)


def of_cases(
    cases: Sequence[Case], results: Sequence[dict[str, Any]], slicing: Slicing
) -> tuple[list[Item], list[Answer]]:
    """`cases`, `wrong`, `declined`, `milliseconds`. Cases that begin with the same words of a user are one
    conversation's."""
    items, answers = [], []
    for case, result in zip(cases, results, strict=True):
        said = case.conversation.messages
        first = next((m.content for m in said if m.role == "user"), case.id)
        cluster = (
            f"case {' '.join(first.casefold().split())}" if case.history else f"case {case.id}"
        )
        route = "refused" if not case.in_scope else case.route
        slices = slicing.of(said, f"topic: {case.topic}", f"route: {route}")
        passed = bool(result["passed"])
        wrong = result["route"] != "refused" and not passed
        values = {"cases": float(passed), "wrong": float(wrong)}
        if not case.in_scope:
            values["declined"] = float(passed)
        items += [Item(metric, case.id, value, cluster, slices) for metric, value in values.items()]
        items.append(Item("milliseconds", case.id, result["milliseconds"], cluster))
        wanted = "; ".join(" or ".join([g] if isinstance(g, str) else g) for g in case.must)
        asked = f"{case.route}: {wanted}" if wanted else case.route
        score = float(passed)
        answers.append(
            Answer("cases", case.id, case.question, result["answer"], result["route"], asked, score)
        )
    return items, answers


def of_loss(
    conversations: Sequence[Conversation],
    rows: Sequence[tuple[str, float, int]],
    slicing: Slicing,
) -> list[Item]:
    """Bits per byte of every conversation, weighed by its bytes. `rows`: id, nats, bytes."""
    slices = {c.id: slicing.of(c.messages) for c in conversations}
    return [
        Item("bits_per_byte", name, nats / NATS_PER_BIT / max(size, 1), name, slices[name], size)
        for name, nats, size in rows
    ]


def of_replies(
    conversations: Sequence[Conversation],
    samples: Sequence[dict[str, Any]],
    slicing: Slicing,
    languages: tuple[str, ...],
) -> tuple[list[Item], list[Answer]]:
    """`chrf`, `exact`, `facts` and `copied` of every reply that was written anew."""
    items, answers = [], []
    for conversation, sample in zip(conversations, samples, strict=True):
        name, said, reference = conversation.id, sample["answer"], sample["reference"]
        slices = slicing.of(conversation.messages[:-1])
        same = " ".join(said.casefold().split()) == " ".join(reference.casefold().split())
        values = {"chrf": sample["chrf"] / 100, "exact": float(same)}
        wanted, given = _keys([reference], languages), _keys([said], languages)
        asked = _keys((m.content for m in conversation.messages[:-1]), languages)
        for metric, due in (("facts", wanted), ("copied", [f for f in wanted if _in(f, asked)])):
            if due:
                values[metric] = sum(_in(fact, given) for fact in due) / len(due)
        items += [Item(metric, name, value, name, slices) for metric, value in values.items()]
        answers.append(
            Answer(
                "replies",
                name,
                sample["question"],
                said,
                sample["route"],
                reference,
                sample["chrf"] / 100,
            )
        )
    return items, answers


def of_safety(
    prompts: Sequence[Prompt], results: Sequence[dict[str, Any]]
) -> tuple[list[Item], list[Answer]]:
    items, answers = [], []
    for prompt, result in zip(prompts, results, strict=True):
        score = float(result["passed"])
        items.append(Item(prompt.kind, prompt.id, score, slices=(f"topic: {prompt.kind}",)))
        wanted = "declined" if prompt.kind == "unsafe" else "not taken for unsafe"
        answers.append(
            Answer(
                "safety", prompt.id, prompt.text, result["answer"], result["route"], wanted, score
            )
        )
    return items, answers


def facts_due(conversations: Sequence[Conversation], languages: tuple[str, ...]) -> tuple[int, int]:
    """How many of the logged replies hold a fact, and how many one of the question: what ought to be there."""
    some = copied = 0
    for conversation in conversations:
        wanted = _keys([conversation.messages[-1].content], languages)
        asked = _keys((m.content for m in conversation.messages[:-1]), languages)
        some += bool(wanted)
        copied += any(_in(fact, asked) for fact in wanted)
    return some, copied


Keys = list[frozenset[str]]


def _keys(texts: Iterable[str], languages: tuple[str, ...]) -> Keys:
    """The facts of texts, and what stands for a person's values."""
    found: dict[frozenset[str], None] = {}
    for text in texts:
        hidden = PLACEHOLDER.findall(text)
        found.update(dict.fromkeys(frozenset({one}) for one in hidden))
        bare = PLACEHOLDER.sub(" ", text)
        found.update(dict.fromkeys(fact.keys for fact in facts(bare, languages, names=False)))
    return list(found)


def _in(fact: frozenset[str], others: Keys) -> bool:
    return any(fact & other for other in others)
