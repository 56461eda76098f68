"""The safety guard: does a message ask for help with doing harm? Rules in English, no model, no download.

It reads a sentence as a question (for help, or about what something is) with an act and a target: "kill" with a
person is one thing and with a Python process another. It cannot do more than its words: what is put in other
words, in another language, over several messages or in code goes through, and irony is beyond it. A bot that
answers anything at all needs a safety model; for a bot on a narrow topic this catches the plain cases
and leaves people alone who ask how to kill weeds. Measured by `bench/guard.py`; words and rules:
`guard_safety.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from chatwright.answer.guard_topics import visible
from chatwright.data.tables import Tables

Setting = Literal["off", "balanced", "strict"]
Harm = Literal["violence", "self-harm", "crime", "weapons", "drugs", "hate", "privacy"]

TABLES = Tables(Path(__file__).with_name("guard_safety.toml"))
SHORT = (
    (re.compile("[\u2018\u2019`\u00b4]"), "'"),
    (re.compile(r"\b(what|where|who|how|that|it|there|here|he|she|when|why)'s\b"), r"\1 is"),
    (re.compile(r"\b(what|where|who|how)'re\b"), r"\1 are"),
    (re.compile(r"\bgonna\b"), "going to"),
    (re.compile(r"\bwanna\b"), "want to"),
    (re.compile(r"[\"\u201c\u201d\u201e*_]"), ""),
    (re.compile(r"\s+"), " "),
)
SENTENCE = re.compile(r"(?<=[.?!;])\s+|\n+")
LONGEST = 600  # characters of a sentence; a longer one is looked at in pieces
OVERLAP = 100


class Rule(NamedTuple):
    of: Harm
    finds: re.Pattern[str]
    unless: re.Pattern[str] | None
    asks: bool  # only where help is asked for
    fiction: bool  # not in games, stories and sports
    strict: bool


def _rules() -> tuple[Rule, ...]:
    def compiled(row: dict[str, object], name: str) -> re.Pattern[str] | None:
        return re.compile(TABLES.whole(str(row[name]))) if name in row else None

    made = []
    for row in TABLES.all["RULES"]:
        finds = compiled(row, "finds")
        assert finds is not None, "a rule finds something"
        flags = (bool(row.get(name)) for name in ("asks", "fiction", "strict"))
        made.append(Rule(row["of"], finds, compiled(row, "unless"), *flags))
    return tuple(made)


@cache
def _compiled() -> tuple[tuple[Rule, ...], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The rules and the kinds of sentence. Some tenths of a second, so not at import."""
    asks, knowledge, fiction = TABLES.patterns("ASKS KNOWLEDGE FICTION")
    return _rules(), asks, knowledge, fiction


def harm_in(text: str, setting: Setting = "balanced") -> Harm | None:
    """The kind of harm that `text` asks for help with; None where none is seen, or the guard is off."""
    if setting == "off":
        return None
    rules, asking, knowing, of_fiction = _compiled()
    plain = plainly(text)
    fiction = of_fiction.search(plain) is not None
    for sentence in _sentences(plain):
        asks = asking.search(sentence) is not None and not knowing.search(sentence)
        for rule in rules:
            if (rule.asks and not asks) or (rule.fiction and fiction):
                continue
            if rule.strict and setting != "strict":
                continue
            if rule.finds.search(sentence) and not (rule.unless and rule.unless.search(sentence)):
                return rule.of
    return None


def plainly(text: str) -> str:
    """In small letters, usual signs, and with short forms written out."""
    plain = visible(text).casefold()
    for pattern, instead in SHORT[:-1]:
        plain = pattern.sub(instead, plain)
    return "\n".join(SHORT[-1][0].sub(" ", line).strip() for line in plain.splitlines())


def _sentences(text: str) -> list[str]:
    found = []
    for sentence in SENTENCE.split(text):
        found += [
            sentence[start : start + LONGEST]
            for start in range(0, max(1, len(sentence)), LONGEST - OVERLAP)
        ]
    return found
