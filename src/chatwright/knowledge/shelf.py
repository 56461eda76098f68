"""The files in knowledge/, changed one edit at a time; what each replaced is kept for a while, to undo it.

An edit says what it knew of the files that it changes; where somebody changed them since, nothing is done. It
writes files and no index: `sync.py` reads them.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chatwright.core.errors import Conflict, NotFound, WrongUse
from chatwright.core.filenames import checked_name, shown
from chatwright.core.files import (
    alone,
    pretty_json,
    replace_atomic,
    sha256_file,
    storage,
    write_atomic,
)
from chatwright.data.documents import SUFFIXES
from chatwright.spec import Spec
from chatwright.store.stamps import now

FOLDER = "shelf"  # below .chatwright
KEPT = 50  # edits that can be undone
NEW = ""  # the version of a file that is not there
ABOUT = "edit.json"


@dataclass(frozen=True, slots=True)
class Put:
    """A file that is to stand under `name`; `expected`: the version that is there now, `NEW` for none."""

    name: str
    file: Path
    expected: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is to go; `expected` as in `Put`."""

    name: str
    expected: str


@dataclass(frozen=True, slots=True)
class Touched:
    """One file of an edit: its versions before and after, `NEW` where there was none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody did at once. `undone`: it was taken back. `undoes`: it is itself the taking back of that
    one. `kept`: what it replaced is still there; without, it cannot be undone."""

    id: str
    at: str
    author: str
    files: tuple[Touched, ...]
    undone: bool = False
    undoes: str = ""
    kept: bool = True


class Shelf:
    """Of one bot."""

    def __init__(self, spec: Spec) -> None:
        self.folder = spec.path("knowledge")
        self._made = spec.made / FOLDER

    def path(self, name: str) -> Path:
        """Where a document of that name lies, or would. Raises `WrongUse` for a name that cannot be one, and
        for folders that are links: they may lead anywhere."""
        path = self.folder / checked_name(name, SUFFIXES)
        for above in path.parents:
            if above == self.folder:
                return path
            if above.is_symlink():
                raise WrongUse(
                    f"{shown(name)} lies in a folder that is a link.",
                    "Change it where the link leads to.",
                )
        raise AssertionError("a name that was checked lies in the folder")

    def version(self, name: str) -> str:
        """The hash of the file's content; `NEW` where there is none."""
        path = self.path(name)
        return sha256_file(path) if path.is_file() else NEW

    def alike(self, name: str) -> str:
        """The name of a file that differs from `name` in capitals alone, as some systems do not tell apart."""
        path = self.path(name)
        if path.exists() or not path.parent.is_dir():
            return ""
        wanted = path.name.casefold()
        found = (one.name for one in path.parent.iterdir() if one.name.casefold() == wanted)
        other = next(found, "")
        return name.removesuffix(path.name) + other if other else ""

    def change(self, puts: Sequence[Put], taken: Sequence[Taken], author: str) -> Edit:
        """All of it, or nothing. Raises `Conflict` (`stale_document`) where somebody was quicker."""
        with storage(self._made):
            self._made.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.folder.mkdir(parents=True, exist_ok=True)
            with alone(self._made):
                return self._change(puts, taken, author, "")

    def _change(
        self, puts: Sequence[Put], taken: Sequence[Taken], author: str, undoes: str
    ) -> Edit:
        wanted: list[Put | Taken] = [*puts, *taken]
        for each in wanted:
            self._fits(each)
        touched = [Touched(p.name, p.expected, sha256_file(p.file)) for p in puts]
        touched += [Touched(t.name, t.expected, NEW) for t in taken]
        edit = Edit(secrets.token_hex(8), now(), author, tuple(touched), undoes=undoes)
        place = self._made / edit.id
        place.mkdir(mode=0o700)
        try:
            self._keep(edit)
            write_atomic(place / ABOUT, pretty_json(asdict(edit)))
            self._do(puts, taken)
        except BaseException:
            self._restore(edit)
            shutil.rmtree(place, ignore_errors=True)
            raise
        self._prune()
        return edit

    def _fits(self, one: Put | Taken) -> None:
        path = self.path(one.name)
        there = self.version(one.name)
        if path.is_symlink():
            raise WrongUse(
                f"{shown(one.name)} is a link to another file.", "Change it where it leads to."
            )
        if path.exists() and not path.is_file():
            raise WrongUse(f"{shown(one.name)} is a folder.", "Choose another name.")
        if there == NEW and isinstance(one, Put) and (other := self.alike(one.name)):
            raise Conflict(
                f"There is {shown(other)} already, which differs in capitals alone.",
                "Use that name to replace it, or another one.",
                code="name_taken",
            )
        if there != one.expected:
            what = "was deleted" if there == NEW else "was changed"
            if one.expected == NEW:
                what = "was added"
            raise Conflict(
                f"{shown(one.name)} {what} by somebody else meanwhile; nothing was done.",
                "Look at the difference to what is there now, then decide again.",
                code="stale_document",
            )

    def _keep(self, edit: Edit) -> None:
        """Lay aside what is replaced."""
        for number, one in enumerate(edit.files):
            if one.before != NEW:
                shutil.copyfile(self.path(one.name), self._made / edit.id / str(number))

    def _do(self, puts: Sequence[Put], taken: Sequence[Taken]) -> None:
        for put in puts:
            source = put.file
            replace_atomic(
                self.path(put.name),
                lambda part, source=source: shutil.copyfile(source, part),  # type: ignore[misc]
            )
        for one in taken:
            self._remove(one.name)

    def _remove(self, name: str) -> None:
        """The file, and folders that are empty without it."""
        path = self.path(name)
        path.unlink(missing_ok=True)
        for above in path.parents:
            if above == self.folder or any(above.iterdir()):
                return
            above.rmdir()

    def _restore(self, edit: Edit) -> None:
        """What an edit that failed half-way had done already."""
        for number, one in enumerate(edit.files):
            aside = self._made / edit.id / str(number)
            if one.before == NEW:
                self._remove(one.name)
            elif aside.exists() and self.version(one.name) != one.before:
                shutil.copyfile(aside, self.path(one.name))

    # --- what was done

    def edits(self) -> list[Edit]:
        """The newest first."""
        found = [_edit(file) for file in self._made.glob(f"*/{ABOUT}")]
        return sorted(found, key=lambda one: (one.at, one.id), reverse=True)

    def find(self, id: str) -> Edit:
        """Raises `NotFound`."""
        found = next((one for one in self.edits() if one.id == id), None)
        if found is None:
            raise NotFound("This change is not kept any more.", "Load the list again.")
        return found

    def undo(self, id: str, author: str) -> Edit:
        """Make the files what they were before that edit, which is an edit itself. Raises `Conflict` where they
        were changed since, or it is undone already."""
        self.find(id)  # before there is a folder to be alone in
        with storage(self._made), alone(self._made):
            old = self.find(id)
            if old.undone or not old.kept:
                why = "is undone already" if old.undone else "was made for good"
                raise Conflict(f"This change {why}.", "Load the list again.", code="undone")
            numbered = list(enumerate(old.files))
            puts = [
                Put(one.name, self._made / id / str(n), one.after)
                for n, one in numbered
                if one.before != NEW
            ]
            taken = [Taken(one.name, one.after) for one in old.files if one.before == NEW]
            made = self._change(puts, taken, author, id)
            self._note(old, undone=True)
            return made

    def forget(self, id: str = "") -> int:
        """Remove what edits replaced, of one or of all: they cannot be undone any more. How many."""
        if not self._made.is_dir():
            return 0
        with alone(self._made):
            wanted = [one for one in self.edits() if one.kept and id in ("", one.id)]
            for one in wanted:
                for number in range(len(one.files)):
                    (self._made / one.id / str(number)).unlink(missing_ok=True)
                self._note(one, kept=False)
        return len(wanted)

    def _note(self, edit: Edit, **what: bool) -> None:
        write_atomic(self._made / edit.id / ABOUT, pretty_json(asdict(edit) | what))

    def _prune(self) -> None:
        for one in self.edits()[KEPT:]:
            shutil.rmtree(self._made / one.id, ignore_errors=True)


def _edit(file: Path) -> Edit:
    values: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    files = tuple(Touched(**one) for one in values["files"])
    return Edit(**{**values, "files": files})
