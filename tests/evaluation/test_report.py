"""The report: nothing is hidden, nothing crashes it, and nobody's text becomes markup."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from chatwright.core.page import POINTS, Html, escape, scale, tag, thinned
from chatwright.evaluation import metrics
from chatwright.evaluation.findings import paired
from chatwright.evaluation.report import render_html, summary_lines, warnings_of

VOID = {"meta", "br"}


class Page(HTMLParser):
    """A page read back: its elements, its attributes and its text, tags in balance."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def case(number: int, *, passed: bool, inside: bool = True, peer: bool = False) -> dict[str, Any]:
    return {
        "id": f"case-{number}",
        "topic": "hours" if number % 2 else "cards",
        "question": f"question {number}?",
        "history": [{"role": "user", "content": f"before {number}"}],
        "expected": "answered" if inside else "refused",
        "answer": f"answer {number}",
        "route": "generated" if inside else "refused",
        "passed": passed,
        "problems": [] if passed else [f"lacks word {number}"],
        "lookup_answer": f"looked up {number}",
        "lookup_passed": peer,
    }


def cases(results: list[dict[str, Any]]) -> dict[str, Any]:
    def share(rows: list[dict[str, Any]], key: str = "passed") -> dict[str, Any]:
        return metrics.share(sum(bool(row[key]) for row in rows), len(rows))

    inside = [r for r in results if r["expected"] != "refused"]
    outside = [r for r in results if r["expected"] == "refused"]
    topics = sorted({r["topic"] for r in results})
    return {
        "in_scope": share(inside),
        "out_of_scope": share(outside),
        "by_topic": {t: share([r for r in results if r["topic"] == t]) for t in topics},
        "lookup": {
            "in_scope": share(inside, "lookup_passed"),
            "out_of_scope": share(outside, "lookup_passed"),
        },
        "results": results,
    }


def sample(number: int, chrf: float) -> dict[str, Any]:
    return {
        "id": f"sample-{number}",
        "question": f"held-out {number}?",
        "reference": f"logged {number}",
        "answer": f"written {number}",
        "route": "generated",
        "chrf": chrf,
    }


@pytest.fixture
def values() -> dict[str, Any]:
    """A good evaluation with 40 + 30 cases, of which 4 + 1 fail."""
    results = [case(n, passed=n >= 4, peer=n >= 20) for n in range(40)]
    results += [case(n, passed=n != 40, inside=False, peer=True) for n in range(40, 70)]
    return {
        "format": 1,
        "chatwright": "0.1.0",
        "created_at": "2026-01-02T03:04:05+00:00",
        "machine": "x86_64 Linux",
        "bot": {"name": "library", "title": "The Library"},
        "release": "3f9c2a71b0de",
        "engine": "int8",
        "dataset": {
            "id": "d1",
            "held_out": "test",
            "read": 5000,
            "train": 4500,
            "dev": 250,
            "test": 240,
            "rejected": {"exact duplicate": 10},
        },
        "loss": {
            "bits_per_byte": 0.6123,
            "interval": [0.571, 0.655],
            "perplexity": 5.8,
            "conversations": 240,
            "tokens": 9000,
            "bytes": 40000,
            "cut": 0,
            "hardest": ["sample-3"],
        },
        "text": {
            "n": 40,
            "bleu": 21.5,
            "chrf": 44.25,
            "exact": metrics.share(3, 40),
            "distinct_2": 0.4,
            "length_ratio": 0.97,
            "cut_by_length": 0,
            "milliseconds_p50": 120.0,
            "samples": [sample(n, 10 + n) for n in range(40)],
        },
        "cases": cases(results),
        "training": {
            "seconds": 171.2,
            "curve": [
                {"step": 5, "loss": 8.5},
                {"step": 10, "loss": 4.25, "dev_bits_per_byte": 1.5},
                {"step": 20, "loss": 2.0, "dev_bits_per_byte": 0.64},
            ],
        },
    }


def test_every_failed_case_is_shown_whole(values: dict[str, Any]) -> None:
    text = Page(render_html(values)).text
    failed = [r for r in values["cases"]["results"] if not r["passed"]]
    assert len(failed) == 5
    for row in failed:
        for part in (row["id"], row["question"], row["answer"], row["lookup_answer"]):
            assert part in text
        assert row["problems"][0] in text and row["history"][0]["content"] in text
    assert "All 5 of 70" in text
    assert text.count("Lookup (fails too)") == 4 and text.count("Lookup (passes)") == 1


def test_figures_stand_with_their_intervals(values: dict[str, Any]) -> None:
    text = Page(render_html(values)).text
    assert "36 of 40, 77 to 96%" in text  # Wilson
    assert "29 of 30, 83 to 99%" in text
    assert "20 of 40, 35 to 65%" in text  # the lookup
    assert "0.571 to 0.655, n = 240" in text
    assert "21.5" in text and "44.2" in text and "n = 40 answers" in text
    assert "2026-01-02 03:04 UTC" in text and "3f9c2a71b0de" in text


def test_the_worst_answers_come_first_and_the_good_ones_by_chance(values: dict[str, Any]) -> None:
    page = render_html(values)
    worst = page.split("Least like the logged reply")[1].split("Examples</h2>")[0]
    assert re.findall(r"held-out (\d+)\?", worst) == [str(n) for n in range(10)]
    assert "logged 0" in worst and "logged 10" not in worst
    shown = page.split("Examples</h2>")[1]
    assert "drawn by chance" in shown and "seed" in shown
    drawn = re.findall(r"<dd[^>]*>question (\d+)\?", shown)
    assert len(drawn) == 6 and all(4 <= int(n) < 40 for n in drawn)
    assert render_html(values) == page, "the same figures give another page"


def test_curves_are_drawn_from_the_figures(values: dict[str, Any]) -> None:
    page = render_html(values)
    assert "8.5 at step 5, 2 at step 20" in page
    assert "1.5 at step 10, 0.64 at step 20" in page
    assert page.count("<polyline") == 2


HOSTILE = "<script>alert('x')</script><img src=x onerror=\"a()\">&amp; ]]> <!-- </style>"


def test_hostile_text_stays_text(values: dict[str, Any]) -> None:
    row = case(99, passed=False)
    for key in ("id", "topic", "question", "answer", "route", "lookup_answer"):
        row[key] = f"{key} {HOSTILE}"
    row["problems"] = [HOSTILE]
    row["history"] = [{"role": HOSTILE, "content": HOSTILE}]
    values["cases"] = cases([row, {**row, "id": "2", "passed": True}])
    values["text"]["samples"] = [{**sample(1, 3), "question": HOSTILE, "reference": HOSTILE}]
    values["bot"] = {"title": HOSTILE}
    values["machine"] = values["release"] = values["engine"] = values["created_at"] = HOSTILE
    values["warnings"] = [HOSTILE]
    values["dataset"]["rejected"] = {HOSTILE: 3}
    values["training"][HOSTILE] = HOSTILE
    page = Page(render_html(values))
    assert not {"script", "img", "a", "link", "iframe"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert page.text.count(HOSTILE) > 20


@pytest.mark.parametrize("bad", ["\x00", "\x1b[2J", "\ud800", "\ufffe"])
def test_text_that_no_page_may_hold_is_replaced(values: dict[str, Any], bad: str) -> None:
    values["cases"]["results"][0]["answer"] = f"before{bad}after"
    page = render_html(values)
    assert bad not in page and "before\ufffd" in page
    page.encode()


def test_nothing_is_loaded_from_anywhere(values: dict[str, Any]) -> None:
    page = render_html(values)
    assert not re.search(r"https?:|//[a-z]|@import|url\(|src=|href=|<script", page)
    assert "prefers-color-scheme: dark" in page and "@media print" in page
    assert 'name="viewport"' in page


def test_very_long_text_is_cut_and_says_so(values: dict[str, Any]) -> None:
    values["cases"]["results"][0]["answer"] = "x" * 12_000
    page = render_html(values)
    assert "10,000 more characters are in report.json" in page
    assert "x" * 2001 not in page


NOTHING: list[dict[str, Any]] = [
    {},
    {"cases": {"not_applicable": "WHY"}, "loss": {"not_applicable": "WHY"}, "text": {"n": 0}},
    {"cases": None, "loss": None, "text": None, "dataset": None, "training": None, "bot": None},
    {"cases": {"results": [], "by_topic": {}, "in_scope": metrics.share(0, 0)}},
    {"cases": {"results": [{}, {"passed": True}]}, "text": {"n": 1, "samples": [{}]}},
    {"loss": {"bits_per_byte": float("nan"), "interval": None, "conversations": 3}},
    {"loss": {"bits_per_byte": 0.5, "interval": [None, 1], "conversations": 1}},
    {"training": {"curve": []}, "release": None},
    {"training": {"curve": [{"step": 1, "loss": 2.0}]}},
    {"training": {"curve": [{"step": 0, "loss": float("inf")}, {"loss": 1.0}, 7]}},
    {"training": {"curve": [{"step": n, "loss": 1.5, "dev_bits_per_byte": 1} for n in range(3)]}},
]


@pytest.mark.parametrize("values", NOTHING)
def test_absent_parts_are_said_and_never_crash(values: dict[str, Any]) -> None:
    page = Page(render_html(values))
    assert "not measured" in page.text.lower()
    assert summary_lines(values) and warnings_of(values)


def test_why_something_is_not_applicable_is_said() -> None:
    why = "a hosted model does not give the probability of a given text"
    values = {"loss": {"not_applicable": why}}
    assert Page(render_html(values)).text.count(why) == 2  # the figure and the details
    assert any(why in line for line in summary_lines(values))


def test_a_good_evaluation_needs_no_warning(values: dict[str, Any]) -> None:
    assert warnings_of(values) == []
    assert "Before you rely on it" not in render_html(values)


def broken(values: dict[str, Any], **changes: Any) -> list[str]:
    for path, value in changes.items():
        table, _, key = path.partition("__")
        values[table] = {**values[table], key: value} if key else value
    return warnings_of(values)


def test_each_weakness_is_warned_of(values: dict[str, Any]) -> None:
    def only(*words: str, **changes: Any) -> None:
        found = broken(json.loads(json.dumps(values)), **changes)
        assert len(found) == 1, found
        assert all(word in found[0] for word in words), found

    only("no test cases", cases={})
    only("7 of 40", "length limit", text__cut_by_length=7)
    only("300", "few", dataset__train=300)
    only("development conversations", dataset__held_out="dev")
    only("3.0 times", text__length_ratio=3.0)
    only("2 held-out", loss__cut=2)
    only("1,000 of 5,000", dataset__rejected={"invalid UTF-8": 1000})
    only("by heart", training={"train_bits_per_byte": 0.3, "dev_bits_per_byte": 0.9})
    rising = [{"step": n, "dev_bits_per_byte": v} for n, v in ((1, 1.0), (2, 0.8), (3, 0.9))]
    only("step 2", "too long", training={"curve": rising})
    only("answers only", text__n=12)


def test_weak_cases_are_warned_of(values: dict[str, Any]) -> None:
    results = [case(n, passed=n % 2 == 0, peer=n % 4 != 3) for n in range(20)]
    results += [case(n, passed=n > 41, inside=False) for n in range(40, 44)]
    results[0]["answer"] = " "
    for row in results[4:8]:
        row["route"] = "refused"
    warnings = "\n".join(broken(values, cases=cases(results)))
    assert "Only 20 test cases are in scope" in warnings
    assert "Only 4 test cases are out of scope" in warnings
    assert "answers 2 of 4 questions that it should decline" in warnings
    assert "declines 4 of 20" in warnings
    assert "1 of 24 answers" in warnings
    assert "lookup of the nearest known question does better: 75%" in warnings


def test_a_topic_without_a_pass_is_named(values: dict[str, Any]) -> None:
    results = [{**case(n, passed=n != 3, peer=False), "topic": f"t{n}"} for n in range(40)]
    values["cases"] = {**cases(results), "out_of_scope": metrics.share(40, 40)}
    assert warnings_of(values) == [
        "No test case passes on: t3 (0 of 1). Do not rely on it there before you have added "
        "conversations on it."
    ]
    assert any(line.startswith("Weak topics: t3 (0 of 1)") for line in summary_lines(values))


def test_no_better_than_the_lookup_is_said(values: dict[str, Any]) -> None:
    results = [case(n, passed=n >= 4, peer=n >= 7) for n in range(40)]
    values["cases"] = {**cases(results), "out_of_scope": metrics.share(40, 40)}
    assert paired(values) == (3, 0, 0.25)
    assert "not clearly better" in "\n".join(warnings_of(values))


def test_the_sign_test_is_exact(values: dict[str, Any]) -> None:
    # 9 against 1: 2 * (1 + 10) / 2**10, as in any table of the binomial distribution.
    results = [case(n, passed=n != 0, peer=n == 0 or n > 9) for n in range(30)]
    values["cases"] = cases(results)
    assert paired(values) == (9, 1, 22 / 1024)


def test_the_summary_is_short_and_says_what_is_weak(values: dict[str, Any]) -> None:
    lines = summary_lines(values)
    assert lines[0] == "Test questions in scope passed: 36 of 40, 90% (95% interval 77 to 96%)"
    assert "lookup: 20 of 40, 50%" in lines[1]
    assert "out of scope declined: 29 of 30, 97%" in lines[2]
    assert "Weak topics: none below 70%" in lines[3]
    assert "0.612 bits per byte" in lines[4] and "n = 240" in lines[4]
    assert "BLEU 21.5, chrF 44.2" in lines[5] and "n = 40" in lines[5]
    assert len(lines) == 6
    values["warnings"] = [f"warning {n}" for n in range(9)]
    assert len(summary_lines(values)) == 10
    assert "9, all in the report" in "\n".join(summary_lines(values))


def test_markup_is_escaped_by_construction() -> None:
    assert tag("p", "<b>", class_='"x"') == '<p class="&quot;x&quot;">&lt;b&gt;</p>'
    assert tag("p", tag("b", "x"), None, ["&", Html("<i></i>")]) == "<p><b>x</b>&amp;<i></i></p>"
    assert escape(escape("<")) == "&lt;"


@pytest.mark.parametrize("values", [[0.0], [1, 1], [0.612, 1.9], [-3, 1e6], [1e-7, 2e-7]])
def test_the_scale_holds_every_value(values: list[float]) -> None:
    low, high, ticks = scale(values)
    assert low <= min(values) and high >= max(values) and low < high
    assert 2 <= len(ticks) <= 7 and ticks == sorted(set(ticks))


def test_a_long_curve_is_thinned_and_keeps_its_mean() -> None:
    points = [(float(n), float(n % 7)) for n in range(1600)]
    drawn = thinned(points)
    assert len(drawn) == POINTS
    assert sum(y for _, y in drawn) / POINTS == pytest.approx(sum(y for _, y in points) / 1600)
    assert thinned(points[:5]) == points[:5]


def test_a_training_is_set_beside_what_was_expected(values: dict[str, Any]) -> None:
    assert "Expected before training" not in Page(render_html(values)).text
    values["training"] |= {"dev_bits_per_byte": 0.64, "forecast_bits_per_byte": 0.6}
    near = (
        "Expected before training: 0.600 bits per byte on development conversations; reached: "
        "0.640, 0.040 more."
    )
    assert near in Page(render_html(values)).text
    assert not any("Expected" in warning for warning in warnings_of(values))
    values["training"]["forecast_bits_per_byte"] = 0.5
    assert any("0.140 more. That is more than" in warning for warning in warnings_of(values))
    values["training"]["forecast_bits_per_byte"] = 0.9
    assert "0.260 less." in Page(render_html(values)).text
    assert not any("Expected" in warning for warning in warnings_of(values))
