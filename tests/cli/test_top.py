"""`chatwright top` and `chatwright monitoring`: against a real server, and on figures that are known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from rich.console import Console
from tests.conftest import FakeEngine
from tests.deploy.monitored import furnish, stir
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.cli import main
from chatwright.cli.reading import Between, parsed, troubles
from chatwright.cli.top import drawn, summary
from chatwright.server import create_app
from chatwright.spec import Spec
from chatwright.store import Database


@pytest.fixture
def app(engine: FakeEngine, database: Database, spec: Spec) -> FastAPI:
    return create_app(Bot(spec, engine, "release-1", "deployment-1"), database, spec)


@pytest.fixture
def url(app: FastAPI) -> Iterator[str]:
    with served_app(app) as address:
        yield address


def run(capsys: pytest.CaptureFixture[str], *line: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(list(line))
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out, err


def test_a_server_as_one_object(app: FastAPI, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    furnish(app.state.services)
    stir(app.state.services)
    code, out, _ = run(capsys, "top", url, "--every", "0.3", "--json")
    assert code == 0
    found = json.loads(out)
    assert found["deployments"] == {"library": "deployment-1"}
    assert found["channels"] == {"slack": "ready"}
    assert found["alerts"] == []
    assert found["thumbs"] == {"up": 1, "down": 1}
    assert found["waiting"] == 1
    assert found["processes"] == 1
    assert found["requests_per_second"] > 0  # its own
    assert 0 < found["disk"] < 1


def test_once_for_people(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "top", url, "--every", "0.3", "--once")
    assert code == 0
    for word in ("All is well.", "library deployment-1", "Traffic", "Routes", "Machine"):
        assert word in out


def test_nobody_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "top", "http://127.0.0.1:1", "--once")
    assert code == 1
    assert "does not answer" in err


def test_something_else_there(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = run(capsys, "top", f"{url}/nothing", "--once")
    assert (code, "tells no figures" in err) == (1, True)
    monkeypatch.setattr("httpx.get", lambda *_, **__: httpx.Response(401))
    code, _, err = run(capsys, "top", url, "--once")
    assert (code, "CHATWRIGHT_KEY" in err) == (2, True)


def test_prometheus_that_is_none(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "top", url, "--every", "0.2", "--once", "--prometheus", url)
    assert (code, "does not tell its alerts" in err) == (1, True)


TEXT = """# HELP chatwright_turns x
# TYPE chatwright_turns counter
chatwright_turns_total{{process="0",route="curated"}} {a}
chatwright_turns_total{{process="1",route="generated"}} {b}
# HELP h x
# TYPE h histogram
h_bucket{{le="1.0"}} {a}
h_bucket{{le="2.0"}} {b}
h_bucket{{le="+Inf"}} {b}
"""


def test_what_two_readings_say() -> None:
    between = Between(parsed(TEXT.format(a=10, b=10)), parsed(TEXT.format(a=30, b=70)))
    assert between.grown("chatwright_turns_total") == 80
    assert between.shares("chatwright_turns_total", "route") == {"curated": 0.25, "generated": 0.75}
    assert between.quantile(0.5, "h") == pytest.approx(1.25)  # 20 below 1, 40 more below 2
    assert between.quantile(0.5, "nothing") is None
    assert Between(None, between.after).rate("chatwright_turns_total") is None


def test_a_counter_that_began_anew() -> None:
    between = Between(parsed(TEXT.format(a=100, b=100)), parsed(TEXT.format(a=5, b=100)))
    assert between.grown("chatwright_turns_total") == 5


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('chatwright_engine_ready{model_name="a"} 0', "engine"),
        ("chatwright_store_up 0", "store"),
        ("chatwright_host_disk_ratio 0.95", "disk"),
        ('chatwright_processes{state="expected"} 2', "process"),
        ('chatwright_people_oldest_seconds{state="wanted"} 1000', "15 minutes"),
        ('chatwright_channel_state{channel="slack",state="stopped"} 1', "slack is stopped"),
        ("chatwright_drift_alarm 1", "something else"),
        ("chatwright_knowledge_problems 2", "documents"),
        ('chatwright_improve_last_state{state="failed"} 1', "improvement"),
    ],
)
def test_troubles(line: str, says: str) -> None:
    (found,) = troubles(parsed(f"{line}\n"))
    assert says in found
    bad, good = parsed(f"{line}\n"), parsed("")
    assert troubles(good) == []
    console = Console(width=120)
    with console.capture() as shown:
        console.print(drawn("http://x", summary(Between(good, bad), troubles(bad))))
    assert found in shown.get()


# --- files -------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bot.toml").write_text('[bot]\nname = "library"\npurpose = "Help."\n')
    return tmp_path


def test_files_for_prometheus_and_grafana(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = folder / "made"
    line: list[Any] = ["monitoring", str(folder), "--to", str(to), "--target", "bot:1"]
    code, out, _ = run(capsys, *line, "--json")
    assert code == 0
    names = json.loads(out)["files"]
    assert sorted(str(p.relative_to(to)) for p in to.rglob("*") if p.is_file()) == names
    assert {"rules/slo.yml", "runbooks.md", "grafana/dashboards/overview.json"} <= set(names)
    assert 'targets: ["bot:1"]' in (to / "prometheus.yml").read_text()
    assert run(capsys, *line)[0] == 0  # the same once more
    (to / "prometheus.yml").write_text("mine")
    code, _, err = run(capsys, *line)
    assert (code, "--force" in err) == (2, True)
    assert (to / "prometheus.yml").read_text() == "mine"
    assert run(capsys, *line, "--force")[0] == 0
    assert (to / "prometheus.yml").read_text() != "mine"
