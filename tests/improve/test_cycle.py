"""The cycle: whatever happens at whatever step, it goes on, nothing is lost, what is served stays served."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests import tiny as small
from tests.improve.cycling import Quick, Said, bot, correction

from chatwright.core.errors import ChatwrightError, Conflict, ReleaseError, StorageFull, WrongUse
from chatwright.core.progress import Progress
from chatwright.data.dataset import build
from chatwright.evaluation.candidate import Trained
from chatwright.evaluation.made import find_release, read_note, run_note
from chatwright.improve import cycle, journal
from chatwright.improve.cycle import Asked, improve, method_of, trained_as
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.training.loop import Stopped


class Killed(BaseException):
    """As by kill -9: nobody catches it."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bot(tmp_path_factory.mktemp("template")).folder


@pytest.fixture
def spec(template: Path, tmp_path: Path) -> Spec:
    return small.spec_for(Path(shutil.copytree(template, tmp_path / "bot")))


def served(spec: Spec) -> str:
    found = Registry(spec).deployment()
    assert found is not None
    return found.release


def current(spec: Spec) -> Release:
    found = Registry(spec).current()
    assert found is not None
    return found[1]


def run(spec: Spec, work: Quick, said: Said | None = None, **asked: Any) -> cycle.Outcome:
    return improve(spec, lambda: [correction()], said or Said(), Asked(**asked), work)


def test_a_correction_becomes_what_is_served(spec: Spec) -> None:
    before, work, said = served(spec), Quick(), Said()
    outcome = run(spec, work, said)
    assert outcome.journal is not None and outcome.journal.state == "promoted"
    assert served(spec) != before
    assert work.made == ["train", "release", "evaluate", "compare"]
    steps = json.loads(outcome.journal.path.read_text())["steps"]
    assert list(steps) == [
        "harvest", "dataset", "train 0", "release 0", "evaluate 0", "gate", "promote",
    ]  # fmt: skip
    assert steps["dataset"]["difference"]["sources"]["feedback"]["added"] == 1
    assert "corrections: +1" in said.text
    deployment = Registry(spec).deployment()
    assert deployment is not None and deployment.calibration == f"c{deployment.release}"
    assert outcome.journal.id in Registry(spec).history()[-1]["reason"]
    # `up` finds that the folder leads to it: nothing is trained again.
    assert read_note(run_note(spec, build(spec))) == steps["train 0"]["run"]


def test_nothing_new_is_said_and_no_failure(spec: Spec) -> None:
    work = Quick()
    outcome = improve(spec, list, Said(), Asked(), work)
    assert outcome.journal is None and "Nothing new" in outcome.said
    assert outcome.to_dict()["state"] == "nothing new"
    run(spec, work)
    made = list(work.made)
    assert run(spec, work).journal is None
    assert work.made == made


def test_what_is_refused_is_not_served_and_not_tried_again(spec: Spec) -> None:
    before, work = served(spec), Quick("worse")
    outcome = run(spec, work)
    assert outcome.journal is not None and outcome.journal.state == "refused"
    assert served(spec) == before
    candidate = outcome.journal.values["steps"]["gate"]["candidate"]
    assert "worse" in journal.refused(spec.made, candidate)
    made, said = list(work.made), Said()
    again = run(spec, work, said)
    assert again.journal is not None and again.journal.id == outcome.journal.id
    assert work.made == made
    assert "is there already: refused" in said.text
    with pytest.raises(WrongUse):
        run(spec, work, force=True)
    forced = run(spec, work, force=True, reason="the desk insists")
    assert forced.journal is not None and forced.journal.state == "promoted"
    assert served(spec) == candidate
    assert "the desk insists" in Registry(spec).history()[-1]["reason"]
    assert journal.refused(spec.made, candidate) == ""


def test_not_enough_evidence_is_no_reason_to_promote(spec: Spec) -> None:
    before = served(spec)
    outcome = run(spec, Quick("not enough evidence"))
    assert outcome.journal is not None and outcome.journal.state == "refused"
    assert served(spec) == before


def test_it_may_wait_for_somebody(spec: Spec) -> None:
    before, work = served(spec), Quick()
    outcome = run(spec, work, promote=False)
    assert outcome.journal is not None and outcome.journal.state == "ready"
    assert served(spec) == before
    assert "release promote" in outcome.said
    assert run(spec, work, promote=False).journal is not None
    later = run(spec, work)
    assert later.journal is not None and later.journal.state == "promoted"
    assert work.made.count("train") == 1


def saves(monkeypatch: pytest.MonkeyPatch, at: int, *, after: bool) -> Callable[[], int]:
    """Die at the `at`-th note in the journal: just before it is on disk, or just after. Returns the count."""
    real, seen = journal.write_atomic, [0]

    def write(path: Path, text: str) -> None:
        seen[0] += 1
        if seen[0] == at and not after:
            raise Killed
        real(path, text)
        if seen[0] == at:
            raise Killed

    monkeypatch.setattr(journal, "write_atomic", write)
    return lambda: seen[0]


@pytest.mark.parametrize(
    ("at", "after"), [*((at, False) for at in range(1, 10)), (7, True), (9, True)]
)
def test_killed_at_any_boundary(
    spec: Spec, monkeypatch: pytest.MonkeyPatch, at: int, after: bool
) -> None:
    before, work = served(spec), Quick()
    with monkeypatch.context() as patch:
        count = saves(patch, at, after=after)
        with pytest.raises(Killed):
            run(spec, work)
        assert count() == at
    promoted = served(spec) != before
    assert promoted == (at >= 8)  # the note behind the pointer
    if not promoted:
        newest = journal.last(spec.made)
        assert newest is None or newest.state == "interrupted"
    said = Said()
    outcome = run(spec, work, said)
    assert served(spec) != before
    assert work.made.count("train") == work.made.count("release") == 1
    assert work.made.count("evaluate") == 1
    states = {one.state for one in journal.journals(spec.made)}
    assert states == {"promoted"}
    if not promoted:
        assert outcome.journal is not None and outcome.journal.state == "promoted"


FULL = StorageFull("The disk is full.", "")


@pytest.mark.parametrize(
    ("step", "error", "state"),
    [
        ("train", FULL, "failed"),
        ("release", FULL, "failed"),
        ("evaluate", FULL, "failed"),
        ("compare", FULL, "failed"),
        ("train", Stopped("Training stopped.", ""), "interrupted"),
        ("evaluate", KeyboardInterrupt(), "interrupted"),
        ("compare", RuntimeError("a bug"), "failed"),
    ],
)
def test_what_goes_wrong_is_noted_and_gone_on_with(
    spec: Spec, step: str, error: BaseException, state: str
) -> None:
    before = served(spec)

    class Broken(Quick):
        pass

    def fails(*_: object) -> None:
        raise error

    broken = Broken()
    setattr(broken, step, fails)
    with pytest.raises(type(error)):
        run(spec, broken)
    assert served(spec) == before
    newest = journal.last(spec.made)
    assert newest is not None and newest.state == state
    identity, work = newest.id, Quick()
    outcome = run(spec, work)
    assert outcome.journal is not None and outcome.journal.id == identity
    assert outcome.journal.state == "promoted"
    assert ("train" in work.made) == (step == "train")


def test_a_full_disk_while_harvesting_changes_nothing(
    spec: Spec, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = served(spec)

    def full(path: Path, text: str) -> None:
        raise StorageFull("The disk is full.", "")

    with monkeypatch.context() as patch:
        patch.setattr("chatwright.improve.harvest.write_atomic", full)
        with pytest.raises(StorageFull):
            run(spec, Quick())
    assert served(spec) == before and not journal.journals(spec.made)
    assert run(spec, Quick()).journal is not None


@pytest.mark.parametrize("when", ["evaluate", "compare"])
def test_a_candidate_that_was_tampered_with(spec: Spec, when: str) -> None:
    before = served(spec)

    class Tampered(Quick):
        def evaluate(self, spec: Spec, release: Any, trained: Trained, progress: Progress) -> None:
            super().evaluate(spec, release, trained, progress)
            if when == "evaluate":
                (release.folder / "model" / "weights").write_text("other")

        def compare(self, spec: Spec, candidate: Any, *rest: Any) -> Any:
            verdict = super().compare(spec, candidate, *rest)
            (candidate.folder / "model" / "weights").write_text("other")
            return verdict

    with pytest.raises(ReleaseError, match="was changed"):
        run(spec, Tampered())
    assert served(spec) == before
    newest = journal.last(spec.made)
    assert newest is not None and newest.state == "failed"


def test_two_at_once(spec: Spec) -> None:
    with journal.alone(spec.made):
        assert journal.running(spec.made)
        with pytest.raises(Conflict, match="improved already") as told:
            run(spec, Quick())
        assert told.value.code == "improving"
    assert not journal.running(spec.made)
    assert run(spec, Quick()).journal is not None


def test_somebody_promotes_another_release_meanwhile(spec: Spec) -> None:
    work = Quick()

    class Late(Quick):
        def compare(self, spec: Spec, *rest: Any) -> Any:
            other = trained_as(spec, Asked(), "scratch", current(spec), 77)
            release = work.release(other, work.train(other, Said()), Said())
            Registry(spec).promote(release)
            return super().compare(spec, *rest)

    with pytest.raises(Conflict, match="meanwhile"):
        run(spec, Late())


def test_several_seeds_and_the_first_is_the_candidate(spec: Spec) -> None:
    work = Quick()
    outcome = run(spec, work, seeds=3)
    assert work.made.count("train") == 3
    assert outcome.journal is not None
    steps = outcome.journal.values["steps"]
    assert steps["gate"]["reasons"] == ["judged with 2 more"]
    assert served(spec) == steps["release 0"]["release"]


def test_an_undone_review_does_not_come_back_with_an_old_journal(spec: Spec) -> None:
    class Dies(Quick):
        def compare(self, *_: Any) -> Any:
            raise Killed

    with pytest.raises(Killed):
        improve(
            spec, lambda: [correction(), correction("r2", "tea?", "No tea.")], Said(), work=Dies()
        )
    outcome = improve(spec, lambda: [correction()], Said(), work=Quick())
    old, new = journal.journals(spec.made)
    assert (old.state, new.state) == ("interrupted", "promoted")
    assert outcome.journal is not None and outcome.journal.id == new.id


def test_a_bot_without_a_release_or_a_model(tmp_path: Path, spec: Spec) -> None:
    with pytest.raises(ReleaseError, match="up"):
        run(spec.model_copy(update={"folder": tmp_path / "new"}), Quick())
    hosted = spec.model.model_copy(update={"kind": "hosted", "hosted_model": "x"})
    with pytest.raises(WrongUse):
        run(spec.model_copy(update={"model": hosted}), Quick())


def test_small_budgets_train_from_scratch_and_large_ones_go_on(spec: Spec) -> None:
    assert method_of(spec, Asked()) == "scratch"
    assert method_of(spec, Asked(minutes=60)) == "continue"
    assert method_of(spec, Asked(minutes=60, method="scratch")) == "scratch"
    lora = spec.model_copy(update={"training": spec.training.model_copy(update={"method": "lora"})})
    assert method_of(lora, Asked()) == "continue"
    with pytest.raises(ChatwrightError):
        method_of(lora, Asked(method="scratch"))
    release = current(spec)
    going_on = trained_as(spec, Asked(), "continue", release, 4).training
    assert (going_on.continue_from, going_on.replay, going_on.only_new, going_on.seed) == (
        release.id, spec.improve.replay, True, 4,
    )  # fmt: skip


def test_a_scheduled_one_does_as_many_steps_as_what_is_served(spec: Spec) -> None:
    recipe = {"initial": "counts", "steps": 50, "packing": {"batch_tokens": 2048}}
    release = current(spec)
    release = Release(release.folder, release.manifest | {"recipe": recipe})
    scheduled = Asked(scheduled=True)
    assert trained_as(spec, scheduled, "scratch", release, 0).training.tokens == 50 * 2048
    assert trained_as(spec, Asked(), "scratch", release, 0).training.tokens == 0
    minutes = Asked(scheduled=True, minutes=2)
    assert trained_as(spec, minutes, "scratch", release, 0).training.tokens == 0
    recipe["initial"] = "start"
    assert trained_as(spec, scheduled, "scratch", release, 0).training.tokens == 0


def test_a_forgotten_file_in_the_folder_is_no_journal(spec: Spec) -> None:
    (spec.made / "improve").mkdir(parents=True)
    (spec.made / "improve" / "a-b.json").write_text('{"id": ')
    assert journal.last(spec.made) is None
    assert run(spec, Quick()).journal is not None
    assert find_release(spec, build(spec)) is None  # of the quick ones; it does not break
