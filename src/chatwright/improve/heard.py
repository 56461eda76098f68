"""All that was said about a bot, ready for review: items with what speaks against each, the alarm, signals.

    heard = listen(database, spec)

The one place that puts flags on feedback: of raters (`raters.py`), of the text (`screening.py`), and "fresh"
while a correction is younger than `[feedback]` quarantine_hours. An item with a flag is for one decision of
its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from chatwright.answer.guard import begin_public
from chatwright.answer.guard_personal import Said
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
