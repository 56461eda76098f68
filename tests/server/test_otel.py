"""Traces: of the server, the answer and the engine, to memory and over HTTP; without them, nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from tests.conftest import FakeEngine, Script
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.core import tracing
from chatwright.core.errors import ChatwrightError, EngineError
from chatwright.core.types import Conversation, Message, gather
from chatwright.server import create_app, otel
from chatwright.spec import Spec
from chatwright.store import Database

SECRET = "my cat is called Bagheera"
BODY = {
    "model": "library",
    "messages": [{"role": "user", "content": SECRET}],
    "max_tokens": 20,
    "temperature": 0.5,
    "seed": 3,
}


def tracing_spec(spec: Spec, **more: Any) -> Spec:
    wanted = spec.monitoring.model_copy(update={"traces": True, **more})
    return spec.model_copy(update={"monitoring": wanted})


class Traced:
    """A server whose spans are kept."""

    def __init__(self, url: str, kept: InMemorySpanExporter, end: Any) -> None:
        self.url, self._kept, self._end = url, kept, end

    def ask(self, **more: Any) -> httpx.Response:
        headers = more.pop("headers", {})
        url = f"{self.url}/v1/chat/completions"
        return httpx.post(url, json=BODY | more, headers=headers, timeout=20)

    def spans(self) -> dict[str, ReadableSpan]:
        """By name; ends the tracing."""
        self._end()
        return {span.name: span for span in self._kept.get_finished_spans()}


@pytest.fixture
def traced(request: Any, spec: Spec, engine: FakeEngine, database: Database) -> Iterator[Traced]:
    told = tracing_spec(spec, **getattr(request, "param", {}))
    app: FastAPI = create_app(Bot(told, engine, "release-1", "deployment-1"), database, told)
    kept = InMemorySpanExporter()
    with served_app(app) as url:
        end = otel.start(told, kept)
        try:
            yield Traced(url, kept, end)
        finally:
            end()


CHAT, AGENT, SERVER = "chat library", "invoke_agent library", "POST request"


def test_request_answer_and_engine_are_below_each_other(traced: Traced, engine: FakeEngine) -> None:
    engine.scripts.append(Script(pieces=("It", " is."), route="generated"))
    assert traced.ask().status_code == 200
    httpx.get(f"{traced.url}/health")
    found = traced.spans()
    assert set(found) == {CHAT, AGENT, SERVER}  # and no probe
    chat, agent, server = found[CHAT], found[AGENT], found[SERVER]
    assert server.parent is None
    assert agent.parent.span_id == server.context.span_id  # type: ignore[union-attr]
    assert chat.parent.span_id == agent.context.span_id  # type: ignore[union-attr]
    assert {one.context.trace_id for one in found.values()} == {server.context.trace_id}
    said = dict(chat.attributes or {})
    assert said["gen_ai.operation.name"] == "chat"
    assert said["gen_ai.request.model"] == "library"
    assert said["gen_ai.response.model"] == "release-1"
    assert said["gen_ai.request.temperature"] == 0.5
    assert said["gen_ai.request.seed"] == 3
    assert said["gen_ai.request.max_tokens"] == 20
    assert said["gen_ai.usage.output_tokens"] == 2
    assert said["gen_ai.usage.input_tokens"] > 0
    assert said["gen_ai.response.finish_reasons"] == ("stop",)
    assert 0 <= said["gen_ai.response.time_to_first_chunk"] < 5
    about = dict(agent.attributes or {})
    assert about["chatwright.route"] == "generated"
    assert about["chatwright.deployment"] == "deployment-1"
    asked = dict(server.attributes or {})
    assert asked["http.route"] == "/v1/chat/completions"
    assert asked["http.response.status_code"] == 200
    assert asked["chatwright.request_id"].startswith("req_")


def test_nobodys_words_are_told(traced: Traced, engine: FakeEngine) -> None:
    engine.scripts.append(Script(error=EngineError(f"It broke at {SECRET}.")))
    assert traced.ask().status_code == 503
    found = traced.spans()
    text = json.dumps([json.loads(span.to_json()) for span in found.values()])
    assert "Bagheera" not in text
    assert "Hello" not in text  # what the engine had said before it broke
    assert dict(found[CHAT].attributes or {})["error.type"] == "EngineError"
    assert not found[CHAT].status.is_ok


@pytest.mark.parametrize("traced", [{"trace_content": True}], indirect=True)
def test_words_are_told_where_that_is_set(traced: Traced) -> None:
    traced.ask()
    said = dict(traced.spans()[CHAT].attributes or {})
    assert json.loads(str(said["gen_ai.input.messages"]))[-1]["content"] == SECRET
    assert said["gen_ai.output.messages"] == "Hello there."


def test_a_caller_s_trace_goes_on(traced: Traced) -> None:
    trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
    traced.ask(headers={"traceparent": f"00-{trace}-{parent}-01"})
    server = traced.spans()[SERVER]
    assert f"{server.context.trace_id:032x}" == trace
    assert f"{server.parent.span_id:016x}" == parent  # type: ignore[union-attr]


@pytest.mark.parametrize("traced", [{"trace_share": 1e-12}], indirect=True)
def test_a_share_of_the_requests(traced: Traced) -> None:
    assert traced.ask().status_code == 200
    assert traced.spans() == {}


async def test_a_reply_that_is_left_ends_its_spans(spec: Spec, engine: FakeEngine) -> None:
    engine.scripts.append(Script(forever=True))
    kept = InMemorySpanExporter()
    end = otel.start(tracing_spec(spec), kept)
    chunks = Bot(spec, engine, "r", "d").reply(Conversation((Message("user", "Hi"),)))
    await anext(chunks)
    assert tracing.current.get() is None  # the reader's own context is untouched
    await chunks.aclose()
    end()
    found = {span.name: dict(span.attributes or {}) for span in kept.get_finished_spans()}
    assert found[CHAT]["chatwright.stopped"] is True
    assert found[AGENT]["chatwright.stopped"] is True


async def test_without_traces_there_is_nothing(spec: Spec, engine: FakeEngine) -> None:
    otel.start(spec)()
    assert tracing.tracer() is None
    await gather(Bot(spec, engine, "r", "d").reply(Conversation((Message("user", "Hi"),))))


def test_the_extra_is_named(spec: Spec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(otel, "INSTALLED", False)
    with pytest.raises(ChatwrightError, match=r"chatwright\[otel\]"):
        otel.start(tracing_spec(spec))


# --- over HTTP ---------------------------------------------------------------------------------------


class Receiver(BaseHTTPRequestHandler):
    """Takes traces as OTLP has them."""

    got: list[ExportTraceServiceRequest]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        assert self.path == "/v1/traces"
        self.got.append(ExportTraceServiceRequest.FromString(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


def test_over_http(
    spec: Spec, engine: FakeEngine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    Receiver.got = []
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
    told = tracing_spec(spec)
    app = create_app(Bot(told, engine, "r", "d"), database, told)
    try:
        with served_app(app) as url:
            end = otel.start(told)
            httpx.post(f"{url}/v1/chat/completions", json=BODY, timeout=20)
            end()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    (resource,) = (one for got in Receiver.got for one in got.resource_spans)
    names = {span.name for scope in resource.scope_spans for span in scope.spans}
    assert names == {CHAT, AGENT, SERVER}
    about = {one.key: one.value.string_value for one in resource.resource.attributes}
    assert about["service.name"] == "library"
