"""Checks say what they found, and what they could not look at. With the programs that are here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from chatwright.cli import main
from chatwright.core.errors import NotFound
from chatwright.deploy import Target, check, facts_of, render, write
from chatwright.deploy.checking import State, run
from chatwright.spec import Spec

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="this machine has no systemd-analyze"
)


def rendered(target: Target, spec: Spec, folder: Path) -> Path:
    write(render(target, facts_of(spec)), folder)
    return folder


@pytest.mark.parametrize("target", [Target.docker, Target.compose, Target.heroku, Target.vps])
def test_what_is_rendered_passes_with_what_is_here(
    target: Target, rich: Spec, tmp_path: Path
) -> None:
    found = check(target, rendered(target, rich, tmp_path / "out"))
    assert not [one for one in found if one.state is State.failed]
    assert found[-1].state is State.unchecked, "what only the target itself can say is always named"


@needs_systemd
def test_an_exposed_unit_fails(rich: Spec, tmp_path: Path) -> None:
    folder = rendered(Target.vps, rich, tmp_path / "out")
    unit = folder / "chatwright.service"
    kept = [
        line
        for line in unit.read_text().splitlines()
        if not line.startswith(("Protect", "Restrict", "System"))
    ]
    unit.write_text("\n".join(kept))
    found = {one.what: one for one in check(Target.vps, folder)}
    assert found["chatwright.service, exposure"].state is State.failed


@needs_systemd
def test_a_misspelt_setting_of_a_unit_fails(rich: Spec, tmp_path: Path) -> None:
    folder = rendered(Target.vps, rich, tmp_path / "out")
    unit = folder / "chatwright.service"
    unit.write_text(unit.read_text().replace("ExecStart=", "ExecStrat="))
    found = {one.what: one for one in check(Target.vps, folder)}
    assert found["chatwright.service"].state is State.failed


def test_a_broken_procfile_fails(rich: Spec, tmp_path: Path) -> None:
    folder = rendered(Target.heroku, rich, tmp_path / "out")
    (folder / "Procfile").write_text("chatwright serve\n")
    found = {one.what: one for one in check(Target.heroku, folder)}
    assert found["Procfile"].state is State.failed


def test_a_program_that_is_not_there_checks_nothing(tmp_path: Path) -> None:
    found = run("a file", "no-such-program-anywhere", [], tmp_path)
    assert found.state is State.unchecked
    assert "not installed" in found.said


def test_where_nothing_was_rendered_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nothing of docker"):
        check(Target.docker, tmp_path)


def test_the_verb_writes_then_keeps_what_was_edited(
    rich: Spec, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    line = ["deploy", "heroku", str(rich.folder), "--out", str(out), "--json"]
    with pytest.raises(SystemExit) as done:
        main(line)
    assert done.value.code == 0
    assert "Procfile" in json.loads(capsys.readouterr().out)["new"]
    (out / "Procfile").write_text("web: mine\n")
    with pytest.raises(SystemExit) as done:
        main(line)
    assert done.value.code == 1
    assert (out / "Procfile").read_text() == "web: mine\n"
    assert "--force" in capsys.readouterr().err
    with pytest.raises(SystemExit) as done:
        main([*line, "--force"])
    assert done.value.code == 0
    assert "chatwright serve" in (out / "Procfile").read_text()
