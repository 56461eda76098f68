"""The page of a verdict: whatever was found, it is a whole page that says it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from tests.evaluation.measured import cases, measured, values

from chatwright.evaluation.gate import judge
from chatwright.evaluation.items import Answer
from chatwright.evaluation.verdict_page import render_verdict
from chatwright.evaluation.verdicts import Verdict, between, change, lines
from chatwright.spec.loop import Gate

GATE = Gate(rounds=500)


def answers(said: str, score: float) -> tuple[Answer, ...]:
    return (Answer("cases", "fee <1>", "What & how?", said, "generated", "5 euros", score),)


def verdict(kind: str) -> Verdict:
    before = measured(
        cases("+" * 80 + "-" * 20),
        values("milliseconds", [5.0] * 30),
        answers=answers("5 euros", 1),
    )
    now = {
        "better": "+" * 99 + "-",
        "worse": "+" * 60 + "-" * 40,
        "few": "-" * 8 + "+" * 80 + "-" * 12,
    }
    after = measured(
        cases(now[kind]),
        values("milliseconds", [5.5] * 30),
        answers=answers("<script>alert(1)</script>", 0),
    )
    return judge(after, before, GATE)


@pytest.mark.parametrize("kind", ["better", "worse", "few"])
def test_the_page_is_whole_and_says_the_verdict(kind: str) -> None:
    found = verdict(kind)
    page = render_verdict(found)
    body = page[page.index("<body") : page.index("</body>") + 7].replace("<br>", "")
    ElementTree.fromstring(body)
    assert f"Gate: {found.verdict}" in page
    assert all(reason.split(":")[0] in page for reason in found.reasons)
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "What &amp; how?" in page and "lost" in page
    assert ("Still needed" in page) == (kind == "few")


def test_a_verdict_without_anything_has_a_page_too() -> None:
    page = render_verdict(judge(measured(basis="a"), measured(basis="b"), GATE))
    assert "not enough evidence" in page and "same questions" in page
    empty = render_verdict(judge(measured(), measured(), GATE))
    assert "Still needed" in empty


def test_changes_are_told_in_the_metrics_own_direction() -> None:
    before = measured(cases("+" * 100), values("wrong", [0.0] * 100))
    after = measured(cases("+" * 100), values("wrong", [1.0] * 10 + [0.0] * 90))
    wrong = next(row for row in judge(after, before, GATE).rows if row.metric == "wrong")
    assert wrong.gain == pytest.approx(-0.1) and change(wrong, wrong.gain) == "+10.0"
    low, high = between(wrong).split(" to ")
    assert float(low) < 10 < float(high)


def test_lines_for_a_terminal() -> None:
    shown = list(lines(verdict("few")))
    assert shown[0] == "new against new: not enough evidence."
    assert any("would probably settle it" in line for line in shown)
