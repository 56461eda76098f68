"""Replies that repeat something from their conversation, with values that no training row contains.

From conversations whose values are marked (SGD): each marked value is replaced by an invented one of
its kind, the same wherever it stands in the conversation; an item is a marked value of a reply that
stood earlier in the conversation. Generates and replaces; measures nothing.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatwright.core.types import Conversation, Message

MONTHS = "January February April May June July August September October November December"
ONSETS = "b br c ch cl d dr f fl g gl gr h j k l m n p pl pr qu r s sk sl st str t th tr v w z"
VOWELS = "a e i o u ae ai ea ee ia ie io oa ou"
CODAS = "b ck d ff g ll lm m n nd ng nk p r rd rk rn s sh st t th v x z"
LETTERS = re.compile(r"(?<!['\u2019])[^\W\d_]+")
DATE = re.compile(r"(^|_)date$")


@dataclass(frozen=True, slots=True)
class Item:
    """After `before` and the reply's words so far, `value` must come."""

    before: Conversation
    words: str
    value: str
    slot: str


class Inventor:
    """Makes values of which the text `known` contains none."""

    def __init__(self, known: str) -> None:
        self._known = known.casefold()
        self._words = set(re.findall(r"\w+", self._known))
        self._rng = random.Random()
        self._syllable = [letters.split() for letters in (ONSETS, VOWELS, CODAS)]

    def begin(self, seed: object) -> None:
        """From here on the values depend on `seed` alone."""
        self._rng.seed(repr(seed))

    def value(self, old: str, slot: str) -> str:
        """A new value of the kind that `old` is."""
        make = self._kind(old, slot)
        for attempt in range(200):
            new = make(old + "0" * (attempt // 40) if old[-1:].isdigit() else old)
            if new.casefold() not in self._known and new.casefold() != old.casefold():
                return new
        raise AssertionError(f"nothing new can be made from {old!r}")

    def _kind(self, old: str, slot: str) -> Callable[[str], str]:
        if DATE.search(slot):
            return self._date
        if slot.endswith("time") and slot != "transfer_time":
            return self._time
        if old.isdigit() or (old.islower() and slot in COUNTS):
            return self._number
        return self._like

    def _date(self, _old: str) -> str:
        day = self._rng.randint(1, 28)
        end = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(day, "th")
        return f"{self._rng.choice(MONTHS.split())} {day}{end}"

    def _time(self, _old: str) -> str:
        minute = self._rng.choice([m for m in range(1, 60) if m % 5])
        return f"{self._rng.randint(1, 12)}:{minute:02d} {self._rng.choice(['am', 'pm'])}"

    def _number(self, _old: str) -> str:
        while (number := str(self._rng.randint(11, 9999))) in self._words:
            pass
        return number

    def _like(self, old: str) -> str:
        """Each word by an invented one, each digit by another; case and signs stay."""
        text = LETTERS.sub(lambda match: self._word(match[0]), old)
        return re.sub(r"\d", lambda _: str(self._rng.randint(0, 9)), text)

    def _word(self, old: str) -> str:
        new = ""
        while len(new) < max(4, min(len(old), 9) - 2) or new in self._words:
            new += "".join(map(self._rng.choice, self._syllable))
        return new.upper() if old.isupper() else new.capitalize() if old[0].isupper() else new


COUNTS = frozenset({"number_of_days", "stay_length", "transfer_time", "number_of_seats"})


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def items(path: Path, inventor: Inventor, count: int, seed: int = 0) -> list[Item]:
    """`count` items from the marked conversations in `path`, at most two of each conversation."""
    found: list[Item] = []
    everything = list(rows(path))
    random.Random(seed).shuffle(everything)
    for row in everything:
        inventor.begin((seed, row["id"]))
        here = list(_items(renamed(row, inventor)))
        found += random.Random(repr((seed, row["id"]))).sample(here, min(2, len(here)))
        if len(found) >= count:
            break
    return found[:count]


Marked = list[tuple[str, str, list[tuple[int, int, str]]]]  # role, text, (start, end, slot)


def renamed(row: dict[str, Any], inventor: Inventor) -> Marked:
    """The conversation with every marked value replaced, also where it stands unmarked."""
    new: dict[str, str] = {}
    for message in row["messages"]:
        for start, end, slot in message["entities"]:
            old = message["content"][start:end]
            if old.casefold() not in new:
                new[old.casefold()] = inventor.value(old, slot)
    long = [re.escape(old) for old in sorted(new, key=len, reverse=True) if len(old) > 3]
    unmarked = re.compile(rf"\b(?:{'|'.join(long)})\b", re.I) if long else None

    def plain(text: str) -> str:
        return unmarked.sub(lambda m: new[m[0].casefold()], text) if unmarked else text

    made: Marked = []
    for message in row["messages"]:
        text, at, spans, old = "", 0, [], message["content"]
        for start, end, slot in sorted(message["entities"]):
            if start < at:
                continue  # one within another
            text += plain(old[at:start])
            value = new[old[start:end].casefold()]
            spans.append((len(text), len(text) + len(value), slot))
            text, at = text + value, end
        made.append((message["role"], text + plain(old[at:]), spans))
    return made


def _items(marked: Marked) -> Iterator[Item]:
    for index, (role, text, spans) in enumerate(marked):
        if role != "assistant" or not index:
            continue
        before = tuple(Message(role, said) for role, said, _ in marked[:index])
        earlier = "\n".join(message.content for message in before)
        for start, end, slot in spans:
            if start and text[start:end] in earlier:
                yield Item(Conversation(before), text[:start], text[start:end], slot)


def right(item: Item, written: str) -> bool:
    """Whether what was written begins with the value, and the value ends there."""
    written = written.lstrip()
    after = written[len(item.value) : len(item.value) + 1]
    return written.startswith(item.value) and not after.isalnum()
