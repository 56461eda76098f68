"""The model card: what stands in it, and what it says where something was not measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chatwright.release.card import card
from chatwright.release.manifest import Release

SPEC = {
    "bot": {
        "name": "library",
        "title": "The Library",
        "purpose": "Help.",
        "languages": ["de", "en"],
    },
    "scope": {"topics": ["books"], "declines": ["law"]},
    "model": {"kind": "scratch"},
}
REPORT: dict[str, Any] = {
    "dataset": {
        "id": "d1",
        "train": 1200,
        "dev": 30,
        "test": 40,
        "read": 1300,
        "rejected": {"short": 30},
    },
    "training": {
        "parameters": 2_500_000,
        "body_parameters": 1_300_000,
        "steps": 515,
        "seconds": 90,
    },
    "cases": {"in_scope": {"n": 160, "passed": 137, "share": 0.856, "interval": [0.79, 0.9]}},
    "loss": {"bits_per_byte": 0.0723, "interval": [0.0612, 0.0833], "conversations": 40},
    "warnings": ["Seven of forty are not declined."],
}


def release(tmp_path: Path, report: dict[str, Any] | None, **changed: Any) -> Release:
    manifest = {"id": "abc", "created_at": "2026-11-01", "files": {}, "spec": {**SPEC, **changed}}
    found = Release(tmp_path, manifest)
    if report is not None:
        (tmp_path / "sealed").mkdir()
        (tmp_path / "sealed" / "report.json").write_text(json.dumps(report))
    return found


def test_it_tells_what_was_measured_with_intervals(tmp_path: Path) -> None:
    text = card(release(tmp_path, REPORT))
    assert text.startswith("---\nlibrary_name: transformers\n")
    assert "language:\n  - de\n  - en\n" in text
    assert "# The Library: release abc" in text
    assert "1,200 conversations to train on" in text
    assert "| test cases in scope, passed | 86% (79% to 90%) | 160 |" in text
    assert "| bits per byte, held out | 0.072 (0.061 to 0.083) | 40 |" in text
    assert "- Seven of forty are not declined." in text
    assert "were not replaced by placeholders" in text


def test_what_was_not_measured_is_said_to_be_so(tmp_path: Path) -> None:
    text = card(release(tmp_path, REPORT))
    assert "| wrong answers, of all cases | not measured | |" in text
    assert "| BLEU against logged replies | not measured | |" in text


def test_a_release_that_was_never_evaluated(tmp_path: Path) -> None:
    text = card(release(tmp_path, None))
    assert "It was not evaluated." in text
    assert "None is recorded." in text


def test_hosted_and_wordless_ones_claim_no_weights(tmp_path: Path) -> None:
    hosted = card(release(tmp_path, None, model={"kind": "hosted", "hosted_model": "big-1"}))
    assert "the hosted model `big-1` answers" in hosted
    assert "library_name" not in hosted
    wordless = card(release(tmp_path, None, model={"kind": "retrieval"}))
    assert "It has no model" in wordless
    assert "None: nothing was trained." in wordless
