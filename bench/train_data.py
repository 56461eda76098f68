"""The data of the training benchmarks: a bot folder made from it, and what is measured on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import machine

from chatwright.core.progress import Silent
from chatwright.core.types import Conversation
from chatwright.data import readers
from chatwright.data.batches import Batch, Packing, once
from chatwright.data.clean import clean, steps
from chatwright.data.dataset import Dataset
from chatwright.spec import Spec
from chatwright.tokenizer import Rendered, Tokenizer
from chatwright.training.objectives import bits_per_byte

DATA = ("sgd", "taskmaster4", "library")
LIBRARY = machine.ROOT / "examples" / "library"
BOT = '[bot]\nname = "bench-{name}"\npurpose = "Measures training."\n'


class Lines(Silent):
    """Progress as lines."""

    def say(self, line: str) -> None:
        print(line, flush=True)

    def start(self, what: str, total: int | None = None) -> None:
        print(f"{what} ...", flush=True)


def bot_folder(name: str, shared: Path, folder: Path) -> None:
    """Fill `folder` with a bot on the data called `name`; ends with 1 when the data is missing."""
    if name == "library":
        shutil.copytree(LIBRARY, folder, ignore=shutil.ignore_patterns(".chatwright"))
        return
    files = {
        "sgd": {"data": "sgd/train.jsonl.gz", "evaluation": "sgd/dev.jsonl.gz"},
        "taskmaster4": {"data": "taskmaster4/dialogs.jsonl.gz"},
        "chitchat": {"data": "chitchat/qna_chitchat_friendly.qna"},
    }[name]
    for place, file in files.items():
        if not (shared / file).is_file():
            raise SystemExit(f"SKIPPED: there is no {file} in the folder given by --shared.")
        (folder / place).mkdir(parents=True)
        shutil.copyfile(shared / file, folder / place / Path(file).name)
    (folder / "bot.toml").write_text(BOT.format(name=name))


def evaluated(spec: Spec, dataset: Dataset) -> tuple[list[Conversation], str]:
    """The conversations to measure on, and a word about them."""
    folder = spec.path(spec.data.evaluation)
    if not folder.exists():
        found = dataset.split(dataset.held_out)
        return found, f"{len(found):,} conversations of the data, kept from training"
    through = steps(spec.data, spec.bot.languages)
    rows = [row for path in readers.files([folder]) for row in readers.read(path, path.name)]
    cleaned = [clean(row, through) for row in rows if isinstance(row, Conversation)]
    found = [row for row in cleaned if isinstance(row, Conversation)]
    left = len(rows) - len(found)
    return found, f"{len(found):,} of {len(rows):,} conversations of the file ({left} unusable)"


@dataclass(frozen=True, slots=True)
class Measure:
    """Conversations as tokens, each from its own start and as far as the context goes.

    `content` is bytes of what assistants say in them, `skip` the ids that are no content.
    """

    rows: list[Rendered]
    context: int
    pad: int
    skip: frozenset[int]
    content: int

    @classmethod
    def of(cls, conversations: list[Conversation], tokenizer: Tokenizer, context: int) -> Measure:
        skip = frozenset({tokenizer.end, tokenizer.refuse})
        cut: list[Rendered] = []
        content = 0
        for conversation in conversations:
            whole = tokenizer.render(conversation)
            piece = Rendered(whole.ids[: context - 1], whole.learn[: context - 1])
            pairs = enumerate(zip(piece.ids, piece.learn, strict=True))
            learned = (at for at, (token, learn) in pairs if learn and token not in skip)
            content += tokenizer.size_at(whole, learned)
            cut.append(piece)
        return cls(cut, context, tokenizer.pad, skip, content)

    def batches(self) -> Iterator[Batch]:
        return once(self.rows, Packing(self.context, self.context, 2 * self.context, 0.0), self.pad)

    def bits_per_byte(self, decoder: Any) -> float:
        """In the decoder's own precision; whatever has `model` and `logits` as our Decoder has."""
        return bits_per_byte(decoder, self.batches(), self.skip, self.content)
