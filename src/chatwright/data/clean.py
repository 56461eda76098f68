"""Cleaning: a list of named steps. Each returns the conversation, changed or not, or a reason to drop it.

Steps are pure and know nothing of files. What a step must know of a whole source (is it mail, which
lines are boilerplate) is found by `look` on a sample of it and handed to `steps`.

Speed is part of the contract (0.1 ms for 20 turns of 45 characters): every step first asks one cheap
question about all texts at once, and returns the same object when there is nothing to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import ftfy

from chatwright.core.types import Conversation, Message
from chatwright.data.languages import language_of
from chatwright.data.mail import without_quotes
from chatwright.data.markup import CODE, may_hold_markup, plain
from chatwright.spec.spec import Data

# Control characters except tab and newline; soft hyphens and spaces of no width; lone surrogates;
# byte-order marks; noncharacters. Joiners and direction marks mean something and stay.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u00ad\u200b\u2060\ud800-\udfff\ufeff\ufffe\uffff]"
)
LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n\n"}
# UTF-8 read as Latin-1 or Windows-1252: a first byte, then a following one. The same as Windows-1251.
# Two expressions, for a single one with "|" takes seven times as long.
LATIN_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u203a\u20ac\u2122]"
)
CYRILLIC_MOJIBAKE = re.compile("(?:[\u0420\u0421][\u0080-\u040f\u0450-\u2122]){2}")
SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
WIDE_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# After `unicode_form` and SPACES, \s is a single space or \n: this takes time in line with the text.
BREAKS = re.compile(r"\s*\n\s*\n\s*")

REPEATS_FROM = 60  # characters; shorter laughter and thanks are talk
REPEATS_WINDOW = 2_000
REPEATS_DISTINCT = 0.2  # of a text's 4-grams; ordinary prose of 2,000 characters has more than half
LANGUAGE_FROM = 40  # letters of a whole conversation, counted by `languages.letters`
LANGUAGE_SURE = 0.95
LOOK_ROWS = 50  # below it, nothing is called boilerplate
LINE_FROM = 25  # columns of a boilerplate line; greetings and headings are shorter


class Step(NamedTuple):
    """A step of cleaning: its name in bot.toml, and what it does to a conversation."""

    name: str
    run: Callable[[Conversation], Conversation | str]


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look at a source says: whether it is mail, and the lines that every row carries."""

    mail: bool = False
    boilerplate: frozenset[str] = frozenset()


MAIL = {"mbox", "zendesk", "intercom"}  # formats


def look(sample: Iterable[Conversation], format_name: str = "", share: float = 0.3) -> Look:
    """A first look at the rows of one source, as they were read.

    A line is boilerplate when it stands in more than `share` of the rows as a part of ever other
    messages: a canned answer of several lines that is given often is not.
    """
    rows, within, lines_of = 0, dict[str, set[int]](), Counter[str]()
    early = [step for step in steps(Data(steps=("markup",))) if step.name != "turns"]
    for conversation in sample:
        cleaned = clean(conversation, early)
        if isinstance(cleaned, str):
            continue
        rows += 1
        found = dict[str, int]()
        for message in cleaned.messages:
            for line in _lines(message.content):
                found[line] = hash(message.content)
        lines_of.update(found.keys())
        for line, text in found.items():
            within.setdefault(line, set()).add(text)
    often = [
        line
        for line, n in lines_of.items()
        if n > share * rows and rows >= LOOK_ROWS and len(within[line]) > n / 2
    ]
    return Look(format_name in MAIL, frozenset(often))


def _lines(text: str) -> list[str]:
    """The long lines of a message of several lines; Chinese, Japanese, Korean take two columns."""
    if "\n" not in text:
        return []
    lines = (line.strip() for line in text.split("\n"))
    return [x for x in lines if len(x) + sum(c > "\u2e80" for c in x) >= LINE_FROM]


def steps(
    settings: Data, languages: Sequence[str] = (), looks: Mapping[str, Look] | None = None
) -> list[Step]:
    """The steps in the order in which they run; length first, so that nothing huge is worked on.

    `languages` are the bot's, for the step "language"; `looks` are by source. Everything in the list
    can be pickled.
    """
    by_source = dict(looks or {})
    every = [
        Step("length", partial(length, limit=settings.max_message_chars)),
        Step("markup", markup),
        Step("unicode", unicode_form),
        Step("mail", partial(mail, looks=by_source)),
        Step("boilerplate", partial(boilerplate, looks=by_source)),
        Step("whitespace", whitespace),
        Step("repetition", repetition),
        Step("language", partial(language, languages=tuple(languages))),
        Step("turns", turns),
    ]
    return [step for step in every if step.name in {*ALWAYS, *settings.steps}]


ALWAYS = {"length", "unicode", "whitespace", "turns"}


def clean(
    conversation: Conversation, through: Sequence[Step], changed: Counter[str] | None = None
) -> Conversation | str:
    """`conversation` after all steps, or a reason; `changed` counts the steps that changed it."""
    for name, run in through:
        result = run(conversation)
        if isinstance(result, str):
            return result
        if changed is not None and result is not conversation:
            changed[name] += 1
        conversation = result
    return conversation


def length(conversation: Conversation, limit: int) -> Conversation | str:
    """Drop conversations with a message longer than `limit` characters."""
    longest = max(map(len, _texts(conversation)), default=0)
    return conversation if longest <= limit else f"a message longer than {limit:,} characters"


def markup(conversation: Conversation) -> Conversation:
    """HTML as text, its links as Markdown ones; code is left alone."""
    if not may_hold_markup(_all(conversation)):
        return conversation
    return _map(conversation, plain)


def unicode_form(conversation: Conversation) -> Conversation:
    """Text that was read in a wrong encoding repaired, NFC, line ends as \\n, no control characters."""
    text = _all(conversation)
    fine = text.isascii() or (not _misread(text) and unicodedata.is_normalized("NFC", text))
    if fine and not UNWANTED.search(text) and (text.isascii() or not _line_ends(text)):
        return conversation
    return _map(conversation, _mended)


def _misread(text: str) -> bool:
    cyrillic = "\u0420" in text or "\u0421" in text
    return bool(LATIN_MOJIBAKE.search(text) or (cyrillic and CYRILLIC_MOJIBAKE.search(text)))


def _line_ends(text: str) -> bool:
    return "\u2028" in text or "\u2029" in text  # \r is UNWANTED as well


def _mended(text: str) -> str:
    if _misread(text):
        text = ftfy.fix_encoding(text)
    for found, meant in LINE_ENDS.items():
        text = text.replace(found, meant)
    return unicodedata.normalize("NFC", UNWANTED.sub("", text))


def mail(conversation: Conversation, looks: Mapping[str, Look]) -> Conversation:
    """Quoted mails and signatures out. A message that holds nothing else stays as it is."""
    if "\n" not in _all(conversation, "|"):
        return conversation
    is_mail = _look(conversation, looks).mail
    return _map(conversation, lambda text: without_quotes(text, is_mail))


def boilerplate(conversation: Conversation, looks: Mapping[str, Look]) -> Conversation:
    """The lines out that the source's first look found everywhere; never a whole message."""
    known = _look(conversation, looks).boilerplate
    if not known or "\n" not in _all(conversation, "|"):
        return conversation

    def mend(text: str) -> str:
        if "\n" not in text:
            return text
        lines = text.split("\n")
        kept = [line for line in lines if SPACES.sub(" ", line).strip() not in known]
        return text if len(kept) == len(lines) else "\n".join(kept) if any(kept) else text

    return _map(conversation, mend)


def whitespace(conversation: Conversation) -> Conversation:
    """Single spaces, at most one empty line, nothing at the ends; code in fences is left alone."""
    text = _all(conversation, "|")
    inner = "  " in text or "\t" in text or "\n" in text
    if not inner and (text.isascii() or not WIDE_SPACES.search(text)):
        return conversation if _stripped(conversation) else _map(conversation, str.strip)
    return _map(conversation, _spaced)


def _stripped(conversation: Conversation) -> bool:
    return all(text == text.strip() for text in _texts(conversation))


def _spaced(text: str) -> str:
    parts = CODE.split(text) if "`" in text else [text]
    for at in range(0, len(parts), 2):  # the odd ones are code
        parts[at] = BREAKS.sub("\n\n", SPACES.sub(" ", parts[at]))
    return "".join(parts).strip()


def repetition(conversation: Conversation) -> Conversation | str:
    """Drop conversations with a long message that is one token, phrase or line over and over."""
    for text in _texts(conversation):
        if len(text) >= REPEATS_FROM and _repeats(text):
            return "a message that repeats itself"
    return conversation


def _repeats(text: str) -> bool:
    """At its beginning or its end: what a model writes that cannot stop ends in a loop."""
    for window in {text[:REPEATS_WINDOW], text[-REPEATS_WINDOW:]}:
        middle = window[len(window) // 2 :][:6]
        if window.count(middle) < 4:
            continue  # the cheap question
        grams = {window[at : at + 4] for at in range(len(window) - 3)}
        if len(grams) < REPEATS_DISTINCT * (len(window) - 3):
            return True
    return False


def language(conversation: Conversation, languages: tuple[str, ...]) -> Conversation | str:
    """Drop conversations that are surely in none of the bot's languages. Never on a short one."""
    if not languages:
        return conversation
    found, sure = language_of(_all(conversation), LANGUAGE_FROM)
    if sure < LANGUAGE_SURE or found in {name.lower().split("-")[0] for name in languages}:
        return conversation
    return f"written in another language ({found})"


def turns(conversation: Conversation) -> Conversation | str:
    """Empty messages out, same-role neighbours merged, trailing user turns trimmed."""
    merged: list[Message] = []
    for message in conversation.messages:
        if not message.content:
            continue
        if merged and merged[-1].role == message.role:
            before = merged.pop()
            content = f"{before.content}\n{message.content}"
            merged.append(Message(message.role, content, before.refused or message.refused))
        else:
            merged.append(message)
    while merged and merged[-1].role != "assistant":
        merged.pop()
    if not merged:
        return "no assistant turn"
    if not any(message.role == "user" for message in merged):
        return "no user turn"
    if len(merged) == len(conversation.messages):
        return conversation
    return replace(conversation, messages=tuple(merged))


def _texts(conversation: Conversation) -> list[str]:
    said = [message.content for message in conversation.messages]
    return said if conversation.rejected is None else [*said, conversation.rejected]


def _all(conversation: Conversation, between: str = "\n") -> str:
    return between.join(_texts(conversation))


def _look(conversation: Conversation, looks: Mapping[str, Look]) -> Look:
    return looks.get(conversation.provenance.source if conversation.provenance else "", Look())


def _map(conversation: Conversation, mend: Callable[[str], str]) -> Conversation:
    """Every text through `mend`; the same object where none changes."""
    said, changed = list(conversation.messages), False
    for at, message in enumerate(said):
        content = mend(message.content)
        if content != message.content:
            said[at], changed = replace(message, content=content), True
    rejected = (
        conversation.rejected if conversation.rejected is None else mend(conversation.rejected)
    )
    if not changed and rejected == conversation.rejected:
        return conversation
    return replace(conversation, messages=tuple(said), rejected=rejected)
