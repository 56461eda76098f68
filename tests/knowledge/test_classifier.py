from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from chatwright.core.errors import DataError
from chatwright.knowledge import classifier as subject
from chatwright.knowledge.classifier import Classifier
from chatwright.knowledge.signals import Signaller
from chatwright.knowledge.softmax import THIN
from chatwright.knowledge.spread import Spread
from chatwright.knowledge.variants import Variants

ASKED = {
    "hours": [
        "when do you open",
        "what are the opening hours",
        "when is the library open",
        "wann öffnet ihr",
    ],
    "card": [
        "how much is a card",
        "what does a library card cost",
        "price of a card",
        "was kostet der ausweis",
    ],
    "renew": [
        "how do i renew a book",
        "can i keep my book longer",
        "renew my loan",
        "buch verlängern",
    ],
    "cafe": ["is there coffee", "where can i eat", "do you have a cafe", "gibt es kaffee"],
}
QUESTIONS = [question for asked in ASKED.values() for question in asked]
LABELS = [label for label, asked in ASKED.items() for _ in asked]


@pytest.fixture(scope="module")
def fitted() -> Classifier:
    return Classifier.fit(QUESTIONS, LABELS)


def best(classifier: Classifier, question: str) -> str:
    return classifier.labels[int(classifier.predict([question])[0].argmax())]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("when are you open?", "hours"),
        ("the price of a card", "card"),
        ("i must renew the book", "renew"),
        ("coffee?", "cafe"),
        ("ich will mein buch verlaengern", "renew"),
    ],
)
def test_names_the_answer(fitted: Classifier, question: str, label: str) -> None:
    assert best(fitted, question) == label


def test_probabilities_and_energy(fitted: Classifier) -> None:
    probabilities, energy = fitted.scores([*QUESTIONS, "xyzzy plugh"])
    assert probabilities.dtype == np.float32
    assert probabilities.shape == (17, 4)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert energy[-1] < energy[:-1].mean()
    np.testing.assert_array_equal(probabilities, fitted.predict([*QUESTIONS, "xyzzy plugh"]))
    assert fitted.predict([]).shape == (0, 4)
    np.testing.assert_allclose(  # alone as in a batch
        probabilities[3], fitted.predict([QUESTIONS[3]])[0], atol=1e-6
    )


def test_the_same_twice_and_after_the_disk(fitted: Classifier, tmp_path: Path) -> None:
    Classifier.fit(QUESTIONS, LABELS).save(tmp_path / "one")
    fitted.save(tmp_path / "two")
    for name in (subject.ABOUT, subject.NUMBERS):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    again = Classifier.load(tmp_path / "one")
    assert again.labels == fitted.labels
    np.testing.assert_array_equal(again.predict(QUESTIONS), fitted.predict(QUESTIONS))


def test_what_is_broken_is_said(fitted: Classifier, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no classifier"):
        Classifier.load(tmp_path)
    fitted.save(tmp_path)
    about = json.loads((tmp_path / subject.ABOUT).read_text())
    (tmp_path / subject.ABOUT).write_text(json.dumps(about | {"labels": ["hours"]}))
    with pytest.raises(DataError, match="fit together"):
        Classifier.load(tmp_path)
    (tmp_path / subject.ABOUT).write_text(json.dumps(about | {"format": 99}))
    with pytest.raises(DataError, match="format 99"):
        Classifier.load(tmp_path)
    (tmp_path / subject.NUMBERS).write_bytes(b"broken")
    with pytest.raises(DataError):
        Classifier.load(tmp_path)
    with pytest.raises(DataError, match="no questions"):
        Classifier.fit([], [])


def test_one_label_alone() -> None:
    one = Classifier.fit(["hello", "hi"], ["greeting"] * 2)
    assert one.predict(["anything"]).tolist() == [[1.0]]


def test_many_labels_take_little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatwright.knowledge.softmax.LARGEST", 1000)
    rng = np.random.default_rng(0)
    topics = [f"topic{chr(97 + i)}{chr(97 + j)}" for i in range(8) for j in range(5)]
    asked = [f"tell me about {t} {w}" for t in topics for w in ("please", "now", "again", "today")]
    labels = [t for t in topics for _ in range(4)]
    order = rng.permutation(len(asked))
    made = Classifier.fit([asked[i] for i in order], [labels[i] for i in order])
    assert made._linear.labels is not None
    assert made._linear.grams.shape[1] == THIN
    found = [best(made, f"what about {topic}") for topic in topics]
    assert np.mean([a == b for a, b in zip(found, topics, strict=True)]) > 0.9


def test_with_vectors_it_is_bound_to_its_embedder(letters, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    made = Classifier.fit(QUESTIONS, LABELS, embedder=letters)
    given_ = made.predict(QUESTIONS, letters.embed(QUESTIONS))
    np.testing.assert_array_equal(made.predict(QUESTIONS), given_)
    made.save(tmp_path)
    with pytest.raises(DataError, match="letters-1"):
        Classifier.load(tmp_path)
    again = Classifier.load(tmp_path, embedder=letters)
    np.testing.assert_array_equal(again.predict(QUESTIONS), given_)


def test_signals_tell_the_known_from_the_unknown(fitted: Classifier, letters) -> None:  # type: ignore[no-untyped-def]
    asked = ["when do you open", "when do you close", "zebra xyzzy plugh"]
    found = Signaller(fitted, Variants(QUESTIONS, LABELS)).of(asked)
    assert found.values.shape == (3, len(found.names))
    assert found.labels[0] == "hours"
    assert found.column("likeness")[0] == found.column("own")[0] == 1.0
    for name, down in [("likeness", -1), ("energy", -1), ("unknown", 1)]:
        known, between, unknown = found.column(name) * down
        assert known <= between <= unknown
        assert known < unknown
    np.testing.assert_allclose(found.probabilities, fitted.predict(asked))
    dense = Signaller(
        Classifier.fit(QUESTIONS, LABELS, embedder=letters),
        Variants(QUESTIONS, LABELS, embedder=letters),
    ).of(asked)
    assert dense.names[-3:] == ("cosine", "far", "farther")
    assert np.isfinite(dense.values).all()
    assert dense.column("cosine")[0] == pytest.approx(1.0)
    assert dense.column("far")[2] > dense.column("far")[0]


def test_signals_of_nothing_and_of_one_label() -> None:
    one = Signaller(Classifier.fit(["hello"], ["greeting"]), Variants(["hello"], ["greeting"]))
    found = one.of(["", "?", "hello"])
    assert np.isfinite(found.values).all()
    assert one.of([]).values.shape == (0, len(one.names))


def test_distance_is_that_of_mahalanobis() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(600, 4)).astype(np.float32) @ rng.normal(size=(4, 4)).astype(np.float32)
    labels = np.arange(600) % 3
    spread = Spread.of(x, labels, 4)
    centres = np.array([x[labels == k].mean(axis=0) for k in range(3)])
    within = np.cov((x - centres[labels]).T, bias=True)
    within = 0.9 * within + 0.1 * np.trace(within) / 4 * np.eye(4)
    away = x[0] - centres[1]
    expected = away @ np.linalg.inv(within) @ away / 4
    assert spread.distances(x[:1])[0, 1] == pytest.approx(expected, rel=1e-3)
