"""Traces to OpenTelemetry, where `[monitoring] traces` asks for them. The extra `otel`.

Where they go is OpenTelemetry's own: OTEL_EXPORTER_OTLP_ENDPOINT (http://localhost:4318 unless set),
OTEL_EXPORTER_OTLP_HEADERS, OTEL_SERVICE_NAME. A receiver that is away costs traces, never an answer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from chatwright import __version__
from chatwright.core import tracing
from chatwright.core.errors import ChatwrightError
from chatwright.core.tracing import Kind, Span, Value
from chatwright.spec import Spec

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter

try:  # an extra; whoever installed it pays for its import
    from opentelemetry import propagate, trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk import trace as sdk
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

    INSTALLED = True
except ImportError:
    INSTALLED = False


class OtelSpan:
    """See `tracing.Span`."""

    def __init__(self, span: trace.Span) -> None:
        self.span = span

    def note(self, name: str, value: Value) -> None:
        self.span.set_attribute(name, value)

    def end(self, error: BaseException | None = None) -> None:
        if error is not None:
            kind = type(error).__qualname__
            self.span.set_attribute("error.type", kind)
            self.span.set_status(trace.Status(trace.StatusCode.ERROR, kind))
        self.span.end()


class OtelTracer:
    """See `tracing.Tracer`."""

    def __init__(self, provider: TracerProvider, content: bool) -> None:
        self.content = content
        self._tracer = provider.get_tracer("chatwright", __version__)

    def begin(
        self,
        name: str,
        kind: Kind,
        values: Mapping[str, Value],
        parent: Span | None,
        headers: Mapping[str, str] | None = None,
    ) -> Span:
        context = None
        if parent is not None:
            context = trace.set_span_in_context(cast("OtelSpan", parent).span)
        elif headers is not None:
            context = propagate.extract(headers)
        kinds = {
            "server": trace.SpanKind.SERVER,
            "internal": trace.SpanKind.INTERNAL,
            "client": trace.SpanKind.CLIENT,
        }
        attributes: dict[str, Any] = dict(values)
        return OtelSpan(self._tracer.start_span(name, context, kinds[kind], attributes))


def start(spec: Spec, exporter: SpanExporter | None = None) -> Callable[[], None]:
    """Trace from now on, if bot.toml says so; what is given back ends it and sends what is left.

    Raises `ChatwrightError` where the extra is not installed.
    """
    wanted = spec.monitoring
    if not wanted.traces:
        return lambda: None
    if not INSTALLED:
        raise ChatwrightError(
            "[monitoring] traces needs OpenTelemetry, which is not installed.",
            "pip install 'chatwright[otel]'",
        )
    about = {"service.version": __version__, "service.instance.id": str(os.getpid())}
    if "OTEL_SERVICE_NAME" not in os.environ:
        about["service.name"] = spec.bot.name
    provider = sdk.TracerProvider(
        sampler=ParentBased(TraceIdRatioBased(wanted.trace_share)),
        resource=Resource.create(about),
        shutdown_on_exit=False,
    )
    provider.add_span_processor(BatchSpanProcessor(exporter or OTLPSpanExporter()))
    tracing.use(OtelTracer(provider, wanted.trace_content))

    def end() -> None:
        tracing.use(None)
        provider.shutdown()

    return end
