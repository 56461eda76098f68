"""Quoted mails, signatures and "Sent from my phone" out of a message, in seven languages.

In sources that are mail, lines that begin with ">" are quotes. Elsewhere only what says so itself is
taken out: ">" is also how people quote in a chat. A message that holds nothing else stays as it is.
"""

from __future__ import annotations

import re
from pathlib import Path

from chatwright.data.tables import Tables

TABLES = Tables(Path(__file__).with_suffix(".toml"))

ATTRIBUTION, CUT = TABLES.patterns("ATTRIBUTION CUT")
RULE = re.compile(r"\n[_-]{5,}\s*\Z")
SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
SIGNED = 12  # lines that a signature may have
DEVICE = TABLES.pattern("DEVICE")
# One of these stands in every message that `without_quotes` would change.
MARKS = ("\n>", "\n--", "---", *TABLES.phrases("MARKS"))
QUOTE = re.compile(r"^[ ]{0,2}>")


def without_quotes(text: str, is_mail: bool = False) -> str:
    """`text` without what it quotes and how it is signed; as it is when nothing would be left."""
    if "\n" not in text or not any(mark in text for mark in MARKS):
        return text  # of a single line nothing would be left
    kept = _unquoted(text, is_mail)
    if cut := CUT.search(kept):
        kept = RULE.sub("", kept[: cut.start()])
    kept = _unsigned(DEVICE.sub("", kept.rstrip() + "\n"))
    return kept.rstrip() if kept.strip() and kept.rstrip() != text.rstrip() else text


def _unquoted(text: str, is_mail: bool) -> str:
    """Lines with ">" out where they are a mail's; all that follows an attribution without them, too."""
    found = ATTRIBUTION.search(text)
    if found:
        after = text[found.end() :].lstrip()
        quoted = bool(QUOTE.match(after))
        if not quoted and not (is_mail or "@" in found[0] or "<" in found[0]):
            return text
        if not quoted:
            return text[: found.start()]
        text = text[: found.start()] + _unquoted(after, True)
    elif not is_mail:
        return text
    return "\n".join(line for line in text.split("\n") if not QUOTE.match(line))


def _unsigned(text: str) -> str:
    for found in SIGNATURE.finditer(text):
        if text.count("\n", found.end()) <= SIGNED:
            return text[: found.start()]
    return text
