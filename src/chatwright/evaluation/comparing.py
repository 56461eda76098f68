"""Two releases on the same items, under the conditions that they are served in: what the gate judges.

    compare(spec, candidate, current, progress) -> Verdict

Held-out conversations are those of the candidate's dataset that neither was trained on. What was measured
before from the same inputs is found by its key and not measured again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from chatwright.answer.open import calibration_of
from chatwright.core.errors import DataError, WrongUse
from chatwright.core.files import pretty_json, sha256_file, sha256_json, write_atomic
from chatwright.core.progress import Progress
from chatwright.data.dataset import Dataset
from chatwright.evaluation.cases import load_cases
from chatwright.evaluation.evaluate import Report, as_served, evaluate
from chatwright.evaluation.gate import judge
from chatwright.evaluation.items import FILE, MEASURES, Items
from chatwright.evaluation.known import dataset_of, known_to
from chatwright.evaluation.timing import take_times
from chatwright.evaluation.verdict_page import render_verdict
from chatwright.evaluation.verdicts import Verdict, read_verdict
from chatwright.release.manifest import Release, verify
from chatwright.release.pack import seal
from chatwright.release.registry import Deployment, Registry
from chatwright.spec import Spec
from chatwright.spec.loop import Gate

VERSION = 1  # of what is compared and judged; part of every verdict's key
OTHERWISE_HIDDEN = (
    "The two hide people's values in different ways: loss and written replies are not compared."
)


def compare(
    spec: Spec,
    candidate: Release,
    current: Release,
    progress: Progress,
    *,
    seeds: Sequence[Release] = (),
    must_pass: Sequence[str] = (),
) -> Verdict:
    """Measure both where that was not done, judge, and keep `verdict.json` and `verdict.html`.

    `seeds`: releases of the same training with other seeds. `must_pass`: topics besides those of `[gate]`.
    Raises `ReleaseError` where a file of a release was changed, `WrongUse` for a release against itself.
    """
    if candidate.id == current.id:
        raise WrongUse(
            f"Release {candidate.id} is the one that is served.",
            "Name another one to compare with it.",
        )
    for one in (candidate, current, *seeds):
        verify(one.folder)
    topics = tuple(dict.fromkeys((*spec.gate.must_pass, *must_pass)))
    settings = spec.gate.model_copy(update={"must_pass": topics})
    dataset = dataset_of(spec, candidate) or dataset_of(spec, current)
    mine = evaluate(spec, candidate, dataset, progress, (candidate.report or {}).get("training"))
    theirs = as_served(spec, current, dataset, progress, served(spec, current))
    others = [evaluate(spec, one, dataset, progress) for one in seeds]
    folder = _folder(mine, current, [theirs, *others], settings)
    try:
        return read_verdict(folder / "verdict.json")
    except DataError:  # none yet
        pass
    all_items = [report.items() for report in (mine, theirs, *others)]
    all_items, notes = _unseen(spec, (candidate, current, *seeds), all_items, dataset)
    for note in notes:
        progress.say(note)
    first, second = _timed(spec, candidate, current, all_items[0], all_items[1], progress)
    verdict = judge(first, second, settings, all_items[2:])
    about = {**verdict.about, "bot": spec.bot.title or spec.bot.name, "notes": notes}
    about |= {"deployments": [first.about.get("deployment"), second.about.get("deployment")]}
    return _kept(replace(verdict, about=about), candidate, folder)


def served(spec: Spec, release: Release) -> Deployment:
    """How `release` is served now, or would be if it were promoted."""
    deployed = Registry(spec).deployment()
    if deployed is not None and deployed.release == release.id:
        return deployed
    return Deployment(release.id, calibration=calibration_of(spec, release.id))


def _unseen(
    spec: Spec,
    releases: Sequence[Release],
    measured: Sequence[Items],
    dataset: Dataset | None,
) -> tuple[list[Items], list[str]]:
    """The items less the held-out conversations that one of the releases knows, or was not asked."""
    notes: list[str] = []
    if dataset is None:
        return list(measured), notes
    held_out = {row.id for row in dataset.rows(dataset.held_out)}
    if len({items.about.get("hides") for items in measured}) > 1:
        notes.append(OTHERWISE_HIDDEN)
        return [items.without(held_out) for items in measured], notes
    gone = {name for items in measured for name in items.about.get("left_out", ())}
    kept = list(measured)
    for at, release in enumerate(releases):
        known = known_to(spec, release)
        learned = known.conversations & held_out
        if learned:
            notes.append(
                f"{len(learned):,} held-out conversations are left out: {release.id} was trained on them."
            )
        if known.missing:
            notes.append(
                f"What {release.id} was trained on is not all known: dataset {known.missing[0]} is gone."
            )
        if known.missing and at != 1:  # it may know them: they prove nothing
            kept[at] = kept[at].unmeasured()
        gone |= learned
    return [items.without(gone) for items in kept], notes


def _timed(
    spec: Spec,
    candidate: Release,
    current: Release,
    mine: Items,
    theirs: Items,
    progress: Progress,
) -> tuple[Items, Items]:
    """With times that were taken in turn: those of two evaluations tell of the machine's other work, too."""
    questions = [case.conversation for case in load_cases(spec.path(spec.evaluation.cases))]
    if not questions or not spec.gate.timed:
        return mine.plus("milliseconds", ()), theirs.plus("milliseconds", ())
    pace = max(1, len(questions) // spec.gate.timed)
    chosen = questions[::pace][: spec.gate.timed]
    deployments = [served(spec, one) for one in (candidate, current)]
    times = take_times(spec, (candidate, current), deployments, chosen, progress)
    return mine.plus("milliseconds", times[0]), theirs.plus("milliseconds", times[1])


def _folder(mine: Report, current: Release, others: Sequence[Report], settings: Gate) -> Path:
    """Beside the candidate's evaluation; named by all that the verdict depends on."""
    hashes = [sha256_file(report.folder / FILE) for report in (mine, *others)]
    measures = [[one.name, one.higher_is_better] for one in MEASURES.values()]
    key = sha256_json([VERSION, hashes, settings.model_dump(mode="json"), measures])
    return mine.folder / f"against-{current.id}-{key[:8]}"


def _kept(verdict: Verdict, candidate: Release, folder: Path) -> Verdict:
    """Written down, and sealed into the candidate: the first verdict against this release stays."""
    files = {
        "verdict.html": render_verdict(verdict),
        "verdict.json": pretty_json(verdict.to_dict()),
    }
    for name, content in files.items():
        write_atomic(folder / name, content)
    named = {name.replace(".", f"-{verdict.current}."): text for name, text in files.items()}
    seal(candidate, named)
    return replace(verdict, folder=str(folder))
