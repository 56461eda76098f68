"""A verdict as one self-contained page: what was found, on what ground, and the answers that changed most."""

from __future__ import annotations

from collections.abc import Sequence

from chatwright.core.page import Html, document, header, join, section, tag, tile, warnings
from chatwright.evaluation.changes import Change
from chatwright.evaluation.items import MEASURES
from chatwright.evaluation.verdicts import (
    Row,
    Verdict,
    between,
    change,
    level,
    titled,
    tolerated,
    unit,
)

WIDTH, ROW, LEFT, RIGHT, HEAD = 760, 26, 250, 30, 34
REACH = 4.0  # margins to each side of the drawing; what lies beyond is cut, with an arrow
COLOURS = {"worse": "worse", "missing": "worse", "better": "good", "not worse": "good"}
SAID = {
    "better": "It is better, and nothing that is guarded got worse.",
    "not worse": "It is not worse by more than is tolerated, and nothing that is guarded got worse.",
    "worse": "It is worse: it should not take the place of what is served.",
    "not enough evidence": "Too little was seen to tell. That is no verdict on the release itself.",
}


def render_verdict(verdict: Verdict) -> str:
    """The page of one comparison."""
    title = f"{_bot(verdict)}: {verdict.candidate} against {verdict.current}"
    return document(
        title,
        _header(verdict),
        _tiles(verdict),
        warnings("Why" if verdict.promotable else "Why it should not be promoted", verdict.reasons),
        _chart(verdict),
        _metrics(verdict),
        _slices(verdict),
        _changed(verdict),
        _details(verdict),
    )


def _bot(verdict: Verdict) -> str:
    return str(verdict.about.get("bot") or "Bot")


def _header(verdict: Verdict) -> Html:
    return header(
        f"Gate: {verdict.verdict}",
        _bot(verdict),
        [("Candidate", verdict.candidate), ("In service", verdict.current)],
        f"{SAID[verdict.verdict]} Both were asked the same questions, through the engine that serves.",
    )


def _tiles(verdict: Verdict) -> Html:
    found = [tile("Verdict", verdict.verdict.capitalize(), "", SAID[verdict.verdict])]
    first = next((row for row in verdict.rows if row.role == "primary"), None)
    if first is not None and first.gain is not None:
        interval = f"interval {between(first)}, n = {first.n:,}"
        about = (
            f"{level(first, first.candidate)} against {level(first, first.current)}; "
            f"a loss of {tolerated(first)}{unit(first)} is tolerated."
        )
        shown = change(first, first.gain) + unit(first)
        found.append(tile(f"{first.title}, change", shown, interval, about))
    if verdict.needed:
        what = MEASURES[verdict.primary].title.lower()
        about = "Would settle it with a chance of 80%, if the two are alike."
        found.append(
            tile("Still needed", f"about {verdict.needed:,}", f"more items: {what}", about)
        )
    count = len(verdict.broken)
    kept = f"{len(verdict.open)} that neither passes" if verdict.open else ""
    about = "Corrections and safety prompts that were passed before, and are failed now."
    found.append(tile("Must pass, lost", str(count), kept, about))
    return tag("div", found, class_="tiles")


def _chart(verdict: Verdict) -> Html | None:
    """Every judged metric with its interval, in margins: right of the solid line is better."""
    rows = [row for row in verdict.rows if row.interval and row.role != "slice"]
    if not rows:
        return None
    height = HEAD + ROW * len(rows) + 8
    parts = []
    for at, name in ((-1.0, "tolerated"), (0.0, "the same")):
        x = _across(at)
        kind = "grid even" if at else "grid"
        parts.append(tag("line", class_=kind, x1=x, x2=x, y1=HEAD - 8, y2=height - 6))
        anchor = "end" if at else "start"
        parts.append(tag("text", name, x=x, y=HEAD - 14, text_anchor=anchor))
    for number, row in enumerate(rows):
        parts += _drawn(row, HEAD + ROW * number + ROW / 2)
    spoken = "; ".join(f"{titled(row)}: {row.found}" for row in rows)
    svg = tag(
        "svg",
        parts,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_label=spoken,
        class_="plot forest",
    )
    about = (
        "The change of each metric with its interval; to the right is better. Drawn in the metric's own "
        "margin: at the broken line just as much is lost as is tolerated."
    )
    return section("At a glance", about, tag("figure", svg))


def _across(margins: float) -> float:
    share = (min(max(margins, -REACH), REACH) + REACH) / (2 * REACH)
    return round(LEFT + (WIDTH - LEFT - RIGHT) * share, 1)


def _drawn(row: Row, y: float) -> list[Html]:
    assert row.interval is not None and row.gain is not None
    scale = row.margin or 0.03  # what has no margin is a share
    low, middle, high = (value / scale for value in (row.interval[0], row.gain, row.interval[1]))
    kind = COLOURS.get(row.found, "plain")
    parts = [
        tag("text", titled(row), x=LEFT - 14, y=y + 4, text_anchor="end", class_="label"),
        tag("line", class_=f"reach {kind}", x1=_across(low), x2=_across(high), y1=y, y2=y),
    ]
    for end, sign, mark in ((low, -1, "\u25c2"), (high, 1, "\u25b8")):
        if sign * end > REACH:
            x = _across(end) + sign * 8
            parts.append(tag("text", mark, x=x, y=y + 4, text_anchor="middle"))
    size = 6 if row.role == "primary" else 4.5
    parts.append(tag("circle", class_=f"dot {kind}", cx=_across(middle), cy=y, r=size))
    return parts


ROLES = {"primary": "decides", "guardrail": "guarded", "slice": "guarded", "shown": "shown"}


def _metrics(verdict: Verdict) -> Html:
    rows = [row for row in verdict.rows if row.role != "slice"]
    level_of = verdict.about.get("settings", {}).get("confidence", 0.95)
    about = (
        f"Intervals of {100 * level_of:g}% over conversations. One metric decides. A guarded one stops the "
        "release where it lost more than is tolerated and that is no chance, after Holm's correction for "
        "guarding several."
    )
    return section("Metrics", about, _table(rows))


def _slices(verdict: Verdict) -> Html | None:
    rows = [row for row in verdict.rows if row.role == "slice"]
    if not rows:
        return None
    title = MEASURES[verdict.primary].title.lower()
    judged = [row for row in rows if row.found != "too few"]
    few = [row for row in rows if row.found == "too few"]
    about = (
        f"The same metric ({title}) for parts of the questions. Each large enough part is guarded."
    )
    more = None
    if few:
        summary = f"{len(few)} parts with too few questions to be judged"
        more = tag("details", tag("summary", tag("span", summary, class_="name")), _table(few))
    return section("Parts", about, _table(judged) if judged else None, more)


def _table(rows: Sequence[Row]) -> Html:
    head = ("", "In service", "Candidate", "Change", "Interval", "Tolerated", "Found")
    titles = tag("tr", [tag("th", one, scope="col") for one in head])
    return tag(
        "table", tag("thead", titles), tag("tbody", [_line(row) for row in rows]), class_="beside"
    )


def _line(row: Row) -> Html:
    counted = f"{ROLES[row.role]}, n = {row.n:,}" if row.n else ROLES[row.role]
    title = join(row.slice or row.title, tag("br"), tag("span", counted, class_="counted"))
    name = tag("th", title, scope="row")
    measured = row.gain is not None
    cells = [
        level(row, row.current),
        level(row, row.candidate),
        change(row, row.gain),
        between(row),
        tolerated(row) if measured and row.role != "shown" else "",
    ]
    odds = f"p = {row.adjusted:.3f}" if row.adjusted is not None else row.note
    found = tag("td", row.found, " ", tag("span", odds, class_="counted"), class_="found")
    kind = COLOURS.get(row.found, "plain") if row.role != "shown" else "plain"
    ours = " ours" if row.role == "primary" else ""
    return tag(
        "tr",
        name,
        [tag("td", cell, class_="figures") for cell in cells],
        found,
        class_=f"{kind}{ours}",
    )


def _changed(verdict: Verdict) -> Html:
    if not verdict.changed:
        return section("Changed answers", "Every question is answered in the same words.")
    about = (
        f"The {len(verdict.changed)} that changed most: those that were lost and those that were won in "
        "turn, then those that only read differently."
    )
    shown = tag("div", [_pair(one) for one in verdict.changed], class_="examples")
    return section("Changed answers", about, shown)


def _pair(one: Change) -> Html:
    mark = "won" if one.gain > 0 else "lost" if one.gain < 0 else "reads differently"
    asked = tag("p", one.question, class_="question", dir="auto")
    wanted = tag("p", "Asked for: ", one.expected, class_="counted") if one.expected else None
    sides = [
        tag(
            "div",
            tag("h5", f"{whose} ({route or 'no route'}{_scored(one.suite, score)})"),
            tag("p", said or "(nothing)", dir="auto"),
            class_=kind,
        )
        for whose, kind, said, route, score in (
            ("In service", "before", one.current, one.current_route, one.current_score),
            ("Candidate", "after", one.candidate, one.candidate_route, one.candidate_score),
        )
    ]
    return tag(
        "article",
        tag("h4", f"{one.suite}: {one.id}", tag("span", mark, class_=mark.split()[0])),
        asked,
        wanted,
        tag("div", sides, class_="versus"),
        class_="example",
    )


def _scored(suite: str, score: float | None) -> str:
    if score is None:
        return ""
    if suite == "replies":
        return f", chrF {100 * score:.0f}"
    return ", right" if score >= 1 else ", wrong"


def _details(verdict: Verdict) -> Html:
    settings = verdict.about.get("settings", {})
    rows = [
        tag(
            "tr",
            tag("th", name.replace("_", " ").capitalize(), scope="row"),
            tag("td", _said(value)),
        )
        for name, value in settings.items()
    ]
    notes = [tag("p", note) for note in verdict.about.get("notes", [])]
    seeds = verdict.about.get("seeds") or []
    more = tag("p", f"Other seeds: {', '.join(seeds)}.") if seeds else None
    still = None
    if verdict.open:
        still = tag("p", f"Must pass, and neither does: {', '.join(verdict.open)}.")
    table = tag("table", tag("tbody", rows))
    summary = tag("summary", tag("span", "The settings it was judged by", class_="name"))
    return section("Details", "", join(notes, more, still), tag("details", summary, table))


def _said(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
