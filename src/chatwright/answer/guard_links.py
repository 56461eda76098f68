"""Links and images lead to allowed hosts only; any other is shown as text that leads nowhere.

Why: a text that the model was given (a document, a message) can make it write an image whose address
carries what was said; a page that loads it has sent it. Judged is each destination by itself, in Markdown,
HTML or bare, with no trust in what stands around it. Code stays as it is: it is not rendered.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import unquote

from chatwright.core.types import Mark

LONGEST = (
    2_048  # characters of a destination or a tag; what goes on longer is judged by its beginning
)
CODE = 500  # characters of code within a line
# Tags that load or send by themselves, or change what follows.
LOADING = {
    "applet", "audio", "base", "body", "embed", "form", "frame", "frameset", "iframe", "image", "input", "link",
    "math", "meta", "noscript", "object", "portal", "script", "style", "svg", "template", "track", "video",
}  # fmt: skip
# Text without one of these has nothing to judge but, at its end, what may become the name of a host.
SIGNS = re.compile(r"[\\`~<\]&:/]|www\.", re.IGNORECASE)
TAIL = re.compile(r"[\w.-]*\Z", re.ASCII)
NEXT = re.compile(r"[\\`~<\]&]|//?|[A-Za-z0-9][A-Za-z0-9.-]*")
SCHEMES = {"http", "https", "ftp", "ws", "wss", "file", "data", "javascript", "vbscript", "blob"}
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,4}[a-z]{2,12}\Z", re.IGNORECASE)
BARE = re.compile(rf"""[^\s<>"'`|\[\]{{}}]{{0,{LONGEST}}}""")
TRAILING = ".,;:!?*_~)”»"
FENCE = re.compile(r"(`{3,}|~{3,})[^`\n]*\n")
TICKS = re.compile("`+")
TAG = re.compile(r"<(?:[a-z!/?]|[^\s<>]{1,64}@)[^<>]*", re.IGNORECASE)
BEGINS_MAIL = re.compile(r"<[^\s<>]{0,64}\Z")
BLANK = re.compile(r"\n[ \t]*\r?\n")
LINE_END = re.compile(r"(?:\n[ \t]*)?\Z")
SPACE = re.compile(r"\s{0,20}")
DESTINATION = re.compile(rf"<[^<>\n]{{0,{LONGEST}}}>|[^\s<]\S{{0,{LONGEST}}}")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SCHEME_ANYWHERE = re.compile(r"[a-z][a-z0-9+-]*:/*|//+", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""=\s*("[^"]*"?|'[^']*'?|[^\s"'>]+)""")
ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
UNSAID = re.compile(
    r"[^\w\s,;'-]|\.(?=\S)"
)  # in the words of an image: letters, and what makes no link
BRACKETS = re.compile(r"[`<>\[\]|]")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# A sign of an address that is written as its number or name: it would be one again where it is rendered.
REFERENCE = re.compile(
    r"&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|(?:colon|sol|period|commat|bsol)\b);?", re.IGNORECASE
)

# Without a scheme: an address all the same, to programs less strict than Markdown; and what is a file.
ABROAD = re.compile(r"//|www\d?\.|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
RELATIVE = re.compile(
    r"[\w-]+\.(?:png|jpe?g|gif|svg|webp|pdf|html?|md|txt|csv|json|zip|docx?|xlsx?)(?:[?#]|$)",
    re.IGNORECASE,
)

Allows = Callable[[str], bool]


class Step(NamedTuple):
    """How far the text is decided, and what is shown for that part; `end` None: more must come first."""

    end: int | None
    shown: str = ""


WAIT = Step(None)


def hosts_of(url: str) -> set[str | None]:
    """The hosts that may be asked for `url`, as those read it who know Markdown's escapes or do not; "" where
    it stays with the page, None where it is no web address (`javascript:`) or cannot be told."""
    rendered = ESCAPE.sub(r"\1", html.unescape(url))
    return {_host(url), _host(rendered)}


def _host(url: str) -> str | None:
    """As a browser reads it: control characters out, backslashes as slashes, as many of them as there are."""
    text = "".join(char for char in url.strip("<> \n") if char > " " and char != "\x7f").replace(
        "\\", "/"
    )
    scheme = SCHEME.match(text)
    if scheme and re.match(r"[\w-]+(\.[\w-]+)+:\d", text):
        scheme = None  # "example.org:8080/x"
    kind = scheme[1].lower() if scheme else ""
    if kind == "mailto":
        return unquote(text).partition("?")[0].rpartition("@")[2].lower() or None
    if kind in ("tel", "sms"):
        return ""
    if kind not in ("", "http", "https"):
        return None
    if not scheme and (RELATIVE.match(text) or not ABROAD.match(text)):
        return ""
    rest = text[scheme.end() if scheme else 0 :].lstrip("/")
    place = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    name = unquote(re.sub(r":\d*$", "", place)).rstrip(".")
    try:
        return (name if name.isascii() else name.encode("idna").decode()).lower() or None
    except UnicodeError:
        return None


class Hosts:
    """Names of hosts; `*.example.org` stands for every host below it, `*` for every one."""

    def __init__(self, names: Iterable[str]) -> None:
        names = [name.strip().lower().rstrip(".") for name in names]
        self.all = "*" in names
        self._exact = frozenset(name for name in names if not name.startswith("*"))
        self._below = tuple(name[1:] for name in names if name.startswith("*."))

    def __contains__(self, host: object) -> bool:
        if not isinstance(host, str) or not host:
            return False
        return self.all or host in self._exact or host.endswith(self._below)


class Links:
    """A `guard_stream.Stage`. `allows` is asked for each destination as it is written."""

    def __init__(self, allows: Allows) -> None:
        self.hit: Mark | None = None
        self._allows = allows
        self.kept = ""
        self.opens: frozenset[str] | None = frozenset({"www"})
        self.ends: tuple[str, ...] = ()
        self._before = "\n"  # the last character that is decided
        self._fence = ""
        self._fences = True  # whether it is known where blocks of code begin and end
        self._unsure = False  # which backticks belong together in this paragraph
        self._blank = ""  # white space at the end of what is decided, from its last line's end on

    def push(self, text: str) -> str:
        text = self.kept + text.replace("\r", "")  # alone it would be the end of a line
        if self._fence or SIGNS.search(text):
            return self._go(text, False)
        at = TAIL.search(text).start()  # type: ignore[union-attr]
        if at:
            self._before = text[at - 1]
        self.kept = text[at:]
        return text[:at]

    def finish(self) -> str:
        return self._go(self.kept, True)

    @property
    def within(self) -> bool:
        return bool(self._fence)

    def skip(self, text: str) -> None:
        self._before = text[-1:] or self._before
        if "\n" in text or self._blank:
            run = self._blank + text
            if BLANK.search(run):
                self._unsure = False
            self._blank = LINE_END.search(run)[0]  # type: ignore[index]

    def _go(self, text: str, ended: bool) -> str:
        out: list[str] = []
        at = 0
        while at < len(text):
            end, shown = (self._fenced if self._fence else self._next)(text, at, ended)
            if end is None:
                break
            out.append(shown)
            self.skip(text[at:end])
            at = end
        self.kept = text[at:]
        return "".join(out)

    def _fenced(self, text: str, at: int, ended: bool) -> Step:
        """Line by line, to the line that ends the block."""
        end = text.find("\n", at) + 1
        if not end:
            return Step(len(text), text[at:]) if ended else WAIT
        line = text[at:end].rstrip("\r\n \t")
        bare = line.lstrip(" ")
        if (
            set(bare) == {self._fence[0]}
            and len(bare) >= len(self._fence)
            and len(line) - len(bare) < 4
        ):
            self._fence = ""
        return Step(end, text[at:end])

    def _next(self, text: str, at: int, ended: bool) -> Step:
        found = NEXT.search(text, at)
        if found is None:
            return Step(len(text), text[at:])
        if (start := found.start()) > at:
            return Step(start, text[at:start])
        sign = text[at]
        if sign == "\\":
            return self._escape(text, at, ended)
        if sign in "`~":
            return self._code(text, at, ended)
        if sign == "<":
            return self._tag(text, at, ended)
        if sign == "]":
            return self._destination(text, at, ended)
        if sign == "&":
            return _reference(text, at, ended)
        return self._word(text, at, found.end(), ended)

    def _escape(self, text: str, at: int, ended: bool) -> Step:
        """An escaped sign opens nothing. Signs of an address stay visibly escaped: a renderer would
        join them."""
        if at + 1 == len(text):
            return Step(len(text), "\\") if ended else WAIT
        pair = text[at : at + 2]
        if pair[1] in ":/@" or (pair[1] == "." and self._before in "wW"):
            return Step(at + 2, "\\" + pair)
        return Step(at + 2, pair) if ESCAPE.match(pair) else Step(at + 1, "\\")

    def _code(self, text: str, at: int, ended: bool) -> Step:
        """A fence at the very start of a line, or a row of backticks with an equal one later in the
        line. Not over a table's bar or a line's end: there a renderer may see no code."""
        line, sign = text.find("\n", at), text[at]
        if self._before == "\n":
            begins = text[at : at + 3] == 3 * sign
            short = text[at:].strip(sign) == "" and len(text) - at < 3
            if not ended and (short or (begins and line < 0 and len(text) - at < CODE)):
                return WAIT
            if self._fences and (fence := FENCE.match(text, at)):
                self._fence = fence[1]
                return Step(fence.end(), fence[0])
        run = len(text[at:]) - len(text[at:].lstrip(sign))
        if at + run == len(text) and not ended:
            return WAIT
        # A fence within a list, a quotation or HTML begins and ends as a renderer sees fit: none is believed
        # from here on.
        self._fences = self._fences and run < 3
        if sign == "~":
            return Step(at + run, text[at : at + run])
        ticks = TICKS.match(text, at)
        assert ticks is not None, "a backtick stands here"
        if ticks.end() == len(text) and not ended:
            return WAIT
        stop = len(text) if line < 0 else line
        for other in TICKS.finditer(text, ticks.end(), stop):
            if other.end() == len(text) and not ended:
                return WAIT
            if other[0] == ticks[0]:
                if self._unsure or "|" in text[at : other.end()]:
                    break
                return Step(other.end(), text[at : other.end()])
        else:
            if line < 0 and not ended and len(text) - at < CODE:
                return WAIT
        # What follows is judged, and all other code to the paragraph's end: a renderer that sees a table, or
        # takes lines together, pairs these signs otherwise.
        self._unsure = True
        return Step(ticks.end(), ticks[0])

    def _tag(self, text: str, at: int, ended: bool) -> Step:
        found = TAG.match(text, at)
        if found is None:
            return WAIT if BEGINS_MAIL.match(text, at) and not ended else Step(at + 1, "<")
        end = found.end()
        # A block of HTML ends as a renderer sees fit, and knows no code.
        self._fences, self._unsure = False, True
        telling = any(sign in found[0] for sign in "=:@")
        if end == len(text) and not ended and end - at < (LONGEST if telling else CODE):
            return WAIT
        if text[end : end + 1] != ">":
            return Step(at + 1, "<")
        tag, inside = text[at : end + 1], found[0].strip("</ \n")
        if SCHEME.match(inside) or "@" in inside.split(" ")[0]:  # an autolink
            full = inside if SCHEME.match(inside) else f"mailto:{inside}"
            return Step(end + 1, tag if self._allows(full) else shown(inside))
        if (instead := self._judged(tag, inside)) is not None:
            return Step(end + 1, instead)
        return Step(at + 1, "<")  # what stands in it is judged too: it may be no tag after all

    def _judged(self, tag: str, inside: str) -> str | None:
        """What is shown instead of a tag of HTML; None where it may stay."""
        name = re.match(r"[a-z]*", inside.lower())[0]  # type: ignore[index]
        urls = (value.strip("\"'") for value in ATTRIBUTE.findall(tag))
        foreign = any(hosts_of(url) != {""} and not self._allows(url) for url in urls)
        if (
            not foreign
            and name not in LOADING
            and not re.search(r"\b(?:on\w+|style|srcset)\s*=", tag, re.IGNORECASE)
        ):
            return None
        # A space at least: what stood before and behind it must not come together to something new.
        alt = ALT.search(tag) if name in ("img", "image") else None
        return f" {UNSAID.sub('', alt[1] or alt[2] or '')} " if alt else " "

    def _destination(self, text: str, at: int, ended: bool) -> Step:
        """After `](` or `]:`. A foreign one in brackets goes, with its title; a definition becomes text."""
        kind = text[at + 1 : at + 2]
        if kind not in ("(", ":"):
            return WAIT if not kind and not ended else Step(at + 1, "]")
        start = SPACE.match(text, at + 2).end()  # type: ignore[union-attr]
        found = DESTINATION.match(text, start)
        if found is None or (not ended and found.end() == len(text) and len(text) - at < LONGEST):
            cut = found is None and start < len(text) and text[start] != "<"
            return Step(start, text[at:start]) if ended or cut or len(text) - at > LONGEST else WAIT
        close = _closing(text, start) if kind == "(" else None
        if kind == "(" and close is None and not ended and len(text) - start < LONGEST:
            return WAIT
        url = found[0]
        if kind == "(" and not url.startswith("<"):
            url = url[: (_closing(url, 0) or len(url) + 1) - 1]
        if self._allows(url):  # what stands in it is judged all the same: it may be none after all
            return Step(start, text[at:start])
        if close is not None:
            return Step(close, "]")
        # No link any more; what follows is judged as bare.
        return Step(start, "] " + text[at + 1 : start])

    def _word(self, text: str, at: int, end: int, ended: bool) -> Step:
        """A word, or the bare address that begins here: with a scheme, as www., or as host and path."""
        if end == len(text) and not ended and end - at < LONGEST:
            return WAIT
        word, after = text[at:end], text[end : end + 1]
        scheme = after == ":" and re.split(r"[.-]", word)[-1].lower() in SCHEMES
        if word.startswith("/"):
            if (not after or word == "/") and end == len(text) and not ended:
                return WAIT
            before = self._before in " \n\t(|\"'*_=:"
            address = len(word) > 1 and before and after.isalnum()
        else:
            address = (
                scheme or word.lower().startswith("www.") or self._path(word, after, text, end)
            )
        if (
            after == ":"
            and not scheme
            and end + 1 == len(text)
            and DOMAIN.match(word)
            and not ended
        ):
            return WAIT
        if not address:
            return Step(end, word)
        stop = BARE.match(text, at).end()  # type: ignore[union-attr]
        if stop == len(text) and not ended and stop - at < LONGEST:
            return WAIT
        url = text[at:stop].rstrip(TRAILING)
        if not url or (scheme and len(url) <= len(word) + 1):  # "data: ..." is prose
            return Step(stop, text[at:stop])
        full = url if scheme or word.startswith("/") else f"https://{url}"
        return Step(at + len(url), url if self._allows(full) or self._allows(url) else shown(url))

    def _path(self, word: str, after: str, text: str, end: int) -> bool:
        port = re.match(r":\d{1,5}/", text[end : end + 7])
        return (after == "/" or port is not None) and DOMAIN.match(word) is not None


def shown(url: str) -> str:
    """An address as text that no program makes a link of: no scheme, and its dots in brackets. Not as code: one
    backtick more would change what is code around it."""
    text = url
    while (plain := SCHEME_ANYWHERE.sub("", html.unescape(text).replace("\\", ""))) != text:
        text = plain
    return BRACKETS.sub("", text).replace(".", "[.]")


def _reference(text: str, at: int, ended: bool) -> Step:
    """`&#58;` is shown as these five signs; `&amp;` and the like stay."""
    found = REFERENCE.match(text, at)
    if not ended and len(text) - at < 12 and re.fullmatch(r"&#?\w*", text[at:]):
        return WAIT
    if found is None or not html.unescape(found[0]).isascii():
        return Step(at + 1, "&")
    return Step(found.end(), "&amp;" + found[0][1:])


def _closing(text: str, start: int) -> int | None:
    """Behind the bracket that closes a link's, brackets within and escapes counted; None: not there yet."""
    depth = 1
    for found in re.finditer(r"\\.|[()]", text[start : start + 2 * LONGEST]):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if not depth:
            return start + found.end()
    return None
