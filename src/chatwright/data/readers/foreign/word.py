"""Word (.docx) -> the text of each paragraph and of each row of a table, in order, without what is hidden.

Headings begin with `#`, items of lists with `- `. Hidden text, and white letters without a shade behind
them, are left out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table

from chatwright.data.readers.confined import check_packed, serve

HEADING = re.compile(r"(?:heading|title)\s*(\d?)", re.I)
WHITE = re.compile(r"F[0-9A-F]F[0-9A-F]F[0-9A-F]", re.I)


def parse(path: Path) -> Iterator[str]:
    check_packed(path)
    document = docx.Document(str(path))
    for run in list(document.element.body.iter(qn("w:r"))):
        if _hidden(run):
            run.getparent().remove(run)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (" | ".join(cell.text for cell in row.cells) for row in block.rows)
        else:
            yield _mark(block) + block.text if block.text.strip() else block.text


def _hidden(run: Any) -> bool:
    style = run.find(qn("w:rPr"))
    if style is None:
        return False
    vanish = style.find(qn("w:vanish"))
    if vanish is not None and vanish.get(qn("w:val")) not in ("0", "false", "off"):
        return True
    colour = style.find(qn("w:color"))
    shaded = any(
        place is not None and place.find(qn(name)) is not None
        for place in (style, run.getparent().find(qn("w:pPr")))
        for name in ("w:shd", "w:highlight")
    )
    in_cell = any(above.tag == qn("w:tc") for above in run.iterancestors())
    white = colour is not None and WHITE.fullmatch(colour.get(qn("w:val")) or "")
    return bool(white) and not shaded and not in_cell  # cells have shades from the table's style


def _mark(paragraph: Any) -> str:
    name = paragraph.style.name if paragraph.style is not None else ""
    if found := HEADING.match(name or ""):
        return "#" * min(int(found[1] or 1), 6) + " "
    return "- " if (name or "").startswith("List") else ""


if __name__ == "__main__":
    serve(parse, sys.argv)
