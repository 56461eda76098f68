"""What /metrics tells: of replies, of what stands in the store, and of several processes as one."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert
from tests.conftest import FakeEngine, Script
from tests.faults.talk import ask, last_event, new

from chatwright.core import logs
from chatwright.core.errors import (
    ContextTooLong,
    EngineError,
    EngineOverloaded,
    StorageFull,
    StoreUnavailable,
    Unsupported,
    WrongUse,
)
from chatwright.core.types import Chunk, Usage
from chatwright.engine.writer import Load
from chatwright.server.errors import Problem
from chatwright.server.meter import Meter
from chatwright.server.metrics import Metrics, kind_of
from chatwright.server.scrape import Place, Scrape, merged, place
from chatwright.server.services import Services
from chatwright.server.standing import Standing
from chatwright.server.tallies import Few, Tallies
from chatwright.spec import Spec
from chatwright.spec.spec import Server
from chatwright.store import Allowances, Clock, Database
from chatwright.store.allowances import Allowance
from chatwright.store.backup import NOTE, note
from chatwright.store.feedback import Rated
from chatwright.store.loop_tables import reviews
from chatwright.store.records import FeedbackRecord
from chatwright.store.stamps import now

Samples = dict[str, float]


def samples(text: str | bytes) -> Samples:
    """Each line's value, by its name and its labels in order."""
    said = text.decode() if isinstance(text, bytes) else text
    found: Samples = {}
    for family in text_string_to_metric_families(said):
        for one in family.samples:
            labels = ",".join(f"{k}={v}" for k, v in sorted(one.labels.items()))
            key = f"{one.name}{{{labels}}}"
            assert key not in found, f"{key} stands there twice"
            found[key] = one.value
    return found


def scraped(client: httpx.Client) -> Samples:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return samples(answer.text)


async def chunks(*given: Chunk, error: Exception | None = None) -> AsyncGenerator[Chunk, None]:
    for one in given:
        yield one
    if error is not None:
        raise error


async def test_what_a_reply_leaves() -> None:
    metrics = Metrics("library")
    last = Chunk("", "stop", Usage(10, 4, cached_tokens=6), "retrieved", mark="claim")
    given = [Chunk("a", route="retrieved", confidence=0.83), Chunk("b", handover="asked"), last]
    assert [one async for one in metrics.watch(chunks(*given), "web")] == given
    found = samples(metrics.text())
    assert found["chatwright_turns_total{channel=web,route=retrieved,status=done}"] == 1
    assert found["chatwright_confidence_bucket{le=0.8,route=retrieved}"] == 0
    assert found["chatwright_confidence_bucket{le=0.9,route=retrieved}"] == 1
    assert found["chatwright_marks_total{mark=claim}"] == 1
    assert found["chatwright_handovers_total{reason=asked}"] == 1
    assert found["vllm:prefix_cache_hits_total{model_name=library}"] == 6
    assert found["vllm:prefix_cache_queries_total{model_name=library}"] == 10
    assert found["vllm:request_decode_time_seconds_count{model_name=library}"] == 1
    assert found["vllm:request_success_total{finished_reason=stop,model_name=library}"] == 1
    assert not [name for name in found if "_created" in name]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ContextTooLong("x"), "context"),
        (Unsupported("x"), "unsupported"),
        (EngineOverloaded("x"), "overloaded"),
        (EngineError("x"), "engine"),
        (StorageFull("x"), "disk"),
        (StoreUnavailable("x"), "store"),
        (WrongUse("x"), "known"),
        (RuntimeError("x"), "unexpected"),
    ],
)
async def test_errors_by_kind(error: Exception, kind: str) -> None:
    metrics = Metrics("library")
    with pytest.raises(type(error)):
        async for _ in metrics.watch(chunks(Chunk("a"), error=error), "v1"):
            pass
    assert kind_of(error) == kind
    found = samples(metrics.text())
    assert found[f"chatwright_errors_total{{kind={kind},where=turn}}"] == 1  # its status was sent
    assert found["chatwright_turns_total{channel=v1,route=none,status=failed}"] == 1
    assert found["vllm:num_requests_running{model_name=library}"] == 0


async def test_a_channel_is_told_by_its_kind() -> None:
    metrics = Metrics("library", kinds={"sales": "telegram", "support": "telegram"})
    for channel in ("sales", "support", "widget", "gone"):
        last = Chunk("a", "stop", Usage(1, 1), "retrieved")
        assert [one async for one in metrics.watch(chunks(last), channel)] == [last]
        metrics.rated(Rated(FeedbackRecord("up", "", ""), "m", channel, None, None))
    found = samples(metrics.text())
    for kind, times in (("telegram", 2), ("widget", 1), ("other", 1)):
        ended = f"channel={kind},route=retrieved,status=done"
        assert found[f"chatwright_turns_total{{{ended}}}"] == times
        said = f"channel={kind},release=none,route=none,thumb=up"
        assert found[f"chatwright_feedback_total{{{said}}}"] == times


async def test_channels_and_their_bounds() -> None:
    metrics = Metrics("library")
    channels = metrics.channels
    channels.event("slack", "taken")
    channels.acked("slack", 0.02)
    channels.sent("slack", "done")
    channels.stands("slack", "ready")
    channels.stands("slack", "failing")
    for number in range(100):  # a vendor's own words are no reason to grow without end
        channels.event("slack", f"odd-{number}")
    found = samples(metrics.text())
    assert found["chatwright_channel_events_total{channel=slack,result=taken}"] == 1
    assert found["chatwright_channel_sends_total{channel=slack,result=done}"] == 1
    assert found["chatwright_channel_ack_seconds_count{channel=slack}"] == 1
    assert found["chatwright_channel_state{channel=slack,state=ready}"] == 0
    assert found["chatwright_channel_state{channel=slack,state=failing}"] == 1
    results = [name for name in found if name.startswith("chatwright_channel_events_total")]
    assert len(results) == 40
    assert sum(found[name] for name in results) == 101


def test_labels_are_few() -> None:
    few = Few(2)
    assert [few(one) for one in ("a", "b", "c", "a", "d")] == ["a", "b", "other", "a", "other"]


def test_a_tally_is_a_histogram() -> None:
    tallies = Tallies("h", "h", (1.0, 2.0), "route")
    for value in (0.5, 1.0, 1.5, 9.0):
        tallies.labels("x").observe(value)
    (family,) = tallies.collect()
    assert [(s.labels.get("le"), s.value) for s in family.samples] == [
        ("1.0", 2),
        ("2.0", 3),
        ("+Inf", 4),
        (None, 4),
        (None, 12.0),
    ]


# --- what the process is, and what stands in the store ---------------------------------------------


def test_a_server_tells_what_it_is(client: httpx.Client, engine: FakeEngine) -> None:
    engine.load = Load(waiting=3, cache=0.25, restarts=2)  # type: ignore[attr-defined]
    found = scraped(client)
    assert found["chatwright_engine_ready{model_name=library}"] == 1
    assert found["vllm:num_requests_waiting{model_name=library}"] == 3
    assert found["vllm:kv_cache_usage_perc{model_name=library}"] == 0.25
    assert found["chatwright_engine_restarts_total{model_name=library}"] == 2
    about = "deployment=deployment-1,model_name=library,release=release-1"
    assert found[f"chatwright_deployment_info{{{about}}}"] == 1
    assert found["chatwright_store_up{}"] == 1
    assert found["chatwright_processes{state=answering}"] == 1
    assert found["chatwright_reviews_waiting{model_name=library,state=open}"] == 0
    assert found["chatwright_people_waiting{model_name=library,state=wanted}"] == 0
    assert found["chatwright_store_bytes{}"] > 10_000
    assert 0 < found["chatwright_host_disk_ratio{}"] < 1
    assert found["chatwright_store_seconds_count{way=read}"] >= 1
    engine.state = "failed"
    assert scraped(client)["chatwright_engine_ready{model_name=library}"] == 0


def test_an_engine_that_tells_nothing_gets_no_figure(client: httpx.Client) -> None:
    assert not [name for name in scraped(client) if name.startswith("vllm:num_requests_waiting")]


def test_the_loop_says_how_late_it_is(client: httpx.Client) -> None:
    until = time.monotonic() + 10
    while not scraped(client).get("chatwright_loop_lag_seconds_count{loop=server}"):
        assert time.monotonic() < until
        time.sleep(0.1)


def review(state: str, at: str, number: int) -> dict[str, Any]:
    ids = {"id": f"r{number}", "message_id": f"m{number}", "conversation_id": "c", "owner": "o"}
    times = {"created_at": at, "updated_at": at, "decided_at": None}
    rest = {"reviewer": "", "revision": 1, "trained": 0, "content": None}
    return ids | times | rest | {"bot": "library", "state": state}


@pytest.mark.parametrize("place", ["sqlite", "postgresql"], indirect=True)
def test_what_waits_for_people(services: Services, database: Database) -> None:
    rows = [review("open", "2020-01-01T00:00:00.000Z", 1), review("open", now(), 2)]
    rows += [review("quarantined", now(), 3), review("accepted", now(), 4)]
    with database.write() as connection:
        connection.execute(insert(reviews), rows)
    standing = Standing(services, keep=0)
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in standing.collect()
        for sample in family.samples
    }
    assert found["chatwright_reviews_waiting", "library", "open"] == 2
    assert found["chatwright_reviews_waiting", "library", "quarantined"] == 1
    assert found["chatwright_reviews_oldest_seconds", "library", "open"] > 5 * 365 * 86_400
    assert found["chatwright_reviews_oldest_seconds", "library", "quarantined"] < 60


def test_a_store_that_is_away_is_told(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: Database) -> None:
        raise StoreUnavailable("It is away.")

    monkeypatch.setattr("chatwright.server.standing.reviews_waiting", away)
    found = samples(services.metrics.text())
    assert found["chatwright_store_up{}"] == 0
    assert "chatwright_host_memory_ratio{}" in found
    assert not [name for name in found if name.startswith("chatwright_reviews")]


def told(standing: Standing) -> Samples:
    registry = CollectorRegistry()
    registry.register(standing)
    return samples(generate_latest(registry))


def test_when_the_store_was_last_copied(services: Services, spec: Spec) -> None:
    name = "chatwright_backup_timestamp_seconds{model_name=library}"
    standing = Standing(services, keep=0)
    assert name not in told(standing)
    note(spec.made)
    os.utime(spec.made / NOTE, (1_790_000_000, 1_790_000_000))
    assert told(standing)[name] == 1_790_000_000


def certify(file: Path, days: int) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", str(days), "-subj", "/CN=localhost", "-out", str(file)]
    try:
        subprocess.run([*command, "-keyout", os.devnull], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")


def test_until_when_its_certificate_is_good(services: Services, tmp_path: Path) -> None:
    """As it was at the start: that one is shown until the next."""
    name = "chatwright_certificate_expiry_timestamp_seconds{}"
    assert name not in told(Standing(services, keep=0))
    file = tmp_path / "cert.pem"
    server = Server(tls_cert=str(file), tls_key=str(file))
    services.doors.spec = services.doors.spec.model_copy(update={"server": server})
    assert name not in told(Standing(services, keep=0))  # it is not there
    file.write_text("not one")
    assert name not in told(Standing(services, keep=0))
    certify(file, 2)
    standing = Standing(services, keep=0)
    certify(file, 30)
    assert told(standing)[name] == pytest.approx(time.time() + 2 * 86_400, abs=600)


def test_it_is_read_seldom(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Database] = []

    def count(database: Database) -> list[Any]:
        asked.append(database)
        return []

    monkeypatch.setattr("chatwright.server.standing.people_waiting", count)
    for _ in range(5):
        services.metrics.text()
    assert len(asked) == 1


def test_transactions_that_fail(database: Database) -> None:
    metrics = Metrics("library")
    database.watch = metrics.transaction
    with pytest.raises(StorageFull), database.write():
        raise StorageFull("It is full.")
    with database.read():
        pass
    found = samples(metrics.own())
    assert found["chatwright_store_errors_total{kind=disk}"] == 1
    assert found["chatwright_store_seconds_count{way=write}"] == 1
    assert found["chatwright_store_seconds_count{way=read}"] == 1


async def test_who_comes_too_often_is_counted(database: Database) -> None:
    metrics = Metrics("library")
    meter = Meter(Allowances(database, "p"), Clock(database), metrics.limited)
    allowance = Allowance(1, 0, 0, 0)
    await meter.admit("somebody", allowance)
    for _ in range(2):  # by the store, then from memory
        with pytest.raises(Problem):
            await meter.admit("somebody", allowance)
    found = samples(metrics.own())
    assert found["chatwright_rate_limited_total{what=requests}"] == 2


def test_a_failing_engine_is_seen(client: httpx.Client, engine: FakeEngine) -> None:
    engine.scripts.append(Script(error=EngineError("It broke.")))
    body = {"model": "library", "messages": [{"role": "user", "content": "x"}]}
    assert client.post("/v1/chat/completions", json=body).status_code == 503
    assert scraped(client)["chatwright_errors_total{kind=engine,where=turn}"] == 1


def test_each_reply_is_a_line_for_machines(
    client: httpx.Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the ids of what it belongs to, and nothing of what was said."""
    end = logs.start(None, machine=True)
    try:
        body = {"model": "library", "messages": [{"role": "user", "content": "Bagheera"}]}
        answer = client.post("/v1/chat/completions", json=body)
        id = new(client)
        turn = ask(client, id, "Bagheera").json()
        last_event(client, turn["turn_id"])
    finally:
        end()
    said = capsys.readouterr().err
    assert "Bagheera" not in said
    assert "Hello" not in said
    api, web = (one for one in map(json.loads, said.splitlines()) if one["message"] == "reply")
    assert api["request_id"] == answer.headers["x-request-id"]
    assert (api["channel"], api["status"], api["release"]) == ("v1", "done", "release-1")
    assert api["written"] == 3
    assert (web["channel"], web["conversation_id"], web["turn_id"]) == ("web", id, turn["turn_id"])
    assert web["request_id"].startswith("req_")


# --- several processes -----------------------------------------------------------------------------


def test_two_texts_become_one() -> None:
    text = (
        '# HELP a Of a\n# TYPE a counter\na_total{x="1 {"} %d\n# HELP b b\n# TYPE b gauge\nb %d\n'
    )
    found = merged({0: (text % (1, 2)).encode(), 3: (text % (10, 20)).encode()}).decode()
    assert found.count("# TYPE a counter") == 1
    assert samples(found) == {
        "a_total{process=0,x=1 {}": 1,
        "a_total{process=3,x=1 {}": 10,
        "b{process=0}": 2,
        "b{process=3}": 20,
    }


async def test_processes_tell_each_other(tmp_path: Path) -> None:
    folder = Path("/tmp") if len(str(tmp_path)) > 80 else tmp_path
    many = [Metrics("library") for _ in range(3)]
    scrapes = [Scrape(one, Place(n, 3, folder)) for n, one in enumerate(many)]
    for number, one in enumerate(many):
        one.http.labels("/x", "GET", "200").inc(10**number)
    keeping = [asyncio.create_task(one.keep()) for one in scrapes[:2]]  # the third is away
    try:
        await asyncio.sleep(0.2)
        found = samples(await scrapes[0].text())
    finally:
        for task in keeping:
            task.cancel()
        await asyncio.gather(*keeping, return_exceptions=True)
    line = "http_requests_total{{handler=/x,method=GET,process={},status=200}}"
    assert [found.get(line.format(n)) for n in range(3)] == [1, 10, None]
    assert found["chatwright_processes{state=expected}"] == 3
    assert found["chatwright_processes{state=answering}"] == 2


def test_a_place_travels_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    there = Place(1, 4, Path("/a:b"))
    monkeypatch.setenv("CHATWRIGHT_SIBLING", there.text())
    assert place() == there
    assert place() is None
    assert replace(there, number=2).socket(2).name == "2.sock"
