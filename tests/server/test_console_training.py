"""Training over HTTP: what may be asked for, what is started for it, and what runs tell."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.server.callers import Callers, logged_in

from chatwright.server import workshop
from chatwright.server.console import training as module
from chatwright.server.services import Services
from chatwright.spec import Spec

PLACE = "/api/console/training"
RECIPE = {
    "dataset": "d1",
    "objective": "assistant",
    "shape": {
        "vocabulary": 512, "width": 64, "layers": 2, "heads": 4, "kv_heads": 2, "head_size": 16, "hidden": 128,
    },
    "packing": {"batch_tokens": 2048},
    "steps": 100,
    "seed": 0,
}  # fmt: skip


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The arguments of what is started; it ends at once."""
    found: list[list[str]] = []

    def command(arguments: list[str]) -> list[str]:
        found.append(list(arguments))
        return [sys.executable, "-c", "print('{}')"]

    monkeypatch.setattr(workshop, "command", command)
    return found


@pytest.fixture
def owner(url: str, everyone: Callers, services: Services, spec: Spec) -> Iterator[httpx.Client]:
    (spec.folder / "bot.toml").write_text('[bot]\nname = "library"\npurpose = "Answers."\n')
    headers = logged_in(services, everyone.account("owner"))
    with httpx.Client(base_url=url, headers=headers, timeout=60) as client:
        yield client


def run(spec: Spec, id: str, rows: list[dict[str, Any]], done: bool = True, **changes: Any) -> Path:
    folder = spec.made / "runs" / id
    folder.mkdir(parents=True)
    (folder / "recipe.json").write_text(json.dumps({**RECIPE, **changes}))
    (folder / "metrics.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    if done:
        about = {"steps": rows[-1]["step"], "seconds": 9.5, "dev_bits_per_byte": 0.8}
        (folder / "done.json").write_text(json.dumps(about))
    return folder


def rows(count: int) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = [
        {"step": n, "loss": 4 - n / 100, "seconds": n / 10, "tokens_per_second": 900}
        for n in range(1, count + 1)
    ]
    for row in made[9::10]:
        row |= {"dev_bits_per_byte": 1.5 - row["step"] / 200, "sample": f"hello -> {row['step']}"}
    return made


def error(response: httpx.Response, status: int) -> str:
    assert response.status_code == status, response.text
    return str(response.json()["error"]["code"])


def test_an_empty_bot_says_what_it_can(owner: httpx.Client) -> None:
    told = owner.get(PLACE).json()
    assert (told["runs"], told["served"], told["running"]) == ([], None, None)
    assert told["ways"] == ["scratch"]
    assert told["can"]


def test_a_training_is_started_as_it_was_asked_for(
    owner: httpx.Client, started: list[list[str]], spec: Spec, services: Services
) -> None:
    work = owner.post(f"{PLACE}/start", json={"minutes": 0.3, "seed": 4})
    assert work.status_code == 202, work.text
    assert work.json()["kind"] == "train"
    folder = str(spec.folder)
    assert started == [["train", folder, "--minutes", "0.3", "--seed", "4", "--release"]]
    assert "work.started" in [row.action for row in services.people.audit.rows()]


def test_what_cannot_be_asked_for(owner: httpx.Client, started: list[list[str]]) -> None:
    for wrong in (
        {"minutes": 0},
        {"minutes": -1},
        {"minutes": 1, "how": "magic"},
        {"minutes": 1, "x": 1},
    ):
        assert owner.post(f"{PLACE}/start", json=wrong).status_code == 400
    assert error(owner.post(f"{PLACE}/start", json={"minutes": 1, "how": "continue"}), 400)
    assert started == []


@pytest.mark.parametrize("kind", ['kind = "retrieval"', 'kind = "hosted"\nhosted_model = "m"'])
def test_a_bot_without_a_model_of_its_own_trains_none(
    owner: httpx.Client, spec: Spec, started: list[list[str]], kind: str
) -> None:
    with (spec.folder / "bot.toml").open("a") as file:
        file.write(f"[model]\n{kind}\n")
    told = owner.get(PLACE).json()
    assert not told["can"]
    assert "nothing to train" in told["why"]
    for verb in ("plan", "start"):
        assert error(owner.post(f"{PLACE}/{verb}", json={"minutes": 1}), 409) == "cannot_train"
    assert started == []


def test_a_machine_without_torch_names_the_line_that_installs_it(
    owner: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)  # type: ignore[attr-defined]
    told = owner.get(PLACE).json()
    assert not told["can"]
    assert "pip install 'chatwright[train]'" in told["next_step"]
    assert error(owner.post(f"{PLACE}/start", json={"minutes": 1}), 409) == "cannot_train"


def test_two_at_once_are_refused(
    owner: httpx.Client, monkeypatch: pytest.MonkeyPatch, services: Services
) -> None:
    sleeps = [sys.executable, "-c", "import time\nwhile True: time.sleep(0.1)"]
    monkeypatch.setattr(workshop, "command", lambda _: sleeps)
    first = owner.post(f"{PLACE}/start", json={"minutes": 1}).json()
    assert error(owner.post(f"{PLACE}/plan", json={"minutes": 1}), 409) == "busy"
    assert owner.get(PLACE).json()["work"]["id"] == first["id"]
    listed = owner.get("/api/console/work").json()
    assert listed["running"]["id"] == first["id"]
    told = owner.post(f"/api/console/work/{first['id']}/stop").json()
    assert told["state"] in ("running", "stopped")
    services.workshop.close()
    assert owner.get(f"/api/console/work/{first['id']}").json()["state"] == "stopped"


def test_an_editor_stops_their_own_work_alone(
    owner: httpx.Client, url: str, everyone: Callers, services: Services, started: list[list[str]]
) -> None:
    work = owner.post(f"{PLACE}/start", json={"minutes": 1}).json()
    headers = logged_in(services, everyone.account("editor"))
    with httpx.Client(base_url=url, headers=headers, timeout=60) as editor:
        assert error(editor.post(f"/api/console/work/{work['id']}/stop"), 409) == "approval"
        assert editor.post(f"{PLACE}/start", json={"minutes": 1}).status_code == 403
        assert editor.get(PLACE).status_code == 200


def test_a_run_tells_its_curves(owner: httpx.Client, spec: Spec) -> None:
    run(spec, "aaaaaaaaaaaa", rows(1000))
    told = owner.get(f"{PLACE}/runs/aaaaaaaaaaaa").json()
    assert (told["row"]["state"], told["row"]["steps"]) == ("done", 1000)
    assert 400 <= len(told["step"]) <= 520
    assert len(told["step"]) == len(told["loss"]) == len(told["development"])
    assert told["step"][-1] == 1000
    assert sum(one is not None for one in told["development"]) == 100  # none is thinned away
    assert told["samples"][-1] == {"step": 1000, "text": "hello -> 1000"}
    assert told["eta"] is None
    assert told["recipe"]["shape.width"] == 64
    assert owner.get(f"{PLACE}/runs/zzz").status_code == 404


def test_a_run_that_was_stopped_or_diverged_says_so(owner: httpx.Client, spec: Spec) -> None:
    run(spec, "bbbbbbbbbbbb", rows(30), done=False)
    broken = run(spec, "cccccccccccc", rows(20), done=False)
    (broken / "diverged.json").write_text(json.dumps({"step": 21, "why": "The loss ran away."}))
    metrics = broken / "metrics.jsonl"
    metrics.write_text(metrics.read_text() + '{"step": 21, "loss"')  # torn
    told = {one["id"]: one["state"] for one in owner.get(PLACE).json()["runs"]}
    assert told == {"bbbbbbbbbbbb": "stopped", "cccccccccccc": "diverged"}
    found = owner.get(f"{PLACE}/runs/cccccccccccc").json()
    assert found["diverged"]["why"] == "The loss ran away."
    assert found["step"][-1] == 20


def test_runs_are_compared(owner: httpx.Client, spec: Spec) -> None:
    run(spec, "aaaaaaaaaaaa", rows(50))
    run(spec, "bbbbbbbbbbbb", rows(60), seed=3)
    told = owner.get(f"{PLACE}/compare", params={"run": ["aaaaaaaaaaaa", "bbbbbbbbbbbb"]}).json()
    assert told["different"] == {"seed": [0, 3]}
    assert [one["row"]["id"] for one in told["runs"]] == ["aaaaaaaaaaaa", "bbbbbbbbbbbb"]
    assert owner.get(f"{PLACE}/compare", params={"run": ["aaaaaaaaaaaa"]}).status_code == 400


def test_the_loop_is_asked_as_the_command_line_does(
    owner: httpx.Client, started: list[list[str]], spec: Spec, services: Services
) -> None:
    owner.post(f"{PLACE}/improve/plan")
    services.workshop.close()
    assert owner.get(PLACE).json()["last"]["kind"] == "improve-plan"  # still to be seen
    owner.post(f"{PLACE}/improve", json={"minutes": 2, "promote": False})
    folder = str(spec.folder)
    assert started == [
        ["improve", folder, "--dry-run"],
        ["improve", folder, "--no-promote", "--minutes", "2"],
    ]
    told = owner.get(PLACE).json()["improve"]
    assert (told["every"], told["last"], told["running"]) == ("", None, False)
