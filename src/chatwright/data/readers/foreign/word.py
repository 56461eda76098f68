"""Word (.docx) -> the text of each paragraph and of each row of a table, in order."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.table import Table

from chatwright.data.readers.confined import check_packed, serve


def parse(path: Path) -> Iterator[str]:
    check_packed(path)
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            yield from (" | ".join(cell.text for cell in row.cells) for row in block.rows)
        else:
            yield block.text


if __name__ == "__main__":
    serve(parse, sys.argv)
