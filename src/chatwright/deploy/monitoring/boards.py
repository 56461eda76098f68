"""The boards: what is shown of a server that `/metrics` tells. Values only; `panels` makes JSON of them."""

from __future__ import annotations

from chatwright.deploy.monitoring.boards_answers import ANSWERS
from chatwright.deploy.monitoring.boards_host import CHANNELS, HOST
from chatwright.deploy.monitoring.panels import Board, Panel
from chatwright.deploy.monitoring.queries import (
    BOT,
    FIRST,
    REPLIES,
    lines,
    one,
    quantile,
    rate,
    spread,
)

DONE = 'status="done"'
REFUSED = 'status="done",route="refused"'
OVERVIEW = Board(
    "overview",
    "overview",
    "Is it well, what is asked, and how is it answered.",
    (
        (
            "Now",
            (
                one("Servers that answer", 'sum(up{job="chatwright"})', worse=(1, 0.5)),
                one("Engine ready", f"min(chatwright_engine_ready{{{BOT}}})", worse=(1, 0.5)),
                one("Replies", REPLIES, "reqps"),
                one("First text, p95", quantile(0.95, FIRST, where=BOT), "s", (1, 2.5)),
                one(
                    "Answered",
                    f"1 - ({rate('chatwright_turns_total', where=REFUSED)} or vector(0))"
                    f" / {rate('chatwright_turns_total', where=DONE)}",
                    "percentunit",
                    (0.8, 0.6),
                ),
                one("Alerts", 'count(ALERTS{alertstate="firing"}) or vector(0)', worse=(1, 3)),
            ),
        ),
        (
            "Service levels",
            (
                lines(
                    "Budget burnt: 1 uses it up in 30 days",
                    "chatwright:slo_burn:1h",
                    "{{slo}}",
                    about="Over one hour. 14.4 over an hour pages.",
                    worse=(6.0, 14.4),
                ),
                lines(
                    "Budget burnt, over 6 hours",
                    "chatwright:slo_burn:6h",
                    "{{slo}}",
                    worse=(1.0, 6.0),
                ),
            ),
        ),
        (
            "Traffic",
            (
                lines(
                    "Replies by route",
                    rate("chatwright_turns_total", "route"),
                    "{{route}}",
                    "reqps",
                    stacked=True,
                ),
                lines(
                    "Replies by channel",
                    rate("chatwright_turns_total", "channel"),
                    "{{channel}}",
                    "reqps",
                    stacked=True,
                ),
                spread("First text", FIRST),
                Panel(
                    "Tokens",
                    (
                        (rate("vllm:generation_tokens_total", where=BOT), "written"),
                        (rate("vllm:prompt_tokens_total", where=BOT), "read"),
                    ),
                    "ops",
                ),
                lines(
                    "Requests by status",
                    rate("http_requests_total", "status"),
                    "{{status}}",
                    "reqps",
                    stacked=True,
                ),
                lines(
                    "Errors",
                    rate("chatwright_errors_total", "kind"),
                    "{{kind}}",
                    "reqps",
                    stacked=True,
                ),
            ),
        ),
    ),
)
ENGINE = Board(
    "engine",
    "engine",
    "How much it has to do, and how fast it writes.",
    (
        (
            "Load",
            (
                Panel(
                    "Requests",
                    (
                        (f"sum(vllm:num_requests_running{{{BOT}}})", "running"),
                        (f"sum(vllm:num_requests_waiting{{{BOT}}})", "waiting"),
                    ),
                ),
                lines(
                    "Cache",
                    f"max by (model_name) (vllm:kv_cache_usage_perc{{{BOT}}})",
                    "{{model_name}}",
                    "percentunit",
                    worse=(0.8, 0.95),
                ),
                lines(
                    "Engine ready",
                    f"min by (model_name) (chatwright_engine_ready{{{BOT}}})",
                    "{{model_name}}",
                    "bool",
                ),
                lines(
                    "Engine restarts",
                    f"sum by (model_name) (increase(chatwright_engine_restarts_total{{{BOT}}}[15m]))",
                    "{{model_name}}",
                ),
            ),
        ),
        (
            "Speed",
            (
                spread("First text", FIRST),
                spread("Between texts", "vllm:inter_token_latency_seconds"),
                spread("Per token after the first", "vllm:request_time_per_output_token_seconds"),
                spread("From the first text to the end", "vllm:request_decode_time_seconds"),
                spread("Whole reply", "vllm:e2e_request_latency_seconds"),
                lines(
                    "How replies end",
                    rate("vllm:request_success_total", "finished_reason", BOT),
                    "{{finished_reason}}",
                    "reqps",
                    stacked=True,
                ),
            ),
        ),
        (
            "Tokens",
            (
                lines(
                    "Tokens written",
                    rate("vllm:generation_tokens_total", "model_name", BOT),
                    "{{model_name}}",
                    "ops",
                ),
                lines(
                    "Tokens read",
                    rate("vllm:prompt_tokens_total", "model_name", BOT),
                    "{{model_name}}",
                    "ops",
                ),
                spread("Read per reply", "vllm:request_prompt_tokens", "short"),
                spread("Written per reply", "vllm:request_generation_tokens", "short"),
                lines(
                    "Known to a hosted model's cache",
                    f"{rate('vllm:prefix_cache_hits_total', where=BOT)}"
                    f" / {rate('vllm:prefix_cache_queries_total', where=BOT)}",
                    "share",
                    "percentunit",
                ),
            ),
        ),
    ),
)
BOARDS = (OVERVIEW, ENGINE, ANSWERS, CHANNELS, HOST)
