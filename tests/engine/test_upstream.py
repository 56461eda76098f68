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
        ("top_k", None, None),
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
        (429, {"retry-after": "0.01"}, 0.01),
        (429, {"retry-after": "-5"}, 0.0),
        (429, {"retry-after": "1e999"}, 1.0),
        (503, {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        (503, {"retry-after": "Wed, 21 Oct 2815 07:28:00 GMT"}, 3600.0),
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
        with pytest.raises(Unsupported, match="answered 400") as caught:
            await chunks(engine)
    assert words in str(caught.value) and len(str(caught.value)) < 500
    async with running(httpx.Response(404, content=body)) as engine:
        with pytest.raises(EngineError, match="answered 404"):
            await chunks(engine)


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


async def test_evidence_is_told_as_a_system_message() -> None:
    role: Role = "evidence"
    talk = Conversation((Message("user", "Hi"), Message(role, "fact")))
    asked: list[dict[str, Any]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return sse(*GOOD)

    async with running(handler) as engine:
        await gather(engine.chat(talk, Sampling()))
    assert asked[0]["messages"][1] == {"role": "system", "content": "fact"}


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


VLLM = {"seed", "stop", "logprobs", "schema", "penalties", "min_tokens", "ignore_end"}
SPOKEN: dict[str, dict[str, Any]] = {  # provider -> our option: how it says it
    "openai": {"seed": "seed", "presence_penalty": "presence_penalty"},
    "vllm": {
        "repetition_penalty": "repetition_penalty",
        "top_k": "top_k",
        "min_tokens": "min_tokens",
        "ignore_end": "ignore_eos",
    },
    "llama-server": {"repetition_penalty": "repeat_penalty", "ignore_end": "ignore_eos"},
    "ollama": {"seed": "seed", "frequency_penalty": "frequency_penalty"},
    "transformers": {},
    "generic": {"seed": "seed"},
}
VALUES = {
    "seed": 7,
    "presence_penalty": 0.5,
    "frequency_penalty": 0.5,
    "repetition_penalty": 1.1,
    "top_k": 40,
    "min_tokens": 3,
    "ignore_end": True,
    "logprobs": True,
    "schema": '{"type": "object", "required": ["a"]}',
}


@pytest.mark.parametrize("provider", SPOKEN)
async def test_each_provider_is_told_in_its_words_or_the_caller_is(provider: Any) -> None:
    seen: list[dict[str, Any]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content))
        return sse(scored(("Hi", -1.0)), *GOOD[2:])

    upstream = Upstream("http://upstream.test/v1", "m", provider=provider)
    async with running(handler, upstream) as engine:
        await chunks(engine)
        for name, word in SPOKEN[provider].items():
            await chunks(engine, Sampling(**{name: VALUES[name]}))  # type: ignore[arg-type]
            assert seen[-1][word] == VALUES[name]
        for name, value in VALUES.items():
            asked = Sampling(**{name: value})  # type: ignore[arg-type]
            before = len(seen)
            refused: list[Unsupported] = []
            try:
                await chunks(engine, asked)
            except Unsupported as error:
                refused.append(error)
            if refused:
                assert refused[0].field
                assert len(seen) == before, "what is refused is not sent"
            else:
                assert seen[-1] != seen[0]
        abilities = engine.can
    assert "stop" in abilities
    assert ("schema" in abilities) == (provider in ("openai", "vllm", "llama-server", "ollama"))
    assert ("logprobs" in abilities) == (provider in ("openai", "vllm", "llama-server"))
    assert (abilities >= VLLM) == (provider == "vllm")
    limit = "max_completion_tokens" if provider == "openai" else "max_tokens"
    assert all(body[limit] == 256 for body in seen)
    assert all(("stream_options" in body) == (provider != "transformers") for body in seen)


@pytest.mark.parametrize(
    ("url", "seed"),
    [("https://api.openai.com/v1", True), ("http://localhost:11434/v1", True)],
)
async def test_a_provider_is_known_by_its_address(url: str, seed: bool) -> None:
    engine = UpstreamEngine(Upstream(url, "m"))
    assert ("seed" in engine.can) == seed
    assert "schema" in engine.can
    assert "schema" not in UpstreamEngine(Upstream("http://h/v1", "m")).can


async def test_a_schema_and_any_object_are_said_apart() -> None:
    seen: list[Any] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content)["response_format"])
        return sse(*GOOD)

    async with running(handler, Upstream("http://u.test/v1", "m", provider="openai")) as engine:
        await chunks(engine, Sampling(schema='{"type":"object"}'))
        await chunks(engine, Sampling(schema='{"const": 1}'))
    assert seen[0] == {"type": "json_object"}
    assert seen[1]["json_schema"]["schema"] == {"const": 1}


def scored(*tokens: tuple[str, float], text: str | None = None) -> dict[str, Any]:
    content = [{"token": t, "bytes": list(t.encode()), "logprob": p} for t, p in tokens]
    said = delta("".join(t for t, _ in tokens) if text is None else text)
    said["choices"][0]["logprobs"] = {"content": content}
    return said


async def test_tokens_are_those_of_the_text() -> None:
    """A stop string cuts them, and an end token that the upstream counts in is none of the text."""
    events = (scored(("He", -0.5), ("llo", -1.0)), scored((" wor", -2.0), ("ld", 0.1)))
    end = scored(("<|im_end|>", -0.1), text="")
    openai = Upstream("http://u.test/v1", "m", provider="openai")
    async with running(sse(*events, end, *GOOD[2:]), openai) as engine:
        whole = await chunks(engine, Sampling(logprobs=True))
        cut = await chunks(engine, Sampling(logprobs=True, stop=("o w",)))
        plain = await chunks(engine, Sampling())
    tokens = [token for chunk in whole for token in chunk.tokens]
    assert [t.bytes for t in tokens] == [b"He", b"llo", b" wor", b"ld"]
    assert [t.logprob for t in tokens] == [-0.5, -1.0, -2.0, 0.0]
    assert b"".join(t.bytes for chunk in cut for t in chunk.tokens) == b"Hell"
    assert not any(chunk.tokens for chunk in plain)


async def test_tokens_of_hidden_values_are_refused() -> None:
    session = Redactor(Privacy(placeholders=True)).session()
    async with running(sse(*GOOD), Upstream("http://u.test/v1", "m", provider="openai")) as engine:
        with pytest.raises(Unsupported, match="logprobs"):
            await gather(engine.chat(ASK, Sampling(logprobs=True), session.stream()))


async def test_more_stop_strings_than_it_takes_are_found_here() -> None:
    bodies: list[dict[str, Any]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        return sse(*GOOD)

    async with running(handler) as engine:
        stops = ("a", "b", "c", "d", "llo")
        reply = await gather(engine.chat(ASK, Sampling(stop=stops)))
    assert (reply.text, reply.finish_reason) == ("He", "stop")
    assert "stop" not in bodies[0]


async def test_what_the_upstream_found_in_its_cache_is_told() -> None:
    usage = {
        "prompt_tokens": 11,
        "completion_tokens": 2,
        "prompt_tokens_details": {"cached_tokens": 8},
    }
    async with running(sse(*GOOD[:3], {"choices": [], "usage": usage})) as engine:
        assert (await chunks(engine))[-1].usage == Usage(11, 2, cached_tokens=8)


async def test_probabilities_that_do_not_come_are_no_silence() -> None:
    async with running(sse(*GOOD), Upstream("http://u.test/v1", "m", provider="openai")) as engine:
        with pytest.raises(EngineError, match="no notice"):
            await chunks(engine, Sampling(logprobs=True))
