"""The model card of a release: what it is for, what it learned from, how it was measured, what it cannot do.

Written from the manifest and the sealed report alone; what was not measured is said to be so. The sections are
those of Mitchell et al., "Model Cards for Model Reporting" (2019); the head is what model hubs read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatwright.core.figures import Values, count, number, part, percent
from chatwright.release.manifest import Release


def card(release: Release) -> str:
    """The card as Markdown."""
    report = release.report or {}
    lines = [*_head(release), *_intro(release), *_use(release), *_data(release, report)]
    lines += [*_training(release, report), *_figures(report), *_limits(release, report)]
    return "\n".join(lines).rstrip() + "\n"


def _spec(release: Release, table: str) -> Values:
    return part(release.manifest, "spec", table)


def _head(release: Release) -> Iterator[str]:
    """No licence: data and model are the owner's, who alone can give one."""
    yield "---"
    if release.weights:
        yield "library_name: transformers"
        yield "pipeline_tag: text-generation"
    yield "language:"
    yield from (f"  - {one}" for one in _spec(release, "bot").get("languages") or ["en"])
    yield "tags:"
    yield "  - chatwright"
    yield "---"
    yield ""


def _intro(release: Release) -> Iterator[str]:
    bot, manifest = _spec(release, "bot"), release.manifest
    yield f"# {bot.get('title') or bot.get('name')}: release {release.id}"
    yield ""
    yield str(bot.get("purpose", ""))
    yield ""
    yield f"Made {manifest['created_at']} by chatwright {manifest.get('chatwright', '')}."
    if release.hosted:
        yield f"It has no weights: the hosted model `{_spec(release, 'model').get('hosted_model')}` answers."
    elif release.wordless:
        yield "It has no model: it answers from its documents and reviewed answers alone."
    elif parent := manifest.get("parent"):
        yield f"Its training went on from `{parent}`."
    yield ""


def _use(release: Release) -> Iterator[str]:
    scope = _spec(release, "scope")
    yield "## Intended use"
    yield ""
    if topics := scope.get("topics"):
        yield f"Questions about: {'; '.join(topics)}."
    if declines := scope.get("declines"):
        yield f"It declines, as far as it was trained to: {'; '.join(declines)}."
    if not (topics or declines):
        yield "Its owner has written down no scope."
    yield "It is an automated assistant, and must be shown as one."
    yield ""


def _data(release: Release, report: Values) -> Iterator[str]:
    yield "## Training data"
    yield ""
    data = part(report, "dataset")
    if not data:
        yield "None is recorded." if release.weights else "None: nothing was trained."
        yield ""
        return
    yield (
        f"Dataset `{data.get('id')}`: {count(data, 'train'):,} conversations to train on, "
        f"{count(data, 'dev'):,} for development, {count(data, 'test'):,} held out, "
        f"of {count(data, 'read'):,} read."
    )
    rejected = part(data, "rejected")
    if rejected:
        why = "; ".join(f"{reason}: {n:,}" for reason, n in sorted(rejected.items()))
        yield f"Left out: {why}."
    hidden = release.hiding is not None
    yield (
        "Names, numbers and addresses were replaced by typed placeholders before training."
        if hidden
        else "Values in it were not replaced by placeholders."
    )
    yield ""


def _training(release: Release, report: Values) -> Iterator[str]:
    training = part(report, "training")
    if not (release.weights and training):
        return
    yield "## Training"
    yield ""
    whole, body = (count(training, name) / 1e6 for name in ("parameters", "body_parameters"))
    minutes = (number(training.get("seconds")) or 0) / 60
    yield (
        f"{whole:.2f} M parameters ({body:.2f} M without embeddings), context "
        f"{count(training, 'context'):,} tokens; {count(training, 'steps'):,} steps, "
        f"{count(training, 'tokens'):,} tokens, {minutes:.1f} minutes; "
        f"objective `{training.get('objective')}`; run `{training.get('run')}`."
    )
    yield ""


def _figures(report: Values) -> Iterator[str]:
    yield "## Evaluation"
    yield ""
    if not report:
        yield "It was not evaluated."
        yield ""
        return
    yield "Through the engine that serves it. Intervals are of 95%."
    yield ""
    yield "| figure | value | n |"
    yield "|---|---|---|"
    cases = part(report, "cases")
    for name, label in (
        ("in_scope", "test cases in scope, passed"),
        ("out_of_scope", "test cases out of scope, declined"),
        ("wrong", "wrong answers, of all cases"),
    ):
        yield _row(label, _share(part(cases, name)), count(part(cases, name), "n"))
    loss, text, routing = part(report, "loss"), part(report, "text"), part(report, "routing")
    yield _row("bits per byte, held out", _with_interval(loss), count(loss, "conversations"))
    for name, label in (("bleu", "BLEU"), ("chrf", "chrF")):
        yield _row(f"{label} against logged replies", _plain(text.get(name)), count(text, "n"))
    if routing:
        error = _plain(routing.get("expected_calibration_error"))
        yield _row("expected calibration error", error, count(routing, "n"))
    yield ""


def _row(label: str, value: str, n: int) -> str:
    return (
        f"| {label} | {value} | {n:,} |"
        if n or value != "not measured"
        else f"| {label} | {value} | |"
    )


def _share(values: Values) -> str:
    share, interval = number(values.get("share")), values.get("interval")
    if share is None:
        return "not measured"
    between = f" ({percent(interval[0])} to {percent(interval[1])})" if interval else ""
    return percent(share) + between


def _with_interval(loss: Values) -> str:
    value, interval = number(loss.get("bits_per_byte")), loss.get("interval")
    if value is None:
        return str(loss.get("not_applicable") or "not measured")
    between = f" ({interval[0]:.3f} to {interval[1]:.3f})" if interval else ""
    return f"{value:.3f}{between}"


def _plain(value: Any) -> str:
    found = number(value)
    return "not measured" if found is None else f"{found:.3g}"


def _limits(release: Release, report: Values) -> Iterator[str]:
    yield "## Limits"
    yield ""
    warnings = report.get("warnings")
    for warning in warnings if isinstance(warnings, list) else ():
        yield f"- {warning}"
    if release.weights:
        yield (
            "- It is small, fluent in its domain, and makes up facts outside it. Where it is served by "
            "chatwright, answers are checked and routed by calibrated confidence; the weights alone are not."
        )
    yield "- Figures hold for questions like those it was measured on, and for nothing else."
    yield ""
