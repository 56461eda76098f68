"""What every process of a server would tell alike: what waits for people, what the gate said, how full the
disk is. Read from store and files when somebody scrapes, at most every few seconds; in a thread: it takes time.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from chatwright.core.errors import ChatwrightError
from chatwright.improve.journal import FOLDER, journals
from chatwright.knowledge.index import Index
from chatwright.knowledge.sync import index_file, problems_of, sources_of
from chatwright.server.certificate import valid_until
from chatwright.server.machine import used
from chatwright.spec import Spec
from chatwright.store import channel_outbox
from chatwright.store.backup import last
from chatwright.store.waiting import Waiting, people_waiting, reviews_waiting

if TYPE_CHECKING:
    from chatwright.server.services import Services

KEEP = 5.0  # seconds for which what was read is told again
BOT = ["model_name"]


class Standing(Collector):
    """See above. What cannot be read now is left out; that the store cannot is told."""

    def __init__(self, services: Services, keep: float = KEEP) -> None:
        self._services, self._keep = services, keep
        self._lock = threading.Lock()
        self._read_at = float("-inf")
        self._known: list[Metric] = []
        self._cores = psutil.cpu_times()
        self._files: dict[tuple[Path, str], tuple[int, list[Metric]]] = {}
        self._certificate = _certificate(services.doors.spec)

    def describe(self) -> Iterator[Metric]:
        return iter(())  # nothing is read before somebody asks

    def collect(self) -> Iterator[Metric]:
        with self._lock:
            if time.monotonic() - self._read_at >= self._keep:
                self._known = [
                    *self._store(),
                    *self._of_files(),
                    *self._kept(),
                    *self._machine(),
                ]
                self._read_at = time.monotonic()
            return iter(self._known)

    def _store(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("chatwright_store_up", "1 while the store can be read")
        try:
            found = reviews_waiting(self._services.database)
            people = people_waiting(self._services.database)
            with self._services.database.read() as connection:
                queue = channel_outbox.waiting(connection)
        except ChatwrightError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        names = list(self._services.bots)
        yield from _waiting("chatwright_reviews", "Reviews", found, ("open", "quarantined"), names)
        yield from _waiting(
            "chatwright_people", "Conversations with a person", people, ("wanted", "taken"), names
        )
        waiting = GaugeMetricFamily(
            "chatwright_channel_queue", "Messages that are still to be sent", labels=["channel"]
        )
        for channel in self._services.channels.channels:
            waiting.add_metric([channel], queue.get(channel, 0))
        yield waiting

    def _of_files(self) -> Iterator[Metric]:
        for name, deployed in self._services.bots.items():
            spec = deployed.current().spec
            yield from self._once(spec.made / FOLDER, name, partial(_gate, spec, name))
            index = index_file(spec)
            if index.exists():
                yield from self._once(index, name, partial(_knowledge, spec, name))

    def _kept(self) -> Iterator[Metric]:
        """The last backup of the store that all bots share, and the certificate; absent where there is none."""
        copied = GaugeMetricFamily(
            "chatwright_backup_timestamp_seconds", "When the store was last copied", labels=BOT
        )
        at = last(self._services.people.spec.made)
        if at is not None:
            for name in self._services.bots:
                copied.add_metric([name], at)
        ends = GaugeMetricFamily(
            "chatwright_certificate_expiry_timestamp_seconds",
            "When the certificate ends that this server shows",
        )
        if self._certificate is not None:
            ends.add_metric([], self._certificate)
        yield from (copied, ends)

    def _once(self, path: Path, bot: str, read: Callable[[], list[Metric]]) -> list[Metric]:
        """What was read of a file or folder, until that changes."""
        wal = path.with_name(f"{path.name}-wal")
        stamp = sum(one.stat().st_mtime_ns for one in (path, wal) if one.exists())
        known = self._files.get((path, bot))
        if known is None or known[0] != stamp:
            try:
                self._files[path, bot] = (stamp, read())
            except (ChatwrightError, OSError):
                self._files.pop((path, bot), None)
                return []
        return self._files[path, bot][1]

    def _machine(self) -> Iterator[Metric]:
        memory = psutil.virtual_memory()
        made = self._services.people.spec.made
        before, self._cores = self._cores, psutil.cpu_times()
        rows = [
            ("chatwright_host_cpu_ratio", "Cores in use, 0 to 1", _busy(before, self._cores)),
            ("chatwright_host_memory_ratio", "Memory in use, 0 to 1", memory.percent / 100),
            ("chatwright_host_disk_ratio", "How full the bot's disk is, 0 to 1", used(made)),
        ]
        path = self._services.database.path
        if path is not None:
            parts = (path, path.with_name(f"{path.name}-wal"))
            size = sum(one.stat().st_size for one in parts if one.exists())
            rows.append(("chatwright_store_bytes", "Of the store's file", size))
        for name, about, value in rows:
            family = GaugeMetricFamily(name, about)
            family.add_metric([], value)
            yield family


def _certificate(spec: Spec) -> float | None:
    """The end of the server's own certificate, as it is at the start: a file that was renewed since is not yet
    what is shown."""
    if not spec.server.tls_cert:
        return None
    try:
        ends = valid_until(spec.path(spec.server.tls_cert).read_text("ascii"))
    except (OSError, ValueError):
        return None
    return None if ends is None else ends.timestamp()


def _busy(before: Sequence[float], after: Sequence[float]) -> float:
    """Between two readings of `psutil.cpu_times`, whose fourth and fifth are idle time."""
    spent = [late - early for early, late in zip(before, after, strict=True)]
    total = sum(spent[:8])  # guests are in the first two as well
    return 1 - sum(spent[3:5]) / total if total > 0 else 0.0


def _waiting(
    name: str, what: str, found: list[Waiting], states: tuple[str, ...], bots: list[str]
) -> Iterator[Metric]:
    """Each state of each bot, also an empty one: a line that is gone does not say that all is well."""
    labels = [*BOT, "state"]
    count = GaugeMetricFamily(f"{name}_waiting", what, labels=labels)
    age = GaugeMetricFamily(
        f"{name}_oldest_seconds", f"{what}: how old the oldest is", labels=labels
    )
    known = {(one.bot, one.state): one for one in found}
    for bot in bots:
        for state in states:
            one = known.get((bot, state))
            count.add_metric([bot, state], one.count if one else 0)
            age.add_metric([bot, state], _age(one.oldest) if one and one.oldest else 0)
    yield from (count, age)


def _age(stored: str) -> float:
    return max(0.0, (datetime.now(UTC) - datetime.fromisoformat(stored)).total_seconds())


def _gate(spec: Spec, name: str) -> list[Metric]:
    family = GaugeMetricFamily(
        "chatwright_gate_verdicts",
        "Improvements that are kept in the journal, by what the gate said",
        labels=[*BOT, "verdict"],
    )
    said = (one.result("gate") for one in journals(spec.made))
    for verdict, count in Counter(str(one.get("verdict")) for one in said if one).items():
        family.add_metric([name, verdict], count)
    return [family]


def _knowledge(spec: Spec, name: str) -> list[Metric]:
    """Of the last sync: what it read, what it could not, and when it last found something else."""
    path = index_file(spec)
    index = Index(path)
    try:
        documents, problems = len(sources_of(index)), len(problems_of(index))
    finally:
        index.close()
    rows = (
        ("chatwright_knowledge_documents", "Documents that answers may rest on", documents),
        ("chatwright_knowledge_problems", "Documents that the last sync could not read", problems),
        (
            "chatwright_knowledge_changed_timestamp_seconds",
            "When the index last changed",
            path.stat().st_mtime,
        ),
    )
    found: list[Metric] = []
    for metric, about, value in rows:
        family = GaugeMetricFamily(metric, about, labels=BOT)
        family.add_metric([name], value)
        found.append(family)
    return found
