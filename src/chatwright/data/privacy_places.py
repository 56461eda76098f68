"""Rules for postal addresses, and for titles in the quotation marks of any locale.

An address is a street with a number, or a Japanese block, with whatever of flat, town and code
follows it. Of what stands in quotation marks only titles are values: speech, irony, and the labels
of buttons stay.
"""

from __future__ import annotations

import re

from chatwright.data.privacy_rules import RuleTables, before

TABLES = RuleTables("privacy_places")

# --- addresses -----------------------------------------------------------------------------------

FLAT_BEFORE, NO_STREET, LOW_BEFORE = TABLES.patterns("FLAT_BEFORE NO_STREET LOW_BEFORE")
STREET_BEFORE, LOOSE_BEFORE = TABLES.patterns("STREET_BEFORE LOOSE_BEFORE")
STREET_ENDS = tuple(TABLES.words("STREET_ENDS"))


def _german(match: re.Match[str]) -> tuple[int, int] | None:
    """The street stands before the match, which begins with the number of the house."""
    start = match.start()
    near = match.string[max(0, start - 48) : start]
    found = STREET_BEFORE.search(near) if near.rstrip().lower().endswith(STREET_ENDS) else None
    if found and not NO_STREET.search(found["street"]):
        return start - len(near) + found.start(), match.end()
    if match["code"] and (found := LOOSE_BEFORE.search(near)):
        return start - len(near) + found.start(), match.end()
    return None


def _english(match: re.Match[str]) -> tuple[int, int] | None:
    """With the flat before it; not "9 St Peter"."""
    if match["street"].split()[0] in {"St", "Dr"}:
        return None
    near = before(match, 24)
    flat = FLAT_BEFORE.search(near) if near.endswith(", ") else None
    return match.start() - (len(near) - flat.start() if flat else 0), match.end()


def _low(match: re.Match[str]) -> tuple[int, int] | None:
    """In small letters; not "in a 3 storey street"."""
    return None if LOW_BEFORE.search(before(match, 10)) else match.span()


ADDRESSES = TABLES.rules("ADDRESSES", english=_english, german=_german, low=_low)

# --- titles --------------------------------------------------------------------------------------

WORK_BEFORE, WORK_AFTER, SPEECH_BEFORE = TABLES.patterns("WORK_BEFORE WORK_AFTER SPEECH_BEFORE")
SAID, LABEL_AFTER, JOINED = TABLES.patterns("SAID LABEL_AFTER JOINED")
QUOTE_BEFORE = re.compile(r"""[«“„"‘「『][^«»“”„"「」『』\n]*$""")
SMALL = TABLES.words("SMALL")
ASIAN = TABLES.pattern("ASIAN")


def _title(match: re.Match[str]) -> tuple[int, int] | None:
    start, end = match.span(match.lastgroup or 0)
    text, inside = match.string[start:end], match.lastgroup
    if inside == "f":  # 『』 is what Japanese puts around titles, and little else
        return start, end
    lead = before(match, 48).rpartition("\u0000")[2]
    if joined := JOINED.search(
        lead
    ):  # « A » et « B »: what is said of the first holds for the second
        lead = before(match, 110).rpartition("\u0000")[2][: -len(joined[0])]
        lead = QUOTE_BEFORE.sub("", lead)
    tail = match.string[match.end() : match.end() + 24]
    if not text.strip() or LABEL_AFTER.match(tail):
        return None
    if text[-1] == "," and WORK_BEFORE.search(lead):  # an American comma
        end, text = end - 1, text[:-1]
    work = WORK_BEFORE.search(lead) or WORK_AFTER.match(tail)
    speech = SPEECH_BEFORE.search(lead)
    if inside == "e" or ASIAN.search(text):
        return (start, end) if work and not speech and text[-1] not in "。！？!?" else None
    if not text[0].isupper() and not text[0].isdigit():
        return None
    if not work and SAID.search(lead):
        return None
    fits = (
        bool(work) and (not speech or not _sentence(text))
        if work
        else not speech and _title_case(text)
    )
    return (start, end) if fits and not _sentence(text, bool(work)) else None


def _title_case(text: str) -> bool:
    """Two words or more, all but the small ones with a capital."""
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    large = [word for word in words if word.lower() not in SMALL]
    return (
        len(words) >= 2
        and len(large) >= 1
        and all(word[0].isupper() for word in (words[0], *large))
    )


def _sentence(text: str, work: bool = False) -> bool:
    """Ends like speech; a work may end in ? or !."""
    return text.endswith((".", ",", ":", ";", "…")) or (text.endswith(("?", "!")) and not work)


TITLES = TABLES.rules("TITLES", title=_title)
