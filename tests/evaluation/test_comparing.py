"""Two releases brought together: the same items, as they are served, and only what neither knows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests import tiny
from tests.evaluation.measured import cases, values

from chatwright.core.errors import ReleaseError, WrongUse
from chatwright.core.progress import Silent
from chatwright.data.dataset import Dataset, build, load
from chatwright.evaluation import comparing
from chatwright.evaluation.comparing import compare
from chatwright.evaluation.evaluate import Report
from chatwright.evaluation.items import FILE, Item, Items, write_items
from chatwright.evaluation.known import known_to
from chatwright.release.manifest import Release
from chatwright.release.pack import pack
from chatwright.release.registry import Deployment, Registry
from chatwright.spec import Spec


def filled(spec: Spec, content: str, dataset: str | None, **origin: Any) -> Release:
    def fill(folder: Path) -> None:
        (folder / "model").mkdir()
        (folder / "model" / "model.safetensors").write_text(content)

    return pack(spec, fill, {"kind": "local", "dataset": dataset, "recipe": {}, **origin})


class House:
    """A bot with two datasets and a release of each; what an evaluation finds is made up."""

    def __init__(self, folder: Path, datasets: tuple[str, str]) -> None:
        self.spec = spec_in(folder)
        self.old, self.new = (load(self.spec.made / "datasets" / name) for name in datasets)
        self.current = filled(self.spec, "a", self.old.id)
        self.candidate = filled(self.spec, "b", self.new.id)
        Registry(self.spec).promote(self.current)
        self.passed = {self.current.id: "+" * 80 + "-" * 20, self.candidate.id: "+" * 95 + "-" * 5}
        self.bits = dict.fromkeys(self.passed, 0.5)
        self.calls: list[tuple[str, str | None]] = []
        self.about: dict[str, dict[str, Any]] = {}

    def items(self, release: Release, dataset: Dataset) -> Items:
        held = [row.id for row in dataset.rows(dataset.held_out)]
        found = cases(self.passed[release.id])
        found += [Item("bits_per_byte", name, self.bits[release.id], name) for name in held]
        due = {"cases": 100, "bits_per_byte": len(held)}
        due |= dict.fromkeys(
            ("wrong", "declined", "chrf", "facts", "copied", "unsafe", "benign"), 0
        )
        about = {"left_out": [], "hides": False, **self.about.get(release.id, {})}
        return Items(release.id, "local", dataset.id, due, tuple(found), (), about)

    def evaluate(
        self, spec: Spec, release: Release, dataset: Dataset, progress: Any, *_: Any,
        deployment: Deployment | None = None,
    ) -> Report:  # fmt: skip
        self.calls.append((release.id, deployment.id if deployment else None))
        folder = spec.made / "evaluations" / f"{release.id}-{dataset.id}"
        write_items(folder / FILE, self.items(release, dataset))
        return Report(folder, {})


def spec_in(folder: Path) -> Spec:
    return tiny.spec_for(folder, gate={"rounds": 500, "timed": 0})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, str]]:
    """A bot folder, and its two datasets."""
    folder = tmp_path_factory.mktemp("built")
    tiny.write_rows(folder / "data" / "chats.jsonl", 250)
    old = build(spec_in(folder)).id
    tiny.write_rows(folder / "data" / "more.jsonl", 250, seed=5)
    return folder, (old, build(spec_in(folder)).id)


@pytest.fixture
def house(
    built: tuple[Path, tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> House:
    folder = Path(shutil.copytree(built[0], tmp_path / "bot"))
    made = House(folder, built[1])
    monkeypatch.setattr(comparing, "evaluate", made.evaluate)
    monkeypatch.setattr(
        comparing,
        "as_served",
        lambda spec, release, dataset, progress, deployment: made.evaluate(
            spec, release, dataset, progress, deployment=deployment
        ),
    )
    return made


class Heard(Silent):
    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        self.lines.append(line)


def test_both_are_measured_on_the_candidates_data_and_the_current_one_as_it_is_served(
    house: House,
) -> None:
    verdict = compare(house.spec, house.candidate, house.current, Silent())
    assert verdict.verdict == "better"
    in_force = Registry(house.spec).deployment()
    assert in_force is not None
    assert house.calls == [(house.candidate.id, None), (house.current.id, in_force.id)]
    kept = json.loads((Path(verdict.folder) / "verdict.json").read_text())
    assert kept["verdict"] == "better" and kept["candidate"] == house.candidate.id
    sealed = house.candidate.folder / "sealed" / f"verdict-{house.current.id}.json"
    assert json.loads(sealed.read_text()) == kept
    assert "<html" in (Path(verdict.folder) / "verdict.html").read_text()


def test_what_one_of_them_was_trained_on_proves_nothing(house: House) -> None:
    held = {row.id for row in house.new.rows(house.new.held_out)}
    learned = known_to(house.spec, house.current).conversations & held
    shared = {row.id for row in house.old.rows("train")} & {
        row.id for row in house.new.rows("train")
    }
    assert shared, "the two datasets have rows in common"
    heard = Heard()
    verdict = compare(house.spec, house.candidate, house.current, heard)
    bits = next(row for row in verdict.rows if row.metric == "bits_per_byte")
    assert bits.n == len(held) - len(learned)
    assert bool(learned) == any("trained on them" in line for line in heard.lines)


def test_nobody_trains_on_what_it_is_measured_by(house: House) -> None:
    held = {row.id for row in house.new.rows(house.new.held_out)}
    assert not known_to(house.spec, house.candidate).conversations & held


def test_a_release_that_went_on_from_another_knows_its_data_too(house: House) -> None:
    child = filled(house.spec, "c", house.new.id, parent=house.current.id)
    known = known_to(house.spec, child).conversations
    assert known >= known_to(house.spec, house.current).conversations
    run = filled(house.spec, "d", house.new.id, inherited=[house.old.id])
    assert known_to(house.spec, run).conversations == known


def test_a_candidate_whose_data_is_gone_fails_closed(house: House) -> None:
    lost = filled(house.spec, "e", "000000000000", parent=house.candidate.id)
    house.passed[lost.id], house.bits[lost.id] = "+" * 95 + "-" * 5, 0.5
    verdict = compare(house.spec, lost, house.current, Silent())
    assert verdict.verdict == "not enough evidence"
    assert any("Bits per byte" in reason for reason in verdict.reasons)
    # That of the current release is gone: what it may know speaks for it, not for the candidate.
    other = filled(house.spec, "f", "000000000000")
    house.passed[other.id], house.bits[other.id] = "+" * 80 + "-" * 20, 0.5
    assert compare(house.spec, house.candidate, other, Silent()).verdict == "better"


def test_a_verdict_is_found_again_and_not_where_something_changed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    real = comparing.judge

    def judge(*given: Any) -> Any:
        judged.append(given[0].release)
        return real(*given)

    monkeypatch.setattr(comparing, "judge", judge)
    first = compare(house.spec, house.candidate, house.current, Silent())
    again = compare(house.spec, house.candidate, house.current, Silent())
    assert len(judged) == 1 and again.to_dict() == first.to_dict() and again.folder == first.folder
    gate = house.spec.gate.model_copy(update={"margin": 0.2})
    compare(house.spec.model_copy(update={"gate": gate}), house.candidate, house.current, Silent())
    assert len(judged) == 2
    compare(house.spec, house.candidate, house.current, Silent(), must_pass=["fees"])
    assert len(judged) == 3
    house.passed[house.candidate.id] = "+" * 50 + "-" * 50
    assert compare(house.spec, house.candidate, house.current, Silent()).verdict == "worse"


def test_topics_of_the_caller_must_pass_as_well(house: House) -> None:
    house.passed[house.candidate.id] = "-" + "+" * 99
    assert compare(house.spec, house.candidate, house.current, Silent()).verdict == "better"
    verdict = compare(house.spec, house.candidate, house.current, Silent(), must_pass=["fees"])
    assert verdict.verdict == "worse" and verdict.broken == ("fees-0",)


@pytest.mark.parametrize("whose", ["candidate", "current"])
def test_a_release_that_was_tampered_with_is_refused(house: House, whose: str) -> None:
    release: Release = getattr(house, whose)
    (release.folder / "model" / "model.safetensors").write_text("evil")
    with pytest.raises(ReleaseError, match="was changed"):
        compare(house.spec, house.candidate, house.current, Silent())
    assert not house.calls


def test_a_release_is_not_compared_with_itself(house: House) -> None:
    with pytest.raises(WrongUse, match="served"):
        compare(house.spec, house.current, house.current, Silent())


def test_conversations_that_one_cannot_take_are_left_out_of_both(house: House) -> None:
    held = [row.id for row in house.new.rows(house.new.held_out)]
    house.about[house.current.id] = {"left_out": held[:2]}
    verdict = compare(house.spec, house.candidate, house.current, Silent())
    bits = next(row for row in verdict.rows if row.metric == "bits_per_byte")
    assert bits.n <= len(held) - 2 and bits.found != "missing"


def test_texts_that_are_hidden_in_different_ways_are_not_compared(house: House) -> None:
    house.about[house.current.id] = {"hides": True}
    heard = Heard()
    verdict = compare(house.spec, house.candidate, house.current, heard)
    bits = next(row for row in verdict.rows if row.metric == "bits_per_byte")
    assert bits.found == "not applicable" and verdict.verdict == "better"
    assert any("hide people's values" in line for line in heard.lines)


def test_times_are_taken_in_turn(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    path = house.spec.path(house.spec.evaluation.cases)
    path.parent.mkdir(parents=True)
    asked = [{"id": f"q{n}", "question": f"Open on day {n}?"} for n in range(90)]
    path.write_text("".join(json.dumps(one) + "\n" for one in asked))
    seen: dict[str, Any] = {}

    def take(spec: Spec, releases: Any, deployments: Any, questions: Any, progress: Any) -> Any:
        seen["questions"] = [question.id for question in questions]
        return values("milliseconds", [9.0] * 30), values("milliseconds", [3.0] * 30)

    monkeypatch.setattr(comparing, "take_times", take)
    gate = house.spec.gate.model_copy(update={"timed": 30})
    spec = house.spec.model_copy(update={"gate": gate})
    verdict = compare(spec, house.candidate, house.current, Silent())
    assert len(seen["questions"]) == 30 and seen["questions"][:2] == ["q0", "q3"]
    assert verdict.verdict == "worse" and "Time to answer" in verdict.reasons[0]
