"""Erasure to the end: from a person's words in the store to a bot that never learned them.

    .chatwright/erased/open/<id>.json   what is asked and which steps are done; ids alone, no name, no word
    .chatwright/erased/done/<id>.json   what became of it

Each step can be done twice, and the next one begins when it is noted: an erasure that was interrupted goes on
where it was. In order: tombstones, the rows of the store, what learned from them (into quarantine, and out of
service), what was made of them, a model trained without them, the folders of the old ones, the proof.

It trains nothing itself and needs no torch: `Makes` says how a release is made and judged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import select

from chatwright.answer.open import calibration_of, calibrations
from chatwright.answer.people import People
from chatwright.core.errors import DataError
from chatwright.core.files import alone, pretty_json, write_atomic
from chatwright.core.progress import Progress, Silent
from chatwright.data import erasure
from chatwright.data.dataset import build
from chatwright.data.inputs import has_conversations
from chatwright.improve import remains
from chatwright.improve.erasure_journal import Ended, Journal, behind, open_erasures
from chatwright.improve.journal import alone as improving
from chatwright.improve.reached import Theirs, reached
from chatwright.release.manifest import MANIFEST, Release
from chatwright.release.pack import pack_retrieval
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.store import Database, curated, panels
from chatwright.store.loop_tables import review_cases, reviews
from chatwright.store.person import PersonRows, Tombstones, scrub
from chatwright.store.reviews import Reviews, forget_where
from chatwright.store.secret import Secret
from chatwright.store.tables import curated_answers

REASON = "it learned from somebody who asked to be forgotten"
PURPOSE = "erasure"  # of the hash that names a journal


class Makes(Protocol):
    """What the orchestrator does not do itself, because it trains."""

    def release(self, spec: Spec, progress: Progress) -> Release:
        """Train, pack and evaluate a release from the data as they are now."""

    def judge(self, spec: Spec, candidate: Release, before: Release) -> tuple[bool, str]:
        """Whether the candidate may take the place of what was served before, and why (the gate)."""


class Erasing:
    """The erasures of one bot."""

    def __init__(
        self, spec: Spec, database: Database, secret: Secret, progress: Progress | None = None
    ) -> None:
        self.spec = spec
        self.registry = Registry(spec)
        self._database, self._secret = database, secret
        self._people = People(spec, database, secret)
        self._progress = progress or Silent()
        self._folder = spec.made / "erased"

    # --- beginning

    def open(self) -> list[Journal]:
        """Those that were begun and are not finished, the oldest first."""
        return open_erasures(self.spec)

    def begin(
        self, who: Sequence[str], *, retrain: bool = True, keep_serving: bool = False
    ) -> Journal:
        """The erasure of a person, who is an owner of conversations or has the other identifiers; the one that
        was begun before with the same. Tombstones are written first: from then on nothing new is made of it.

        Raises `DataError` for an identifier that is too short to mean a person.
        """
        owners = [one for one in who if self._is_owner(one)]
        names = [one for one in who if one not in owners]
        id = self._secret.mac(PURPOSE, "\n".join(sorted(who)))[:16]
        path = self._folder / "open" / f"{id}.json"
        if path.exists():
            journal = Journal.load(path)
            owners = journal.owners
            names = [one for one in who if one not in owners]
        else:
            journal = Journal(path, id, datetime.now(UTC).isoformat(timespec="seconds"))
            journal.owners, journal.named = owners, bool(names)
        journal.retrain, journal.keep_serving = retrain, keep_serving
        for name in names:
            erasure.erase(self.spec.made, name)
        if "tombstones" not in journal.steps:
            journal.done("tombstones")
        journal.save()
        return journal

    def _is_owner(self, one: str) -> bool:
        """Whether something is kept of them under that id, or was learned."""
        if self._people.rows.known(one):
            return True
        names = {one, f"visitor:{one}"}
        return any(names & {*row.get("owners", ())} for row in behind(self.spec))

    # --- going on

    def run(self, journal: Journal, makes: Makes | None = None) -> Ended:
        """Do what is still to do. Without `makes` everything but the training. One at a time, also between
        processes."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with alone(self._folder):
            if not journal.path.exists():  # another process finished it meanwhile
                return Ended(journal)
            asked, journal = journal, Journal.load(journal.path)
            journal.retrain, journal.keep_serving = asked.retrain, asked.keep_serving
            for step, work in (
                ("rows", self._rows),
                ("reached", self._reached),
                ("removed", self._removed),
            ):
                if step not in journal.steps:
                    work(journal)
                    journal.done(step)
            with improving(
                self.spec.made, wait=True
            ):  # nothing else is trained or promoted meanwhile
                waiting = self._made_anew(journal, makes)
                if not waiting:
                    self._deleted(journal)
                    self._close(journal)
        return Ended(journal, waiting)

    def _close(self, journal: Journal) -> None:
        """Leave what became of it, without the ids."""
        about = Ended(journal).about()
        write_atomic(self._folder / "done" / f"{journal.id}.json", pretty_json(about))
        journal.path.unlink(missing_ok=True)

    def _theirs(self, journal: Journal) -> Theirs:
        erased = erasure.load(self.spec.made) if journal.named else None
        owners = {name for one in journal.owners for name in (one, f"visitor:{one}")}
        rows = {(name, at) for name, places in journal.sources.items() for at in places}
        known = frozenset({*journal.ids, *journal.cases})
        if erased is None:
            return Theirs(frozenset(owners), known, frozenset(rows))
        return Theirs(frozenset(owners), known, frozenset(rows), erased.name)

    # --- the steps

    def _rows(self, journal: Journal) -> None:
        """The store, the log, curated answers and reviews. The ids are noted before anything goes."""
        self._progress.start("Removing what is in the store")
        erased = erasure.load(self.spec.made) if journal.named else None
        if not journal.before:
            names = erased.name if erased else None
            journal.ids = self._people.rows.involved(journal.owners, names)
            journal.before = self._reviewed()
            if erased is not None:
                journal.sources = dict(erasure.sources(self.spec, erased))
            journal.save()
        said = list(journal.ids)
        for owner in journal.owners:
            self._count(journal, self._people.erase(owner, "cli").about())
        if erased is not None:
            self._count(journal, self._people.erase_named([], "cli").about())
        journal.count("answers", self._forget_answers(journal.left.pop("answers", [])))
        _forget_reviews(self._database, journal.owners, said, erased)
        after = self._reviewed()
        gone = {name: sorted({*ids} - {*after[name]}) for name, ids in journal.before.items()}
        journal.count("reviews", len(gone["reviews"]))
        journal.cases = gone["cases"]
        journal.ids = sorted({*said, *gone["reviews"]})
        self._people.scrub()

    def _count(self, journal: Journal, about: dict[str, Any]) -> None:
        for name, number in about["removed"].items():
            journal.count(name, number)
        for name, held in about["left"].items():
            journal.left[name] = sorted({*journal.left.get(name, []), *held})

    def _reviewed(self) -> dict[str, list[str]]:
        with self._database.read() as connection:
            return {
                "reviews": sorted(connection.scalars(select(reviews.c.id))),
                "cases": sorted(connection.scalars(select(review_cases.c.id))),
            }

    def _forget_answers(self, ids: Sequence[str]) -> int:
        """Curated answers that name the person, with every earlier wording."""
        if not ids:
            return 0
        with self._database.write() as connection:
            return curated.forget(connection, curated_answers.c.id.in_(ids))

    def _reached(self, journal: Journal) -> None:
        """What learned from it: into quarantine, and out of service."""
        self._progress.start("Looking for what learned from it")
        self._quarantine(journal)
        self._serve_another(journal)

    def _quarantine(self, journal: Journal) -> list[str]:
        """Those that are new to it."""
        found = reached(self.spec, self._theirs(journal))
        journal.datasets = sorted({*journal.datasets, *found.datasets})
        journal.learned = sorted({*journal.learned, *found.learned})
        new = [one for one in found.releases if one not in (journal.candidate, *journal.releases)]
        journal.releases = [*journal.releases, *new]
        current = self.registry.deployment()
        if current is not None and current.release in new:
            journal.served = journal.served or current.release
        self.registry.quarantine(new, REASON, serving=journal.keep_serving)
        journal.save()
        return new

    def _serve_another(self, journal: Journal) -> None:
        """What answers until a new release is there: an earlier clean one, or the documents alone; the old one
        only where the owner said so."""
        current = self.registry.deployment()
        if current is None or current.release not in self.registry.quarantined():
            return
        journal.served = journal.served or current.release
        clean = self.registry.clean_before()
        if clean is not None:
            kept = clean.calibration
            if kept and not (calibrations(self.spec) / kept).exists():
                kept = None
            self.registry.promote(self.registry.release(clean.release), REASON, calibration=kept)
            journal.instead = f"release {clean.release}"
        elif journal.keep_serving:
            journal.instead = "the old one"
        else:
            model = self.spec.model.model_copy(update={"kind": "retrieval"})
            release = pack_retrieval(self.spec.model_copy(update={"model": model}))
            self.registry.promote(release, REASON)
            journal.instead = "documents"

    def _removed(self, journal: Journal) -> None:
        """What was made of it. The data set that a build needs to keep its split stays in the ledger."""
        spec, theirs = self.spec, self._theirs(journal)
        self._progress.start("Removing what was made of it")
        journal.count("harvest", remains.drop_harvest(spec, theirs))
        journal.count("cases", remains.drop_cases(spec, journal.cases))
        gone = remains.drop_datasets(spec, journal.datasets, theirs.owners)
        journal.count("datasets", gone)
        journal.count("runs", remains.drop_runs(spec, journal.learned, journal.releases))
        keeping = () if journal.instead != "the old one" else (journal.served,)
        old = [one for one in journal.releases if one not in keeping]
        journal.count("calibrations", remains.drop_calibrations(spec, old, theirs))
        self._without_lost_calibration()
        reports = remains.drop_reports(spec, old, journal.datasets, theirs)
        journal.count("reports", reports)
        self._left(journal, "index", remains.refresh_index(spec, self._database, theirs))
        done, left = remains.clean_backups(spec, self._database.path, self._forgotten_in(journal))
        journal.count("backups", done)
        self._left(journal, "backups", left)

    def _left(self, journal: Journal, name: str, found: Sequence[str]) -> None:
        journal.left.pop(name, None)
        if found:
            journal.left[name] = list(found)

    def _without_lost_calibration(self) -> None:
        """A deployment whose calibration had to go answers without one until it is made again."""
        current = self.registry.deployment()
        if current is None or not current.calibration:
            return
        if not (calibrations(self.spec) / current.calibration).exists():
            if current.release in self.registry.quarantined():
                return
            release = self.registry.release(current.release)
            self.registry.promote(release, "its calibration held an erased person's words")

    def _forgotten_in(self, journal: Journal) -> Callable[[Database], object]:
        """What is done to a copy of the store."""
        erased = erasure.load(self.spec.made) if journal.named else None

        def forget(database: Database) -> None:
            rows = PersonRows(database, self._secret)
            said = rows.involved(journal.owners, erased.name if erased else None)
            for owner in journal.owners:
                rows.erase(owner)
            if erased is not None:
                rows.erase_where(erased.name)
                ids = curated.mentioning(database, erased.name)
                with database.write() as connection:
                    curated.forget(connection, curated_answers.c.id.in_(ids))
                    panels.forget_named(connection, erased.name)
            _forget_reviews(database, journal.owners, said, erased)
            Tombstones(database).add(Tombstones(self._database).rows())
            scrub(database)

        return forget

    # --- a model that never learned it

    def _made_anew(self, journal: Journal, makes: Makes | None) -> str:
        """What is still to do; empty where what is in force is clean and nothing has to be trained."""
        if "made" not in journal.steps:
            if not journal.releases:
                if journal.datasets:
                    self._rebuild()
                journal.done("made")
            elif makes is None or not journal.retrain:
                if not self._clean_in_force():
                    return "a release that is trained without it"
                journal.done("made")
            else:
                journal.candidate = self._train(journal, makes).id
                journal.done("made")
        if "promoted" not in journal.steps:
            if journal.candidate and not self._clean_in_force(journal.candidate):
                problem = self._promote(journal, makes)
                if problem:
                    return problem
            journal.done("promoted")
        return ""

    def _clean_in_force(self, wanted: str = "") -> bool:
        """Whether a release with a model of its own is served that never learned it."""
        current = self.registry.deployment()
        if current is None or current.release in self.registry.quarantined():
            return False
        if wanted:
            return current.release == wanted
        return not self.registry.release(current.release).wordless

    def _rebuild(self) -> None:
        """The dataset without them: a build remembers the split, so it comes before the ledger goes."""
        try:
            if has_conversations(self.spec):
                build(self.spec, self._progress)
        except DataError as error:
            self._progress.say(f"The dataset was not built anew: {error}")

    def _train(self, journal: Journal, makes: Makes) -> Release:
        spec, start = self.spec, self.spec.training.continue_from
        if start and start not in self._clean_starts():
            training = spec.training.model_copy(update={"continue_from": ""})
            spec = spec.model_copy(update={"training": training})
            self._progress.say(
                "continue_from names what may not be used any more: trained from the start."
            )
        release = makes.release(spec, self._progress)
        if release.id in self.registry.quarantined():
            _readopt(release, build(spec).id)
            journal.releases = [one for one in journal.releases if one != release.id]
            self.registry.lift([release.id], "made again without them, byte for byte the same")
            release = self.registry.release(release.id)
        return release

    def _clean_starts(self) -> set[str]:
        """What a training may go on from: what is there and never learned it."""
        refused, start = self.registry.quarantined(), self.spec.training.continue_from
        if start == "current":
            return {start} if self._clean_in_force() else set()
        if (self.spec.made / "runs" / start).exists() or self.spec.path(start).is_dir():
            return {start}
        known = [one.id for one in self.registry.releases() if one.id.startswith(start)]
        return {start} if known and not set(known) & refused.keys() else set()

    def _promote(self, journal: Journal, makes: Makes | None) -> str:
        """Serve the candidate, if the gate lets it; else say why not."""
        candidate = self.registry.usable(journal.candidate)
        folder = self.spec.made / "releases" / journal.served
        if journal.served and (folder / MANIFEST).exists() and makes is not None:
            before = self.registry.release(journal.served)
            passed, journal.verdict = makes.judge(self.spec, candidate, before)
            if not passed:
                journal.save()
                return f"a decision: the gate refuses release {candidate.id} ({journal.verdict})"
        calibration = calibration_of(self.spec, candidate.id)
        self.registry.promote(
            candidate, "trained without an erased person", calibration=calibration
        )
        return ""

    def _deleted(self, journal: Journal) -> None:
        """The releases themselves. What was made from the old data in the meantime is found once more."""
        self._progress.start("Deleting the releases that learned it")
        if self._quarantine(journal):
            self._serve_another(journal)
            self._removed(journal)
        current = self.registry.deployment()
        gone = [one for one in journal.releases if current is None or one != current.release]
        theirs = self._theirs(journal)
        journal.count("releases", remains.drop_releases(self.spec, gone))
        journal.count("runs", remains.drop_runs(self.spec, journal.learned, gone))
        journal.count("calibrations", remains.drop_calibrations(self.spec, gone, theirs))
        journal.count("reports", remains.drop_reports(self.spec, gone, journal.datasets, theirs))
        remains.drop_ledgers(self.spec, journal.datasets)
        self._progress.stop()
        journal.done("deleted")


def _forget_reviews(
    database: Database,
    owners: Sequence[str],
    ids: Sequence[str],
    erased: erasure.Tombstones | None,
) -> None:
    for owner in (*owners, ""):
        Reviews(database).forget(owner, ids)
    if erased is not None:
        with database.write() as connection:
            forget_where(connection, erased.name)


def _readopt(release: Release, dataset: str) -> None:
    """A release of which every byte is that of one made without the person: its manifest names their data no
    more. The id is the hash of the files and the spec, so it stays."""
    manifest = {**release.manifest, "dataset": dataset}
    if manifest.get("recipe"):
        manifest["recipe"] = {**manifest["recipe"], "dataset": dataset}
    write_atomic(release.folder / MANIFEST, pretty_json(manifest))
