"""What was made from a person's words, apart from the store, is removed here: one function for each kind.

Everything can be done twice: what is gone already is no error. What may be made again is removed whole
(reports, calibrations); what may not (the file of cases, the harvest) line by line. Needs no torch.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from chatwright.core.errors import ChatwrightError
from chatwright.core.files import alone, canonical_json, pretty_json, storage, write_atomic
from chatwright.data.harvested import CHANGES
from chatwright.improve.reached import TEXTS, Theirs, documents_of, in_file, quotes
from chatwright.knowledge.shared import shared_of
from chatwright.knowledge.sync import forget_earlier, index_file, index_of, sync
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.backup import BEFORE

HARVEST = "harvest"
# Of what is in .chatwright: made from the data, and made again when somebody asks for it.
DERIVED = (
    *("evaluations", "improve", "canaries", "staging", "drift", "gate", "panels"),
    *("work", "brought"),  # of the console: what verbs said, and files on their way
)


def drop_lines(path: Path, theirs: Callable[[Any], bool]) -> int:
    """Take the lines of a file of JSON lines out that are theirs; how many. What is no JSON stays."""
    if not path.is_file():
        return 0
    kept, gone = [], 0
    for line in path.read_text("utf-8").splitlines(keepends=True):
        try:
            mine = bool(line.strip()) and theirs(json.loads(line))
        except ValueError:
            mine = False
        gone += mine
        kept += [] if mine else [line]
    if gone:
        with storage(path):
            write_atomic(path, "".join(kept))
    return gone


def drop_harvest(spec: Spec, theirs: Theirs) -> int:
    """Harvested rows, and turns that they supersede. A name of somebody who only agreed goes alone."""
    folder, gone = spec.made / HARVEST, 0
    for path in sorted(folder.glob("*.jsonl")):
        gone += drop_lines(path, lambda row: theirs.value(_without_raters(row)))
        _unname(path, theirs.owners)
    if gone:  # what the others' corrections say has changed is read anew with the next harvest
        (folder / CHANGES).unlink(missing_ok=True)
    return gone


def drop_cases(spec: Spec, ids: Collection[str]) -> int:
    """The lines of the file of cases that were made from reviews which are gone."""
    return drop_lines(spec.path(spec.evaluation.cases), lambda row: _id(row) in ids)


def _id(row: Any) -> str:
    return str(row.get("id")) if isinstance(row, dict) else ""


def _without_raters(row: Any) -> Any:
    return {k: v for k, v in row.items() if k != "raters"} if isinstance(row, dict) else row


def _unname(path: Path, owners: Collection[str]) -> None:
    """Leave erased people out of `raters` in a file of JSON lines."""
    if not path.exists() or not owners:
        return
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    changed = False
    for row in rows:
        if isinstance(row, dict) and set(row.get("raters") or ()) & set(owners):
            row["raters"] = [one for one in row["raters"] if one not in owners]
            changed = True
    if changed:
        write_atomic(path, "".join(canonical_json(row) + "\n" for row in rows))


def drop_datasets(spec: Spec, datasets: Collection[str], owners: Collection[str]) -> int:
    """The datasets, what is built now, the tokenizers that were learned from them, and notes that name them."""
    folder, gone = spec.made / "datasets", 0
    if not folder.exists():
        return 0
    with alone(folder):
        shutil.rmtree(folder / ".building", ignore_errors=True)
        for name in sorted(datasets):
            gone += (folder / name).exists()
            shutil.rmtree(folder / name, ignore_errors=True)
        for note in (folder / "by-input").glob("*"):
            if note.suffix != ".json" and not (folder / note.read_text().strip()).is_dir():
                note.unlink()
                note.with_suffix(".json").unlink(missing_ok=True)
    for path in folder.glob("[!.]*/dataset.json"):
        about = json.loads(path.read_text("utf-8"))
        rows = about.get("corrections", ())
        if any(set(row.get("raters", ())) & set(owners) for row in rows):
            for row in rows:
                row["raters"] = [one for one in row["raters"] if one not in owners]
            write_atomic(path, pretty_json(about))
    for path in (spec.made / "tokenizers").glob("*"):
        if path.name.partition("-")[0] in datasets:
            shutil.rmtree(path, ignore_errors=True)
    return gone


def drop_ledgers(spec: Spec, datasets: Collection[str]) -> None:
    """What the split remembers of rows that are gone; after the dataset was built anew, which needs it."""
    for name in datasets:
        (spec.made / "datasets" / "ledger" / f"{name}.npy").unlink(missing_ok=True)


def drop_runs(spec: Spec, datasets: Collection[str], releases: Collection[str]) -> int:
    """Trainings on these datasets, finished or not, and those that went on from one of the releases or runs:
    checkpoints, weights, tokenizers, figures."""
    folder, gone = spec.made / "runs", set[str]()
    about = {path.parent.name: _about(path.parent) for path in folder.glob("*/recipe.json")}
    while True:
        more = {
            name
            for name, (dataset, start) in about.items()
            if name not in gone
            and (dataset in datasets or start.get("release") in releases or _run_of(start) in gone)
        }
        if not more:
            break
        gone |= more
    for name in gone:
        shutil.rmtree(folder / name, ignore_errors=True)
    for note in (folder / "by-input").glob("*"):
        if not (folder / note.read_text().strip()).is_dir():
            note.unlink()
    return len(gone)


def _about(run: Path) -> tuple[str, Mapping[str, Any]]:
    """Its dataset, and what it started from."""
    recipe = json.loads((run / "recipe.json").read_text("utf-8"))
    try:
        start = json.loads((run / "notes.json").read_text("utf-8")).get("start") or {}
    except (OSError, ValueError):
        start = {}
    return str(recipe.get("dataset")), start


def _run_of(start: Mapping[str, Any]) -> str:
    """The run whose model a training started from, by the folder's name."""
    return Path(str(start.get("folder", ""))).parent.name


def drop_calibrations(spec: Spec, releases: Collection[str], theirs: Theirs) -> int:
    """Calibrations of these releases, and those that hold a text of theirs: they are made again."""
    folder, gone = spec.made / "calibrations", set[str]()
    if not folder.exists():
        return 0
    for note in folder.glob("of-*"):
        if note.name.removeprefix("of-") in releases:
            gone.add(note.read_text().strip())
            note.unlink()
    kept = {note.read_text().strip() for note in folder.glob("of-*")}
    kept |= {one.calibration for one in Registry(spec).usable_deployments() if one.calibration}
    whole = {path.parent.name for path in folder.glob("*/calibration.json")}
    if releases:  # those made before, of whichever release, are used by nobody
        gone |= whole
    gone -= kept
    gone |= {one for one in whole if quotes(folder / one, theirs)}
    for name in sorted(gone & whole):
        shutil.rmtree(folder / name, ignore_errors=True)
    for note in folder.glob("of-*"):
        if note.read_text().strip() in gone:
            note.unlink()
    return len(gone & whole)


def drop_reports(
    spec: Spec, releases: Collection[str], datasets: Collection[str], theirs: Theirs
) -> int:
    """Evaluations of these releases or on these datasets, and whatever else was derived and quotes them; also
    the sealed reports of releases that stay, which are no part of what a release's id is the hash of."""
    gone = 0
    of_them = set(releases) | set(_measured_on(spec, datasets))
    for path in sorted((spec.made / "evaluations").glob("*")):
        if path.name.partition("-")[0] in of_them:
            shutil.rmtree(path, ignore_errors=True)
            gone += 1
    for name in DERIVED:
        gone += _sweep(spec.made / name, theirs)
    for release in Registry(spec).releases():
        sealed = release.folder / "sealed"
        if sealed.exists() and (release.id in of_them or quotes(sealed, theirs)):
            shutil.rmtree(sealed)
            gone += 1
    return gone


def _measured_on(spec: Spec, datasets: Collection[str]) -> list[str]:
    return [one.id for one in Registry(spec).releases() if one.manifest.get("dataset") in datasets]


def _sweep(folder: Path, theirs: Theirs) -> int:
    """Remove what quotes them: lines of JSON lines, other files whole; how many."""
    gone = 0
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.suffix not in TEXTS or not path.is_file() or not in_file(path, theirs):
            continue
        if path.suffix == ".jsonl":
            gone += drop_lines(path, theirs.value)
        else:
            path.unlink()
            gone += 1
    return gone


def drop_releases(spec: Spec, releases: Collection[str]) -> int:
    """The folders of releases in quarantine, and the notes that lead to them."""
    folder, refused, gone = spec.made / "releases", Registry(spec).quarantined(), 0
    for name in sorted(set(releases) & refused.keys()):
        gone += (folder / name).exists()
        shutil.rmtree(folder / name, ignore_errors=True)
    for note in (folder / "by-input").glob("*"):
        if not (folder / note.read_text().strip()).is_dir():
            note.unlink()
    return gone


def refresh_index(spec: Spec, database: Database, theirs: Theirs) -> list[str]:
    """Read documents anew that name them, without those lines, and forget every earlier snapshot; the names
    of documents in the index that name them still."""
    if not index_file(spec).exists():
        return []
    index, shared = index_of(spec), shared_of(database, spec)
    try:
        if shared is not None:
            shared.follow(index)
        bad = documents_of(index, theirs)
        if not bad:
            return []
        with (
            index.write() as connection
        ):  # a page is asked for again with the next sync by the clock
            rows = connection.execute("SELECT name, document FROM sources").fetchall()
            pages = [(name,) for name, document in rows if document in bad and "://" in name]
            connection.executemany("DELETE FROM sources WHERE name = ?", pages)
        sync(spec, index, fewer=True, web=False)
        forget_earlier(index)
        if shared is not None:
            shared.publish(index)
        return sorted(documents_of(index, theirs))
    finally:
        index.close()


def backups(spec: Spec, store: Path | None) -> list[Path]:
    """Copies of the store in the places where `backup` and `restore` leave them."""
    places = [*(spec.made / "backups").glob("*")]
    if store is not None:
        places += [store.with_name(f"{store.name}.{BEFORE}")]
    return sorted(path for path in places if path.is_file() and not path.name.startswith("."))


def clean_backups(
    spec: Spec, store: Path | None, forget: Callable[[Database], object]
) -> tuple[int, list[str]]:
    """Take the person out of each copy that is a file of SQLite; how many, and those that cannot be changed."""
    done, left = 0, []
    for path in backups(spec, store):
        with path.open("rb") as file:
            if not file.read(16).startswith(b"SQLite format 3\0"):
                left.append(path.name)
                continue
        try:
            database = Database(path)
            try:
                forget(database)
            finally:
                database.close()
        except ChatwrightError:
            left.append(path.name)
            continue
        with closing(sqlite3.connect(path)) as copy:  # one file again, as `backup` writes it
            copy.execute("PRAGMA journal_mode=DELETE")
        for beside in ("-wal", "-shm", "-line", "-journal"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        path.chmod(0o600)
        done += 1
    return done, left
