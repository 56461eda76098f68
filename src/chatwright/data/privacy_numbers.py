"""Rules for telephone numbers, and for order, ticket, customer, booking, tracking and library-card numbers.

Both are mostly digits: what a number is, the words before it say. They are read backwards from the
number, word by word, because that costs less than searching for a hundred words everywhere.
"""

from __future__ import annotations

import re

from chatwright.data import privacy_checks as checks
from chatwright.data.privacy_rules import OTHER_SAID, RuleTables, Span, before

TABLES = RuleTables("privacy_numbers")

# --- telephones ----------------------------------------------------------------------------------

PHONE_SAID, COUNTRIES, US, SPAIN = TABLES.patterns("PHONE_SAID COUNTRIES US SPAIN")
BRAZIL, PHONE_AFTER, NOT_PHONE_AFTER = TABLES.patterns("BRAZIL PHONE_AFTER NOT_PHONE_AFTER")
CODE_BEFORE, COLOUR = TABLES.patterns("CODE_BEFORE COLOUR")


def _phone(match: re.Match[str]) -> tuple[int, int] | None:
    """Plus and country, trunk 0, the groups of the USA and Spain; other digits where words say so."""
    start, end = match.span()
    text = match[0]
    if text.count("(") < text.count(")"):
        end = start + text.rfind(")")
        text = match.string[start:end]
    if (usual := US.match(text)) and text[usual.end() : usual.end() + 2] in {" -", " /"}:
        end, text = (
            start + usual.end(),
            usual[0],
        )  # what follows is a house, an amount, the next one
    if sum(map(str.isdigit, text)) < 7 or NOT_PHONE_AFTER.match(match.string, end):
        return None
    sure = _sure(text)
    if sure is None or (sure and not OTHER_SAID.search(before(match, 24))):
        return None if sure is None else (start, end)
    told = PHONE_SAID.search(before(match, 60)) or PHONE_AFTER.match(match.string, end)
    return (start, end) if told else None


def _sure(text: str) -> bool | None:
    """Whether the form alone says that it is a telephone; None: it cannot be one."""
    digits = "".join(char for char in text if char.isdigit())
    count = len(digits)
    if MAC.fullmatch(text):
        return None
    if text[0] == "+":
        return True if 8 <= count <= 15 else None
    if digits.startswith("00"):
        return True if 11 <= count <= 17 and COUNTRIES.match(digits[2:]) else None
    if digits.startswith("0"):
        return None if count > 12 or count < 8 else count >= (10 if text.isdigit() else 9)
    if US.fullmatch(text) or SPAIN.fullmatch(text) or BRAZIL.fullmatch(text):
        return True
    if re.fullmatch(r"\d{3}-\d{4}", text):
        return text.startswith("555")
    return False if 7 <= count <= 13 and not _is_date(text) else None


MAC = re.compile(r"\d\d(?:-\d\d){5}")


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}", text) is not None


PHONES = TABLES.rules("PHONES", phone=_phone)

# --- order, ticket, customer, booking, tracking and card numbers -----------------------------------

KINDS, OWNERS, NUMBER_WORDS = TABLES.vocabularies("KINDS OWNERS NUMBER_WORDS")
LINKS = TABLES.words("LINKS")
COMPOUND, JAPANESE, WORDS_BACK, REVERSED = TABLES.patterns("COMPOUND JAPANESE WORDS_BACK REVERSED")
COUNTED, PUBLIC_PREFIX, OWN_SHAPE = TABLES.patterns("COUNTED PUBLIC_PREFIX OWN_SHAPE")


def _number(match: re.Match[str]) -> tuple[int, int] | None:
    start, end = match.span("v")
    text = match["v"]
    digits = len(text) if text.isdigit() else sum(map(str.isdigit, text))
    code = digits == 1 and len(text) == 6 and text == text.upper()  # a booking: QX7RTL
    if (digits < 2 and not code) or COUNTED.match(match.string, end):
        return None
    shape = None if PUBLIC_PREFIX.match(text) else OWN_SHAPE.fullmatch(text)
    if shape and (not shape["parcel"] or checks.parcel(text)):
        return start, end
    if match["hash"] and text.isdigit() and digits >= 4 and not _colour(match):
        return start, end
    if not _named(before(match, 64, start), text, digits):
        after = REVERSED.match(match.string, end)
        if not (after and digits >= 4 and _kind(after[1].lower())):
            return None
    return start, end


def _colour(match: re.Match[str]) -> bool:
    """#336699 is a colour where something says so."""
    around = match.string[max(0, match.start() - 24) : match.end() + 12]
    return len(match["v"]) == 6 and COLOUR.search(around) is not None


def _named(context: str, text: str, digits: int) -> bool:
    """The words before it say that this is somebody's number."""
    if not context.isascii() and JAPANESE.search(context):
        return digits >= 3
    explicit, allowed = False, 5
    words = WORDS_BACK.findall(context.lower())[::-1]
    for place, word in enumerate(words):
        if COMPOUND.fullmatch(word):
            return _enough(text, digits, True)
        if word in KINDS:
            explicit = explicit or any(w in NUMBER_WORDS for w in words[place + 1 : place + 3])
            return _enough(text, digits, explicit) and not _card_like(
                word, words[place + 1 :], text
            )
        if word in NUMBER_WORDS:
            explicit = True
        elif word not in LINKS and word not in ".'’\"„“«`(-–*":
            return False
        allowed -= 1
        if not allowed:
            return False
    return False


def _kind(word: str) -> bool:
    return word in KINDS or COMPOUND.fullmatch(word) is not None


def _enough(text: str, digits: int, explicit: bool) -> bool:
    """After "order number" three digits do; after "order" alone it must look like no count of things."""
    if explicit:
        return digits >= 3 or len(text) >= 5
    return digits >= 5 or (len(text) >= 5 and text.upper() == text)


def _card_like(word: str, further: list[str], text: str) -> bool:
    """A payment card whose check digit is wrong is no library card."""
    is_card = word in {"card", "carte", "tarjeta"} and OWNERS.isdisjoint(further[:4])
    return is_card and 13 <= sum(c.isdigit() for c in text) <= 19


def _letters(match: re.Match[str]) -> tuple[int, int] | None:
    """Booking codes may have no digit at all: XKJQPL."""
    return match.span() if CODE_BEFORE.search(before(match, 40)) else None


NUMBER = TABLES.rules("NUMBER", number=_number)[0]
OF_A_CODE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/")


def number(text: str, start: int, end: int) -> tuple[Span | None, int]:
    """The number that the digits from `start` to `end` belong to, and where to go on."""
    first = start
    while first > 0 and start - first < 24 and text[first - 1] in OF_A_CODE:
        first -= 1
    first += len(text[first:start]) - len(text[first:start].lstrip("-_/"))
    if text[first - 1 : first] in ("#", "№"):
        first -= 1
    match = NUMBER.pattern.match(text, first)
    if match is None:
        return None, end
    found = _number(match)
    return (Span(*found, "NUMBER") if found else None), match.end() if found else end


CODES = TABLES.rules("CODES", letters=_letters)
