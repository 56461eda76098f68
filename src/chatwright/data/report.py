"""The report on a dataset as one page, `data.html` beside it; the terminal's short form is in `findings`.

`figures` is what the build counted, the content of `dataset.json`. Every key may be absent:

    id        of the dataset
    counts    read, train, dev, test: rows
              rejected    {reason: rows}, reasons with the word "duplicate" are shown as duplicates
              changed     {cleaning step: conversations it changed}
              redactions  {placeholder type: how many}
              overlap     {before, after: {exact, near, ...: training rows like a held-out one}}
    formats   {source: format}
    clusters  [{rows, kept: {said: [text]}, alike: [{said: [text], likeness}]}], the largest first

What needs the text comes from `sample`; nothing else is measured here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from chatwright.core.figures import Values, count, number, part, percent, rows
from chatwright.core.files import write_atomic
from chatwright.core.page import (
    Html,
    bar,
    bar_row,
    document,
    header,
    histogram,
    join,
    opened,
    section,
    tag,
    tile,
    warnings,
)
from chatwright.data.findings import duplicates, is_outside, kept, overlap, rejected, warnings_of
from chatwright.data.sample import look_at, rejects
from chatwright.spec import Spec

PAGE = "data.html"
REASONS = 20  # shown one by one
SPLITS = {"train": "to learn from", "dev": "to watch the learning", "test": "for the final figures"}


def report(folder: Path, figures: Values, spec: Spec) -> Values:
    """Look at the dataset in `folder` and write its page there. Returns all figures of the page."""
    values: Values = {
        **figures,
        "bot": spec.bot.title or spec.bot.name,
        "languages": list(spec.bot.languages),
        "sample": look_at(folder, spec),
        "rejects": rejects(folder),
    }
    values["warnings"] = warnings_of(values)
    write_atomic(folder / PAGE, render_html(values))
    return values


def render_html(values: Values) -> str:
    """The page of one dataset."""
    sample = part(values, "sample")
    of = f"{count(sample, 'rows'):,} of {count(sample, 'of'):,} conversations"
    return document(
        f"{values.get('bot') or 'Bot'}: dataset {values.get('id') or ''}",
        header(
            "Data report",
            str(values.get("bot") or "Bot"),
            [("Dataset", values.get("id")), ("Looked at", of if sample else "")],
            "What became of every row, and what the bot can learn from those that are left. Counts are "
            "of all rows; topics, languages and lengths are of an even sample of the kept ones.",
        ),
        warnings("Before you train on it", warnings_of(values)),
        _key_figures(values),
        _left_out(values),
        _duplicates(values),
        _redactions(values),
        _scope(values),
        _groups(sample),
        _shape(sample),
        _answers(sample),
        _split(values),
        _details(values),
    )


def _key_figures(values: Values) -> Html:
    counts = part(values, "counts")
    read, left, same = count(counts, "read"), kept(values), duplicates(values)
    out = sum(rejected(values).values()) - same
    after, before = overlap(values, "after"), overlap(values, "before")
    redacted = part(counts, "redactions")
    tiles = [
        tile("Rows read", f"{read:,}", _files(values), "Each row is a conversation or a pair."),
        tile(
            "Kept", f"{left:,}", _of(left, read), "What the dataset holds, after everything below."
        ),
        tile(
            "Left out",
            f"{out:,}",
            _of(out, read),
            "Rows that cannot be used; each with its reason.",
        ),
        tile("Duplicates", f"{same:,}", _of(same, read), "Rows that only repeat another one."),
        tile(
            "Test rows seen in training",
            None if after is None else f"{after:,}",
            "not looked at" if before is None else f"{before:,} had none been left out",
            "Rows whose like is held out would make the evaluation too good.",
        ),
        tile(
            "Placeholders",
            f"{sum(redacted.values()):,}" if "redactions" in counts else None,
            f"of {len(redacted)} types" if "redactions" in counts else "not looked for",
            "Names, numbers and addresses that the model will never see.",
        ),
    ]
    return section("Key figures", "", tag("div", tiles, class_="tiles"))


def _files(values: Values) -> str:
    n = len(part(values, "formats"))
    return f"from {n:,} {'file' if n == 1 else 'files'}" if n else ""


def _of(n: int, whole: int) -> str:
    return f"{_share(n, whole)} of {whole:,}" if whole else ""


def _share(n: int, whole: int) -> str:
    return "<1%" if 0 < n < whole / 200 else percent(n / max(whole, 1))


def _bars(
    found: Iterable[tuple[str, int]],
    whole: int,
    kind: str,
    quotes: Mapping[str, Any] | None = None,
    notes: Mapping[str, str] | None = None,
    full: int = 0,
) -> Html:
    """A bar for each count, drawn to the largest or to `full`; a click on it shows its quotes."""
    counts = list(found)
    most = full or max((n for _, n in counts), default=0) or 1
    shown = []
    for name, n in counts:
        note = (notes or {}).get(name) or f"{n:,}"
        row = bar_row(name, bar(n / most, None, kind), _share(n, whole), note)
        texts = (quotes or {}).get(name)
        shown.append(opened(row, _quotes(texts)) if isinstance(texts, list) and texts else row)
    return tag("div", shown, class_="bars")


def _quotes(texts: Sequence[object]) -> Html:
    return tag("ul", [tag("li", str(text), dir="auto") for text in texts], class_="quotes")


def _left_out(values: Values) -> Html:
    found = sorted(rejected(values).items(), key=lambda item: -item[1])
    read = count(part(values, "counts"), "read")
    if not found:
        return section("Rows left out", "None: every row is in the dataset.")
    more = f"And {len(found) - REASONS} rarer reasons." if len(found) > REASONS else None
    return section(
        "Rows left out",
        "By reason, as a share of the rows read. Each is in rejected.jsonl with its file and place.",
        _bars(found[:REASONS], read, "lookup", part(values, "rejects"), full=read),
        tag("p", more) if more else None,
    )


def _duplicates(values: Values) -> Html | None:
    clusters = rows(values, "clusters")
    if not clusters:
        return None
    shown = []
    for cluster in clusters:
        alike = [
            f"{percent(number(row.get('likeness')) or 0)} alike: {_line(row)}"
            for row in rows(cluster, "alike")
        ]
        title = f"{count(cluster, 'rows'):,} rows like: {_line(part(cluster, 'kept'))}"
        shown.append(opened(tag("span", title, class_="name", dir="auto"), _quotes(alike)))
    about = "The largest clusters of nearly equal rows. One of each stays; look whether they are the same."
    return section("Near-duplicates", about, *shown)


def _line(row: Values) -> str:
    said = row.get("said")
    return " | ".join(map(str, said)) if isinstance(said, list) else ""


def _redactions(values: Values) -> Html | None:
    found = part(values, "counts", "redactions")
    if not found:
        return None
    about = (
        "What was replaced before anything is learned, by type; the text shows <EMAIL_1> instead."
    )
    bars = _bars(found.items(), sum(found.values()), "model")
    return section("Placeholders", about, bars)


def _scope(values: Values) -> Html:
    sample = part(values, "sample")
    found, n = rows(sample, "scope"), count(sample, "rows")
    about = (
        "How many conversations of the sample seem to be about each topic in bot.toml, by the words they "
        "share with it and with each other; a first look, not a count. Declined questions are "
        "apart. Click a row for the nearest questions."
    )
    if not found:
        none = "bot.toml names no topics: write them under [scope], and they are held against the data."
        return section("The scope against the data", none)
    counts = [(str(row.get("topic")), count(row, "rows")) for row in found]
    nearest = {str(row.get("topic")): row.get("examples") for row in found}
    missing = {topic: "none: add some" for topic, n in counts if not n}
    rest = [
        ("Declined on purpose", count(sample, "refused")),
        ("About none of them", count(sample, "outside")),
    ]
    full = max(m for _, m in (*counts, *rest)) or 1
    bars = _bars(counts, n, "model", nearest, missing, full)
    return section(
        "The scope against the data",
        about,
        join(bars, tag("h4", "And the rest"), _bars(rest, n, "lookup", full=full)),
    )


def _groups(sample: Values) -> Html | None:
    found, n = rows(sample, "groups"), count(sample, "rows")
    if not found:
        return None
    scoped, notes = bool(rows(sample, "scope")), {}
    for group in found:
        size, declined = count(group, "rows"), count(group, "declined")
        parts = [f"{size:,}", f"{declined:,} declined" if declined else ""]
        parts.append("outside the scope" if scoped and is_outside(group, sample) else "")
        notes[str(group.get("name"))] = ", ".join(filter(None, parts))
    counts = [(str(group.get("name")), count(group, "rows")) for group in found]
    quotes = {str(group.get("name")): group.get("examples") for group in found}
    bars = _bars(counts, n, "model", quotes, notes)
    about = (
        "Questions of the sample that share words, named by the words that set them apart. "
        "Bars are drawn to the largest."
    )
    lone = count(sample, "ungrouped")
    alone = f"{lone:,} {'is' if lone == 1 else 'are'} like no other."
    return section("What people ask about", about, bars, tag("p", alone))


def _shape(sample: Values) -> Html | None:
    charts = []
    for name, label, unit in (
        ("users", "Length of a user's message", "in characters"),
        ("replies", "Length of an answer", "in characters"),
        ("exchanges", "Length of a conversation", "in answers"),
    ):
        table = part(sample, name)
        bins = [(str(pair[0]), int(pair[1])) for pair in table.get("bins") or []]
        if bins:
            said = f"{label}, {unit}; the median is {number(table.get('median')) or 0:,.0f}"
            spoken = f"{said}. " + ", ".join(f"{name}: {n:,}" for name, n in bins)
            charts.append(
                tag(
                    "figure",
                    tag("figcaption", tag("b", label), tag("span", f"{said[len(label) + 2 :]}.")),
                    histogram(bins, spoken, "model"),
                )
            )
    codes, n = part(sample, "languages", "by_code"), count(part(sample, "languages"), "n")
    if not charts:
        return None
    named = [(str(code) or "too short or mixed to say", int(m)) for code, m in codes.items()]
    languages = [tag("h3", "Languages"), _bars(named, n, "model")]
    return section(
        "Lengths and languages",
        "",
        tag("div", charts, class_="charts"),
        *(languages if named else []),
    )


def _answers(sample: Values) -> Html | None:
    answers = part(sample, "answers")
    n, most = count(answers, "n"), answers.get("most")
    if not n:
        return None
    about = (
        f"{count(answers, 'distinct'):,} different ones among {n:,}; "
        f"{count(answers, 'few'):,} of them make up 90%."
    )
    bars = (
        _bars([(str(text), int(m)) for text, m in most], n, "lookup")
        if isinstance(most, list)
        else None
    )
    return section("Answers", about, bars)


def _split(values: Values) -> Html:
    counts, whole = part(values, "counts"), max(kept(values), 1)
    bars = _bars(
        ((f"{s}: {why}", count(counts, s)) for s, why in SPLITS.items()), whole, "model", full=whole
    )
    before, after = part(counts, "overlap", "before"), part(counts, "overlap", "after")
    table = None
    if before or after:
        kinds = dict.fromkeys([*before, *after])
        head = tag(
            "tr",
            *(
                tag("th", text, scope="col")
                for text in ("Kind", "Had none been left out", "This dataset")
            ),
        )
        lines = [
            tag(
                "tr",
                tag("th", kind, scope="row"),
                *(tag("td", _cell(side, kind)) for side in (before, after)),
            )
            for kind in kinds
        ]
        table = join(tag("h3", "Training rows like a held-out one"), tag("table", head, lines))
    about = "Whole clusters go to one side, so nothing that is tested was learned in other words."
    return section("Training, development, test", about, bars, table)


def _cell(side: Values, kind: str) -> str:
    return f"{count(side, kind):,}" if kind in side else "not looked at"


def _details(values: Values) -> Html | None:
    changed, formats = part(values, "counts", "changed"), part(values, "formats")
    tables = []
    for title, table in (
        ("Conversations changed by each cleaning step", changed),
        ("Files", formats),
    ):
        if table:
            shown = [_table_row(name, value) for name, value in table.items()]
            tables.append(join(tag("h3", title), tag("table", shown)))
    hint = tag("p", "See before and after with `chatwright data BOT --show STEP`.", class_="about")
    return section("Details", "", *tables, hint if changed else None) if tables else None


def _table_row(name: object, value: object) -> Html:
    shown = f"{value:,}" if isinstance(value, int) else str(value)
    return tag("tr", tag("th", str(name), scope="row"), tag("td", shown))
