"""What is rendered: from the spec alone, whole for every target, and the same as what lies in /deploy."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from chatwright.core.errors import WrongUse
from chatwright.deploy import Target, facts_of, render
from chatwright.deploy.pins import pins
from chatwright.spec import Spec, load_spec

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "examples" / "library"
SECRETS = (
    *("BOOKING_TOKEN", "DESK_KEY", "HOOK_SECRET", "SALES_BOT_TOKEN", "TELEGRAM_BOT_TOKEN"),
    *("TELEGRAM_SECRET_TOKEN", "WIDGET_SECRET"),
)


@pytest.mark.parametrize("target", Target)
def test_the_example_lies_in_deploy_as_it_is_rendered(target: Target) -> None:
    files = {file.path: file.text for file in render(target, facts_of(load_spec(LIBRARY)))}
    folder = ROOT / "deploy" / target
    there = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".rendered.json" and "bot" not in path.parts[-2:-1]
        if ".chatwright" not in path.parts and path.suffix != ".whl"
    }
    assert there == files, f"run: scripts/deploy-check --write ({target})"


@pytest.mark.parametrize("target", Target)
def test_every_file_says_what_it_is(target: Target, rich: Spec) -> None:
    for file in render(target, facts_of(rich)):
        if file.path.endswith((".json", "/.helmignore", ".tpl")) or file.path.startswith(
            ("templates/", "Procfile", ".python-version", "monitoring/")
        ):
            continue  # has no comments, or is named by what includes it
        head = "\n".join(file.text.splitlines()[:4])
        assert "Written by `chatwright deploy" in head, file.path


@pytest.mark.parametrize("target", Target)
def test_nothing_of_the_template_is_left(target: Target, rich: Spec) -> None:
    for file in render(target, facts_of(rich)):
        for mark in ("[% ", "[# ", "[[ bot", "None", "Undefined"):
            assert mark not in file.text, (file.path, mark)


def test_secrets_are_those_that_the_bot_names(rich: Spec) -> None:
    assert facts_of(rich).secrets == SECRETS
    assert facts_of(load_spec(LIBRARY)).secrets == ()


@pytest.mark.parametrize("target", [one for one in Target if one is not Target.docker])
def test_every_secret_has_its_place(target: Target, rich: Spec) -> None:
    text = "\n".join(file.text for file in render(target, facts_of(rich)))
    for name in SECRETS:
        assert name in text


def test_a_title_cannot_break_a_file(rich: Spec) -> None:
    facts = facts_of(rich)
    assert not set(facts.title) & set("\"'`$\\{}\n")
    docker = {file.path: file.text for file in render(Target.docker, facts)}["Dockerfile"]
    assert docker.count("${") == docker.count("${PYTHON}")


def test_names_fit_what_machines_allow(tmp_path: Path) -> None:
    for name in ("a", "0", "my_bot", "x" * 63, "9_to_5", "a-" * 31 + "a"):
        (tmp_path / "bot.toml").write_text(f'[bot]\nname = "{name}"\npurpose = "p"\n')
        slug = facts_of(load_spec(tmp_path)).slug
        assert re.fullmatch(r"[a-z]([a-z0-9-]{0,30}[a-z0-9])?", slug), slug


def test_no_torch_is_served() -> None:
    names = {pin.name for pin in pins()}
    assert {"openvino", "fastapi", "psycopg", "psycopg-binary", "uvicorn"} <= names
    assert not names & {"torch", "nncf", "transformers", "pytest", "chatwright"}


def test_pins_are_the_tested_versions() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    rows = [re.match(r"([\w.-]+)==([^\s;#]+)", line) for line in lines]
    tested = {row[1].lower().replace("_", "-"): row[2] for row in rows if row}
    wrong = [str(pin) for pin in pins() if pin.name in tested and tested[pin.name] != pin.version]
    assert not wrong
    assert not [pin.name for pin in pins() if pin.name not in tested], "not in constraints.txt"


def test_the_image_runs_as_nobody_in_particular(rich: Spec) -> None:
    docker = {file.path: file.text for file in render(Target.docker, facts_of(rich))}["Dockerfile"]
    lines = docker.splitlines()
    assert "USER 10001:10001" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert not [line for line in lines if ":latest" in line]


def test_a_host_that_the_server_would_refuse_is_said(rich: Spec) -> None:
    assert facts_of(rich, host="desk.example.org").host == "desk.example.org"
    with pytest.raises(WrongUse, match="allow_hosts"):
        facts_of(rich, host="other.example.org")


def test_a_bot_that_ends_tls_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bot.toml").write_text(
        '[bot]\nname = "b"\npurpose = "p"\n[server]\ntls_cert = "a"\ntls_key = "b"\n'
    )
    with pytest.raises(WrongUse, match="tls_cert"):
        facts_of(load_spec(tmp_path))


def test_a_bot_that_asks_nobody_may_ask_nobody(rich: Spec) -> None:
    unit = "chatwright.service"
    closed = {file.path: file.text for file in render(Target.vps, facts_of(load_spec(LIBRARY)))}[
        unit
    ]
    opened = {file.path: file.text for file in render(Target.vps, facts_of(rich))}[unit]
    assert "IPAddressDeny=any" in closed
    assert "IPAddressDeny=any" not in opened


def test_compose_watches_with_the_boards_and_rules(rich: Spec) -> None:
    files = {file.path: file.text for file in render(Target.compose, facts_of(rich))}
    mounted = re.findall(r"\./(monitoring/[^:]+):", files["compose.yaml"])
    assert len(mounted) >= 4
    for one in mounted:
        assert any(path == one or path.startswith(f"{one}/") for path in files), one
    assert '"bot:8000"' in files["monitoring/prometheus.yml"]


def test_app_json_is_json(rich: Spec) -> None:
    text = {file.path: file.text for file in render(Target.heroku, facts_of(rich))}["app.json"]
    assert set(json.loads(text)["env"]) == {"CHATWRIGHT_SECRET", *SECRETS}
