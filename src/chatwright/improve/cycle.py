"""One turn of the loop: harvest -> dataset -> train -> release -> evaluate -> gate -> promote, or refuse.

Every step is the one that `train`, `evaluate` and `release promote` call, and finds its result where it was
done before: a cycle that was killed goes on where it was when `improve` is run again. What is served
changes at the very end, at once, and only for a candidate whose files were verified and that the gate let
through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from chatwright.answer.open import calibration_of
from chatwright.core.errors import ChatwrightError, Conflict, ReleaseError, WrongUse
from chatwright.core.files import sha256_json
from chatwright.core.progress import Progress
from chatwright.data.dataset import Dataset, build, load
from chatwright.evaluation.candidate import Trained, release_of, train_bot
from chatwright.evaluation.comparing import compare
from chatwright.evaluation.evaluate import evaluate
from chatwright.evaluation.made import read_note, run_note, write_note
from chatwright.evaluation.verdicts import Verdict
from chatwright.improve import journal as journals
from chatwright.improve.difference import difference, lines
from chatwright.improve.harvest import Harvest, gather, harvest
from chatwright.improve.journal import OPEN, Journal, alone
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.store.review_records import Accepted
from chatwright.store.stamps import now
from chatwright.training.loop import Stopped

SMALL = 10.0  # minutes of training up to which it is done from scratch: it then costs little
# What changes a model that is there cannot begin from scratch.
CHANGING = ("lora", "dpo", "kto")
Reviewed = Callable[[], Sequence[Accepted]]
Permit = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a cycle; what is empty or 0 is as `[improve]` says."""

    method: str = ""
    minutes: float = 0.0
    seeds: int = 1
    promote: bool = True
    force: bool = False  # promote what the gate refuses, for `reason`
    reason: str = ""
    wait: bool = False
    scheduled: bool = False
    without: tuple[str, ...] = ()  # raters


class Work(Protocol):
    """The long steps. Each finds its result where it was made before."""

    def train(self, spec: Spec, progress: Progress) -> Trained: ...

    def release(self, spec: Spec, trained: Trained, progress: Progress) -> Release: ...

    def evaluate(
        self, spec: Spec, release: Release, trained: Trained, progress: Progress
    ) -> None: ...

    def compare(
        self,
        spec: Spec,
        candidate: Release,
        current: Release,
        progress: Progress,
        seeds: Sequence[Release],
    ) -> Verdict: ...


class Real:
    """The steps as everybody else runs them: there is no second path."""

    def train(self, spec: Spec, progress: Progress) -> Trained:
        return train_bot(spec, progress, serve=True)

    def release(self, spec: Spec, trained: Trained, progress: Progress) -> Release:
        return release_of(spec, trained, progress)

    def evaluate(self, spec: Spec, release: Release, trained: Trained, progress: Progress) -> None:
        evaluate(spec, release, trained.dataset, progress, trained.about())

    def compare(
        self,
        spec: Spec,
        candidate: Release,
        current: Release,
        progress: Progress,
        seeds: Sequence[Release],
    ) -> Verdict:
        return compare(spec, candidate, current, progress, seeds=seeds)


REAL = Real()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a cycle ended. `journal` is None where there was nothing new to learn."""

    said: str
    journal: Journal | None = None

    def to_dict(self) -> dict[str, Any]:
        state = self.journal.state if self.journal else "nothing new"
        return {"state": state, "said": self.said, **(self.journal.values if self.journal else {})}


def improve(
    spec: Spec,
    reviewed: Reviewed,
    progress: Progress,
    asked: Asked | None = None,
    work: Work = REAL,
    permit: Permit = nullcontext,
) -> Outcome:
    """Learn from what `reviewed` gives now, and serve the result if it is not worse.

    Raises `Conflict` where another cycle runs, `ReleaseError` where nothing is served yet or a candidate was
    tampered with, `WrongUse` for a bot without a model of its own, and whatever a step raises; the
    journal then says so, and the next call goes on. `permit` is held while what is served is changed, and
    raises where this call may no longer do that.
    """
    asked = asked or Asked()
    if asked.force and not asked.reason.strip():
        raise WrongUse("--force needs a --reason, which is kept in the history.", "")
    with alone(spec.made, wait=asked.wait):
        current = _current(spec)
        _note_promoted(spec, current)
        found = harvest(spec, reviewed())
        for line in told(found):
            progress.say(line)
        return _Cycle(spec, asked, progress, work, current, found, permit).go()


def dry(spec: Spec, accepted: Sequence[Accepted]) -> tuple[Harvest, list[str]]:
    """What would be learned, and the same for people; nothing is written."""
    found = gather(spec, accepted)
    return found, list(told(found))


def told(found: Harvest) -> Iterator[str]:
    """A harvest, for people."""
    if not found.rows:
        yield "No correction has been accepted: `chatwright review` shows what waits."
        return
    mended = sum(one.right is not None for one in found.superseded)
    yield (
        f"{len(found.rows):,} accepted corrections; in the training data {mended:,} turns say the right "
        f"reply from now on, and {len(found.superseded) - mended:,} are left out"
    )
    for review, later in found.outdone:
        yield f"  correction {review} is contradicted by the later {later}, which counts"


class _Cycle:
    """What one call holds together."""

    def __init__(
        self,
        spec: Spec,
        asked: Asked,
        progress: Progress,
        work: Work,
        current: Release,
        found: Harvest,
        permit: Permit,
    ) -> None:
        self.permit = permit
        self.spec, self.asked, self.progress, self.work = spec, asked, progress, work
        self.current, self.harvest = current, found
        self.method = method_of(spec, asked)
        seed = spec.training.seed
        self.specs = [
            trained_as(spec, asked, self.method, current, seed + at) for at in range(asked.seeds)
        ]

    def go(self) -> Outcome:
        began = now()
        dataset = build(self.spec, self.progress)
        if dataset.id == self.current.manifest.get("dataset"):
            said = "Nothing new to learn: what is served has learned all of it."
            self.progress.say(said)
            return Outcome(said)
        journal, ended = self._journal(dataset)
        if ended is not None:
            self.progress.say(ended)
            return Outcome(ended, journal)
        with _told_how_it_ended(journal):
            journal.done("harvest", _harvested(self.harvest), began)
            self._show(journal, dataset, began)
            candidates = [
                self._candidate(journal, at, one, dataset) for at, one in enumerate(self.specs)
            ]
            state, why = self._judge(journal, candidates)
        journals.prune(self.spec.made)
        said = f"{_title(state)}: release {candidates[0].id}. {why}".rstrip(". ") + "."
        self.progress.say(said)
        return Outcome(said, journal)

    def _journal(self, dataset: Dataset) -> tuple[Journal, str | None]:
        """The journal to go on with, or a new one; and why there is nothing to do, where there is not."""
        asked = self.asked
        trainings = [one.training.model_dump(mode="json") for one in self.specs]
        made_of = [dataset.id, self.harvest.id, self.current.id, self.method, trainings]
        key = sha256_json(made_of)[:16]
        for one in reversed(journals.journals(self.spec.made)):
            if one.values["key"] != key:
                if one.state == "running":
                    one.end("interrupted", "something else was to be learned when it was run again")
                continue
            if one.state in OPEN or asked.force or (one.state == "ready" and asked.promote):
                one.again()
                self.progress.say(f"Goes on with {one.id}.")
                return one, None
            where = f"Release {_candidate_id(one)} of the same corrections is there already: {one.state}."
            return one, f"{where} {one.values['why']}".strip()
        about = {"current": self.current.id, "method": self.method, "asked": asdict(asked)}
        return Journal.begin(self.spec.made, key, about), None

    def _show(self, journal: Journal, dataset: Dataset, began: str) -> None:
        """What the dataset has that the one in service was not trained on."""
        if journal.result("dataset") is not None:
            return
        identity = str(self.current.manifest.get("dataset"))
        folder = self.spec.made / "datasets" / identity
        before = load(folder) if (folder / "dataset.json").exists() else None
        found = difference(before, dataset)
        for line in lines(found):
            self.progress.say(line)
        journal.done("dataset", {"dataset": dataset.id, "difference": found.to_dict()}, began)

    def _candidate(self, journal: Journal, at: int, spec: Spec, dataset: Dataset) -> Release:
        """Train, pack and evaluate one; each is found where it was done."""
        began = now()
        if len(self.specs) > 1:
            self.progress.say(f"Training {at + 1} of {len(self.specs)}")
        trained = self.work.train(spec, self.progress)
        if trained.dataset.id != dataset.id:
            raise Conflict(
                "The data changed while the model was trained.", "Run `chatwright improve` again."
            )
        run = trained.run.folder.name
        journal.done(f"train {at}", {"run": run, "done": trained.run.done}, began)
        began = now()
        release = self.work.release(spec, trained, self.progress)
        journal.done(f"release {at}", {"release": release.id}, began)
        began = now()
        self.work.evaluate(self.spec, self._verified(release.id), trained, self.progress)
        calibration = calibration_of(self.spec, release.id)
        journal.done(f"evaluate {at}", {"calibration": calibration}, began)
        return release

    def _judge(self, journal: Journal, candidates: Sequence[Release]) -> tuple[str, str]:
        """The gate; then what it allows. Returns the state and why."""
        began = now()
        candidate, *seeds = [self._verified(one.id) for one in candidates]
        verdict = self.work.compare(self.spec, candidate, self.current, self.progress, seeds)
        why = f"{verdict.verdict}: {'; '.join(verdict.reasons)}".strip(": ")
        result = {
            "candidate": candidate.id,
            "verdict": verdict.verdict,
            "reasons": list(verdict.reasons),
            "needed": verdict.needed,
            "folder": verdict.folder,
        }
        journal.done("gate", result, began)
        if not verdict.promotable and not self.asked.force:
            journal.end("refused", why)
            return "refused", why
        if not (self.asked.promote and self.spec.improve.promote):
            journal.end("ready", why)
            return "ready", f"{why}. `chatwright release promote {candidate.id}` serves it"
        if not verdict.promotable:
            why = f"forced ({self.asked.reason}); the gate: {why}"
        self._promote(journal, verdict, why)
        journal.end("promoted", why)
        return "promoted", why

    def _promote(self, journal: Journal, verdict: Verdict, why: str) -> None:
        began, registry = now(), Registry(self.spec)
        verified = self._verified(verdict.candidate)
        deployment = registry.deployment()
        if deployment is None or deployment.release not in (self.current.id, verified.id):
            raise Conflict(
                "Another release was promoted meanwhile; the candidate was not compared with it.",
                "Run `chatwright improve` again.",
            )
        self._settle(journal)
        with self.permit():
            promoted = registry.promote(
                verified,
                f"chatwright improve {journal.id}: {why}",
                calibration=calibration_of(self.spec, verified.id),
                gate=verdict.short() | ({} if verdict.promotable else {"forced": True}),
            )
        journal.done("promote", {"deployment": promoted.id}, began)

    def _settle(self, journal: Journal) -> None:
        """Let `up` find what is served soon as what the folder leads to: it is not trained again."""
        run = (journal.result("train 0") or {}).get("run")
        note = run_note(self.spec, build(self.spec))
        if run and read_note(note) != run:
            write_note(note, run)

    def _verified(self, release: str) -> Release:
        """Every file against its hash. Raises `ReleaseError`."""
        return Registry(self.spec).release(release)


@contextmanager
def _told_how_it_ended(journal: Journal) -> Iterator[None]:
    """What goes wrong is noted; it is gone on from there the next time."""
    try:
        yield
    except (KeyboardInterrupt, Stopped) as error:
        journal.end("interrupted", str(error) or "stopped by hand")
        raise
    except ChatwrightError as error:
        journal.end("failed", str(error))
        raise
    except Exception as error:
        journal.end("failed", f"{type(error).__name__}: {error}")
        raise


def method_of(spec: Spec, asked: Asked) -> str:
    """ "scratch" or "continue"."""
    wanted = asked.method or spec.improve.method
    changing = spec.training.method in CHANGING or spec.training.lora_rank > 0
    if wanted == "scratch" and changing:
        raise WrongUse(
            f'method = "{spec.training.method}" in [training] changes a model that is there.',
            'Use --method continue, or [improve] method = "continue".',
        )
    if wanted != "auto":
        return wanted
    return "scratch" if minutes_of(spec, asked) <= SMALL and not changing else "continue"


def minutes_of(spec: Spec, asked: Asked) -> float:
    return asked.minutes or spec.improve.minutes or spec.training.minutes


def trained_as(spec: Spec, asked: Asked, method: str, current: Release, seed: int) -> Spec:
    """`spec` with the training that the cycle wants, written out: it stays the same when it is resumed.

    A scheduled one from scratch does as many steps as what is served was trained for: it shares the machine
    with live answers, and what is measured then would be too few.
    """
    update: dict[str, Any] = {"minutes": minutes_of(spec, asked), "seed": seed}
    if method == "continue":
        update |= {"continue_from": current.id, "replay": spec.improve.replay, "only_new": True}
    else:
        update |= {"continue_from": "", "replay": 0.0, "only_new": False}
        recipe = current.manifest.get("recipe") or {}
        as_before = asked.scheduled and not asked.minutes and not spec.improve.minutes
        if as_before and recipe.get("initial") not in (None, "start") and not spec.training.tokens:
            update["tokens"] = int(recipe["steps"]) * int(recipe["packing"]["batch_tokens"])
    return spec.model_copy(update={"training": spec.training.model_copy(update=update)})


def _current(spec: Spec) -> Release:
    if spec.model.kind in ("hosted", "retrieval"):
        raise WrongUse(
            "This bot has no model of its own: there is nothing to train.",
            "Accepted corrections can be curated answers: `chatwright review`.",
        )
    current = Registry(spec).current()
    if current is None:
        raise ReleaseError(
            "Nothing is served yet that could be improved.", f"Run `chatwright up {spec.folder}`."
        )
    return current[1]


def _note_promoted(spec: Spec, current: Release) -> None:
    """A cycle that was killed after it had promoted its candidate, and before it could say so."""
    for one in journals.journals(spec.made):
        if one.state in OPEN and one.result("gate") and _candidate_id(one) == current.id:
            one.end("promoted", "noted afterwards: it was interrupted at its very end")


def _candidate_id(journal: Journal) -> str:
    return str((journal.result("gate") or {}).get("candidate", "")) or "(none)"


def _harvested(found: Harvest) -> dict[str, Any]:
    return {
        "harvest": found.id,
        "rows": len(found.rows),
        "superseded": len(found.superseded),
        "outdone": [list(pair) for pair in found.outdone],
    }


def _title(state: str) -> str:
    return {
        "promoted": "Promoted",
        "refused": "Refused, and what was served is served on",
        "ready": "Ready, and not served yet",
    }[state]
