"""`chatwright top`: what a running server does, live in the terminal; made of its `/metrics`."""

from __future__ import annotations

import os
import time
from typing import Annotated, Any

import typer
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from chatwright.cli.reading import Between, Reading, firing, read, troubles
from chatwright.cli.show import Json, Screen
from chatwright.core.errors import ChatwrightError

KEY = "CHATWRIGHT_KEY"
PANEL = 36  # columns
FIRST = "vllm:time_to_first_token_seconds"
BETWEEN = "vllm:inter_token_latency_seconds"

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
Address = Annotated[str, typer.Argument(help="The server's address.")]
Every = Annotated[float, typer.Option(min=0.2, help="Seconds between two looks.")]
Once = Annotated[bool, typer.Option("--once", help="Look twice, `--every` apart, show that, end.")]
Alerts = Annotated[str, typer.Option(help="Ask this Prometheus which alerts fire.")]


@app.command(epilog="Example: chatwright top http://127.0.0.1:8000 --every 5")
def top(
    address: Address = "http://127.0.0.1:8000",
    every: Every = 2.0,
    once: Once = False,
    prometheus: Alerts = "",
    as_json: Json = False,
) -> None:
    """Show requests, tokens, latencies, routes, queues, feedback, channels and alerts of a running server.

    A key with the scope admin, where one is needed, is read from CHATWRIGHT_KEY. Ends with Ctrl-C.
    """
    screen, key = Screen(as_json), os.environ.get(KEY, "")
    address = address.rstrip("/")
    before = read(address, key)
    time.sleep(every)
    found = _look(address, key, before, prometheus)
    if once or as_json:
        screen.result(summary(*found))
        if not as_json:
            screen.console.print(drawn(address, summary(*found)))
        return
    with Live(console=screen.console, screen=True, auto_refresh=False) as live:
        while True:
            live.update(drawn(address, summary(*found)), refresh=True)
            time.sleep(every)
            try:
                found = _look(address, key, found[0].after, prometheus)
            except ChatwrightError as error:
                live.update(Text(str(error), style="red"), refresh=True)


def _look(address: str, key: str, before: Reading, prometheus: str) -> tuple[Between, list[str]]:
    between = Between(before, read(address, key))
    return between, firing(prometheus) if prometheus else troubles(between.after)


def summary(between: Between, alerts: list[str]) -> dict[str, Any]:
    """The figures that are shown, as one object. Seconds, shares from 0 to 1, rates per second."""
    now = between.after
    turns = "chatwright_turns_total"
    first = {f"p{share}": between.quantile(share / 100, FIRST) for share in (50, 95, 99)}
    tokens = {f"p{share}": between.quantile(share / 100, BETWEEN) for share in (50, 95, 99)}
    return {
        "seconds": round(between.seconds, 2),
        "alerts": alerts,
        "requests_per_second": between.rate("http_requests_total"),
        "requests_by_status": between.shares("http_requests_total", "status"),
        "replies_per_second": between.rate(turns),
        "replies_by_route": between.shares(turns, "route"),
        "replies_by_channel": between.shares(turns, "channel"),
        "replies_by_end": between.shares(turns, "status"),
        "tokens_written_per_second": between.rate("vllm:generation_tokens_total"),
        "tokens_read_per_second": between.rate("vllm:prompt_tokens_total"),
        "first_text_seconds": first,
        "between_texts_seconds": tokens,
        "running": now.sum("vllm:num_requests_running"),
        "waiting": now.sum("vllm:num_requests_waiting"),
        "cache": now.most("vllm:kv_cache_usage_perc"),
        "errors": between.shares("chatwright_errors_total", "kind"),
        "refused_by_limits": between.grown("chatwright_rate_limited_total"),
        "thumbs": now.by("chatwright_feedback_total", "thumb"),
        "reviews_waiting": now.sum("chatwright_reviews_waiting"),
        "people_waiting": now.sum("chatwright_people_waiting", state="wanted"),
        "channel_events": between.shares("chatwright_channel_events_total", "channel"),
        "channels": _states(now),
        "deployments": _served(now),
        "processes": now.sum("chatwright_processes", state="answering"),
        "cpu": now.most("chatwright_host_cpu_ratio"),
        "memory": now.most("chatwright_host_memory_ratio"),
        "disk": now.most("chatwright_host_disk_ratio"),
    }


def _states(now: Reading) -> dict[str, str]:
    found: dict[str, str] = {}
    for labels, value in now.samples.get("chatwright_channel_state", {}).items():
        if value:
            found[dict(labels)["channel"]] = dict(labels)["state"]
    return found


def _served(now: Reading) -> dict[str, str]:
    rows = now.samples.get("chatwright_deployment_info", {})
    return {dict(labels)["model_name"]: dict(labels)["deployment"] for labels in rows}


def drawn(address: str, values: dict[str, Any]) -> RenderableType:
    """The same for people."""
    served = ", ".join(f"{name} {deployment}" for name, deployment in values["deployments"].items())
    head = Text(f"{address}  {served}  {time.strftime('%H:%M:%S')}", style="bold")
    alerts = values["alerts"]
    said = Text("\n".join(alerts), style="red") if alerts else Text("All is well.", style="green")
    first, between = values["first_text_seconds"], values["between_texts_seconds"]
    panels = (
        (
            "Traffic",
            [
                ("requests/s", _number(values["requests_per_second"])),
                ("replies/s", _number(values["replies_per_second"])),
                ("written tokens/s", _number(values["tokens_written_per_second"])),
                ("read tokens/s", _number(values["tokens_read_per_second"])),
            ],
        ),
        (
            "Seconds: p50 p95 p99",
            [
                ("first text", " ".join(_number(first[name]) for name in first)),
                ("between texts", " ".join(_number(between[name]) for name in between)),
            ],
        ),
        (
            "Engine",
            [
                ("running", _number(values["running"])),
                ("waiting", _number(values["waiting"])),
                ("cache", _share(values["cache"])),
            ],
        ),
        ("Routes", _shares(values["replies_by_route"])),
        ("Ends", _shares(values["replies_by_end"])),
        ("Statuses", _shares(values["requests_by_status"])),
        ("Errors", _shares(values["errors"])),
        (
            "People",
            [
                *((f"thumbs {name}", _number(n)) for name, n in values["thumbs"].items()),
                ("reviews that wait", _number(values["reviews_waiting"])),
                ("visitors that wait", _number(values["people_waiting"])),
            ],
        ),
        ("Channels", list(values["channels"].items()) + _shares(values["channel_events"])),
        (
            "Machine",
            [
                ("processes", _number(values["processes"])),
                *((name, _share(values[name])) for name in ("cpu", "memory", "disk")),
            ],
        ),
    )
    return Group(head, said, Columns([_panel(*one) for one in panels], width=PANEL))


def _panel(title: str, rows: list[tuple[str, str]]) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", show_header=False, box=None
    )
    table.add_column(width=PANEL - 16, no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for row in rows or [("nothing", "")]:
        table.add_row(*row)
    return table


def _shares(values: dict[str, float]) -> list[tuple[str, str]]:
    return [(name, _share(value)) for name, value in sorted(values.items(), key=lambda v: -v[1])]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f}%"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if value == int(value) or value >= 100 else f"{value:.3g}"
