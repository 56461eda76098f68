"""A server's figures as `/metrics` tells them, and what two readings say of the time between. Draws nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families

from chatwright.core.errors import ChatwrightError, WrongUse

PATIENCE = 10.0
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All samples at a moment (of a monotonic clock), by name and labels."""

    at: float
    samples: dict[str, dict[Labels, float]] = field(default_factory=dict)

    def sum(self, name: str, **where: str) -> float:
        return sum(self._of(name, where))

    def most(self, name: str, **where: str) -> float | None:
        return max(self._of(name, where), default=None)

    def least(self, name: str, **where: str) -> float | None:
        return min(self._of(name, where), default=None)

    def by(self, name: str, label: str, **where: str) -> dict[str, float]:
        """Sums for each value of a label."""
        found: dict[str, float] = {}
        for labels, value in self.samples.get(name, {}).items():
            known = dict(labels)
            if label in known and where.items() <= known.items():
                found[known[label]] = found.get(known[label], 0.0) + value
        return found

    def _of(self, name: str, where: dict[str, str]) -> list[float]:
        rows = self.samples.get(name, {}).items()
        return [value for labels, value in rows if where.items() <= dict(labels).items()]


def read(address: str, key: str = "") -> Reading:
    """Ask a server. Raises `ChatwrightError` when it does not answer, `WrongUse` when it wants a key."""
    headers = {"authorization": f"Bearer {key}"} if key else {}
    try:
        answer = httpx.get(f"{address}/metrics", headers=headers, timeout=PATIENCE)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ChatwrightError(
            f"{address} does not answer ({type(error).__name__}).",
            "Start it with `chatwright serve`, or name another address.",
        ) from None
    if answer.status_code in (401, 403):
        raise WrongUse(
            f"{address} shows its figures to keys with the scope admin alone.",
            "Put one into CHATWRIGHT_KEY: `chatwright key create top --scope admin`.",
        )
    try:
        found = parsed(answer.text)
    except ValueError:
        found = Reading(0.0)
    if answer.status_code != 200 or "chatwright_build_info" not in found.samples:
        raise ChatwrightError(
            f"{address} tells no figures ({answer.status_code}).",
            "Name the address of a chatwright server, without a path.",
        )
    return found


def parsed(text: str) -> Reading:
    found: dict[str, dict[Labels, float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = tuple(sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[labels] = sample.value
    return Reading(time.monotonic(), found)


@dataclass(frozen=True, slots=True)
class Between:
    """What happened from one reading to the next; from the server's start on where there is but one."""

    before: Reading | None
    after: Reading

    @property
    def seconds(self) -> float:
        return 0.0 if self.before is None else max(1e-9, self.after.at - self.before.at)

    def grown(self, name: str, **where: str) -> float:
        """How much a counter grew; of one that began anew, what it has by now."""
        return sum(self._grown(name, lambda labels: where.items() <= labels.items()).values())

    def rate(self, name: str, **where: str) -> float | None:
        """Per second; None with one reading."""
        return None if self.before is None else self.grown(name, **where) / self.seconds

    def shares(self, name: str, label: str, **where: str) -> dict[str, float]:
        """How much of a counter's growth each value of a label had."""
        found: dict[str, float] = {}
        rows = self._grown(name, lambda labels: where.items() <= labels.items())
        for labels, value in rows.items():
            key = dict(labels).get(label, "")
            found[key] = found.get(key, 0.0) + value
        total = sum(found.values())
        return {key: value / total for key, value in found.items() if value} if total else {}

    def quantile(self, share: float, name: str, **where: str) -> float | None:
        """What so large a share of a histogram's observations stays below, within the bucket that it is in."""
        buckets: dict[float, float] = {}
        rows = self._grown(f"{name}_bucket", lambda labels: where.items() <= labels.items())
        for labels, value in rows.items():
            bound = float(dict(labels)["le"])
            buckets[bound] = buckets.get(bound, 0.0) + value
        ordered = sorted(buckets.items())
        if not ordered or not ordered[-1][1]:
            return None
        wanted, low, below = share * ordered[-1][1], 0.0, 0.0
        for bound, count in ordered:
            if count >= wanted and count > below:
                inside = (wanted - below) / (count - below)
                return low if bound == float("inf") else low + (bound - low) * inside
            low, below = bound, count
        return low

    def _grown(self, name: str, fits: Callable[[dict[str, str]], bool]) -> dict[Labels, float]:
        earlier = {} if self.before is None else self.before.samples.get(name, {})
        found = {}
        for labels, value in self.after.samples.get(name, {}).items():
            if fits(dict(labels)):
                old = earlier.get(labels, 0.0)
                found[labels] = value - old if value >= old else value
        return found


def firing(prometheus: str) -> list[str]:
    """Names and summaries of the alerts that fire, as Prometheus tells them."""
    try:
        answer = httpx.get(f"{prometheus}/api/v1/alerts", timeout=PATIENCE)
        found: list[dict[str, Any]] = answer.json()["data"]["alerts"]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
        raise ChatwrightError(
            f"Prometheus at {prometheus} does not tell its alerts ({type(error).__name__}).",
            "Name its address, like http://127.0.0.1:9090.",
        ) from None
    return [
        f"{one['labels']['alertname']}: {one['annotations'].get('summary', '')}"
        for one in found
        if one["state"] == "firing"
    ]


def troubles(now: Reading) -> list[str]:
    """What one reading alone shows to be wrong: the plainest of the alerts, for whoever has no Prometheus."""
    found = []
    if now.least("chatwright_engine_ready") == 0:
        found.append("An engine is not ready.")
    if now.least("chatwright_store_up") == 0:
        found.append("The store cannot be read.")
    if (now.most("chatwright_host_disk_ratio") or 0) > 0.9:
        found.append("The disk is over 90% full.")
    expected = now.sum("chatwright_processes", state="expected")
    if now.sum("chatwright_processes", state="answering") < expected:
        found.append("A server process does not answer.")
    if (now.most("chatwright_people_oldest_seconds", state="wanted") or 0) > 900:
        found.append("A visitor has waited over 15 minutes for a person.")
    for state in ("waiting", "stopped"):
        for channel, value in now.by("chatwright_channel_state", "channel", state=state).items():
            if value:
                found.append(f"The channel {channel} is {state}.")
    if now.most("chatwright_drift_alarm"):
        found.append("People ask something else than before.")
    if now.most("chatwright_knowledge_problems"):
        found.append("Some documents could not be read.")
    if now.most("chatwright_improve_last_state", state="failed"):
        found.append("The last improvement failed.")
    return found
