"""The figures of channels: what came in, how fast it was acknowledged, what went out, and how each stands.

Whoever runs a channel tells them; they ask nobody.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge

from chatwright.server.tallies import BRIEF, Few, Tallies


class ChannelFigures:
    """Told by the channels' intake and workers; any thread may."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._events = Counter(
            "chatwright_channel_events",
            "Events that came in, by what became of them",
            ("channel", "result"),
            registry=registry,
        )
        self._acks = Tallies(
            "chatwright_channel_ack_seconds",
            "From an event to its acknowledgement",
            BRIEF,
            "channel",
            locked=True,
        )
        registry.register(self._acks)
        self._sends = Counter(
            "chatwright_channel_sends",
            "Attempts to send, by how they ended",
            ("channel", "result"),
            registry=registry,
        )
        self._state = Gauge(
            "chatwright_channel_state",
            "How a channel stands: 1 for the state that it is in",
            ("channel", "state"),
            registry=registry,
        )
        self._channels, self._results, self._states = Few(), Few(), Few(12)
        self._seen: dict[str, set[str]] = {}

    def event(self, channel: str, result: str) -> None:
        """An event was taken, known already, refused, ..."""
        self._events.labels(self._channels(channel), self._results(result)).inc()

    def acked(self, channel: str, seconds: float) -> None:
        """The vendor was told that its event is kept."""
        self._acks.labels(self._channels(channel)).observe(seconds)

    def sent(self, channel: str, result: str) -> None:
        """A reply was sent, put off, refused, ..."""
        self._sends.labels(self._channels(channel), self._results(result)).inc()

    def stands(self, channel: str, state: str) -> None:
        """The channel is in that state from now on."""
        channel, state = self._channels(channel), self._states(state)
        seen = self._seen.setdefault(channel, set())
        seen.add(state)
        for one in list(seen):
            self._state.labels(channel, one).set(float(one == state))
