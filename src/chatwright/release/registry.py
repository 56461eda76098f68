"""Which deployment is served: promote, roll back, list. The pointer is replaced atomically.

deployments/current        the id in force
deployments/<id>.json      release, knowledge, curated answers, calibration
deployments/history.jsonl  every promotion and rollback, appended

A release in quarantine (`quarantine`) is neither promoted nor rolled back to.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chatwright.core.errors import ReleaseError
from chatwright.core.files import canonical_json, pretty_json, sha256_json, storage, write_atomic
from chatwright.release import quarantine
from chatwright.release.manifest import MANIFEST, Release, read, verify
from chatwright.spec import Spec


@dataclass(frozen=True, slots=True)
class Deployment:
    """What is evaluated, served and rolled back. Its id is the API's `system_fingerprint`."""

    release: str
    knowledge: str | None = None
    curated: str | None = None
    calibration: str | None = None

    @property
    def id(self) -> str:
        return sha256_json(asdict(self))[:12]


class Registry:
    """The releases and deployments of one bot."""

    def __init__(self, spec: Spec) -> None:
        self._releases = spec.made / "releases"
        self._deployments = spec.made / "deployments"

    def releases(self) -> list[Release]:
        """Every whole release, oldest first."""
        found = [read(folder) for folder in self._folders()]
        return sorted(found, key=lambda release: (release.manifest["created_at"], release.id))

    def listed(self) -> tuple[list[Release], dict[str, str]]:
        """Whole releases, oldest first; and why each of the others cannot be read."""
        found, broken = [], {}
        for folder in self._folders():
            try:
                found.append(read(folder))
            except ReleaseError as error:
                broken[folder.name] = str(error)
        return sorted(found, key=lambda one: (one.manifest["created_at"], one.id)), broken

    def release(self, prefix: str) -> Release:
        """The verified release whose id begins with `prefix`; the others need not be whole."""
        known = [folder.name for folder in self._folders()]
        found = [name for name in known if prefix and name.startswith(prefix)]
        if len(found) != 1:
            problem = "There is no release" if not found else "More than one release begins with"
            raise ReleaseError(
                f"{problem} {prefix!r}.", f"Releases: {', '.join(known) or 'none yet'}."
            )
        return verify(self._releases / found[0])

    def usable(self, prefix: str) -> Release:
        """Like `release`; raises `ReleaseError` also where it is in quarantine."""
        found = self.release(prefix)
        quarantine.refuse(self._releases, found.id)
        return found

    def quarantined(self) -> dict[str, str]:
        """`{release id: reason}` of those that may not be used any more."""
        return quarantine.quarantined(self._releases)

    def quarantine(self, ids: Iterable[str], reason: str, *, serving: bool = False) -> list[str]:
        """Refuse these from now on, whether or not their folders are there; those that are new to it.

        The pointer is not moved. With `serving` the one in force may be served until another is promoted;
        otherwise a server that starts refuses it.
        """
        with self._locked():
            return quarantine.put(self._releases, ids, reason, serving)

    def lift(self, ids: Iterable[str], reason: str) -> list[str]:
        """Take these out of quarantine; those that were in it."""
        with self._locked():
            return quarantine.lift(self._releases, ids, reason)

    def usable_deployments(self) -> list[Deployment]:
        """All that were ever in force, whose release is not in quarantine; the last one first."""
        refused, found = self.quarantined(), []
        for identity in dict.fromkeys(row["deployment"] for row in reversed(self.history())):
            try:
                deployment = self._deployment(identity)
            except ReleaseError:
                continue
            if deployment.release not in refused:
                found.append(deployment)
        return found

    def clean_before(self) -> Deployment | None:
        """The last deployment that was in force, whose release is there, whole and not in quarantine."""
        for deployment in self.usable_deployments():
            try:
                self.release(deployment.release)
                return deployment
            except ReleaseError:
                continue
        return None

    def current_id(self) -> str | None:
        """The id of the deployment in force, unverified; cheap enough to ask every second."""
        try:
            return (self._deployments / "current").read_text().strip() or None
        except OSError:
            return None

    def deployment(self) -> Deployment | None:
        """The deployment in force, its release unverified; None before the first promotion."""
        found = self.current_id()
        return None if found is None else self._deployment(found)

    def current(self) -> tuple[Deployment, Release] | None:
        """The deployment in force and its verified release; None before the first promotion.

        Raises `ReleaseError` where that is in quarantine and may not even be served until it is replaced.
        """
        deployment = self.deployment()
        if deployment is None:
            return None
        quarantine.refuse(self._releases, deployment.release, served=True)
        return deployment, self.release(deployment.release)

    def promote(
        self,
        release: Release,
        reason: str = "",
        *,
        calibration: str | None = None,
        gate: dict[str, Any] | None = None,
        by: str = "",
    ) -> Deployment:
        """Serve `release` from now on, its routes judged by this calibration.

        `gate` is what the gate said of it, and whether that was overruled; it is kept in the history, as is
        `by`: the account that asked for it.
        Raises `ReleaseError` where it is in quarantine.
        """
        deployment = Deployment(release.id, calibration=calibration)
        with self._locked():
            quarantine.refuse(self._releases, release.id)
            more = ({"gate": gate} if gate else {}) | ({"by": by} if by else {})
            self._point(deployment, "promote", reason, more)
        return deployment

    def before(self) -> Deployment | None:
        """What a rollback would serve again; None where there is nothing."""
        stack = self._stack()
        return self._deployment(stack[-2]) if len(stack) > 1 else None

    def rollback(self, reason: str = "", by: str = "") -> tuple[Deployment, Release]:
        """Serve again what was served before. Raises `ReleaseError` when there is nothing before, or it
        is in quarantine."""
        with self._locked():
            stack = self._stack()
            if len(stack) < 2:
                raise ReleaseError(
                    "There is no earlier deployment to roll back to.",
                    "Use `chatwright release list` and `chatwright release promote ID`.",
                )
            deployment = self._deployment(stack[-2])
            quarantine.refuse(self._releases, deployment.release)
            release = self.release(deployment.release)
            self._point(deployment, "rollback", reason, {"by": by} if by else {})
        return deployment, release

    def history(self) -> list[dict[str, Any]]:
        """Promotions and rollbacks, oldest first; a torn last line is left out."""
        path = self._deployments / "history.jsonl"
        rows = []
        for line in path.read_text(encoding="utf-8").split("\n") if path.exists() else []:
            try:
                rows.append(json.loads(line))
            except ValueError:
                continue
        return rows

    def _folders(self) -> list[Path]:
        """Of releases; not of one that is being packed, or was when the machine went down."""
        found = (path.parent for path in self._releases.glob(f"*/{MANIFEST}"))
        return sorted(folder for folder in found if not folder.name.startswith("."))

    def _stack(self) -> list[str]:
        stack: list[str] = []
        for row in self.history():
            if row["action"] == "rollback" and len(stack) > 1:
                stack.pop()
            elif not stack or stack[-1] != row["deployment"]:
                stack.append(row["deployment"])
        return stack

    def _deployment(self, identity: str) -> Deployment:
        path = self._deployments / f"{identity}.json"
        try:
            return Deployment(**json.loads(path.read_text()))
        except (OSError, ValueError, TypeError) as error:
            raise ReleaseError(
                f"The deployment {identity!r} in {self._deployments} cannot be read.",
                "Promote a release again: `chatwright release promote ID`.",
            ) from error

    def _point(
        self,
        deployment: Deployment,
        action: str,
        reason: str,
        more: dict[str, Any] | None = None,
    ) -> None:
        """History first: after a crash in between, promoting again is harmless."""
        folder = self._deployments
        write_atomic(folder / f"{deployment.id}.json", pretty_json(asdict(deployment)))
        row = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "action": action,
            "deployment": deployment.id,
            "release": deployment.release,
            "reason": reason,
            **(more or {}),
        }
        path = folder / "history.jsonl"
        torn = path.exists() and not path.read_bytes().endswith(b"\n")
        with storage(folder), path.open("a", encoding="utf-8") as file:
            file.write("\n" * torn + canonical_json(row) + "\n")
        write_atomic(folder / "current", deployment.id + "\n")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One promotion at a time, also between processes."""
        with storage(self._deployments):
            self._deployments.mkdir(parents=True, exist_ok=True)
            with (self._deployments / ".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
