"""Personal values in replies: those that neither the conversation nor the owner has said are hidden.

Found by the rules that also make placeholders (`data.privacy`), types of a form only: names have none, and a
name alone is what half of all replies to a name hold. A model can only leak what it was trained on or shown, so
this is the last of several nets, and has the holes of its rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future

from chatwright.answer.guard_links import hosts_of
from chatwright.core.types import Mark
from chatwright.data.privacy import MISSING, find, normalised
from chatwright.data.privacy_places import TABLES

TYPES = ("EMAIL", "PHONE", "IBAN", "CARD", "ID", "ADDRESS", "KEY", "IP", "URL")
NUMBERS = frozenset({"PHONE", "IBAN", "CARD", "ID"})
OWN_DIGITS = 7  # of a telephone number: with or without the codes before them it is the same
# A value begins at a digit, at a sign of an address on the net, or at a word for a street.
STREET_ENDS = tuple(TABLES.words("STREET_ENDS"))
STREET_WORDS = frozenset(word.lower() for word in TABLES.words("SPANISH_WORDS")) | {
    "rua", "travessa", "alameda", "praça", "rodovia", "estrada",
}  # fmt: skip
SIGNS = re.compile(
    "[0-9０-９@＠+〒都道府県市区]|A[KS]IA|://|www\\.|-----|[(\\[{](?:at|ät|arrob|AT)"
)
WORDS = re.compile(r"\S+")
# What a word that is being written may be part of; and, before a bracket, of "jane (at) example".
TAIL = re.compile(r"[A-Za-z0-9À-ɏ.%+'’=/:@&?#~_()\[\]{}-]*\Z")
# After so many characters without a further sign a value has ended; at a sentence's end, sooner.
SETTLED = 48
# No value is longer, but for keys in blocks; and what is found to go on behind a cut is kept whole.
HELD = 240
BLOCK = "-----"
ENDED = re.compile(  # not behind an initial or an abbreviation
    r"(?<!\b[A-Za-z])(?<!\bst)(?<!\bno)(?<!\bapt)(?<!\bave)(?<!\bste)[.!?](?:\s+(?=\S)|\s*\n)|\n\s*\n|[。！？]",
    re.IGNORECASE,
)
PLAIN = re.compile(  # numbers as they stand in most sentences: no value begins with them
    r"(?<![\w.,:+/@-])[$€£]?\d{1,4}(?:[.,:]\d{1,2})?\s?(?:%|€|[ap]\.?m\b\.?|(?:o['’]clock|uhr|euros?|cents?|dollars?|"
    r"percent|days?|weeks?|months?|years?|hours?|minutes?|seconds?|items?|books?|pages?|people|persons?|copies|times|"
    r"tage?n?|wochen?|monate?n?|jahre?n?|stunden?|minuten?|prozent|jours?|semaines?|mois|ans?|heures?|días?|semanas?|"
    r"meses|años?|horas?|minutos?)\b)(?=[\s,.;!?)])",
    re.IGNORECASE,
)
LOOK = 160  # characters already sent that the rules may look back at
ABROAD = re.compile(r"https?://[^\s<>\"'`)\]]+|www\.[^\s<>\"'`)\]]+", re.IGNORECASE)


class Said:
    """Texts in which a value may be looked up: whatever stands in them is known to whoever reads the reply.

    `texts` are read when something is first looked up. Case, spaces and separators do not matter.
    """

    def __init__(self, texts: Callable[[], Iterable[str]]) -> None:
        self._texts = texts
        self._kinds: dict[bool, str] = {}
        self._whole: str | None = None
        self._hosts: frozenset[str] | None = None

    @property
    def whole(self) -> str:
        if self._whole is None:
            self._whole = "\n".join(self._texts())
        return self._whole

    def has(self, value: str, type: str) -> bool:
        bare = type in NUMBERS
        if bare not in self._kinds:
            self._kinds[bare] = normalised(self.whole, "NUMBER" if bare else "")
        wanted = normalised(value, type)
        if type == "PHONE" and len(wanted) > OWN_DIGITS:
            wanted = wanted[-OWN_DIGITS:]
        return wanted in self._kinds[bare]

    def hosts(self) -> frozenset[str]:
        """Of all addresses in the texts; found once, for thousands of documents take a while."""
        if self._hosts is None:
            found = (host for url in ABROAD.findall(self.whole) for host in hosts_of(url))
            self._hosts = frozenset(host for host in found if host)
        return self._hosts


class Public(Said):
    """What the owner says in public. Reading documents takes time: it is begun before it is asked for."""

    def __init__(self, texts: Future[list[str]] | Sequence[str]) -> None:
        super().__init__(texts.result if isinstance(texts, Future) else lambda: texts)


class Personal:
    """A `guard_stream.Stage` that shows "…" in the place of a value that nobody `said`."""

    def __init__(self, said: Sequence[Said], hidden: Collection[str] = TYPES) -> None:
        self.hit: Mark | None = None
        self._said = said
        self._hidden = frozenset(hidden)
        self._sent = ""
        self.kept = ""
        self.opens: frozenset[str] | None = STREET_WORDS
        self.ends = STREET_ENDS

    def push(self, text: str) -> str:
        text = self.kept + text
        if SIGNS.search(text) is None and not _street(text):  # most pieces
            at = _tail(text)
            self._sent, self.kept = (self._sent + text[:at])[-LOOK:], text[at:]
            return text[:at]
        return self._decide(text, self._open(text))

    def finish(self) -> str:
        return self._decide(self.kept, len(self.kept))

    @property
    def within(self) -> bool:
        return False

    def skip(self, text: str) -> None:
        self._sent = (self._sent + text)[-LOOK:]

    def _open(self, text: str) -> int:
        """Where the first value may begin that is not known to be over."""
        tail = _tail(text)
        plain = [found.span() for found in PLAIN.finditer(text)]
        first, last = None, 0
        for start, end in _signs(text):
            if any(before <= start < after for before, after in plain):
                continue
            between = text[last:start]
            if first is None or len(between) > SETTLED or ENDED.search(between):
                first = start
            last = end
        if first is None:
            return tail
        rest = text[last:]
        if len(rest) > SETTLED or ENDED.search(rest):
            return tail
        begin = min(tail, max(text.rfind(" ", 0, first), text.rfind("\n", 0, first)) + 1)
        if len(text) - begin > HELD and BLOCK not in text[begin:]:  # a list of numbers, say
            begin = min(tail, text.find(" ", len(text) - HELD) + 1)
        return begin

    def _decide(self, text: str, cut: int) -> str:
        """Send `text` up to `cut`, values hidden; one that goes on behind `cut` is not over."""
        if not cut:
            self.kept = text
            return ""
        before = len(self._sent)
        out, at = [], 0
        for start, end, type in find([self._sent + text], None)[0]:
            start, end = max(0, start - before), end - before
            if start >= cut or end <= 0 or type not in self._hidden:
                continue
            if end > cut:
                cut = start
                break
            if not any(said.has(text[start:end], type) for said in self._said):
                out += [text[at:start], MISSING]
                at = end
        out.append(text[at:cut])
        shown = "".join(out)
        self._sent, self.kept = (self._sent + shown)[-LOOK:], text[cut:]
        return shown


def _tail(text: str) -> int:
    """Where the word begins that is being written."""
    at = text.rfind(" ") + 1
    if text[at : at + 1] in "([{":  # also where nothing stands behind the space
        at = text.rfind(" ", 0, max(0, at - 1)) + 1
    return at + TAIL.search(text[at:]).start()  # type: ignore[union-attr]


def _street(text: str) -> bool:
    """Whether one of the words is for a street, which in some languages stands before the number."""
    words = text.lower().split()
    if not STREET_WORDS.isdisjoint(words):
        return True
    return any([word.endswith(STREET_ENDS) for word in words])  # noqa: C419 (half the time of a generator)


def _signs(text: str) -> Iterator[tuple[int, int]]:
    """What a value may begin with, in order."""
    found = [sign.span() for sign in SIGNS.finditer(text)]
    found += [word.span() for word in WORDS.finditer(text) if _street(word[0])]
    return iter(sorted(found))
