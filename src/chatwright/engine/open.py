"""A release -> the engine that answers for it."""

from __future__ import annotations

import json

from chatwright.core.types import Engine
from chatwright.engine.local import LocalEngine, LocalModel
from chatwright.engine.upstream import Upstream, UpstreamEngine
from chatwright.model.families import shape_of
from chatwright.release.manifest import Release
from chatwright.spec import Spec
from chatwright.tokenizer import Chooser, Tokenizer


def open_engine(release: Release, spec: Spec, *, prefix_cache: bool = True) -> Engine:
    """The engine of `release`, not started. `spec` is the release's (see `Release.spec_in`).

    Without `prefix_cache` a local engine can also `score`.
    """
    if release.hosted:
        model = spec.model
        return UpstreamEngine(Upstream(model.base_url, model.hosted_model, model.api_key_env))
    return open_local(release, spec, prefix_cache=prefix_cache)


def open_local(release: Release, spec: Spec, *, prefix_cache: bool = True) -> LocalEngine:
    """The local engine of a release that has weights."""
    shape = shape_of(json.loads((release.model / "config.json").read_text()))
    model = LocalModel(
        engine_folder=release.engine,
        tokenizer=Tokenizer.load(release.model),
        chooser=Chooser.load(release.model),
        context=shape.context,
        layers=shape.layers,
        kv_heads=shape.kv_heads,
        head_size=shape.head_size,
    )
    options = spec.engine
    return LocalEngine(
        model,
        threads=options.threads,
        cache_mb=options.cache_mb,
        queue=options.queue,
        prefix_cache=prefix_cache,
    )
