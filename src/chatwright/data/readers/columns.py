"""Which column says what: guessed from names in seven languages, or as the user said.

A role is what chatwright calls it (`question`), a column what the file calls it ("Frage").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from chatwright.core.errors import DataError
from chatwright.data.readers.source import Asked
from chatwright.data.tables import Tables

_TABLES = Tables(Path(__file__).with_suffix(".toml"))
ALIASES = {role: _TABLES.phrases(role) for role in _TABLES.all}  # likeliest first
MAX_COLUMNS = 10_000
SHOWN = 12
PAIR, TURNS = {"question", "answer"}, {"role", "text"}


def plain(name: object) -> str:
    """A column's name as names are compared: case, width, `_` and `-` aside."""
    folded = unicodedata.normalize("NFKC", str(name)).casefold()
    return " ".join(folded.replace("_", " ").replace("-", " ").split())


def guess(names: Sequence[str]) -> dict[str, str]:
    """role -> name of its column, for all roles that are found."""
    present: dict[str, str] = {}
    for name in names[:MAX_COLUMNS]:
        present.setdefault(plain(name), name)
    found = {}
    for role, aliases in ALIASES.items():
        match = next((present[alias] for alias in aliases if alias in present), None)
        if match is not None:
            found[role] = match
    return found


def usable(found: dict[str, str]) -> bool:
    """A question and an answer per row; or one message per row, and whose conversation it is in."""
    return found.keys() >= PAIR or found.keys() >= TURNS | {"conversation"}


def resolve(names: Sequence[str], asked: Asked, file: object) -> dict[str, str]:
    """`guess`, with what the user said put over it; raises `DataError` when that is not enough."""
    if len(names) > MAX_COLUMNS:
        raise DataError(
            f"{file} has {len(names):,} columns.", f"A table may have {MAX_COLUMNS:,} of them."
        )
    found = guess(names)
    if TURNS & asked.columns.keys():  # a guessed pair would win over what was asked for
        found = {role: name for role, name in found.items() if role not in PAIR}
    found |= {role: _named(names, str(said), file) for role, said in asked.columns.items()}
    if usable(found):
        return found
    if found.keys() >= TURNS:
        raise DataError(
            f"{file} has a message per row, but no column says to which conversation it belongs.",
            f"Run again with --column conversation=NAME; its columns are {_listed(names)}.",
        )
    raise DataError(
        f"{file} has no column that is known to hold questions, and one that holds answers.",
        "Run again with --column question=NAME --column answer=NAME; "
        f"its columns are {_listed(names)}.",
    )


def _named(names: Sequence[str], said: str, file: object) -> str:
    """The column of that name, or of that number counted from 1."""
    for name in names:
        if plain(name) == plain(said):
            return name
    if said.isdigit() and 0 < int(said) <= len(names):
        return names[int(said) - 1]
    raise DataError(f'{file} has no column "{said}".', f"Its columns are {_listed(names)}.")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{name[:40]}"' for name in names[:SHOWN])
    return shown + (f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else "")
