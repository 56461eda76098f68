"""Questions and answers as a report shows them: what failed, what is least alike, some by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence

from chatwright.core.figures import Values, number, rows
from chatwright.core.page import Html, join, section, tag
from chatwright.evaluation.findings import absent, in_scope, topic_name

SEED = 0
GOOD, WORST = 6, 10
LONGEST = 2000  # characters of one text on the page


def _text(label: str, text: object, kind: str = "") -> Html:
    """One labelled text of an example, cut where it is very long."""
    said = str(text if text is not None else "")
    over = len(said) - LONGEST
    shown: list[str] = [said[:LONGEST]] if said.strip() else [tag("i", "(empty)")]
    if over > 0:
        shown.append(tag("i", f" ... {over:,} more characters are in report.json"))
    return join(tag("dt", label), tag("dd", shown, class_=kind, dir="auto"))


def _history(result: Values) -> list[Html]:
    said = [(str(row.get("role", "")), row.get("content")) for row in rows(result, "history")]
    return [_text(f"Before: {role}", content, "before") for role, content in said]


def _case(result: Values) -> Html:
    verdict = [tag("li", str(problem)) for problem in result.get("problems") or []]
    lookup = None
    if "lookup_answer" in result:
        fate = "passes" if result.get("lookup_passed") else "fails too"
        lookup = _text(f"Lookup ({fate})", result["lookup_answer"], "peer")
    passed = bool(result.get("passed"))
    return tag(
        "article",
        tag(
            "h4",
            str(result.get("id") or "case"),
            tag("span", topic_name(result.get("topic") or "")),
        ),
        tag(
            "dl",
            _history(result),
            _text("Question", result.get("question"), "question"),
            _text(f"Answer ({result.get('route') or 'no route'})", result.get("answer")),
            None
            if passed
            else join(tag("dt", "Why it fails"), tag("dd", tag("ul", verdict), class_="why")),
            None if passed else lookup,
        ),
        class_="example",
    )


def failed_cases(values: Values) -> Html:
    results = rows(values, "cases", "results")
    if not results:
        why = absent(values, "cases", "there are no test cases")
        return section("Failed cases", "", tag("p", f"Not measured: {why}.", class_="none"))
    failed = [r for r in results if not r.get("passed")]
    if not failed:
        return section("Failed cases", f"None of {len(results)}.")
    failed.sort(key=lambda r: (topic_name(r.get("topic") or ""), str(r.get("id"))))
    about = (
        f"All {len(failed)} of {len(results)}, by topic. To mend one, add conversations on it to "
        "the training data, in other words: a question that was trained on tests nothing. "
        "“Lacks A / B” means that the answer has neither A nor B."
    )
    return section("Failed cases", about, tag("div", [_case(r) for r in failed], class_="examples"))


def _sample(row: Values) -> Html:
    chrf = number(row.get("chrf"))
    mark = "" if chrf is None else f"chrF {chrf:.0f}"
    return tag(
        "article",
        tag("h4", str(row.get("id") or "sample"), tag("span", mark)),
        tag(
            "dl",
            _text("Question", row.get("question"), "question"),
            _text(f"Answer ({row.get('route') or 'no route'})", row.get("answer")),
            _text("Logged reply", row.get("reference"), "peer"),
        ),
        class_="example",
    )


def worst_samples(values: Values) -> Html | None:
    samples = rows(values, "text", "samples")
    if not samples:
        return None
    ordered = sorted(samples, key=lambda r: (number(r.get("chrf")) or 0.0, str(r.get("id"))))[
        :WORST
    ]
    about = (
        f"The {len(ordered)} of {len(samples)} answers to held-out questions that are least like "
        "the logged reply. "
        "Unlike is not always wrong: read them."
    )
    return section(
        "Least like the logged reply", about, tag("div", map(_sample, ordered), class_="examples")
    )


def examples(values: Values) -> Html | None:
    passed = [r for r in rows(values, "cases", "results") if r.get("passed") and in_scope(r)]
    if passed:
        drawn = _draw(passed)
        about = (
            f"{len(drawn)} of the {len(passed)} passed cases in scope, drawn by chance with a "
            f"fixed seed ({SEED}), not picked."
        )
        shown = [_case(r) for r in drawn]
    else:
        samples = rows(values, "text", "samples")
        if not samples:
            return None
        drawn = _draw(samples)
        about = (
            f"{len(drawn)} of {len(samples)} held-out questions, drawn by chance with a fixed seed "
            f"({SEED}), good or not."
        )
        shown = [_sample(r) for r in drawn]
    return section("Examples", about, tag("div", shown, class_="examples"))


def _draw(found: Sequence[Values]) -> list[Values]:
    return random.Random(SEED).sample(list(found), min(GOOD, len(found)))
