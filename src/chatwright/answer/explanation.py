"""Explanations of a choice on their way out: without personal values, and short enough to be kept.

Plain values as `router.Decision.explained` makes them; why they are what they are is the router's business.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

MOST = 4_000  # bytes that are kept with a message
SHORTER = 100  # characters of a candidate, where all would be too much
FEW = 3  # candidates, likewise


def cleaned(explanation: Mapping[str, Any], hide: Callable[[str], str]) -> dict[str, Any]:
    """With `hide` over every text that may hold somebody's words."""
    candidates = [one | {"text": hide(one["text"])} for one in explanation["candidates"]]
    ungrounded = [hide(text) for text in explanation["ungrounded"]]
    return {**explanation, "candidates": candidates, "ungrounded": ungrounded}


def untold(explanation: Mapping[str, Any]) -> dict[str, Any]:
    """Without any text: scores and evidence alone."""
    candidates = [one | {"text": ""} for one in explanation["candidates"]]
    return {**explanation, "candidates": candidates, "ungrounded": []}


def kept(explanation: Mapping[str, Any]) -> dict[str, Any]:
    """At most `MOST` bytes of JSON; `shortened` says that something was left out for that."""
    found = dict(explanation)
    for step in (_whole, _equal_signs_once, _short_texts, _no_signs, _few):
        found = step(found)
        if _size(found) <= MOST:
            return found
    return {**found, "candidates": [], "ungrounded": []}  # addresses of sources of any length


def _size(values: Mapping[str, Any]) -> int:
    return len(json.dumps(values).encode())


def _whole(found: dict[str, Any]) -> dict[str, Any]:
    """PostgreSQL keeps no NUL."""
    return dict(cleaned(found, lambda text: text.replace("\0", "\ufffd")))


def _equal_signs_once(found: dict[str, Any]) -> dict[str, Any]:
    """Most signs are of the question, and the same for every candidate: the first one keeps them."""
    first, *others = found["candidates"] or [{"signs": {}}]
    same = first["signs"]
    fewer = [
        one | {"signs": {name: n for name, n in one["signs"].items() if same.get(name) != n}}
        for one in others
    ]
    return {**found, "candidates": [*found["candidates"][:1], *fewer], "shortened": True}


def _short_texts(found: dict[str, Any]) -> dict[str, Any]:
    shorter = cleaned(found, lambda text: text[:SHORTER])
    return {**shorter, "ungrounded": shorter["ungrounded"][:FEW]}


def _no_signs(found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "candidates": [one | {"signs": {}} for one in found["candidates"]]}


def _few(found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "candidates": found["candidates"][:FEW]}
