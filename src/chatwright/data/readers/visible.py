"""HTML -> the text that a reader would see, with line breaks; quoted mail gets `> ` before its lines.

For whole mails and documents (fragments in chats: data/markup.py), not for whole web sites: menus and
boilerplate stay. lxml and not the standard library's parser, which takes quadratic time where a tag
never ends.
"""

from __future__ import annotations

import lxml.html
from lxml import etree

HIDDEN = {"script", "style", "head", "title", "template", "noscript"}
# Line breaks before and after, at least.
BREAKS = dict.fromkeys(["div", "br", "li", "tr", "hr", "section", "article"], 1)
BREAKS |= dict.fromkeys(["p", "ul", "ol", "table", "blockquote", "pre"], 2)
BREAKS |= dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], 2)
MAX_HTML = 4 << 20  # characters


def visible_text(html: str) -> str:
    """The visible text of `html`; what lies beyond 4 Mi characters is not looked at."""
    data = html[:MAX_HTML].replace("\x00", "").encode("utf-8", errors="replace")
    try:
        root = lxml.html.document_fromstring(data, lxml.html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # nothing in it
        return ""
    lines = (" ".join(line.split()) for line in "".join(_pieces(root)).split("\n"))
    return "\n".join(lines).strip()


def _pieces(root: etree._Element) -> list[str]:
    pieces: list[str] = []
    hidden = quoted = due = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = node.tag if event in ("start", "end") else ""
        hidden += _step(event, tag in HIDDEN)
        quoted += _step(event, tag == "blockquote")
        if tag != "br":
            due = max(due, BREAKS.get(tag, 0))
        elif event == "start":
            due += 1
        text = (node.text if event == "start" else node.tail) or ""
        if text.strip() and not hidden:
            pieces.append("\n" * min(due, 2) + "> " * quoted if due else "")
            due = 0
        if text and not hidden:
            pieces.append(" ".join(text.split("\n")))
    return pieces


def _step(event: str, counts: bool) -> int:
    return int(counts) if event == "start" else -int(counts)
