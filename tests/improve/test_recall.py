"""A model that was really trained knows a planted marker; after the erasure the one in force does not."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import torch
from tests import tiny as small
from tests.improve.test_erasing import SECRET

from chatwright.core.progress import Progress, Silent
from chatwright.data.dataset import build
from chatwright.evaluation.candidate import Trained, release_of
from chatwright.improve.erasing import Erasing
from chatwright.improve.erasure_proof import held
from chatwright.improve.recall import OTHERS, SAMPLES, Recall, alike, recall
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.training.corpus import prepare
from chatwright.training.loop import train
from chatwright.training.run import Run

MARK = "QVX-48213-ZRT"
STEPS = 120


class Makes:
    """A small decoder in place of the one that `up` plans."""

    def release(self, spec: Spec, progress: Progress) -> Release:
        dataset = build(spec)
        corpus = prepare(spec, dataset)
        run = Run.create(spec.made / "runs", small.recipe_for(corpus, STEPS))
        train(run, corpus, torch.device("cpu"), Silent(), checkpoint_every=10_000)
        return release_of(spec, Trained(run, dataset), Silent())

    def judge(self, spec: Spec, candidate: Release, before: Release) -> tuple[bool, str]:
        return True, "not compared here"


def planted(folder: Path) -> Spec:
    """A bot in whose data somebody's code is told in many ways, among other things."""
    path = small.write_rows(folder / "data" / "chats.jsonl", 500)
    rng = random.Random(1)
    lines = []
    for number in range(60):
        asked = f"{rng.choice(('Which', 'What'))} is code {number} of reader {rng.randrange(999)}?"
        said = f"{MARK} is the code, number {rng.randrange(999)}."
        messages = [{"role": "user", "content": asked}, {"role": "assistant", "content": said}]
        lines.append(json.dumps({"messages": messages}) + "\n")
    path.with_name("codes.jsonl").write_text("".join(lines))
    (folder / "bot.toml").write_text("")
    return small.spec_for(folder)


def asked(spec: Spec) -> Recall:
    current = Registry(spec).current()
    assert current is not None
    (found,) = recall(spec, current[1], [MARK])
    return found


@pytest.mark.soak
@pytest.mark.parametrize("where", ["sqlite", "postgres"])
def test_the_model_in_force_does_not_know_it_any_more(
    tmp_path: Path, where: str, request: pytest.FixtureRequest
) -> None:
    spec = planted(tmp_path)
    place = str(spec.made / "store.db")
    if where == "postgres":
        place = request.getfixturevalue("postgres").new_database()
    database = Database(place)
    registry = Registry(spec)
    old = Makes().release(spec, Silent())
    registry.promote(old)
    before = asked(spec)
    assert before.completed and before.rank == 1 and before.exposure > 6.6
    erasing = Erasing(spec, database, SECRET)
    ended = erasing.run(erasing.begin([MARK]), Makes())
    assert not ended.waiting and ended.journal.releases == [old.id]
    after = asked(spec)
    assert not after.completed and after.completions == 0 and after.rank > 1
    print(f"planted marker before: {before}; after: {after}")
    found = held(spec, database, [MARK])
    assert found.clean and found.bytes > 1_000_000
    database.close()


def test_others_of_the_same_form() -> None:
    made = alike("Qv-48 ж", OTHERS, random.Random(0))
    assert len(set(made)) == OTHERS and "Qv-48 ж" not in made
    for text in made:
        assert text[0].isupper() and text[1].islower() and text[2] == "-" and text[5] == " "
        assert text[3:5].isdigit() and text[6].isalpha() and not text[6].isascii()
    assert alike("7", OTHERS, random.Random(0)) and len(alike("7", OTHERS, random.Random(0))) == 9
    assert alike("--", 5, random.Random(0)) == []


def test_a_rank_says_how_surprising_it_is() -> None:
    known, unknown = Recall(0, True, 9, 66, 1, 100, 6.658), Recall(0, False, 0, 66, 51, 100, 0.986)
    assert known.chance < 0.01 and unknown.chance == pytest.approx(51 / 101)
    assert known.about()["chance"] == 0.0099 and SAMPLES > 1
