"""How the channels of one process are, and what is counted of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["ready", "waiting", "stopped", "off"]


@dataclass(frozen=True, slots=True)
class Standing:
    """`waiting`: the vendor does not answer, what is to be sent waits; `stopped`: it knows us no more, or a
    secret is missing ("off"). `since`: ISO 8601."""

    state: State
    reason: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """Hooks for figures; each is called with a channel and a word."""

    event: Callable[[str, str], None] = lambda channel, result: None
    send: Callable[[str, str], None] = lambda channel, result: None
    ack: Callable[[str, float], None] = lambda channel, seconds: None
    stands: Callable[[str, str], None] = lambda channel, state: None
