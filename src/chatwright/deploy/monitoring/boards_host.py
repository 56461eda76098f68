"""The boards of channels, and of server, store and host. Values only."""

from __future__ import annotations

from chatwright.deploy.monitoring.panels import Board, Panel
from chatwright.deploy.monitoring.queries import SPAN, lines, quantile, rate

CHANNELS = Board(
    "channels",
    "channels",
    "What comes in from where, how fast that is acknowledged, and whether replies arrive.",
    (
        (
            "Channels",
            (
                lines(
                    "How each stands",
                    "max by (channel, state) (chatwright_channel_state) == 1",
                    "{{channel}} {{state}}",
                    kind="table",
                ),
                lines(
                    "Replies by channel",
                    rate("chatwright_turns_total", "channel"),
                    "{{channel}}",
                    "reqps",
                    stacked=True,
                ),
                lines(
                    "Events",
                    rate("chatwright_channel_events_total", "channel, result"),
                    "{{channel}} {{result}}",
                    "reqps",
                ),
                lines(
                    "To the acknowledgement, p99",
                    quantile(0.99, "chatwright_channel_ack_seconds", "channel"),
                    "{{channel}}",
                    "s",
                    worse=(0.25, 1.0),
                ),
                lines(
                    "Sends",
                    rate("chatwright_channel_sends_total", "channel, result"),
                    "{{channel}} {{result}}",
                    "reqps",
                ),
                lines(
                    "Still to be sent", "max by (channel) (chatwright_channel_queue)", "{{channel}}"
                ),
                lines(
                    "Sends by how they ended",
                    rate("chatwright_channel_sends_total", "result"),
                    "{{result}}",
                    "reqps",
                    stacked=True,
                ),
            ),
        ),
    ),
)
HOST = Board(
    "host",
    "server, store and host",
    "What it runs on.",
    (
        (
            "Host",
            (
                lines(
                    "Cores in use",
                    "max by (instance) (chatwright_host_cpu_ratio)",
                    "{{instance}}",
                    "percentunit",
                ),
                lines(
                    "Memory in use",
                    "max by (instance) (chatwright_host_memory_ratio)",
                    "{{instance}}",
                    "percentunit",
                    worse=(0.85, 0.95),
                ),
                lines(
                    "Disk in use",
                    "max by (instance) (chatwright_host_disk_ratio)",
                    "{{instance}}",
                    "percentunit",
                    worse=(0.8, 0.9),
                ),
                lines(
                    "Memory of the server's processes",
                    'process_resident_memory_bytes{job="chatwright"}',
                    "{{instance}} {{process}}",
                    "bytes",
                ),
                lines(
                    "Cores of the server's processes",
                    f'rate(process_cpu_seconds_total{{job="chatwright"}}[{SPAN}])',
                    "{{instance}} {{process}}",
                ),
                lines(
                    "Files and sockets",
                    'process_open_fds{job="chatwright"}',
                    "{{instance}} {{process}}",
                ),
            ),
        ),
        (
            "Server",
            (
                lines("Processes", "max by (state) (chatwright_processes)", "{{state}}"),
                lines(
                    "How late the loop is, p99",
                    quantile(0.99, "chatwright_loop_lag_seconds", "instance"),
                    "{{instance}}",
                    "s",
                    worse=(0.1, 0.5),
                ),
                lines("Requests", rate("http_requests_total", "handler"), "{{handler}}", "reqps"),
                lines(
                    "Refused by a limit",
                    rate("chatwright_rate_limited_total", "what"),
                    "{{what}}",
                    "reqps",
                ),
                lines(
                    "Until a certificate ends",
                    "min by (instance) (chatwright_certificate_expiry_timestamp_seconds"
                    ' or probe_ssl_earliest_cert_expiry{job="chatwright-address"}) - time()',
                    "{{instance}}",
                    "s",
                ),
                lines(
                    "Turns that run", "sum by (instance) (chatwright_turns_running)", "{{instance}}"
                ),
                lines(
                    "Takes no new replies",
                    "max by (instance) (chatwright_draining)",
                    "{{instance}}",
                    "bool",
                ),
                Panel(
                    "Versions",
                    (("max by (instance, version) (chatwright_build_info)", ""),),
                    kind="table",
                ),
            ),
        ),
        (
            "Store",
            (
                lines(
                    "Can be read", "min by (instance) (chatwright_store_up)", "{{instance}}", "bool"
                ),
                lines(
                    "Transactions, p99",
                    quantile(0.99, "chatwright_store_seconds", "way"),
                    "{{way}}",
                    "s",
                    worse=(0.25, 1.0),
                ),
                lines(
                    "Transactions", rate("chatwright_store_seconds_count", "way"), "{{way}}", "ops"
                ),
                lines(
                    "Transactions that failed",
                    rate("chatwright_store_errors_total", "kind"),
                    "{{kind}}",
                    "ops",
                ),
                lines(
                    "Size of the file",
                    "max by (instance) (chatwright_store_bytes)",
                    "{{instance}}",
                    "bytes",
                ),
                lines(
                    "Since the last backup",
                    "time() - max by (model_name) (chatwright_backup_timestamp_seconds)",
                    "{{model_name}}",
                    "s",
                    worse=(172_800, 604_800),
                ),
                lines(
                    "Connections to PostgreSQL",
                    "sum by (state) (chatwright_store_connections)",
                    "{{state}}",
                    stacked=True,
                ),
            ),
        ),
    ),
)
