"""Names that somebody sends for a file: taken as they are, or refused in a sentence; never mended in silence.

A name may stand in folders (`staff/rules.md`). What could leave the folder it is meant for, hide, or look like
another name is refused. Whether such a file is there is not its business.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from chatwright.core.errors import WrongUse

LONGEST = 120  # characters of a part; most file systems take 255 bytes
DEEPEST = 6  # parts
BARRED = frozenset('<>:"|?*\\')  # signs that some system does not take in a name
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # Unicode's categories of what nobody sees
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{one}{n}" for one in ("com", "lpt") for n in range(1, 10)),
}


def checked_name(name: str, endings: Collection[str] = (), *, folders: bool = True) -> str:
    """`name` in composed form (NFC). Raises `WrongUse` where it may be none, or ends in none of `endings`."""
    composed = unicodedata.normalize("NFC", name)
    parts = composed.split("/") if folders else [composed]
    if len(parts) > DEEPEST:
        raise _refused(name, f"it lies in more than {DEEPEST - 1} folders")
    for part in parts:
        if problem := _problem(part):
            raise _refused(name, problem)
    if endings and not composed.lower().endswith(tuple(endings)):
        raise WrongUse(f"{shown(name)} is not taken here.", f"Files end in {' '.join(endings)}.")
    return composed


def shown(name: str) -> str:
    """A name as it may stand in a sentence: signs that nobody sees as dots, and not too long."""
    seen = "".join("\u00b7" if unicodedata.category(c) in UNSEEN else c for c in name)
    return f'"{seen[:80]}{"..." if len(seen) > 80 else ""}"'


def _problem(part: str) -> str:
    plain = unicodedata.normalize(
        "NFKC", part
    )  # full-width dots and slashes are what they look like
    if not part or plain.strip(". ") == "":
        return "a part of it is empty or dots alone"
    if plain.startswith("."):
        return "it begins with a dot, as hidden files do"
    if part != part.strip() or part.endswith("."):
        return "it begins or ends with a space, or ends with a dot"
    if "/" in plain or any(c in BARRED for c in plain):
        return 'it has one of the signs / \\ < > : " | ? *'
    if any(unicodedata.category(c) in UNSEEN for c in part):
        return "it has signs that nobody sees"
    if len(part) > LONGEST or len(part.encode("utf-8", "replace")) > 200:
        return f"it is longer than {LONGEST} characters"
    if plain.split(".")[0].lower() in DEVICES:
        return "some systems keep that name for a device"
    return ""


def _refused(name: str, why: str) -> WrongUse:
    return WrongUse(
        f"{shown(name)} cannot be the name of a file: {why}.", "Rename it, and try again."
    )
