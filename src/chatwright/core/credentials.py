"""Secrets that come as files instead of variables of the environment: one file for each, of its name."""

from __future__ import annotations

import os
import re
from collections.abc import MutableMapping
from pathlib import Path

from chatwright.core.errors import ChatwrightError

# Set by systemd (LoadCredential=), and by the recipes of `chatwright deploy` for containers.
FOLDER = "CREDENTIALS_DIRECTORY"
NAME = re.compile(r"[A-Z][A-Z0-9_]*")
LARGEST = 64 * 1024  # bytes of a secret


def take_files(environ: MutableMapping[str, str] = os.environ) -> list[str]:
    """Set every variable that is not set and that a file of its name in $FOLDER_DIRECTORY holds.

    So a secret need not stand in the environment of whatever starts the program. Files with other names
    are left alone. The names that were set. Raises `ChatwrightError` for a file that cannot be read.
    """
    place = environ.get(FOLDER)
    if not place:
        return []
    try:
        files = sorted(Path(place).iterdir())
    except OSError as error:
        raise ChatwrightError(
            f"The folder {place} of {FOLDER} cannot be read ({error.strerror}).",
            "Mount the secrets there, or unset the variable.",
        ) from None
    taken = [one for one in files if NAME.fullmatch(one.name) and one.name not in environ]
    for file in taken:
        environ[file.name] = _content(file)
    return [file.name for file in taken]


def _content(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ChatwrightError(
                f"The secret in {file} is larger than 64 KiB.", "Put the secret alone there."
            )
        text = data.decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ChatwrightError(
            f"The secret in {file} cannot be read ({getattr(error, 'strerror', 'not UTF-8')}).",
            "Let the user that runs chatwright read it.",
        ) from None
    if not text or "\0" in text:
        raise ChatwrightError(
            f"The secret in {file} is empty.", "Write it there, or remove the file."
        )
    return text
