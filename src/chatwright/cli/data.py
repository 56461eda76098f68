"""`chatwright data`: what the conversations are worth before anything is trained on them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.text import Text

from chatwright.cli.show import Folder, Json, Screen, difference
from chatwright.core.errors import WrongUse
from chatwright.core.types import Conversation
from chatwright.data import erasure
from chatwright.data.clean import Step, clean, steps
from chatwright.data.dataset import Dataset, build
from chatwright.data.findings import summary_lines
from chatwright.data.inputs import Input, inputs_of, look_at
from chatwright.data.report import PAGE, report
from chatwright.spec import Spec, load_spec

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
EXAMPLES = 5  # of a step
MOST = 20_000  # rows of a file that `--show` goes through
REJECTED = "rejected"


@app.command(epilog="Example: chatwright data mybot --show markup")
def data(
    folder: Folder = Path(),
    show: Annotated[
        str | None,
        typer.Option(
            help='Show what one cleaning step does to this data, or "rejected": what was left out.'
        ),
    ] = None,
    workers: Annotated[
        int,
        typer.Option(min=0, help="Processes that share the work; 0: as many as there are cores."),
    ] = 0,
    on: Annotated[
        Literal["here", "ray"], typer.Option(help="Where the work is done; ray is an extra.")
    ] = "here",
    as_json: Json = False,
) -> None:
    """Read, clean, deduplicate and split the bot's conversations; say what happened, and write data.html.

    Readable formats: messages JSONL, ShareGPT, question/answer CSV or TSV, QnA Maker .qna, chats
    exported from WhatsApp, Slack, Telegram, Discord and Messenger.
    """
    screen = Screen(as_json)
    spec = load_spec(folder)
    if show and show != REJECTED:
        _show_step(screen, spec, show)
        return
    pool = None if on == "here" else import_module("chatwright.data.on_ray").OnRay(workers)
    dataset = build(spec, screen, workers, pool)
    values = report(dataset.folder, dataset.about(), spec)
    if show:
        _show_rejected(screen, values, None)
        screen.result({"dataset": dataset.id, "rejects": values["rejects"]})
        return
    _show(screen, dataset, values)


def _show(screen: Screen, dataset: Dataset, values: dict[str, Any]) -> None:
    counts, page = dataset.counts, dataset.folder / PAGE
    rejected = sum(counts["rejected"].values())
    screen.say(f"Dataset {dataset.id} in {dataset.folder}")
    if judged := counts["judged"]:
        screen.say(f"{judged:,} conversations end with a reply judged bad: kept, not trained on.")
    screen.rows(
        ["read", "train", "dev", "test", "left out"],
        [[f"{counts[k]:,}" for k in ("read", "train", "dev", "test")] + [f"{rejected:,}"]],
    )
    _show_rejected(screen, values, 1)
    for line in summary_lines(values):
        screen.say(line)
    screen.say(f"The whole report: {page}")
    found = {"warnings": values["warnings"], "sample": values["sample"]}
    about = {"dataset": dataset.id, "folder": str(dataset.folder), "report": str(page)}
    screen.result({**about, **counts, **found})


def _show_rejected(screen: Screen, values: dict[str, Any], most: int | None) -> None:
    for reason, n in values["counts"]["rejected"].items():
        screen.say(f"{n:,} left out: {reason}")
        for example in values["rejects"].get(reason, [])[:most]:
            screen.say(f"  {example}")


def _show_step(screen: Screen, spec: Spec, name: str) -> None:
    """Before and after of the step `name`, on what the steps before it leave."""
    names = [step.name for step in steps(spec.data)]
    if name not in names:
        known = ", ".join([*names, REJECTED])
        raise WrongUse(
            f"There is no step {name!r} in this bot's cleaning.",
            f"Name one of: {known}. Others are turned on with steps under [data].",
        )
    seen = changed = 0
    shown: list[dict[str, str]] = []
    screen.start(f"Looking for what {name} changes")
    for row, step, before in _before(spec, name):
        seen += 1
        screen.advance(seen, f"{changed:,} changed")
        after = step.run(before)
        if after is before:
            continue
        changed += 1
        if len(shown) < EXAMPLES:
            shown += _example(row, before, after)
    screen.stop()
    for example in shown:
        screen.say(f"\n{example['where']}")
        reason = example.get("reason")
        text = difference(example["before"], example["after"], screen.console.is_terminal)
        screen.draw(Text(f"left out: {reason}\n{example['before']}") if reason else text)
    screen.say(f"\n{name} changes {changed:,} of {seen:,} conversations.")
    screen.result({"step": name, "changed": changed, "seen": seen, "examples": shown})


def _before(spec: Spec, name: str) -> Iterator[tuple[Conversation, Step, Conversation]]:
    """(the row, the step, what the steps before it make of the row), for the rows that get so far."""
    erased = erasure.load(spec.made)
    for item in inputs_of(spec):
        looks = {item.name: look_at(item, spec.data.boilerplate_share)}
        every = steps(spec.data, spec.bot.languages, looks)
        at = [step.name for step in every].index(name)
        for row in islice(_conversations(item, erased), MOST):
            before = clean(row, every[:at])
            if isinstance(before, Conversation):
                yield row, every[at], before


def _conversations(item: Input, erased: erasure.Tombstones | None) -> Iterator[Conversation]:
    rows = (erased.applied(row) if erased else row for row in item.rows())
    return (row for row in rows if isinstance(row, Conversation))


def _example(
    row: Conversation, before: Conversation, after: Conversation | str
) -> list[dict[str, str]]:
    """The first text that differs, or the whole conversation where its turns do."""
    assert row.provenance is not None, "a reader gave no provenance"
    where = f"{row.provenance.source} row {row.provenance.position}"
    if isinstance(after, str):
        return [{"where": where, "before": _script(before), "after": "", "reason": after}]
    pairs = list(zip(before.messages, after.messages, strict=False))
    if len(before.messages) != len(after.messages):
        return [{"where": where, "before": _script(before), "after": _script(after)}]
    differs = [(a, b) for a, b in pairs if a != b]
    return [
        {"where": f"{where}, {a.role}", "before": a.content, "after": b.content}
        for a, b in differs[:1]
    ]


def _script(conversation: Conversation) -> str:
    return "\n".join(f"{message.role}: {message.content}" for message in conversation.messages)
