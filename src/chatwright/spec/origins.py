"""How a site is written in bot.toml: its origin, exactly. Knows no site."""

from __future__ import annotations

import re

ORIGIN = re.compile(r"https?://(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?")


def exact(origins: tuple[str, ...]) -> tuple[str, ...]:
    """The same origins. Raises `ValueError` for one that no browser would ever send."""
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise ValueError(
                'an origin is scheme and host in small letters, like "https://www.example.org"'
            )
    return origins
