"""The placeholders that a text may hold instead of a person's values: `<EMAIL_1>`. Words only.

What finds values is in `data.privacy`; that a placeholder is one token, in `tokenizer`.
"""

from __future__ import annotations

import re

TYPES: tuple[str, ...] = (
    "ADDRESS", "AMOUNT", "CARD", "DATE", "EMAIL", "IBAN", "ID", "IP", "KEY", "NAME", "NUMBER", "PHONE",
    "TIME", "TITLE", "URL",
)  # fmt: skip
PLACEHOLDER = re.compile(rf"<(?:{'|'.join(TYPES)})_[1-9][0-9]{{0,4}}>")

# Those that are a token each, in the order of their ids; higher numbers are spelled. A conversation has
# few values of most types and many of some (DECISIONS.md, "placeholder tokens").
EACH = 10
MORE = {"DATE": 16, "NAME": 16, "NUMBER": 16, "TIME": 16}
TOKENS: tuple[str, ...] = tuple(
    f"<{type}_{number}>" for type in TYPES for number in range(1, MORE.get(type, EACH) + 1)
)
