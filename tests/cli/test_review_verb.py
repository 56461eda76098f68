"""`chatwright review`: a sitting with one key each, and the same in words for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.improve.review_desk import BEN, QUESTION, RIGHT, Desk

from chatwright.cli.reviewing import Sitting, plain
from chatwright.cli.show import Screen
from chatwright.spec import load_spec
from chatwright.store import Database


@pytest.fixture
def desk(fresh: Path) -> Iterator[Desk]:
    text = (fresh / "bot.toml").read_text()
    text = text.replace("[bot]", '[privacy]\nconsent = "May we?"\n\n[bot]', 1)
    (fresh / "bot.toml").write_text(text)
    spec = load_spec(fresh)
    database = Database(spec.made / "store.db")
    yield Desk(spec, database)
    database.close()


def test_decided_in_words(run: Command, desk: Desk, fresh: Path) -> None:
    at = ("--bot", fresh)
    assert "Nothing waits" in run("review", *at).out
    id = desk.corrected()
    assert "1 wait for a decision (0 in quarantine)" in run("review", *at).out
    assert run("review", *at, "--json").values == {"waiting": 1, "quarantined": 0}
    assert "a correction" in run("review", "list", *at).out
    assert run("review", "list", "nothing", *at, "--json").values == {"items": [], "total": 0}
    shown = run("review", "show", id[:13], *at).out
    assert QUESTION in shown and RIGHT in shown and "writes a case" in shown
    line = ["review", "decide", "accept", id, "--curate", "--phrasing", "open late at the mill?"]
    line += ["--must", "8:30 pm | 20:30", "--must-not", "6 pm"]
    dry = run(*line, "--dry-run", *at, "--json").values["written"]
    assert desk.accepted() == [] and dry["cases"][1]["held_out"]
    done = run(*line, *at, "--json").values
    assert done["written"] == dry and done["review"]["state"] == "accepted"
    assert dry["cases"][0]["must"] == [["8:30 pm", "20:30"]]
    assert len(desk.lines()) == 2 and len(desk.accepted()) == 1
    again = run(*line, *at)
    assert (again.code, "decided already" in again.err) == (1, True)
    assert "waits again" in run("review", "undo", id, "--reason", "x", *at).out
    assert [s["action"] for s in run("review", "log", *at, "--json").values["steps"]] == [
        "undone",
        "accepted",
    ]
    assert "undone" in run("review", "log", id[:13], *at).out


def test_wrong_use_is_a_sentence(run: Command, desk: Desk, fresh: Path) -> None:
    id = desk.corrected()
    for line in (
        ["decide", "fly", id],
        ["decide", "reject", id],
        ["decide", "edit", id, id],
        ["list", "--state", "lost"],
    ):
        done = run("review", *line, "--bot", fresh)
        assert done.code == 2 and done.err.startswith("chatwright: "), line
    assert run("review", "show", "zzz", "--bot", fresh).code == 1


def test_several_at_once(run: Command, desk: Desk, fresh: Path) -> None:
    first = desk.corrected()
    second = desk.corrected(BEN, "Yes.", question="may i bring my dog")
    done = run("review", "decide", "accept", first, second, "--bot", fresh, "--json")
    assert done.code == 1 and {one["code"] for one in done.values["refused"]} == {"approval"}
    done = run("review", "decide", "reject", first, second, "--reason", "x", "--bot", fresh)
    assert done.code == 0 and done.out.count("is rejected") == 2


def sitting(desk: Desk, keys: str, *answers: str) -> Sitting:
    pressed, said = iter(keys), iter(answers)
    return Sitting(desk.reviewer, Screen(), "cli", lambda: next(pressed), lambda _: next(said))


def test_a_sitting(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.corrected()
    desk.corrected(BEN, "Yes, dogs are welcome.", question="may i bring my dog")
    sitting(desk, "xpczscsq", "when is the mill shut, fridays?", "").hold()
    out = capsys.readouterr().out
    assert "2 to decide." in out and "writes a held-out case: when is the mill shut" in out
    assert "accepted." in out and "Undone: it waits again." in out
    assert [one.review.state for one in desk.reviewer.items(())].count("accepted") == 1
    assert len(desk.accepted()) == 1


def test_keys_that_ask_something(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(4):
        desk.corrected(f"visitor:{number}", f"Answer {number} pm.", question=f"what about {number}")
    sitting(desk, "rerut", "", "At 5 pm.", "no reason", "what else about it").hold()
    states = sorted(one.review.state for one in desk.reviewer.items(()))
    assert states == ["case", "curated", "edited", "rejected"]
    assert "Nothing more waits" in capsys.readouterr().out


def test_a_question_with_an_answer_is_asked_about(desk: Desk) -> None:
    desk.corrected()
    sitting(desk, "u").hold()
    desk.corrected(BEN, "It closes at 9 pm on Fridays.")
    sitting(desk, "uq", "n").hold()
    sitting(desk, "u", "y").hold()
    (now,) = desk.curator.rows.active(desk.reviewer.bot)[1]
    assert now.content.text == "It closes at 9 pm on Fridays."


def test_a_terminal_is_not_obeyed() -> None:
    assert plain("a\x1b[31mb\x07\u202ec\nd") == "a\\x1b[31mb\\x07\\u202ec d"
    assert len(plain("x" * 10_000, 100)) == 100
