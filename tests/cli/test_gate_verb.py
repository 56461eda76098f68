"""`chatwright gate`, `release promote` and `up`: what the gate lets through, with a bot that was trained."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Command

from chatwright.cli import gate as gating
from chatwright.cli import main
from chatwright.evaluation.verdicts import Verdict
from chatwright.release.registry import Registry
from chatwright.spec import load_spec


@pytest.fixture(scope="module")
def twins(lived: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A bot with two releases of the same weights (another max_tokens): the served one, and the other."""
    bot = Path(shutil.copytree(lived, tmp_path_factory.mktemp("twins") / "bot"))
    spec = load_spec(bot)
    served = Registry(spec).deployment()
    assert served is not None
    path = bot / "bot.toml"
    path.write_text(path.read_text() + "\n[answers]\nmax_tokens = 99\n\n[gate]\ntimed = 2\n")
    with pytest.raises(SystemExit) as end:
        main(["up", str(bot), "--no-serve"])
    assert not end.value.code
    newest = Registry(spec).deployment()
    assert newest is not None and newest.release != served.release
    Registry(spec).rollback()
    return bot, served.release, newest.release


@pytest.fixture
def copied(twins: tuple[Path, str, str], tmp_path: Path) -> tuple[Path, str, str]:
    bot, served, other = twins
    return Path(shutil.copytree(bot, tmp_path / "bot")), served, other


def test_the_same_weights_are_no_evidence_of_anything(
    run: Command, copied: tuple[Path, str, str]
) -> None:
    bot, served, other = copied
    ran = run("gate", other, "--bot", bot, "--json")
    assert ran.code == 1
    values = ran.values
    assert (values["candidate"], values["current"]) == (other, served)
    assert values["verdict"] == "not enough evidence" and values["needed"] >= 1
    rows = {row["metric"]: row for row in values["rows"] if not row["slice"]}
    assert rows["cases"]["n"] == 2 and rows["cases"]["gain"] == 0
    assert rows["bits_per_byte"]["gain"] == pytest.approx(0, abs=1e-6)  # the very same engine files
    assert rows["unsafe"]["n"] == rows["benign"]["n"] == 24
    assert rows["milliseconds"]["n"] == 2 and not values["broken"]
    assert not [row for row in values["rows"] if row["found"] == "missing"]
    assert json.loads(Path(values["report"]).read_text())["verdict"] == values["verdict"]
    shown = run("gate", other, "--bot", bot)
    assert shown.code == 1 and "not enough evidence" in shown.out and "verdict.html" in shown.out
    assert run("gate", other, "--against", other, "--bot", bot).code == 2


def test_promote_asks_the_gate_and_can_be_forced_with_a_reason(
    run: Command, copied: tuple[Path, str, str]
) -> None:
    bot, served, other = copied
    registry = Registry(load_spec(bot))
    refused = run("release", "promote", other, "--bot", bot)
    assert refused.code == 1
    assert "not enough evidence" in refused.err and "--force --reason" in refused.err
    assert registry.deployment().release == served  # type: ignore[union-attr]
    assert run("release", "promote", other, "--bot", bot, "--force").code == 2
    line = ["release", "promote", other, "--bot", bot, "--force", "--reason", "I looked", "--json"]
    forced = run(*line)
    assert forced.code == 0 and forced.values["gate"]["forced"] is True
    last = registry.history()[-1]
    assert last["release"] == other and last["reason"] == "I looked"
    assert last["gate"]["verdict"] == "not enough evidence" and last["gate"]["forced"] is True
    assert last["gate"]["against"] == served
    # Rolling back needs nobody's leave.
    assert run("release", "rollback", "--bot", bot).code == 0
    assert "gate" not in registry.history()[-1]


def test_what_is_served_is_promoted_again_without_a_gate(
    run: Command, copied: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bot, served, _ = copied

    def never(*_: object) -> None:
        raise AssertionError("the gate was asked")

    monkeypatch.setattr(gating, "compare", never)
    assert run("release", "promote", served, "--bot", bot).code == 0


def says(verdict: str) -> object:
    def compare(spec, candidate, current, progress):  # type: ignore[no-untyped-def]
        return Verdict(candidate.id, current.id, verdict, ("So it is.",), "cases", folder="f")  # type: ignore[arg-type]

    return compare


@pytest.mark.parametrize(
    ("verdict", "code"), [("better", 0), ("not worse", 0), ("worse", 1), ("not enough evidence", 1)]
)
def test_what_the_gate_says_decides(
    run: Command,
    copied: tuple[Path, str, str],
    monkeypatch: pytest.MonkeyPatch,
    verdict: str,
    code: int,
) -> None:
    bot, served, other = copied
    monkeypatch.setattr(gating, "compare", says(verdict))
    assert run("gate", other, "--bot", bot).code == code
    assert run("release", "promote", other, "--bot", bot).code == code
    registry = Registry(load_spec(bot))
    assert registry.deployment().release == (served if code else other)  # type: ignore[union-attr]
    if not code:
        assert registry.history()[-1]["gate"]["verdict"] == verdict


@pytest.mark.parametrize(
    ("verdict", "promoted"), [("not enough evidence", True), ("better", True), ("worse", False)]
)
def test_up_serves_what_is_not_shown_to_be_worse(
    run: Command,
    copied: tuple[Path, str, str],
    monkeypatch: pytest.MonkeyPatch,
    verdict: str,
    promoted: bool,
) -> None:
    bot, served, other = copied
    monkeypatch.setattr(gating, "compare", says(verdict))
    ran = run("up", bot, "--no-serve")
    assert ran.code == 0
    assert Registry(load_spec(bot)).deployment().release == (other if promoted else served)  # type: ignore[union-attr]
    assert ("served as before" in ran.out and "--force" in ran.out) == (not promoted)


def test_a_candidate_that_was_tampered_with_is_refused_even_by_force(
    run: Command, copied: tuple[Path, str, str]
) -> None:
    bot, served, other = copied
    registry = Registry(load_spec(bot))
    weights = next((bot / ".chatwright" / "releases" / other / "model").glob("*.safetensors"))
    weights.write_bytes(weights.read_bytes() + b"0")
    for line in (["gate", other], ["release", "promote", other, "--force", "--reason", "x"]):
        ran = run(*line, "--bot", bot)
        assert ran.code == 1 and "was changed" in ran.err
    assert registry.deployment().release == served  # type: ignore[union-attr]


def test_nothing_served_is_nothing_to_compare_with(
    run: Command, copied: tuple[Path, str, str]
) -> None:
    bot, _, other = copied
    shutil.rmtree(bot / ".chatwright" / "deployments")
    ran = run("gate", other, "--bot", bot)
    assert ran.code == 1 and "--against" in ran.err
    assert run("release", "promote", other, "--bot", bot).code == 0  # the first one needs no gate
