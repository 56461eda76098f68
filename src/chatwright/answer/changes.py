"""What corrections say has changed: one hard fact for another, and what it is a fact of.

    changes(corrected, replies)   "$0.25" -> "$0.40", where it is about late, fine, item

A correction shows a wrong reply and the right one. A fact of the wrong reply that the right one has another of
the same kind for is an old fact, and several corrections vote on which. What it is a fact of is read from
the words that question, wrong and right reply share, rare ones before common ones: "$3" may be the price of
many things. It decides nothing about training rows (`answer.mending` does), and understands no grammar.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chatwright.answer.facts import Kind, Placed, placed
from chatwright.answer.likeness import HARD
from chatwright.knowledge.words import kin, terms

AROUND = 4  # words to either side of a fact that tell what it is a fact of
ANCHORS = 6  # words at most that tell a change's subject
SUPPORT = 0.4  # of a correction's three texts that have such a word, on the average
SAME = 0.3  # of the words of two corrections of one value, from which on they are about one thing
SUBJECT = 0.3  # of the rare words of a wrong or right sentence that the other side has, else it is another's
SURE = 0.5  # of the words around a fact, from which on one correction alone tells which fact it replaces
NAMES = 0.65  # of the weight of the heaviest anchor: so heavy are names of the subject
NAMED = 0.4  # how far a word of the reply or of its questions must count to name the subject
BESIDE = 0.15  # more, where a name stands within a few words of the fact
LOOSE = 0.25  # less, where the old fact is an end of a range and this one is none
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
CLAUSE = re.compile(r"(?<=[,;:])\s+|\s*[()]\s*")
TO = re.compile(r"\s*(?:to|until|till|and|-|\u2013|bis|a|à)\s*", re.IGNORECASE)
NEXT = re.compile(r"\W{0,2}(\w+)")


@dataclass(frozen=True, slots=True)
class Corrected:
    """One correction, as it is compared here."""

    id: str
    question: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A hard fact where a text states it. `unit`: kin of the word that a number counts; `ends`: the keys of the
    other end of "10 am to 2 pm"; `clause` and `sentence`: the kins of the words around it."""

    kind: Kind
    keys: frozenset[str]
    value: float | None
    text: str
    start: int
    end: int
    unit: str
    ends: frozenset[str]
    clause: frozenset[str]
    sentence: frozenset[str]
    near: frozenset[str]

    def says(self, other: Stated) -> bool:
        """Whether it is the same fact."""
        return self.unit == other.unit and bool(self.keys & other.keys)

    def to_dict(self) -> dict[str, Any]:
        """Without the place and the words around it: these are somebody's."""
        return {
            "kind": self.kind,
            "keys": sorted(self.keys),
            "value": self.value,
            "text": self.text,
            "unit": self.unit,
            "ends": sorted(self.ends),
        }

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Stated:
        """What `to_dict` gave, placed nowhere."""
        keys, ends, none = frozenset(values["keys"]), frozenset(values["ends"]), frozenset[str]()
        kind, value, text, unit = (values[name] for name in ("kind", "value", "text", "unit"))
        return cls(kind, keys, value, text, 0, len(text), unit, ends, none, none, none)


@dataclass(frozen=True, slots=True)
class Change:
    """`old` is no longer true of what `anchors` (kin -> weight, summing to 1) are about; `new` is.

    `kept`: the keys of facts that the right replies state besides; `reviews` said so. `names`: the anchors that
    tell the subject from others, one of which must be said.
    """

    old: Stated
    new: Stated
    anchors: Mapping[str, float]
    kept: frozenset[str]
    reviews: tuple[str, ...]
    ends: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)

    def near(self, one: Stated, words: Mapping[str, float], *, named: bool = True) -> float:
        """How far a fact in a reply is about the same thing, 0 to 1. `words`: kins of the rest of the reply and
        of the questions that it answers, with how far each counts. `named`: 0 where none names the subject."""
        if named and not any(words.get(word, 0.0) >= NAMED for word in self.names):
            return 0.0
        found = BESIDE * bool(self.names & one.near)
        for word, weight in self.anchors.items():
            if word in one.clause:
                found += weight
            elif word in one.sentence:
                found += 0.8 * weight
            else:
                found += words.get(word, 0.0) * weight
        return min(1.0, found) - LOOSE * bool(self.ends and not one.ends)

    @property
    def subject(self) -> str:
        """The heaviest anchor."""
        return max(self.anchors, key=lambda word: (self.anchors[word], word), default="")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON: enough to mend by."""
        return {
            "old": self.old.to_dict(),
            "new": self.new.to_dict(),
            "anchors": dict(self.anchors),
            "kept": sorted(self.kept),
            "ends": sorted(self.ends),
            "names": sorted(self.names),
        }

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Change:
        """What `to_dict` gave."""
        return cls(
            Stated.of(values["old"]),
            Stated.of(values["new"]),
            dict(values["anchors"]),
            frozenset(values["kept"]),
            (),
            frozenset(values["ends"]),
            frozenset(values["names"]),
        )

    def fits(self, one: Stated) -> bool:
        """Whether a fact is the old one by value, unit and the other end of its range."""
        return one.says(self.old) and (not self.ends or not one.ends or bool(one.ends & self.ends))


def kins(text: str, languages: tuple[str, ...]) -> set[str]:
    return {kin(term, languages) for term in terms(text)}


def stated(text: str, languages: tuple[str, ...] = ("en",)) -> list[Stated]:
    """The hard facts of `text`, in order of place."""
    found = [one for one in placed(text, languages) if one.fact.kind in HARD]
    sentences, clauses = _spans(SENTENCE, text), _spans(CLAUSE, text)
    made = []
    for at, one in enumerate(found):
        sentence = _holding(sentences, one)
        clause = _holding(clauses, one)
        clause = (max(clause[0], sentence[0]), min(clause[1], sentence[1]))
        before = terms(text[: one.start])[-AROUND:]
        after = terms(text[one.end :])[:AROUND]
        made.append(
            Stated(
                one.fact.kind,
                one.fact.keys,
                one.fact.value,
                text[one.start : one.end],
                one.start,
                one.end,
                _unit(one, text, languages),
                _ends(found, at, text),
                frozenset(kins(text[slice(*clause)], languages)),
                frozenset(kins(text[slice(*sentence)], languages)),
                frozenset(kin(word, languages) for word in (*before, *after)),
            )
        )
    return made


def changes(
    corrected: Sequence[Corrected],
    replies: Iterable[str],
    languages: tuple[str, ...] = ("en",),
) -> list[Change]:
    """What `corrected` say has changed. `replies`: all of the bot's, for which words are rare."""
    rare = _rarity(replies, languages)
    votes: dict[tuple[str, ...], list[tuple[Vote, bool]]] = defaultdict(list)
    for one in corrected:
        asked = kins(one.question, languages)
        for vote in _votes(one, languages):
            fits = _subject(vote, asked, rare) >= SUBJECT
            votes[_name(vote.old) + _name(vote.new)].append((vote, fits))
    found = []
    for same in votes.values():
        for group in _subjects(same, languages):
            own = [vote for vote, _ in group]
            if any(fits for _, fits in group) and (len(own) > 1 or own[0].sure):
                found.append((sum(one.score for one in own), _change(own, rare, languages)))
    return _settled(found)


@dataclass(frozen=True, slots=True)
class Vote:
    """One correction for one pair of facts. `sure`: it alone would do."""

    by: Corrected
    old: Stated
    new: Stated
    score: float
    sure: bool


def _subject(vote: Vote, asked: set[str], rare: Mapping[str, float]) -> float:
    """How far the two replies speak of one thing, by their rare words; the bot may have taken one question
    for another, and then nothing has changed."""

    def weight(words: Iterable[str]) -> float:
        return sum(rare.get(word, rare[""]) for word in words)

    least = min(weight(vote.old.sentence), weight(vote.new.sentence)) or 1.0
    return weight(vote.old.sentence & (vote.new.sentence | asked)) / least


def _votes(one: Corrected, languages: tuple[str, ...]) -> list[Vote]:
    """For the facts that only one of the two replies has. The fewer there are that could be meant, and the
    more alike the words around them, the surer."""
    wrong, right = stated(one.wrong, languages), stated(one.right, languages)
    gone = [one for one in wrong if not any(one.says(other) for other in right)]
    come = [one for one in right if not any(one.says(other) for other in wrong)]
    made = []
    for new in come:
        like = [old for old in gone if old.kind == new.kind and old.unit == new.unit]
        for old in {_name(old): old for old in reversed(like)}.values():
            shared = len(old.near & new.near) / max(len(new.near), 1)
            ends = bool(old.ends & new.ends)
            score = (1 / len(like) + shared + ends) / len(come)
            sure = len(like) == 1 or ends or shared >= SURE
            made.append(Vote(one, old, new, score, sure))
    return made


def _subjects(
    votes: Sequence[tuple[Vote, bool]], languages: tuple[str, ...]
) -> list[list[tuple[Vote, bool]]]:
    """Votes for one pair of values, apart by what they are about."""
    groups: list[tuple[set[str], list[tuple[Vote, bool]]]] = []
    for vote, fits in votes:
        own = set(vote.old.sentence | vote.new.sentence) | kins(vote.by.question, languages)
        for words, group in groups:
            if len(own & words) >= SAME * min(len(own), len(words)):
                group.append((vote, fits))
                words |= own
                break
        else:
            groups.append((own, [(vote, fits)]))
    return [group for _, group in groups]


def _change(group: Sequence[Vote], rare: Mapping[str, float], languages: tuple[str, ...]) -> Change:
    texts = Counter(vote.new.text for vote in group)
    old = max(group, key=lambda vote: vote.score).old
    new = max((vote.new for vote in group), key=lambda one: (texts[one.text], len(one.text)))
    kept = {
        key
        for vote in group
        for other in stated(vote.by.right, languages)
        if not other.says(vote.new)
        for key in other.keys
    }
    known = {kin(word, languages) for one in (old, new) for word in terms(one.text)} | {old.unit}
    support: dict[str, float] = defaultdict(float)
    for vote in group:
        for words in (vote.old.sentence, vote.new.sentence, kins(vote.by.question, languages)):
            for word in words - known:
                support[word] += 1 / (3 * len(group))
    weighed = {
        word: share * rare.get(word, rare[""]) ** 2
        for word, share in support.items()
        if share >= SUPPORT and not word.isdigit()
    }
    best = sorted(weighed, key=lambda word: (-weighed[word], word))[:ANCHORS]
    total = sum(weighed[word] for word in best) or 1.0
    ends = frozenset(key for vote in group for key in vote.old.ends & vote.new.ends)
    reviews = tuple(dict.fromkeys(vote.by.id for vote in group))
    anchors = {word: weighed[word] / total for word in best}
    asked = [kins(vote.by.question, languages) for vote in group]
    return Change(old, new, anchors, frozenset(kept), reviews, ends, _names(anchors, asked))


def _names(anchors: Mapping[str, float], asked: Sequence[set[str]]) -> frozenset[str]:
    """The heaviest; but where most people name the subject by the heaviest of all, none that nobody says:
    "lent" is said of much besides DVDs."""
    most = max(anchors.values(), default=0.0)
    heavy = {word for word, weight in anchors.items() if weight >= NAMES * most}
    subject = max(anchors, key=lambda word: (anchors[word], word), default="")
    if 2 * sum(subject in one for one in asked) >= len(asked):
        heavy &= {word for one in asked for word in one}
    return frozenset(heavy)


def _settled(found: Sequence[tuple[float, Change]]) -> list[Change]:
    """Of changes that rest on the same corrections and begin or end in the same value, the likeliest; and none
    that fewer corrections say than another one which those of them say too."""
    kept: list[Change] = []
    for _, one in sorted(found, key=lambda pair: -pair[0]):
        own = set(one.reviews)
        beside = [other for other in kept if own & set(other.reviews)]
        if not any(
            one.new.says(other.new) or one.old.says(other.old) or own < set(other.reviews)
            for other in beside
        ):
            kept.append(one)
    return kept


def _rarity(replies: Iterable[str], languages: tuple[str, ...]) -> dict[str, float]:
    """By kin, the logarithm of how rare it is among replies; under "" of those in none."""
    texts = dict.fromkeys(replies)
    counts = Counter(word for text in texts for word in kins(text, languages))
    rare = {word: math.log((len(texts) + 2) / (count + 1)) for word, count in counts.items()}
    return {**rare, "": math.log(len(texts) + 2) / 2}  # how the bot does not put it


def _name(one: Stated) -> tuple[str, ...]:
    return (one.kind, one.unit, *sorted(one.keys))


def _unit(one: Placed, text: str, languages: tuple[str, ...]) -> str:
    if one.fact.kind != "number":
        return ""
    match = NEXT.match(text, one.end)
    return kin(match[1].casefold(), languages) if match else ""


def _ends(found: Sequence[Placed], at: int, text: str) -> frozenset[str]:
    """The keys of what stands at the other end of "10 am to 2 pm"."""
    keys: set[str] = set()
    for other in (at - 1, at + 1):
        if 0 <= other < len(found) and found[other].fact.kind == found[at].fact.kind:
            first, last = sorted((found[at], found[other]), key=lambda one: one.start)
            if TO.fullmatch(text[first.end : last.start]):
                keys |= found[other].fact.keys
    return frozenset(keys)


def _spans(cut: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for match in cut.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, len(text))]


def _holding(spans: Sequence[tuple[int, int]], one: Placed) -> tuple[int, int]:
    return next((span for span in spans if span[0] <= one.start < span[1]), spans[-1])
