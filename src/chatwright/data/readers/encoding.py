"""Which encoding a text file is in: UTF-8 unless it says or shows otherwise. For a whole file, not a line.

A byte-order mark decides; so do the zeros of UTF-16. A file that is no UTF-8 anywhere is an older
encoding, which charset-normalizer tells apart. One that mixes UTF-8 with something else counts as
UTF-8, and its other lines are rejected one by one: no guess could be right for all of it.
"""

from __future__ import annotations

import codecs
import io

from charset_normalizer import from_bytes

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, with whose mark it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What exports come in, likeliest first: on a short text several fit equally well.
OLDER = ["cp1252", "cp1250", "cp1251", "cp932", "gb18030", "big5", "cp949"]
NAMES = {"cp1252": "Windows-1252", "cp1250": "Windows-1250", "cp1251": "Windows-1251"}
NAMES |= {"cp932": "Shift JIS", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
BLOCK = 1 << 20
SEARCHED = 256 << 20  # bytes looked at; what comes later and is no UTF-8 is rejected by line
SAMPLE = 32 << 10


def encoding_of(file: io.BufferedIOBase) -> str:
    """The name of a Python codec for the whole of `file`."""
    block = file.read(BLOCK)
    for mark, name in MARKS:
        if block.startswith(mark):
            return name
    if wide := _without_mark(block[:SAMPLE]):
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    beyond_ascii, read = False, 0
    while block and read < SEARCHED:
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            return "utf-8" if beyond_ascii else _older(block)
        beyond_ascii = beyond_ascii or not block.isascii()
        read += len(block)
        block = file.read(BLOCK)
    return "utf-8"


def _without_mark(head: bytes) -> str:
    """UTF-16 that does not say so: nearly every other byte of Western text is zero."""
    half = len(head) // 2
    for name, high, low in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        if half > 4 and high.count(0) > 0.8 * half and low.count(0) < 0.05 * half:
            return name
    return ""


def _older(block: bytes) -> str:
    every = block.split(b"\n")
    whole = every[:-1] if len(block) == BLOCK else every
    lines = [line for line in every if not line.isascii()]
    # 0xFE and 0xFF are damage or a stray mark, hardly ever letters.
    text = b"\n".join(lines)[:SAMPLE].translate(None, b"\xfe\xff")
    if text.isascii() or any(_is_utf8(line) for line in whole if not line.isascii()):
        return "utf-8"
    matches = list(from_bytes(text, cp_isolation=OLDER))
    if not matches:
        return "utf-8"
    best = matches[0]
    near = [
        name
        for match in matches
        if match.coherence >= best.coherence - 0.15 and match.chaos <= best.chaos + 0.02
        for name in match.could_be_from_charset
    ]
    return min((name for name in near if name in OLDER), key=OLDER.index, default="utf-8")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class Recoded(io.RawIOBase):
    """A text stream as the UTF-8 bytes of it."""

    def __init__(self, text: codecs.StreamReader) -> None:
        self._text = text
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = self._text.read(1 << 16).encode("utf-8", errors="replace")
        piece, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._text.close()
        super().close()
