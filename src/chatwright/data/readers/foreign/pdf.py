"""PDF -> the text of each page, without what no reader sees. Scanned pages have no text: nothing here reads
pictures."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader

from chatwright.data.readers.confined import Refused, serve
from chatwright.data.readers.foreign.pdf_ink import only_visible


def parse(path: Path) -> Iterator[str]:
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("it is protected by a password")
    for page in reader.pages:
        only_visible(page, reader)
        yield page.extract_text()


if __name__ == "__main__":
    serve(parse, sys.argv)
