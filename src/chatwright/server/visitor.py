"""Whose data a request of the page's API is about: an account's, a key's, or a visitor's.

A visitor is a random cookie, and nothing more: not a login. The store keeps only its hash, so
reading the store does not let one pose as a visitor.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from chatwright.server.caller import Who

COOKIE = "chatwright_visitor"
YEAR = 365 * 24 * 3600


async def _owner(caller: Who) -> str:
    return caller.id


Owner = Annotated[str, Depends(_owner)]
