"""Gathers what `drift` looks at: the store, the training data, the documents and the tokenizer in force."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chatwright.core.errors import ChatwrightError
from chatwright.core.files import read_jsonl, write_atomic
from chatwright.improve.drift import BEFORE, WATCHED, Drift, Score, drift
from chatwright.knowledge import Search, Snapshots
from chatwright.knowledge.sync import index_file, index_of
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.asked import Asked
from chatwright.store.consent import Consents
from chatwright.tokenizer import Tokenizer

MOST = 20_000  # questions of the training data


def look(spec: Spec, database: Database, version: str, watched: int = WATCHED) -> Drift:
    """The drift of a bot, and a note of its alarms for the server's figures. `version` is that of the consent
    text; empty: nobody is asked, nobody is quoted."""
    begun = datetime.now(UTC) - timedelta(days=watched + BEFORE + 1)
    rows = Asked(database).since(spec.bot.name, begun.isoformat()[:10])
    may = Consents(database).since(spec.bot.name, version) if version else {}
    index = index_of(spec) if index_file(spec).exists() else None
    try:
        coverage = None
        if index is not None and Snapshots(index).current_id() is not None:
            search = Search.current(index, languages=spec.bot.languages)

            def coverage(question: str) -> float:
                return search.search(question, k=1).features.coverage

        found = drift(
            rows,
            trained_questions(spec),
            may,
            watched=watched,
            coverage=coverage,
            pieces=_pieces(spec),
            languages=spec.bot.languages,
        )
    finally:
        if index is not None:
            index.close()
    write_atomic(note(spec), json.dumps(noted(found)) + "\n")
    return found


def note(spec: Spec) -> Path:
    """Where the last look's figures are, without a word of anybody's."""
    return spec.made / "drift" / "last.json"


def noted(found: Drift) -> dict[str, object]:
    figures = {one.name: [one.score, one.threshold, one.alarm] for one in found.figures}
    auc = {"recent": found.recent, "training": found.training}
    return {
        "until": found.until,
        "figures": figures,
        "auc": {name: one.auc for name, one in auc.items() if one is not None},
        "too_little": found.too_little,
    }


def trained_questions(spec: Spec) -> list[str]:
    """What users say in the dataset of the release in force; empty where there is none."""
    deployment = Registry(spec).deployment()
    if deployment is None:
        return []
    try:
        manifest = json.loads(
            (spec.made / "releases" / deployment.release / "release.json").read_text()
        )
    except (OSError, ValueError):
        return []
    path = spec.made / "datasets" / str(manifest.get("dataset")) / "train.jsonl"
    found: list[str] = []
    for row in read_jsonl(path) if path.exists() else ():
        found += [said["content"] for said in row["messages"] if said["role"] == "user"]
        if len(found) >= MOST:
            break
    return found[:MOST]


def _pieces(spec: Spec) -> Score | None:
    """Tokens per byte of the release in force; None where it has no tokenizer of its own."""
    deployment = Registry(spec).deployment()
    if deployment is None:
        return None
    try:
        tokenizer = Tokenizer.load(spec.made / "releases" / deployment.release / "model")
    except (OSError, ValueError, ChatwrightError):
        return None

    def score(question: str) -> float:
        size = len(question.encode("utf-8", "replace"))
        return len(tokenizer.encode(question)) / size if size else 0.0

    return score
