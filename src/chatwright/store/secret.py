"""The server's own secret: hashes of cookies and addresses are keyed with it. There is no default.

Made on first use, in a file that its owner alone can read; or given by the environment, where
several machines serve one bot.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from chatwright.core.errors import ChatwrightError
from chatwright.core.files import storage

FILE = "secret"
VARIABLE = "CHATWRIGHT_SECRET"
SHORTEST = 32  # characters


class Secret:
    """Keyed hashes (HMAC-SHA256); one for each purpose, so that none can stand for another."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def mac(self, purpose: str, text: str) -> str:
        message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()


def find_secret(folder: Path) -> Secret:
    """The secret of the bot whose `.chatwright` is `folder`, made if there is none.

    Raises `ChatwrightError` when it is too short, can be read by others, or cannot be kept.
    """
    given = os.environ.get(VARIABLE)
    if given is not None:
        return Secret(_long_enough(given, f"The environment variable {VARIABLE}"))
    path = folder / FILE
    try:
        with storage(path):
            folder.mkdir(parents=True, exist_ok=True)
            _make(path)
            if path.stat().st_mode & 0o077:
                raise ChatwrightError(
                    f"{path} can be read by others.", f"Run `chmod 600 {path}`, or delete the file."
                )
            return Secret(_long_enough(path.read_text().strip(), str(path)))
    except OSError as error:
        raise ChatwrightError(
            f"The server's secret cannot be kept in {path} ({error.strerror}).",
            f"Let the server write there, or set {VARIABLE} to at least {SHORTEST} random characters.",
        ) from None


def _make(path: Path) -> None:
    """Written whole under another name first: of two processes that start together, one wins."""
    if path.exists():
        return
    temporary = path.with_name(f".{FILE}.{secrets.token_hex(8)}")
    with open(temporary, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(secrets.token_urlsafe(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _long_enough(text: str, where: str) -> str:
    if len(text) < SHORTEST:
        raise ChatwrightError(
            f"{where} is no secret: it has fewer than {SHORTEST} characters.",
            "Delete it to have one made, or set a longer one.",
        )
    return text
