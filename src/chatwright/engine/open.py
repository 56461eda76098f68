"""A release -> the engine that answers for it."""

from __future__ import annotations

import json
from dataclasses import replace

from chatwright.core.errors import SpecError
from chatwright.core.types import Engine
from chatwright.engine.exchange import Patience
from chatwright.engine.fallback import FallbackEngine
from chatwright.engine.local import LocalEngine, LocalModel, stop_ids
from chatwright.engine.upstream import Upstream, UpstreamEngine
from chatwright.engine.vllm import Vllm
from chatwright.engine.wordless import WordlessEngine
from chatwright.model.families import shape_of
from chatwright.release import quarantine
from chatwright.release.manifest import Release, verify
from chatwright.spec import Spec
from chatwright.spec.hosted import Fallback
from chatwright.spec.spec import EngineOptions
from chatwright.tokenizer import Chooser, Tokenizer


def open_engine(release: Release, spec: Spec, *, prefix_cache: bool = True) -> Engine:
    """The engine of `release`, not started. `spec` is the release's (see `Release.spec_in`).

    Without `prefix_cache` a local engine can also `score`.
    """
    if release.wordless:
        return WordlessEngine(spec.guard.refusal)
    if not release.hosted:
        return open_local(release, spec, prefix_cache=prefix_cache)
    model, patience = spec.model, patience_of(spec.engine)
    first = Upstream(
        model.base_url, model.hosted_model, model.api_key_env, model.provider, patience
    )
    others = [open_fallback(one, spec) for one in model.fallback]
    return FallbackEngine([UpstreamEngine(first), *others]) if others else UpstreamEngine(first)


def open_fallback(fallback: Fallback, spec: Spec) -> Engine:
    """The engine that answers where those before it do not: another upstream, or a release of ours."""
    if not fallback.release:
        key, patience = fallback.api_key_env, patience_of(spec.engine)
        upstream = Upstream(
            fallback.base_url, fallback.hosted_model, key, fallback.provider, patience
        )
        return UpstreamEngine(upstream)
    releases = spec.made / "releases"
    quarantine.refuse(releases, fallback.release)
    release = verify(releases / fallback.release)
    if not release.weights:
        raise SpecError(
            f"[model] fallback names release {release.id}, which has no model of its own.",
            "Name the hosted model instead.",
        )
    return open_local(release, release.spec_in(spec))


def patience_of(options: EngineOptions) -> Patience:
    return Patience(
        options.connect_seconds,
        options.first_token_seconds,
        options.between_tokens_seconds,
        options.whole_seconds,
    )


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
        model_folder=release.model,
    )
    options, vllm = spec.engine, None
    if options.kind == "vllm":
        # Its first token may be long in the queue, and whether it lives is asked elsewhere.
        patience = replace(patience_of(options), first=options.whole_seconds)
        vllm = Vllm(
            release.model,
            model.context,
            stop_ids(model.tokenizer),
            queue=options.queue,
            arguments=options.vllm_arguments,
            patience=patience,
        )
    return LocalEngine(
        model,
        threads=options.threads,
        cache_mb=options.cache_mb,
        queue=options.queue,
        prefix_cache=prefix_cache,
        writer=vllm,
    )
