"""A real Prometheus scrapes a real server: boards get data, alerts fire and clear, `top` hears of them."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.conftest import FakeEngine
from tests.deploy.monitored import furnish, stir
from tests.postgres import free_port
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.cli.reading import firing
from chatwright.core.errors import StoreUnavailable
from chatwright.deploy.monitoring import Places, files
from chatwright.deploy.monitoring.boards import BOARDS
from chatwright.server import create_app
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database

# No channel is set up here, the store is a file, and no https is spoken.
WITHOUT = {
    "chatwright_store_connections",
    "chatwright_channel_queue",
    "chatwright_certificate_expiry_timestamp_seconds",
}
PATIENCE = 40.0


@dataclass
class Watched:
    """A server and the Prometheus that watches it."""

    services: Services
    engine: FakeEngine
    prometheus: str

    def query(self, expression: str) -> list[dict[str, Any]]:
        answer = httpx.get(
            f"{self.prometheus}/api/v1/query", params={"query": expression}, timeout=20
        )
        values = answer.json()
        assert values["status"] == "success", (expression, values)
        found: list[dict[str, Any]] = values["data"]["result"]
        return found


def until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def hastened(text: str) -> str:
    """Rules that wait for nothing, looked at twice a second."""
    text = re.sub(r"\n +for: \w+", "", text)
    return re.sub(r"interval: \d+s", "interval: 500ms", text)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    if shutil.which("prometheus") is None:
        pytest.skip("Prometheus is not installed (Debian: apt-get install prometheus)")
    folder = tmp_path_factory.mktemp("watched")
    spec = Spec.model_validate({"folder": folder, "bot": {"name": "library", "purpose": "Help."}})
    database, engine = Database(folder / "store.db"), FakeEngine()
    app: FastAPI = create_app(Bot(spec, engine, "release-1", "deployment-1"), database, spec)
    services: Services = app.state.services
    furnish(services)
    done = threading.Event()

    def stirring() -> None:
        while not done.wait(0.2):
            stir(services)

    thread = threading.Thread(target=stirring)
    port = free_port()
    with served_app(app) as address:
        thread.start()
        where = Places((address.removeprefix("http://"),))
        for name, text in files(spec, where).items():
            path = folder / "monitoring" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            quick = name == "prometheus.yml" or name.startswith("rules/")
            path.write_text(
                hastened(text).replace("interval: 15s", "interval: 500ms") if quick else text
            )
        (folder / "monitoring" / "chatwright.key").write_text("none")
        process = _prometheus(folder, port)
        try:
            found = Watched(services, engine, f"http://127.0.0.1:{port}")
            until(lambda: _up(found, process), "Prometheus scrapes the server")
            yield found
        finally:
            process.terminate()
            process.wait(30)
            done.set()
            thread.join()
    database.close()


def _prometheus(folder: Path, port: int) -> subprocess.Popen[bytes]:
    options = {
        "config.file": folder / "monitoring" / "prometheus.yml",
        "storage.tsdb.path": folder / "tsdb",
        "web.listen-address": f"127.0.0.1:{port}",
        "log.level": "error",
    }
    command = ["prometheus", *(f"--{name}={value}" for name, value in options.items())]
    return subprocess.Popen(command, cwd=folder)


def _up(found: Watched, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "Prometheus ended"
    try:
        return bool(found.query('up{job="chatwright"} == 1'))
    except httpx.HTTPError:
        return False


def expressions() -> dict[str, str]:
    """Each query of each board, as Grafana would send it."""
    found = {}
    for board in BOARDS:
        for _, panels in board.rows:
            for panel in panels:
                for number, (expression, _) in enumerate(panel.queries):
                    asked = expression.replace("$model", ".*").replace("$__rate_interval", "10s")
                    found[f"{board.name}: {panel.title}, {number}"] = asked
    return found


def test_every_panel_has_data(watched: Watched) -> None:
    waiting = {
        name: expression
        for name, expression in expressions().items()
        if not any(one in expression for one in WITHOUT)
    }
    assert len(waiting) > 60
    end = time.monotonic() + PATIENCE
    while waiting and time.monotonic() < end:
        waiting = {n: e for n, e in waiting.items() if not _numbers(watched.query(e))}
        time.sleep(0.5)
    assert not waiting


def _numbers(rows: list[dict[str, Any]]) -> bool:
    return any(row["value"][1] != "NaN" for row in rows)


def fires(watched: Watched, alert: str) -> list[str]:
    return [one for one in firing(watched.prometheus) if one.startswith(f"{alert}: ")]


def fired_and_cleared(
    watched: Watched, alert: str, bad: Callable[[], object], good: Callable[[], object], says: str
) -> None:
    assert not fires(watched, alert)
    bad()
    try:
        until(lambda: fires(watched, alert), f"{alert} fires")
        assert says in fires(watched, alert)[0]
    finally:
        good()
    until(lambda: not fires(watched, alert), f"{alert} clears")


def test_an_engine_that_is_gone(watched: Watched) -> None:
    def state(value: Any) -> Callable[[], None]:
        return lambda: setattr(watched.engine, "state", value)

    says = "The engine of library answers nothing."
    fired_and_cleared(watched, "ChatwrightEngineNotReady", state("failed"), state("ready"), says)


def test_a_store_that_is_away(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: Database) -> None:
        raise StoreUnavailable("It is away.")

    def bad() -> None:
        monkeypatch.setattr("chatwright.server.standing.reviews_waiting", away)

    fired_and_cleared(watched, "ChatwrightStoreDown", bad, monkeypatch.undo, "its database")


def test_a_channel_that_is_stopped(watched: Watched) -> None:
    def stands(state: str) -> Callable[[], None]:
        return lambda: watched.services.metrics.channels.stands("telegram", state)

    says = "telegram is stopped: replies do not arrive."
    fired_and_cleared(watched, "ChatwrightChannelStopped", stands("stopped"), stands("ready"), says)


def test_refusals_burn_the_budget(watched: Watched) -> None:
    """Half of what the server is stirred to do fails, which no promise allows: live, over real windows."""
    rows = watched.query('chatwright:slo_burn:5m{slo="availability"}')
    assert float(rows[0]["value"][1]) == pytest.approx(500, rel=0.5)
    until(lambda: fires(watched, "ChatwrightAvailabilityBurn"), "the burn is told")
