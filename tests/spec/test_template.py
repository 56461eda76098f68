"""The bots to begin with: that they are whole, differ in what matters, and train."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chatwright.core.errors import WrongUse
from chatwright.spec import Spec, load_spec
from chatwright.spec.template import TEMPLATES, begin_from

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def bots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("templates")
    for template in TEMPLATES:
        begin_from(folder / template, template, f"my-{template}")
    return {template: folder / template for template in TEMPLATES}


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def said(bot: Path) -> list[str]:
    """What people write in its conversations."""
    talks = rows(bot / "data" / "conversations.jsonl")
    return [m["content"] for talk in talks for m in talk["messages"] if m["role"] == "user"]


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).lower().strip()


def test_a_template_becomes_a_bot_of_that_name(tmp_path: Path) -> None:
    begin_from(tmp_path / "desk", "support", "desk", 'The "Desk"')
    spec = load_spec(tmp_path / "desk")
    assert (spec.bot.name, spec.bot.title) == ("desk", 'The "Desk"')


def test_nothing_of_an_owner_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "cases.jsonl").write_text("mine")
    with pytest.raises(WrongUse, match="exists already"):
        begin_from(tmp_path, "support", "x")
    assert (tmp_path / "tests" / "cases.jsonl").read_text() == "mine"
    assert not (tmp_path / "bot.toml").exists()


def test_an_unknown_template_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="There is no template") as caught:
        begin_from(tmp_path, "shop", "x")
    assert "support, education, entertainment" in caught.value.next_step


def test_they_are_as_their_sources_say() -> None:
    command = [sys.executable, ROOT / "scripts" / "templates" / "generate.py", "--check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_has_enough_to_be_trained_and_judged(bots: dict[str, Path], template: str) -> None:
    bot, spec = bots[template], load_spec(bots[template])
    talks = rows(bot / "data" / "conversations.jsonl")
    assert len({plain(question) for question in said(bot)}) >= 900
    assert sum(len(talk["messages"]) > 2 for talk in talks) >= 60, "conversations of several turns"
    assert list((bot / "knowledge").glob("*.md"))
    cases = rows(bot / "tests" / "cases.jsonl")
    outside = [case for case in cases if case["route"] == "refused"]
    assert len(outside) >= 14
    assert len(cases) - len(outside) >= 35
    topics = {case["topic"] for case in cases}
    own = set(spec.gate.must_pass) - {"corrections", "unsafe"}
    assert own and own <= topics, "its must-pass cases exist"
    declined = [talk for talk in talks if any(m.get("refused") for m in talk["messages"])]
    assert len(declined) >= 150


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_case_is_trained_on(bots: dict[str, Path], template: str) -> None:
    asked = {plain(question) for question in said(bots[template])}
    cases = rows(bots[template] / "tests" / "cases.jsonl")
    assert not [case["question"] for case in cases if plain(case["question"]) in asked]


def test_they_differ_in_what_matters(bots: dict[str, Path]) -> None:
    specs = [load_spec(bot) for bot in bots.values()]

    def all_differ(*values: object) -> bool:
        return len({str(value) for value in values}) == len(values)

    def of(part: str, key: str, spec: Spec) -> object:
        return getattr(getattr(spec, part), key)

    for part, key in [
        *(("bot", name) for name in ("assistant", "purpose", "greeting", "suggestions", "disclosure")),
        ("scope", "topics"),
        ("scope", "declines"),
        ("answers", "tolerated_wrong"),
        ("answers", "unsure"),
        ("guard", "refusal"),
        ("guard", "blocked_examples"),
        ("gate", "must_pass"),
    ]:  # fmt: skip
        assert all_differ(*(of(part, key, spec) for spec in specs)), f"[{part}] {key}"
    assert all_differ(*(spec.task[0].name for spec in specs))
    support, education, entertainment = specs
    assert support.guard.handover and not education.guard.handover
    assert education.guard.safety == "strict" != support.guard.safety
    assert entertainment.answers.temperature > 0 == support.answers.temperature
    assert entertainment.answers.routes == ("generated",)
    words = [{plain(question) for question in said(bot)} for bot in bots.values()]
    for at, own in enumerate(words):
        others = set().union(*words[:at], *words[at + 1 :])
        assert len(own & others) < len(own) / 10, "their conversations are not the same"


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "template",
    [
        name if name == "entertainment" else pytest.param(name, marks=pytest.mark.soak)
        for name in TEMPLATES
    ],
)
def test_each_trains_and_is_evaluated(tmp_path: Path, template: str) -> None:
    """A short training: that it works. How good it gets with a whole one is in docs/templates.md."""

    def run(*line: object) -> dict:
        done = subprocess.run(
            [sys.executable, "-m", "chatwright.cli", *map(str, line), "--json"],
            capture_output=True,
            text=True,
            check=False,
            timeout=550,
            env=os.environ,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    bot = tmp_path / "bot"
    assert run("init", bot, "--template", template)["template"] == template
    spec = bot / "bot.toml"
    spec.write_text(re.sub(r"(?m)^tokens = \S+", "tokens = 30_000", spec.read_text("utf-8")))
    run("up", bot, "--no-serve")
    found = run("evaluate", bot)
    assert found["cases_in_scope"]["n"] >= 35
    if (
        template != "entertainment"
    ):  # whose words are its own, and come later than a choice of replies
        assert found["cases_in_scope"]["passed"] > 10
    assert found["cases_out_of_scope"]["n"] >= 14
    assert 0 < found["bits_per_byte"] < 4
    assert run("chat", bot, "-m", "hello")["answer"]
