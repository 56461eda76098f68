"""Splits a long answer where people would: between paragraphs, else lines, sentences, words."""

from __future__ import annotations

import re

# The best places first; each ends after what it matches.
ENDS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)\]]*\s+|[\u3002\uff01\uff1f]+"),
    re.compile(r"\s+"),
)
LEAST = 0.25  # of the room that a piece is to fill, where a worse place would fill more


def split(text: str, most: int) -> list[str]:
    """Pieces of at most `most` characters, none empty; joined they say the same, but for space between them."""
    assert most > 0
    pieces, rest = list[str](), text.strip()
    while len(rest) > most:
        at = _place(rest, most)
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*pieces, rest] if rest else pieces


def _place(text: str, most: int) -> int:
    window = text[: most + 1]
    for end in ENDS:
        places = [
            found.start() if found[0].isspace() else found.end()
            for found in end.finditer(window)
            if len(window[: found.end()].rstrip()) <= most
        ]
        if places and places[-1] >= LEAST * most:
            return places[-1]
    return most
