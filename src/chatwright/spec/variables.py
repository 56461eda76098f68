"""Which variables of the environment a `bot.toml` names: that is where its secrets are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatwright.spec.spec import Spec


def environment(spec: Spec) -> list[str]:
    """The variables whose names stand in bot.toml: keys of hosted models, secrets of webhooks and sites."""
    return sorted(set(_named(spec.model_dump(mode="json"))))


def needed(spec: Spec) -> list[str]:
    """Those of `environment` without which a server of this bot lacks something."""
    found = set(_named(spec.model_dump(mode="json", exclude={"model", "judge"})))
    if spec.model.kind == "hosted":
        found |= set(_named(spec.model.model_dump(mode="json")))
    return sorted(found)


def _named(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():  # of `headers_env` every value is a variable's name
            yield from _named(inner, key if key.endswith("_env") else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, key)
    elif key.endswith("_env") and value:
        yield str(value)
