"""What /metrics shows: vLLM's names where it has one, so that its dashboards work, and our own.

One registry per app, nothing global. Labels are few and never a person's.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import aclosing
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from chatwright import __version__
from chatwright.core import logs
from chatwright.core.errors import (
    ChatwrightError,
    ContextTooLong,
    EngineError,
    EngineOverloaded,
    StorageFull,
    StoreUnavailable,
    Unsupported,
)
from chatwright.core.types import Chunk, Route, Usage
from chatwright.server.channel_metrics import ChannelFigures
from chatwright.server.meter import spend
from chatwright.server.tallies import BRIEF, FIRST, OTHER, PER_TOKEN, SHARES, TOKENS, WHOLE, Tallies
from chatwright.spec.channels import PLACES
from chatwright.store.feedback import Rated

disable_created_metrics()  # type: ignore[no-untyped-call]  # a third of all lines, which nothing reads

RAW = "raw"  # texts that are gone on with, on /v1/completions
UNKEPT = "v1"  # the channel whose replies the store does not keep
TOLD = ("route", "status", "mark", "confidence", "read", "written", "started", "first")
KINDS: tuple[tuple[type[Exception], str], ...] = (  # the first that fits
    (ContextTooLong, "context"),
    (Unsupported, "unsupported"),
    (EngineOverloaded, "overloaded"),
    (EngineError, "engine"),
    (StorageFull, "disk"),
    (StoreUnavailable, "store"),
    (ChatwrightError, "known"),
)


def kind_of(error: BaseException) -> str:
    """A word for what went wrong; `unexpected` is a mistake of ours."""
    return next((word for kind, word in KINDS if isinstance(error, kind)), "unexpected")


def _counted(usage: Usage | None, pieces: int) -> tuple[int | None, int]:
    """Tokens read and written; of a reply that was cut off, the pieces of text that came."""
    return (None, pieces) if usage is None else (usage.prompt_tokens, usage.completion_tokens)


class Metrics:
    """The figures of one app; `models` are the names of its bots, `kinds` those of its channels by name.

    `registry` holds what this process counts; `shared` what every process of the server would tell alike.
    """

    def __init__(self, *models: str, kinds: Mapping[str, str] | None = None) -> None:
        self._kinds = {name: name for name in (*PLACES, RAW)} | dict(kinds or {})
        self.registry = CollectorRegistry()
        self.shared = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        families = Families(self.registry)
        self._of = {model: Figures(families, model) for model in models}
        self._first = models[0]

        def counter(name: str, about: str, *labels: str) -> Counter:
            return Counter(name, about, labels, registry=self.registry)

        Gauge("chatwright_build_info", "1", ("version",), registry=self.registry).labels(
            __version__
        ).set(1)
        self._turns = counter(
            "chatwright_turns", "Replies by how they ended", "channel", "route", "status"
        )
        self._marks = counter("chatwright_marks", "Replies that the guard marked", "mark")
        self._handovers = counter("chatwright_handovers", "Calls for a person", "reason")
        self._errors = counter("chatwright_errors", "What went wrong", "kind", "where")
        self._confidence = Tallies(
            "chatwright_confidence", "How sure answers were", SHARES, "route"
        )
        self._limited = counter("chatwright_rate_limited", "Requests refused by a limit", "what")
        self._syncs = counter(
            "chatwright_knowledge_syncs", "Looks at the documents", "model_name", "result"
        )
        self._synced = Gauge(
            "chatwright_knowledge_synced_timestamp_seconds",
            "When this process last looked at the documents, and all went well",
            ("model_name",),
            registry=self.registry,
        )
        self._store = Tallies(
            "chatwright_store_seconds", "A transaction, with its wait", BRIEF, "way", locked=True
        )
        self._store_errors = counter("chatwright_store_errors", "Transactions that failed", "kind")
        for one in (self._confidence, self._store):
            self.registry.register(one)
        self.lag = Tallies("chatwright_loop_lag_seconds", "How late the loop is", BRIEF, "loop")
        self.registry.register(self.lag)
        self.channels = ChannelFigures(self.registry)
        self._feedback = counter(
            "chatwright_feedback", "Feedback given", "thumb", "channel", "route", "release"
        )
        self._corrections = counter(
            "chatwright_corrections", "Corrections given", "channel", "route", "release"
        )
        self.canary = CanaryFigures(self.registry)
        self.unkept = Unkept()
        self.http = counter("http_requests", "Requests", "handler", "method", "status")

    def own(self) -> bytes:
        """What this process alone can tell."""
        return generate_latest(self.registry)

    def text(self) -> bytes:
        """All, where there is but one process."""
        return self.own() + generate_latest(self.shared)

    def failed(self, error: BaseException, where: str) -> None:
        """What ended with an error: `where` "request" or "reply", whose caller gets its status, or "turn",
        whose caller has had a good one before."""
        self._errors.labels(kind_of(error), where).inc()

    def limited(self, what: str) -> None:
        """A request was refused by a limit: of `requests`, `tokens`, `streams`, or tokens of the `day`."""
        self._limited.labels(what).inc()

    def synced(self, model: str) -> Callable[[bool], None]:
        """What hears whether a look at a bot's documents went well."""
        counts = {ok: self._syncs.labels(model, "ok" if ok else "failed") for ok in (True, False)}

        def looked(ok: bool) -> None:
            counts[ok].inc()
            if ok:
                self._synced.labels(model).set_to_current_time()

        return looked

    def transaction(self, way: str, seconds: float, error: BaseException | None) -> None:
        """A transaction of the store ended; any thread may tell."""
        self._store.labels(way).observe(seconds)
        if isinstance(error, StorageFull | StoreUnavailable):
            self._store_errors.labels(kind_of(error)).inc()

    async def watch(
        self, chunks: AsyncGenerator[Chunk, None], channel: str, model: str | None = None
    ) -> AsyncGenerator[Chunk, None]:
        """Pass on the chunks of a reply of `model` (the first one, where none is named) and take its
        figures; closing this closes `chunks`.

        The caller of the request is charged for its tokens: for those of a reply that was cut off,
        whose count nobody gives, one per piece of text.
        """
        figures = self._of[model or self._first]
        started = last = time.monotonic()
        first: float | None = None
        route: Route | None = None
        status, written = "failed", 0
        pieces, usage, sure, mark = 0, None, None, None
        figures.running.inc()
        try:
            async with aclosing(chunks):
                async for chunk in chunks:
                    time_now = time.monotonic()
                    if chunk.text and first is None:
                        first = time_now
                        figures.first.observe(first - started)
                    elif chunk.text:
                        figures.between.observe(time_now - last)
                    last = time_now
                    pieces += bool(chunk.text)
                    usage = chunk.usage or usage
                    route = chunk.route or route
                    written = chunk.written or written
                    sure = sure if chunk.confidence is None else chunk.confidence
                    mark = chunk.mark or mark
                    if chunk.handover is not None:
                        self._handovers.labels(chunk.handover).inc()
                    if chunk.finish_reason is not None:
                        status = "done"
                        figures.finished(chunk.finish_reason, chunk.usage, started, first)
                    yield chunk
        except (GeneratorExit, asyncio.CancelledError):
            status = "stopped" if status == "failed" else status
            raise
        except Exception as error:
            # Of what was begun no status tells, unless it was to come whole: that is then counted twice.
            self.failed(error, "reply" if channel == UNKEPT and not pieces else "turn")
            raise
        finally:
            spend(pieces if usage is None else usage.total_tokens)
            figures.running.dec()
            if channel == UNKEPT:
                self.unkept.count(model or self._first, status, usage, pieces)
            if status != "done":  # what was written of a reply that nobody got whole
                figures.written.inc(written)
            told = (route, status, mark, sure, *_counted(usage, pieces), started, first)
            self._ended(model or self._first, channel, dict(zip(TOLD, told, strict=True)))

    def _ended(self, model: str, channel: str, told: dict[str, Any]) -> None:
        """Count and log a reply by what is known at its end."""
        started, first = told.pop("started"), told.pop("first")
        told["first_seconds"] = None if first is None else round(first - started, 4)
        told["seconds"] = round(time.monotonic() - started, 4)
        route = told["route"] or "none"
        if told["mark"] is not None:
            self._marks.labels(told["mark"]).inc()
        if told["confidence"] is not None:
            self._confidence.labels(route).observe(told["confidence"])
        self._turns.labels(self._kind(channel), route, told["status"]).inc()
        logs.reply({"bot": model, "channel": channel, **told})

    def _kind(self, channel: str) -> str:
        """What a label says of it: the kind of a channel of bot.toml, however many there are of it."""
        return self._kinds.get(channel, OTHER)

    def rated(self, rated: Rated) -> None:
        """Somebody rated a reply, or took back what they had said. The release is that of the reply."""
        said = rated.said
        about = (self._kind(rated.channel), rated.route or "none", rated.release or "none")
        thumb = said.thumb or ("withdrawn" if said.empty else "none")
        self._feedback.labels(thumb, *about).inc()
        if said.correction:
            self._corrections.labels(*about).inc()

    def embedded(self, model: str, tokens: int) -> None:
        """Texts of so many tokens were embedded."""
        self._of[model].read.inc(tokens)


class Unkept:
    """Replies that the store does not keep, since they were last taken: by model and status, how many, and
    their tokens read and written."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[int]] = {}

    def count(self, model: str, status: str, usage: Usage | None, pieces: int) -> None:
        row = self._found.setdefault((model, status), [0, 0, 0])
        row[0] += 1
        row[1] += 0 if usage is None else usage.prompt_tokens
        row[2] += pieces if usage is None else usage.completion_tokens

    def take(self) -> list[dict[str, str | int]]:
        """What was counted; from now on it counts from nothing."""
        found, self._found = self._found, {}
        return [
            {"bot": model, "status": status, "replies": replies, "read": read, "written": written}
            for (model, status), (replies, read, written) in found.items()
        ]


class CanaryFigures:
    """Those of both arms while a canary runs, and how near each of its rules is to an alarm (1)."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.share = Gauge(
            "chatwright_canary_share", "Share of the people a candidate answers", registry=registry
        )
        self._evidence = Gauge(
            "chatwright_canary_evidence",
            "How far a rule is on the way to rolling back",
            ("rule",),
            registry=registry,
        )
        self._replies = Counter(
            "chatwright_canary_replies",
            "Replies by how they ended",
            ("arm", "status"),
            registry=registry,
        )
        self._seconds = Tallies("chatwright_canary_seconds", "To the end of a reply", WHOLE)
        registry.register(self._seconds)

    def reply(self, arm: str) -> Callable[[str], None]:
        """A reply of that arm begins; what is given back is told how it ended."""
        began = time.monotonic()

        def ended(status: str) -> None:
            self._replies.labels(arm, status).inc()
            self._seconds.labels(arm).observe(time.monotonic() - began)

        return ended

    def look(self, rows: Iterable[tuple[str, float]]) -> None:
        """The newest look's rules and how far each is."""
        for rule, evidence in rows:
            self._evidence.labels(rule).set(evidence)


class Families:
    """What is measured of each bot's replies."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def counter(name: str, about: str, *labels: str) -> Counter:
            return Counter(name, about, ("model_name", *labels), registry=registry)

        def histogram(name: str, about: str, buckets: tuple[float, ...]) -> Tallies:
            made = Tallies(name, about, buckets)
            registry.register(made)
            return made

        self.running = Gauge(
            "vllm:num_requests_running",
            "Replies that are being made",
            ("model_name",),
            registry=registry,
        )
        self.success = counter("vllm:request_success", "Finished replies", "finished_reason")
        self.read = counter("vllm:prompt_tokens", "Tokens read")
        self.written = counter("vllm:generation_tokens", "Tokens written")
        self.first = histogram("vllm:time_to_first_token_seconds", "To the first text", FIRST)
        self.between = histogram("vllm:inter_token_latency_seconds", "Between texts", PER_TOKEN)
        self.per_token = histogram(
            "vllm:request_time_per_output_token_seconds",
            "Mean per token after the first",
            PER_TOKEN,
        )
        self.whole = histogram("vllm:e2e_request_latency_seconds", "To the end", WHOLE)
        self.decode = histogram(
            "vllm:request_decode_time_seconds", "From the first text to the end", WHOLE
        )
        self.asked = counter("vllm:prefix_cache_queries", "Tokens read, where a cache is told of")
        self.hits = counter("vllm:prefix_cache_hits", "Tokens read that a cache knew")
        self.prompt = histogram("vllm:request_prompt_tokens", "Tokens read per reply", TOKENS)
        self.reply = histogram("vllm:request_generation_tokens", "Tokens written per reply", TOKENS)


class Figures:
    """Those of one bot: looked up once, as that costs more than counting does."""

    def __init__(self, families: Families, model: str) -> None:
        self._model = model
        self._success = families.success
        self.running = families.running.labels(model)
        self.read = families.read.labels(model)
        self.written = families.written.labels(model)
        self.first = families.first.labels(model)
        self.between = families.between.labels(model)
        self._per_token = families.per_token.labels(model)
        self._whole = families.whole.labels(model)
        self._decode = families.decode.labels(model)
        self._asked = families.asked.labels(model)
        self._hits = families.hits.labels(model)
        self._prompt = families.prompt.labels(model)
        self._reply = families.reply.labels(model)

    def finished(
        self, reason: str, usage: Usage | None, started: float, first: float | None
    ) -> None:
        """A reply ended that was asked for at `started` and began to come at `first`."""
        time_now = time.monotonic()
        self._success.labels(self._model, reason).inc()
        self._whole.observe(time_now - started)
        if usage is None:
            return
        self.read.inc(usage.prompt_tokens)
        self.written.inc(usage.completion_tokens)
        self._prompt.observe(usage.prompt_tokens)
        self._reply.observe(usage.completion_tokens)
        if usage.cached_tokens:
            self._asked.inc(usage.prompt_tokens)
            self._hits.inc(usage.cached_tokens)
        if first is not None:
            self._decode.observe(time_now - first)
        if first is not None and usage.completion_tokens > 1:
            self._per_token.observe((time_now - first) / (usage.completion_tokens - 1))
