"""For each alert: figures under which it fires, and when they are good again. Read by promtool.

A value is in promtool's notation ("0+1x10 10x5"); time goes in steps of a minute, unless a case says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

BAD, GOOD = 40, 60  # minutes of bad figures, then of good ones


@dataclass(frozen=True)
class Case:
    """`series` by name: from bad to good. `fires` and `clears`: minutes at which the alert is looked at."""

    alert: str
    series: dict[str, str]
    labels: dict[str, str] = field(default_factory=dict)
    fires: int = 35
    clears: int = 95
    step: str = "1m"


def level(bad: float, good: float, bad_for: int = BAD, good_for: int = GOOD) -> str:
    """A gauge: `bad` for so many steps, then `good`."""
    return f"{bad:.10g}x{bad_for} {good:.10g}x{good_for}"


def growth(bad: float, good: float, bad_for: int = BAD, good_for: int = GOOD) -> str:
    """A counter that grows by so much each step."""
    reached = bad * bad_for
    return f"0+{bad:g}x{bad_for} {reached + good:g}+{good:g}x{good_for}"


def histogram(name: str, le: str, labels: str, slow: bool = True) -> dict[str, str]:
    """Observations of which first none, then all stay below `le`."""
    below = growth(0 if slow else 10, 10)
    return {
        f'{name}_bucket{{{labels},le="{le}"}}': below,
        f'{name}_bucket{{{labels},le="10.0"}}': growth(10, 10),
        f'{name}_bucket{{{labels},le="+Inf"}}': growth(10, 10),
    }


ON = 'job="chatwright",instance="a"'
BOT = f'{ON},model_name="library"'
ALERTS: tuple[Case, ...] = (
    Case("ChatwrightDown", {f"up{{{ON}}}": level(0, 1)}, {"instance": "a", "job": "chatwright"}),
    Case(
        "ChatwrightProcessMissing",
        {
            f'chatwright_processes{{{ON},state="expected"}}': level(2, 2),
            f'chatwright_processes{{{ON},state="answering"}}': level(1, 2),
        },
        {"instance": "a"},
    ),
    Case(
        "ChatwrightUnexpectedErrors",
        {f'chatwright_errors_total{{{ON},kind="unexpected",where="request"}}': growth(1, 0)},
        {"where": "request"},
    ),
    Case(
        "ChatwrightLoopLate",
        histogram("chatwright_loop_lag_seconds", "0.25", ON),
        {"instance": "a"},
    ),
    Case(
        "ChatwrightRateLimiting",
        {
            f'chatwright_rate_limited_total{{{ON},what="requests"}}': growth(10, 0),
            f'http_requests_total{{{ON},handler="/v1",status="200"}}': growth(60, 60),
        },
    ),
    Case(
        "ChatwrightCertificateEnds",
        {f"chatwright_certificate_expiry_timestamp_seconds{{{ON}}}": level(1_000_000, 9e6, 90)},
        {"instance": "a"},
        fires=80,
        clears=120,
    ),
    Case(  # of the address, as somebody else sees it
        "ChatwrightCertificateEnds",
        {
            'probe_ssl_earliest_cert_expiry{job="chatwright-address",instance="b"}': level(
                1_000_000, 9e6, 90
            )
        },
        {"instance": "b"},
        fires=80,
        clears=120,
    ),
    Case(
        "ChatwrightEngineNotReady",
        {f"chatwright_engine_ready{{{BOT}}}": level(0, 1)},
        {"instance": "a", "model_name": "library"},
    ),
    Case(
        "ChatwrightEngineRestarts",
        {f"chatwright_engine_restarts_total{{{BOT}}}": growth(1, 0)},
        {"model_name": "library"},
    ),
    Case(
        "ChatwrightEngineQueue",
        {f"vllm:num_requests_waiting{{{BOT}}}": level(50, 0)},
        {"instance": "a", "model_name": "library"},
    ),
    Case(
        "ChatwrightEngineCacheFull",
        {f"vllm:kv_cache_usage_perc{{{BOT}}}": level(0.99, 0.5)},
        {"instance": "a", "model_name": "library"},
    ),
    Case(
        "ChatwrightEngineOverloaded",
        {f'chatwright_errors_total{{{ON},kind="overloaded",where="reply"}}': growth(60, 0)},
    ),
    Case("ChatwrightStoreDown", {f"chatwright_store_up{{{ON}}}": level(0, 1)}, {"instance": "a"}),
    Case(
        "ChatwrightStoreSlow",
        histogram("chatwright_store_seconds", "1.0", f'{ON},way="write"'),
        {"way": "write"},
    ),
    Case(
        "ChatwrightStoreConnectionsUsedUp",
        {f'chatwright_store_connections{{{ON},state="free"}}': level(0, 5)},
        {"instance": "a"},
    ),
    Case(
        "ChatwrightStoreErrors",
        {f'chatwright_store_errors_total{{{ON},kind="store"}}': growth(5, 0)},
        {"kind": "store"},
    ),
    Case(
        "ChatwrightDiskNearlyFull",
        {f"chatwright_host_disk_ratio{{{ON}}}": level(0.95, 0.5)},
        {"instance": "a"},
    ),
    Case(
        "ChatwrightMemoryNearlyFull",
        {f"chatwright_host_memory_ratio{{{ON}}}": level(0.97, 0.5)},
        {"instance": "a"},
    ),
    Case(
        "ChatwrightBackupOld",
        {f"chatwright_backup_timestamp_seconds{{{BOT}}}": level(-700_000, 0, 90)},
        {"model_name": "library"},
        fires=80,
        clears=120,
    ),
    Case(
        "ChatwrightBackupMissing",
        {
            f"chatwright_engine_ready{{{BOT}}}": level(1, 1, 2050),
            f"chatwright_backup_timestamp_seconds{{{BOT}}}": f"_x2050 600000x{GOOD}",
        },
        {"model_name": "library"},
        fires=10_200,
        clears=10_400,
        step="5m",
    ),
    Case(
        "ChatwrightThumbsDown",
        {
            f'chatwright_feedback_total{{{ON},release="r",thumb="down"}}': growth(1, 0, 90, 1700),
            f'chatwright_feedback_total{{{ON},release="r",thumb="up"}}': growth(1, 1, 90, 1700),
        },
        {"release": "r"},
        fires=80,
        clears=1650,
    ),
    Case(
        "ChatwrightGuardBusy",
        {
            f'chatwright_marks_total{{{ON},mark="blocked"}}': growth(5, 0),
            f'chatwright_turns_total{{{ON},status="done"}}': growth(10, 10),
        },
    ),
    Case(
        "ChatwrightPeopleWaiting",
        {f'chatwright_people_oldest_seconds{{{BOT},state="wanted"}}': level(1000, 0)},
        {"model_name": "library"},
    ),
    Case(
        "ChatwrightReviewsOld",
        {f'chatwright_reviews_oldest_seconds{{{BOT},state="open"}}': level(700_000, 0, 90)},
        {"model_name": "library"},
        fires=80,
        clears=120,
    ),
    Case(
        "ChatwrightDrift",
        {f'chatwright_drift_alarm{{{BOT},figure="new"}}': level(1, 0)},
        {"model_name": "library", "figure": "new"},
    ),
    Case(
        "ChatwrightImproveFailed",
        {f'chatwright_improve_last_state{{{BOT},state="failed"}}': level(1, 0, 90)},
        {"model_name": "library"},
        fires=80,
        clears=120,
    ),
    Case(
        "ChatwrightCanaryNearRollback",
        {
            f'chatwright_canary_evidence{{{ON},rule="broken"}}': level(0.9, 0.9),
            f"chatwright_canary_share{{{ON}}}": level(0.05, 0),
        },
        {"rule": "broken"},
    ),
    Case(
        "ChatwrightKnowledgeSyncFails",
        {
            f'chatwright_knowledge_syncs_total{{{BOT},result="failed"}}': growth(1, 0),
            f'chatwright_knowledge_syncs_total{{{BOT},result="ok"}}': growth(0, 1),
        },
        {"model_name": "library"},
    ),
    Case(
        "ChatwrightKnowledgeUnreadable",
        {f"chatwright_knowledge_problems{{{BOT}}}": level(3, 0, 90)},
        {"model_name": "library"},
        fires=80,
        clears=120,
    ),
    Case(
        "ChatwrightChannelStopped",
        {
            f'chatwright_channel_state{{{ON},channel="slack",state="stopped"}}': level(1, 0),
            f'chatwright_channel_state{{{ON},channel="slack",state="ready"}}': level(0, 1),
        },
        {"channel": "slack", "state": "stopped"},
    ),
    Case(
        "ChatwrightChannelAcksSlow",
        histogram("chatwright_channel_ack_seconds", "1.0", f'{ON},channel="slack"'),
        {"channel": "slack"},
    ),
    Case(
        "ChatwrightChannelSendsFail",
        {
            f'chatwright_channel_sends_total{{{ON},channel="slack",result="unavailable"}}': growth(
                1, 0
            ),
            f'chatwright_channel_sends_total{{{ON},channel="slack",result="sent"}}': growth(1, 1),
        },
        {"channel": "slack"},
    ),
    Case(
        "ChatwrightChannelEventsDead",
        {
            f'chatwright_channel_events_total{{{ON},channel="slack",result="dead"}}': growth(
                1, 0, 40, 90
            )
        },
        {"channel": "slack"},
        clears=120,
    ),
    Case(
        "ChatwrightChannelQueue",
        {f'chatwright_channel_queue{{{ON},channel="slack"}}': level(500, 0)},
        {"channel": "slack"},
    ),
)
# Of each promise: figures of which so large a share is bad, in steps of a minute.
PROMISED: dict[str, tuple[str, dict[str, tuple[float, float]]]] = {
    "availability": (
        "ChatwrightAvailabilityBurn",
        {
            f'http_requests_total{{{ON},handler="/v1",status="200"}}': (1, 0),
            f'http_requests_total{{{ON},handler="/v1",status="503"}}': (0, 1),
            f'http_requests_total{{{ON},handler="/ready",status="503"}}': (
                1,
                1,
            ),  # a probe: no request
        },
    ),
    "first_token": (
        "ChatwrightFirstTokenBurn",
        {
            f'vllm:time_to_first_token_seconds_bucket{{{BOT},le="2.5"}}': (1, 0),
            f"vllm:time_to_first_token_seconds_count{{{BOT}}}": (1, 1),
        },
    ),
    "answered": (
        "ChatwrightAnsweredBurn",
        {
            f'chatwright_turns_total{{{ON},route="generated",status="done"}}': (1, 0),
            f'chatwright_turns_total{{{ON},route="refused",status="done"}}': (0, 1),
        },
    ),
}


def burning(slo: str, share: float, minutes: int, good: int, step: int = 1) -> dict[str, str]:
    """Series of a promise of whose events (60 a minute) that share is bad for so long, and none after it."""
    _, series = PROMISED[slo]
    found = {}
    for name, (well, badly) in series.items():
        during = 60 * step * (well * (1 - share) + badly * share)
        found[name] = growth(during, 60 * step * well, minutes // step, good // step)
    return found


def unit_test(case: Case, selector: str = "") -> dict[str, Any]:
    """As promtool's `tests` has it. `selector` says which of an alert's rules is meant, besides the labels."""
    wanted = [f'{name}="{value}"' for name, value in case.labels.items()]
    chosen = ",".join(
        [f'alertname="{case.alert}"', 'alertstate="firing"', *wanted, *selector.split()]
    )
    expression = f"count(ALERTS{{{chosen}}}) or vector(0)"
    series = [{"series": name, "values": values} for name, values in case.series.items()]
    return {
        "name": case.alert,
        "interval": case.step,
        "input_series": series,
        "promql_expr_test": [
            {
                "expr": expression,
                "eval_time": f"{minute}m",
                "exp_samples": [{"labels": "{}", "value": value}],
            }
            for minute, value in ((case.fires, 1), (case.clears, 0))
        ],
    }
