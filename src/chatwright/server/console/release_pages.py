"""A release as the page shows it: a row, its report, verdicts, lineage, history. Reads only."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from chatwright.core.errors import DataError, NotFound, ReleaseError
from chatwright.evaluation.verdicts import (
    Row,
    Verdict,
    between,
    change,
    level,
    read_verdict,
    titled,
)
from chatwright.release.card import card
from chatwright.release.export import USES
from chatwright.release.lineage import lineage
from chatwright.release.manifest import Release, verify
from chatwright.release.registry import Registry
from chatwright.server.console.releases_types import (
    ChangeValue,
    Event,
    LineageValue,
    ReleaseExport,
    ReleaseRow,
    ReleaseValue,
    State,
    VerdictRow,
    VerdictValue,
)
from chatwright.spec import Spec
from chatwright.training.outcome import flat, parameters

HISTORY = 100  # events, the newest
SUITE_ROWS = 400  # of a report, answer by answer
NAMED = {"cli": "command line", "system": "the server"}


class Shelf:
    """The releases of one bot, and what each of them is now."""

    def __init__(self, spec: Spec, canary: str | None) -> None:
        self._spec, self._registry, self._canary = spec, Registry(spec), canary
        self.releases, self.broken = self._registry.listed()
        self.quarantined = self._registry.quarantined()
        self.history = self._registry.history()
        try:
            deployment = self._registry.deployment()
        except ReleaseError:  # its file is gone: nothing is known to be served
            deployment = None
        self.served = deployment.release if deployment else None
        self.deployment = self._registry.current_id()

    def before(self) -> str | None:
        """The release that a rollback would serve again."""
        try:
            found = self._registry.before()
        except ReleaseError:
            return None
        return found.release if found else None

    def rows(self) -> list[ReleaseRow]:
        """The newest first; those that cannot be read last."""
        whole = [self.row(one) for one in reversed(self.releases)]
        torn = [
            ReleaseRow(id=id, made="", state="broken", kind="", bytes=0, problem=why)
            for id, why in self.broken.items()
        ]
        return [*whole, *torn]

    def events(self, names: dict[str, str]) -> list[Event]:
        """Promotions and rollbacks, the newest first; `names` of accounts by id."""
        found = []
        for row in reversed(self.history[-HISTORY:]):
            by = str(row.get("by", ""))
            values = {**row, "by": names.get(by) or NAMED.get(by) or ""}
            found.append(Event.model_validate(values))
        return found

    def find(self, id: str) -> Release:
        """A release, its files not checked. Raises `NotFound`."""
        found = next((one for one in self.releases if one.id == id), None)
        if found is None:
            why = self.broken.get(id, "It may have been deleted since the page was loaded.")
            raise NotFound(f"Release {id[:12]} is not here.", why)
        return found

    def row(self, release: Release) -> ReleaseRow:
        """In one row; its files are not checked."""
        report, manifest = release.report or {}, release.manifest
        cases, recipe = report.get("cases") or {}, manifest.get("recipe") or {}
        return ReleaseRow(
            id=release.id,
            made=manifest["created_at"],
            state=self._state(release.id),
            kind=manifest["spec"]["model"]["kind"],
            parent=manifest.get("parent"),
            bytes=_bytes(release),
            parameters=parameters(recipe["shape"]) if recipe.get("shape") else None,
            cases=(cases.get("in_scope") or {}).get("share"),
            declined=(cases.get("out_of_scope") or {}).get("share"),
            bits_per_byte=(report.get("loss") or {}).get("bits_per_byte"),
            evaluated=bool(report),
        )

    def value(self, id: str) -> ReleaseValue:
        """All that is known of one. Its files are checked."""
        release = self.find(id)
        row, reason = self.row(release), self.quarantined.get(id, "")
        try:
            verify(release.folder)
        except ReleaseError as error:
            reason = str(error)
            row = row.model_copy(update={"state": "broken", "problem": reason})
        return ReleaseValue(
            row=row,
            reason=reason,
            report=_report(release),
            has_page=page_of(release).exists(),
            card=card(release),
            lineage=_lineage(self._spec, release),
            verdicts=_verdicts(release),
            exports=_exports(self._spec, release),
            recipe={k: v for k, v in flat(release.manifest.get("recipe") or {}).items() if v},
        )

    def _state(self, id: str) -> State:
        if id in self.quarantined:
            return "quarantined"
        if id == self.served:
            return "served"
        if id == self._canary:
            return "canary"
        return "before" if any(row.get("release") == id for row in self.history) else "candidate"


def page_of(release: Release) -> Path:
    return release.folder / "sealed" / "report.html"


def _bytes(release: Release) -> int:
    files = (release.folder / name for name in release.manifest["files"])
    return sum(path.stat().st_size for path in files if path.is_file())


def _report(release: Release) -> dict[str, Any] | None:
    try:
        report = release.report
    except ValueError:  # torn by hand: it is not what the release is judged by
        return None
    if report is None:
        return None
    report = {**report, "training": dict(report.get("training") or {})}
    report["training"].pop("curve", None)
    report["results"] = list(report.get("results") or ())[:SUITE_ROWS]
    return report


def _lineage(spec: Spec, release: Release) -> LineageValue | None:
    if release.manifest.get("dataset") is None and not release.manifest.get("parent"):
        return None
    about = lineage(spec, release).about()
    return LineageValue.model_validate(
        {name: about[name] for name in LineageValue.model_fields if name in about}
    )


def _verdicts(release: Release) -> list[VerdictValue]:
    """Those sealed into it, the newest first."""
    paths = (release.folder / "sealed").glob("verdict-*.json")
    found = []
    for path in sorted(paths, key=lambda one: one.stat().st_mtime, reverse=True):
        try:
            found.append(verdict_value(read_verdict(path)))
        except DataError:
            continue
    return found


def verdict_value(verdict: Verdict) -> VerdictValue:
    return VerdictValue(
        candidate=verdict.candidate,
        against=verdict.current,
        verdict=verdict.verdict,
        promotable=verdict.promotable,
        reasons=list(verdict.reasons),
        needed=verdict.needed,
        broken=list(verdict.broken),
        open=list(verdict.open),
        rows=[_row(one) for one in verdict.rows if one.role != "slice" or one.found == "worse"],
        changed=[ChangeValue.model_validate(asdict(one)) for one in verdict.changed],
    )


def _row(row: Row) -> VerdictRow:
    low, high = row.interval or (None, None)
    return VerdictRow(
        title=titled(row),
        role=row.role,
        found=row.found,
        n=row.n,
        current=level(row, row.current),
        candidate=level(row, row.candidate),
        change=change(row, row.gain),
        interval=between(row),
        gain=row.gain,
        low=low,
        high=high,
        note=row.note,
    )


def _exports(spec: Spec, release: Release) -> list[ReleaseExport]:
    if not release.weights:
        return []
    folder = spec.folder.name
    return [
        ReleaseExport(
            format=target,
            command=f"chatwright release export {release.id} out --to {target} --bot {folder}",
            use=use.format(folder="out"),
        )
        for target, use in USES.items()
    ]
