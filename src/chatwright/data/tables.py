"""Tables of words and patterns, kept as TOML beside the code that uses them: data for many languages, no code.

A pattern may be broken behind any "|": line ends are left out. `{NAME}` in it stands for another one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMED = re.compile(r"\{([A-Z][A-Z0-9_]*)\}")


class Tables:
    """What stands in the file `path`, by name. Raises `KeyError` for a name that is not there."""

    def __init__(self, path: Path) -> None:
        self.all: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))

    def text(self, name: str) -> str:
        return self.whole(self.all[name])

    def pattern(self, name: str) -> re.Pattern[str]:
        return re.compile(self.text(name))

    def patterns(self, names: str) -> Iterator[re.Pattern[str]]:
        """Several at once: `A, B = tables.patterns("A B")`."""
        return map(self.pattern, names.split())

    def words(self, name: str) -> frozenset[str]:
        return frozenset(self.all[name].split())

    def vocabularies(self, names: str) -> Iterator[frozenset[str]]:
        return map(self.words, names.split())

    def phrases(self, name: str) -> tuple[str, ...]:
        return tuple(self.text(name).split("|"))

    def whole(self, text: str) -> str:
        return NAMED.sub(lambda found: self.text(found[1]), text.replace("\n", ""))
