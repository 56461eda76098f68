"""All that was said about a bot, ready for review: items with what speaks against each, the alarm, signals.

    heard = listen(database, spec)

The one place that puts flags on feedback: of raters (`raters.py`), of the text (`screening.py`), and "fresh"
while a correction is younger than `[feedback]` quarantine_hours. An item with a flag is for one decision of
its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chatwright.answer.guard import begin_public
from chatwright.answer.guard_personal import Said
from chatwright.answer.people import People
from chatwright.improve.noticing import notice
from chatwright.improve.raters import Suspicion, examine
from chatwright.improve.screening import NOBODY, screen
from chatwright.spec import Spec
from chatwright.store import Database, Feedbacks
from chatwright.store.records import FeedbackItem, Preference, Signal
from chatwright.store.signals import Signals

FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class Heard:
    """`alarm`: a sentence that names suspicious raters, or nothing."""

    items: tuple[FeedbackItem, ...]
    signals: tuple[Signal, ...]
    pairs: tuple[Preference, ...]
    suspicions: tuple[Suspicion, ...]
    raters: int
    alarm: str


def listen(database: Database, spec: Spec, public: Said | None = None) -> Heard:
    """Read all feedback on the bot, and look for new signals first. `public`: what the owner has said, where
    the caller has read it already."""
    notice(database, spec)
    bot, signals = spec.bot.name, Signals(database)
    items = Feedbacks(database).items(bot)
    report = examine(items, spec.bot.languages)
    corrected = any(item.correction for item in items)
    said = public or (begin_public(spec) if corrected else NOBODY)
    return Heard(
        items=tuple(screened(item, spec, said) for item in report.items),
        signals=tuple(signals.items(bot)),
        pairs=tuple(signals.pairs(bot)),
        suspicions=report.suspicions,
        raters=report.raters,
        alarm=report.alarm,
    )


def screened(item: FeedbackItem, spec: Spec, public: Said) -> FeedbackItem:
    """The item with the flags of its correction."""
    if not item.correction:
        return item
    problems = screen(
        item.correction,
        question=item.question,
        answer=item.answer,
        public=public,
        links=spec.guard.links,
    )
    fresh = (FRESH,) if _fresh(item, spec.feedback.quarantine_hours) else ()
    return replace(item, flags=tuple(dict.fromkeys((*item.flags, *problems, *fresh))))


def _fresh(item: FeedbackItem, hours: float) -> bool:
    """By when it was last changed: an old correction that was exchanged is a new one."""
    return datetime.fromisoformat(item.updated_at) > datetime.now(UTC) - timedelta(hours=hours)


# --- as plain values: one shape for the command line and the API ------------------------------------


def readable(item: FeedbackItem, people: People) -> bool:
    """Whether its words may be read: those of the conversation's owner, and the rater's. Accounts look after
    the bot; what they write about it is theirs to be read."""
    owner = people.trainable(item.owner, item.created_at)
    rater = item.rater in (item.owner,) or item.rater.startswith("account:")
    return owner and (rater or people.trainable(item.rater, item.updated_at))


def feedback_row(item: FeedbackItem, may: bool) -> dict[str, Any]:
    """One piece of feedback; without its words where they may not be read."""
    row = asdict(item) | {"flags": list(item.flags)}
    hidden = dict.fromkeys(("question", "answer", "comment", "correction"), None)
    return {**row, "readable": may} if may else {**row, **hidden, "readable": False}


def rater_rows(heard: Heard) -> list[dict[str, Any]]:
    """Who says how much, and what looks suspicious about them; those who do first."""
    by_rater: dict[str, list[FeedbackItem]] = defaultdict(list)
    for item in heard.items:
        by_rater[item.rater].append(item)
    named = {one.rater: one for one in heard.suspicions}
    rows = []
    for rater, said in by_rater.items():
        suspicion = named.get(rater)
        rows.append(
            {
                "rater": rater,
                "said": len(said),
                "up": sum(item.liked is True for item in said),
                "down": sum(item.liked is False for item in said),
                "corrections": sum(bool(item.correction) for item in said),
                "reasons": list(suspicion.reasons) if suspicion else [],
                "score": suspicion.score if suspicion else 0.0,
                "along": list(suspicion.along) if suspicion else [],
            }
        )
    return sorted(rows, key=lambda row: (-row["score"], -row["said"], row["rater"]))
