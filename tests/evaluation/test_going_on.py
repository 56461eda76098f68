"""A release that goes on from the one in force: it names its parent, and leads to no further one by itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests import tiny as small
from tests.tiny import Tiny

from chatwright.core.progress import Silent
from chatwright.evaluation.candidate import release_of, train_bot
from chatwright.evaluation.findings import forgot, warnings_of
from chatwright.release.registry import Registry


class Said(Silent):
    """Keeps what was said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        self.lines.append(line)


@pytest.mark.soak
def test_the_current_release_goes_on(tiny: Tiny, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(tiny.spec.folder, tmp_path / "bot"))
    small.write_rows(folder / "data" / "chats.jsonl", 300, seed=5)
    training = {"method": "lora", "continue_from": "current", "replay": 0.5, "tokens": 10 * 2048}
    spec = small.spec_for(folder, training=training)
    said = Said()
    trained = train_bot(spec, said)
    recipe = trained.run.recipe
    assert recipe.lora is not None and recipe.steps == 10 and recipe.initial == "start"
    assert recipe.replay == 0.5 and recipe.replayed == tiny.corpus.dataset.id != recipe.dataset
    assert any(tiny.corpus.dataset.id in line and "come again" in line for line in said.lines)
    about = trained.about()
    assert about["forgetting"]["before"] > 0 and about["objective"] == "assistant"
    release = release_of(spec, trained, Silent())
    assert release.manifest["parent"] == tiny.fp32.id
    assert (release.model / "model.safetensors").read_bytes() == (
        trained.run.model / "model.safetensors"
    ).read_bytes()
    Registry(spec).promote(release)
    again = Said()
    assert train_bot(spec, again).run.folder == trained.run.folder
    assert again.lines == []  # what is in force by now is its own work


def test_a_report_warns_of_forgetting() -> None:
    figures = {"forgetting": {"before": 1.0, "after": 1.5, "forgot": True}}
    assert "50%" in forgot(figures)
    assert forgot(figures) in warnings_of({"training": figures})
    assert forgot({"forgetting": {"before": 1.0, "after": 1.01, "forgot": False}}) == ""
    assert forgot({"forgetting": {"not_applicable": "no data"}}) == "" == forgot({})
