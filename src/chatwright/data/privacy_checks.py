"""Checksums and plausibility of what has a fixed form: cards, accounts, national ids, addresses on the net.

Pure functions of a string; separators are left out here. They say whether a value can be what it
looks like, not whether it exists.
"""

from __future__ import annotations

import ipaddress
import re
from calendar import monthrange
from pathlib import Path

from chatwright.data.tables import Tables

TABLES = Tables(Path(__file__).with_suffix(".toml"))
IBAN_LENGTH = {
    country: int(length)
    for length, countries in TABLES.all["IBAN_LENGTH"].items()
    for country in countries.split()
}
NOT_ALNUM = re.compile(r"[\W_]+")
CARD_NETWORK = TABLES.pattern("CARD_NETWORK")
CARD_GROUPS = {"4444", "4443", "44443", "465", "464", "4644", "86"}


def alnum(text: str) -> str:
    return NOT_ALNUM.sub("", text)


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def card(text: str) -> bool:
    """A payment card: a network's prefix and length, printed grouping or none, Luhn."""
    groups = re.findall(r"\d+", text)
    digits = "".join(str(int(c)) for c in "".join(groups))
    if len(groups) > 1 and "".join(str(len(group)) for group in groups) not in CARD_GROUPS:
        return False
    return CARD_NETWORK.fullmatch(digits) is not None and luhn(digits)


def iban(text: str) -> int:
    """Characters of `text` that are an IBAN from its start, separators included; 0 when none is.

    ISO 13616: the country's length, and the rearranged number is 1 modulo 97.
    """
    due = IBAN_LENGTH.get(text[:2].upper(), 0)
    seen = [place for place, char in enumerate(text) if char.isalnum()][:due]
    if not due or len(seen) < due:
        return 0
    compact = "".join(text[place] for place in seen).upper()
    moved = compact[4:] + compact[:4]
    return seen[-1] + 1 if int("".join(str(int(c, 36)) for c in moved)) % 97 == 1 else 0


def ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return any(char.isdigit() for char in text)


def ssn(text: str) -> bool:
    """US social security number: areas, groups and serials that are never issued (ssa.gov)."""
    digits = alnum(text)
    area = digits[:3]
    return (
        len(digits) == 9
        and area not in {"000", "666"}
        and area < "900"
        and digits[3:5] != "00"
        and digits[5:] != "0000"
        and digits not in {"078051120", "219099999"}
    )


def nino(text: str) -> bool:
    """UK national insurance number: prefixes that are allotted (HMRC NIM39110); no check digit."""
    prefix = alnum(text)[:2].upper()
    return (
        prefix[0] not in "DFIQUV"
        and prefix[1] not in "DFIQUVO"
        and prefix not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
    )


def steuer_id(text: str) -> bool:
    """German tax id: one digit two or three times in the first ten, ISO 7064 MOD 11,10."""
    digits = alnum(text)
    if len(digits) != 11 or digits[0] == "0":
        return False
    counts = sorted(digits[:10].count(d) for d in set(digits[:10]))
    if counts not in ([1] * 8 + [2], [1] * 7 + [3]):
        return False
    product = 10
    for digit in digits[:10]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(digits[10])


def nir(text: str) -> bool:
    """French social security number with its key: 97 - number modulo 97 (INSEE); Corsica has letters."""
    compact = alnum(text).upper()
    number = compact[:13].replace("2A", "19").replace("2B", "18")
    return len(compact) == 15 and number.isdigit() and 97 - int(number) % 97 == int(compact[13:])


def dni(text: str) -> bool:
    """Spanish DNI and NIE: the letter is the number modulo 23."""
    compact = alnum(text).upper()
    number = compact[:-1]
    if number[0] in "XYZ":
        number = str("XYZ".index(number[0])) + number[1:]
    return number.isdigit() and "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == compact[-1]


def my_number(text: str) -> bool:
    """Japanese individual number: eleven digits and a check digit modulo 11."""
    digits = alnum(text)
    if len(digits) != 12 or len(set(digits)) == 1:
        return False
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11
    return (0 if rest <= 1 else 11 - rest) == int(digits[11])


def cpf(text: str) -> bool:
    """Brazilian taxpayer number: two check digits modulo 11."""
    digits = alnum(text)
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    for length in (9, 10):
        total = sum(int(d) * (length + 1 - i) for i, d in enumerate(digits[:length]))
        if total * 10 % 11 % 10 != int(digits[length]):
            return False
    return True


def parcel(text: str) -> bool:
    """UPU S10 tracking number, as in RR123456785DE: check digit modulo 11."""
    digits = text[2:11]
    rest = 11 - sum(int(d) * w for d, w in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=False)) % 11
    return {10: 0, 11: 5}.get(rest, rest) == int(digits[8])


def day(year: int, month: int, date: int) -> bool:
    return 1 <= month <= 12 and 1 <= date <= monthrange(year, month)[1]


def calendar_date(text: str) -> bool:
    """Three numbers that are a day in one of the usual orders; a year of two digits is of this century."""
    parts = re.findall(r"\d+", text)
    a, b, c = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return 1900 <= a <= 2099 and day(a, b, c)
    year = c if len(parts[2]) == 4 else 2000 + c
    return 1900 <= year <= 2099 and (day(year, b, a) or day(year, a, b))
