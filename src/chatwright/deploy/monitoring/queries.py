"""Expressions over figures, and the panels that show them in a usual way."""

from __future__ import annotations

from chatwright.deploy.monitoring.panels import Panel, Unit

BOT = 'model_name=~"$model"'
SPAN = "$__rate_interval"
FIRST = "vllm:time_to_first_token_seconds"
REPLIES = f"sum(rate(chatwright_turns_total[{SPAN}]))"


def rate(name: str, by: str = "", where: str = "") -> str:
    """Per second, over all processes."""
    kept = f" by ({by})" if by else ""
    return f"sum{kept} (rate({name}{{{where}}}[{SPAN}]))"


def quantile(share: float, name: str, by: str = "", where: str = "") -> str:
    """What so large a share stays below."""
    kept = f", {by}" if by else ""
    return (
        f"histogram_quantile({share:g}, sum by (le{kept}) (rate({name}_bucket{{{where}}}[{SPAN}])))"
    )


def spread(title: str, name: str, unit: Unit = "s", where: str = BOT, width: int = 12) -> Panel:
    """A histogram's middle and its slow end."""
    shares = ((0.5, "p50"), (0.95, "p95"), (0.99, "p99"))
    queries = tuple((quantile(share, name, where=where), legend) for share, legend in shares)
    return Panel(title, queries, unit, width=width)


def one(
    title: str, expression: str, unit: Unit = "short", worse: tuple[float, float] | None = None
) -> Panel:
    """A single number."""
    return Panel(title, ((expression, ""),), unit, "stat", 4, worse=worse)


def lines(title: str, expression: str, legend: str, unit: Unit = "short", **more: object) -> Panel:
    """One query, a line for each of its labels."""
    return Panel(title, ((expression, legend),), unit, **more)  # type: ignore[arg-type]
