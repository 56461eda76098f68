"""HTML in a message -> text. Only tags that HTML knows: `<name>` and `a < b` are what people write.

Links become Markdown links, which stay as they are; code between backticks is left alone. This is
for fragments in chats and tickets, not for web pages.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from chatwright.data.tables import Tables

TABLES = Tables(Path(__file__).with_suffix(".toml"))

CODE, LIKELY, HIDDEN, PRE, TAG, ALT, LINK = TABLES.patterns("CODE LIKELY HIDDEN PRE TAG ALT LINK")
ENTITY = TABLES.pattern("ENTITY")
BLOCKS = {"br": "\n", "p": "\n\n", "li": "\n- ", "td": " ", "th": " ", "dd": "\n", "dt": "\n"}
BLOCKS |= dict.fromkeys(("div", "tr", "table", "ul", "ol", "hr", "section", "article"), "\n")
BLOCKS |= dict.fromkeys(("blockquote", *(f"h{n}" for n in range(1, 7))), "\n\n")
OPEN_ONLY = {"br", "li", "hr"}


def may_hold_markup(text: str) -> bool:
    """Cheap, and right when it says no."""
    return ("<" in text and LIKELY.search(text) is not None) or ("&" in text and ";" in text)


def plain(text: str) -> str:
    """`text` without HTML. Tags first, then entities: `&lt;b&gt;` is somebody's text about HTML."""
    if "<" in text and LIKELY.search(text):
        text = PRE.sub("\n```\n", _shown(text))
        text = "".join(
            piece if at % 2 else LINK.sub(_link, TAG.sub(_tag, piece))
            for at, piece in enumerate(CODE.split(text))
        )
    if "&" not in text:
        return text
    parts = CODE.split(text)
    parts[::2] = [ENTITY.sub(lambda found: html.unescape(found[0]), piece) for piece in parts[::2]]
    return "".join(parts)


def _shown(text: str) -> str:
    """Without comments, scripts and styles; what is never closed is text."""
    parts = HIDDEN.split(text)
    marks = ["-->" if m == "-->" else m.lower()[:5] for m in parts[1::2]]  # "</scr", "<styl", ...
    last = {mark: at for at, mark in enumerate(marks)}
    kept, at = [parts[0]], 0
    while at < len(marks):
        closer = "-->" if marks[at] == "<!--" else f"</{marks[at][1:4]}"
        if last.get(closer, -1) > at:
            at = marks.index(closer, at)
        kept.append(parts[2 * at + 2])
        at += 1
    return "".join(kept)


def _tag(found: re.Match[str]) -> str:
    closing, name = bool(found[1]), found[2].lower()
    if name == "a":
        return found[0]  # `LINK` comes after this
    if name == "img":
        alt = ALT.search(found[0])
        return alt[1] if alt else ""
    if name == "code":
        return "`"
    return "" if closing and name in OPEN_ONLY else BLOCKS.get(name, "")


def _link(found: re.Match[str]) -> str:
    target, text = found[1] or "", " ".join((found[2] or "").split())
    shown = target.split("://")[-1].removeprefix("mailto:").rstrip("/")
    if not text or not target.lower().startswith(("http://", "https://")) or shown in text:
        return text
    return f"[{text}]({target})"
