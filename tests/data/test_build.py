"""The build itself: the same whoever does it, killed or not, and never all rows in memory."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.data.making import changed, prose, rejected, said, with_data, write
from tests.killing import killed

from chatwright.core.errors import ChatwrightError
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation, Message
from chatwright.data import inputs, pool
from chatwright.data.dataset import Dataset, build
from chatwright.data.inputs import Input, chunks, scan
from chatwright.data.pool import Here, Processes
from chatwright.data.readers.source import Asked
from chatwright.data.shards import Settings
from chatwright.spec import Spec

FILES = ("dataset.json", "train.jsonl", "dev.jsonl", "test.jsonl", "rejected.jsonl")


def some_data(spec: Spec) -> None:
    """Several chunks in several files, with duplicates across them, and a stream."""
    rows = [said(prose(n, 30), "yes", id=f"r{n}") for n in range(400)]
    rows += [said(changed(prose(n, 30), 3), "yes") for n in range(0, 100, 5)] + ["{broken"]
    write(spec, "data/a.jsonl", rows)
    write(spec, "data/b.jsonl", rows[50:60] + [said(prose(n), "no") for n in range(1000, 1100)])
    with gzip.open(spec.folder / "data" / "c.jsonl.gz", "wt") as file:
        file.write("\n".join(said(prose(n), "maybe") for n in range(2000, 2060)))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "BLOCK", 8 << 10)
    monkeypatch.setattr(inputs, "ROWS", 25)


def contents(dataset: Dataset) -> dict[str, bytes]:
    return {name: (dataset.folder / name).read_bytes() for name in FILES}


def elsewhere(spec: Spec, name: str) -> Spec:
    folder = spec.folder.parent / f"{spec.folder.name}-{name}"
    return Spec(**{**spec.model_dump(), "folder": folder})


def test_chunks_are_whole_lines_and_make_no_difference(
    spec: Spec, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_data(spec)
    whole = contents(build(spec))
    monkeypatch.setattr(inputs, "BLOCK", 1000)
    monkeypatch.setattr(inputs, "ROWS", 7)
    other = elsewhere(spec, "small")
    some_data(other)
    assert contents(build(other)) == whole


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_every_line_is_in_one_chunk(spec: Spec, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    monkeypatch.setattr(inputs, "BLOCK", 100)
    lines = [said("q" * n, "a") for n in (1, 90, 300, 1, 1, 250)]
    path = spec.folder / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + ("\r\n".join(lines) + end).encode())
    scanned = scan(Input(path, "a.jsonl", False, "messages", Asked()))
    pieces = list(chunks([scanned]))
    assert len(pieces) > 3
    rows = [row for piece in pieces for row in piece.rows()]
    assert [(r.messages[0].content, r.provenance.position) for r in rows] == [  # type: ignore[union-attr]
        ("q" * n, at) for at, n in enumerate((1, 90, 300, 1, 1, 250))
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps([json.loads(said("q", "a"))] * 3)),
        ("a.jsonl", json.dumps(json.loads(said("q", "a")), indent=1)),
        ("a.csv", 'question,answer\n"two\nlines",a\n'),
    ],
)
def test_what_cannot_be_cut_is_not(spec: Spec, name: str, content: str) -> None:
    path = spec.folder / name
    path.write_text(content)
    assert not scan(
        Input(path, name, False, "csv" if name.endswith("csv") else "messages", Asked())
    ).cuts


def test_two_processes_build_the_same_dataset(spec: Spec, small: None) -> None:
    some_data(spec)
    alone = build(spec, workers=1)
    other = elsewhere(spec, "two")
    some_data(other)
    assert contents(build(other, workers=2)) == contents(alone)
    assert alone.counts["rejected"] == {
        "near duplicate": 20,
        "exact duplicate": 10,
        "not valid JSON": 1,
    }


KILLED = """
import os, signal, sys
from pathlib import Path
from chatwright.data import inputs, shards
from chatwright.data.dataset import build
from chatwright.spec import Spec

inputs.BLOCK, inputs.ROWS = 8 << 10, 25
rows = []

def deadly(conversation):
    rows.append(conversation)
    if len(rows) == 300:
        os.kill(os.getpid(), signal.SIGKILL)
    return conversation, {}

spec = Spec.model_validate_json(Path(sys.argv[1]).read_text())
build(spec, None, 1, settings=shards.Settings(spec.data, deadly))
"""


def test_a_killed_build_goes_on_where_it_was(spec: Spec, small: None) -> None:
    """Killed for good at row 300 of the first pass: what was done is not done again."""
    some_data(spec)
    about = spec.folder / "spec.json"
    about.write_text(json.dumps({**spec.model_dump(mode="json"), "folder": str(spec.folder)}))
    ended = subprocess.run([sys.executable, "-c", KILLED, str(about)], check=False)
    assert ended.returncode == -signal.SIGKILL
    datasets = spec.made / "datasets"
    (workplace,) = (datasets / ".building").iterdir()
    done = [path.name for path in workplace.iterdir() if path.name[0].isdigit()]
    assert done and not list(datasets.glob("*/dataset.json"))
    before = {name: (workplace / name).stat().st_ino for name in done}

    class Watching(Silent):
        def start(self, what: str, total: int | None = None) -> None:
            if what.startswith("Finding"):
                for name, inode in before.items():
                    assert (workplace / name).stat().st_ino == inode, "made again"

    dataset = build(spec, Watching(), workers=1)
    other = elsewhere(spec, "whole")
    some_data(other)
    assert contents(dataset) == contents(build(other, workers=1))
    assert not (datasets / ".building").exists()


def test_a_build_killed_in_any_stage_ends_the_same(spec: Spec) -> None:
    write(spec, "bot.toml", ['[bot]\nname = "x"\npurpose = "y"'])
    write(spec, "tests/cases.jsonl", ['{"id": "c", "question": "when does the mill open?"}'])
    rows = [said(prose(n % 50, 30), "yes", id=f"r{n}") for n in range(60)]
    write(spec, "data/a.jsonl", [*rows, *(said(changed(prose(n, 30), 3), "yes") for n in range(9))])
    stages = ["ledger.json", "rename .*/.making", "signatures.bin", "questions-0", "/dev.jsonl"]
    stages += [
        "/.dataset.json",
        "rename .*/dataset$",
        "ledger/",
        "by-input/",
        "rmtree .*/.building$",
    ]
    (_, _, whole), *ends = killed("build", spec.folder, *stages)
    assert len(ends) == len(stages) and any("/train.jsonl" in name for name in whole)
    for step, _, after in ends:
        left = {name for name in after if re.search(r"/\.[0-9a-f]+(\.npy)?\.\w{8}$", name)}
        assert {name: after[name] for name in after.keys() - left} == whole, step


def test_what_another_input_left_is_removed(spec: Spec) -> None:
    some_data(spec)
    stale = spec.made / "datasets" / ".building" / "0123"
    stale.mkdir(parents=True)
    build(spec)
    assert not stale.exists()


def die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_killed_worker_is_told_of() -> None:
    with Processes(2) as two, pytest.raises(ChatwrightError, match="memory ran out") as caught:
        list(two.run(die, range(10)))
    assert "Run again" in caught.value.next_step


def test_pools_keep_the_order_and_read_ahead_a_little(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def work() -> object:
        for n in range(50):
            asked.append(n)
            yield n

    assert list(Here().run(str, work())) == [str(n) for n in range(50)]  # type: ignore[arg-type]
    asked.clear()
    with Processes(2) as two:
        results = two.run(str, work())  # type: ignore[arg-type]
        assert next(results) == "0"
        assert len(asked) <= pool.AHEAD * 2
        assert [*results] == [str(n) for n in range(1, 50)]


def test_rows_are_redacted_before_they_are_compared(spec: Spec) -> None:
    write(
        spec,
        "data/a.jsonl",
        [said(f"I am number {n}", "Hello.") for n in range(9)] + [said("3", "")],
    )

    def redact(row: Conversation) -> tuple[Conversation, Counter[str]]:
        hidden = tuple(
            Message(m.role, "".join("#" if c.isdigit() else c for c in m.content))
            for m in row.messages
        )
        return Conversation(hidden, row.id, row.provenance), Counter(number=1)

    spec = with_data(spec, test_share=0, development_share=1e-9)
    dataset = build(spec, settings=Settings(spec.data, redact))
    assert [c.messages[0].content for c in dataset.rows("train")] == ["I am number #"]
    assert dataset.counts["redactions"] == {"number": 9}
    assert [row["excerpt"] for row in rejected(dataset)][-1] == "# | "


def test_labels_and_worse_replies_are_kept(spec: Spec) -> None:
    row = Conversation(
        (Message("user", "q"), Message("assistant", "a")), label=True, rejected="worse"
    )
    other = Conversation(row.messages, rejected="even worse")
    spec = with_data(spec, test_share=0, development_share=1e-9)
    write(spec, "data/a.jsonl", [said("q", "a")])

    def redact(found: Conversation) -> tuple[Conversation, Counter[str]]:
        source = row if found.provenance and found.provenance.position == 0 else other
        return Conversation(
            source.messages, "", found.provenance, source.label, source.rejected
        ), Counter()

    write(spec, "data/a.jsonl", [said("q", "a"), said("q", "a")])
    dataset = build(spec, settings=Settings(spec.data, redact))
    found = [(c.label, c.rejected) for c in dataset.rows("train")]
    assert found == [(True, "worse"), (None, "even worse")] or found == [(True, "worse")]


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    """Ten times the rows: the peak of the whole process hardly moves."""
    script = (
        "import pathlib, sys\n"
        "from chatwright.data import inputs\n"
        "inputs.BLOCK = 64 << 10\n"
        "from chatwright.data.dataset import build\n"
        "from chatwright.spec import Spec\n"
        "spec = Spec.model_validate({'folder': sys.argv[1], 'bot': {'name': 'x', 'purpose': 'y'}})\n"
        "build(spec, workers=1)\n"
        "lines = pathlib.Path('/proc/self/status').read_text().splitlines()\n"
        "print(next(line.split()[1] for line in lines if line.startswith('VmHWM')))"
    )
    peaks = []
    for rows in (400, 4000):
        folder = tmp_path / str(rows)
        (folder / "data").mkdir(parents=True)
        noise = random.Random(rows)
        texts = (noise.randbytes(1100).hex() for _ in range(rows))
        # Long answers: questions of the test set are compared from memory, within a bound of its own.
        lines = (said(text[:24], text[24:]) for text in texts)
        (folder / "data" / "a.jsonl").write_text("\n".join(lines))
        run = subprocess.run(
            [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True
        )
        peaks.append(int(run.stdout))
    assert peaks[1] - peaks[0] < 6_000, f"{peaks} KB: the text alone is 8,000 KB more"
