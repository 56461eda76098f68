"""`chatwright data`: what the conversations are worth before anything is trained on them."""

from __future__ import annotations

from pathlib import Path

import typer

from chatwright.cli.show import Folder, Json, Screen
from chatwright.core.files import read_jsonl
from chatwright.data.dataset import build
from chatwright.spec import load_spec

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
EXAMPLES = 3


@app.command(epilog="Example: chatwright data mybot")
def data(folder: Folder = Path(), as_json: Json = False) -> None:
    """Read, clean, deduplicate and split the bot's conversations, and say what happened to them.

    Readable formats: messages JSONL, ShareGPT, question/answer CSV or TSV, QnA Maker .qna, chats
    exported from WhatsApp, Slack, Telegram, Discord and Messenger.
    """
    screen = Screen(as_json)
    spec = load_spec(folder)
    dataset = build(spec, screen)
    counts = dataset.counts
    rejected = sum(counts["rejected"].values())
    screen.say(f"Dataset {dataset.id} in {dataset.folder}")
    screen.rows(
        ["read", "train", "dev", "test", "left out"],
        [[f"{counts[k]:,}" for k in ("read", "train", "dev", "test")] + [f"{rejected:,}"]],
    )
    rows = list(read_jsonl(dataset.folder / "rejected.jsonl")) if rejected else []
    for reason, n in counts["rejected"].items():
        screen.say(f"\n{n:,} left out: {reason}")
        for row in [row for row in rows if row["reason"] == reason][:EXAMPLES]:
            where = row["provenance"]
            screen.say(f"  {where['source']} row {where['position']}: {row['excerpt'][:100]}")
    screen.result({"dataset": dataset.id, "folder": str(dataset.folder), **counts})
