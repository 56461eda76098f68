"""The report's section on routes: figures with intervals, the dial in force marked, nothing crashes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from chatwright.cli.evaluate import figures
from chatwright.evaluation import metrics
from chatwright.evaluation.evaluate import Report
from chatwright.evaluation.report import render_html, summary_lines, warnings_of
from chatwright.evaluation.report_routes import routes


def said(inside: int, wrong: int, outside: int) -> dict[str, Any]:
    """What is told of 160 questions in scope and 40 out of it."""
    return {
        "in_scope": metrics.share(inside, 160),
        "out_of_scope": metrics.share(outside, 40),
        "wrong": metrics.share(wrong, 200),
    }


def dial(tolerated: float, threshold: float, coverage: float) -> dict[str, float]:
    return {"tolerated_wrong": tolerated, "threshold": threshold, "coverage": coverage}


@pytest.fixture
def values() -> dict[str, Any]:
    return {
        "release": "3f9c2a71b0de",
        "routing": {
            "judged": True,
            "expected_calibration_error": 0.0414,
            "brier": 0.1234,
            **dial(0.15, 0.68, 0.75),
            "dial": [dial(0.01, 1.01, 0.0), dial(0.1, 0.86, 0.49)],
            "reliability": [
                {"from": 0.2, "to": 0.3, "confidence": 0.25, **metrics.share(1, 12)},
                {"from": 0.9, "to": 1.0, "confidence": 0.95, **metrics.share(1290, 1319)},
            ],
        },
        "alternatives": {"model": said(137, 27, 33), "retrieval": said(121, 14, 36)},
        "cases": {**said(125, 13, 37), "results": [{"expected": "answered", "passed": True}]},
    }


def lines_of(table: str) -> list[str]:
    """The text of each row."""
    found = re.findall(r"<tr.*?</tr>", table)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def test_each_part_alone_stands_beside_the_whole(values: dict[str, Any]) -> None:
    table = str(routes(values)).split("<table")[1]
    head, model, retrieval, whole = lines_of(table)
    assert head == "In scope, answered right Wrong answers, of all questions Out of scope, declined"
    assert model.startswith("Model alone 86% 137 of 160, 79 to 90%")
    assert retrieval.startswith("Retrieval alone 76% 121 of 160")
    assert whole == (
        "chatwright 78% 125 of 160, 71 to 84% 6% 13 of 200, 4 to 11% 92% 37 of 40, 80 to 97%"
    )
    assert table.count('class="ours"') == 1


def test_the_dial_has_its_setting_and_what_others_would_cost(values: dict[str, Any]) -> None:
    table = str(routes(values)).split("<table")[2]
    assert lines_of(table)[1:] == [
        "1% none is enough 0%",
        "10% 0.86 49%",
        "15% (in force) 0.68 75%",
    ]
    values["routing"].update(dial(0.1, 0.86, 0.49))
    assert lines_of(str(routes(values)).split("<table")[2])[2:] == ["10% (in force) 0.86 49%"]
    assert "not held to the dial" not in str(routes(values))
    values["routing"]["judged"] = False
    assert "not held to the dial" in str(routes(values))


def test_bands_are_drawn_where_they_are(values: dict[str, Any]) -> None:
    page = str(routes(values))
    chart = page.split("<svg")[1]
    circles = re.findall(r'<circle class="model" cx="([\d.]+)" cy="([\d.]+)"', chart)
    (x1, y1), (x2, y2) = ((float(x), float(y)) for x, y in circles)
    assert x2 - x1 == pytest.approx((420 - 40 - 12) * 0.7, abs=0.2)
    assert y1 > y2, "a larger share is not higher up"
    assert chart.count('class="whisker"') == 2
    assert ">12</text>" in chart and ">1,319</text>" in chart
    assert "sure to 25%, right 8% of 12" in chart
    assert "Expected calibration error 0.041, Brier score 0.123 (0 is best in both)" in page
    assert "n = 1,331 questions" in page


def test_the_section_stands_in_the_report(values: dict[str, Any]) -> None:
    assert "<h2>Routes</h2>" in render_html(values)
    for name in ("routing", "alternatives"):
        values.pop(name)
    assert "<h2>Routes</h2>" not in render_html(values)


@pytest.mark.parametrize("shape", [None, {}, [], "x", 3])
@pytest.mark.parametrize("name", ["routing", "alternatives", "cases"])
def test_any_part_may_be_absent_or_odd(values: dict[str, Any], name: str, shape: Any) -> None:
    values[name] = shape
    render_html(values)
    summary_lines(values)
    for inner in ("dial", "reliability", "threshold", "tolerated_wrong", "brier"):
        if isinstance(values["routing"], dict):
            values["routing"][inner] = shape
    render_html(values)
    summary_lines(values)


def test_the_short_report_tells_wrong_answers_and_what_is_answered(values: dict[str, Any]) -> None:
    (line,) = [line for line in summary_lines(values) if line.startswith("Wrong")]
    assert line == (
        "Wrong answers, of all questions: 13 of 200, 6% (95% interval 4 to 11%); with 15% tolerated, 75% of "
        "the questions that have an answer get one"
    )
    del values["routing"]
    (line,) = [line for line in summary_lines(values) if line.startswith("Wrong")]
    assert line.endswith("(95% interval 4 to 11%)")


def test_a_dial_that_nothing_reaches_is_warned_of(values: dict[str, Any]) -> None:
    assert not [one for one in warnings_of(values) if "tolerated_wrong" in one]
    values["routing"].update(dial(0.05, 1.01, 0.0))
    assert [one for one in warnings_of(values) if "tolerated_wrong = 0.05" in one]


def test_scripts_get_the_figures(values: dict[str, Any]) -> None:
    told = figures(Report(Path("folder"), values))
    assert told["cases_wrong"]["passed"] == 13
    assert (told["calibration_error"], told["brier"]) == (0.0414, 0.1234)
    assert told["coverage"] == 0.75
    values.pop("routing")
    assert figures(Report(Path("folder"), values))["coverage"] is None
