"""What WhatsApp and Messenger share at Meta: signatures, the question whether an address is ours, and errors.

Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started and the Cloud API's error codes.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from chatwright.channels.calls import Calls, Reply, by_status
from chatwright.channels.channel import (
    Answer,
    ChannelError,
    Later,
    Refused,
    Rejected,
    Request,
    TokenBad,
    WindowClosed,
    same,
    secret,
)
from chatwright.spec.channels import ChannelOptions
from chatwright.store.records import Thumb

BASE = "https://graph.facebook.com/v23.0"
DAY = 86_400.0  # seconds of the customer window
THUMBS: dict[str, Thumb] = {"👍": "up", "❤": "up", "👎": "down"}
TOKENS = frozenset({102, 190, 200, 299})  # no token, or one that may not
# Seconds to wait: calls of the app or number; one pair of numbers; too much that was taken for spam.
BUSY = {4: 60.0, 613: 5.0, 80007: 60.0, 130429: 1.0, 131056: 6.0, 131048: 600.0, 368: 600.0}
DOWN = frozenset({1, 2, 1200, 131000, 131016, 133004})
CLOSED, CLOSED_SUB = frozenset({131047}), frozenset({2018278, 2534022})


@dataclass(frozen=True, slots=True)
class Secrets:
    """Those of one channel at Meta."""

    token: str
    app: str
    shown: str  # the verify token, which only the question whether an address is ours carries


def secrets(name: str, environ: Mapping[str, str]) -> Secrets:
    """NAME_ACCESS_TOKEN, NAME_APP_SECRET, NAME_VERIFY_TOKEN. Raises `NotSet`."""
    named = ("ACCESS_TOKEN", "APP_SECRET", "VERIFY_TOKEN")
    return Secrets(*(secret(environ, name, what) for what in named))


def calls(options: ChannelOptions, known: Secrets) -> Calls:
    """The Graph API. The token travels in a header, where no log of addresses has it."""
    bearer = {"Authorization": f"Bearer {known.token}"}
    return Calls(f"{options.base_url or BASE}/", headers=bearer, judge=judged)


def verify(request: Request, known: Secrets) -> None:
    """Raises `Rejected`."""
    right = hmac.new(known.app.encode(), request.body, hashlib.sha256).hexdigest()
    if not same(f"sha256={right}", request.headers.get("x-hub-signature-256", "")):
        raise Rejected("The signature is missing or wrong.")


def challenge(request: Request, known: Secrets) -> Answer | None:
    """Raises `Rejected`."""
    if request.method == "POST":
        return None
    asked = request.query.get("hub.challenge", "")
    right = same(known.shown, request.query.get("hub.verify_token", ""))
    if request.query.get("hub.mode") != "subscribe" or not right or not asked.isalnum():
        raise Rejected("The verify token is missing or wrong.")
    return Answer(asked.encode())


def thumb(emoji: str) -> Thumb | None:
    """What an emoji says of an answer, whatever its skin colour or variant."""
    return THUMBS.get(emoji[:1])


def judged(reply: Reply) -> ChannelError | None:
    """What an answer of the Graph API means. A code is more than a status: many come with 400."""
    error = reply.values.get("error")
    if not isinstance(error, dict):
        return by_status(reply)
    code, sub = _number(error.get("code")), _number(error.get("error_subcode"))
    words = f"Meta answered {reply.status}, code {code}: {str(error.get('message', ''))[:200]}"
    if code in CLOSED or sub in CLOSED_SUB:
        return WindowClosed(words)
    if code in TOKENS or (code == 10 and not sub):
        return TokenBad(words, "Make a new token in the app's settings, and set it.")
    if code in BUSY:
        return Later(words, after=max(reply.retry_after, BUSY[code]))
    failed = by_status(reply)
    if code in DOWN or reply.status >= 500:
        return failed if reply.status in (502, 504) else Later(words, after=reply.retry_after)
    return Refused(words)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
