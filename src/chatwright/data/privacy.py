"""Typed placeholders: what the model sees instead of a person's own words, and the way back.

    Redactor(settings, public).conversation(c)   before training: "<EMAIL_1>" for an address
    Redactor(...).session()                      while serving: .hide(c), .show(reply), .stream()

Both are the same code, so that the model meets in serving what it saw in training. A value has one
placeholder in a conversation, numbered by first appearance; values that differ in a letter have two,
so that the way back is exact. This is no anonymisation: rules overlook things, and what is left of a
conversation may still point to somebody.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from chatwright.core.placeholders import PLACEHOLDER, TYPES
from chatwright.core.types import Conversation, Message
from chatwright.data import names, privacy_dates, privacy_numbers, privacy_places
from chatwright.data import privacy_rules as rules
from chatwright.data.presidio import Presidio
from chatwright.data.privacy_rules import ORDER, Rule, Span
from chatwright.spec.spec import Privacy

Detector = Callable[[str], Iterable[Span]]

# The model wrote a placeholder that stands for nothing. Leaving it out would make "due on ." look
# finished, a word would be of the wrong language; dots say in all of them that something is missing.
MISSING = "…"
SEPARATOR = "\n\u0000\n"  # between messages that are searched together; no rule reaches over it
PADDING = "\n" * 16  # so that looking a few characters back or on never leaves the text
RANK = {name: place for place, name in enumerate(ORDER)}
# Everyday words that are names as well: where they are one, only an introduction says so.
EVERYDAY = names.TABLES.words("EVERYDAY")
RULES: tuple[Rule, ...] = (
    *(*rules.MAIL, *rules.WEB, *rules.PRIVATE_KEY, *rules.ACCOUNTS),
    *(*privacy_places.ADDRESSES, *privacy_places.TITLES),
    *(*privacy_dates.DATES, *privacy_dates.TIMES, *privacy_dates.AMOUNTS),
    *(*privacy_numbers.CODES, *privacy_numbers.PHONES),
)
ANYWHERE = tuple(rule for rule in RULES if rule.gate or rule.words)
SCARCE = "@[(/\"K-'C:"  # one of them stands in a sign of several characters: looked for first
SIGNS: dict[str, list[tuple[str, Rule]]] = {}
for _rule in ANYWHERE:
    for _sign in _rule.gate:
        _char = next((char for char in SCARCE if char in _sign), _sign[0])
        SIGNS.setdefault(_char, []).append((_sign, _rule))
WORDS: dict[str, list[Rule]] = {}
for _rule in ANYWHERE:
    for _word in _rule.words:
        WORDS.setdefault(_word, []).append(_rule)
TOLD = frozenset(WORDS)
AT_DIGITS = tuple(rule for rule in RULES if rule.runs)
RUN = re.compile(r"[0-9]+")
# Before digits that are in the middle of something; after them: not 5pm, 3rd, 10h, 4th.
JOINED = privacy_numbers.OF_A_CODE | frozenset("#№+=.")
GOES_ON = privacy_numbers.OF_A_CODE - frozenset("apshrtn")  # after them; not 5pm, 3rd, 10h, 4th
SPACED = frozenset(f" {digit}" for digit in "0123456789")


def find(texts: Sequence[str], detect: Detector | None = names.detect) -> list[list[Span]]:
    """The values in each of `texts`, in order, none overlapping another."""
    found: list[list[Span]] = [[] for _ in texts]
    starts, at = [], len(PADDING)
    for text in texts:
        starts.append(at)
        at += len(text) + len(SEPARATOR)
    joined = rules.narrow(PADDING + SEPARATOR.join(texts) + PADDING)
    for start, end, type in _search(joined, detect):
        if type == "DATE":
            start, end = privacy_dates.whole(joined, start, end)
        index = bisect_right(starts, start) - 1
        start, end = max(0, start - starts[index]), min(end - starts[index], len(texts[index]))
        if start < end:
            found[index].append(Span(start, end, type))
    return [resolve(spans) if spans else spans for spans in found]


def _search(text: str, detect: Detector | None) -> Iterator[Span]:
    if "<" in text:
        yield from (Span(*match.span(), "LITERAL") for match in PLACEHOLDER.finditer(text))
    hinted = [rule for char in SIGNS if char in text for sign, rule in SIGNS[char] if sign in text]
    for rule in dict.fromkeys(hinted) if hinted else ():
        yield from rule.find(text)
    for word in TOLD.intersection(text.split()):
        for rule in WORDS[word]:
            if rule not in hinted:
                yield from rule.near(text, word)
    yield from _at_digits(text)
    if detect is not None:
        yield from detect(text)


def _at_digits(text: str) -> Iterator[Span]:
    """Each run of digits is tried by the rules that its length and neighbours leave: a handful."""
    code_end = word_end = 0
    for run in RUN.finditer(text):
        start, end = run.span()
        before, after = text[start - 1], text[end]
        likely = _behind(text[start - 5 : start]) & _ahead(
            min(end - start, 39), text[end : end + 4]
        )
        for rule in _chosen(likely) if likely else ():
            if span := rule.at(text, start):
                yield span
        long, joined = end - start > 2, before in JOINED
        if start >= code_end and (
            long or joined or after in GOES_ON or text[end : end + 2] in SPACED
        ):
            span, code_end = privacy_numbers.number(text, start, end)
            if span:
                yield span
        if start >= word_end and (joined or end - start > 7 or after in GOES_ON):
            first, word_end = rules.word_around(text, start)
            if word_end - first >= rules.LONG_WORD:
                for rule in rules.KEYS:
                    yield from rule.within(text, first, word_end)


# Which rules may match is remembered by the few characters before and after a run, as bits of a number.
@lru_cache(maxsize=20_000)
def _behind(five: str) -> int:
    return sum(1 << bit for bit, rule in enumerate(AT_DIGITS) if rule.lead.search(five))


@lru_cache(maxsize=50_000)
def _ahead(length: int, four: str) -> int:
    return sum(
        1 << bit
        for bit, rule in enumerate(AT_DIGITS)
        if length in rule.runs and rule.then.match(four)
    )


@lru_cache(maxsize=20_000)
def _chosen(bits: int) -> tuple[Rule, ...]:
    return tuple(rule for bit, rule in enumerate(AT_DIGITS) if bits >> bit & 1)


def resolve(spans: Iterable[Span]) -> list[Span]:
    """Of spans that overlap, the one of the stronger type, then the longer, then the first."""
    ordered = sorted(spans)
    if len(ordered) == 1:
        return ordered if ordered[0].type != "PLAIN" else []
    if all(one.end <= two.start for one, two in pairwise(ordered)):
        return [span for span in ordered if span.type != "PLAIN"]
    kept: list[Span] = []
    for span in sorted(ordered, key=lambda s: (RANK[s.type], s.start - s.end, s.start)):
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    return sorted(span for span in kept if span.type != "PLAIN")


# --- what is public ------------------------------------------------------------------------------

CAPITALS = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w'’-]*(?: (?:(?:of|the|and|a|in|on|for|to|de|du|des|la|le|les|del|los|der|die|das|den|und|von|y|et) ){0,2}"
    r"[A-ZÀ-ÖØ-Þ][\w'’-]*){0,7}"
)
BARE = {"PHONE", "IBAN", "CARD", "ID", "NUMBER"}
LINE = 80  # characters of a line that counts as a string of its own: a heading, an item of a list


def normalised(value: str, type: str = "") -> str:
    """What public values are compared by: case and spacing aside, and separators in numbers."""
    text = unicodedata.normalize("NFKC", value).casefold()
    if type in BARE:
        return "".join(char for char in text if char.isalnum()).lstrip("0")
    return "".join(text.split()).rstrip(".")


def public_facts(texts: Iterable[str]) -> frozenset[str]:
    """What the owner says in public (spec, knowledge): values, names of things, headings; normalised."""
    facts: set[str] = set()
    for text in texts:
        facts.update(normalised(text[s.start : s.end], s.type) for s in find([text])[0])
        facts.update(normalised(line) for line in text.splitlines() if 0 < len(line) <= LINE)
        for run in CAPITALS.finditer(text):
            facts.update(_names_of_things(run, text))
    return frozenset(facts - {""})


def _names_of_things(run: re.Match[str], text: str) -> Iterator[str]:
    """Words with capitals in a row, and parts of the row; a single one only within a sentence."""
    words = run[0].split(" ")
    if len(words) == 1:
        if re.search(r"[a-zß-ÿ,] $", text[max(0, run.start() - 2) : run.start()]):
            yield normalised(words[0])
        return
    for start in range(len(words) - 1):
        for end in range(start + 2, len(words) + 1):
            yield normalised(" ".join(words[start:end]))


# --- there and back ------------------------------------------------------------------------------


class Redactor:
    """Puts placeholders for values, as `[privacy]` says; `public` values stay. Raises `DataError`
    when the detector of names cannot work."""

    def __init__(
        self,
        settings: Privacy,
        public: frozenset[str] = frozenset(),
        detect: Detector | None = None,
        language: str = "en",
    ) -> None:
        chosen = settings.placeholders
        self.on = chosen is not False
        self._kept = frozenset(chosen) if isinstance(chosen, tuple) else frozenset()
        self._public = public
        self._detect = detect or _detector(settings, language) if self.on else None

    def session(self) -> Session:
        return Session(self)

    def conversation(self, conversation: Conversation) -> tuple[Conversation, Counter[str]]:
        """The conversation with placeholders, and how many values of each type were replaced."""
        session = self.session()
        return session.hide(conversation), session.counts

    def spans(self, texts: Sequence[str]) -> list[list[Span]]:
        """What is to be replaced in each text: not what is public, and no type that is kept."""
        found = find(texts, self._detect)
        if not self._public and not self._kept:
            return found
        return [
            [span for span in spans if self._replaced(span, text)]
            for text, spans in zip(texts, found, strict=True)
        ]

    def _replaced(self, span: Span, text: str) -> bool:
        if span.type == "LITERAL":
            return True
        if span.type in self._kept:
            return False
        value = text[span.start : span.end]
        return not self._public or normalised(value, span.type) not in self._public


def _detector(settings: Privacy, language: str) -> Detector | None:
    if settings.names == "presidio":
        return Presidio(language)
    return names.detect if settings.names == "rules" else None


class Session:
    """One conversation's values and their placeholders, kept as it grows."""

    def __init__(self, redactor: Redactor) -> None:
        self.counts: Counter[str] = Counter()
        self._redactor = redactor
        self._placeholders: dict[tuple[str, str], str] = {}
        self._values: dict[str, str] = {}
        self._numbers: Counter[str] = Counter()
        self._spoken: list[tuple[str, str]] = []  # names and titles: they come back without a cue

    def hide(self, conversation: Conversation) -> Conversation:
        """The conversation with placeholders; what `show` gives back for each message is the message."""
        if not self._redactor.on:
            return conversation
        texts = [message.content for message in conversation.messages]
        if conversation.rejected is not None:
            texts.append(conversation.rejected)
        found = self._redactor.spans(texts)
        hidden = [self._hide(text, spans) for text, spans in zip(texts, found, strict=True)]
        messages = tuple(
            message if message.content is text else Message(message.role, text, message.refused)
            for message, text in zip(conversation.messages, hidden, strict=False)
        )
        rejected = None if conversation.rejected is None else hidden[-1]
        return replace(conversation, messages=messages, rejected=rejected)

    def show(self, text: str) -> str:
        """The text with its values again; a placeholder without a value becomes `MISSING`."""
        if not self._redactor.on:
            return text
        return PLACEHOLDER.sub(lambda match: self._values.get(match[0], MISSING), text)

    def stream(self, *, quoted: bool = False) -> Restorer:
        """`quoted`: the reply is JSON, in whose strings the values must be spelled."""
        return Restorer(self._show_in_json if quoted else self.show)

    def _show_in_json(self, text: str) -> str:
        if not self._redactor.on:
            return text
        return PLACEHOLDER.sub(
            lambda match: json.dumps(self._values.get(match[0], MISSING), ensure_ascii=False)[1:-1],
            text,
        )

    def _hide(self, text: str, spans: list[Span]) -> str:
        if not spans and not self._spoken:
            return text
        self._learn(text, spans)
        if again := [
            span for known in self._spoken if known[1] in text for span in _again(text, *known)
        ]:
            spans = resolve([*spans, *again])
        pieces, at = [], 0
        for start, end, type in spans:
            pieces += [text[at:start], self._placeholder(text[start:end], type)]
            at = end
        return "".join([*pieces, text[at:]]) if spans else text

    def _learn(self, text: str, spans: list[Span]) -> None:
        for start, end, type in spans:
            known = (type, text[start:end])
            if type in {"NAME", "TITLE"} and known not in self._spoken and known[1] not in EVERYDAY:
                self._spoken.append(known)

    def _placeholder(self, value: str, type: str) -> str:
        if type == "LITERAL":  # the user wrote "<EMAIL_1>": a value like any other, of that type
            type = value[1 : value.index("_")]
        self.counts[type] += 1
        if (type, value) not in self._placeholders:
            self._numbers[type] += 1
            placeholder = f"<{type}_{self._numbers[type]}>"
            self._placeholders[type, value] = placeholder
            self._values[placeholder] = value
        return self._placeholders[type, value]


def _again(text: str, type: str, value: str) -> Iterator[Span]:
    """Where a name or title that is known comes back as a word of its own."""
    at = text.find(value) if len(value) > 1 else -1
    while at >= 0:
        end = at + len(value)
        around = text[at - 1 : at] + text[end : end + 1] if value.isascii() else ""
        if not any(char.isascii() and char.isalnum() for char in around):
            yield Span(at, end, type)
        at = text.find(value, end)


def _partial() -> re.Pattern[str]:
    """Matches what a placeholder may begin with, up to its last character but one."""
    starts = sorted({name[:length] for name in TYPES for length in range(len(name))})
    return re.compile(rf"<(?:{'|'.join(starts)}|(?:{'|'.join(TYPES)})(?:_(?:[1-9][0-9]{{0,4}})?)?)")


PARTIAL = _partial()


class Restorer:
    """Shows a reply as it comes; holds back only an end that may be the start of a placeholder.

    All results together are what `show` makes of the whole.
    """

    def __init__(self, show: Callable[[str], str]) -> None:
        self._show = show
        self._held = ""

    def push(self, text: str) -> str:
        text = self._held + text
        cut = text.rfind("<")
        keep = len(text) if cut < 0 or not PARTIAL.fullmatch(text, cut) else cut
        self._held = text[keep:]
        return self._show(text[:keep])

    def finish(self) -> str:
        """The reply ended: what was held back is text after all."""
        held, self._held = self._held, ""
        return held
