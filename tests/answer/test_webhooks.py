"""Webhooks: typed, bounded, signed, sent once, and to nobody but whom the owner named."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from tests.answer.desk import Desk, a_desk, ok
from tests.knowledge.test_egress import BAD_ADDRESSES

from chatwright.answer.webhooks import MOST, SENT, Called, Webhooks, signature, within
from chatwright.spec.skills import Webhook

BODY = {"event": "task", "values": {"people": 3, "name": "Zoë"}}


@pytest.fixture
def desk() -> Iterator[Desk]:
    with a_desk() as server:
        yield server


def a_hook(desk: Desk | None = None, **more: Any) -> Webhook:
    values: dict[str, Any] = {"name": "book", "result": {"reference": "string"}}
    values |= {"url": desk.url, "private": True} if desk else {"url": "https://desk.example/book"}
    return Webhook.model_validate(values | more)


async def call(hook: Webhook, key: str = "k", body: dict[str, Any] = BODY, **more: Any) -> Called:
    return await Webhooks([hook], **more).call("book", body, key)


async def test_values_go_and_a_result_comes(desk: Desk) -> None:
    called = await call(a_hook(desk))
    assert (called.kind, called.values, called.attempts) == ("done", {"reference": "R-1"}, 1)
    ((path, headers, body),) = desk.asked
    assert (path, body) == ("/book", BODY)
    assert headers["content-type"] == "application/json"
    assert headers["idempotency-key"] == "k"
    assert headers["host"] == f"127.0.0.1:{desk.server_port}"
    assert headers["accept-encoding"] == "identity"
    assert "x-chatwright-signature" not in headers and "cookie" not in headers


async def test_secrets_come_from_the_environment_and_the_body_is_signed(desk: Desk) -> None:
    hook = a_hook(desk, headers_env={"Authorization": "TOKEN"}, secret_env="SECRET")
    await call(hook, environ={"TOKEN": "Bearer x\n", "SECRET": "s3"}, now=lambda: 1_700_000_000.9)
    headers = desk.asked[0][1]
    assert headers["authorization"] == "Bearer x"
    signed = f"1700000000.{headers['raw']}".encode()
    mac = hmac.new(b"s3", signed, hashlib.sha256).hexdigest()
    assert headers["x-chatwright-signature"] == f"t=1700000000,v1={mac}"
    assert signature("s3", 1, b"a") != signature("s3", 2, b"a") != signature("s4", 2, b"a")


async def test_without_its_secret_nothing_is_sent(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    for environ in ({}, {"TOKEN": ""}, {"TOKEN": "a\r\nX-Evil: 1"}, {"TOKEN": "caf\xe9"}):
        called = await call(a_hook(desk, headers_env={"Authorization": "TOKEN"}), environ=environ)
        assert called.kind == "failed"
    assert desk.asked == []
    assert "TOKEN" in caplog.text and "Evil" not in caplog.text


@pytest.mark.parametrize("address", [*BAD_ADDRESSES.split(), "", "8.8.8.8 "])
async def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    for found in ([address], ["8.8.8.8", address]):
        called = await call(a_hook(), resolve=lambda *_, f=found: f)  # type: ignore[misc]
        assert called.kind == "failed" and "public internet" in called.why


async def test_a_host_without_an_address_is_asked_for_again() -> None:
    async def sleep(_: float) -> None: ...

    called = await call(a_hook(url="https://nowhere.invalid/"), sleep=sleep)
    assert (called.kind, called.attempts) == ("failed", 3)
    assert (await call(a_hook(), resolve=lambda *_: [])).kind == "failed"


@pytest.mark.parametrize(
    "address",
    [
        *("169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "::", "fd00:ec2::254", "x"),
        "::ffff:169.254.169.254",
    ],
)
def test_no_private_webhook_is_where_machines_tell_their_secrets(address: str) -> None:
    assert not within(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.9", "fd12::1", "8.8.8.8", "::ffff:10.0.0.1"],
)
def test_a_private_webhook_may_be_near(address: str) -> None:
    assert within(address)


async def test_a_name_that_rebinds_gains_nothing(desk: Desk) -> None:
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    hook = a_hook(desk, url=f"http://desk.example:{desk.server_port}/book")
    assert (await call(hook, resolve=rebinding)).kind == "done"
    assert asked == ["desk.example"]  # nobody asked a second time
    assert desk.asked[0][1]["host"] == f"desk.example:{desk.server_port}"
    assert (await call(hook, resolve=rebinding)).kind == "failed"


async def test_the_environments_proxy_is_not_used(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert (await call(a_hook(desk))).kind == "done"


async def test_redirects_are_not_followed(desk: Desk) -> None:
    for status in (301, 302, 307, 308):
        desk.answers.append((status, {"location": f"{desk.url}/elsewhere"}, b""))
        called = await call(a_hook(desk))
        assert (called.kind, called.why) == ("failed", f"status {status}")
    assert {path for path, _, _ in desk.asked} == {"/book"}


@pytest.mark.parametrize(
    ("status", "kind"),
    [*((one, "failed") for one in (400, 404, 409, 429, 503)), (500, "unclear"), (502, "unclear")],
)
async def test_what_a_status_means(desk: Desk, status: int, kind: str) -> None:
    desk.answers.append((status, {}, b'{"reference": "x"}'))
    called = await call(a_hook(desk))
    assert (called.kind, called.attempts) == (kind, 1)


async def test_it_is_sent_again_only_where_the_service_asks_for_it(desk: Desk) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    desk.answers += [(503, {"retry-after": "2"}, b""), (429, {"retry-after": "0"}, b"")]
    called = await call(a_hook(desk), sleep=sleep)
    assert (called.kind, called.attempts, waits) == ("done", 3, [2.0, 0.5])
    assert {headers["idempotency-key"] for _, headers, _ in desk.asked} == {"k"}
    desk.answers += [(503, {"retry-after": "1"}, b"")] * 3
    assert (await call(a_hook(desk, retries=1), sleep=sleep)).attempts == 2
    desk.answers.clear()
    for value in ("-1", "nan", "inf", "Wed, 21 Oct 2037 07:28:00 GMT", ""):
        desk.answers.append((503, {"retry-after": value}, b""))
        assert (await call(a_hook(desk), sleep=sleep)).attempts == 1


async def test_a_wait_that_is_too_long_is_not_waited_for(desk: Desk) -> None:
    desk.answers.append((503, {"retry-after": "3600"}, b""))
    began = time.monotonic()
    called = await call(a_hook(desk, timeout_seconds=0.5))
    assert called.kind == "failed" and time.monotonic() - began < 5


async def test_a_service_that_is_not_there_is_tried_again_and_fails() -> None:
    with a_desk() as gone:
        hook = a_hook(gone)
    called = await call(hook)
    assert (called.kind, called.attempts, called.why) == ("failed", 3, "ConnectError")


@pytest.mark.parametrize("answer", ["cut", "slow", "drip"])
async def test_what_was_sent_and_not_answered_is_unclear_and_not_sent_again(
    desk: Desk, answer: str
) -> None:
    desk.answers.append(answer)
    called = await call(a_hook(desk, timeout_seconds=0.8))
    assert (called.kind, called.attempts) == ("unclear", 1)
    assert len(desk.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"", b"no json", b"[]", b"null", b'"R-1"', b"{}", b'{"reference": 7}', b'{"reference": null}',
        b'{"reference": ["R"]}', b'{"reference": "\xff"}', b"[" * 60_000, b'{"reference": NaN}',
        b'{"reference": "' + b"x" * MOST + b'"}',
    ],
)  # fmt: skip
async def test_an_answer_of_another_form_is_unclear(desk: Desk, body: bytes) -> None:
    desk.answers.append(ok(body))
    assert (await call(a_hook(desk))).kind == "unclear"


async def test_a_packed_answer_is_not_unpacked(desk: Desk) -> None:
    desk.answers.append(ok(b"\x1f\x8b", **{"content-encoding": "gzip"}))
    assert (await call(a_hook(desk))).kind == "unclear"


@pytest.mark.parametrize(
    ("type", "good", "bad"),
    [
        ("string", '"a"', "1"),
        ("number", "1.5", '"1.5"'),
        ("number", "2", "true"),
        ("integer", "2", "2.5"),
        ("boolean", "true", "1"),
        ("number", "1e308", "1e999"),
    ],
)
async def test_results_are_typed(desk: Desk, type: str, good: str, bad: str) -> None:
    desk.answers += [ok(f'{{"reference": {value}}}'.encode()) for value in (good, bad)]
    hook = a_hook(desk, result={"reference": type})
    first = await call(hook)
    assert first.kind == "done" and first.values["reference"].lower() in {good.strip('"'), "1e+308"}
    assert (await call(hook)).kind == "unclear"


async def test_a_result_is_plain_text_and_bounded(desk: Desk) -> None:
    evil = (
        "<img src=x onerror=alert(1)> ![x](http://evil.example/) **b**\n\n# {email}\u202e"
        + "y" * 2000
    )
    desk.answers.append(ok(json.dumps({"reference": evil}).encode()))
    shown = (await call(a_hook(desk))).values["reference"]
    assert not set(shown) & set("<>[]*{}\n\u202e") and len(shown) <= 300


async def test_without_a_declared_result_nothing_is_read(desk: Desk) -> None:
    desk.answers.append((204, {}, b""))
    assert await_values(await call(a_hook(desk, result={}))) == ("done", {})


def await_values(called: Called) -> tuple[str, dict[str, str]]:
    return called.kind, dict(called.values)


async def test_too_much_is_not_sent(desk: Desk) -> None:
    called = await call(a_hook(desk), body={"x": "y" * SENT})
    assert called.kind == "failed" and desk.asked == []


async def test_each_call_is_told_and_logged_without_its_contents(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    heard: list[tuple[str, Called]] = []
    hook = a_hook(desk, url=desk.url + "?code=SECRETCODE", headers_env={"Authorization": "TOKEN"})
    desk.answers.append("")
    desk.answers.append((500, {}, b"SECRETBODY"))
    for _ in range(2):
        await call(hook, heard=lambda *told: heard.append(told), environ={"TOKEN": "SECRETTOKEN"})
    assert [(name, called.kind) for name, called in heard] == [
        ("book", "done"),
        ("book", "unclear"),
    ]
    assert "Webhook book: done, 1 tries" in caplog.text and "status 500" in caplog.text
    ours = "\n".join(
        one.getMessage() for one in caplog.records if not one.name.startswith("httpcore")
    )
    assert "SECRET" not in ours and "Zoë" not in ours and "R-1" not in ours


async def test_many_at_once(desk: Desk) -> None:
    hooks = Webhooks([a_hook(desk)])
    calls = await asyncio.gather(*(hooks.call("book", BODY, str(n % 10)) for n in range(60)))
    assert {called.kind for called in calls} == {"done"}
    assert len(desk.done) == 10
