"""What a reviewer may decide, and what would be written then: shown before it is done, done as it was shown.

A plan is made of one item and one decision. It is refused here, in a sentence, where it must not be carried
out; nothing is written here (`review.py` does).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from chatwright.core.errors import Conflict, WrongUse
from chatwright.core.placeholders import PLACEHOLDER
from chatwright.core.types import Conversation, Message
from chatwright.data.privacy import Redactor
from chatwright.improve.expected import Expected, expected
from chatwright.improve.held_out import Phrasing, too_near
from chatwright.improve.queue import QueueItem
from chatwright.improve.screening import EXPLAINED
from chatwright.knowledge.curating import checked_note, checked_question, checked_text, same
from chatwright.store.records import MessageRecord
from chatwright.store.review_records import ReviewState

Action = Literal["accept", "edit", "redact", "reject", "curate", "case"]
ACTIONS: tuple[Action, ...] = ("accept", "edit", "redact", "reject", "curate", "case")
STATE: dict[Action, ReviewState] = {
    "accept": "accepted",
    "edit": "edited",
    "redact": "redacted",
    "reject": "rejected",
    "curate": "curated",
    "case": "case",
}
LEARNED = ("accept", "edit", "redact")  # what makes a training row
TOPIC = "corrections"
PHRASINGS = 50  # of one decision
GROUPS, WORDS, LETTERS = 20, 40, 200  # of a case: groups, spellings of each, characters of each
SHORT = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer wants. `question`, `answer`: in the reviewer's own words, empty: as they stand there.

    `curate`: a curated answer too; `replace`: instead of one that has the question already. `case`: a test
    case too (None: as is usual for the action). `refused`: the right reply is to decline. `phrasings`: other
    ways to ask, held out of training; None: those that are found. `must`, `must_not`: of the case; None: read
    from the correction.
    """

    action: Action
    question: str = ""
    answer: str = ""
    reason: str = ""
    curate: bool = False
    replace: bool = False
    case: bool | None = None
    refused: bool = False
    phrasings: tuple[str, ...] | None = None
    must: tuple[tuple[str, ...], ...] | None = None
    must_not: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A case that will be written: the line of the file, and in whose words it is asked."""

    line: dict[str, Any]
    held: bool
    origin: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a decision will write. `messages`: the training row, empty where there is none; `curated`: the
    question and the text of a curated answer; `notes`: what will not be done, and why."""

    state: ReviewState
    question: str
    answer: str
    wrong: str = ""
    reason: str = ""
    messages: tuple[Message, ...] = ()
    curated: tuple[str, str] | None = None
    cases: tuple[Written, ...] = ()
    own_question: bool = False
    own_answer: bool = False
    raters: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts for everybody: how many raters must agree, and for how long a correction has to lie."""

    agree: int = 2
    quarantine_hours: float = 24.0
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class Around:
    """What a plan is made with, besides the item. `talk`: the conversation from its beginning to the reply;
    `trainable`: whether its owner agreed; `supporters`: raters who gave the correction, for this question or
    one like it; `found`: looks for phrasings of (question, right reply); `tested`: questions that are held out
    for other cases (by `curating.same`), `trained`: that are trained on."""

    talk: Sequence[MessageRecord]
    trainable: bool
    supporters: frozenset[str]
    screen: Callable[[str, str], tuple[str, ...]]  # of a text, where the reply was
    redactor: Callable[[], Redactor]
    found: Callable[[str, str], Sequence[Phrasing]]
    tested: frozenset[str] = frozenset()
    trained: frozenset[str] = frozenset()
    rules: Rules = Rules()


def plan(
    item: QueueItem, wanted: Decision, around: Around, *, editor: bool = True, bulk: bool = False
) -> Plan:
    """What will be written. `editor`: whoever decides may approve alone; `bulk`: one decision of many at once.

    Raises `WrongUse` for what is missing or cannot be read, and `Conflict` for what must not be done: its
    `code` is "quarantined", "approval", "no_consent" or "problems".
    """
    _check_allowed(item, wanted, around, editor, bulk)
    if wanted.action == "reject":
        reason = checked_note(wanted.reason)
        if not reason:
            raise WrongUse("A rejection needs a reason.", "Say in some words why (--reason).")
        return Plan("rejected", item.question, "", item.answer, reason)
    draft = _texts(item, wanted, around)
    if wanted.action == "redact":
        draft = _redacted(draft, around)
    _check_problems(draft, wanted, around)
    draft = _with_row(draft, item, wanted, around)
    draft = _with_curated(draft, wanted, around)
    return _with_cases(draft, item, wanted, around)


# --- may it be decided ----------------------------------------------------------------------------


def _check_allowed(
    item: QueueItem, wanted: Decision, around: Around, editor: bool, bulk: bool
) -> None:
    if wanted.action not in ACTIONS:
        raise WrongUse(f"{wanted.action!r} is no decision.", "Use one of " + ", ".join(ACTIONS))
    quarantined = item.review.state == "quarantined"
    if bulk and (quarantined or item.flags):
        raise Conflict(
            "What suspicious raters said is never decided together with others.",
            "Look at it alone.",
            code="quarantined",
        )
    if wanted.action == "reject":
        return
    enough = len(around.supporters) >= around.rules.agree and not wanted.answer
    due = f"{around.rules.agree} raters who say the same"
    if bulk:
        if not enough:
            raise Conflict(f"Without a look at each, it takes {due}.", code="approval")
        if _fresh(item, around.rules.quarantine_hours):
            hours = around.rules.quarantine_hours
            raise Conflict(
                f"It was said less than {hours:g} hours ago.",
                "Look at it alone, or wait ([feedback] quarantine_hours).",
                code="fresh",
            )
    if editor:
        return
    if quarantined or wanted.action == "curate" or wanted.curate:
        what = "What suspicious raters said" if quarantined else "A curated answer"
        raise Conflict(f"{what} takes an editor or the owner.", "Ask one of them.", code="approval")
    if wanted.action in LEARNED and not enough:
        raise Conflict(
            f"A training row takes {due}, or an editor or the owner.",
            "Ask one of them, or make a test case of it.",
            code="approval",
        )


def _fresh(item: QueueItem, hours: float) -> bool:
    said = [one.updated_at for one in item.feedback if one.correction]
    at = datetime.now(UTC) - timedelta(hours=hours)
    return bool(said) and datetime.fromisoformat(max(said)) > at


def _check_problems(draft: Plan, wanted: Decision, around: Around) -> None:
    """A text that is to be learned from or given again has none. A reviewer's test of a bad text may."""
    found = list(around.screen(draft.answer, draft.wrong)) if draft.answer else []
    if wanted.refused:
        found = []
    if draft.own_question:
        found += [one for one in around.screen(draft.question, "") if one not in ("long", "empty")]
    if found and wanted.action != "case":
        said = " ".join(EXPLAINED.get(one, one) for one in dict.fromkeys(found))
        raise Conflict(
            f"It cannot be accepted as it is: {said}",
            "Edit the answer, or redact it where it names somebody.",
            code="problems",
        )


# --- the texts ------------------------------------------------------------------------------------


def _texts(item: QueueItem, wanted: Decision, around: Around) -> Plan:
    own_question, own_answer = bool(wanted.question.strip()), bool(wanted.answer.strip())
    if wanted.action == "accept" and own_answer:
        raise WrongUse("Accepting takes the answer as it is.", "Use edit for another one.")
    if wanted.action == "edit" and not own_answer and not wanted.refused:
        raise WrongUse("An edit needs the answer as it should be.", "Write it (--answer).")
    answer = checked_text(wanted.answer) if own_answer else item.correction
    confirmed = not answer and wanted.action != "case" and _liked(item)
    answer = item.answer if confirmed else answer
    if not answer and (wanted.action != "case" or (not wanted.refused and wanted.must is None)):
        raise WrongUse(
            "Nobody said what is right.", "Write the answer (edit, or --answer), or reject it."
        )
    if answer:
        checked_text(answer)
    question = checked_question(wanted.question) if own_question else item.question
    return Plan(
        STATE[wanted.action],
        question,
        answer,
        "" if confirmed else item.answer,
        checked_note(wanted.reason),
        own_question=own_question,
        own_answer=own_answer,
        raters=item.agreeing or item.raters,
        messages=(*_history(around.talk), Message("user", question)),
    )


def _liked(item: QueueItem) -> bool:
    """Whether nobody said otherwise: the reply that was given is the right one then."""
    said = {one.liked for one in item.feedback if not one.flags}
    return True in said and False not in said


def _history(talk: Sequence[MessageRecord]) -> tuple[Message, ...]:
    """What was said before the question."""
    return tuple(
        Message(one.role, one.content)
        for one in talk[:-2]
        if one.role in ("user", "assistant") and one.content
    )


def _redacted(draft: Plan, around: Around) -> Plan:
    """With placeholders for personal data, the same ones in all texts."""
    right = Message("assistant", draft.answer)
    said = Conversation((*draft.messages, right), rejected=draft.wrong)
    hidden, counts = around.redactor().conversation(said)
    if not counts:
        raise WrongUse(
            "There is no personal data in it that could be redacted.", "Accept it, or edit it."
        )
    *before, answer = hidden.messages
    return replace(
        draft,
        messages=tuple(before),
        question=before[-1].content,
        answer=answer.content,
        wrong=hidden.rejected or "",
    )


# --- what is written ------------------------------------------------------------------------------


def _with_row(draft: Plan, item: QueueItem, wanted: Decision, around: Around) -> Plan:
    """With the whole of the training row, or without one, and why."""
    asked = draft.messages
    if wanted.action not in LEARNED:
        return replace(draft, messages=())
    if not around.trainable:
        if not wanted.curate:
            raise Conflict(
                "Whoever asked this did not agree to be learned from.",
                "Make a curated answer of it, or a test case in your own words.",
                code="no_consent",
            )
        note = "No training row: whoever asked this did not agree to be learned from."
        return replace(draft, messages=(), state="curated", notes=(*draft.notes, note))
    if same(draft.question) in around.tested:
        note = "No training row: the question is held out for the test of another correction."
        return replace(draft, messages=(), notes=(*draft.notes, note))
    reply = Message("assistant", draft.answer, refused=wanted.refused)
    return replace(draft, messages=(*asked, reply))


def _with_curated(draft: Plan, wanted: Decision, around: Around) -> Plan:
    if wanted.action != "curate" and not wanted.curate:
        return draft
    if _history(around.talk) and not draft.own_question:
        raise WrongUse(
            "The question goes on from what was said before, and says little by itself.",
            "Write it out for the curated answer (--question).",
        )
    if PLACEHOLDER.search(f"{draft.question}\n{draft.answer}"):
        raise WrongUse(
            "A curated answer with placeholders in it cannot be given to anybody.",
            "Write question and answer without the names (--question, --answer).",
        )
    return replace(draft, curated=(draft.question, draft.answer))


def _with_cases(draft: Plan, item: QueueItem, wanted: Decision, around: Around) -> Plan:
    due = wanted.action != "curate" if wanted.case is None else wanted.case
    if not due:
        return draft
    learned = bool(draft.messages)
    history = _history(around.talk) if not draft.own_question or learned else ()
    if not around.trainable:
        if not draft.own_question and wanted.action == "case":
            raise Conflict(
                "Whoever asked this did not agree that their words are kept.",
                "Write the question in your own words (--question).",
                code="no_consent",
            )
        history = ()
    why = _no_case(draft, history, around)
    if why:
        if wanted.action == "case":
            raise WrongUse(why, "Write the question in your own words (--question).")
        return replace(draft, notes=(*draft.notes, why))
    wants = _expected(draft, wanted, around.rules.languages)
    first = Written(
        _line(item, 1, draft.question, history, wants, wanted.refused, learned),
        held=False,
        origin="" if draft.own_question else item.review.message_id,
        owner="" if draft.own_question else item.review.owner,
    )
    cases = [first]
    for one in _phrasings(draft, wanted, around, bool(history)):
        line = _line(item, len(cases) + 1, one.question, history, wants, wanted.refused, False)
        cases.append(Written(line, True, one.origin, one.owner))
    notes = draft.notes
    if learned and len(cases) == 1:
        notes = (*notes, "No phrasing is held out: type one, and the case tests more than memory.")
    return replace(draft, cases=tuple(cases), notes=notes)


def _no_case(draft: Plan, history: Sequence[Message], around: Around) -> str:
    """Why a case cannot be asked; empty: it can."""
    if not around.trainable and not draft.own_question:
        return "No test case: whoever asked this did not agree that their words are kept."
    if same(draft.question) in around.tested:
        return "No test case: another one asks the same question."
    said = "\n".join((draft.question, *(one.content for one in history)))
    redactor = around.redactor()
    if PLACEHOLDER.search(said) or (redactor.on and any(redactor.spans([said]))):
        return "No test case: there is personal data in the question or before it."
    return ""


def _expected(draft: Plan, wanted: Decision, languages: tuple[str, ...]) -> Expected:
    bare = [PLACEHOLDER.sub(" ", text) for text in (draft.answer, draft.wrong, draft.question)]
    read = expected(bare[0], bare[1], bare[2], languages)
    must, must_not = ((), ()) if wanted.refused else (read.must, read.must_not)
    if wanted.must is not None:
        must = wanted.must
    if wanted.must_not is not None:
        must_not = wanted.must_not
    groups = [one for group in (*must, must_not) for one in group]
    if len(must) > GROUPS or len(groups) > GROUPS * WORDS or any(len(o) > LETTERS for o in groups):
        raise WrongUse("That is more than a test case can ask for.", "Name the facts alone.")
    if any(not one.strip() for one in groups) or not all(must):
        raise WrongUse("A test case cannot ask for nothing.", "Leave the empty text out.")
    return Expected(must, must_not)


def _phrasings(
    draft: Plan, wanted: Decision, around: Around, continued: bool
) -> Sequence[Phrasing]:
    """What was typed; else what is found, of a question that stands by itself."""
    found = [] if continued else list(around.found(draft.question, draft.answer))
    if wanted.phrasings is None:
        return found if draft.messages else []
    if len(wanted.phrasings) > PHRASINGS:
        raise WrongUse(f"{PHRASINGS} phrasings are enough.", "Leave some out.")
    known = {same(one.question): one for one in found}
    chosen: dict[str, Phrasing] = {}
    for text in map(checked_question, wanted.phrasings):
        others = (draft.question, *around.trained, *(one.question for one in chosen.values()))
        if too_near(text, others):
            raise WrongUse(
                f'"{text[:80]}" is trained on, or another phrasing, but for some letters.',
                "Ask it in other words, or leave it out.",
            )
        chosen[same(text)] = known.get(same(text), Phrasing(text))
    return list(chosen.values())


def _line(
    item: QueueItem,
    number: int,
    question: str,
    history: Sequence[Message],
    wants: Expected,
    refused: bool,
    trained: bool,
) -> dict[str, Any]:
    """As the file of cases has it; see `evaluation/cases.py`."""
    line: dict[str, Any] = {
        "id": f"review-{item.review.id}-{number}",
        "topic": TOPIC,
        "history": [{"role": one.role, "content": one.content} for one in history],
        "question": SHORT.sub(" ", question).strip(),
        "must": [list(group) for group in wants.must],
        "must_not": list(wants.must_not),
        "route": "refused" if refused else "answered",
    }
    return line | ({"trained": True} if trained else {})
