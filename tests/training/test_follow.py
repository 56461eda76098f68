"""What people see: rows, lines and a sample reply; the same figures in TensorBoard and MLflow."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from rich.console import Console
from tensorboardX.proto.event_pb2 import Event
from tests import tiny as small
from tests.tiny import Tiny

from chatwright.cli.show import Screen
from chatwright.core.errors import ChatwrightError
from chatwright.core.progress import Silent
from chatwright.model import weights
from chatwright.training import sample, writers
from chatwright.training.loop import train
from chatwright.training.run import Run

CPU = torch.device("cpu")


class Told(Silent):
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.views: list[Sequence[str]] = []

    def say(self, line: str) -> None:
        self.lines.append(line)

    def show(self, lines: Sequence[str]) -> None:
        self.views.append(lines)


def test_a_training_shows_itself(tiny: Tiny, tmp_path: Path) -> None:
    run, told = Run.create(tmp_path, small.recipe_for(tiny.corpus, 24)), Told()
    train(run, tiny.corpus, CPU, told, checkpoint_every=100)
    assert len(told.views) == 24
    loss, development, speed = told.views[-1]
    assert loss.startswith("loss ")
    assert "bits per byte at step 24" in development
    assert int(speed.split()[1].replace(",", "")) > 10
    said = [line for line in told.lines if line.startswith("Step ")]
    assert [int(line.split()[1].rstrip(":")) for line in said] == [4, 8, 12, 16, 20, 24]
    assert all(" -> " in line for line in said)
    rows = run.metrics()
    assert [row["sample"] for row in rows if "sample" in row]
    assert rows[-1]["tokens_per_second"] > 10


def test_the_sample_is_what_greedy_search_says(tiny: Tiny) -> None:
    """Token by token as from the logits of the whole text; it ends where the model ends."""
    decoder, tokenizer = weights.load(tiny.run.model), tiny.corpus.tokenizer
    prompt = sample.opening(tiny.corpus.dev)
    assert prompt
    ids = list(prompt)
    for _ in range(sample.LONGEST):
        best = int(decoder(torch.tensor([ids]))[0, -1, : len(tokenizer)].argmax())
        if best == tokenizer.end:
            break
        ids.append(best)
    said = sample.reply(decoder, tokenizer, prompt, CPU)
    assert said == tokenizer.decode(ids[len(prompt) :])
    assert said


def screen(terminal: bool, machine: bool = False) -> tuple[Screen, io.StringIO]:
    made, output = Screen(machine), io.StringIO()
    made.console = Console(file=output, force_terminal=terminal, width=100, _environ={})
    return made, output


def drawn(terminal: bool, machine: bool = False) -> str:
    made, output = screen(terminal, machine)
    made.start("Training", 10)
    made.advance(3, "loss 1.00")
    made.show(["loss 1.000", "x" * 300])
    made.say("Step 3: 0.9 bits per byte; [Hi] -> Hello")
    made.stop()
    return output.getvalue()


def test_the_view_is_for_terminals() -> None:
    assert "loss 1.000" in drawn(terminal=True)
    plain = drawn(terminal=False)
    assert plain.splitlines() == ["Training ...", "Step 3: 0.9 bits per byte; [Hi] -> Hello"]
    assert "Step 3" not in drawn(terminal=True, machine=True)


def events(folder: Path) -> list[Event]:
    """What TensorBoard would read: records of length, checksum, data, checksum."""
    (path,) = folder.glob("events.*")
    data, found = path.read_bytes(), []
    while data:
        (size,) = struct.unpack("<Q", data[:8])
        found.append(Event.FromString(data[12 : 12 + size]))
        data = data[16 + size :]
    return found


def test_tensorboard_has_the_rows(tiny: Tiny, tmp_path: Path) -> None:
    run = Run.create(tmp_path, small.recipe_for(tiny.corpus, 24))
    train(run, tiny.corpus, CPU, Silent(), checkpoint_every=100, log_to=["tensorboard"])
    found = [
        (event.step, value.tag, round(value.simple_value, 4))
        for event in events(run.folder / "tensorboard")
        for value in event.summary.value
        if value.tag in ("loss", "dev_bits_per_byte")
    ]
    expected = [
        (row["step"], name, row[name])
        for row in run.metrics()
        for name in ("loss", "dev_bits_per_byte")
        if name in row
    ]
    assert found == expected
    assert len(expected) > 10


class FakeMlflow:
    """As much of MLflow as is used."""

    def __init__(self) -> None:
        self.params: dict[str, str] = {}
        self.metrics: list[tuple[str, float, int]] = []
        self.ended = False

    def MlflowClient(self) -> FakeMlflow:  # noqa: N802
        return self

    def set_experiment(self, name: str) -> Any:
        return type("Experiment", (), {"experiment_id": name})

    def create_run(self, experiment: str, run_name: str) -> Any:
        return type("Made", (), {"info": type("Info", (), {"run_id": run_name})})

    def log_param(self, run: str, name: str, value: str) -> None:
        self.params[name] = value

    def log_metric(self, run: str, name: str, value: float, step: int) -> None:
        self.metrics.append((name, value, step))

    def set_terminated(self, run: str) -> None:
        self.ended = True


def test_mlflow_has_the_rows(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeMlflow()
    monkeypatch.setattr(writers, "mlflow", fake)
    run = Run.create(tmp_path, small.recipe_for(tiny.corpus, 12))
    made = writers.MLflow(run.folder, run.values)
    rows: list[Mapping[str, float]] = [{"loss": 2.0}, {"loss": 1.0, "dev_bits_per_byte": 0.9}]
    for step, row in enumerate(rows, 1):
        made.write(step, row)
    made.close()
    assert fake.params["steps"] == "12"
    assert fake.metrics == [("loss", 2.0, 1), ("loss", 1.0, 2), ("dev_bits_per_byte", 0.9, 2)]
    assert fake.ended


def test_a_missing_extra_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(
        ChatwrightError, match=r"needs tensorboardX, which is not installed\. pip install"
    ):
        writers.check(["tensorboard"])
