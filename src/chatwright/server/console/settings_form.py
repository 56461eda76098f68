"""What the form of settings shows: which values of bot.toml an owner changes often, what each may be, and
when a change of any value of bot.toml counts."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from chatwright.release.manifest import SHAPING, SHOWN
from chatwright.server.console.settings_types import Effect, FieldValue, Kind
from chatwright.spec import Spec

# In the order of the page. A key with "+" is a longer text.
FORM: Mapping[str, Sequence[str]] = {
    "bot": ("title", "assistant", "purpose+", "greeting+", "suggestions", "disclosure+"),
    "scope": ("topics", "declines"),
    "answers": ("tolerated_wrong", "grounding", "clarify", "unsure+", "max_tokens"),
    "guard": (
        *("safety", "blocked", "blocked_examples", "refusal+", "crisis+", "personal"),
        *("allowed", "links", "handover+", "handover_after"),
    ),
    "limits": (
        *("requests_per_minute", "tokens_per_minute", "tokens_per_day", "streams"),
        "visitor_writes_per_minute",
    ),
    "access": ("keys", "visitors"),
    "privacy": ("consent+", "retention_days", "log_days"),
    "improve": ("every", "method", "promote"),
    "prices": ("read", "written", "currency"),
}

NOW = {
    *(f"bot.{name}" for name in SHOWN),
    *("privacy.consent", "privacy.consent_how", "privacy.consent_given"),
    *("privacy.consent_withdrawn", "privacy.retention_days"),
    *("feedback.per_rater_per_day", "feedback.per_key_per_day"),
    "improve.every",
}
NOW_TABLES = ("limits", "access", "widget", "prices")
# Read from the file by each training, evaluation and improvement that begins.
NEXT_TABLES = ("data", "training", "evaluation", "improve", "gate", "judge")
NEXT = ("privacy.placeholders", "privacy.names")


def effect(key: str) -> Effect:
    """When a change of a key like "bot.greeting" counts."""
    table = key.partition(".")[0]
    if key in NOW or table in NOW_TABLES:
        return "now"
    if key != "bot.name" and table in SHAPING:
        return "release"
    if table in NEXT_TABLES or key in NEXT:
        return "next"
    return "restart"


def fields(spec: Spec, written: Mapping[str, Any]) -> list[FieldValue]:
    """The form, filled in. `written` is what stands in the file, without defaults."""
    found = []
    for table, keys in FORM.items():
        section: BaseModel = getattr(spec, table)
        for key in keys:
            name, long = key.removesuffix("+"), key.endswith("+")
            info = type(section).model_fields[name]
            kind, choices = kind_of(info.annotation)
            values = getattr(section, name)
            found.append(
                FieldValue(
                    table=table,
                    key=name,
                    kind="text" if long else kind,
                    choices=choices,
                    **_bounds(info),
                    value=list(values) if isinstance(values, tuple) else values,
                    default=_default(info),
                    required=info.is_required(),
                    written=name in written.get(table, {}),
                    effect=effect(f"{table}.{name}"),
                )
            )
    return found


def kind_of(annotation: Any) -> tuple[Kind, list[str]]:
    """How a value is put in, and what it may be where it is one of few."""
    origin = get_origin(annotation)
    if origin is Literal:
        return "choice", [str(one) for one in get_args(annotation)]
    if origin in (Union, types.UnionType):
        parts = get_args(annotation)
        words = [
            str(word) for part in parts if get_origin(part) is Literal for word in get_args(part)
        ]
        if words:  # like bool | "auto"
            return "choice", [*words, "true", "false"]
        return "switch", []
    if origin is tuple:
        return "list", []
    kinds: dict[Any, Kind] = {bool: "switch", int: "whole", float: "number", str: "line"}
    return kinds[annotation], []


def _bounds(info: FieldInfo) -> dict[str, float | None]:
    found: dict[str, float | None] = {"least": None, "most": None}
    for rule in info.metadata:
        if isinstance(rule, Ge):
            found["least"] = float(rule.ge)  # type: ignore[arg-type]
        elif isinstance(rule, Gt):
            found["least"] = float(rule.gt)  # type: ignore[arg-type]
        elif isinstance(rule, Le):
            found["most"] = float(rule.le)  # type: ignore[arg-type]
        elif isinstance(rule, Lt):
            found["most"] = float(rule.lt)  # type: ignore[arg-type]
    return found


def _default(info: FieldInfo) -> Any:
    value = info.get_default()
    if info.is_required():
        return None
    return list(value) if isinstance(value, tuple) else value


def changed_keys(before: Spec, after: Spec) -> list[str]:
    """Keys whose values differ, like "limits.streams"; of tables in a list the name of the list."""
    return sorted(set(_differing(before.model_dump(mode="json"), after.model_dump(mode="json"))))


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for table, values in after.items():
        known = before[table]
        if not isinstance(values, dict):
            if values != known:
                yield table
            continue
        yield from (f"{table}.{key}" for key, value in values.items() if value != known.get(key))
