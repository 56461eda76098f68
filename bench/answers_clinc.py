"""Which canned answer, and whether any: CLINC150 as a bot of 150 answers, with and without the extra
`semantic`.

    python bench/answers_clinc.py [--shared ../shared/data] [--model FOLDER] [--only default|semantic]

`train` is learned from and `val` calibrates; what is out of scope is never seen before the test: whole
intents are left out in turn for that. Measured on `test` and `oos_test`. Our constants were chosen on `val`
and left-out intents. The peer is what people build first: scikit-learn's LinearSVC over words and pieces of
words, asked for its margin. FOLDER is the sentence model, where the extra is not installed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from machine import ROOT, header, table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_union
from sklearn.svm import LinearSVC

from chatwright.core.types import Embedder
from chatwright.evaluation.metrics import bootstrap, share
from chatwright.evaluation.openset import Labelled, auroc, calibration_error, coverage, fit
from chatwright.knowledge.embedder import SentenceEmbedder, convert, packaged

TOLERATED = 0.02
ROUNDS = 200


def rows(shared: Path, embedder: Embedder | None) -> dict[str, Labelled]:
    found = json.loads(gzip.decompress((shared / "clinc150" / "data_full.json.gz").read_bytes()))
    return {
        name: Labelled.of(*zip(*found[name], strict=True), embedder)
        for name in ("train", "val", "test", "oos_test")
    }


def measured(
    labels: tuple[str, ...], known: Any, confidence: Any, data: dict[str, Labelled]
) -> dict[str, Any]:
    """`labels`, `known` and `confidence` of test, then oos_test."""
    inside = len(data["test"].questions)
    truth = data["test"].labels + data["oos_test"].labels
    right = np.array([a == b for a, b in zip(labels, truth, strict=True)])
    chances = confidence is not None
    sure = confidence if chances else known

    def area(chosen: Any) -> float:
        at = np.array(chosen)
        return auroc(known[at[at < inside]], known[at[at >= inside]])

    everything = len(truth)
    return {
        "accuracy": share(int(right[:inside].sum()), inside),
        "auroc": {
            "value": round(auroc(known[:inside], known[inside:]), 4),
            "interval": bootstrap(everything, area, ROUNDS),
            "n": [inside, everything - inside],
        },
        "fpr_at_95": round(float((known[inside:] >= np.quantile(known[:inside], 0.05)).mean()), 4),
        "coverage_at_2": round(coverage(sure, right, TOLERATED), 4),
        "calibration_error": round(calibration_error(confidence, right), 4) if chances else None,
    }


def ours(data: dict[str, Labelled], embedder: Embedder | None) -> dict[str, Any]:
    start = time.perf_counter()
    made = fit(data["train"], data["val"], embedder)
    took = time.perf_counter() - start
    asked = data["test"].questions + data["oos_test"].questions
    vectors = None
    if data["test"].vectors is not None and data["oos_test"].vectors is not None:
        vectors = np.concatenate([data["test"].vectors, data["oos_test"].vectors])
    judged = made.judge(asked, vectors)
    each = []
    for question in asked[:: len(asked) // 200]:
        start = time.perf_counter()
        made.judge([question])
        each.append(time.perf_counter() - start)
    found = measured(judged.labels, judged.known, judged.confidence, data)
    return found | {
        "fit_s": round(took, 1),
        "ms_per_question": round(1e3 * float(np.median(each)), 2),
    }


def peer(data: dict[str, Labelled]) -> dict[str, Any]:
    """The better of three C, by `val`."""
    start = time.perf_counter()
    union = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )
    x, checks = union.fit_transform(data["train"].questions), union.transform(data["val"].questions)
    fitted = [LinearSVC(C=c).fit(x, data["train"].labels) for c in (0.1, 0.3, 1.0)]
    best = max(fitted, key=lambda one: one.score(checks, data["val"].labels))
    took = time.perf_counter() - start
    asked = union.transform(data["test"].questions + data["oos_test"].questions)
    margins = best.decision_function(asked)
    labels = tuple(best.classes_[margins.argmax(axis=1)].tolist())
    return measured(labels, margins.max(axis=1), None, data) | {"fit_s": round(took, 1)}


def compared(
    shared: Path, model: Path | None = None, only: str | None = None
) -> dict[str, dict[str, Any]]:
    """Measured, and shown as a table."""
    found: dict[str, dict[str, Any]] = {}
    source = model or packaged()
    with tempfile.TemporaryDirectory() as made:
        embedder = None
        if source is not None and only != "default":
            embedder = SentenceEmbedder(convert(source, Path(made)))
        data = rows(shared, embedder)
        if embedder is not None:
            found["chatwright, semantic"] = ours(data, embedder)
    if only != "semantic":
        plain = {name: replace(one, vectors=None) for name, one in data.items()}
        found["chatwright"] = ours(plain, None)
        found["LinearSVC"] = peer(plain)
    shown = [
        [
            name,
            one["accuracy"]["share"],
            one["auroc"]["value"],
            one["fpr_at_95"],
            one["coverage_at_2"],
        ]
        + [
            one[key] if one.get(key) is not None else "-"
            for key in ("calibration_error", "fit_s", "ms_per_question")
        ]
        for name, one in found.items()
    ]
    head = ["", "accuracy", "AUROC", "FPR at 95%", "answered at 2% wrong", "ECE", "fit s", "ms"]
    print(table(head, shown), "\n", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--only", choices=("default", "semantic"))
    options = parser.parse_args()
    print(header("scikit-learn"), "\n")
    print(json.dumps(compared(options.shared, options.model, options.only)))


if __name__ == "__main__":
    main()
