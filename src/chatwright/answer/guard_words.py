"""What people say to a bot about itself, in ten languages: "are you human?", "I want a person".

Finds, and knows the honest answer; what is done about it is the guard's. The patterns are in
`guard_words.toml`. A question put in another way is overlooked, and goes to the model.
"""

from __future__ import annotations

from pathlib import Path

import regex

from chatwright.data.tables import NAMED, Tables

FLAGS = regex.IGNORECASE
TABLES = Tables(Path(__file__).with_name("guard_words.toml"))
LANGUAGES: tuple[str, ...] = tuple(TABLES.all)


def _pattern(language: str, name: str) -> str:
    table = TABLES.all[language]
    text: str = table[name].replace("\n", "")
    return NAMED.sub(lambda found: str(table[found[1]]), text)


HUMAN = {one: regex.compile(_pattern(one, "human"), FLAGS) for one in LANGUAGES}
PERSON = regex.compile("|".join(_pattern(one, "person") for one in LANGUAGES), FLAGS)
# What a bot says of itself and must not: that it is a person, or no machine.
CLAIM = "|".join(_pattern(one, "claim") for one in LANGUAGES)
# The words that all of these begin with.
CLAIM_WORDS = (
    "i", "you", "this", "ich", "je", "soy", "no", "sono", "non", "sou",
    "não", "ik", "jestem", "nie", "私", "わ", "僕", "我",
)  # fmt: skip
LONGEST = 400  # characters: who asks this writes no letter


def asked_whether_human(text: str) -> str | None:
    """The language in which `text` asks whether a person answers; None when it does not."""
    if len(text) > LONGEST:
        return None
    plain = " ".join(text.split())
    return next((one for one, pattern in HUMAN.items() if pattern.search(plain)), None)


def asks_for_person(text: str) -> bool:
    """Whether `text` asks to be passed on to a person."""
    return len(text) <= LONGEST and PERSON.search(" ".join(text.split())) is not None


def honest(language: str) -> str:
    """That it is a machine, in one of `LANGUAGES`; in English for any other."""
    return str(TABLES.all.get(language, TABLES.all["en"])["answer"])
