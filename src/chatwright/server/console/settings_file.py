"""bot.toml on the disk, and the versions of it that were saved.

    .chatwright/settings/<id>.json   a text as it was saved, by whom, when, and which keys it changed

What was changed by hand in between becomes a version of its own, so that nothing is lost. The file is replaced
whole, and one at a time, also between server processes.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from chatwright.core.errors import Conflict, NotFound
from chatwright.core.files import alone, canonical_json, storage, write_atomic
from chatwright.server.console.settings_form import changed_keys
from chatwright.spec import Spec
from chatwright.spec.checking import Mistake, check
from chatwright.spec.load import FILE
from chatwright.store.stamps import new_id, now

FOLDER = "settings"  # below .chatwright
KEEP = 100  # versions


@dataclass(frozen=True, slots=True)
class Version:
    """A saved text. `by` is an owner of the store, or "" where it was changed by hand."""

    id: str
    at: str
    by: str
    keys: tuple[str, ...]
    text: str


class Refused(Exception):
    """A text that is no bot.toml."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(mistakes[0].message if mistakes else "")
        self.mistakes = mistakes


class SettingsFile:
    """The bot.toml of the bot in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._folder = folder
        self._versions = folder / ".chatwright" / FOLDER

    def text(self) -> str:
        try:
            return self.path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise NotFound(
                f"{FILE} cannot be read here ({type(error).__name__}).",
                "Look at it on the server.",
            ) from error

    def check(self, text: str) -> tuple[Spec | None, list[Mistake]]:
        return check(text, self._folder)

    def save(self, text: str, revision: str, by: str) -> tuple[Version | None, Spec]:
        """Put `text` in the place of the one that has `revision`; no version where nothing changed.

        Raises `Refused`, `Conflict` where the file is another one by now, and `StorageFull`.
        """
        with self._alone():
            before = self.text()
            if revision_of(before) != revision:
                raise Conflict(
                    "The settings were changed meanwhile.",
                    "Load them again: what you typed stays in the form.",
                    code="settings_changed",
                )
            spec, mistakes = self.check(text)
            if spec is None:
                raise Refused(mistakes)
            known, _ = self.check(before)
            if known is not None and known.bot.name != spec.bot.name:
                raise Conflict(
                    "The bot's name cannot be changed here: its conversations and keys are kept under it.",
                    f"Leave it as {known.bot.name}; people see the title.",
                    code="name",
                )
            if text == before:
                return None, spec
            self._kept(before)
            keys = changed_keys(known, spec) if known else ["bot.toml"]
            with storage(self.path):
                mode = self.path.stat().st_mode & 0o777
                write_atomic(self.path, text)
                self.path.chmod(mode)
            made = self._write(Version(new_id(), now(), by, tuple(keys), text))
        return made, spec

    def versions(self) -> list[Version]:
        """The newest first."""
        found = []
        for path in sorted(self._versions.glob("*.json"), reverse=True):
            try:
                values = json.loads(path.read_text("utf-8"))
                found.append(Version(**values | {"keys": tuple(values["keys"])}))
            except (OSError, ValueError, TypeError, KeyError):
                continue  # torn by hand
        return found

    def version(self, id: str) -> Version:
        for one in self.versions():
            if one.id == id:
                return one
        raise NotFound("There is no such version.", "Load the list again.")

    def before(self, id: str) -> Version:
        """The version that was in force before that one."""
        found = self.versions()
        for newer, older in pairwise(found):
            if newer.id == id:
                return older
        raise NotFound("Nothing is known from before that.", "Choose another version.")

    def _kept(self, text: str) -> None:
        """Keep what stands in the file, where it is not the newest version."""
        newest = next(iter(self.versions()), None)
        if newest is None or newest.text != text:
            keys: Sequence[str] = ()
            known, _ = self.check(text)
            if newest is not None and known is not None:
                older, _ = self.check(newest.text)
                keys = changed_keys(older, known) if older else ()
            self._write(Version(new_id(), now(), "", tuple(keys), text))

    def _write(self, version: Version) -> Version:
        with storage(self._versions):
            path = self._versions / f"{version.id}.json"
            write_atomic(path, canonical_json(asdict(version)) + "\n")
            path.chmod(0o600)
        for old in sorted(self._versions.glob("*.json"))[:-KEEP]:
            old.unlink(missing_ok=True)
        return version

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with storage(self._versions):
            self._versions.mkdir(parents=True, exist_ok=True)
        with alone(self._versions):
            yield


def revision_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def difference(before: str, after: str) -> list[str]:
    """Unified, three lines around each change, without a head; empty where they are the same."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3)
    return list(lines)[2:]
