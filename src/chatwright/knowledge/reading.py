"""A document that somebody brings, looked at before it is taken: is it what its name says, and what does
it say?

`data.documents` reads it; here it is told in words what is wrong with it.
"""

from __future__ import annotations

from pathlib import Path

from chatwright.core.errors import DataError
from chatwright.data import erasure
from chatwright.data.documents import CONFINED, Text, characters, whole
from chatwright.knowledge.sync import without
from chatwright.spec import Spec

SIGNS = {b"%PDF-": ".pdf", b"PK\x03\x04": ".docx"}
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x7fELF", b"MZ", b"\x1f\x8b")
HEAD = 4096  # bytes
WIDE = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16 and UTF-32, in which every other byte is none


def document(spec: Spec, file: Path) -> Text:
    """What it says, without the lines that name who was erased. Raises `DataError`."""
    kind = file.suffix.lower()
    with file.open("rb") as opened:
        head = opened.read(HEAD)
    meant = next((ending for sign, ending in SIGNS.items() if head.startswith(sign)), "")
    if kind in CONFINED and meant != kind and not (kind == ".pdf" and b"%PDF-" in head):
        raise DataError(
            f"{file.name} is no {kind[1:].upper()} file.", "Does its ending say what it is?"
        )
    if kind not in CONFINED:
        if meant or head.startswith(PICTURES):
            what = f"looks like a {meant} file" if meant else "is no text"
            raise DataError(f"{file.name} {what}.", "Give it the ending of what it is.")
        if b"\0" in head and not head.startswith(WIDE):
            raise DataError(
                f"{file.name} has NUL bytes, which no text has.", "Save it as UTF-8, and try again."
            )
        characters(file)
    return without(erasure.load(spec.made), whole(file))
