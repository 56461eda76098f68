"""The upstream engine against a stand-in for an OpenAI-compatible server."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from chatwright.core.errors import EngineError, EngineOverloaded, Unsupported
from chatwright.core.types import Chunk, Conversation, Message, Role, Sampling, Usage, gather
from chatwright.data.privacy import Redactor
from chatwright.engine.upstream import Upstream, UpstreamEngine
from chatwright.spec.spec import Privacy

ASK = Conversation((Message("system", "Be kind."), Message("user", "Hi")))
Handler = Callable[[httpx.Request], httpx.Response]


def sse(*events: Any, done: bool = True) -> httpx.Response:
    lines = [e if isinstance(e, str) else f"data: {json.dumps(e)}" for e in events]
    body = "\n\n".join([*lines, *(["data: [DONE]"] if done else [])]) + "\n\n"
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, text=body)


def delta(text: str | None = None, finish: str | None = None) -> dict[str, Any]:
    content = {} if text is None else {"content": text}
    return {"choices": [{"index": 0, "delta": content, "finish_reason": finish}]}


GOOD = (
    delta("Hel"),
    delta("lo"),
    delta(finish="stop"),
    {"choices": [], "usage": {"prompt_tokens": 11, "completion_tokens": 2}},
)


@asynccontextmanager
async def running(
    answer: Handler | httpx.Response, upstream: Upstream | None = None
) -> AsyncIterator[UpstreamEngine]:
    handler = (lambda request: answer) if isinstance(answer, httpx.Response) else answer
    engine = UpstreamEngine(
        upstream or Upstream("http://upstream.test/v1", "some-model"),
        transport=httpx.MockTransport(handler),
    )
    await engine.start()
    try:
        yield engine
    finally:
        await engine.close()


async def chunks(engine: UpstreamEngine, sampling: Sampling | None = None) -> list[Chunk]:
    return [chunk async for chunk in engine.chat(ASK, sampling or Sampling())]


async def test_an_answer_is_streamed_and_counted_by_the_upstream() -> None:
    async with running(sse(*GOOD)) as engine:
        found = await chunks(engine)
    assert [c.text for c in found] == ["Hel", "lo", ""]
    assert found[-1].finish_reason == "stop" and found[-1].usage == Usage(11, 2)
    assert all(c.finish_reason is None and c.usage is None for c in found[:-1])


async def test_the_request_says_what_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return sse(*GOOD)

    monkeypatch.setenv("SOME_KEY", "sk-secret")
    upstream = Upstream("http://upstream.test/v1/", "some-model", "SOME_KEY")
    async with running(handler, upstream) as engine:
        await chunks(engine, Sampling(max_tokens=7, temperature=0.5, top_p=0.9, stop=("x", "y")))
        monkeypatch.setenv("SOME_KEY", "sk-changed")
        await chunks(engine)
    assert str(seen[0].url) == "http://upstream.test/v1/chat/completions"
    assert seen[0].headers["authorization"] == "Bearer sk-secret"
    assert seen[1].headers["authorization"] == "Bearer sk-changed"
    assert json.loads(seen[0].content) == {
        "model": "some-model",
        "messages": [
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": "Hi"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": 7,
        "temperature": 0.5,
        "top_p": 0.9,
        "stop": ["x", "y"],
    }


async def test_values_stand_in_the_answer_and_stop_strings_are_of_them() -> None:
    """The upstream writes placeholders and is told no stop string: it could only look for it in those."""
    seen: list[dict[str, Any]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content))
        return sse(*map(delta, ("To <EM", "AIL_1", ">, x <", "EMAIL_9>!")), *GOOD[2:])

    session = Redactor(Privacy(placeholders=True)).session()
    session.hide(Conversation((Message("user", "jane@example.com"),)))
    async with running(handler) as engine:
        whole = await gather(engine.chat(ASK, Sampling(), session.stream()))
        cut = await gather(engine.chat(ASK, Sampling(stop=("@",)), session.stream()))
        at_the_end = await gather(engine.chat(ASK, Sampling(stop=("!?", "!")), session.stream()))
    assert (whole.text, whole.usage) == ("To jane@example.com, x \u2026!", Usage(11, 2))
    assert (cut.text, cut.finish_reason, cut.usage.exact) == ("To jane", "stop", False)
    assert at_the_end.text == "To jane@example.com, x \u2026"
    assert not [body for body in seen if "stop" in body]


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("seed", 0, 0),
        ("seed", 7, 7),
        ("seed", None, None),
        ("presence_penalty", -0.5, -0.5),
        ("frequency_penalty", 1.5, 1.5),
        ("presence_penalty", 0.0, None),
        ("top_k", 40, 40),
        ("top_k", None, None),
        ("repetition_penalty", 1.1, 1.1),
        ("repetition_penalty", 1.0, None),
        ("temperature", 0.0, 0.0),
    ],
)
async def test_each_option_is_sent_when_it_says_something(
    name: str, value: Any, wanted: Any
) -> None:
    bodies: list[dict[str, Any]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        return sse(*GOOD)

    async with running(handler) as engine:
        await chunks(engine, Sampling(**{name: value}))
    assert bodies[0].get(name) == wanted
    assert (name in bodies[0]) is (wanted is not None)


async def test_no_key_means_no_header() -> None:
    seen: list[httpx.Headers] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return sse(*GOOD)

    async with running(handler) as engine:
        await chunks(engine)
    assert "authorization" not in seen[0]


async def test_openai_itself_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MY_KEY", raising=False)
    engine = UpstreamEngine(Upstream("https://api.openai.com/v1", "m", "MY_KEY"))
    with pytest.raises(EngineError, match="MY_KEY is not set"):
        await engine.start()
    assert engine.health() == "starting"


async def test_without_usage_the_count_is_an_estimate_and_says_so() -> None:
    async with running(sse(delta("Hello"), delta(finish="length"))) as engine:
        reply = await gather(engine.chat(ASK, Sampling()))
        assert reply.usage == Usage(engine.count(ASK), 2, exact=False)
    assert reply.finish_reason == "length"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("stop", "stop"),
        ("length", "length"),
        ("content_filter", "content_filter"),
        ("function_call", "tool_calls"),
        ("eos_token", "stop"),
    ],
)
async def test_finish_reasons(said: str, meant: str) -> None:
    async with running(sse(delta("a", said))) as engine:
        assert (await chunks(engine))[-1].finish_reason == meant


async def test_lines_that_are_not_events_are_passed_over() -> None:
    odd = (": ping", "event: message", "id: 7", delta(), {"choices": None}, {"usage": None})
    async with running(sse(*odd, *GOOD)) as engine:
        assert (await gather(engine.chat(ASK, Sampling()))).text == "Hello"


@pytest.mark.parametrize(
    "events",
    [
        (delta("Hel"),),
        (),
        (delta("Hel"), "data: {broken"),
        (delta("Hel"), "data: [1]"),
        (delta("Hel"), "data: 7"),
        (delta("Hel"), {"error": {"message": "out of memory"}}),
        (delta("Hel"), {"error": "out of memory"}),
        (delta("Hel"), {"choices": ["x"]}),
        (delta("Hel", "stop"), {"choices": [], "usage": {"prompt_tokens": 1}}),
        (delta("Hel", "stop"), {"choices": [], "usage": "many"}),
    ],
    ids=str,
)
async def test_a_bad_stream_is_an_engine_error(events: tuple[Any, ...]) -> None:
    async with running(sse(*events)) as engine:
        with pytest.raises(EngineError) as caught:
            await chunks(engine)
    assert caught.value.next_step
    if "error" in str(events):
        assert "out of memory" in str(caught.value)


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"retry-after": "7"}, 7.0),
        (429, {"retry-after": "0.5"}, 0.5),
        (503, {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 1.0),
        (429, {"retry-after": "\u00b2".encode()}, 1.0),
        (429, {}, 1.0),
    ],
)
async def test_overload_says_when_to_come_back(
    status: int, headers: dict[str, str], wait: float
) -> None:
    response = httpx.Response(status, headers=headers, json={"error": {"message": "slow down"}})
    async with running(response) as engine:
        with pytest.raises(EngineOverloaded, match="slow down") as caught:
            await chunks(engine)
    assert caught.value.retry_after == wait


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error": {"message": "no such model"}}', "no such model"),
        (b'{"error": "no such model"}', "no such model"),
        (b'{"detail": "no"}', "detail"),
        (b"<html>Bad gateway</html>", "Bad gateway"),
        (b"\xff\xfe", "400"),
        (b"x" * 100_000, "xxx"),
        (b"", "400"),
    ],
)
async def test_a_refusal_is_passed_on_in_short(body: bytes, words: str) -> None:
    async with running(httpx.Response(400, content=body)) as engine:
        with pytest.raises(EngineError, match="answered 400") as caught:
            await chunks(engine)
    assert words in str(caught.value) and len(str(caught.value)) < 500


async def test_the_key_never_shows_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    monkeypatch.setenv("SOME_KEY", "sk-secret")
    upstream = Upstream("http://upstream.test/v1", "m", "SOME_KEY")
    async with running(handler, upstream) as engine:
        with pytest.raises(EngineError, match="ConnectError") as caught:
            await chunks(engine)
    assert "sk-secret" not in str(caught.value) + repr(caught.value.__cause__)


async def test_a_redirect_is_not_followed() -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(307, headers={"location": "http://elsewhere.test/"})

    async with running(handler) as engine:
        with pytest.raises(EngineError):
            await chunks(engine)
    assert asked == ["upstream.test"]


async def test_evidence_is_refused_not_ignored() -> None:
    role: Role = "evidence"
    talk = Conversation((Message(role, "fact"), Message("user", "Hi")))
    async with running(sse(*GOOD)) as engine:
        with pytest.raises(Unsupported) as caught:
            await gather(engine.chat(talk, Sampling()))
    assert caught.value.field == "messages"


async def test_leaving_early_closes_the_connection() -> None:
    closed = []

    class Stream(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                yield f"data: {json.dumps(delta('word '))}\n\n".encode()

        async def aclose(self) -> None:
            closed.append(True)

    async with running(httpx.Response(200, stream=Stream())) as engine:
        stream = engine.chat(ASK, Sampling())
        assert (await anext(stream)).text == "word "
        await stream.aclose()
    assert closed


async def test_health_follows_start_and_close() -> None:
    async with running(sse(*GOOD)) as engine:
        assert engine.health() == "ready"
        await engine.start()  # twice does no harm
        await chunks(engine)
    assert engine.health() == "starting"
    with pytest.raises(EngineError, match="not been started"):
        await chunks(engine)
