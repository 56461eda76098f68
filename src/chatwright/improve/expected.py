"""What a test case asks of an answer, read from a correction: the facts that make the right reply right.

A draft for the reviewer, who sees it and may change it. Facts are those of `answer/facts.py`, each with the
spellings that count as the same. It knows nothing of the world: which facts matter, it takes from the
difference between the right reply and the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatwright.answer.facts import MONTHS, NUMBERS, Fact, facts
from chatwright.knowledge.words import kin, terms

MOST = 6  # groups, and as many things that must not be said
WORDS = 2  # of the reply, where it has no fact
SHORTEST = 4  # letters of a word that tells
UNIT = re.compile(r"[\s-]{1,2}([^\W\d_]+|%)")
BEFORE = re.compile(r"([^\W\d_]+)\s+$")


@dataclass(frozen=True, slots=True)
class Expected:
    """As a case has it: one of each group of `must` has to be there, nothing of `must_not` may."""

    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]


def expected(
    right: str, wrong: str, question: str, languages: tuple[str, ...] = ("en",)
) -> Expected:
    """What tells `right` from `wrong`. Facts that the question names already say nothing, unless there are no
    others; of a reply without any fact the words that tell are asked for."""
    asked = _keys(facts(question, languages))
    good, bad = _distinct(right, languages), _distinct(wrong, languages)
    said = _keys(bad)
    heard = {*terms(wrong), *terms(question)}
    good = [fact for fact in good if fact.kind != "name" or not heard & set(terms(fact.text))]
    own = [fact for fact in good if not fact.keys & asked] or good
    new = [fact for fact in own if not fact.keys & said]
    chosen = new or [fact for fact in own if fact.kind != "name"]
    must = tuple(tuple(spellings(fact, right, languages)) for fact in chosen[:MOST])
    if not must:
        must = _words(right, wrong, question, languages)
    return Expected(must, _must_not(bad, good, right, wrong, question, languages))


def _must_not(
    bad: Sequence[Fact],
    good: Sequence[Fact],
    right: str,
    wrong: str,
    question: str,
    languages: tuple[str, ...],
) -> tuple[str, ...]:
    """What stands in the place of a right fact: of a kind that the right reply has too, where it has any."""
    known = _keys(good) | _keys(facts(question, languages))
    kinds = {fact.kind for fact in good} or {fact.kind for fact in bad if fact.kind != "name"}
    found = list[str]()
    for fact in bad:
        if fact.kind in kinds and not fact.keys & known:
            found += spellings(fact, wrong, languages)
    heard = f"{_flat(right)}\n{_flat(question)}"
    return tuple(dict.fromkeys(one for one in found if _flat(one) not in heard))[: 2 * MOST]


def _distinct(text: str, languages: tuple[str, ...]) -> list[Fact]:
    """In the order of the text, each fact once."""
    found: dict[frozenset[str], Fact] = {}
    for fact in facts(text, languages):
        found.setdefault(fact.keys, fact)
    low = text.lower()
    return sorted(found.values(), key=lambda fact: low.find(fact.text.lower()))


def _keys(found: Sequence[Fact]) -> set[str]:
    return {key for fact in found for key in fact.keys}


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def spellings(fact: Fact, text: str, languages: tuple[str, ...] = ("en",)) -> list[str]:
    """How `fact` of `text` may be written, what stands there first."""
    ways = {"time": _times, "amount": _amounts, "date": _dates, "code": _codes}.get(fact.kind)
    if fact.kind == "number":
        found = list(_numbers(fact, text, languages))
    else:
        found = [fact.text.strip(), *(ways(fact) if ways else ())]
    return list(dict.fromkeys(one for one in found if one))


def _times(fact: Fact) -> Iterator[str]:
    """8:30 pm, 8:30pm, 8:30 p.m, 8.30 pm, 20:30; where it is not said which half of the day, both."""
    for key in sorted(fact.keys):
        hour, minute = map(int, key.removeprefix("time ").split(":"))
        half, twelve = ("p" if hour >= 12 else "a"), hour % 12 or 12
        clock = f"{twelve}:{minute:02}" if minute else f"{twelve}"
        yield from (f"{clock} {half}m", f"{clock}{half}m", f"{clock} {half}.m", f"{clock}{half}.m")
        yield f"{twelve}.{minute:02} {half}m"
        yield f"{twelve}:{minute:02} {half}m"
        yield f"{hour}:{minute:02}"
        if hour == 12 and not minute:
            yield "noon"
        if hour == 0 and not minute:
            yield "midnight"


def _amounts(fact: Fact) -> Iterator[str]:
    value = fact.value or 0.0
    plain, exact = f"{value:g}", f"{value:.2f}"
    sign = next((char for char in fact.text if char in "$€£¥"), "")
    if sign:
        yield from (f"{sign}{exact}", f"{sign}{plain}", f"{exact} {sign}", f"{plain} {sign}")
    if 0 < value < 1:
        yield from (f"{value * 100:g} cent", f"{value * 100:g}¢", exact, exact.replace(".", ","))
    elif value != int(value):
        yield from (exact, exact.replace(".", ","))
    elif sign == "$" or "dollar" in fact.text:
        yield f"{plain} dollar"


def _dates(fact: Fact) -> Iterator[str]:
    month, day = next(iter(fact.keys)).removeprefix("date ").split("-")
    said = next((word for word in re.findall(r"[^\W\d_]+", fact.text) if word in MONTHS), "")
    name = said or next((word for word, number in MONTHS.items() if number == month), "")
    if name:
        yield from (f"{name} {day}", f"{day} {name}", f"{day}. {name}", f"{day} of {name}")
        end = {"1": "st", "2": "nd", "3": "rd"}.get(day[-1:], "th") if day[:1] != "1" else "th"
        yield f"{day}{'st' if day == '1' else end} of {name}"


def _codes(fact: Fact) -> Iterator[str]:
    parts = [part for part in re.split(r"[^a-z0-9]+", fact.text) if part]
    yield from ("".join(parts), " ".join(parts), "-".join(parts))


def _numbers(fact: Fact, text: str, languages: tuple[str, ...]) -> Iterator[str]:
    """With what is counted: "3" alone stands in 13 and in 8:30."""
    low, value = text.lower(), fact.value or 0.0
    at = re.search(rf"(?<!\w){re.escape(fact.text)}(?!\w)", low)
    after = UNIT.match(low, at.end()) if at else None
    before = BEFORE.search(low[: at.start()]) if at else None
    ways = [fact.text, f"{value:g}"]
    ways += [f"{value:,.0f}"] if value >= 1000 and value == int(value) else []
    for language in languages:
        table = NUMBERS.get(language[:2], {})
        ways += [word for word, number in table.items() if number == value]
    for way in ways:
        if after is not None:
            counted = kin(after[1]) if len(after[1]) >= SHORTEST else after[1]
            yield from (f"{way} {counted}", f"{way}-{counted}")
        elif before is not None:
            yield f"{before[1]} {way}"
        elif len(way) >= 3:
            yield way
    if after is None and before is None:
        yield fact.text


def _words(
    right: str, wrong: str, question: str, languages: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """The longest words that the right reply alone has, else its longest ones."""
    heard = {kin(term, languages) for term in (*terms(wrong), *terms(question))}
    told = [term for term in dict.fromkeys(terms(right)) if len(term) >= SHORTEST]
    new = [term for term in told if kin(term, languages) not in heard] or told
    long = [term for term in new if len(term) > SHORTEST]
    chosen = sorted(long, key=lambda term: -len(term))[:WORDS] or new[:1] or terms(right)[:1]
    groups = []
    for term in sorted(chosen, key=lambda term: right.lower().find(term)):
        # A case looks for parts of words: the root finds all of its relatives.
        root = kin(term, languages)
        groups.append((term, root) if root != term and term.startswith(root) else (term,))
    return tuple(groups)
