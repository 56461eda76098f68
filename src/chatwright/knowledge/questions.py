"""Questions and answers drafted from documents: a start where nobody has asked anything yet.

Rules find what a passage states (rows of tables, items with a value, sentences that define or give a price
or a time, headings) and ask for it in the passage's language. They are drafts: an owner reviews them
before anything is trained on them, and people ask otherwise. What they are good for as they are is to see
whether a search finds the passage that a question is about.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chatwright.data.tables import Tables
from chatwright.knowledge.evidence import plain
from chatwright.knowledge.passages import ITEM, Passage
from chatwright.knowledge.search import Search

TABLES = Tables(Path(__file__).with_suffix(".toml"))
VALUES = {name: re.compile(TABLES.whole(rule)) for name, rule in TABLES.all["VALUES"].items()}
MARKS = {name: frozenset(words.split()) for name, words in TABLES.all["MARKS"].items()}
VAGUE = {name: frozenset(words.split()) for name, words in TABLES.all["VAGUE"].items()}
FIRST = {name: frozenset(words.split()) for name, words in TABLES.all["FIRST"].items()}
ASKING = {name: frozenset(words.split()) for name, words in TABLES.all["ASKING"].items()}
TURNED = {
    name: dict(pair.split(" ") for pair in pairs.split("|"))
    for name, pairs in TABLES.all["TURNED"].items()
}
LANGUAGES = ("en", "de", "ja")
FACTS = {
    one: {kind: re.compile(TABLES.whole(rule)) for kind, rule in TABLES.all[one]["FACTS"].items()}
    for one in LANGUAGES
}
KANA = re.compile("[\u3041-\u30ff]")
SENTENCE = re.compile(
    r"(?<=[.!?])\s+(?=[\"'\u201e\u201c(]?[A-Z\u00c0-\u00de0-9])|(?<=[\u3002\uff01\uff1f])|\n"
)
LABEL = re.compile(r"(?P<subject>[^:\uff1a.]{1,60}?)\s*[:\uff1a]\s+(?P<value>\S.*)")
RULER = re.compile(r"[|\s:-]+")
DOING = re.compile(r"^\w+ing\b")
LONGEST = 300  # characters of an answer
CARELESS = 0.2  # of the questions are typed without capitals and question mark, as people do
MOST_ABOUT = 60  # characters of a subject


@dataclass(frozen=True, slots=True)
class Drafted:
    """What may be asked, what the passage says to it, and where it stands: `document` is the file's name."""

    question: str
    answer: str
    document: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Fact:
    """What a passage states: `kind` chooses the question (`questions.toml`), `head` is a table's column."""

    kind: str
    subject: str
    answer: str
    head: str = ""


Placed = tuple[str, Passage]  # the document's name, and one of its passages


def drafted(source: Search | Iterable[Placed], seed: int = 0, n: int = 200) -> list[Drafted]:
    """At most `n` drafts, spread over all passages; each question once. The same for the same seed.

    `source`: what a search covers and everybody may see, or passages with the names of their documents.
    """
    rng = random.Random(seed)
    placed = source.everything() if isinstance(source, Search) else source
    by_passage = [list(_of(name, passage, rng)) for name, passage in placed]
    rng.shuffle(by_passage)
    made: dict[str, Drafted] = {}
    ambiguous: set[str] = set()  # asked of several passages with other answers: no draft says which
    for found in by_passage:
        for one in found:
            key = one.question.casefold()
            if key in made and made[key].passage != one.passage:
                ambiguous.add(key)
            made.setdefault(key, one)
    turns = [[one for one in found if _stays(one, made, ambiguous)] for found in by_passage]
    return _spread(turns, n)


def _stays(one: Drafted, made: dict[str, Drafted], ambiguous: set[str]) -> bool:
    key = one.question.casefold()
    return key not in ambiguous and made[key] is one


def _spread(turns: list[list[Drafted]], n: int) -> list[Drafted]:
    """One of each passage, then another of each, until there are `n`."""
    chosen: list[Drafted] = []
    for depth in range(max(map(len, turns), default=0)):
        for found in turns:
            if depth < len(found) and len(chosen) < n:
                chosen.append(found[depth])
    return chosen


def _of(name: str, passage: Passage, rng: random.Random) -> Iterator[Drafted]:
    language = language_of(passage)
    above = passage.headings[-1] if passage.headings else ""
    found = list(dict.fromkeys(facts(passage, language)))
    rng.shuffle(found)
    for fact in found:
        question = _asked(fact, language, above if len(passage.headings) > 1 else "", rng)
        yield Drafted(question, fact.answer, name, passage)


def language_of(passage: Passage) -> str:
    """One of LANGUAGES, by small words and letters; English where nothing tells."""
    text = " ".join((*passage.headings, passage.text))
    if KANA.search(text):
        return "ja"
    words = text.casefold().split()
    counts = {one: sum(word in marks for word in words) for one, marks in MARKS.items()}
    return max(LANGUAGES[:2], key=lambda one: counts[one])


def facts(passage: Passage, language: str) -> Iterator[Fact]:
    """What the passage states, as far as the rules see it; tables and items first, its heading last."""
    lines = passage.text.split("\n")
    rows = [_cells(line) for line in lines if line.count("|") >= 2]
    yield from _rows(rows)
    prose: list[str] = []
    for line in lines:
        if line.count("|") >= 2:
            continue
        said = plain(line)
        labelled = LABEL.fullmatch(said) if ITEM.match(line) else None
        if labelled:
            yield from _labelled(labelled["subject"], labelled["value"], said)
        elif said:
            prose.append(said)
    for sentence in (one.strip() for line in prose for one in SENTENCE.split(line)):
        yield from _stated(sentence, language)
    if passage.headings and (answer := _beginning(passage.text)):
        yield _headed(passage.headings[-1], answer, language)


def _headed(heading: str, answer: str, language: str) -> Fact:
    words = heading.split()
    if words and words[0].casefold() in ASKING.get(language, ()):
        return Fact("asked", heading.rstrip("?"), answer)
    if language == "en" and any(word.islower() for word in words[1:]):  # no title, but words
        heading = heading[0].lower() + heading[1:]
    return Fact("doing" if DOING.match(heading) else "about", heading, answer)


def _rows(rows: list[list[str]]) -> Iterator[Fact]:
    if len(rows) < 2:
        return
    head, *body = [row for row in rows if not RULER.fullmatch("|".join(row))]
    for row in body:
        for title, value in zip(head[1:], row[1:], strict=False):
            if row[0] and value and len(row[0]) <= MOST_ABOUT:
                answer = f"{row[0]}: {value}" if len(head) == 2 else f"{row[0]}, {title}: {value}"
                kind = _kind(row[0], value)
                if len(head) > 2 or kind == "what":
                    kind = "cost_of" if kind == "cost" else "value"
                yield Fact(kind, row[0], answer, title)


def _labelled(subject: str, value: str, said: str) -> Iterator[Fact]:
    yield Fact(_kind(subject, value), subject, said[:LONGEST])


def _kind(subject: str, value: str) -> str:
    if VALUES["DAY"].search(subject):
        return "day"
    if VALUES["MONEY"].search(value):
        return "cost"
    return "when" if VALUES["CLOCK"].search(value) else "what"


def _stated(sentence: str, language: str) -> Iterator[Fact]:
    """The first kind of statement that the sentence is."""
    if len(sentence) > LONGEST:
        return
    for kind, rule in FACTS[language].items():
        if (found := rule.match(sentence)) and _telling(found["subject"], language):
            said = " ".join(filter(None, (found["subject"].strip(), found.groupdict().get("verb"))))
            yield Fact(kind, _within(said, language), sentence)
            return


def _telling(subject: str, language: str) -> bool:
    words = subject.casefold().split()
    if not words or len(words) > 10:
        return False
    article = len(words) > 1 and words[0] in FIRST.get(language, ())
    return article or words[0] not in VAGUE[language]


def _within(subject: str, language: str) -> str:
    """As somebody else says it in a question."""
    words = subject.split(" ")
    if words[0].lower() in FIRST.get(language, ()):
        words[0] = words[0].lower()
    turned = TURNED.get(language, {})
    return " ".join(turned.get(word, word) for word in words)


def _asked(fact: Fact, language: str, above: str, rng: random.Random) -> str:
    kind = fact.kind
    if kind == "day" and above:
        kind = "day_above"
    question: str = rng.choice(TABLES.all[language]["ASKED"][kind].split("|"))
    said = question.format(subject=fact.subject, above=above, head=fact.head)
    if (
        above
        and kind in ("cost", "cost_of", "when", "what", "value")
        and len(fact.subject.split()) < 3
    ):
        said = f"{said} ({above})" if above not in said else said
    if rng.random() < CARELESS:
        return said.rstrip("?").lower()
    return said[0].upper() + said[1:] if "?" in said else said


def _beginning(text: str) -> str:
    """The first sentences or items of a passage, without markup."""
    if text.count("|") > 3:
        return ""
    taken = ""
    for piece in SENTENCE.split(plain(text)):
        if taken and len(taken) + len(piece) > LONGEST:
            break
        taken = f"{taken} {piece.strip()}".strip() if not KANA.search(taken) else taken + piece
    return taken[:LONGEST]


def _cells(line: str) -> list[str]:
    return [plain(cell) for cell in line.strip().strip("|").split("|")]
