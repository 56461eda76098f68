"""Panels and boards as Grafana's JSON has them (schema version 39: Grafana 10.4 and later). Knows no figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

SCHEMA = 39
SOURCE = {"type": "prometheus", "uid": "${source}"}
WIDE = 24  # columns of a board
HEIGHTS = {"stat": 4, "timeseries": 8, "bargauge": 8, "table": 8}
RED, ORANGE, GREEN = "red", "orange", "green"

Kind = Literal["timeseries", "stat", "bargauge", "table"]
Unit = Literal["short", "s", "percentunit", "reqps", "bytes", "ops", "dateTimeFromNow", "bool"]


@dataclass(frozen=True, slots=True)
class Panel:
    """What is shown, and how. `queries` are pairs of an expression and its legend; `worse` is from where on it
    is orange, and red (high is bad; or, where the first is above the second, low is bad)."""

    title: str
    queries: tuple[tuple[str, str], ...]
    unit: Unit = "short"
    kind: Kind = "timeseries"
    width: int = 12
    about: str = ""
    worse: tuple[float, float] | None = None
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """A page of Grafana's: rows of panels under headings."""

    name: str
    title: str
    about: str
    rows: tuple[tuple[str, tuple[Panel, ...]], ...]

    def json(self) -> dict[str, Any]:
        """As Grafana's files and its API have it."""
        return {
            "uid": f"chatwright-{self.name}",
            "title": f"chatwright: {self.title}",
            "description": self.about,
            "tags": ["chatwright"],
            "schemaVersion": SCHEMA,
            "version": 1,
            "editable": True,
            "graphTooltip": 1,
            "refresh": "30s",
            "time": {"from": "now-6h", "to": "now"},
            "timezone": "browser",
            "templating": {"list": [_source(), _model()]},
            "annotations": {"list": [_deployments()]},
            "links": [_others()],
            "panels": _placed(self.rows),
        }


def _placed(rows: Sequence[tuple[str, tuple[Panel, ...]]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    top = 0
    for heading, panels in rows:
        place = {"h": 1, "w": WIDE, "x": 0, "y": top}
        row = {"type": "row", "title": heading, "collapsed": False, "panels": [], "gridPos": place}
        found.append(row | {"id": len(found) + 1})
        top, left, tallest = top + 1, 0, 0
        for panel in panels:
            if left + panel.width > WIDE:
                top, left, tallest = top + tallest, 0, 0
            height = HEIGHTS[panel.kind]
            place = {"h": height, "w": panel.width, "x": left, "y": top}
            found.append(_panel(panel) | {"id": len(found) + 1, "gridPos": place})
            left, tallest = left + panel.width, max(tallest, height)
        top += tallest
    return found


def _panel(panel: Panel) -> dict[str, Any]:
    now = panel.kind != "timeseries"
    targets = [
        {
            "refId": chr(ord("A") + number),
            "datasource": SOURCE,
            "expr": expression,
            "legendFormat": legend or "__auto",
            "instant": now,
            "range": not now,
            "format": "table" if panel.kind == "table" else "time_series",
        }
        for number, (expression, legend) in enumerate(panel.queries)
    ]
    return {
        "type": panel.kind,
        "title": panel.title,
        "description": panel.about,
        "datasource": SOURCE,
        "targets": targets,
        "fieldConfig": {"defaults": _defaults(panel), "overrides": []},
        "options": _options(panel.kind),
    }


def _defaults(panel: Panel) -> dict[str, Any]:
    values: dict[str, Any] = {"unit": panel.unit, "thresholds": _thresholds(panel.worse)}
    if panel.unit == "percentunit":
        values |= {"min": 0, "max": 1}
    if panel.kind == "timeseries":
        custom: dict[str, Any] = {"lineWidth": 1, "fillOpacity": 30 if panel.stacked else 5}
        custom["stacking"] = {"mode": "normal" if panel.stacked else "none", "group": "A"}
        if panel.worse is not None:
            custom["thresholdsStyle"] = {"mode": "dashed"}
        values["custom"] = custom
    return values


def _thresholds(worse: tuple[float, float] | None) -> dict[str, Any]:
    steps: list[tuple[float | None, str]]
    if worse is None:
        steps = [(None, GREEN)]
    elif worse[0] <= worse[1]:
        steps = [(None, GREEN), (worse[0], ORANGE), (worse[1], RED)]
    else:
        steps = [(None, RED), (worse[1], ORANGE), (worse[0], GREEN)]
    return {"mode": "absolute", "steps": [{"value": v, "color": c} for v, c in steps]}


def _options(kind: Kind) -> dict[str, Any]:
    last = {"calcs": ["lastNotNull"], "fields": "", "values": False}
    if kind == "stat":
        return {
            "reduceOptions": last,
            "colorMode": "value",
            "graphMode": "area",
            "textMode": "auto",
        }
    if kind == "bargauge":
        return {"reduceOptions": last, "orientation": "horizontal", "displayMode": "basic"}
    if kind == "table":
        return {"showHeader": True, "cellHeight": "sm"}
    legend = {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []}
    return {"legend": legend, "tooltip": {"mode": "multi", "sort": "desc"}}


def _source() -> dict[str, Any]:
    return {"name": "source", "type": "datasource", "query": "prometheus", "label": "Source"}


def _model() -> dict[str, Any]:
    query = "label_values(chatwright_engine_ready, model_name)"
    return {
        "name": "model",
        "type": "query",
        "label": "Bot",
        "datasource": SOURCE,
        "query": {"query": query, "refId": "model"},
        "definition": query,
        "includeAll": True,
        "allValue": ".*",
        "multi": True,
        "refresh": 2,
        "current": {"text": ["All"], "value": ["$__all"]},
    }


def _deployments() -> dict[str, Any]:
    """A line where another deployment began to be served."""
    return {
        "name": "Deployments",
        "datasource": SOURCE,
        "enable": True,
        "iconColor": "blue",
        "expr": "chatwright_deployment_info unless chatwright_deployment_info offset 1m",
        "titleFormat": "deployment {{deployment}}",
        "textFormat": "release {{release}}",
        "step": "60s",
    }


def _others() -> dict[str, Any]:
    return {
        "type": "dashboards",
        "title": "chatwright",
        "tags": ["chatwright"],
        "asDropdown": True,
        "includeVars": True,
        "keepTime": True,
    }
