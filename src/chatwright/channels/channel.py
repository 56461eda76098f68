"""What a place that messages come from implements: `verify`, `parse`, `send`; and the words they share.

    ChannelError           what became of a call to a vendor; each kind is acted upon differently
    ├── Rejected           a request that is not the vendor's: 401, nothing of it is kept
    ├── Malformed          it is the vendor's, and cannot be read: 400
    ├── Later              nothing was done; try again, not before `after` seconds
    ├── WindowClosed       the vendor takes no more messages to this person until they write again
    ├── Refused            this message will never be taken: a dead letter
    ├── TokenBad           the vendor does not know us any more: the channel stands still, and says so
    ├── Uncertain          the request may have been received: reconciled, else as `on_uncertain` says
    └── NotSet             a variable of the environment is missing: the channel is off, and says which

A channel keeps no state that matters: inbox and outbox are in the store (`store/channels.py`).
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from chatwright.core.errors import ChatwrightError
from chatwright.store.records import Thumb

EventKind = Literal["message", "feedback", "person", "bot", "joined", "ignored"]


class ChannelError(ChatwrightError):
    """A call to a vendor, or a request of theirs, that did not work. Its words go to logs: no secrets."""


class Rejected(ChannelError):
    """The signature is missing, wrong, or too old."""


class Malformed(ChannelError):
    """The body is not what this vendor sends."""


class Later(ChannelError):
    """The vendor did nothing: it is busy, down, or cannot be reached. `after` is in seconds."""

    def __init__(self, problem: str, next_step: str = "", *, after: float = 0.0) -> None:
        super().__init__(problem, next_step)
        self.after = after


class WindowClosed(ChannelError):
    """The person has not written for too long."""


class Refused(ChannelError):
    """The vendor will not take this message, now or later."""


class TokenBad(ChannelError):
    """The token is wrong, revoked or expired, or the app was removed."""


class Uncertain(ChannelError):
    """The connection broke, or time was up, after the request had begun to leave."""


class NotSet(ChannelError):
    """A secret that this channel cannot do without is not in the environment."""


@dataclass(frozen=True, slots=True)
class Request:
    """What came in. Names of `headers` are in lower case; `received_at`: seconds since 1970."""

    method: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    received_at: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a vendor is answered at once, where it wants more than an empty 200."""

    body: bytes = b""
    media_type: str = "text/plain"
    status: int = 200


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened at the vendor.

    `id` is the vendor's own and unique within the channel: an event that comes again has it again. `chat` is
    where answers go; two threads that are to be two conversations differ in `thread`. `person` is the vendor's
    id of who did it. `message`: the vendor's id of the message itself, or for "feedback" of the one that it is
    about. `thumb` None takes feedback back. "person" and "bot" ask for a person and for the bot again; "joined"
    begins a chat without words; "ignored" is known and needs nothing (a delivery status, a bot's own message).
    `order`: events of one chat are worked on in this order (a vendor's sequence or time), where it is known.
    """

    id: str
    kind: EventKind
    chat: str = ""
    thread: str = ""
    person: str = ""
    text: str = ""
    at: float = 0.0  # seconds since 1970
    message: str = ""
    thumb: Thumb | None = None
    locale: str = ""
    name: str = ""  # what the person is called there
    extra: Mapping[str, str] = field(default_factory=dict)  # what `send` needs of it again


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press below a message; `value` comes back to the vendor's file, which makes an event of it.
    Those of feedback have the values "up" and "down"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send, within the channel's `limits`. `key` is the same whenever it is tried again.
    `person`, `reply_to` (the vendor's id of the message it answers) and `extra` are the last event's."""

    key: str
    chat: str
    text: str
    thread: str = ""
    person: str = ""
    reply_to: str = ""
    buttons: tuple[Button, ...] = ()
    by_person: bool = False  # a person of the team wrote it
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """The vendor's id of what was sent; empty where it tells none."""

    message: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a vendor takes. `text`: characters of a message; rates: messages a second, 0 without a limit;
    `window`: seconds after the person's last message in which they may be written to, 0 always."""

    text: int
    per_second: float = 0.0
    per_chat: float = 0.0
    window: float = 0.0


class Channel(Protocol):
    """One channel of bot.toml. `name` is its table's there; `limits` are the vendor's."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def limits(self) -> Limits: ...

    def verify(self, request: Request) -> None:
        """Raise `Rejected` unless the vendor sent it. Compares in constant time, over the raw bytes."""

    def challenge(self, request: Request) -> Answer | None:
        """The answer to a vendor that asks whether this address is ours; None: it is a request with events.
        A GET is asked this alone, and is not verified; a POST is, first. Raises `Rejected`."""

    def parse(self, request: Request) -> list[Event]:
        """All that a request tells. What is of no use becomes "ignored", or is left out. Raises `Malformed`."""

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send one message, once. Raises a `ChannelError` with a meaning."""

    async def check(self) -> str:
        """Ask the vendor who we are there: its name for us. Raises a `ChannelError`."""

    async def close(self) -> None:
        """Let go of connections."""


@runtime_checkable
class Noticing(Protocol):
    """A channel that can show that something has arrived."""

    async def notice(self, event: Event) -> None:
        """Show that an answer is being written, or that a button was pressed. A `ChannelError` does no harm."""


@runtime_checkable
class Reconciling(Protocol):
    """A channel whose vendor can be asked what became of a message."""

    async def reconcile(self, outgoing: Outgoing) -> Sent | None:
        """What was sent under `outgoing.key`; None: it was not. Raises a `ChannelError`, as `send`."""


Pieces = Callable[[], Awaitable[str | None]]  # the next piece of a text; None at its end


@runtime_checkable
class Streaming(Protocol):
    """A channel that can show an answer while it is written."""

    async def stream(self, outgoing: Outgoing, pieces: Pieces) -> Sent:
        """Send what `pieces` gives, piece by piece, as one message; `outgoing.text` is empty. Falls back to one
        message by itself where the vendor ends the stream. Raises as `send`."""


Take = Callable[[Sequence[Event]], Awaitable[None]]  # returns when they are durable


@runtime_checkable
class Listening(Protocol):
    """A channel that fetches its events itself, and needs no public address."""

    async def listen(self, take: Take) -> None:
        """Fetch until cancelled; an event is acknowledged to the vendor after `take`. Raises `TokenBad`,
        and `Later` where it should be called again."""


OTHERWISE = ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError


def shaped(what: str, read: Callable[[], list[Event]]) -> list[Event]:
    """What is read of a vendor's body. Raises `Malformed` where that is of another shape than `what`."""
    try:
        return read()
    except OTHERWISE as error:
        raise Malformed(f"This is no {what}.") from error


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that tells nothing; an empty one equals none."""
    return bool(one and other) and hmac.compare_digest(one.encode(), other.encode())


def secret(environ: Mapping[str, str], channel: str, what: str) -> str:
    """The secret `what` ("BOT_TOKEN") of a channel, of the variable that its name gives. Raises `NotSet`."""
    variable = f"{channel.upper()}_{what}"
    if not (found := environ.get(variable, "").strip()):
        raise NotSet(f"{variable} is not in the environment.", "Set it, and start again.")
    return found
