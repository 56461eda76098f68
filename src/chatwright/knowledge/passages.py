"""A document -> passages: pieces small enough for a model, each with the headings that it stands under.

Positions are those of characters in the text that `data/documents.py` reads, and a passage's text is
exactly what stands there. Tables, lists and code are cut only where they alone are too long, then between
rows, items or lines; a table's head goes along as a heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from chatwright.data.documents import Text

MOST = 1200  # bytes of UTF-8: about 300 tokens of English, 400 characters of Japanese
ENOUGH = 500  # a passage of this size is not filled up with the next block
HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*\s*")
RULER = re.compile(r" {0,3}(=+|-+)\s*")
ITEM = re.compile(r"\s*(?:[-*+\u2022]|\d{1,9}[.)])\s+\S")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
SENTENCE = re.compile(r"(?<=[.!?\u2026])\s+|(?<=[\u3002\uff01\uff1f])|\n")
TITLE = 120  # characters of a heading that are kept


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is the document's own from `start` to `end`; `page` counts from 1; 0: there are none."""

    text: str
    start: int
    end: int
    headings: tuple[str, ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: `kind` is heading, text, list, table or code; a heading has a `level`."""

    kind: str
    start: int
    end: int
    level: int = 0


def passages(document: Text) -> Iterator[Passage]:
    """In order, not overlapping; all that is no blank stands in one of them, or is a heading above one.

    A heading with nothing under it is a passage itself.
    """
    text = document.text
    path: list[tuple[int, str]] = []
    waiting: list[Block] = []
    bare: Block | None = None
    for block in _blocks(text):
        if block.kind == "heading":
            yield from _packed(document, waiting, path)
            waiting = []
            if bare is not None and bare.level >= block.level:
                yield from _packed(document, [bare], path[:-1])
            path = [(level, title) for level, title in path if level < block.level]
            path.append((block.level, _heading(text[block.start : block.end])))
            bare = block
            continue
        bare = None
        held = block.end - waiting[0].start if waiting else 0
        if waiting and (_size(text, waiting[0].start, block.end) > MOST or held > ENOUGH * 2):
            yield from _packed(document, waiting, path)
            waiting = []
        waiting.append(block)
        if _size(text, waiting[0].start, block.end) >= ENOUGH and block.kind != "text":
            yield from _packed(document, waiting, path)
            waiting = []
    yield from _packed(
        document, [bare] if bare is not None else waiting, path[: -1 if bare else None]
    )


def title_of(document: Text) -> str:
    """What the document calls itself, else its first heading of the first level, else nothing."""
    if document.title:
        return document.title[:TITLE]
    for block in _blocks(document.text[:20_000]):
        if block.kind == "heading" and block.level == 1:
            return _heading(document.text[block.start : block.end])
    return ""


def _packed(document: Text, blocks: list[Block], path: list[tuple[int, str]]) -> Iterator[Passage]:
    if not blocks:
        return
    text = document.text
    headings = tuple(title for _, title in path if title)
    start, end = blocks[0].start, blocks[-1].end
    pieces = [(start, end)]
    if _size(text, start, end) > MOST:
        pieces = [piece for block in blocks for piece in _cut(text, block)]
        if blocks[-1].kind == "table":
            head = text[start:end].split("\n", 1)[0].strip(" |")
            headings = (*headings, head[:TITLE])
    for begin, stop in pieces:
        if (said := text[begin:stop]).strip():
            begin += len(said) - len(said.lstrip("\n"))
            stop -= len(said) - len(said.rstrip())
            page = bisect_right(document.pages, begin)
            yield Passage(text[begin:stop], begin, stop, headings, page)


def _cut(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Pieces of a block that is too long: at lines (items, rows), at sentences, at spaces, anywhere."""
    start = block.start
    for place in _places(text, block):
        while _size(text, start, place) > MOST:
            stop = _hard(text, start, place)
            yield start, stop
            start = stop
        if _size(text, start, place) >= ENOUGH:
            yield start, place
            start = place
    if start < block.end:
        yield start, block.end


def _places(text: str, block: Block) -> Iterator[int]:
    """Where a block may be cut: before items of a list, behind rows and lines, behind sentences."""
    if block.kind == "text":
        yield from (found.end() for found in SENTENCE.finditer(text, block.start, block.end))
    else:
        at = block.start
        while (at := text.find("\n", at, block.end)) >= 0:
            at += 1
            line = text[at : text.find("\n", at) if "\n" in text[at:] else block.end]
            if block.kind != "list" or ITEM.match(line):
                yield at
    yield block.end


def _hard(text: str, start: int, end: int) -> int:
    """The end of a piece of at most MOST bytes, at a space if there is one in its last third."""
    stop = min(end, start + MOST)
    while _size(text, start, stop) > MOST:
        stop -= max(1, (_size(text, start, stop) - MOST) // 4)
    space = text.rfind(" ", start + 2 * (stop - start) // 3, stop)
    return space + 1 if space > start else stop


def _size(text: str, start: int, end: int) -> int:
    """Bytes of UTF-8; of a very long piece only that it is one."""
    if end - start > MOST:
        return end - start
    piece = text[start:end]
    return len(piece) if piece.isascii() else len(piece.encode("utf-8", "replace"))


def _heading(lines: str) -> str:
    line = lines.split("\n", 1)[0]
    found = HEADING.fullmatch(line)
    return " ".join((found[2] if found else line).split())[:TITLE]


def _blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text; other text has blocks of kind text."""
    kind, start, end, fence = "", 0, 0, ""
    for at, stop, line in _lines(text):
        if fence:
            end = stop
            if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                yield Block("code", start, end)
                kind = fence = ""
            continue
        seen = _kind(line, kind)
        if seen == "ruler" and ("\n" in text[start:end] or end - start > TITLE):
            seen = "text"  # a rule under a whole paragraph
        elif seen == "ruler":  # under a line of text: that was a heading
            yield Block("heading", start, stop, 1 if "=" in line else 2)
            kind = ""
            continue
        if seen in ("", "heading", "code") or (kind and seen != kind):
            if kind:
                yield Block(kind, start, end)
            kind = ""
        if seen == "heading":
            found = HEADING.fullmatch(line)
            yield Block("heading", at, stop, len(found[1]) if found else 1)
        elif seen:
            start = start if kind else at
            kind, end = seen, stop
            fence = FENCE.match(line)[1] if seen == "code" else ""  # type: ignore[index]
    if kind:
        yield Block(kind, start, end)


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        yield at, stop, text[at:stop]
        at = stop + 1


def _kind(line: str, before: str) -> str:
    """What a line is, behind a block of kind `before`; empty for a blank one."""
    begin = line.lstrip()[:1]
    if not begin:
        return ""
    if begin in "`~" and FENCE.match(line):
        return "code"
    if begin == "#" and len(line) <= TITLE and HEADING.fullmatch(line):
        return "heading"
    if before == "text" and begin in "=-" and len(line) < 200 and RULER.fullmatch(line):
        return "ruler"
    if (begin in "-*+\u2022" or begin.isdigit()) and ITEM.match(line):
        return "list"
    if before == "list" and line[0] in " \t":
        return "list"
    if line.count("|") >= 2 or (before in ("", "table") and " | " in line):
        return "table"
    return "list" if before == "list" else "text"
