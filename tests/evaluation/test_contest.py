"""Contestants side by side: what is counted, what it costs, and the sentence that tells whether weights pay."""

from __future__ import annotations

import pytest

from chatwright.core.types import Reply, Usage
from chatwright.evaluation.cases import Case
from chatwright.evaluation.contest import Price, Result, judged, verdict

CASES = [
    Case(id="a", question="When?", must=(("9",),)),
    Case(id="b", question="Where?", must=(("here",),)),
    Case(id="c", question="Who wins?", route="refused"),
]


def reply(text: str, route: str = "generated") -> Reply:
    return Reply(text, "stop", Usage(100, 10), route)  # type: ignore[arg-type]


def result(name: str, kind: str, passed: list[bool]) -> Result:
    return Result(name, kind, tuple(passed), {})


def test_right_wrong_and_declined_are_counted_apart() -> None:
    replies = [reply("At 9."), reply("Over."), reply("No idea.", "refused")]
    found = judged("x", "own", CASES, replies, [0.1, 0.2, 0.3], Price()).figures
    assert found["right"]["passed"] == 2
    assert found["in_scope"]["share"] == 0.5
    assert found["out_of_scope"]["share"] == 1.0
    assert found["wrong"]["passed"] == 1
    assert found["milliseconds_p50"] == 200.0
    assert (found["tokens_read"], found["tokens_written"]) == (300, 30)


def test_a_refusal_is_no_wrong_answer() -> None:
    replies = [reply("Sorry.", "refused")] * 3
    found = judged("x", "own", CASES, replies, [0.1] * 3, Price()).figures
    assert found["right"]["passed"] == 1
    assert found["wrong"]["passed"] == 0


@pytest.mark.parametrize(
    ("price", "cost"),
    [
        (Price(read=1.0, written=10.0), (3 * 100 * 1.0 + 3 * 10 * 10.0) / 1e6),
        (Price(hour=3.6), 0.6 / 3600 * 3.6),
    ],
)
def test_the_price_of_a_thousand_answers(price: Price, cost: float) -> None:
    found = judged("x", "own", CASES, [reply("9")] * 3, [0.1, 0.2, 0.3], price).figures
    assert found["cost_per_1000"] == pytest.approx(1000 * cost / 3, abs=1e-4)
    assert found["priced"]


def test_without_a_price_none_is_claimed() -> None:
    assert not judged("x", "own", CASES, [reply("9")] * 3, [0.1] * 3, Price()).figures["priced"]


def test_equals_are_said_to_add_nothing() -> None:
    own = result("whole", "own", [True] * 90 + [False] * 10)
    found = result("without weights", "found", [True] * 88 + [False] * 12)
    (said,) = verdict([own, found])
    assert said.startswith("Own weights add nothing that 100 cases can show over without weights")
    assert "2 cases gained, 0 lost" in said


def test_a_real_gain_and_a_real_loss_are_said() -> None:
    own = result("whole", "own", [True] * 90 + [False] * 10)
    found = result("without weights", "found", [True] * 70 + [False] * 30)
    rival = result("big", "hosted", [True] * 100)
    gain, loss = verdict([own, found, rival])
    assert gain.startswith("Own weights add 20.0 points over without weights")
    assert loss.startswith("Own weights make it worse than big: 10.0 points fewer right")


def test_weights_alone_are_not_taken_for_the_bot() -> None:
    own = result("whole", "own", [True] * 50 + [False] * 50)
    alone = result("weights alone", "own", [True] * 100)
    found = result("without weights", "found", [True] * 50 + [False] * 50)
    (said,) = verdict([own, alone, found])
    assert "add nothing" in said


def test_with_nobody_to_compare_it_says_so() -> None:
    assert "Nobody here has weights" in verdict([result("f", "found", [True])])[0]
    assert "compare with `found`" in verdict([result("whole", "own", [True])])[0]
