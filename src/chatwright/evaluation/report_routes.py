"""The report's section on routes: what choosing adds, what the dial costs, and whether confidence is true.

Figures as they were measured (`routed.figures`, `suites.run_cases`); any of them may be absent. It draws
and measures nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chatwright.core.figures import Values, count, number, part, percent, rows
from chatwright.core.page import Html, join, section, tag
from chatwright.evaluation.findings import bounds, interval_text

WIDTH, HEIGHT = 420, 300
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 10, 58
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
ALONE = (("model", "Model alone"), ("retrieval", "Retrieval alone"))
SHARES = (
    ("in_scope", "In scope, answered right"),
    ("wrong", "Wrong answers, of all questions"),
    ("out_of_scope", "Out of scope, declined"),
)


def routes(values: Values) -> Html | None:
    """The section; None where the bot has nothing to choose from."""
    routing = part(values, "routing")
    if not routing and not part(values, "alternatives"):
        return None
    return section(
        "Routes",
        "What is said is chosen from reviewed answers, replies and passages that were found, and what the "
        "model writes: the one of which it is surest. Where none is sure enough, it says that it cannot tell.",
        _beside(values),
        _dial(routing),
        _confidence(routing),
    )


def _beside(values: Values) -> Html | None:
    """Each part alone and all together, on the same test questions."""
    named = [(label, part(values, "alternatives", name)) for name, label in ALONE]
    named = [(label, found) for label, found in named if found]
    cases = part(values, "cases")
    if not named or not part(cases, "wrong"):
        return None
    named.append(("chatwright", cases))
    lines = [
        ([label, *(_share(part(found, name)) for name, _ in SHARES)], label == "chatwright")
        for label, found in named
    ]
    return join(
        tag("h3", "Beside each part alone"),
        tag(
            "p",
            "The same test questions, each share with its 95% interval. A question out of scope that is "
            "answered is a wrong answer; a question in scope that is declined is neither right nor wrong.",
            class_="about",
        ),
        _table(("", *(label for _, label in SHARES)), lines),
    )


def _dial(routing: Values) -> Html | None:
    dial = rows(routing, "dial")
    if not dial:
        return None
    set_to = number(routing.get("tolerated_wrong"))
    if all(row.get("tolerated_wrong") != set_to for row in dial):
        dial = sorted([*dial, routing], key=lambda row: number(row.get("tolerated_wrong")) or 0.0)
    lines = []
    for row in dial:
        tolerated, least = number(row.get("tolerated_wrong")), number(row.get("threshold"))
        coverage = number(row.get("coverage"))
        in_force = tolerated is not None and tolerated == set_to
        needed = "" if least is None else f"{least:.2f}" if least <= 1 else "none is enough"
        shown = "" if tolerated is None else f"{100 * tolerated:g}%"
        cells = [shown + (" (in force)" if in_force else ""), needed]
        lines.append(([*cells, "" if coverage is None else percent(coverage)], in_force))
    held = routing.get("judged") is not False
    return join(
        tag("h3", "The dial"),
        tag(
            "p",
            "[answers] tolerated_wrong says how many of the answers given may be wrong. The fewer, the surer "
            "it must be, and the more questions that do have an answer get none.",
            class_="about",
        ),
        _table(
            (
                "Wrong answers tolerated",
                "Confidence needed",
                "Questions with an answer that get one",
            ),
            lines,
        ),
        None
        if held
        else tag(
            "p",
            "What was logged does not tell right replies from wrong ones here, so what the model writes is not "
            "held to the dial.",
        ),
    )


def _confidence(routing: Values) -> Html | None:
    bands = [band for band in map(_band, rows(routing, "reliability")) if band is not None]
    if not bands:
        return None
    error, brier = number(routing.get("expected_calibration_error")), number(routing.get("brier"))
    told = [f"expected calibration error {error:.3f}"] if error is not None else []
    told += [f"Brier score {brier:.3f}"] if brier is not None else []
    n = sum(band[4] for band in bands)
    figures = f"{', '.join(told)} (0 is best in both), n = {n:,} questions" if told else ""
    spoken = "; ".join(
        f"sure to {percent(sure)}, right {percent(share)} of {n:,}"
        for sure, share, _, _, n in bands
    )
    caption = tag(
        "figcaption",
        tag("b", "Is it right as often as it is sure?"),
        " ",
        tag(
            "span",
            "On the slanted line it is; below it, it is surer than it may be. Across: confidence; upwards: "
            "share of right answers, with its 95% interval; n: questions in that band. None of them was used "
            "to fit the confidence that judges it; the error weighs questions as the fit does, n counts them.",
        ),
    )
    chart = tag(
        "figure", caption, _chart(bands, spoken), tag("p", _begun(figures), class_="counted")
    )
    return join(tag("h3", "Confidence"), tag("div", chart, class_="reliability"))


Band = tuple[float, float, float, float, int]  # sure, share right, its interval, n


def _band(row: Values) -> Band | None:
    sure, share = number(row.get("confidence")), number(row.get("share"))
    if sure is None or share is None:
        return None
    low, high = bounds(row) or (share, share)
    return sure, share, low, high, count(row, "n")


def _chart(bands: Sequence[Band], label: str) -> Html:
    def at(x: float, y: float) -> tuple[float, float]:
        across = LEFT + (WIDTH - LEFT - RIGHT) * x
        return round(across, 1), round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - y), 1)

    drawn = []
    for tick in TICKS:
        x, y = at(tick, tick)
        drawn.append(tag("line", class_="grid", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y))
        drawn.append(tag("text", percent(tick), x=LEFT - 7, y=y + 4, text_anchor="end"))
        anchor = "end" if tick == 1 else "middle"
        drawn.append(tag("text", percent(tick), x=x, y=HEIGHT - BOTTOM + 18, text_anchor=anchor))
    (x1, y1), (x2, y2) = at(0, 0), at(1, 1)
    drawn.append(tag("line", class_="grid even", x1=x1, y1=y1, x2=x2, y2=y2))
    drawn.append(tag("text", "n", x=LEFT - 7, y=HEIGHT - 12, text_anchor="end"))
    path = " ".join(f"{x},{y}" for x, y in (at(sure, share) for sure, share, *_ in bands))
    drawn.append(tag("polyline", class_="curve model", points=path))
    for sure, share, low, high, n in bands:
        x, y = at(sure, share)
        (_, bottom), (_, top) = at(sure, low), at(sure, high)
        drawn.append(tag("line", class_="whisker", x1=x, x2=x, y1=bottom, y2=top))
        drawn.append(tag("circle", class_="model", cx=x, cy=y, r=3.5))
        drawn.append(tag("text", f"{n:,}", x=x, y=HEIGHT - 12, text_anchor="middle"))
    return tag(
        "svg", drawn, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=label, class_="plot"
    )


def _table(head: Iterable[str], lines: Iterable[tuple[Sequence[str], bool]]) -> Html:
    """Lines of cells, and of each whether it is the one that counts."""
    body = []
    for (first, *cells), counts in lines:
        named = tag("th", first, scope="row")
        shown = [tag("td", cell) for cell in cells]
        body.append(tag("tr", named, shown, class_="ours" if counts else "other"))
    titles = tag("tr", [tag("th", title, scope="col") for title in head])
    return tag("table", tag("thead", titles), tag("tbody", body), class_="beside")


def _share(share: Values) -> Html:
    value, between = number(share.get("share")), interval_text(share)
    if value is None:
        return tag("span", "not measured", class_="none")
    counted = f"{count(share, 'passed'):,} of {count(share, 'n'):,}"
    counted += f", {between}" if between else ""
    return join(percent(value), " ", tag("span", counted, class_="counted"))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
