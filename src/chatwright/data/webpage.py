"""An HTML document -> its title, and what a reader sees of it as text with headings, lists and tables.

Hidden parts are left out, as they are where instructions to machines are put: `display:none` and the
like, letters of no size, letters in the colour of what is behind them; also navigation. Styles are
those of the page itself (`style=` and simple selectors of `<style>`); what a style sheet elsewhere or
a script hides is seen. For mail there is `readers/visible.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import lxml.html
from lxml import etree

from chatwright.core.errors import DataError
from chatwright.data.markup import CODE

MAX_HTML = 32 << 20  # characters
UNSEEN = {"script", "style", "head", "title", "template", "noscript", "nav", "iframe", "object"}
BREAKS = dict.fromkeys(["div", "br", "li", "tr", "hr", "section", "article", "dt", "dd"], 1)
BREAKS |= dict.fromkeys(["p", "ul", "ol", "table", "blockquote", "pre", "dl", "main"], 2)
HEADINGS = {f"h{n}": "#" * n + " " for n in range(1, 7)}
BREAKS |= dict.fromkeys(HEADINGS, 2)
MARKED = {"li", "td", "th", *HEADINGS}
SPACES = re.compile(r"\s+")

COLOURS = {"white": 0xFFFFFF, "black": 0, "snow": 0xFFFAFA, "ivory": 0xFFFFF0, "red": 0xFF0000}
COLOURS |= {"whitesmoke": 0xF5F5F5, "gray": 0x808080, "grey": 0x808080, "navy": 0x80, "blue": 0xFF}
RGB = re.compile(r"rgba?\(([\d.]+%?)[\s,]+([\d.]+%?)[\s,]+([\d.]+%?)(?:[\s,/]+([\d.]+)%?)?\)")
SELECTOR = re.compile(r"[a-z0-9]*(?:[.#][\w-]+)?", re.I)
NOTHING = re.compile(r"0*\.?0*(px|em|rem|pt|%)?")
TINY = re.compile(r"(0*[01](\.\d+)?|0*\.\d+)(px|pt)|0*\.0\d*(em|rem)|0*[0-9](\.\d+)?%|0+(em|rem)?")
FAR = re.compile(r"-\d{3,}(\.\d+)?(px|em|rem|%|vw|vh|pt)")
NEAR = 24  # of 255, for each of red, green, blue: letters of this colour cannot be told from what is behind

TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,9})\b([^<>]{0,999})>")  # in Markdown
HIDDEN = re.compile(r"(?i)(?:^|\s)hidden(?:$|[\s=/])")
STYLE = re.compile(r"(?i)\bstyle\s*=\s*([\"'])(.*?)\1")

Rules = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader sees: headings are lines with `#`, items begin with `- `, cells stand between ` | `."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks at one place; a colour that is not known hides nothing."""

    hidden: bool = False
    colour: int | None = 0
    behind: int | None = 0xFFFFFF

    @property
    def seen(self) -> bool:
        if self.hidden or self.colour is None or self.behind is None:
            return not self.hidden
        return any(
            abs((self.colour >> shift & 255) - (self.behind >> shift & 255)) > NEAR
            for shift in (0, 8, 16)
        )


def readable(html: str) -> Page:
    """Raises `DataError` for a page of more than 32 Mi characters."""
    if len(html) > MAX_HTML:
        raise DataError(f"The page has {len(html):,} characters.", "Split it into several pages.")
    data = html.replace("\x00", "").encode("utf-8", errors="replace")
    try:
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        root = lxml.html.document_fromstring(data, parser)
    except etree.ParserError:  # nothing in it
        return Page("", "")
    css = "".join(node.text or "" for node in root.iter("style"))
    lines = "".join(_pieces(root, rules_of(css))).split("\n")
    title = " ".join((root.findtext(".//title") or "").split())
    return Page(title, "\n".join(line.rstrip() for line in lines).strip())


def _pieces(root: etree._Element, rules: Rules) -> Iterator[str]:
    """Text with what stands before it: line breaks, `#`, `- `, ` | `, `> `."""
    looks, quoted, due, mark, written = [Look()], 0, 0, "", False
    verbatim = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = node.tag if event in ("start", "end") else ""
        if event == "start":
            looks.append(_look(node, looks[-1], rules))
        elif event == "end":
            looks.pop()
        step = 1 if event == "start" else -1
        quoted += step * (tag == "blockquote")
        verbatim += step * (tag == "pre")
        due = max(due, BREAKS.get(tag, 0)) if tag != "br" else due + (event == "start")
        if event == "start":
            mark = HEADINGS.get(tag) or ("- " if tag == "li" else mark if due else "")
            if tag in ("td", "th") and node.getprevious() is not None:
                mark = " | "
        elif tag in MARKED:
            mark = ""
        text = (node.text if event == "start" else node.tail) or ""
        if not text or not looks[-1].seen:
            continue
        if not verbatim:
            text = SPACES.sub(" ", text)
        if text.strip() and (due or mark):
            yield "\n" * (min(due, 2) * written) + "> " * (quoted * bool(due)) + mark
            text, due, mark = text if verbatim else text.lstrip(), 0, ""
        if not due:
            yield text
            written = True


def _look(node: etree._Element, around: Look, rules: Rules) -> Look:
    if around.hidden or node.tag in UNSEEN or node.get("hidden") is not None:
        return replace(around, hidden=True)
    style = dict[str, str]()
    if rules:
        names = [f".{name}" for name in (node.get("class") or "").split()]
        names += [f"#{node.get('id')}"] if node.get("id") else []
        for selector in (node.tag, *names, *(node.tag + name for name in names)):
            style |= rules.get(selector, {})
    style |= declared(node.get("style") or "")
    if node.get("color"):
        style.setdefault("color", node.get("color"))
    if node.get("bgcolor"):
        style.setdefault("background", node.get("bgcolor"))
    if not style:
        return around
    colour, behind = around.colour, around.behind
    if "color" in style:
        colour = colour_of(style["color"], behind)
    if back := style.get("background-color") or style.get("background"):
        behind = colour_of(back, behind)
    if "background-image" in style:
        behind = None
    return Look(hides(style), colour, behind)


def hides(style: dict[str, str]) -> bool:
    """Whether declarations hide a whole element."""
    flat = style.get("overflow") == "hidden" and any(
        NOTHING.fullmatch(style.get(side, "x")) for side in ("height", "max-height", "width")
    )
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or bool(NOTHING.fullmatch(style.get("opacity", "1")))
        or bool(TINY.fullmatch(style.get("font-size", "1em")))
        or any(
            FAR.fullmatch(style.get(side, "")) for side in ("text-indent", "left", "top", "right")
        )
        or style.get("clip", "").replace(" ", "") in ("rect(0,0,0,0)", "rect(0000)")
        or flat
    )


def declared(text: str) -> dict[str, str]:
    """`a: b; c: d` as a dictionary, in small letters, without `!important`."""
    found = {}
    for part in text.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def rules_of(css: str) -> Rules:
    """The declarations of simple selectors (`p`, `.x`, `#x`, `p.x`); not those for print."""
    rules: Rules = {}
    around: list[str] = []
    text = ""
    for piece in re.split(r"([{}])", _without_comments(css)):
        if piece == "{":
            around.append(text.strip())
        elif piece == "}" and around:
            selectors = around.pop()
            if not any("print" in one for one in around) and "@" not in selectors:
                for selector in map(str.strip, selectors.split(",")):
                    if selector and SELECTOR.fullmatch(selector):
                        rules[selector] = rules.get(selector, {}) | declared(text)
        text = piece
    return rules


def _without_comments(css: str) -> str:
    first, *others = css.split("/*")
    return first + "".join(part.partition("*/")[2] for part in others)


def colour_of(value: str, behind: int | None) -> int | None:
    """0xRRGGBB; what is transparent has the colour of what is behind; None where it is not known."""
    value = value.strip().lower()
    if value.startswith("#"):
        digits = value[1:]
        if len(digits) in (3, 4):
            digits = "".join(d + d for d in digits)
        if len(digits) == 8 and digits.endswith("00"):
            return behind
        try:
            return int(digits[:6], 16) if len(digits) in (6, 8) else None
        except ValueError:
            return None
    if value == "transparent":
        return behind
    if found := RGB.fullmatch(value):
        if found[4] is not None and float(found[4]) == 0:
            return behind
        parts = [
            float(p.rstrip("%")) * (2.55 if p.endswith("%") else 1) for p in found.groups()[:3]
        ]
        red, green, blue = (min(255, round(part)) for part in parts)
        return red << 16 | green << 8 | blue
    return COLOURS.get(value)


def without_hidden(markdown: str) -> str:
    """Markdown without its comments and the HTML in it that is hidden; code is left alone."""
    if "<" not in markdown:
        return markdown
    pieces = CODE.split(markdown)
    pieces[::2] = [
        _shown(_without(piece, "<!--", "-->")) if "<" in piece else piece for piece in pieces[::2]
    ]
    return "".join(pieces)


def _without(text: str, begin: str, end: str) -> str:
    first, *others = text.split(begin)
    return first + "".join(
        after if found else begin + part
        for part in others
        for _, found, after in [part.partition(end)]
    )


def _shown(text: str) -> str:
    """Without the elements whose own tag hides them, as far as each of them is closed."""
    kept, at, open_ended = [], 0, set[str]()
    for found in TAG.finditer(text):
        style = STYLE.search(found[2])
        if (
            found.start() < at
            or found[1] in open_ended
            or not (HIDDEN.search(found[2]) or (style and not _look_of(style[2]).seen))
        ):
            continue
        end = text.find(f"</{found[1]}", found.end())
        if end >= 0:
            kept.append(text[at : found.start()])
            at = text.find(">", end) + 1 or len(text)
        else:
            open_ended.add(found[1])
    return "".join([*kept, text[at:]])


def _look_of(style: str) -> Look:
    node = etree.Element("span", style=style)
    return _look(node, Look(), {})
