"""Names of persons by rules: introductions, salutations and titles in six languages, and given names.

Compact and careful, not complete: a name in the middle of a sentence is found when its given name is
on the list and is no everyday word, month or town. `presidio` has the detector for those who need more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatwright.data.privacy_rules import RuleTables, Span

TABLES = RuleTables("names")

GIVEN, NOT_NAMES, TITLES, THIN_TITLES = TABLES.vocabularies("GIVEN NOT_NAMES TITLES THIN_TITLES")
# In small letters, with the space before: what a name follows. After the weak ones a noun may come as
# well ("Ich bin Lehrer"), so there the list of given names decides, or a family name in English.
CUES: dict[str, list[tuple[str, str]]] = {}  # last word -> (all words, how much they say)
for _strength in ("strong", "english", "own", "weak", "greeting"):
    for _words in TABLES.phrases(_strength.upper()):
        CUES.setdefault(_words.rpartition(" ")[2], []).append((f" {_words}", _strength))
WITH_COLON = frozenset({" name", " nom", " nombre", " signed"})  # these alone need one
LAST_WORDS = frozenset(
    shape + end
    for cue in (*CUES, *TITLES)
    for shape in (cue, cue.capitalize())
    for end in ("", ",", ":", ".")
)
TITLE_WORDS = frozenset(title.capitalize() for title in TITLES)
GREETED, SIGNED, SIGNED_END, LOWER = TABLES.patterns("GREETED SIGNED SIGNED_END LOWER")
CONTACT, APPOSED, TWO_WORDS, LOWER_TITLED = TABLES.patterns(
    "CONTACT APPOSED TWO_WORDS LOWER_TITLED"
)
LOWER_SIGNS = TABLES.phrases("LOWER_SIGNS")
LOWER_TITLES = ("mme ", "mlle ", "mrs ", "mr ", "mr. ")
TITLE_GAP, NAME, CAPITAL = TABLES.patterns("TITLE_GAP NAME CAPITAL")
TITLED_AGAIN, OPENERS = TABLES.vocabularies("TITLED_AGAIN OPENERS")
AFTER_GIVEN, PLACE_AFTER, PLACE_BEFORE = TABLES.patterns("AFTER_GIVEN PLACE_AFTER PLACE_BEFORE")
JAPANESE = TABLES.pattern("JAPANESE")
NOT_JAPANESE = TABLES.words("NOT_JAPANESE")


def detect(text: str) -> Iterator[Span]:
    """Persons in `text`: given and family name together, without Mr or さん.

    `text` begins and ends with a few empty lines, as `privacy.find` gives it.
    """
    yield from _capitals(text)
    if "@" in text:
        yield from (Span(*found.span("v"), "NAME") for found in CONTACT.finditer(text))
    for sign in LOWER_SIGNS:
        at = text.find(sign)
        while at >= 0:
            match = LOWER.search(text, at - 12, at + 40)
            if match and match["v"].capitalize() in GIVEN:
                yield Span(*match.span("v"), "NAME")
            at = text.find(sign, at + 1)
    if any(sign in text for sign in LOWER_TITLES):
        yield from (Span(*found.span("v"), "NAME") for found in LOWER_TITLED.finditer(text))
    if not text.isascii():
        for match in JAPANESE.finditer(text):
            start, end = match.span(match.lastgroup or 0)
            if text[start:end].rstrip() not in NOT_JAPANESE:
                yield Span(start, end, "NAME")


def _capitals(text: str) -> Iterator[Span]:
    """Each word with a capital: the list knows it, or the words before it say what it is."""
    done = 0
    for match in CAPITAL.finditer(text):
        start, end = match.span()
        word, before, span = match[0], text[start - 1], None
        if start < done or word in OPENERS:
            continue
        if before == " ":
            last = text[text.rfind(" ", start - 14, start - 1) + 1 : start - 1]
            if "\n" in last:
                last = last.rpartition("\n")[2]
            if last in LAST_WORDS:
                span = _introduced(text, start, last.lower().rstrip(",.:"))
            if span is None and text[start - 2] == "," and APPOSED.search(text, start - 36, start):
                more = TWO_WORDS.match(text, start)
                span = Span(start, more.end(), "NAME") if more else None
        elif before.isalpha() and before.isascii():
            continue
        elif before == "\n":
            span = None if text[start - 2] == "\u0000" else _signed(text, start)
        if span is None and (word in GIVEN or word in TITLE_WORDS or "-" in word):
            span = _titled(text, match) if word in TITLE_WORDS else _given(text, start, end, word)
        if span:
            yield span
            done = span.end


def _introduced(text: str, start: int, last: str) -> Span | None:
    """After "my name is", "Herr", "Dear": `last` is the word before `start`."""
    strength = "strong" if last in TITLES and last not in THIN_TITLES else _cue(text, start, last)
    name = _name(text, start) if strength or last in TITLES else None
    if name is None:
        return None
    words = text[start : name.end].split(" ")
    if words[0] in GIVEN:
        return name
    if strength == "english":
        return name if len(words) > 1 else None
    if strength == "greeting":
        return name if GREETED.match(text, name.end) else None
    return name if strength in ("strong", "own") and words[0] not in TITLED_AGAIN else None


def _titled(text: str, word: re.Match[str]) -> Span | None:
    """Herr von Ahlen, Dr. Ana Ruiz: the title is `word`."""
    after = TITLE_GAP.match(text, word.end())
    name = _name(text, after.end()) if after else None
    if name is None or (
        word[0].lower() in THIN_TITLES and text[name.start : name.end].split(" ")[0] not in GIVEN
    ):
        return None
    return name


def _cue(text: str, start: int, last: str) -> str:
    """How much the words that end with `last` say: a name follows, or one may follow."""
    context = f" {text[max(0, start - 24) : start].lower()}".replace("\n", " ").rstrip(" ")
    colon = context.endswith(":")
    context = context.rstrip(":, ")
    for cue, strength in CUES.get(last, ()):
        if context.endswith(cue) and (colon or cue not in WITH_COLON):
            return strength
    return ""


def _signed(text: str, start: int) -> Span | None:
    """On the line below "Best regards,"."""
    if not SIGNED.search(text, max(0, start - 32), start):
        return None
    name = _name(text, start)
    return name if name and SIGNED_END.match(text, name.end) else None


def _name(text: str, start: int) -> Span | None:
    """The name that begins at `start`, cut before the first word that cannot belong to one."""
    match = NAME.match(text, start)
    if match is None:
        return None
    end = match.end()
    for word in re.finditer(r"\S+", match[0]):
        if word[0] in NOT_NAMES:
            end = start + word.start()
            break
    name = text[start:end].rstrip()
    return Span(start, start + len(name), "NAME") if name else None


def _given(text: str, start: int, end: int, word: str) -> Span | None:
    """A given name of the list, with the family name that follows; no street, saint or company."""
    if word.partition("-")[0] not in GIVEN or PLACE_BEFORE.search(text, max(0, start - 12), start):
        return None
    if more := AFTER_GIVEN.match(text, end):
        words = re.finditer(r"\S+", more[0])
        cut = next((w.start() for w in words if w[0] in NOT_NAMES), len(more[0]))
        tail = PLACE_AFTER.search(text, end, end + cut)
        if tail:
            return None
        end += len(more[0][:cut].rstrip())
    return None if PLACE_AFTER.match(text, end) else Span(start, end, "NAME")
