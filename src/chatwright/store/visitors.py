"""Who a visitor is in the store: a keyed or plain hash, never what the browser holds. Knows no browser."""

from __future__ import annotations

import hashlib

from chatwright.store.secret import Secret


def visitor_id(token: str) -> str:
    """The owner of what the visitor with this token makes; reading the store does not let one pose as them."""
    return "visitor:" + hashlib.sha256(token.encode()).hexdigest()


def visitor_of_user(secret: Secret, user: str) -> str:
    """The token of a person that another site knows as `user`: the same from every browser of theirs."""
    return secret.mac("widget user", user)
