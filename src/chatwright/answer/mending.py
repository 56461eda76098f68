"""A reply with an outdated fact in it, as it is from now on; or that it cannot be told.

Every statement of the old fact that is about the same thing gets the new one, and amounts of money that were
reckoned from it are reckoned again where the reply says of how many. Where something is left that may not be
true any more ("7 days, which is one week"; "DVDs and magazines are lent for 7 days"), it says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from chatwright.answer.changes import NAMED, Change, Stated, kins, stated
from chatwright.knowledge.words import kin, terms

ABOUT = 0.4  # of the weight of a change's anchors, from which on a fact is about the same thing
BESIDE = 0.25  # the same of an amount that was reckoned from such a fact of the same reply
ALONE = (
    0.6  # the same of one without such a fact beside it, where the reply does not name the subject
)
TOUCHED = 0.1  # of the anchors' weight in a question, from which on it may ask about that
CORRECTED = 0.2  # the same of a reply that was corrected itself
RIVAL = 0.6  # of the anchors beside the best of several equal facts; what has fewer is of something else
ELSEWHERE, ASKED = 0.7, 0.8  # how far words of the rest of a reply count, and of its questions
MOST = 60  # times an old amount that a reply may have reckoned
EQUAL = {
    "day": ("week", 7.0),
    "minut": ("hour", 60.0),
    "hour": ("day", 24.0),
    "month": ("year", 12.0),
}
COUNTED = re.compile(r"\b(an?|one|two|three|four|five|six|half a|\d+)\s+(\w+)", re.IGNORECASE)
WORDS = {"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
WORDS |= {"six": 6.0, "half a": 0.5}
LISTED = re.compile(r"\w+(?:, (?:an? |the )?\w+)*,? (?:and|or) (?:an? |the )?\w+", re.IGNORECASE)
JOINED = frozenset(["and", "or", "a", "an", "the"])


@dataclass(frozen=True, slots=True)
class Mended:
    """`text`: the reply with all that can be put right; `clean`: nothing doubtful is left; `shared`: the fact
    is also said of something that no correction speaks of."""

    text: str
    clean: bool
    shared: bool = False


class Known:
    """A reply, the questions that it answers, and what is computed of them once."""

    def __init__(self, reply: str, questions: Sequence[str], languages: tuple[str, ...]) -> None:
        self.reply, self.questions, self.languages = reply, tuple(questions), languages

    @cached_property
    def said(self) -> list[Stated]:
        return stated(self.reply, self.languages)

    @cached_property
    def words(self) -> dict[str, float]:
        """Kins of the reply and of its questions, with how far each counts beside what stands near a fact."""
        languages, total = self.languages, len(self.questions)
        asked = Counter(word for one in self.questions for word in kins(one, languages))
        words = {word: ASKED * min(1.0, 2 * count / total) for word, count in asked.items()}
        for word in kins(self.reply, languages):
            words[word] = max(words.get(word, 0.0), ELSEWHERE)
        return words

    @cached_property
    def counts(self) -> set[int]:
        """How many of something it speaks of, and the products of two such numbers."""
        plain = {
            int(one.value)
            for one in self.said
            if one.kind == "number" and one.value and one.value == int(one.value)
        }
        return plain | {a * b for a in plain for b in plain}


def mend(known: Known, change: Change, *, corrected: bool = False) -> Mended | None:
    """The reply after `change`; None where nothing of it is about that. `corrected`: a correction behind the
    change says that this reply is wrong."""
    about = [one for one in known.said if change.fits(one)]
    about = _best(about, change, known, CORRECTED if corrected else ABOUT, named=not corrected)
    reckoned = [one for one in known.said if _times(one, change, known.counts)]
    alone = ABOUT if reckoned and known.words.get(change.subject, 0.0) >= NAMED else ALONE
    reckoned = _best(reckoned, change, known, BESIDE if about else alone)
    edits = [(one, _as(change.new, one)) for one in about]
    edits += [(one, _reckon(change, one, known)) for one in reckoned if not one.keys & change.kept]
    if not edits:
        return None
    text = known.reply
    for one, new in sorted(edits, key=lambda edit: -edit[0].start):
        text = text[: one.start] + new + text[one.end :]
    shared = any(_shares(known, one, change) for one in about)
    capped = any(one.keys & change.kept for one in reckoned)
    clean = not (shared or capped or _equal(known, about, change) or _dated(about, known))
    return Mended(text, clean, shared)


def corrected(
    text: str, question: str, changes: Iterable[Change], languages: tuple[str, ...]
) -> str | None:
    """A text that somebody is to read who asked `question`, after all changes; None where something would be
    left in it that may not be true any more: it says the old value once more, and was asked about that."""
    asked = kins(question, languages)
    for change in changes:
        done = mend(Known(text, [question], languages), change)
        if done is None:
            continue
        named = sum(change.anchors.get(word, 0.0) for word in asked) >= TOUCHED
        if not done.clean or (named and any(map(change.fits, stated(done.text, languages)))):
            return None
        text = done.text
    return text


def _best(
    found: Sequence[Stated], change: Change, known: Known, least: float, *, named: bool = True
) -> list[Stated]:
    """Those that are about the change's subject; of several that say the same, the nearest to it."""
    if not found:
        return []
    near = [one for one in found if change.near(one, known.words, named=named) >= least]
    beside = {one: sum(change.anchors.get(word, 0.0) for word in one.clause) for one in near}
    kept = []
    for one in near:
        most = max(beside[other] for other in near if other.says(one))
        if beside[one] >= RIVAL * most:
            kept.append(one)
    return kept


def _times(one: Stated, change: Change, counts: set[int]) -> int:
    """How many times the old amount `one` is, where the reply says of how many; else 0."""
    old = change.old.value
    if one.kind != "amount" or change.old.kind != "amount" or not old or not one.value:
        return 0
    times = round(one.value / old)
    exact = 2 <= times <= MOST and abs(times * old - one.value) < 1e-6
    return times if exact and times in counts else 0


def _as(new: Stated, old: Stated) -> str:
    """The new fact in the way the old one is written."""
    if new.kind == "amount" and new.value is not None:
        return _money(new.value, old.text)
    return new.text


def _reckon(change: Change, one: Stated, known: Known) -> str:
    assert change.new.value is not None
    return _money(round(change.new.value * _times(one, change, known.counts), 2), one.text)


def _money(value: float, like: str) -> str:
    """An amount with the signs and words of another."""
    whole = f"{value:.0f}" if value == int(value) else f"{value:.2f}"
    if re.search(r"cents?\b|¢", like, re.IGNORECASE):
        return (
            re.sub(r"\d[\d.,]*", f"{value * 100:.0f}", like, count=1) if value < 1 else f"${whole}"
        )
    return re.sub(r"\d[\d.,]*\d|\d", whole, like, count=1)


def _equal(known: Known, about: Sequence[Stated], change: Change) -> bool:
    """Whether the old value is said a second time, in another unit ("one week"), or several times over."""
    old = change.old
    if old.kind != "number" or not old.value or not about:
        return False
    values = [
        (WORDS.get(count.lower()) or float(count), kin(unit.casefold(), known.languages))
        for count, unit in COUNTED.findall(known.reply)
    ]
    unit, size = EQUAL.get(old.unit, ("", 1.0))
    if any(name == unit and amount * size == old.value for amount, name in values):
        return True
    return any(
        name == old.unit
        and amount > old.value
        and amount % old.value == 0
        and f"number {amount:g}" not in change.kept
        for amount, name in values
    )


def _dated(about: Sequence[Stated], known: Known) -> bool:
    """Whether a date follows from what was counted ("7 days, so it is due on June 11")."""
    counted = any(one.kind == "number" for one in about)
    return counted and any(one.kind == "date" for one in known.said)


def _shares(known: Known, one: Stated, change: Change) -> bool:
    """Whether the subject of the fact stands in a list with something else: "DVDs and magazines"."""
    best, text = change.subject, known.reply
    for other in known.said:  # the facts are no part of a list
        text = text[: other.start] + "." * (other.end - other.start) + text[other.end :]
    sentence = max((m.end() for m in re.finditer(r"[.!?;]\s", text[: one.start])), default=0)
    for match in LISTED.finditer(text, sentence, one.start):
        words = [kin(term, known.languages) for term in terms(match[0]) if term not in JOINED]
        if best in words and not all(word in change.anchors for word in words):
            return True
    return False
