"""Which language a text is in, by py3langid: 97 languages, no download. A guess, not for short turns."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

WORDLESS = "\u2e80"  # from here on a character says about as much as three letters
LONGEST = 2_000  # characters looked at
# Not words of any language: addresses, placeholders, code and numbers would count as English.
NO_WORDS = re.compile(r"\S+@\S+|https?://\S+|<[A-Z_0-9]+>|```.*?```|\d+", re.DOTALL)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str, at_least: int = 1) -> tuple[str, float]:
    """(ISO 639-1 code, probability); ("", 0) for a text with fewer than `at_least` letters."""
    words = NO_WORDS.sub(" ", text[:LONGEST])
    if letters(words) < at_least:
        return "", 0.0
    code, sure = _identifier().classify(words)
    return str(code), float(sure)


def letters(text: str) -> int:
    """Letters, where one of a script without spaces counts three."""
    return sum(3 if c > WORDLESS else 1 for c in text if c.isalpha())
