"""Pages that reports are made of: one file each, no scripts, nothing loaded from anywhere.

HTML and SVG are escaped by construction: a string is text, only `Html` is markup. The look, in the
light and in the dark, is `page.css`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from chatwright.core.figures import percent

STYLE = Path(__file__).with_name("page.css")
# What XML forbids; a page that holds one of these may not open at all.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
VOID = {"meta", "br", "input"}
WIDTH, HEIGHT = 420, 190
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 8, 22
POINTS = 160  # of a drawn curve; more are averaged
Point = tuple[float, float]


class Html(str):
    """Markup, as opposed to text that has yet to be escaped."""

    __slots__ = ()


Child = str | Iterable[str] | None


def escape(text: str) -> Html:
    if isinstance(text, Html):
        return text
    return Html(html.escape(FORBIDDEN.sub("\ufffd", text), quote=True))


def tag(name: str, /, *children: Child, **attributes: str | float) -> Html:
    """An element. `class_` and `stroke_width` become `class` and `stroke-width`."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
    )
    if name in VOID:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """Several elements or texts in a row; None is left out."""
    parts: list[str] = []
    for child in children:
        if isinstance(child, str):
            parts.append(escape(child))
        elif child is not None:
            parts += [escape(part) for part in child]
    return Html("".join(parts))


def document(title: str, *content: Child, head: Child = None) -> str:
    """A whole page; `head`: what more stands in its head."""
    above = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Html(STYLE.read_text(encoding="utf-8"))),
        head,
    )
    body = tag("body", tag("main", *content))
    return f"<!doctype html>\n{tag('html', above, body, lang='en')}\n"


def section(title: str, about: str, *content: Child) -> Html:
    """A section of the page: its title, a sentence on what it is, what it holds."""
    return tag(
        "section", tag("h2", title), tag("p", about, class_="about") if about else None, *content
    )


def bar(value: float | None, interval: Sequence[float] | None, kind: str) -> Html:
    """A share as a bar from 0 to 1 with its interval; its figure stands beside it as text."""
    parts = [tag("rect", class_="track", x=0, y=0, width=100, height=12)]
    if value is not None:
        parts.append(tag("rect", class_=kind, x=0, y=0, width=round(100 * value, 2), height=12))
    if interval is not None:
        low, high = (round(100 * bound, 2) for bound in interval)
        edge = min(max(round(100 * (value or 0), 2), low), high)
        parts += [
            tag("line", class_="whisker within", x1=low, x2=edge, y1=6, y2=6),
            tag("line", class_="whisker", x1=edge, x2=high, y1=6, y2=6),
        ]
    return tag(
        "svg",
        parts,
        class_="bar",
        viewBox="0 0 100 12",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def bar_row(label: str, drawn: Html, figure: str, note: str) -> Html:
    """A bar with its name before it, its figure and what it was counted on behind it."""
    return tag(
        "span",
        tag("span", label, class_="name", dir="auto"),
        drawn,
        tag("span", tag("b", figure) if figure else None, class_="percent"),
        tag("span", note, class_="counted"),
        class_="bar-row",
    )


def tile(label: str, value: str | None, counted: str, about: str) -> Html:
    """A key figure; `value` None says "not measured", and `counted` then says why."""
    shown = tag("p", value or "not measured", class_="value" if value else "none")
    counted_line = tag("p", counted, class_="counted")
    about_line = tag("p", about, class_="about")
    return tag("div", tag("h3", label), shown, counted_line, about_line, class_="tile")


def warnings(title: str, found: Sequence[str]) -> Html | None:
    """What a reader must know first; nothing when there is nothing."""
    if not found:
        return None
    items = [tag("li", warning) for warning in found]
    return tag("section", tag("h2", title), tag("ul", items), class_="warnings")


def header(kicker: str, title: str, facts: Iterable[tuple[str, object]], lead: str) -> Html:
    """The head of a page; facts that are not known are left out."""
    shown = [join(tag("dt", name), tag("dd", str(value))) for name, value in facts if value]
    return tag(
        "header",
        tag("p", kicker, class_="kicker"),
        tag("h1", title),
        tag("dl", *(tag("div", pair) for pair in shown), class_="facts"),
        tag("p", lead, class_="lead"),
    )


def opened(summary: Child, *content: Child) -> Html:
    """What is shown when it is asked for, without a script."""
    return tag("details", tag("summary", summary), *content)


def histogram(bins: Sequence[tuple[str, int]], label: str, kind: str) -> Html:
    """Counts as columns, each with its share above it; `label` is read aloud."""
    total = sum(n for _, n in bins) or 1
    most = max((n for _, n in bins), default=0) or 1
    wide = (WIDTH - 2 * RIGHT) / max(len(bins), 1)
    tall = HEIGHT - TOP - BOTTOM - 14
    parts = []
    for at, (name, n) in enumerate(bins):
        height = round(tall * n / most, 1)
        x, y = round(RIGHT + at * wide, 1), round(HEIGHT - BOTTOM - height, 1)
        middle = round(x + wide / 2, 1)
        share = percent(n / total) if n >= total / 200 else "<1%" if n else ""
        parts += [
            tag("rect", class_=kind, x=x + 2, y=y, width=round(wide - 4, 1), height=height, rx=2),
            tag("text", share, x=middle, y=y - 4, text_anchor="middle"),
            tag("text", name, x=middle, y=HEIGHT - 5, text_anchor="middle"),
        ]
    return tag(
        "svg", parts, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=label, class_="plot"
    )


def line_chart(points: Sequence[Point], label: str, kind: str, marks: bool = False) -> Html:
    """One curve over steps. `label` is read aloud; `marks` draws each point."""
    low, high, ticks = scale([y for _, y in points])
    last = max(x for x, _ in points) or 1.0

    def at(x: float, y: float) -> Point:
        across = LEFT + (WIDTH - LEFT - RIGHT) * x / last
        up = TOP + (HEIGHT - TOP - BOTTOM) * (high - y) / (high - low)
        return round(across, 1), round(up, 1)

    parts = []
    for tick in ticks:
        _, y = at(0, tick)
        parts.append(tag("line", class_="grid", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y))
        parts.append(tag("text", f"{tick:g}", x=LEFT - 7, y=y + 4, text_anchor="end"))
    for share, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        x, _ = at(last * share, low)
        parts.append(tag("text", f"{last * share:,.0f}", x=x, y=HEIGHT - 5, text_anchor=anchor))
    drawn = [at(x, y) for x, y in thinned(points)]
    path = " ".join(f"{x},{y}" for x, y in drawn)
    parts.append(tag("polyline", class_=f"curve {kind}", points=path))
    if marks or len(drawn) == 1:
        parts += [tag("circle", class_=kind, cx=x, cy=y, r=3.5) for x, y in drawn]
    return tag(
        "svg", parts, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=label, class_="plot"
    )


def scale(values: Sequence[float]) -> tuple[float, float, list[float]]:
    """A round range around `values`, and about four round ticks in it."""
    low, high = min(values), max(values)
    if high - low < 1e-9:
        low, high = low - 0.5, high + 0.5
    raw = (high - low) / 4
    power = 10.0 ** int(f"{raw:e}".split("e")[1])
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= raw)
    first, last = int(low // step), int(-(-high // step))
    ticks = [round(step * index, 10) for index in range(first, last + 1)]
    return ticks[0], ticks[-1], ticks


def thinned(points: Sequence[Point]) -> list[Point]:
    """At most `POINTS` points, each the mean of its neighbours."""
    if len(points) <= POINTS:
        return list(points)
    bounds = [round(index * len(points) / POINTS) for index in range(POINTS + 1)]
    groups = [points[low:high] for low, high in pairwise(bounds)]
    return [(sum(x for x, _ in g) / len(g), sum(y for _, y in g) / len(g)) for g in groups]
