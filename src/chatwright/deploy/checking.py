"""Whether the files of a target are right, as far as the programs that are installed here can tell.

A program that is not installed checks nothing, and that is said: nothing passes by being left out. No program
is given an address or credentials; what only a cloud could say is named in `BEYOND`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from chatwright.core.errors import NotFound
from chatwright.deploy.render import Target

SECONDS = 300  # for one program
EXPOSURE = 2.0  # of systemd's ten: no unit of ours may be more exposed
SAID = 1200  # characters of what a program said
# Other shapes of the chart than its defaults: `helm template --set`.
CHART_SHAPES = (
    (),
    (
        *("database=false", "replicas=1", "autoscaling.enabled=false", "persistence.enabled=true"),
        *("ingress.enabled=true", "networkPolicy.enabled=false"),
    ),
    ("serviceMonitor.enabled=true", "persistence.enabled=true", "ingress.enabled=true"),
)
BEYOND = {
    Target.docker: "a build by a container engine",
    Target.compose: "a start of the services by a container engine",
    Target.helm: "an installation into a cluster",
    Target.aws: "a plan against a real account: quotas, prices, what exists already",
    Target.cloudrun: "service.yaml by Google's own service: no schema of it can be had offline",
    Target.heroku: "app.json and the build by Heroku's own service",
    Target.vps: "a start by systemd, and a certificate from an authority",
}


class State(StrEnum):
    """What became of one check."""

    ok = "ok"
    failed = "FAILED"
    unchecked = "not checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: of which file, by which program, and what that said."""

    what: str
    by: str
    state: State
    said: str = ""


def check(target: Target, folder: Path) -> list[Finding]:
    """Every check of `target` on what is in `folder`. Raises `NotFound` where nothing was rendered there."""
    if not (folder / _first(target)).is_file():
        raise NotFound(
            f"There is nothing of {target} in {folder}.",
            f"Write it first: `chatwright deploy {target} BOT --out {folder}`.",
        )
    own = {
        Target.docker: _docker,
        Target.compose: _compose,
        Target.helm: _helm,
        Target.aws: _aws,
        Target.cloudrun: _cloudrun,
        Target.heroku: _heroku,
        Target.vps: _vps,
    }
    found = [*own[target](folder), *_general(target, folder)]
    return [*found, Finding("beyond these", "nothing here", State.unchecked, BEYOND[target])]


def _first(target: Target) -> str:
    names = {"docker": "Dockerfile", "compose": "compose.yaml", "helm": "Chart.yaml"}
    more = {"aws": "servers.tf", "cloudrun": "service.yaml", "heroku": "Procfile"}
    return (names | more).get(target, "chatwright.service")


def run(
    what: str, program: str, arguments: Sequence[str], folder: Path, *, lacks: str = ""
) -> Finding:
    """One program on one thing; `lacks` says what is missing without it."""
    path = shutil.which(program)
    if path is None:
        return Finding(what, program, State.unchecked, lacks or f"{program} is not installed")
    try:
        done = subprocess.run(
            [path, *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            env=os.environ | {"NO_COLOR": "1", "CHECKPOINT_DISABLE": "1"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding(what, program, State.failed, str(error)[:SAID])
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr).strip()
    return Finding(what, program, State.failed if done.returncode else State.ok, said[-SAID:])


def _docker(folder: Path) -> Iterator[Finding]:
    yield run("Dockerfile", "hadolint", ["Dockerfile"], folder)
    needed = {"wheels": "*.whl", "bot": "bot.toml"}
    for name, pattern in needed.items():
        if not list((folder / name).glob(pattern)):
            what = f"{name}/ for the build"
            yield Finding(what, "looking", State.unchecked, "empty: the build needs it")


def _compose(folder: Path) -> Iterator[Finding]:
    rules = sorted(one.relative_to(folder).as_posix() for one in folder.glob("monitoring/rules/*"))
    yield run("alert rules", "promtool", ["check", "rules", *rules], folder)
    settings = ["check", "config", "--syntax-only", "monitoring/prometheus.yml"]
    yield run("prometheus.yml", "promtool", settings, folder)
    yield run(
        "compose.yaml", "dclint", ["--max-warnings", "0", "-c", _dclint(), "compose.yaml"], folder
    )
    if run("", "docker", ["compose", "version"], folder).state is State.ok:
        yield run("compose.yaml", "docker", ["compose", "config", "--quiet"], folder)


def _dclint() -> str:
    return str(Path(__file__).parent / "dclint.json")


def _helm(folder: Path) -> Iterator[Finding]:
    yield run("chart", "helm", ["lint", "--strict", "."], folder)
    for shape in CHART_SHAPES:
        sets = [word for value in shape for word in ("--set", value)]
        what = f"manifests ({', '.join(shape) or 'defaults'})"
        rendered = run(what, "helm", ["template", "trial", ".", *sets], folder)
        if rendered.state is not State.ok:
            yield rendered
            continue
        yield from _manifests(what, folder, sets)


def _manifests(what: str, folder: Path, sets: Sequence[str]) -> Iterator[Finding]:
    program = shutil.which("helm")
    assert program is not None, "it has just rendered them"
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "manifests.yaml"
        with file.open("w") as opened:
            command = [program, "template", "trial", ".", *sets]
            subprocess.run(command, cwd=folder, stdout=opened, timeout=SECONDS, check=True)
        found = run(what, "kubernetes-validate", ["--strict", str(file)], folder)
        # Of the operator's own kind it has no schema: said, and the others are checked without it.
        if "ServiceMonitor" in file.read_text("utf-8"):
            parts = re.split(r"(?m)^---\s*$", file.read_text("utf-8"))
            file.write_text("---".join(one for one in parts if "kind: ServiceMonitor" not in one))
            found = run(what, "kubernetes-validate", ["--strict", str(file)], folder)
            yield Finding(
                "ServiceMonitor", "kubernetes-validate", State.unchecked, "it has no schema of it"
            )
        yield found


def _aws(folder: Path) -> Iterator[Finding]:
    program = "terraform" if shutil.which("terraform") else "tofu"
    yield run("*.tf, layout", program, ["fmt", "-check", "-diff"], folder)
    with tempfile.TemporaryDirectory() as place:
        there = Path(place)
        for file in folder.glob("*.tf"):
            shutil.copy(file, there)
        local = os.environ.get(
            "TF_PLUGINS", ""
        )  # a folder that has the provider, without a network
        began = run(
            "*.tf, provider",
            program,
            [
                "init",
                "-backend=false",
                "-input=false",
                *([f"-plugin-dir={local}"] if local else []),
            ],
            there,
        )
        if began.state is State.failed:
            why = "the AWS provider cannot be had here (TF_PLUGINS names a folder that has it)"
            yield Finding("*.tf", program, State.unchecked, f"not validated: {why}")
            return
        yield began
        if began.state is State.ok:
            yield run("*.tf", program, ["validate"], there)


def _cloudrun(folder: Path) -> Iterator[Finding]:
    text = (folder / "service.yaml").read_text("utf-8")
    wanted = (
        "apiVersion: serving.knative.dev/v1",
        "kind: Service",
        "containerPort:",
        "startupProbe:",
    )
    lacking = [one for one in wanted if one not in text]
    state = State.failed if lacking else State.ok
    yield Finding(
        "service.yaml", "looking", state, f"lacks {', '.join(lacking)}" if lacking else ""
    )


def _heroku(folder: Path) -> Iterator[Finding]:
    yield run("app.json", "check-jsonschema", ["--schemafile", _app_schema(), "app.json"], folder)
    processes = (folder / "Procfile").read_text("utf-8").splitlines()
    bad = [line for line in processes if line and not re.match(r"[a-z][a-z0-9_-]*: \S", line)]
    web = any(line.startswith("web: ") for line in processes)
    yield Finding(
        "Procfile", "looking", State.ok if web and not bad else State.failed, "; ".join(bad)
    )
    if not list((folder / "wheels").glob("*.whl")):
        yield Finding(
            "wheels/ for the build", "looking", State.unchecked, "empty: the build needs it"
        )


def _app_schema() -> str:
    return str(Path(__file__).parent / "app.schema.json")


def _vps(folder: Path) -> Iterator[Finding]:
    unit = (folder / "chatwright.service").read_text("utf-8")
    with tempfile.TemporaryDirectory() as place:
        # The program is not installed where this runs; the rest of the line stays.
        trial = Path(place) / "trial.service"
        trial.write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", unit))
        yield run(
            "chatwright.service", "systemd-analyze", ["verify", "--man=no", str(trial)], folder
        )
        yield _exposure(trial)
    yield run(
        "Caddyfile",
        "caddy",
        ["validate", "--config", "Caddyfile", "--adapter", "caddyfile"],
        folder,
    )


def _exposure(unit: Path) -> Finding:
    limit = f"--threshold={EXPOSURE * 10:.0f}"
    arguments = ["security", "--offline=yes", "--no-pager", limit, str(unit)]
    found = run("chatwright.service, exposure", "systemd-analyze", arguments, unit.parent)
    level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", found.said)
    said = f"{level[1]} of 10, at most {EXPOSURE} is allowed" if level else found.said
    return Finding(found.what, found.by, found.state, said)


def _general(target: Target, folder: Path) -> Iterator[Finding]:
    """Of every target: shell and YAML, where it has them."""
    scripts = sorted(one.relative_to(folder).as_posix() for one in folder.glob("*.sh"))
    if scripts:
        yield run(" ".join(scripts), "shellcheck", scripts, folder)
    if target is Target.helm:
        documents = ["Chart.yaml", "values.yaml"]
    else:
        found = list(folder.glob("*.yaml"))
        documents = sorted(one.relative_to(folder).as_posix() for one in found)
    if documents:
        style = (
            "{extends: default, rules: {line-length: {max: 200}, braces: {max-spaces-inside: 1}}}"
        )
        yield run(" ".join(documents), "yamllint", ["--strict", "-d", style, *documents], folder)
