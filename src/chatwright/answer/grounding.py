"""Whether the facts of a draft stand in what it may rest on: the conversation, passages, the owner's words.

    Ground(texts).lacking(draft) -> the facts that stand nowhere

A small model writes the right sentence with the wrong number in it. What follows by arithmetic is let
through: a product of an amount and a number that were said (6 days at $0.25), a date so many days later.
It does not judge whether a fact is about the right thing: "until 6 pm" is grounded where 6 pm stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product

from chatwright.answer.facts import WORD, Fact, days_between, facts
from chatwright.knowledge.words import fold, terms

FEW = 40  # numbers that are multiplied and added; more of them would explain anything
YEAR = 2025  # a date without its year is counted on from one in a year of 365 days


class Ground:
    """What a draft may rest on. A name is also grounded where it stands in small letters."""

    def __init__(self, texts: Iterable[str], languages: tuple[str, ...] = ("en",)) -> None:
        self._languages = languages
        self._keys: set[str] = set()
        self._words: set[str] = set()
        self._numbers: set[float] = set()
        self._amounts: set[float] = set()
        self._dates: set[tuple[int, int]] = set()
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        self._words.update(terms(text))
        self._words.update(fold(word) for word in WORD.findall(text))
        self._keys |= days_between(text)
        for fact in facts(text, self._languages, names=False):
            self._keys |= fact.keys
            if fact.kind == "number" and fact.value is not None:
                self._numbers.add(fact.value)
            elif fact.kind == "amount" and fact.value is not None:
                self._amounts.add(fact.value)
            elif fact.kind == "date":
                self._dates.update(_month_day(key) for key in fact.keys)

    def lacking(self, draft: str) -> list[Fact]:
        """The facts of `draft` that stand nowhere and follow from nothing, in order."""
        return [fact for fact in facts(draft, self._languages) if not self._has(fact)]

    def _has(self, fact: Fact) -> bool:
        if fact.keys & self._keys:
            return True
        if fact.kind == "name":
            said = fold(fact.text) in self._words
            return said or all(term in self._words for term in terms(fact.text))
        if fact.value is not None:
            other = "number" if fact.kind == "amount" else "amount"
            if f"{other} {fact.value:g}" in self._keys:  # "5 to 7 dollars"
                return True
            return self._follows(fact.value, fact.kind == "amount")
        if fact.kind == "date":
            return any(self._later(_month_day(key)) for key in fact.keys)
        if fact.kind == "code":
            return all(term in self._words for term in terms(fact.text))
        return False

    def _follows(self, value: float, money: bool) -> bool:
        numbers, amounts = sorted(self._numbers)[:FEW], sorted(self._amounts)[:FEW]
        if not money:
            return value * 7 in numbers  # three weeks are 21 days
        made = {round(n * a, 4) for n, a in product(numbers, amounts)}
        made |= {round(a + b, 4) for a, b in product(amounts, amounts)}
        return round(value, 4) in made

    def _later(self, day: tuple[int, int]) -> bool:
        for month, number in self._dates:
            first = date(YEAR, month, min(number, 28))
            first += timedelta(number - min(number, 28))
            for days in sorted(self._numbers)[:FEW]:
                if days == int(days) and 0 < days < 366:
                    for weeks in (1, 7):
                        after = first + timedelta(int(days) * weeks)
                        if (after.month, after.day) == day:
                            return True
        return False


def _month_day(key: str) -> tuple[int, int]:
    month, day = key.removeprefix("date ").split("-")
    return int(month), int(day)
