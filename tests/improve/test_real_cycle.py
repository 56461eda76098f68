"""The cycle with its real steps on a tiny bot: trained twice, from scratch and going on; the gate alone is told
what to say, for so little data prove nothing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests import tiny as small
from tests.improve.cycling import Said, correction
from tests.tiny import Tiny

from chatwright.core.progress import Progress
from chatwright.data.harvested import SOURCE
from chatwright.evaluation.candidate import train_bot
from chatwright.evaluation.made import find_release
from chatwright.evaluation.verdicts import Verdict
from chatwright.improve import journal
from chatwright.improve.cycle import Asked, Real, improve
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec

SHORT = {"tokens": 10 * 2048, "compile": "never"}


class Lenient(Real):
    def compare(
        self,
        spec: Spec,
        candidate: Release,
        current: Release,
        progress: Progress,
        seeds: Sequence[Release],
    ) -> Verdict:
        return Verdict(candidate.id, current.id, "not worse", (), "cases")


class Unmeasured(Lenient):
    """The second time: it takes as long as the rest."""

    def evaluate(self, *_: Any) -> None: ...


def bot(tiny: Tiny, folder: Path, **tables: Any) -> Spec:
    shutil.copytree(tiny.spec.folder, folder)
    model = {"size": "nano", "context": small.CONTEXT, "vocabulary": 512}
    values = {"model": model, "training": SHORT, "evaluation": {"samples": 2}} | tables
    return small.spec_for(folder, **values)


def test_it_learns_is_killed_goes_on_and_is_served(tiny: Tiny, tmp_path: Path) -> None:
    spec = bot(tiny, tmp_path / "bot")
    before = Registry(spec).current_id()

    class Dies(Lenient):
        def release(self, *_: Any) -> Release:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        improve(spec, lambda: [correction()], Said(), Asked(), Dies())
    assert Registry(spec).current_id() == before
    said = Said()
    outcome = improve(spec, lambda: [correction()], said, Asked(), Lenient())
    assert "Goes on with" in said.text
    assert outcome.journal is not None and outcome.journal.state == "promoted"
    current = Registry(spec).current()
    assert current is not None
    deployment, release = current
    assert deployment.calibration  # as `up` would have it
    assert release.report is not None and release.report["release"] == release.id
    assert release.manifest["dataset"] == outcome.journal.values["steps"]["dataset"]["dataset"]
    again = improve(spec, lambda: [correction()], Said(), Asked(), Lenient())
    assert again.journal is None
    assert [one.state for one in journal.journals(spec.made)] == ["promoted"]

    # And going on from there with another correction: what it knows comes again in part.
    more = [correction(), correction("r2", "Is there coffee?", "No.")]
    said = Said()
    outcome = improve(spec, lambda: more, said, Asked(method="continue"), Unmeasured())
    assert outcome.journal is not None and outcome.journal.state == "promoted"
    newest = Registry(spec).current()
    assert newest is not None
    assert newest[1].manifest["parent"] == release.id
    recipe = newest[1].manifest["recipe"]
    assert recipe["only_new"] and recipe["replay"] == spec.improve.replay
    assert "do not come again" in said.text
    # `up` would train nothing: the folder leads to what is served.
    trained = train_bot(spec, Said())
    rows = [row for row in trained.dataset.rows("train") if row.provenance.source == SOURCE]  # type: ignore[union-attr]
    assert len(rows) == 2 * spec.improve.weight
    found = find_release(spec, trained.dataset)
    assert found is not None and found.id == newest[1].id
