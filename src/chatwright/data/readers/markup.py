"""HTML -> the text that a reader would see, with line breaks; quoted mail gets `> ` before its lines.

For messages and documents, not for whole web sites: menus and boilerplate stay.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

HIDDEN = {"script", "style", "head", "title", "template", "noscript"}
LINES = {"p", "div", "br", "li", "tr", "ul", "ol", "table", "blockquote", "pre", "hr", "section"}
LINES |= {"h1", "h2", "h3", "h4", "h5", "h6", "article"}
MAX_HTML = 4 << 20  # characters; the parser's time is not always in line with the length
TAG = re.compile(r"<(?:/?[a-z][^<>]{0,500}|!--|!doctype[^<>]{0,500})>?", re.I)
BREAKS = re.compile(r"\n\s*\n\s*")


def is_html(text: str) -> bool:
    """Whether a text has tags in it."""
    return TAG.search(text[:20_000]) is not None


def plain_text(html: str) -> str:
    """The visible text of `html`; what lies beyond 4 Mi characters is not looked at."""
    page = _Page()
    page.feed(html[:MAX_HTML])
    page.close()
    lines = (" ".join(line.split()) for line in "".join(page.parts).split("\n"))
    return BREAKS.sub("\n\n", "\n".join(lines)).strip()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in HIDDEN
        self._quoted += tag == "blockquote"
        if tag in LINES:
            self.parts.append("\n" + "> " * self._quoted)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in HIDDEN))
        self._quoted = max(0, self._quoted - (tag == "blockquote"))
        if tag in LINES and tag != "br":
            self.parts.append("\n" + "> " * self._quoted)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(" ".join(data.split("\n")))
