"""Words of tasks and of clarifying questions: what people say (yes, no, cancel, ...), and what the bot says.

The tables are in `skill_words.toml` and `skill_texts.toml`. People are understood in all languages at once; the
bot speaks the first of `[bot] languages`, or English. A word that is not in the tables is not understood.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import regex

from chatwright.answer.guard_topics import visible
from chatwright.data.tables import Tables

FLAGS = regex.IGNORECASE
WORDS = Tables(Path(__file__).with_name("skill_words.toml")).all
TEXTS = Tables(Path(__file__).with_name("skill_texts.toml")).all
LANGUAGES: tuple[str, ...] = tuple(TEXTS)
SHORT = 80  # characters of a message that may be nothing but yes, no, or stop
BETWEEN = r"[\s,.!;:、。！，؟؛]*"
ENDS = " \t\n.,!;:、。！，؛…\"'“”‘’()"
ASKED = "?\uff1f\u061f"


def said(text: str) -> str:
    """A message as it is compared: visible signs only, runs of white space as one space."""
    return " ".join(visible(text).split())


def all_of(name: str) -> str:
    """The patterns `name` of all languages, as alternatives."""
    return "|".join(table[name] for table in WORDS.values())


@cache
def _whole(name: str) -> regex.Pattern[str]:
    """A message that says `name` and nothing else, but for polite words."""
    fill, main = f"(?:{all_of('fill')})", f"(?:{all_of(name)})"
    return regex.compile(
        f"(?:{fill}{BETWEEN})*{main}(?:{BETWEEN}(?:{main}|{fill}))*{BETWEEN}", FLAGS
    )


def says(name: str, text: str) -> bool:
    """Whether `text` says "yes", "no", "cancel" or "neither", and nothing else."""
    plain = said(text).strip(ENDS)
    if not plain or len(plain) > SHORT:
        return False
    try:
        return _whole(name).fullmatch(plain, timeout=0.2) is not None
    except TimeoutError:
        return False


QUESTION = regex.compile(rf"^\W*(?:{all_of('question')})(?!\w)", FLAGS)
# Scripts without spaces begin questions anywhere; what counts there is the sign at the end.
ASKS = regex.compile(rf"^\W*(?:{all_of('asks')})(?!\w)", FLAGS)
CHANGE = regex.compile(rf"(?<!\w)(?:{all_of('change')})(?!\w)", FLAGS)
INSTEAD = regex.compile(rf"(?<!\w)(?:{all_of('instead')})(?:\s+\w{{1,4}})?\s*$", FLAGS)
SPACED, UNSPACED = [one for one in WORDS if one not in ("ja", "zh")], ("ja", "zh")
WISH = regex.compile(
    rf"(?<!\w)(?:{'|'.join(WORDS[one]['wish'] for one in SPACED)})(?!\w)|"
    rf"{'|'.join(WORDS[one]['wish'] for one in UNSPACED)}",
    FLAGS,
)
LINK = regex.compile(rf"\s*(?:(?:{all_of('link')})(?!\w)\s*)+", FLAGS)


def wonders(text: str) -> bool:
    """Whether `text` asks for something to be told: it begins with a word for a question."""
    return QUESTION.match(said(text)) is not None


def asks(text: str) -> bool:
    """Whether `text` is a question."""
    plain = said(text)
    return plain.rstrip(" \"')").endswith(tuple(ASKED)) or wonders(plain) or bool(ASKS.match(plain))


def bare(text: str) -> str:
    """A wish without what wishes begin with: "I would like to book a room, please" is "book a room"."""
    plain = said(text)
    return " ".join(WISH.sub(" ", plain).split()).strip(ENDS) or plain


def text_of(language: str, name: str) -> str:
    """What the bot says; English where it has no words of its own."""
    return str(TEXTS.get(language, TEXTS["en"])[name])


def speaks(languages: tuple[str, ...]) -> str:
    """The language of the bot's own texts."""
    first = (*languages, "en")[0].partition("-")[0].lower()
    return first if first in TEXTS else "en"
