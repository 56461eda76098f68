"""Rules for what has a form: addresses on the net, keys, accounts, ids, phones, order numbers.

A rule is a pattern and a check that says where in the match the value is, or that it is none. The
order of a value's type in `ORDER` decides between values that overlap. Dates, times and amounts are
in `privacy_dates`, postal addresses and titles in `privacy_places`, persons in `names`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from chatwright.core.placeholders import TYPES as TYPES
from chatwright.data import privacy_checks as checks
from chatwright.data.tables import Tables

# From the strongest evidence to the weakest. LITERAL is text that already looks like a placeholder,
# PLAIN a public URL: it stays, and shields the numbers in it from all that comes after it.
ORDER = (
    "LITERAL", "URL", "KEY", "EMAIL", "IP", "PLAIN", "IBAN", "CARD", "ID", "ADDRESS", "DATE", "TIME",
    "AMOUNT", "NUMBER", "PHONE", "TITLE", "NAME",
)  # fmt: skip


class Span(NamedTuple):
    """A value in a text: characters `start` to `end`."""

    start: int
    end: int
    type: str


Check = Callable[[re.Match[str]], "tuple[int, int] | None"]


class Rule(NamedTuple):
    """What a value of `type` looks like, and where it is worth looking for.

    With `runs` it is tried at each run of so many digits, beginning `back` characters before it, where
    the four characters after the run match `then` and the five before it match `lead`. Without, it is tried
    all over a text that has one of `gate`, or one of `words`, in it; `around`: in that word alone.
    """

    type: str
    pattern: re.Pattern[str]
    check: Check
    runs: frozenset[int] = frozenset()
    then: re.Pattern[str] = re.compile("")
    lead: re.Pattern[str] = re.compile(r"[^A-Za-z0-9_]\Z")
    back: tuple[int, ...] = (0,)
    gate: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    around: bool = False

    def at(self, text: str, start: int) -> Span | None:
        """The value that begins at the run at `start`."""
        for back in self.back:
            match = self.pattern.match(text, start - back)
            if match and (found := self.check(match)):
                return Span(*found, self.type)
        return None

    def find(self, text: str) -> Iterator[Span]:
        for start, end in self._words(text) if self.around else [(0, len(text))]:
            yield from self.within(text, start, end)

    def near(self, text: str, word: str) -> Iterator[Span]:
        """The values close to each `word` in the text."""
        done, at = 0, text.find(word)
        while at >= 0:
            if text[at - 1] in " \n":
                yield from self.within(text, max(done, at - REACH), at + len(word) + REACH)
                done = at
            at = text.find(word, at + len(word))

    def within(self, text: str, start: int, end: int) -> Iterator[Span]:
        for match in self.pattern.finditer(text, start, end):
            if found := self.check(match):
                yield Span(*found, self.type)

    def _words(self, text: str) -> Iterator[tuple[int, int]]:
        for sign in self.gate:
            at = text.find(sign)
            while at >= 0:
                start, end = word_around(text, at)
                yield start, end
                at = text.find(sign, max(end, at + 1))


REACH = 120  # characters; how far from the word that tells of it a value begins and ends


def word_around(text: str, at: int) -> tuple[int, int]:
    """Where the word that covers position `at` begins and ends, white space around it."""
    start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    line = text.find("\n", at)
    end = text.find(" ", at, line if line >= 0 else len(text))
    return start, end if end >= 0 else line if line >= 0 else len(text)


def value(match: re.Match[str]) -> tuple[int, int]:
    """The group `v`, or all of the match where the pattern has none."""
    return match.span("v") if "v" in match.re.groupindex else match.span()


def when(test: Callable[[str], bool]) -> Check:
    """The value, where `test` holds for its text."""

    def check(match: re.Match[str]) -> tuple[int, int] | None:
        start, end = value(match)
        return (start, end) if test(match.string[start:end]) else None

    return check


def rule(
    type: str,
    pattern: str,
    check: Check = value,
    runs: Iterable[int] = (),
    then: str = "",
    lead: str = r"[^A-Za-z0-9_]\Z",
    back: Iterable[int] = (0,),
    gate: Iterable[str] = (),
    words: str = "",
    around: bool = False,
) -> Rule:
    told = frozenset(word + end for word in words.split() for end in ("", ".", ",", "?", "!", ":"))
    return Rule(
        type, re.compile(pattern), check, frozenset(runs), re.compile(then), re.compile(lead), tuple(back),
        tuple(gate), told, around,
    )  # fmt: skip


class RuleTables(Tables):
    """The words, patterns and rules of `<name>.toml` beside this file."""

    def __init__(self, name: str) -> None:
        super().__init__(Path(__file__).with_name(f"{name}.toml"))

    def rules(self, name: str, **checks: Check) -> list[Rule]:
        """The rows `[[name]]`; what a row calls its check is one of `checks`."""
        return [self._rule(row, checks) for row in self.all[name]]

    def _rule(self, row: dict[str, Any], checks: dict[str, Check]) -> Rule:
        patterns: dict[str, Any] = {
            key: self.whole(row[key]) for key in ("pattern", "then", "lead") if key in row
        }
        check = checks[row["check"]] if "check" in row else value
        told: dict[str, Any] = row | patterns | {"check": check}
        return rule(**told)


TABLES = RuleTables("privacy_rules")

# --- addresses on the net ------------------------------------------------------------------------

TRAILING = TABLES.text("TRAILING")
SECRET_NAME, SECRET_PATH, USERINFO = TABLES.patterns("SECRET_NAME SECRET_PATH USERINFO")


def _url(match: re.Match[str]) -> tuple[int, int] | None:
    """A URL that opens something: it carries a password, token, key, signature or session."""
    start, end = match.span()
    while end > start and match.string[end - 1] in TRAILING:
        end -= 1
    return (start, end) if secret_url(match.string[start:end]) else None


def secret_url(url: str) -> bool:
    if USERINFO.match(url):
        return True
    for found in SECRET_NAME.finditer(url):
        text = found["value"]
        if len(text) >= (4 if found["strong"] else 8) and (found["strong"] or mixed(text)):
            return True
    path = SECRET_PATH.search(url)
    return path is not None and mixed(path["value"])


def mixed(text: str) -> bool:
    """Looks drawn at random: letters and digits, or too long for words, and not words in a row."""
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    if digits < 2:
        return digits == 1 and len(HUMPS.findall(text)) >= 3
    return letters >= 1 or digits >= 8


HUMPS = re.compile("[a-z0-9](?=[A-Z])|[A-Z]{2}(?=[a-z])")


def _plain(match: re.Match[str]) -> tuple[int, int] | None:
    return None if _url(match) else match.span()


WEB = TABLES.rules("WEB", url=_url, plain=_plain)
MAIL = TABLES.rules("MAIL")

# --- keys ----------------------------------------------------------------------------------------

PRIVATE_KEY = TABLES.rules("PRIVATE_KEY")
LONG_WORD = 20  # characters; a shorter word is tried for no key
KEY_SAID = TABLES.pattern("KEY_SAID")


def _said_key(match: re.Match[str]) -> tuple[int, int] | None:
    """Of no known shape, but said to be one, and drawn at random."""
    random = mixed(match[0]) and not re.fullmatch(r"[\d-]+", match[0])
    return match.span() if random and KEY_SAID.search(before(match, 24)) else None


def _varied(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= 2 and text.lower() != text != text.upper()


def _drawn_key(match: re.Match[str]) -> tuple[int, int] | None:
    """After a prefix with a line below it, as services give theirs: letters of both cases and digits."""
    return match.span() if _varied(match["drawn"]) else None


def _aws_secret(match: re.Match[str]) -> tuple[int, int] | None:
    """Forty characters of both cases, with digits, and something of the cloud near them; no SHA-1."""
    near = match.string[max(0, match.start() - 80) : match.end() + 40]
    return match.span() if _varied(match[0]) and CLOUD.search(near) else None


CLOUD = re.compile(r"(?i)aws|secret|A[KS]IA")
KEYS = TABLES.rules("KEYS", said_key=_said_key, drawn_key=_drawn_key, aws_secret=_aws_secret)

# --- accounts, cards, ids ------------------------------------------------------------------------

WIDE = str.maketrans(
    "０１２３４５６７８９：－／（）＋＠．\u00a0\u202f\u2009\u2011\u2010\u2212",
    "0123456789:-/()+@.   ---",
)


def narrow(text: str) -> str:
    """Wide digits and signs, hard spaces and hyphens as plain ones, character by character."""
    return text if text.isascii() else text.translate(WIDE)


VERSION_BEFORE, OTHER_SAID, IP_NEAR, ALWAYS_IP = TABLES.patterns(
    "VERSION_BEFORE OTHER_SAID IP_NEAR ALWAYS_IP"
)


def before(match: re.Match[str], length: int, start: int | None = None) -> str:
    at = match.start() if start is None else start
    return match.string[max(0, at - length) : at]


def _ip(match: re.Match[str]) -> tuple[int, int] | None:
    """Four small numbers with dots are a version or a section, where nothing speaks of a network."""
    start, end = match.span()
    text, around = match[0], match.string
    if VERSION_BEFORE.search(before(match, 20)) or not checks.ip(text):
        return None
    if ":" in text or ALWAYS_IP.match(text) or max(map(int, text.split("."))) > 99:
        return start, end
    linked = around[start - 2 : start] == "//" or re.match(r":\d|/\d", around[end : end + 2])
    near = around[max(0, start - 60) : start].rpartition("\0")[2] + " " + around[end : end + 30]
    return (start, end) if linked or IP_NEAR.search(near.partition("\0")[0]) else None


def _iban(match: re.Match[str]) -> tuple[int, int] | None:
    length = checks.iban(match[0])
    return (match.start(), match.start() + length) if length else None


MY_NUMBER_SAID, CPF_SAID, SSN_SAID = TABLES.patterns("MY_NUMBER_SAID CPF_SAID SSN_SAID")


def said(test: Callable[[str], bool], words: re.Pattern[str], after: int = 0) -> Check:
    """The value, where `test` holds and `words` stand before it, or up to `after` characters behind it:
    bare digits alone say too little."""

    def check(match: re.Match[str]) -> tuple[int, int] | None:
        if not test(match[0]):
            return None
        near = before(match, 40) + "\n" + match.string[match.end() : match.end() + after]
        return match.span() if words.search(near) else None

    return check


def _not_other(test: Callable[[str], bool]) -> Check:
    """The value, where `test` holds and no word before it says that it is of an article or a game."""
    valid = when(test)
    return lambda match: None if OTHER_SAID.search(before(match, 24)) else valid(match)


ACCOUNTS = TABLES.rules(
    "ACCOUNTS",
    **{name: when(getattr(checks, name)) for name in ("card", "nir", "dni", "my_number", "cpf", "steuer_id")},
    ip=_ip, iban=_iban, ssn=_not_other(checks.ssn), nino=_not_other(checks.nino), bare_steuer_id=_not_other(checks.steuer_id),
    said_ssn=said(checks.ssn, SSN_SAID), said_cpf=said(checks.cpf, CPF_SAID), said_my_number=said(checks.my_number, MY_NUMBER_SAID, 24),
)  # fmt: skip
