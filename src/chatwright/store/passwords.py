"""Passwords: argon2id, and nothing else. Knows no account."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chatwright.core.errors import WrongUse

SHORTEST, LONGEST = 12, 1000  # characters
# OWASP's first choice for argon2id: 19 MiB, two passes, one lane. More memory would be taken from
# the model, once for each login at the same time.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NOBODY = HASHER.hash("the password of an account that does not exist")


def hash_password(password: str) -> str:
    """Its hash; raises `WrongUse` when it is too short or too long."""
    text = _normal(password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise WrongUse(
            f"A password has {SHORTEST} to {LONGEST} characters.",
            "Choose another: a few words are easy to remember.",
        )
    return HASHER.hash(text)


def is_password(hashed: str | None, password: str) -> bool:
    """Whether `hashed` is of `password`; None (no such account) takes as long as a real one."""
    text = _normal(password)
    try:
        right = len(text) <= LONGEST and HASHER.verify(hashed or NOBODY, text)
    except (VerificationError, InvalidHashError):
        return False
    return right and hashed is not None


def _normal(password: str) -> str:
    """One spelling for what looks the same, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", password)
