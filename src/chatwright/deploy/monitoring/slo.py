"""Rules for what `[slo]` promises: how fast its error budget burns, over seven windows, and alerts on that.

Several windows, as in Google's SRE Workbook, chapter 5: the long one says that it matters, the short one that
it still goes on. A budget lasts 30 days; burning it 14.4 times as fast uses 2% of it in an hour.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from chatwright.spec import Spec

WINDOWS = ("5m", "30m", "1h", "2h", "6h", "1d", "3d")
LEAST = 20  # events in the long window: of fewer, one is a large share
MOST = 0.9  # of all events: a promise of 60% can never be broken 14.4 times as fast as it may be
PROBES = "/health|/ready|/metrics"


@dataclass(frozen=True, slots=True)
class Burn:
    """An alert: so many times too fast, over a short and a long window."""

    factor: float
    short: str
    long: str
    severity: str


BURNS = (
    Burn(14.4, "5m", "1h", "page"),
    Burn(6, "30m", "6h", "page"),
    Burn(3, "2h", "1d", "ticket"),
    Burn(1, "6h", "3d", "ticket"),
)


@dataclass(frozen=True, slots=True)
class Promise:
    """One service level. `bad` and `all` are rates with `WINDOW` in the place of a window."""

    slo: str
    alert: str
    said: str
    objective: float
    bad: str
    all: str

    @property
    def budget(self) -> float:
        return 1 - self.objective


def promises(spec: Spec) -> tuple[Promise, ...]:
    """Those of `[slo]`."""
    slo = spec.slo
    asked = f'http_requests_total{{handler!~"{PROBES}",status!="0"}}[WINDOW]'
    none = f"(0 * sum(rate({asked})))"
    first = "vllm:time_to_first_token_seconds"
    within = f'{first}_bucket{{le="{float(slo.first_token_seconds)}"}}[WINDOW]'
    return (
        Promise(
            "availability",
            "ChatwrightAvailabilityBurn",
            "Requests fail",
            slo.availability,
            f'(sum(rate(http_requests_total{{handler!~"{PROBES}",status=~"5.."}}[WINDOW])) or {none})'
            ' + (sum(rate(chatwright_errors_total{where="turn",'
            f'kind=~"engine|overloaded|disk|store|unexpected"}}[WINDOW])) or {none})',
            f"sum(rate({asked}))",
        ),
        Promise(
            "first_token",
            "ChatwrightFirstTokenBurn",
            "Replies begin late",
            slo.first_token_share,
            f"sum(rate({first}_count[WINDOW])) - sum(rate({within}))",
            f"sum(rate({first}_count[WINDOW]))",
        ),
        Promise(
            "answered",
            "ChatwrightAnsweredBurn",
            "The bot refuses to answer",
            slo.answered,
            'sum(rate(chatwright_turns_total{status="done",route="refused"}[WINDOW]))'
            ' or (0 * sum(rate(chatwright_turns_total{status="done"}[WINDOW])))',
            'sum(rate(chatwright_turns_total{status="done"}[WINDOW]))',
        ),
    )


def rules(spec: Spec, runbooks: str) -> str:
    """A rule file for Prometheus. `runbooks` is the address of the page whose sections alerts name."""
    return "\n".join(_lines(spec, runbooks)) + "\n"


def _lines(spec: Spec, runbooks: str) -> Iterator[str]:
    yield f"# What [slo] of {spec.bot.name}'s bot.toml promises, and how fast it is being broken."
    yield "groups:"
    yield "  - name: chatwright-slo"
    yield "    interval: 30s"
    yield "    rules:"
    known = promises(spec)
    for promise in known:
        for window in WINDOWS:
            bad = promise.bad.replace("WINDOW", window)
            every = promise.all.replace("WINDOW", window)
            yield from _record(
                f"chatwright:slo_burn:{window}",
                f"(({bad}) / ({every})) / {promise.budget:.6g}",
                promise.slo,
            )
        for window in dict.fromkeys(burn.long for burn in BURNS):
            events = promise.all.replace("rate(", "increase(").replace("WINDOW", window)
            yield from _record(f"chatwright:slo_events:{window}", events, promise.slo)
    yield "  - name: chatwright-slo-alerts"
    yield "    rules:"
    for promise in known:
        for burn in BURNS:
            yield from _alert(promise, burn, runbooks)


def _record(name: str, expression: str, slo: str) -> Iterator[str]:
    yield f"      - record: {name}"
    yield f"        expr: {json.dumps(expression)}"
    yield f"        labels: {{slo: {slo}}}"


def _alert(promise: Promise, burn: Burn, runbooks: str) -> Iterator[str]:
    limit = min(burn.factor, MOST / promise.budget)
    which = f'{{slo="{promise.slo}"}}'
    expression = (
        f"chatwright:slo_burn:{burn.short}{which} > {limit:.6g} "
        f"and chatwright:slo_burn:{burn.long}{which} > {limit:.6g} "
        f"and chatwright:slo_events:{burn.long}{which} >= {LEAST}"
    )
    summary = (
        f"{promise.said}: over {burn.long} {{{{ $value | humanize }}}} times as often as "
        f"{promise.objective:.6g} allows."
    )
    yield f"      - alert: {promise.alert}"
    yield f"        expr: {json.dumps(expression)}"
    yield f"        labels: {{severity: {burn.severity}, window: {burn.long}}}"
    yield "        annotations:"
    yield f"          summary: {json.dumps(summary)}"
    yield f"          runbook_url: {json.dumps(f'{runbooks}#{promise.alert.lower()}')}"
