"""The report as one self-contained page: no scripts, nothing loaded from anywhere.

Its sentences come from `findings`, its cases from `examples`, its drawings and its look from
`core.page`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from chatwright.core.figures import Values, count, number, part, percent, rows
from chatwright.core.page import (
    Html,
    bar,
    bar_row,
    document,
    escape,
    header,
    join,
    line_chart,
    section,
    tag,
    tile,
    warnings,
)
from chatwright.evaluation.examples import examples, failed_cases, worst_samples
from chatwright.evaluation.findings import (
    absent,
    bounds,
    foretold,
    interval_text,
    paired,
    summary_lines,
    topic_name,
    topics,
    warnings_of,
)
from chatwright.evaluation.report_routes import routes

__all__ = ["render_html", "summary_lines", "warnings_of"]


def render_html(values: Values) -> str:
    """The page of one evaluation."""
    title = f"{_bot(values)}: evaluation of release {values.get('release') or 'unknown'}"
    return document(
        title,
        _header(values),
        _warnings(values),
        _key_figures(values),
        routes(values),
        _topics(values),
        _curve(values),
        failed_cases(values),
        worst_samples(values),
        examples(values),
        _details(values),
    )


def _bot(values: Values) -> str:
    bot = part(values, "bot")
    return str(bot.get("title") or bot.get("name") or "Bot")


def _header(values: Values) -> Html:
    return header(
        "Evaluation report",
        _bot(values),
        [
            ("Release", values.get("release")),
            ("Made", _time(values.get("created_at"))),
            ("Engine", values.get("engine")),
            ("Machine", values.get("machine")),
        ],
        "How well this release answers, measured through the engine that serves it. Each share "
        "comes with its 95% interval: on other questions of the same kind it would probably lie in "
        "there.",
    )


def _time(stamp: object) -> str:
    try:
        made = datetime.fromisoformat(str(stamp)).astimezone(UTC)
    except ValueError:
        return str(stamp or "")
    return f"{made:%Y-%m-%d %H:%M} UTC"


def _warnings(values: Values) -> Html | None:
    given = values.get("warnings")
    found = given if isinstance(given, list) else warnings_of(values)
    return warnings("Before you rely on it", [str(warning) for warning in found])


KEY = {
    "in_scope": (
        "In scope, passed",
        "Test questions whose answer held all it must, and nothing it must not.",
    ),
    "out_of_scope": (
        "Out of scope, declined",
        "Test questions that it should not answer, and did not.",
    ),
    "bits_per_byte": (
        "Bits per byte",
        "How surprised the model is by held-out replies; lower is better, 0 is knowing them.",
    ),
    "bleu": (
        "BLEU",
        "Word sequences shared with the logged reply, 0 to 100; many right answers share few.",
    ),
    "chrf": (
        "chrF",
        "The same for sequences of letters; kinder to other endings and spellings.",
    ),
    "milliseconds_p50": (
        "Time to answer",
        "Half of the answers came sooner, with up to 32 questions asked at once.",
    ),
}


def _key_figures(values: Values) -> Html:
    loss, text = part(values, "loss"), part(values, "text")
    tiles = [_share_tile(values, "in_scope"), _share_tile(values, "out_of_scope")]
    n, limits = count(loss, "conversations"), bounds(loss)
    bits = number(loss.get("bits_per_byte")) if n else None
    between = f"{limits[0]:.3f} to {limits[1]:.3f}, " if limits else ""
    shown = None if bits is None else f"{bits:.3f}"
    why = absent(values, "loss", "no conversations were held out")
    tiles.append(_tile("bits_per_byte", shown, f"{between}n = {n:,}", why))
    n, why = count(text, "n"), absent(values, "text", "no held-out replies to compare with")
    for name in ("bleu", "chrf", "milliseconds_p50"):
        value = number(text.get(name)) if n else None
        shown = None if value is None else f"{value:.1f}"
        if value is not None and name == "milliseconds_p50":
            shown = f"{value / 1000:.2g} s" if value >= 1000 else f"{value:.0f} ms"
        tiles.append(_tile(name, shown, f"n = {n:,} answers, no interval", why))
    return section("Key figures", "", tag("div", tiles, class_="tiles"), _beside_lookup(values))


def _share_tile(values: Values, name: str) -> Html:
    share = part(values, "cases", name)
    value, between = number(share.get("share")), interval_text(share)
    counted = f"{count(share, 'passed')} of {count(share, 'n')}"
    why = absent(values, "cases", "there are no such test cases")
    shown = None if value is None else percent(value)
    return _tile(name, shown, counted + (f", {between}" if between else ""), why)


def _tile(name: str, value: str | None, counted: str, why: str) -> Html:
    label, about = KEY[name]
    return tile(label, value, why if value is None else counted, about)


def _bar_row(label: str, share: Values, kind: str) -> Html:
    value, between = number(share.get("share")), interval_text(share)
    text = "not measured" if value is None else f"{count(share, 'passed')} of {count(share, 'n')}"
    return bar_row(
        label,
        bar(value, bounds(share), kind),
        "" if value is None else percent(value),
        text + (f", {between}" if between else ""),
    )


def _beside_lookup(values: Values) -> Html | None:
    lookup = part(values, "cases", "lookup")
    if not lookup:
        return None
    bars = []
    for name, label in (("in_scope", "In scope"), ("out_of_scope", "Out of scope")):
        bars.append(tag("h4", label))
        bars.append(_bar_row("Model", part(values, "cases", name), "model"))
        bars.append(_bar_row("Lookup", part(lookup, name), "lookup"))
    pair = paired(values)
    note = None
    if pair is not None:
        ours, theirs, chance = pair
        odds = "less than 1" if chance < 0.01 else f"about {100 * chance:.0f}"
        note = tag(
            "p",
            f"In scope, {ours} cases only the model passes, {theirs} only the lookup; between two "
            "equals "
            f"such a difference comes up in {odds} of 100 tries.",
        )
    return join(
        tag("h3", "The model beside a plain lookup"),
        tag(
            "p",
            "The lookup repeats the logged reply to the most similar known question. A model that "
            "does not "
            "beat it is not worth its keep. The thin line in a bar is the 95% interval.",
            class_="about",
        ),
        tag("div", bars, class_="bars"),
        note,
    )


def _topics(values: Values) -> Html | None:
    shares = [(topic, part(values, "cases", "by_topic", topic)) for topic in topics(values)]
    if not shares:
        return None
    shares.sort(key=lambda item: (number(item[1].get("share")) or 0.0, topic_name(item[0])))
    whole = [f"{topic_name(topic)} ({count(s, 'n')})" for topic, s in shares if s.get("share") == 1]
    bars = [
        _bar_row(topic_name(t), share, "model") for t, share in shares if share.get("share") != 1
    ]
    return section(
        "Passed by topic",
        "The weakest topic first. Few cases make a wide interval: then the order may be chance.",
        tag("div", bars, class_="bars"),
        tag("p", "Every case passed: ", tag("span", ", ".join(whole)), ".") if whole else None,
    )


def _curve(values: Values) -> Html | None:
    curve = rows(values, "training", "curve")
    if not part(values, "training"):
        return None
    charts = []
    for name, label, about, kind in (
        (
            "loss",
            "Training loss, nats per token",
            "What the model still gets wrong on the text it learns from.",
            "lookup",
        ),
        (
            "dev_bits_per_byte",
            "Development bits per byte",
            "The same on text that it does not learn from. When it rises, the model learns by "
            "heart.",
            "model",
        ),
    ):
        found = [(number(row.get("step")), number(row.get(name))) for row in curve]
        points = [(x, y) for x, y in found if x is not None and y is not None]
        if points:
            first, last = points[0][1], points[-1][1]
            start, end = f"{points[0][0]:,.0f}", f"{points[-1][0]:,.0f}"
            spoken = f"{label}: {first:.3g} at step {start}, {last:.3g} at step {end}"
            chart = line_chart(points, spoken, kind, marks=name != "loss")
            caption = tag("figcaption", tag("b", label), " ", tag("span", about))
            charts.append(tag("figure", caption, chart, tag("p", f"{spoken}.", class_="counted")))
    if not charts:
        return section("Learning", "", tag("p", "No curve was recorded.", class_="none"))
    about = "Both over training steps, from left to right; lower is better."
    said = foretold(part(values, "training"))
    return section(
        "Learning", about, tag("div", charts, class_="charts"), tag("p", said) if said else None
    )


NAMES = {
    "bits_per_byte": "Bits per byte",
    "interval": "Bits per byte, 95% interval",
    "perplexity": "Perplexity, per token",
    "n": "Answers",
    "bleu": "BLEU",
    "bleu_signature": "BLEU as computed by sacrebleu",
    "chrf": "chrF",
    "chrf_signature": "chrF as computed by sacrebleu",
    "distinct_2": "Different word pairs, share of all",
    "length_ratio": "Length of answers / of logged replies",
    "exact": "Equal to the logged reply",
    "cut_by_length": "Answers cut by the length limit",
    "dev_bits_per_byte": "Development bits per byte, reached",
    "forecast_bits_per_byte": "Development bits per byte, expected before training",
    "cut": "Conversations longer than the context",
    "milliseconds_p50": "Median time for an answer, milliseconds (32 at once)",
    "hardest": "Conversations with the most bits per byte",
    "read": "Rows read",
    "train": "Conversations for training",
    "dev": "Conversations for development",
    "test": "Conversations for evaluation",
    "rejected": "Rows left out, by reason",
}


def _details(values: Values) -> Html:
    tables = []
    for name, title in (
        ("loss", "Loss on held-out conversations"),
        ("text", "Answers beside logged replies"),
        ("dataset", "Data"),
        ("training", "Training"),
    ):
        table = part(values, name)
        why = table.get("not_applicable") or (None if table else "not part of this evaluation")
        shown = [
            tag(
                "tr",
                tag("th", NAMES.get(key, key.replace("_", " ").capitalize()), scope="row"),
                tag("td", _cell(value)),
            )
            for key, value in table.items()
            if key not in {"samples", "curve", "results"}
        ]
        content = tag("p", f"Not measured: {why}.", class_="none") if why else tag("table", shown)
        tables.append(join(tag("h3", title), content))
    version, form = values.get("chatwright") or "", values.get("format") or "unknown"
    made = f"chatwright {version}, report format {form}"
    return section("Details", "", *tables, tag("footer", tag("p", made)))


def _cell(value: Any) -> Html:
    """A value of a details table: shares with their interval, lists and tables opened."""
    if isinstance(value, dict) and "share" in value:
        share, between = number(value["share"]), interval_text(value)
        if share is None:
            return escape("not measured")
        return escape(
            f"{percent(share)} of {count(value, 'n'):,}" + (f" ({between})" if between else "")
        )
    if isinstance(value, dict):
        return join(*(tag("div", f"{key}: ", _cell(inner)) for key, inner in value.items()))
    if isinstance(value, list | tuple):
        return escape(
            ", ".join(
                str(_cell(inner)) if number(inner) is not None else str(inner) for inner in value
            )
        )
    if isinstance(value, bool) or value is None:
        return escape({True: "yes", False: "no", None: "none"}[value])
    return escape(f"{value:,}" if isinstance(value, int | float) else str(value))
