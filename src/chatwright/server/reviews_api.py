"""The review queue for those who look after a bot: what to decide, deciding it, undoing it, and who did what.

Of one bot (`which.py`). Whoever has the scope `review` sees all and rejects; what is learned from or given
takes raters who agree, or the scope `curate`.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from chatwright.core.errors import ChatwrightError, Conflict
from chatwright.improve.queue import QueueItem
from chatwright.improve.review import Done, Reviewer
from chatwright.improve.review_values import item_values, plan_values, review_values, step_values
from chatwright.server.caller import Caller, Who
from chatwright.server.errors import WRITING
from chatwright.server.reviews_types import (
    DoneValue,
    HeldValue,
    ItemList,
    ItemValue,
    Kind,
    ManyDecisions,
    ManyDone,
    OneDecision,
    PlanValue,
    RefusedValue,
    ReviewNames,
    ReviewTalk,
    ReviewValue,
    SaidThere,
    StepList,
    StepValue,
    Undo,
    UndoneValue,
)
from chatwright.server.services import Shared
from chatwright.server.which import Named
from chatwright.store.review_records import STATES, WAITING, ReviewState

MOST = 2**31 - 1

router = APIRouter(prefix="/api/reviews", responses=WRITING, tags=["reviews"])


async def _reviewer(services: Shared, bot: Named) -> Reviewer:
    return services.reviewers[bot]


Reviewing = Annotated[Reviewer, Depends(_reviewer)]


def _editor(caller: Caller) -> bool:
    return "curate" in caller.scopes


def _is(item: QueueItem, kind: Kind) -> bool:
    match kind:
        case "corrected":
            return bool(item.correction)
        case "disliked":
            return any(one.liked is False for one in item.feedback)
        case "liked":
            return any(one.liked is True for one in item.feedback)
        case "commented":
            return any(one.comment for one in item.feedback)
        case "flagged":
            return bool(item.flags or item.problems)
        case _:
            return True


def _words(item: QueueItem) -> str:
    said = [text for one in item.feedback for text in (one.correction, one.comment)]
    return "\n".join((item.question, item.answer, item.correction, *said)).casefold()


@router.get("")
async def reviews(
    reviewer: Reviewing,
    state: Annotated[
        Literal["waiting", "all"] | ReviewState, Query(description="waiting: open or quarantined")
    ] = "waiting",
    kind: Annotated[Kind, Query(description="Of what was said; empty: whatever it is")] = "",
    search: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=MOST)] = 0,
) -> ItemList:
    """What is most worth deciding first, in quarantine last. `search` looks in question, answer, corrections
    and comments. Needs: the scope `review`."""
    states = {"waiting": WAITING, "all": STATES}.get(state) or (state,)
    found = await asyncio.to_thread(reviewer.items, states)  # type: ignore[arg-type]
    words = search.casefold()
    found = [one for one in found if _is(one, kind) and words in _words(one)]
    page = found[offset : offset + limit]
    return ItemList(
        items=[ItemValue.model_validate(item_values(one)) for one in page], total=len(found)
    )


@router.get("/names")
async def names(services: Shared, bot: Named) -> ReviewNames:
    """The accounts that `by` may stand for. Needs: the scope `review`."""
    found = await asyncio.to_thread(services.accounts.all, services.first)
    return ReviewNames(names={f"account:{one.id}": one.name for one in found})


@router.get("/log")
async def log(
    reviewer: Reviewing,
    review: Annotated[str, Query(max_length=64)] = "",
    before: Annotated[str, Query(max_length=64)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> StepList:
    """Who decided what, the newest first; `before`: those that came before that step. Needs: the scope
    `review`."""
    found = await asyncio.to_thread(reviewer.log, review, limit, before)
    return StepList(steps=[StepValue.model_validate(step_values(one)) for one in found])


@router.post("/decisions")
async def decide_many(body: ManyDecisions, reviewer: Reviewing, caller: Who) -> ManyDone:
    """Each that can be, is decided; the others are named. Needs: the scope `review`."""

    def work() -> ManyDone:
        done, refused = [], []
        for id in dict.fromkeys(body.ids):
            try:
                one = reviewer.decide(
                    id, body.decision(), caller.id, editor=_editor(caller), bulk=True
                )
                done.append(ReviewValue.model_validate(review_values(one.review)))
            except ChatwrightError as error:
                code = error.code if isinstance(error, Conflict) else type(error).__name__.lower()
                refused.append(RefusedValue(id=id, code=code, reason=str(error)))
        return ManyDone(done=done, refused=refused)

    return await asyncio.to_thread(work)


@router.get("/{id}")
async def review(id: str, reviewer: Reviewing) -> ItemValue:
    """Needs: the scope `review`."""
    found = await asyncio.to_thread(reviewer.item, id)
    return ItemValue.model_validate(item_values(found))


@router.get("/{id}/talk")
async def talk(id: str, reviewer: Reviewing) -> ReviewTalk:
    """The conversation from its beginning to the reply that was rated, which is the last. Needs: the scope
    `review`."""

    def work() -> ReviewTalk:
        found = reviewer.talk(reviewer.reviews.find(reviewer.bot, id))
        return ReviewTalk(
            messages=[SaidThere.model_validate(one, from_attributes=True) for one in found]
        )

    return await asyncio.to_thread(work)


@router.post("/{id}/plan")
async def plan(id: str, body: OneDecision, reviewer: Reviewing, caller: Who) -> PlanValue:
    """What the decision would write, or why it would be refused; nothing is written. Needs: the scope
    `review`."""

    def work() -> PlanValue:
        item = reviewer.item(id)
        due = reviewer.plan(item, body.decision(), editor=_editor(caller))
        holder = reviewer.holder(due)
        held = None if holder is None else HeldValue(id=holder.id, text=holder.content.text)
        return PlanValue.model_validate(plan_values(due) | {"replaces": held})

    return await asyncio.to_thread(work)


@router.post("/{id}/decision")
async def decide(id: str, body: OneDecision, reviewer: Reviewing, caller: Who) -> DoneValue:
    """409 `stale_review` when somebody changed it since it was read, `decided` when it is decided, `approval`
    where it takes an editor, `no_consent`, `problems`, `question_taken`. Needs: the scope `review`, and for
    curated answers, and what too few agree on, `curate`."""
    done: Done = await asyncio.to_thread(
        reviewer.decide,
        id,
        body.decision(),
        caller.id,
        revision=body.revision,
        editor=_editor(caller),
    )
    return DoneValue(
        review=ReviewValue.model_validate(review_values(done.review)),
        written=PlanValue.model_validate(plan_values(done.plan)),
    )


@router.post("/{id}/undo")
async def undo(id: str, body: Undo, reviewer: Reviewing, caller: Who) -> UndoneValue:
    """Has it wait again: no row, no cases, no curated answer any more. Needs: the scope `curate`, or `review`
    for what one decided oneself."""

    def work() -> UndoneValue:
        found = reviewer.reviews.find(reviewer.bot, id)
        if not _editor(caller) and found.reviewer not in ("", caller.id):
            raise Conflict(
                "Somebody else decided this.",
                "Ask them, or an editor, to undo it.",
                code="approval",
            )
        opened, notes = reviewer.undo(
            found.id, caller.id, reason=body.reason, revision=body.revision
        )
        values = ReviewValue.model_validate(review_values(opened))
        return UndoneValue(review=values, notes=list(notes))

    return await asyncio.to_thread(work)
