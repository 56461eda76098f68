"""A cycle whose long steps are quick: folders that look like runs and releases, and a gate that says what it is
told to. What is between the steps is real."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests import tiny as small

from chatwright.core.files import sha256_json, write_atomic
from chatwright.core.progress import Progress, Silent
from chatwright.core.types import Message
from chatwright.data.dataset import build
from chatwright.evaluation.candidate import Trained
from chatwright.evaluation.verdicts import Outcome, Verdict
from chatwright.release.manifest import Release
from chatwright.release.pack import pack
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.store.review_records import Accepted
from chatwright.training.run import Run

TOML = """
[bot]
name = "tiny"
purpose = "Help readers."

[model]
context = 256
vocabulary = 512

[engine]
precision = "fp32"
threads = 1
cache_mb = 32
"""


class Said(Silent):
    """Keeps what was said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        self.lines.append(line)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass
class Quick:
    """`verdict` is the gate's; `made` counts what was really done, and not found."""

    verdict: Outcome = "better"
    made: list[str] = field(default_factory=list)

    def train(self, spec: Spec, progress: Progress) -> Trained:
        dataset = build(spec)
        training = spec.training.model_dump(mode="json")
        run = Run(spec.made / "runs" / sha256_json([dataset.id, training])[:12])
        if not (run.folder / "done.json").exists():
            self.made.append("train")
            write_atomic(run.folder / "done.json", json.dumps({"steps": 1}))
        return Trained(run, dataset)

    def release(self, spec: Spec, trained: Trained, progress: Progress) -> Release:
        name = trained.run.folder.name

        def fill(folder: Path) -> None:
            self.made.append("release")
            write_atomic(folder / "model" / "weights", name)

        note = trained.run.folder / "release"
        if note.exists():
            return Registry(spec).release(note.read_text())
        found = pack(spec, fill, {"dataset": trained.dataset.id})
        write_atomic(note, found.id)
        return found

    def evaluate(self, spec: Spec, release: Release, trained: Trained, progress: Progress) -> None:
        path = spec.made / "calibrations" / f"of-{release.id}"
        if not path.exists():
            self.made.append("evaluate")
            write_atomic(path, f"c{release.id}\n")

    def compare(
        self,
        spec: Spec,
        candidate: Release,
        current: Release,
        progress: Progress,
        seeds: Sequence[Release],
    ) -> Verdict:
        self.made.append("compare")
        reasons = (f"judged with {len(seeds)} more",)
        return Verdict(candidate.id, current.id, self.verdict, reasons, "cases")


def bot(folder: Path) -> Spec:
    """A bot that serves a release of its first dataset."""
    (folder / "bot.toml").write_text(TOML)
    small.write_rows(folder / "data" / "chats.jsonl", 60)
    spec = small.spec_for(folder)
    work = Quick()
    trained = work.train(spec, Silent())
    Registry(spec).promote(work.release(spec, trained, Silent()))
    return spec


def correction(id: str = "r1", question: str = "Is there tea?", right: str = "Yes.") -> Accepted:
    said = (Message("user", question), Message("assistant", right))
    return Accepted(id, said, "No.", question, ("visitor:a",), ("a",), ("m",), "account:o", "2026")
