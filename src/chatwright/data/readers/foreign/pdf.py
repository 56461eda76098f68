"""PDF -> the text of each page. Scanned pages have none: nothing here reads pictures."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader

from chatwright.data.readers.confined import Refused, serve


def parse(path: Path) -> Iterator[str]:
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("it is protected by a password")
    for page in reader.pages:
        yield page.extract_text()


if __name__ == "__main__":
    serve(parse, sys.argv)
