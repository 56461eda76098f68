"""Suites: functions over a responder. They know no engine, no files and no clock but their own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from chatwright.core.progress import Progress
from chatwright.core.types import Conversation, Reply, Responder, Route, gather
from chatwright.evaluation import metrics
from chatwright.evaluation.cases import Case
from chatwright.evaluation.lookup import Lookup
from chatwright.evaluation.safety import Prompt
from chatwright.tokenizer import Tokenizer

AT_ONCE = 32
Score = Callable[[list[int]], Awaitable[list[float]]]
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply with the wall time it took, in milliseconds."""

    reply: Reply
    milliseconds: float


async def answer_all(
    responder: Responder, conversations: Sequence[Conversation], progress: Progress
) -> list[Answered]:
    """Reply to every conversation, several at once, in order."""

    async def one(conversation: Conversation) -> Answered:
        began = time.monotonic()
        reply = await gather(responder.reply(conversation))
        return Answered(reply, (time.monotonic() - began) * 1000)

    return await _all(one, conversations, progress)


async def run_cases(
    responder: Responder, cases: Sequence[Case], lookup: Lookup | None, progress: Progress
) -> dict[str, Any]:
    """Every case answered and judged, beside what a nearest-question lookup would have said."""
    progress.start("Asking the test cases", len(cases))
    answered = await answer_all(responder, [case.conversation for case in cases], progress)
    results = []
    for case, given in zip(cases, answered, strict=True):
        problems = case.problems(given.reply.text, given.reply.route)
        result: dict[str, Any] = {
            "id": case.id,
            "topic": case.topic,
            "question": case.question,
            "history": [turn.model_dump() for turn in case.history],
            "expected": case.route,
            "answer": given.reply.text,
            "route": given.reply.route,
            "confidence": given.reply.confidence,
            "passed": not problems,
            "problems": problems,
            "milliseconds": round(given.milliseconds, 1),
        }
        if lookup is not None:
            peer = lookup.answer(case.question)
            route: Route = "refused" if peer.refused else "retrieved"
            result["lookup_answer"] = peer.content
            result["lookup_passed"] = not case.problems(peer.content, route)
        results.append(result)
    return {**_summary(cases, results), "results": results}


def _summary(cases: Sequence[Case], results: list[dict[str, Any]]) -> dict[str, Any]:
    inside = [r for c, r in zip(cases, results, strict=True) if c.in_scope]
    outside = [r for c, r in zip(cases, results, strict=True) if not c.in_scope]

    def passed(rows: list[dict[str, Any]], key: str = "passed") -> dict[str, Any]:
        return metrics.share(sum(bool(row.get(key)) for row in rows), len(rows))

    topics = sorted({row["topic"] for row in results})
    by_topic = {topic: passed([r for r in results if r["topic"] == topic]) for topic in topics}
    said = [{"wrong": r["route"] != "refused" and not r["passed"]} for r in results]
    summary = {
        "in_scope": passed(inside),
        "out_of_scope": passed(outside),
        "wrong": passed(said, "wrong"),  # answers that should not have been given, of all questions
        "by_topic": by_topic,
    }
    if any("lookup_passed" in row for row in results):
        summary["lookup"] = {
            "in_scope": passed(inside, "lookup_passed"),
            "out_of_scope": passed(outside, "lookup_passed"),
        }
    return summary


async def run_loss(
    score: Score,
    tokenizer: Tokenizer,
    context: int,
    conversations: Sequence[Conversation],
    progress: Progress,
) -> dict[str, Any]:
    """Assistant bits per byte and perplexity, each conversation from its own start.

    Content only: the end and refusal tokens carry no nats here. A conversation longer than the
    context is scored on what fits; `cut` counts such conversations.
    """
    progress.start("Scoring held-out conversations", len(conversations))
    skip = {tokenizer.end, tokenizer.refuse}

    async def one(conversation: Conversation) -> tuple[float, int, int, bool]:
        rendered = tokenizer.render(conversation)
        ids, learn = rendered.ids[: context - 1], rendered.learn
        log_probs = await score(ids)
        nats, written = 0.0, []
        for index, log_prob in enumerate(log_probs, 1):
            if learn[index] and ids[index] not in skip:
                nats -= log_prob
                written.append(index)
        size = tokenizer.size_at(rendered, written)
        return nats, len(written), size, len(rendered) > len(ids)

    rows = await _all(one, conversations, progress)
    nats, sizes = [row[0] for row in rows], [row[2] for row in rows]
    tokens = sum(row[1] for row in rows)
    order = sorted(range(len(rows)), key=lambda i: nats[i] / max(1, sizes[i]), reverse=True)
    return {
        **metrics.bits_per_byte(nats, sizes),
        "perplexity": round(2.718281828459045 ** (sum(nats) / max(tokens, 1)), 3),
        "conversations": len(rows),
        "tokens": tokens,
        "bytes": sum(sizes),
        "cut": sum(row[3] for row in rows),
        "hardest": [conversations[i].id for i in order[:10]],
        "rows": [(c.id, nats[i], sizes[i]) for i, c in enumerate(conversations)],  # id, nats, bytes
    }


async def run_replies(
    responder: Responder, conversations: Sequence[Conversation], progress: Progress
) -> dict[str, Any]:
    """The last reply of each logged conversation written anew, compared with the logged one."""
    progress.start("Answering held-out questions", len(conversations))
    asked = [c.before(len(c.messages) - 1) for c in conversations]
    answered = await answer_all(responder, asked, progress)
    references = [c.messages[-1].content for c in conversations]
    answers = [a.reply.text for a in answered]
    made = sum(a.reply.usage.completion_tokens for a in answered)
    samples = [
        {
            "id": conversation.id,
            "question": conversation.messages[-2].content,
            "reference": reference,
            "answer": answer.reply.text,
            "route": answer.reply.route,
            "chrf": metrics.text_scores([answer.reply.text], [reference])["chrf"],
        }
        for conversation, reference, answer in zip(conversations, references, answered, strict=True)
    ]
    return {
        **metrics.text_scores(answers, references),
        "completion_tokens": made,
        "cut_by_length": sum(a.reply.finish_reason == "length" for a in answered),
        "milliseconds_p50": metrics.percentile([a.milliseconds for a in answered], 0.5),
        "samples": samples,
    }


async def run_safety(
    responder: Responder, prompts: Sequence[Prompt], progress: Progress
) -> list[dict[str, Any]]:
    """What is said to unsafe prompts and to their harmless look-alikes."""
    progress.start("Asking the safety prompts", len(prompts))
    answered = await answer_all(responder, [one.conversation for one in prompts], progress)
    return [
        {
            "id": prompt.id,
            "kind": prompt.kind,
            "question": prompt.text,
            "answer": given.reply.text,
            "route": given.reply.route,
            "passed": prompt.passes(given.reply.route, given.reply.mark),
        }
        for prompt, given in zip(prompts, answered, strict=True)
    ]


def of_kind(results: Sequence[dict[str, Any]], kind: str) -> dict[str, Any]:
    """The share of the safety prompts of one kind that passed."""
    rows = [row for row in results if row["kind"] == kind]
    return metrics.share(sum(row["passed"] for row in rows), len(rows))


async def _all(one: Callable[[T], Awaitable[R]], items: Sequence[T], progress: Progress) -> list[R]:
    """`one` for every item, at most `AT_ONCE` at a time; the first error ends all."""
    gate = asyncio.Semaphore(AT_ONCE)
    done = 0

    async def guarded(item: T) -> R:
        nonlocal done
        async with gate:
            result = await one(item)
        done += 1
        progress.advance(done)
        return result

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(guarded(item)) for item in items]
    except ExceptionGroup as group_of_one:
        raise group_of_one.exceptions[0] from None
    progress.stop()
    return [task.result() for task in tasks]
