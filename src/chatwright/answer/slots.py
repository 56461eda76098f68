"""Values that people give for the slots of a task: found in what they say, one or several at once.

    taken(task, "a quiet room for 3 tomorrow", asked=None, known={}, ...)    -> Taken(values, problem)

A value has the form that a webhook gets and the form that people read. What was asked for may be said in any
way that its type knows; what was not asked for is taken only where it can be nothing else. Nothing is guessed:
two numbers for one slot are none, and the reason is told.
"""

from __future__ import annotations

import difflib
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import regex

from chatwright.answer import dates as calendar
from chatwright.answer.guard_topics import UNSPACED, visible
from chatwright.answer.skill_words import (
    CHANGE,
    FLAGS,
    INSTEAD,
    LINK,
    WORDS,
    all_of,
    says,
    text_of,
)
from chatwright.data.documents import UNSEEN
from chatwright.spec.skills import Slot, SlotType, Task

MOST = 2_000  # characters of a message that are looked at for values
MANY = 40  # values of a type in a message: more are a list of something else
TEXT = 500  # characters of a text, where its slot says nothing else
PATIENCE = 0.05  # seconds for the owner's pattern
ALIKE = 0.8  # of a mistyped option
SHOWN = 300  # characters of a value that are shown

Data = str | int | float | bool
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Value:
    """`data` as a webhook gets it, `shown` as people read it. `clock`: on another day it would be another."""

    data: Data
    shown: str
    clock: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a message gives. `problem`: why the slot that was asked for, or one that was named, has no value."""

    values: Mapping[str, Value] = field(default_factory=dict)
    problem: str = ""
    rest: str = ""  # of the message, without the values


@dataclass(frozen=True, slots=True)
class Span:
    """A value at its place in a text; without one, `problem` says why."""

    start: int
    end: int
    value: Value | None
    problem: str = ""


def plain(text: str) -> str:
    """A value as it stands in a sentence of the bot's: one line, and no signs that are markup."""
    shown = MARKUP.sub(" ", " ".join(UNSEEN.sub("", text).split()))
    shown = str(BLOCK.sub("", " ".join(LOOSE.sub(" ", shown).split())))
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"


MARKUP = regex.compile(r"!\[|[<>\[\]`*~|\\{}]")
BLOCK = regex.compile(r"^(?:[#+-]+\s)+|^#+")  # of a heading or a list
LOOSE = regex.compile(r"(?<!\w)_+|_+(?!\w)")
# Numbers with a measure are not what an unnamed number stands for.
MEASURE = regex.compile(
    r"\s*(?:%|€|\$|£|(?:hours?|minutes?|days?|weeks?|months?|years?|euros?|dollars?|stunden?|minuten?|tagen?|wochen?|"
    r"jahren?|heures?|horas?|minutos?|(?:st|nd|rd|th)\b|(?:floor|etage|stock|room|zimmer)\b))",
    FLAGS,
)
EMAIL = regex.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w@-])", regex.ASCII
)
PHONE = regex.compile(r"(?<![\w.,:/-])\+?\(?\d[\d ()./\-\u00a0]{3,22}\d(?![\w:])")
NUMERALS = {
    word: number for table in WORDS.values() for number, word in enumerate(table["numbers"].split())
}
UNSPACED_NUMERAL = "[一二三四五六七八九十](?=人|名|位|個|个|つ|本|枚|冊|张|本)"
NUMBER = regex.compile(
    r"(?<![\w.,/:-])(?:-?\d{1,3}(?:[.,\u00a0' ]\d{3})+|-?\d{1,15}(?:[.,]\d{1,6})?)(?![A-Za-z\d/:-])(?![.,]\d)|"
    rf"(?<![\w-])(?:{'|'.join(w for w in NUMERALS if not UNSPACED.match(w))})(?![\w-])|{UNSPACED_NUMERAL}",
    FLAGS,
)
THOUSANDS = regex.compile(r"-?\d{1,3}(?:[.,\u00a0' ]\d{3})+")
LINKED = f"(?:{all_of('link')}|\\s|:|=|,)*"
# Words that are numbers only where a number was asked for.
ARTICLES = frozenset(("un", "una", "uno", "um", "uma", "one", "a"))
PLACES = tuple(
    regex.compile(rf"\W*(?:the\s)?(?:{all_of(name)})(?:\s(?:one|option|please))*\W*", FLAGS)
    for name in ("first", "second", "third", "last")
)


def taken(
    task: Task,
    text: str,
    asked: Slot | None,
    known: Mapping[str, Value],
    today: date,
    language: str,
    *,
    changing: bool = False,
) -> Taken:
    """What `text` says for the slots of `task`.

    `asked`: the one whose question was asked; `known`: what has a value already, and gets another only
    where the text names it, or it is clear that something is `changing`."""
    reader = _Reader(task, asked, known, today, language, changing or bool(CHANGE.search(text)))
    return reader.read(visible(text)[:MOST])


class _Reader:
    """One message."""

    def __init__(
        self,
        task: Task,
        asked: Slot | None,
        known: Mapping[str, Value],
        today: date,
        language: str,
        changing: bool,
    ) -> None:
        self._task = task
        self._asked = asked
        self._known = known
        self._today = today
        self._language = language
        self._changing = changing
        self._values: dict[str, Value] = {}
        self._problem = ""
        self._text = ""

    def read(self, text: str) -> Taken:
        self._text = text
        asked = self._asked
        chosen = meant(asked.options, text) if asked is not None and asked.options else None
        if asked is not None and chosen is not None:
            return Taken({asked.slot: _option(asked.options[chosen])})
        for type in self._order():
            for slots, spans in self._found(type):
                self._assign(slots, spans)
        if asked is not None and asked.slot not in self._values:
            if asked.type == "text":
                self._take_text(asked, text)
            elif asked.type == "yes_no":
                self._take_yes_no(asked, text)
        elif asked is None or self._changing:
            self._take_named_texts(text)
        if asked is not None and asked.slot in self._values:
            return Taken(self._values)
        if asked is None:
            return Taken(self._values, self._problem, self._text.replace("·", " "))
        return Taken(
            self._values, asked.problem or self._problem or problem_of(asked, self._language)
        )

    def _order(self) -> list[SlotType]:
        """What has a clear form comes first; then what was asked for; bare numbers last."""
        order: list[SlotType] = ["email", "pattern", "date", "time", "phone", "choice", "number"]
        if self._asked is not None and self._asked.type in ("pattern", "phone", "choice"):
            order.remove(self._asked.type)
            order.insert(0, self._asked.type)
        return order

    def _found(self, type: SlotType) -> Iterator[tuple[list[Slot], list[Span]]]:
        """Slots of a type, and what was found that they share."""
        slots = [slot for slot in self._task.ask if slot.type == type]
        if type in ("choice", "pattern"):
            for slot in slots:
                if type == "choice" or slot is self._asked or _is_distinct(slot):
                    yield [slot], (_options if type == "choice" else _matches)(slot, self._text)
        elif slots:
            asked = self._asked is not None and self._asked.type == type
            yield slots, self._spans(type, asked)

    def _spans(self, type: SlotType, asked: bool) -> list[Span]:
        if type == "email":
            return [_span(found, found[0].rstrip(".")) for found in EMAIL.finditer(self._text)]
        if type == "phone":
            return list(_phones(self._text, asked))
        if type == "number":
            return list(_numbers(self._text, asked))
        if type == "time":
            return [
                Span(place.start, place.end, Value(f"{place.value:%H:%M}", f"{place.value:%H:%M}"))
                for place in calendar.times(self._text, asked)
            ]
        return [
            self._date(place)
            for place in calendar.dates(self._text, self._today, self._language, asked)
        ]

    def _date(self, place: calendar.Place) -> Span:
        if not isinstance(place.value, date):
            problem = text_of(self._language, "date_two_ways")
            said = plain(self._text[place.start : place.end])
            return Span(place.start, place.end, None, problem.replace("{text}", said))
        shown = calendar.shown_date(place.value, self._language)
        return Span(place.start, place.end, Value(place.value.isoformat(), shown, place.clock))

    def _assign(self, slots: list[Slot], spans: list[Span]) -> None:
        """Give the values found to `slots`, and take them out of the text."""
        before, spans = self._text, spans[:MANY]
        for span in spans:
            self._text = (
                self._text[: span.start] + "·" * (span.end - span.start) + self._text[span.end :]
            )
        spans = [span for span in spans if not INSTEAD.search(before[: span.start])] or spans
        spans = [span for span in spans if not _measured(slots, before, span)]
        named: dict[str, list[Span]] = {}
        for names in (_named_behind, _named_before):  # "4 people, for 2" is no 2 people
            free = [slot for slot in slots if slot.slot not in named]
            for span in spans:
                if slot := next((one for one in free if names(one, before, span)), None):
                    named.setdefault(slot.slot, []).append(span)
            told = {span for found in named.values() for span in found}
            spans = [span for span in spans if span not in told]
        for slot in slots:
            self._settle(slot, named.get(slot.slot, []))
        self._share(slots, spans)

    def _share(self, slots: list[Slot], spans: list[Span]) -> None:
        """Values that name no slot go to those that have none yet, in the order of the questions."""
        if not spans:
            return
        asked = self._asked
        open_ = [
            one for one in slots if one.slot not in self._values and one.slot not in self._known
        ]
        if asked is not None and asked in slots and asked.slot not in self._values:
            open_ = [asked, *(one for one in open_ if one is not asked)]
        elif not open_ and self._changing and len(slots) == 1:
            open_ = [one for one in slots if one.slot not in self._values]
        if not open_:
            return
        if len(slots) == 1 or len(spans) == 1:
            self._settle(open_[0], spans)
        elif len(spans) <= len(open_) and slots[0].type != "number":
            for slot, span in zip(open_, spans, strict=False):
                self._settle(slot, [span])
        elif open_[0] is asked:
            self._settle(asked, spans)

    def _settle(self, slot: Slot, spans: list[Span]) -> None:
        if not spans:
            return
        known = self._known.get(slot.slot)
        values = list(dict.fromkeys(span.value for span in spans if span.value is not None))
        if len(values) > 1 and known in values:  # "not 3, 4": the old one is told as well
            values.remove(known)
        if len(values) > 1:
            self._problem = self._problem or text_of(self._language, "several")
            return
        if not values:
            self._problem = self._problem or spans[0].problem
            return
        if not _in_range(slot, values[0]):
            if slot is self._asked or slot.slot in self._known:
                self._problem = problem_of(slot, self._language)
            return
        self._values[slot.slot] = values[0]

    def _take_text(self, slot: Slot, text: str) -> None:
        said = UNSEEN.sub("", text).strip()
        low, high = int(slot.min or 1), int(slot.max or TEXT)
        if low <= len(said) <= high and said.strip("·") and len(text) <= MOST:
            self._values[slot.slot] = Value(said, plain(said) or "…")

    def _take_yes_no(self, slot: Slot, text: str) -> None:
        for answer, name in ((True, "yes"), (False, "no")):
            if says(name, text):
                self._values[slot.slot] = Value(answer, text_of(self._language, name))

    def _take_named_texts(self, text: str) -> None:
        """ "No, the name is Smith": a text that is corrected by its name."""
        for slot in self._task.ask:
            if slot.type != "text":
                continue
            for label in labels(slot):
                found = regex.search(rf"(?<!\w){regex.escape(label)}(?!\w)", text, FLAGS)
                if found and (link := LINK.match(text, found.end())):
                    self._take_text(slot, text[link.end() :].strip(" .\"'"))


def labels(slot: Slot) -> tuple[str, ...]:
    """What people may call a slot."""
    return (slot.slot.replace("_", " "), *slot.words)


def named_in(task: Task, text: str) -> list[Slot]:
    """The slots whose names are in `text`."""
    return [
        slot
        for slot in task.ask
        if any(
            regex.search(rf"(?<!\w){regex.escape(one)}(?!\w)", text, FLAGS) for one in labels(slot)
        )
    ]


def meant(options: tuple[str, ...], text: str) -> int | None:
    """Which of `options` a short answer means: by its place, its number, or nearly its words."""
    said = " ".join(visible(text).casefold().split()).strip(" .,!;:\"'")
    if not said or len(said) > 100:
        return None
    folded = [" ".join(visible(option).casefold().split()) for option in options]
    if said in folded:
        return folded.index(said)
    begun = [
        place for place, option in enumerate(folded) if len(said) > 1 and option.startswith(said)
    ]
    if len(begun) == 1:
        return begun[0]
    number = regex.fullmatch(r"(?:option |nr\.? |no\.? |#)?(\d)[.)]?", said)
    if number and 1 <= int(number[1]) <= len(options):
        return int(number[1]) - 1
    for place, pattern in enumerate(PLACES):
        if pattern.fullmatch(said):
            place = len(options) - 1 if place == 3 else place
            return place if place < len(options) else None
    near = sorted(
        (
            (difflib.SequenceMatcher(None, said, one).ratio(), place)
            for place, one in enumerate(folded)
        ),
        reverse=True,
    )
    clear = len(near) < 2 or near[0][0] - near[1][0] > 0.1
    return near[0][1] if near[0][0] >= ALIKE and clear else None


def problem_of(slot: Slot, language: str) -> str:
    """What is said where a slot gets no value."""
    if slot.problem:
        return slot.problem
    low, high = slot.min is not None, slot.max is not None
    kind = {(False, False): "", (True, False): "_min", (False, True): "_max", (True, True): "_both"}
    name = f"number{kind[low, high]}" if slot.type == "number" else slot.type
    values = {"min": f"{slot.min or 0:g}", "max": f"{slot.max or 0:g}"}
    between = text_of(language, "and")
    return text_of(language, name).format(**values, options=between.join(map(plain, slot.options)))


def _measured(slots: list[Slot], text: str, span: Span) -> bool:
    """Whether a number is one of hours, floors and the like, and of no slot that is called so."""
    if slots[0].type != "number" or not MEASURE.match(text, span.end):
        return False
    return not any(_named_behind(slot, text, span) for slot in slots)


def _named_behind(slot: Slot, text: str, span: Span) -> bool:
    """Whether the words behind a value name the slot."""
    behind = text[span.end : span.end + 60]
    named = (rf"\s*{regex.escape(label)}(?!\w)" for label in labels(slot))
    return any(regex.match(one, behind, FLAGS) for one in named)


def _named_before(slot: Slot, text: str, span: Span) -> bool:
    """Whether the words before a value name the slot."""
    before = text[max(0, span.start - 60) : span.start]
    named = (rf"(?<!\w){regex.escape(label)}{LINKED}$" for label in labels(slot))
    return any(regex.search(one, before, FLAGS) for one in named)


def _in_range(slot: Slot, value: Value) -> bool:
    if slot.type != "number" or isinstance(value.data, str):
        return True
    low, high = slot.min, slot.max
    return (low is None or value.data >= low) and (high is None or value.data <= high)


def _span(found: regex.Match[str], data: str) -> Span:
    return Span(found.start(), found.start() + len(found[0]), Value(data, plain(data)))


def _phones(text: str, asked: bool) -> Iterator[Span]:
    for found in PHONE.finditer(text):
        digits = sum(sign.isdecimal() for sign in found[0])
        if not (5 if asked else 7) <= digits <= 15:
            continue
        if asked or found[0].startswith(("+", "(", "0")) or not found[0].isdecimal():
            yield _span(found, " ".join(found[0].split()))


def _numbers(text: str, asked: bool) -> Iterator[Span]:
    for found in NUMBER.finditer(text):
        word = found[0].lower()
        if word in NUMERALS:
            if asked or word not in ARTICLES:
                number: float = NUMERALS[word]
                yield Span(found.start(), found.end(), Value(int(number), str(number)))
            continue
        digits = (
            regex.sub(r"[.,\u00a0' ]", "", word)
            if THOUSANDS.fullmatch(word)
            else word.replace(",", ".")
        )
        number = float(digits)
        data = int(number) if number.is_integer() else number
        yield Span(found.start(), found.end(), Value(data, f"{data}"))


def _option(option: str) -> Value:
    return Value(option, plain(option))


def _options(slot: Slot, text: str) -> list[Span]:
    """Options that stand in a text as words."""
    found: list[Span] = []
    for option in slot.options:
        words = r"[\s-]+".join(regex.escape(word) for word in visible(option).split())
        edges = ("", "") if UNSPACED.search(option) else (r"(?<!\w)", r"(?!\w)")
        spans = regex.finditer(f"{edges[0]}{words}{edges[1]}", text, FLAGS)
        found += [Span(one.start(), one.end(), _option(option)) for one in spans]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Span] = []
    for span in found:  # "quiet room" is not also "room"
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _matches(slot: Slot, text: str) -> list[Span]:
    """Where the owner's pattern matches whole words; none where that takes too long."""
    try:
        pattern = regex.compile(rf"(?<!\w)(?:{slot.pattern})(?!\w)")
        found = [one for one in pattern.finditer(text, timeout=PATIENCE) if one[0].strip()]
    except TimeoutError:
        log.warning("The pattern of slot %s took too long and was left out once.", slot.slot)
        return []
    return [_span(one, one[0].strip()) for one in found]


def _is_distinct(slot: Slot) -> bool:
    """Whether a pattern matches no plain words: only such a one is looked for before it is asked for."""
    words = ("word", "two words", "A", "Hello there", "3")
    try:
        return not any(regex.fullmatch(slot.pattern, one, timeout=PATIENCE) for one in words)
    except TimeoutError:
        return False
