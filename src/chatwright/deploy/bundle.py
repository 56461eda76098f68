"""What is served of a bot, and nothing else of it: a folder that can go into an image or to another machine.

    bot.toml knowledge/ tests/                    the owner's files
    .chatwright/releases/<id>/                    the release in force
    .chatwright/deployments/ calibrations/        which it is, and by what its routes are judged
    .chatwright/index/knowledge.db                so that pages from the web need not be fetched again

No conversations, no store, no trainings and no secrets: what people said does not leave with it.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from chatwright.core.errors import ReleaseError
from chatwright.core.files import storage
from chatwright.release.registry import Deployment, Registry
from chatwright.spec import Spec
from chatwright.spec.load import FILE, load_spec

FOLDERS = ("knowledge", "tests")


def bundle(spec: Spec, folder: Path) -> Deployment:
    """Make `folder` what is served now; whatever was there before goes. The deployment in it.

    Raises `ReleaseError` where nothing is promoted, or the release is not whole or in quarantine.
    """
    current = Registry(spec).current()
    if current is None:
        raise ReleaseError(
            "This bot has no promoted release to take along.",
            f"Run `chatwright up {spec.folder} --no-serve`, then this again.",
        )
    deployment, release = current
    building = folder.with_name(f".{folder.name}.new")
    with storage(folder):
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        shutil.copy2(spec.path(FILE), building / FILE)
        for name in FOLDERS:
            if spec.path(name).is_dir():
                shutil.copytree(spec.path(name), building / name)
        there = load_spec(building).made
        shutil.copytree(release.folder, there / "releases" / release.id)
        _calibrations(spec, there, deployment, release.id)
        _index(spec.made / "index" / "knowledge.db", there / "index" / "knowledge.db")
        Registry(load_spec(building)).promote(
            release, "taken along", calibration=deployment.calibration
        )
        shutil.rmtree(folder, ignore_errors=True)
        building.rename(folder)
    return deployment


def _calibrations(spec: Spec, there: Path, deployment: Deployment, release: str) -> None:
    names = {deployment.calibration, f"of-{release}"} - {None}
    for name in names:
        source = spec.made / "calibrations" / str(name)
        target = there / "calibrations" / str(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.is_file():
            shutil.copy2(source, target)


def _index(source: Path, target: Path) -> None:
    """By SQLite's own copy: a server may be writing to it."""
    if not source.is_file():
        return
    target.parent.mkdir(parents=True)
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
        other.execute("PRAGMA journal_mode=DELETE")
