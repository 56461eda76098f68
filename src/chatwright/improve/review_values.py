"""Reviews and what decisions will write, as plain values: one shape for the command line and the API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from chatwright.improve.decisions import Plan
from chatwright.improve.queue import QueueItem
from chatwright.store.review_records import Review, ReviewStep


def review_values(review: Review) -> dict[str, Any]:
    """A review without what people said."""
    return {
        "id": review.id,
        "state": review.state,
        "revision": review.revision,
        "message_id": review.message_id,
        "created_at": review.created_at,
        "decided_at": review.decided_at,
        "by": review.reviewer,
        "reason": review.content.reason if review.content else "",
        "trained": review.trained,
        "cases": [
            {"id": one.id, "question": one.question, "held_out": one.held} for one in review.cases
        ],
        "curated": review.content.curated if review.content else "",
    }


def item_values(item: QueueItem) -> dict[str, Any]:
    """An item with all that is said about it."""
    said = [
        {
            "rater": one.rater,
            "thumb": one.thumb,
            "score": one.score,
            "comment": one.comment,
            "correction": one.correction,
            "at": one.updated_at,
            "flags": list(one.flags),
        }
        for one in item.feedback
    ]
    return review_values(item.review) | {
        "value": item.value,
        "why": item.why,
        "question": item.question,
        "answer": item.answer,
        "route": item.route,
        "confidence": item.confidence,
        "correction": item.correction,
        "agreeing": list(item.agreeing),
        "feedback": said,
        "signals": [one.kind for one in item.signals],
        "flags": list(item.flags),
        "problems": list(item.problems),
        "asked": item.asked,
        "alike": list(item.alike),
    }


def plan_values(plan: Plan) -> dict[str, Any]:
    """What will be written."""
    row = [{"role": one.role, "content": one.content} for one in plan.messages]
    curated = plan.curated and {"question": plan.curated[0], "text": plan.curated[1]}
    return {
        "state": plan.state,
        "row": row,
        "curated": curated,
        "cases": [one.line | {"held_out": one.held} for one in plan.cases],
        "notes": list(plan.notes),
    }


def step_values(step: ReviewStep) -> dict[str, Any]:
    """A line of the log."""
    values = asdict(step)
    return values | {"by": values.pop("author")}
