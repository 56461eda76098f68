"""What the user said when a file was imported, kept beside the copy: `<data folder>/.imports.json`.

    {"chat.txt": {"format": "whatsapp", "me": ["Anna"], "date_order": "dmy"}}

`chatwright data` reads the file again, long after, and must read it as it was checked.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chatwright.core.errors import DataError
from chatwright.core.files import pretty_json, write_atomic
from chatwright.data.readers.source import Asked

FILE = ".imports.json"
NOTHING_SAID = Asked()


@dataclass(frozen=True, slots=True)
class Told:
    """The format that was named, if one was, and the rest."""

    format: str | None = None
    asked: Asked = NOTHING_SAID

    def to_json(self) -> dict[str, Any]:
        """Only what was said; `{}` when nothing was."""
        usual = asdict(NOTHING_SAID)
        said = {key: value for key, value in asdict(self.asked).items() if value != usual[key]}
        return ({"format": self.format} if self.format else {}) | said


def told(folder: Path) -> dict[str, Told]:
    """By file name, below `folder`. Raises `DataError` when the list was damaged."""
    try:
        listed = json.loads((folder / FILE).read_text("utf-8"))
        return {name: _told(said) for name, said in listed.items()}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError(
            f"{folder / FILE} cannot be read ({error}).",
            "Mend it, or delete it and import the files again.",
        ) from error


def remember(folder: Path, said: dict[str, Told]) -> None:
    """Keep what was said about these files, and forget what was said about them before."""
    listed = {name: one.to_json() for name, one in (told(folder) | said).items()}
    listed = {name: one for name, one in sorted(listed.items()) if one}
    if listed or (folder / FILE).exists():
        write_atomic(folder / FILE, pretty_json(listed))


def _told(said: dict[str, Any]) -> Told:
    rest = {key: value for key, value in said.items() if key not in ("format", "me")}
    return Told(said.get("format"), Asked(me=tuple(said.get("me", ())), **rest))
