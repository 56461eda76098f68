"""Rules for what has a form: addresses on the net, keys, accounts, ids, phones, order numbers.

A rule is a pattern and a check that says where in the match the value is, or that it is none. The
order of a value's type in `ORDER` decides between values that overlap. Dates, times and amounts are
in `privacy_dates`, postal addresses and titles in `privacy_places`, persons in `names`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from chatwright.data import privacy_checks as checks

# From the strongest evidence to the weakest. LITERAL is text that already looks like a placeholder,
# PLAIN a public URL: it stays, and shields the numbers in it from all that comes after it.
ORDER = (
    "LITERAL", "URL", "KEY", "EMAIL", "IP", "PLAIN", "IBAN", "CARD", "ID", "ADDRESS", "DATE", "TIME",
    "AMOUNT", "NUMBER", "PHONE", "TITLE", "NAME",
)  # fmt: skip
TYPES = tuple(sorted(set(ORDER) - {"LITERAL", "PLAIN"}))


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
    back: tuple[int, ...] = (0,),
    gate: tuple[str, ...] = (),
    words: str = "",
    around: bool = False,
) -> Rule:
    told = frozenset(word + end for word in words.split() for end in ("", ".", ",", "?", "!", ":"))
    return Rule(
        type, re.compile(pattern), check, frozenset(runs), re.compile(then), re.compile(lead), back,
        gate, told, around,
    )  # fmt: skip


# No letter or digit of the Latin script before or after: a Japanese particle may stand there.
LEFT = r"(?<![A-Za-z0-9À-ɏ_])"
RIGHT = r"(?![A-Za-z0-9À-ɏ_])"

# --- addresses on the net ------------------------------------------------------------------------

TRAILING = ".,;:!?…*'\"’”»)]}>"
SECRET_NAME = re.compile(
    r"""[?&;\#](?:
      (?P<strong>(?:[\w-]*[-_.])?(?:token|signature|secret|password|passwd|pwd|jwt|hmac|credential
        |api[-_]?key|apikey|access[-_]?key|access[-_]?key[-_]?id|jsessionid|phpsessid
        |session[-_]?id|sessid|sessionkey|session[-_]?token)|accesstoken|authtoken|resettoken|sig)
      |(?P<weak>(?:[\w-]*[-_.])?(?:key|session|sid|auth|reset|ticket|code|otp|hash|invite|magic|confirm|verify))
    )=(?P<value>[^&\#\s]+)""",
    re.I | re.X,
)
SECRET_PATH = re.compile(
    r"(?:reset|recover|password|verif|confirm|activat|invit|magic|session|auth|token|sso|login|signin"
    r"|passwort|motdepasse|mot-de-passe|contrasena|hooks\.slack\.com/services|api/webhooks)[^?#]*?"
    r"/(?P<value>[A-Za-z0-9_~.=-]{12,})(?:[/?#]|$)",
    re.I,
)
USERINFO = re.compile(r"[A-Za-z][\w+.-]*://[^/?#@\s:]*:[^/?#@\s]+@")


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
    return digits >= 2 and (letters >= 1 or digits >= 8)


def _plain(match: re.Match[str]) -> tuple[int, int] | None:
    return None if _url(match) else match.span()


URL_SHAPE = (
    r"(?<![A-Za-z0-9@])(?:[A-Za-z][A-Za-z0-9+.-]{1,15}://|www\.|(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,8}/)"
    r"[^\s<>\"\u0000「」『』、。（）“”«»]+"
)
LINKS = ("://", "www.", ".com/", ".org/", ".net/", ".io/", ".de/")
WEB = [
    rule("URL", URL_SHAPE, _url, gate=LINKS, around=True),
    rule("PLAIN", URL_SHAPE, _plain, gate=LINKS, around=True),
]
FILE_ENDINGS = r"(?:png|jpe?g|gif|svg|webp|css|js|ts|py|rb|md|txt|pdf|html?|local|lan)"
MAIL = [
    rule(
        "EMAIL",
        r"(?<![A-Za-z0-9À-ɏ._%+@/-])(?!git@)[A-Za-z0-9À-ɏ_](?:[A-Za-z0-9À-ɏ._%+'’=-]{0,62}[A-Za-z0-9À-ɏ_+-])?"
        rf"@(?:[A-Za-z0-9À-ɏ](?:[A-Za-z0-9À-ɏ-]{{0,61}}[A-Za-z0-9À-ɏ])?\.)+(?!{FILE_ENDINGS}{RIGHT})"
        r"[A-Za-zÀ-ɏ]{2,24}(?![A-Za-z0-9@-])",
        gate=("@",),
        around=True,
    ),
    rule(
        "EMAIL",
        r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,62}\s?[\[({](?:at|AT|ät|arroba|arobase)[\])}]\s?"
        r"(?:[A-Za-z0-9-]+(?:\.|\s?[\[({](?:dot|DOT|punkt|punto|point)[\])}]\s?))+[A-Za-z]{2,12}(?![A-Za-z0-9])",
        gate=("(at)", "[at]", "(AT)", "[AT]", "(arroba)", "(arobase)"),
    ),
]

# --- keys ----------------------------------------------------------------------------------------

PRIVATE_KEY = rule(
    "KEY",
    r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----[^\u0000]*?"
    r"(?:-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|(?=\u0000)|\Z)",
    gate=("-----BEGIN",),
)
KEY_SHAPES = (
    r"sk-(?:ant-|proj-|or-|svcacct-)?[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{22,}"
    r"|gl(?:pat|dt|rt|cbt)-[\w-]{20,}|A(?:KIA|SIA|GPA|IDA|ROA)[0-9A-Z]{16}|AIza[\w-]{35}|ya29\.[\w-]{20,}"
    r"|GOCSPX-[\w-]{20,}|xox[abeoprs]-[\w-]{10,}|xapp-[\w-]{20,}|[spr]k_(?:live|test)_\w{16,}|whsec_\w{20,}"
    r"|SG\.[\w-]{16,}\.[\w-]{16,}|hf_[A-Za-z0-9]{20,}|npm_\w{30,}|pypi-[\w-]{40,}|eyJ[\w-]{6,}\.eyJ[\w-]{6,}\.[\w-]*"
    r"|(?:AC|SK)[0-9a-f]{32}|do[opr]_v1_[0-9a-f]{40,}|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}|key-[0-9a-z]{32}"
    r"|dapi[0-9a-f]{32}|rubygems_[0-9a-f]{40,}|lin_api_\w{30,}|secret_[A-Za-z0-9]{40,}|ntn_\w{40,}|sq0[a-z]{3}-[\w-]{20,}"
    r"|EAA[A-Za-z0-9]{40,}|glsa_\w{30,}|gsk_\w{30,}|xai-\w{40,}|r8_\w{30,}|pplx-\w{30,}|AGE-SECRET-KEY-1\w{50,}"
    r"|\d{8,10}:AA[\w-]{32,}|[MNO][A-Za-z\d]{23,26}\.[\w-]{6}\.[\w-]{27,}"
)
LONG_WORD = 20  # characters; a shorter word is tried for no key
KEY_SAID = re.compile(
    r"(?:key|token|secret|bearer|schl[üu]ssel|cl[ée]|clave|キー|トークン)\s?(?:[:=]|は|is|ist|est|es|)\s?[\"'`「]?$",
    re.I,
)


def _said_key(match: re.Match[str]) -> tuple[int, int] | None:
    """Of no known shape, but said to be one, and drawn at random."""
    random = mixed(match[0]) and not re.fullmatch(r"[\d-]+", match[0])
    return match.span() if random and KEY_SAID.search(before(match, 24)) else None


KEYS = [
    rule("KEY", rf"(?<![A-Za-z0-9_-])(?:{KEY_SHAPES})(?<![-.])(?![A-Za-z0-9_])"),
    rule("KEY", r"(?<![A-Za-z0-9_])[A-Za-z0-9_+/=-]{20,}(?<!-)(?![A-Za-z0-9_.])", _said_key),
]

# --- accounts, cards, ids ------------------------------------------------------------------------

WIDE = {0xFF10 + n: 0x30 + n for n in range(10)} | {
    0xFF1A: ":",
    0xFF0D: "-",
    0xFF0F: "/",
    0xFF08: "(",
    0xFF09: ")",
}
WIDE |= {
    0xFF0B: "+",
    0xFF20: "@",
    0xFF0E: ".",
    0xA0: " ",
    0x202F: " ",
    0x2009: " ",
    0x2011: "-",
    0x2010: "-",
    0x2212: "-",
}


def narrow(text: str) -> str:
    """Wide digits and signs, hard spaces and hyphens as plain ones, character by character."""
    return text if text.isascii() else text.translate(WIDE)


VERSION_BEFORE = re.compile(
    r"(?:\b(?:versi[oó]n|version|ver|v|release|build|firmware|section|chapter|clause|abschnitt|kapitel|§|rfc"
    r"|ios|android|macos|windows|python|node|java|php|linux|kernel|driver|treiber|update|art|artikel|oid)"
    r"|バージョン)\.?\s?:?\s?$",
    re.I,
)


def before(match: re.Match[str], length: int, start: int | None = None) -> str:
    at = match.start() if start is None else start
    return match.string[max(0, at - length) : at]


def _ip(match: re.Match[str]) -> tuple[int, int] | None:
    if VERSION_BEFORE.search(before(match, 16)) or not checks.ip(match[0]):
        return None
    return match.span()


def _iban(match: re.Match[str]) -> tuple[int, int] | None:
    length = checks.iban(match[0])
    return (match.start(), match.start() + length) if length else None


MY_NUMBER_SAID = re.compile(r"マイナンバー|個人番号|my ?number|individual number", re.I)
CPF_SAID = re.compile(r"\bcpf\b", re.I)
TAX_SAID = re.compile(r"steuer|\bidnr|\btin\b|\btax\b|\bst\.?-?id", re.I)
SSN_SAID = re.compile(r"\bssn\b|social security|\bsocial\b", re.I)


def said(test: Callable[[str], bool], words: re.Pattern[str]) -> Check:
    """The value, where `test` holds and `words` stand before it: bare digits alone say too little."""

    def check(match: re.Match[str]) -> tuple[int, int] | None:
        plausible = test(match[0]) and words.search(before(match, 40))
        return match.span() if plausible else None

    return check


EDGE_L, EDGE_R = r"(?<![A-Za-z0-9À-ɏ_.,/+-])", r"(?![A-Za-z0-9À-ɏ_]|[-.,/]\d)"
HEX = "[0-9A-Fa-f]"
# Groups of digits with spaces between them are no part of a longer row of such groups.
ALONE_L, ALONE_R = rf"{EDGE_L}(?<!\d )", rf"(?! \d){EDGE_R}"
DNI_LETTER = r"[ -]?[A-HJ-NP-TV-Za-hj-np-tv-z]"
LETTER = r"[A-Za-z]\Z"
IPV6 = rf"(?<![\w:.])(?:{HEX}{{1,4}}:){{7}}{HEX}{{1,4}}(?![\w:])"
CARD = rf"{EDGE_L}\d(?:[ -]?\d){{12,18}}{EDGE_R}"
NINO = rf"{EDGE_L}[A-Za-z]{{2}}[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-Da-d]{EDGE_R}"
NIE = rf"{EDGE_L}[XYZxyz][ -]?\d{{7}}{DNI_LETTER}{EDGE_R}"
NIR = (
    rf"{ALONE_L}[1-478][ .-]?\d\d[ .-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .-]?(?:\d\d|2[ABab])[ .-]?\d{{3}}[ .-]?\d{{3}}"
    rf"[ ./-]?\d\d{ALONE_R}"
)
SSN = rf"{ALONE_L}\d{{3}} ?\d{{2}} ?\d{{4}}{ALONE_R}"
ACCOUNTS = [
    rule(
        "IP",
        r"(?<![\w.@-])(?<![^/]/)(?:\d{1,3}\.){3}\d{1,3}(?![A-Za-z0-9_]|\.\d|-\d)",
        _ip,
        (1, 2, 3),
        r"\.\d",
    ),
    rule(
        "IP",
        rf"(?<![\w:.])(?:{HEX}{{1,4}}:|:(?=:)){{1,7}}(?::{HEX}{{1,4}}|{HEX}{{1,4}}|:)(?::{HEX}{{1,4}}){{0,6}}"
        r"(?::(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])",
        _ip,
        gate=("::",),
        around=True,
    ),
    rule("IP", IPV6, _ip, (1, 2, 3, 4), rf":{HEX}{{3}}|:{HEX}{{0,2}}:|[a-fA-F]"),
    rule("IP", IPV6, _ip, (1, 2, 3), "[:a-fA-F]", r"[a-fA-F]\Z", (1, 2, 3)),
    rule(
        "IBAN",
        rf"{LEFT}[A-Za-z]{{2}}\d{{2}}(?:[ -]?[A-Za-z0-9]{{1,4}}){{3,10}}",
        _iban,
        range(2, 40),
        r"[ -]?[A-Za-z0-9]|",
        r"[A-Za-z]{2}\Z",
        (2,),
    ),
    rule("CARD", CARD, when(checks.card), (4,), r"[ -]\d"),
    rule("CARD", CARD, when(checks.card), range(13, 20)),
    rule("ID", rf"{EDGE_L}\d{{3}}-\d{{2}}-\d{{4}}{EDGE_R}", when(checks.ssn), (3,), r"-\d"),
    rule("ID", SSN, said(checks.ssn, SSN_SAID), (3,), r" \d"),
    rule("ID", SSN, said(checks.ssn, SSN_SAID), (9,)),
    rule("ID", NINO, when(checks.nino), (2, 4, 6), "[ -]?[0-9A-Da-d]", r"[A-Za-z]{2}\Z", (2,)),
    rule("ID", NINO, when(checks.nino), (2, 6), "[ -]?[0-9A-Da-d]", r"[A-Za-z][ -]\Z", (3,)),
    rule("ID", rf"{ALONE_L}\d\d(?: \d{{3}}){{3}}{ALONE_R}", when(checks.steuer_id), (2,), r" \d"),
    rule("ID", rf"{EDGE_L}\d{{11}}{EDGE_R}", said(checks.steuer_id, TAX_SAID), (11,)),
    rule("ID", NIR, when(checks.nir), (1,), r"[ .-]\d"),
    rule("ID", NIR, when(checks.nir), (6, 7, 13, 15)),
    rule("ID", rf"{EDGE_L}\d{{8}}{DNI_LETTER}{EDGE_R}", when(checks.dni), (8,), "[ -]?[A-Za-z]"),
    rule(
        "ID",
        rf"{EDGE_L}\d{{1,2}}\.\d{{3}}\.\d{{3}}{DNI_LETTER}{EDGE_R}",
        when(checks.dni),
        (1, 2),
        r"\.\d",
    ),
    rule("ID", NIE, when(checks.dni), (7,), "", r"[XYZxyz]\Z", (1,)),
    rule("ID", NIE, when(checks.dni), (7,), "", r"[XYZxyz][ -]\Z", (2,)),
    rule(
        "ID",
        rf"{ALONE_L}(?:\d{{4}}[ -]){{2}}\d{{4}}{ALONE_R}",
        when(checks.my_number),
        (4,),
        r"[ -]\d",
    ),
    rule("ID", rf"{EDGE_L}\d{{12}}{EDGE_R}", said(checks.my_number, MY_NUMBER_SAID), (12,)),
    rule("ID", rf"{EDGE_L}\d{{3}}\.\d{{3}}\.\d{{3}}-\d\d{EDGE_R}", when(checks.cpf), (3,), r"\.\d"),
    rule("ID", rf"{EDGE_L}\d{{9}}-?\d\d{EDGE_R}", said(checks.cpf, CPF_SAID), (9, 11)),
]
